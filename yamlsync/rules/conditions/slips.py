"""What is certainly wrong with a condition, told from its tokens: no library is asked (CEL-12).

Nothing is told of a condition that CEL takes, so there is much that is not told here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from attrs import frozen

from yamlsync.layout.finding import did_you_mean
from yamlsync.printable import shortened, shown
from yamlsync.rules.conditions.language import STEP_FIELDS, VARIABLES
from yamlsync.rules.conditions.tokens import Token, tokens

SYNTAX, TYPES, NEVER_TRUE = "YS401", "YS402", "YS403"

_INSTEAD = {"and": "&&", "or": "||", "not": "!", "=": "==", "===": "==", "!==": "!=", "<>": "!="}
_IF = ("if", "then", "else")
_TWO_SIDED = frozenset(("&&", "||", "==", "!=", "<", "<=", ">", ">=", "*", "/", "%", "+", "-"))
_NO_SIGNS = frozenset(("&", "|", "=", "<>", "@", "#", "$", "^", "~", ";"))
_CURLY = frozenset("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb")
"""Quotes of word processors."""
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_TYPE_NAMES = (
    *("bool", "bytes", "double", "duration", "dyn", "int", "list", "map", "null_type", "optional"),
    *("optional_type", "string", "timestamp", "type", "uint", "google", "yamlsync", "cel"),
)
_KNOWN = frozenset((*VARIABLES, *_TYPE_NAMES, "true", "false", "null", "in"))
# Bounded, since it is looked for at every name.
_ID = r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+){0,30}"
_ID_IN_BRACKETS = re.compile(rf"steps\s*\[\s*(?P<id>{_ID})\s*\](?:\s*\.\s*(?P<field>[a-z]+)\b)?")
_ID_BEHIND_POINT = re.compile(
    r"steps\.(?P<id>[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+){1,30})(?:\.(?P<field>[a-z]+)\b)?"
)
_BARE_ID = re.compile(rf"(?P<id>{_ID})\.(?P<field>{'|'.join(STEP_FIELDS)})\b(?!\s*\()")


@frozen
class Slip:
    """A finding of the rule `code`, at the characters from `start` to before `end`."""

    code: str
    start: int
    end: int
    message: str
    help: str


@lru_cache(maxsize=2048)
def slips(condition: str) -> tuple[Slip, ...]:
    """The first thing that is not CEL, or else all that asks for what is not there. None of a blank one."""
    found = list(tokens(condition))
    broken = next(_broken(found), None)
    if broken is not None:
        return (broken,)
    wrong = tuple(_wrong(condition, found))
    return wrong or tuple(_never(found))


def _broken(found: Sequence[Token]) -> Iterator[Slip]:
    """What no condition can have, in the order in which it stands there; brackets last."""
    for before, token, behind in zip([None, *found], found, [*found[1:], None], strict=False):
        said = _of_token(token, before, behind)
        if said is not None:
            what = f'"{shortened(token.text)}"' if token.kind in ("text", "bytes") else shortened(token.text)
            yield _syntax(token, f"{what} {said[0]}", said[1])
    unclosed = _unbalanced(found)
    if unclosed is not None:
        help = "close what opens here" if unclosed.text in _CLOSING else "delete it, or open what it closes"
        yield _syntax(unclosed, f"{unclosed.text} has no counterpart", help)


def _syntax(token: Token, message: str, help: str) -> Slip:
    start, end = token.start, token.end
    if not token.closed:
        # The text may have swallowed all that follows: its quote is what is wrong.
        start, end = token.start, token.inner[0]
    return Slip(SYNTAX, start, end, f"unlock condition is not CEL: {message}", help)


def _of_token(token: Token, before: Token | None, behind: Token | None) -> tuple[str, str] | None:
    """What is wrong with a token between two others, and what to do."""
    if not token.closed:
        return "is a text that is never closed", "close the quote that opens here"
    if token.kind == "sign":
        return _of_sign(token, before, behind)
    word = token.text.lower() if token.kind == "name" and not _is_field(before) else ""
    if word in ("not", *_IF) and behind is not None and (_begins_operand(behind) or behind.is_sign("(")):
        return "is no word of CEL", _help_for(token)
    if before is None or not (_ends_operand(before) and _begins_operand(token)):
        return None
    if word in ("and", "or", *_IF):
        return "is no word of CEL", _help_for(token)
    return "stands where an operator should", "join two questions by && or ||, and put texts in quotes"


def _of_sign(token: Token, before: Token | None, behind: Token | None) -> tuple[str, str] | None:
    sign = token.text
    if sign in _CURLY:
        return "is a quote of a word processor", 'write straight quotes: "'
    if sign in _NO_SIGNS or len(sign) > 2:
        return "is no operator of CEL", _help_for(token)
    if sign == "." and behind is None:
        return "has nothing behind it", f"write one of {', '.join(STEP_FIELDS)}"
    is_operator = sign in _TWO_SIDED
    if (is_operator or sign == "!") and not (
        behind and (_begins_operand(behind) or behind.is_sign("(", "[", "{", "!", "-", "."))
    ):
        return "has nothing behind it", 'write a question behind it, such as steps["an-id"].completed'
    if is_operator and sign != "-" and (before is None or before.is_sign("(", "[", "{", ",", "?", ":")):
        return (
            "has nothing in front of it",
            'write a question in front of it, such as steps["an-id"].completed',
        )
    return None


def _help_for(token: Token) -> str:
    word = token.text.lower()
    if word in _IF:
        return "write only what must be so: it is true or false by itself"
    instead = _INSTEAD.get(word) or {"&": "&&", "|": "||", "=": "=="}.get(word[0])
    return (
        f"write {instead} for {shortened(token.text)}" if instead else "delete it, or put the text in quotes"
    )


def _is_field(before: Token | None) -> bool:
    return before is not None and before.is_sign(".")


def _begins_operand(token: Token) -> bool:
    """Whether a name, a number or a text begins here; `in` is an operator."""
    return token.kind != "sign" and not (token.kind == "name" and token.text == "in")


def _ends_operand(token: Token) -> bool:
    return _begins_operand(token) or token.is_sign(")", "]", "}")


def _unbalanced(found: Sequence[Token]) -> Token | None:
    """The bracket that has no counterpart."""
    opened: list[Token] = []
    for token in found:
        if token.is_sign("(", "[", "{"):
            opened.append(token)
        elif token.is_sign(")", "]", "}") and not (opened and _CLOSING[opened.pop().text] == token.text):
            return token
    return opened[0] if opened else None


def _wrong(condition: str, found: Sequence[Token]) -> Iterator[Slip]:
    """What asks for something that is not there, or compares what cannot be equal; each place once."""
    bound = _bound(found)
    reached = 0
    for index, token in enumerate(found):
        if token.start < reached or (index and found[index - 1].is_sign(".")):
            continue
        slip = _bare_id(condition, token, bound)
        if slip is None and token.kind == "name":
            slip = _of_name(found, index, bound)
        if slip is not None:
            yield slip
            reached = slip.end
    if not reached and _asks_nothing(found):
        message = "unlock condition: the condition gives a text, not true or false"
        help = 'compare it, as in steps["id"].status == "completed"'
        yield Slip(TYPES, 0, len(condition), message, help)


def _asks_nothing(found: Sequence[Token]) -> bool:
    """Whether a condition is state["key"] or steps["id"].status, and nothing else."""
    whole = "".join("text" if token.kind == "text" else token.text for token in found)
    return whole in ("state[text]", "steps[text].status")


def _bound(found: Sequence[Token]) -> frozenset[str]:
    """The names that the condition itself may have given to something, as in exists(id, ...)."""
    return frozenset(
        token.text
        for before, token, behind in zip(found, found[1:], found[2:], strict=False)
        if token.kind == "name" and before.is_sign("(", ",") and behind.is_sign(",")
    )


def _bare_id(condition: str, token: Token, bound: frozenset[str]) -> Slip | None:
    """A step's id without quotes, with or without `steps` around it."""
    if token.kind not in ("name", "number"):
        return None
    for pattern in (_ID_IN_BRACKETS, _ID_BEHIND_POINT, _BARE_ID):
        match = pattern.match(condition, token.start)
        if match is None:
            continue
        parts = match["id"].split("-")
        if bound.intersection(parts) or (pattern is _BARE_ID and _KNOWN.issuperset(parts)):
            continue
        if pattern is _ID_IN_BRACKETS and len(parts) == 1 and parts[0] in _KNOWN:
            continue
        instead = f"steps[{shown(match['id'])}].{match['field'] or 'completed'}"
        start, end = match.span() if pattern is _BARE_ID else match.span("id")
        message = f"unlock condition: the step id {shortened(match['id'])} stands here without quotes"
        return Slip(TYPES, start, end, message, f"write {instead}")
    return None


def _of_name(found: Sequence[Token], index: int, bound: frozenset[str]) -> Slip | None:
    token = found[index]
    behind = found[index + 1] if index + 1 < len(found) else None
    if token.text in bound:
        return None
    if token.text in VARIABLES:
        return _of_variable(found, index)
    if token.text in _KNOWN or (behind is not None and behind.is_sign("(", "{")) or _is_call(found, index):
        return None
    if token.text.lower() in ("true", "false", "null"):
        help = f"write {token.text.lower()}"
    else:
        known = 'a condition knows steps["id"] and state["key"]; texts stand in quotes'
        help = did_you_mean(token.text, VARIABLES, known)
    message = f"unlock condition: there is no {shortened(token.text)}"
    return Slip(TYPES, token.start, token.end, message, help)


def _is_call(found: Sequence[Token], index: int) -> bool:
    """Whether a name begins that of a function, as in math.greatest()."""
    while index + 2 < len(found) and found[index + 1].is_sign(".") and found[index + 2].kind == "name":
        index += 2
    return index + 1 < len(found) and found[index + 1].is_sign("(", "{")


def _of_variable(found: Sequence[Token], index: int) -> Slip | None:
    """What is asked of a step, and what it or a part of the state is compared with."""
    end = _end_of_index(found, index)
    if end is None:
        return None
    is_step = found[index].text == "steps"
    if is_step:
        if end + 1 >= len(found) or not found[end].is_sign(".") or found[end + 1].kind != "name":
            return None
        field = found[end + 1]
        end += 2
        if end < len(found) and found[end].is_sign("("):
            return None
        if field.text not in STEP_FIELDS:
            help = did_you_mean(field.text, STEP_FIELDS, f"a step has {', '.join(STEP_FIELDS)}")
            message = f"unlock condition: a step has no {shortened(field.text)}"
            return Slip(TYPES, field.start, field.end, message, help)
        if field.text == "status":
            return None
    return _compared(found, end, is_step=is_step)


def _end_of_index(found: Sequence[Token], index: int) -> int | None:
    """Where what follows `["id"]`, or `.id` of a step, begins."""
    if index + 3 < len(found) and found[index + 1].is_sign("[") and found[index + 3].is_sign("]"):
        return index + 4 if found[index + 2].kind == "text" else None
    if index + 2 < len(found) and found[index + 1].is_sign(".") and found[index + 2].kind == "name":
        return index + 3
    return None


def _compared(found: Sequence[Token], index: int, *, is_step: bool) -> Slip | None:
    """A flag of a step that is compared with a text or number, or the state with what is no text."""
    if index + 1 >= len(found) or not found[index].is_sign("==", "!="):
        return None
    operator, other = found[index : index + 2]
    behind = found[index + 2] if index + 2 < len(found) else None
    if behind is not None and not behind.is_sign("&&", "||", ")"):
        return None
    is_truth = other.kind == "name" and other.text in ("true", "false")
    if is_step and other.kind in ("text", "number"):
        said = shown(other.text) if other.kind == "text" else shortened(other.text)
        is_no = (other.text.lower() in ("false", "no", "0")) != (operator.text == "!=")
        help = f"delete {operator.text} {said}"
        help += ", and write ! in front of steps" if is_no else ": it is true or false by itself"
        message = "unlock condition: completed and active are true or false, and no texts"
        return Slip(TYPES, operator.start, other.end, message, help)
    if not is_step and (other.kind == "number" or is_truth):
        message = f"unlock condition: the state has texts, and {shortened(other.text)} is none"
        return Slip(TYPES, other.start, other.end, message, f"put it in quotes: {shown(other.text)}")
    return None


def _never(found: Sequence[Token]) -> Iterator[Slip]:
    """The word false, alone."""
    bare = [token for token in found if not token.is_sign("(", ")")]
    if len(bare) == 1 and (bare[0].kind, bare[0].text) == ("name", "false"):
        help = "name what must be so, or delete the key: a step without a condition is never locked"
        message = "unlock condition can never be true: it is false"
        yield Slip(NEVER_TRUE, bare[0].start, bare[0].end, message, help)

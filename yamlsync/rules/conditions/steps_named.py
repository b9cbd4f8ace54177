"""The step ids that an unlock condition names: literal indexes of `steps`, outside of its texts (CEL-3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from attrs import frozen

# A text of CEL: raw or not, of bytes or not, in single or triple quotes of either kind.
_TEXT = r"""(?P<prefix>(?:[rR][bB]?|[bB][rR]?)?)(?P<quote>\"{3}|'{3}|["'])"""
_TOKEN = re.compile(rf"(?P<comment>//[^\n]*)|{_TEXT}|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<other>\S)")
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|(.))", re.DOTALL
)
_SHORT = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@frozen
class NamedStep:
    """A step that a condition names: its id, and where the id's characters stand in the condition.

    `field` is what is asked of it behind the index, such as `completed`; "" where nothing is.
    """

    id: str
    start: int
    end: int
    field: str
    field_start: int


@lru_cache(maxsize=2048)
def steps_named(condition: str) -> tuple[NamedStep, ...]:
    """The literal indexes of `steps` in a condition, in order; a broken condition gives what can be told."""
    return tuple(_steps_named(condition))


def _steps_named(condition: str) -> Iterator[NamedStep]:
    tokens = list(_tokens(condition))
    for index in range(len(tokens) - 3):
        name, opening, text, closing = tokens[index : index + 4]
        if (name[0], opening[0], text[0], closing[0]) != ("steps", "[", "text", "]"):
            continue
        if index and tokens[index - 1][0] == ".":
            continue
        field, field_start = "", closing[2]
        if index + 5 < len(tokens) and tokens[index + 4][0] == ".":
            field, field_start = tokens[index + 5][0], tokens[index + 5][1]
        yield NamedStep(text[3], text[1], text[2], field, field_start)


def _tokens(condition: str) -> Iterator[tuple[str, int, int, str]]:
    """What each token is (a name or a sign as itself, else "text"), where its content stands, its text."""
    position = 0
    while match := _TOKEN.search(condition, position):
        position = match.end()
        if match["comment"] is not None:
            continue
        if match["quote"] is None:
            yield match.group(), match.start(), match.end(), ""
            continue
        raw = "r" in match["prefix"].lower()
        end = _end_of_text(condition, position, match["quote"], raw=raw)
        content = condition[position:end]
        kind = "bytes" if "b" in match["prefix"].lower() else "text"
        yield kind, position, end, content if raw else _ESCAPE.sub(_character, content)
        position = end + len(match["quote"])


def _end_of_text(condition: str, start: int, quote: str, *, raw: bool) -> int:
    position = start
    while position < len(condition):
        if condition.startswith(quote, position):
            return position
        position += 2 if condition[position] == "\\" and not raw else 1
    return len(condition)


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return chr(int(match[4], 8)) if match[4] else _SHORT.get(match[5], match[5])

"""What goss compares a value with → words behind what is compared, such as "is `0644`" (PRE-12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from yamlsync.document.foreign.parts import Part
from yamlsync.in_words.typed import joined, spelled, typed
from yamlsync.rules.goss.scalars import kind

_MOST_DEPTH = 6

_SIMPLE: Mapping[str, str] = {
    "equal": "is",
    "have-prefix": "begins with",
    "have-suffix": "ends with",
    "contain-substring": "has",
    "match-regexp": "matches",
    "semver-constraint": "is a version that fits",
    "gt": "is more than",
    "ge": "is at least",
    "lt": "is less than",
    "le": "is at most",
    "have-len": "has the length",
}

_DENIED = (
    ("does not begin", "begins"),
    ("does not end", "ends"),
    ("does not have", "has"),
    ("does not match", "matches"),
    ("is not", "is"),
)


def matched_by(part: Part, depth: int = 0) -> str:
    """What a value must be, as a verb and what follows it."""
    if part.token is not None:
        return f"is {value(part)}"
    if part.items is not None:
        return _all_of(part.items, depth)
    if not part.pairs or len(part.pairs) != 1 or depth >= _MOST_DEPTH:
        return f"is as {typed(spelled(part))} asks"
    key, inner = part.pairs[0]
    name = key.token or ""
    if name in _SIMPLE and inner.token is not None:
        return f"{_SIMPLE[name]} {value(inner)}"
    told = _NESTED[name](inner, depth + 1) if name in _NESTED else None
    return told or f"is as {typed(spelled(part))} asks"


def value(part: Part) -> str:
    """A scalar as it is typed, or anything else on one line."""
    if part.token is None:
        return typed(spelled(part))
    return typed(part.token) if part.token or part.style else "nothing"


def truth(part: Part) -> bool | None:
    """True or false, where a part is plainly one of them."""
    return {"true": True, "false": False}.get((part.token or "").lower())


def patterns(part: Part, what: str) -> list[str]:
    """What must be in an output or a file: a sentence for each, or one for a matcher of the whole."""
    if part.items is None:
        if part.pairs and len(part.pairs) == 1 and part.pairs[0][0].token == "have-patterns":  # noqa: S105
            return patterns(part.pairs[0][1], what)
        if kind(part) == "nothing":
            return []
        return [f"{what} {matched_by(part)}"]
    return [f"{what} {each}" for each in _patterns(part.items)]


def _patterns(items: list[Part]) -> Iterator[str]:
    for item in items:
        text = item.token
        if text is None:
            yield matched_by(item)
            continue
        denied = text.startswith("!")
        text = text.removeprefix("!") if denied else text.removeprefix("\\")
        is_expression = len(text) > 1 and text[0] == text[-1] == "/"
        verb, has = ("has no line", "with") if denied else ("has a line", "with")
        yield f"{verb} that matches {typed(text)}" if is_expression else f"{verb} {has} {typed(text)}"


def _all_of(items: list[Part], depth: int) -> str:
    if all(item.token is not None for item in items):
        return f"has {joined([value(item) for item in items])}" if items else "is an empty list"
    return joined([matched_by(item, depth + 1) for item in items])


def _not(part: Part, depth: int) -> str:
    told = matched_by(part, depth)
    if " and " not in told and " or " not in told:
        for denied, said in _DENIED:
            if told.startswith(f"{said} "):
                return f"{denied}{told.removeprefix(said)}"
    return f"is not such that it {told}"


def _either(part: Part, depth: int) -> str | None:
    items = part.items
    return joined([matched_by(item, depth) for item in items], "or") if items else None


def _both(part: Part, depth: int) -> str | None:
    return joined([matched_by(item, depth) for item in part.items]) if part.items else None


def _consists(part: Part, depth: int) -> str | None:
    if part.items is None:
        return None
    return "has these and no others: " + _elements(part.items, depth)


def _contains(part: Part, depth: int) -> str | None:
    return f"has {_elements(part.items, depth)}" if part.items else None


def _elements(items: list[Part], depth: int) -> str:
    return joined(
        [value(each) if each.token is not None else f"one that {matched_by(each, depth)}" for each in items]
    )


def _key(part: Part, depth: int) -> str:
    return (
        f"has the key {value(part)}"
        if part.token is not None
        else f"has a key that {matched_by(part, depth)}"
    )


def _element(part: Part, depth: int) -> str:
    return f"has {_elements([part], depth)}"


def _paths(part: Part, depth: int) -> str | None:
    if not part.pairs:
        return None
    return "is JSON where " + joined(
        [f"{typed(key.token or '')} {matched_by(each, depth)}" for key, each in part.pairs]
    )


_NESTED: Mapping[str, Callable[[Part, int], str | None]] = {
    "not": _not,
    "or": _either,
    "and": _both,
    "consist-of": _consists,
    "contain-elements": _contains,
    "contain-element": _element,
    "have-key": _key,
    "gjson": _paths,
}

"""What changed in the checks of a step → sentences, one for each check or thing asked (DIF-51)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from yamlsync.changes.checks import (
    AttributeChanged,
    CheckAdded,
    CheckChange,
    CheckChanged,
    CheckRemoved,
    Value,
)
from yamlsync.changes.model import GossChanged
from yamlsync.renditions.counting import counted
from yamlsync.renditions.quoting import brief, named, pair


def check_sentences(change: GossChanged, most: int) -> tuple[str, ...]:
    """Sentences of the checks that changed; of the lines where they cannot be told one by one."""
    if change.checks is None:
        became = " are new" if change.old is None else " are gone" if change.new is None else ""
        return (f"checks{became}: {counted(change)}",)
    if not change.checks:
        if change.old is None or change.new is None:
            return (f"a goss spec without checks is {'new' if change.old is None else 'gone'}",)
        return (f"checks ask the same, in other words: {counted(change)}",)
    return tuple(told for each in change.checks for told in _check(each, change, most))


def _check(check: CheckChange, change: GossChanged, most: int) -> Iterator[str]:
    match check:
        case CheckAdded(resource, name, asks):
            yield f"check is new: {_asked(change.new, resource, name, asks, most)}"
        case CheckRemoved(resource, name, asks):
            yield f"check is gone: {_asked(change.old, resource, name, asks, most)}"
        case CheckChanged(resource, name, attributes):
            for attribute in attributes:
                yield f"check {named(resource)} {named(name, most)}: {_attribute(attribute, most)}"


def _asked(spec: str | None, resource: str, name: str, asks: Value, most: int) -> str:
    """What a check asks, as a sentence where there is one for it."""
    # Imported late: it reads goss specs, and most changes are none of checks.
    from yamlsync.in_words.checks import checks_in_words

    for told in checks_in_words(spec or "").told:
        if (told.kind, told.key) == (resource, name):
            return brief("; ".join([told.words.removesuffix("."), *told.more]), 3 * most).text
    return f"{named(resource)} {named(name, most)}: {spelled(asks, most)}"


def _attribute(change: AttributeChanged, most: int) -> str:
    path = _path(change.path)
    if change.path and isinstance(change.path[-1], int):
        # An item of a list that has no order is in one list alone.
        value = spelled(change.new if change.is_in_new else change.old, most)
        return f"{path}: {value} is {'new' if change.is_in_new else 'gone'}"
    if not change.is_in_old:
        return f"{path} is new: {spelled(change.new, most)}"
    if not change.is_in_new:
        return f"{path} is gone: {spelled(change.old, most)}"
    if isinstance(change.old, str) and isinstance(change.new, str):
        first, second = pair(change.old, change.new, most)
        plain = (named(change.old, most), named(change.new, most)) == (change.old, change.new)
        return f"{path} {first} became {second}" if plain else f"{path}: “{first}” became “{second}”"
    first, second = spelled(change.old, most), spelled(change.new, most)
    if first == second:
        first, second = f"{first} ({_type(change.old)})", f"{second} ({_type(change.new)})"
    return f"{path} {first} became {second}"


def _path(path: tuple[str | int, ...]) -> str:
    """Where in a check: `meta, owner`. An item has no number, since its place in the list says nothing."""
    return ", ".join(named(part) for part in path if isinstance(part, str)) or "what it asks"


def spelled(value: Value, most: int) -> str:
    """A value of a check on one line: plain words and numbers as they are, texts in quotes."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return named(value, most)
        case int() | float():
            return brief(repr(value), most).text
    return brief(json.dumps(value, ensure_ascii=False, default=str), most).text


def _type(value: Value) -> str:
    return _TYPES[type(value)]


_TYPES: dict[type, str] = {
    type(None): "nothing",
    bool: "true or false",
    str: "a text",
    int: "a number",
    float: "a number with a fraction",
    list: "a list",
    dict: "a mapping",
}

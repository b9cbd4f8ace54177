"""What changed in the checks of a step → sentences, one for each check or thing asked (DIF-51)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

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
from yamlsync.renditions.quoting import brief, named, pair, quoted_pair


@frozen
class ToldCheck:
    """What became of one check: how the sentences begin, and what each says.

    `names` are those that it has and had; `is_gone` tells whether nothing asks any more what it asked.
    """

    names: tuple[str, ...]
    start: str
    parts: tuple[str, ...]
    is_gone: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """One for each thing asked."""
        return tuple(f"{self.start}{part}" for part in self.parts)

    @property
    def whole(self) -> str:
        """All in one."""
        return f"{self.start}{'; '.join(self.parts)}"


def check_sentences(change: GossChanged, most: int) -> tuple[str, ...]:
    """Sentences of the checks that changed; of the lines where they cannot be told one by one."""
    if change.checks is None:
        became = " are new" if change.old is None else " are gone" if change.new is None else ""
        return (f"checks{became}: {counted(change)}",)
    if not change.checks:
        if change.old is None or change.new is None:
            return (f"a goss spec without checks is {'new' if change.old is None else 'gone'}",)
        return (f"checks ask the same; only comments or spelling differ: {counted(change)}",)
    return tuple(words for told in told_checks(change, most) for words in told.sentences)


def told_checks(change: GossChanged, most: int) -> Iterator[ToldCheck]:
    """The checks that changed, one by one; none where they cannot be told so."""
    renames = renamed_checks(change.checks or ())
    for check in change.checks or ():
        match check:
            case CheckRemoved() if found := [come for gone, come in renames if gone is check]:
                yield _renamed(check, found[0], most)
            case CheckAdded() if any(come is check for _, come in renames):
                continue
            case CheckAdded(resource, name, asks):
                words = _asked(change.new, resource, name, asks, most)
                yield ToldCheck((name,), "check is new: ", (words,))
            case CheckRemoved(resource, name, asks):
                words = _asked(change.old, resource, name, asks, most)
                yield ToldCheck((name,), "check is gone: ", (words,), is_gone=True)
            case CheckChanged(resource, name, attributes):
                start = f"check {named(resource)} {named(name, most)}: "
                yield ToldCheck((name,), start, tuple(_attribute(each, most) for each in attributes))


def renamed_checks(checks: Sequence[CheckChange]) -> tuple[tuple[CheckRemoved, CheckAdded], ...]:
    """The commands that are run as before and only have another name, where there is no doubt which."""
    gone = [each for each in checks if isinstance(each, CheckRemoved) and _says_what_runs(each.asks)]
    come = [each for each in checks if isinstance(each, CheckAdded) and _says_what_runs(each.asks)]
    before, after = Counter(map(_spelling, gone)), Counter(map(_spelling, come))
    new = {_spelling(each): each for each in come}
    pairs = ((each, new.get(_spelling(each))) for each in gone)
    return tuple(
        (one, other)
        for one, other in pairs
        if other is not None and before[_spelling(one)] == after[_spelling(other)] == 1
    )


def _says_what_runs(asks: Value) -> bool:
    # Elsewhere the name says what is looked at, and another one is another check.
    return isinstance(asks, dict) and "exec" in asks


def _spelling(check: CheckAdded | CheckRemoved) -> str:
    """What is equal where two checks ask the same: values keep their types."""
    return json.dumps([check.resource, check.asks], sort_keys=True)


def _renamed(gone: CheckRemoved, come: CheckAdded, most: int) -> ToldCheck:
    first, second = (gone.name, come.name)
    if max(len(first), len(second)) > most:
        first, second = quoted_pair(first, second, most)
    else:
        first, second = named(first, most), named(second, most)
    words = f"{named(gone.resource)} {first} is now {second}"
    return ToldCheck((come.name, gone.name), "check ", (words,))


def _asked(spec: str | None, resource: str, name: str, asks: Value, most: int) -> str:
    """What a check asks, as a sentence where there is one for it."""
    # Imported late: it reads goss specs, and most changes are none of checks.
    from yamlsync.in_words.checks import checks_in_words

    for told in checks_in_words(spec or "").told:
        if (told.kind, told.key) == (resource, name):
            return brief("; ".join([within(told.words), *told.more]), 3 * most).text
    return f"{named(resource)} {named(name, most)}: {spelled(asks, most)}"


def within(words: str) -> str:
    """A sentence on a check as a part of another: without a capital and a full stop."""
    words = words.removesuffix(".")
    return words[0].lower() + words[1:] if words.startswith(("The ", "All ")) else words


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

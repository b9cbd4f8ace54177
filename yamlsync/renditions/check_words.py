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
from yamlsync.renditions.check_values import both, clashes, exactly, spelled
from yamlsync.renditions.counting import counted
from yamlsync.renditions.quoting import Brief, brief, named, pair
from yamlsync.wording.columns import truncated, width


@frozen
class ToldCheck:
    """What became of one check: how the sentences begin, and what each says.

    `names` are those that it has and had; `is_gone` tells whether nothing asks any more what it asked, and
    `is_cut` whether a sentence leaves something out.
    """

    names: tuple[str, ...]
    start: str
    parts: tuple[str, ...]
    is_gone: bool = False
    is_cut: bool = False

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


def tells_all(change: GossChanged, most: int) -> bool:
    """Whether the sentences of the checks leave nothing out for which their lines are to be shown."""
    return bool(change.checks) and not any(told.is_cut for told in told_checks(change, most))


def told_checks(change: GossChanged, most: int) -> Iterator[ToldCheck]:
    """The checks that changed, one by one; none where they cannot be told so."""
    checks = change.checks or ()
    renames = renamed_checks(checks)
    new = {id(gone): come for gone, come in renames}
    known = {id(come) for _, come in renames}
    words = _asked(change, [each for each in checks if id(each) not in new and id(each) not in known], most)
    for check in checks:
        match check:
            case CheckRemoved() if id(check) in new:
                yield _renamed(check, new[id(check)], most)
            case CheckAdded() if id(check) in known:
                continue
            case CheckAdded(_, name):
                told = words[id(check)]
                yield ToldCheck((name,), "check is new: ", (told.text,), is_cut=told.is_cut)
            case CheckRemoved(_, name):
                told = words[id(check)]
                yield ToldCheck((name,), "check is gone: ", (told.text,), is_gone=True, is_cut=told.is_cut)
            case CheckChanged(resource, name, attributes):
                of, shown = named(resource, most // 2), spelled(name, most)
                parts = _attributes(attributes, most)
                is_cut = shown.is_cut or any(part.is_cut for part in parts)
                start = f"check {of} {shown.text}: "
                yield ToldCheck((name,), start, tuple(part.text for part in parts), is_cut=is_cut)


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
    first, second = both(gone.name, come.name, most)
    words = f"{named(gone.resource, most // 2)} {first.text} is now {second.text}"
    return ToldCheck((come.name, gone.name), "check ", (words,), is_cut=first.is_cut)


def _asked(change: GossChanged, checks: Sequence[CheckChange], most: int) -> dict[int, Brief]:
    """What checks ask that are on one side alone, by their `id`; what is gone and what is new differ."""
    gone = [each for each in checks if isinstance(each, CheckRemoved)]
    come = [each for each in checks if isinstance(each, CheckAdded)]
    whole = {
        id(check): words
        for spec, side in ((change.old, gone), (change.new, come))
        for check, words in zip(side, _in_words(spec, side), strict=True)
    }
    found = {key: brief(words, 3 * most) for key, words in whole.items()}
    told = ([(each, found[id(each)].text) for each in side] for side in (gone, come))
    for old, new in clashes(*told):
        first, second = pair(whole[id(old)], whole[id(new)], 3 * most)
        if first == second:
            first, second = exactly(_value(old), _value(new), 3 * most)
        found[id(old)], found[id(new)] = Brief(first, is_cut=True), Brief(second, is_cut=True)
    return found


def _in_words(spec: str | None, checks: Sequence[CheckAdded | CheckRemoved]) -> Iterator[str]:
    """What each of some checks asks, as a sentence where there is one for it."""
    # Imported late: it reads goss specs, and most changes are none of checks.
    from yamlsync.in_words.checks import checks_in_words

    told = checks_in_words(spec or "").told if checks else ()
    known = {(each.kind, each.key): "; ".join([within(each.words), *each.more]) for each in reversed(told)}
    for check in checks:
        words = known.get((check.resource, check.name))
        yield words or f"{named(check.resource)} {named(check.name)}: {json.dumps(check.asks, default=str)}"


def _value(check: CheckAdded | CheckRemoved) -> Value:
    return [check.resource, check.name, check.asks]


def within(words: str) -> str:
    """A sentence on a check as a part of another: without a capital and a full stop."""
    words = words.removesuffix(".")
    return words[0].lower() + words[1:] if words.startswith(("The ", "All ")) else words


def _attributes(changes: Sequence[AttributeChanged], most: int) -> list[Brief]:
    """What changed of a check, thing by thing."""
    alone = [each for each in changes if not (each.is_in_old and each.is_in_new)]
    values = {id(each): spelled(each.new if each.is_in_new else each.old, most) for each in alone}
    read = [(each, (_path(each.path, most).text, values[id(each)].text)) for each in alone]
    sides = ([told for told in read if told[0].is_in_new is side] for side in (False, True))
    for old, new in clashes(*sides):
        if _spelled(old.old) != _spelled(new.new):
            values[id(old)], values[id(new)] = both(old.old, new.new, most)
        else:
            first, second = exactly(_placed(old.path, old.old), _placed(new.path, new.new), most)
            values[id(old)], values[id(new)] = Brief(first, is_cut=True), Brief(second, is_cut=True)
    return [_attribute(each, values.get(id(each)), most) for each in changes]


def _spelled(value: Value) -> str:
    """What is equal where two values are: they keep their types."""
    return json.dumps(value, sort_keys=True)


def _placed(path: tuple[str | int, ...], value: Value) -> Value:
    return [[part for part in path if isinstance(part, str)], value]


def _attribute(change: AttributeChanged, alone: Brief | None, most: int) -> Brief:
    """One thing, with the words for a value that is on one side alone."""
    path = _path(change.path, most)
    if alone is not None:
        became = "is new" if change.is_in_new else "is gone"
        # An item of a list that has no order is in one list alone.
        is_item = bool(change.path) and isinstance(change.path[-1], int)
        words = f"{path.text}: {alone.text} {became}" if is_item else f"{path.text} {became}: {alone.text}"
        return Brief(words, path.is_cut or alone.is_cut)
    first, second = both(change.old, change.new, most)
    are_quoted = isinstance(change.old, str) and isinstance(change.new, str) and first.text != change.old
    colon = ":" if are_quoted else ""
    return Brief(f"{path.text}{colon} {first.text} became {second.text}", path.is_cut or first.is_cut)


def _path(path: tuple[str | int, ...], most: int) -> Brief:
    """Where in a check: `meta, owner`. An item has no number, since its place in the list says nothing."""
    text = ", ".join(named(part) for part in path if isinstance(part, str)) or "what it asks"
    return Brief(truncated(text, most), width(text) > most)

"""Goss checks as they were and as they are: what each asks, in words (DIF-75)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from yamlsync.changes import model
from yamlsync.changes.checks import (
    AttributeChanged,
    CheckAdded,
    CheckChange,
    CheckChanged,
    CheckRemoved,
    Value,
)
from yamlsync.in_words.checks import Check, checks_in_words
from yamlsync.in_words.typed import typed
from yamlsync.pages.safe import SafeHtml
from yamlsync.pages.ticks import ticks
from yamlsync.pages.words_marked import mark_words
from yamlsync.renditions.page.rows import Cell, Row

_MOST = 4_000
"""Characters of one value that has no words."""


@frozen
class ChecksShown:
    """The checks that changed as rows; `note` says what rows cannot."""

    rows: tuple[Row, ...]
    note: str = ""


def changed_checks(change: model.GossChanged) -> ChecksShown:
    """The checks that came, went and changed."""
    if change.checks is None:
        return ChecksShown((), "The checks could not be told one by one, so that their text is shown.")
    if not change.checks and change.old is not None and change.new is not None:
        return ChecksShown((), "The checks ask the same as before; only their text changed.")
    old, new = _by_name(change.old), _by_name(change.new)
    rows = tuple(_rows(change.checks, old, new))
    return ChecksShown(rows, "" if rows else "There are no checks in it.")


def all_checks(spec: str, *, is_new: bool) -> ChecksShown:
    """All checks of a step that is on one side alone."""
    found = checks_in_words(spec)
    if found.unread:
        return ChecksShown((), f"The checks are shown as they are typed: {found.unread}.")
    cells = ((each, _cell(each, marked=None)) for each in found.told)
    return ChecksShown(
        tuple(
            Row(_label(each.kind, each.key), *((None, cell) if is_new else (cell, None)))
            for each, cell in cells
        )
    )


_Named = Mapping[tuple[str, str], Check]


def _by_name(spec: str | None) -> _Named:
    return {(each.kind, each.key): each for each in (checks_in_words(spec).told if spec is not None else ())}


def _label(kind: str, name: str) -> str:
    return f"{typed(kind)} {typed(name)}" if name else typed(kind)


def _rows(changes: Sequence[CheckChange], old: _Named, new: _Named) -> Iterator[Row]:
    """A row for each; one for a command that is run as before and only has another name."""
    gone = [each for each in changes if isinstance(each, CheckRemoved)]
    told: list[CheckChange] = []
    for come in changes:
        if isinstance(come, CheckAdded) and isinstance(come.asks, dict) and "exec" in come.asks:
            like = [each for each in gone if (each.resource, each.asks) == (come.resource, come.asks)]
            if len(like) == 1:
                gone.remove(like[0])
                told += [come, like[0]]
                yield _renamed(like[0], come, old, new)
    for change in changes:
        if not any(change is each for each in told):
            yield _row(change, old, new)


def _renamed(gone: CheckRemoved, come: CheckAdded, old: _Named, new: _Named) -> Row:
    label = f"{typed(gone.resource)} {typed(gone.name)} → {typed(come.name)}"
    before, after = old.get((gone.resource, gone.name)), new.get((come.resource, come.name))
    if before is None or after is None:
        return Row(label, _plain(gone.asks), _plain(come.asks))
    first, second = _marked(_sentences(before), _sentences(after))
    return Row(label, _cell(before, first), _cell(after, second))


def _row(change: CheckChange, old: _Named, new: _Named) -> Row:
    name = change.resource, change.name
    label = _label(*name)
    before, after = old.get(name), new.get(name)
    match change:
        case CheckAdded():
            return Row(label, None, _cell(after, marked=None) if after else _plain(change.asks))
        case CheckRemoved():
            return Row(label, _cell(before, marked=None) if before else _plain(change.asks), None)
        case CheckChanged():
            if before and after and (before.words, before.more) != (after.words, after.more):
                first, second = _marked(_sentences(before), _sentences(after))
                return Row(label, _cell(before, first), _cell(after, second))
            return _attributes(label, change.attributes)


def _cell(check: Check, marked: Sequence[SafeHtml] | None) -> Cell:
    first, *others = marked or list(map(ticks, _sentences(check)))
    return Cell(first, items=tuple(others))


def _sentences(check: Check) -> list[str]:
    return [check.words, *check.more]


def _marked(old: list[str], new: list[str]) -> tuple[list[SafeHtml], list[SafeHtml]]:
    """The sentences with words marked, each beside that in its place among those that are not the same."""
    first, second = list(map(ticks, old)), list(map(ticks, new))
    rest = [number for number, each in enumerate(old) if number and each not in new]
    others = [number for number, each in enumerate(new) if number and each not in old]
    nothing = ticks("")
    pairs: Iterator[tuple[int | None, int | None]] = iter(
        [(0, 0), *((a, b) for a, b in _zipped(rest, others))]
    )
    for row, column in pairs:
        marked = mark_words(
            nothing if row is None else first[row], nothing if column is None else second[column]
        )
        if row is not None:
            first[row] = marked.before
        if column is not None:
            second[column] = marked.after
    return first, second


def _zipped(old: list[int], new: list[int]) -> Iterator[tuple[int | None, int | None]]:
    for number in range(max(len(old), len(new))):
        yield (old[number] if number < len(old) else None), (new[number] if number < len(new) else None)


def _attributes(label: str, changes: Sequence[AttributeChanged]) -> Row:
    """What changed of a check, thing by thing, where its words do not tell it."""
    old = [_attribute(each.path, each.old) for each in changes if each.is_in_old]
    new = [_attribute(each.path, each.new) for each in changes if each.is_in_new]
    if len(old) == len(new):
        first, second = _marked(["", *old], ["", *new])
    else:
        first, second = ([ticks(each) for each in ("", *side)] for side in (old, new))
    return Row(label, Cell(first[0], items=tuple(first[1:])), Cell(second[0], items=tuple(second[1:])))


def _attribute(path: Sequence[str | int], value: Value) -> str:
    return f"{typed('.'.join(map(str, path)))} is {typed(_spelled(value))}"


def _plain(value: Value) -> Cell:
    return Cell(ticks(typed(_spelled(value))))


def _spelled(value: Value) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"

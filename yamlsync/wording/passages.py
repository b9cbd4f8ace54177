"""Two texts → passages: what a reader is shown of the change from one to the other, in order.

A closed set: kept, changed, deleted, inserted. What was changed is one line that became another, with its
words; or several lines that were broken anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from attrs import frozen

from yamlsync.wording.differences import Difference, differences
from yamlsync.wording.lines import Line, joined, lines
from yamlsync.wording.matching import anchored
from yamlsync.wording.pairing import Match, paired
from yamlsync.wording.sliding import slid
from yamlsync.wording.words import Act, Run, with_blanks

_NONE: frozenset[Difference] = frozenset()
_ENDINGS: frozenset[Difference] = frozenset({"endings"})
_BREAK = re.compile(r"\r\n|\r|\n")
_OPPOSITE: dict[Act, Act] = {"kept": "kept", "deleted": "inserted", "inserted": "deleted"}


@frozen
class Kept:
    """Lines that are equal in both texts. Their numbers and blocks may differ.

    The last line of a text may have no ending where the same line has one in the other, because more follows.
    """

    old: tuple[Line, ...]
    new: tuple[Line, ...]


@frozen
class Deleted:
    """Lines of the old text that are in the new one no more."""

    lines: tuple[Line, ...]


@frozen
class Inserted:
    """Lines of the new text that are not in the old one."""

    lines: tuple[Line, ...]


@frozen
class Changed:
    """Lines that became others: nearly always one that became one; several where they were broken anew.

    `runs` leave out how the last line ends; `differences` tell that too, and are never empty.
    """

    old: tuple[Line, ...]
    new: tuple[Line, ...]
    runs: tuple[Run, ...]
    differences: frozenset[Difference]


Passage: TypeAlias = Kept | Changed | Deleted | Inserted


@frozen
class Count:
    """How many lines were deleted, inserted and kept; lines that were changed count as deleted and inserted.

    `changed` is the number of passages that tell of such lines.
    """

    deleted: int
    inserted: int
    kept: int
    changed: int


def passages(old: str, new: str, *, markdown: bool = True) -> tuple[Passage, ...]:
    """What was kept, changed, deleted and inserted, in order; of one place what was deleted comes first.

    `passages(new, old)` is the same the other way round (`swapped`). Without `markdown`, all lines are prose.
    """
    if (len(new), new) < (len(old), old):
        # Always from the same one of two texts: so that both ways round the same lines are matched.
        return swapped(passages(new, old, markdown=markdown))
    before, after = lines(old, markdown=markdown), lines(new, markdown=markdown)
    return tuple(_told(before, after, _matches(before, after)))


def _matches(old: Sequence[Line], new: Sequence[Line]) -> Iterator[Match]:
    at, to = 0, 0
    end = Match(len(old), len(old), len(new), len(new))
    for match in [*_stretches(slid(_kept(old, new), old, new), old, new), end]:
        if match.start > at and match.begin > to:
            yield from paired(old[at : match.start], new[to : match.begin], at, to)
        if match is not end:
            yield match
        at, to = match.end, match.stop


def _stretches(pairs: Iterable[tuple[int, int]], old: Sequence[Line], new: Sequence[Line]) -> Iterator[Match]:
    """Neighbouring pairs put together, as long as their lines end alike."""
    start, begin, at, to = 0, 0, 0, 0
    for row, column in pairs:
        ends_alike = old[row].ending == new[column].ending
        if start < at and (row > at or column > to or not ends_alike):
            yield Match(start, at, begin, to)
            start = at
        if start == at:
            start, begin = row, column
        at, to = row + 1, column + 1
        if not ends_alike:
            yield Match(start, at, begin, to)
            start = at
    if start < at:
        yield Match(start, at, begin, to)


def _kept(old: Sequence[Line], new: Sequence[Line]) -> list[tuple[int, int]]:
    """Pairs of equal lines. Blank lines are kept only beside others: they tell nothing by themselves."""
    rows = [number for number, line in enumerate(old) if not line.is_blank]
    columns = [number for number, line in enumerate(new) if not line.is_blank]
    found = anchored([old[row].text for row in rows], [new[column].text for column in columns])
    pairs = ((rows[one], columns[other]) for one, other in found)
    return with_blanks(pairs, _blanks(old), _blanks(new))


def _blanks(of: Sequence[Line]) -> list[str | None]:
    return [line.text if line.is_blank else None for line in of]


def _told(old: Sequence[Line], new: Sequence[Line], matches: Iterable[Match]) -> Iterator[Passage]:
    at, to = 0, 0
    for match, how in [*_grouped(old, new, matches), (Match(len(old), len(old), len(new), len(new)), _NONE)]:
        if match.start > at:
            yield Deleted(tuple(old[at : match.start]))
        if match.begin > to:
            yield Inserted(tuple(new[to : match.begin]))
        at, to = match.end, match.stop
        before, after = tuple(old[match.start : at]), tuple(new[match.begin : to])
        if how:
            yield Changed(before, after, match.runs or tuple(_with_endings(before, after)), how)
        elif before:
            yield Kept(before, after)


def _grouped(
    old: Sequence[Line], new: Sequence[Line], matches: Iterable[Match]
) -> Iterator[tuple[Match, frozenset[Difference]]]:
    """Matches and in what they differ; neighbours that are equal, or but for their endings, as one."""
    ends_alike = not (old and new) or bool(old[-1].ending) == bool(new[-1].ending)
    last: tuple[Match, frozenset[Difference]] | None = None
    for match in _beside(old, new, matches):
        how = _differences(old, new, match, ends_alike=ends_alike)
        if not how or how == _ENDINGS:
            this = Match(match.start, match.end, match.begin, match.stop), how
            if last and last[1] == how and (last[0].end, last[0].stop) == (match.start, match.begin):
                last = Match(last[0].start, match.end, last[0].begin, match.stop), how
                continue
        else:
            this = match, how
        if last:
            yield last
        last = this
    if last:
        yield last


def _beside(old: Sequence[Line], new: Sequence[Line], matches: Iterable[Match]) -> Iterator[Match]:
    """The matches, and equal blank lines that stand beside one."""
    at, to = 0, 0
    for match in [*matches, Match(len(old), len(old), len(new), len(new))]:
        if match.start > at and match.begin > to:
            blanks = with_blanks([], _blanks(old[at : match.start]), _blanks(new[to : match.begin]))
            yield from (Match(at + one, at + one + 1, to + other, to + other + 1) for one, other in blanks)
        if match.start < len(old):
            yield match
        at, to = match.end, match.stop


def _differences(
    old: Sequence[Line], new: Sequence[Line], match: Match, *, ends_alike: bool
) -> frozenset[Difference]:
    found = set(differences(match.runs)) if match.runs else set()
    ending, other = old[match.end - 1].ending, new[match.stop - 1].ending
    if ending != other:
        if ending and other:
            found.add("endings")
        elif not ends_alike:
            found.add("last newline")
    return frozenset(found)


def _with_endings(old: Sequence[Line], new: Sequence[Line]) -> Iterator[Run]:
    """The runs of lines that differ in their endings alone."""
    for number, (line, other) in enumerate(zip(old, new, strict=True), 1):
        if line.text:
            yield Run("kept", line.text)
        if number < len(old):
            yield Run("deleted", line.ending)
            yield Run("inserted", other.ending)


def by_line(runs: Iterable[Run], act: Literal["deleted", "inserted"]) -> tuple[tuple[Run, ...], ...]:
    """One side of some runs, what was kept and what `act` says, line by line, without line breaks."""
    found: list[list[Run]] = [[]]
    for run in runs:
        if run.act in ("kept", act):
            first, *others = _BREAK.split(run.text)
            found[-1] += [Run(run.act, first)] if first else []
            found += [[Run(run.act, part)] if part else [] for part in others]
    return tuple(map(tuple, found))


def swapped(of: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages of the same change the other way round."""
    found: list[Passage] = []
    for passage in of:
        match passage:
            case Kept(old, new):
                found.append(Kept(new, old))
            case Changed(old, new, runs, how):
                found.append(Changed(new, old, _swapped_runs(runs), how))
            case Deleted(gone):
                found.append(Inserted(gone))
            case Inserted(come) if found and isinstance(found[-1], Inserted):
                found.insert(-1, Deleted(come))
            case Inserted(come):
                found.append(Deleted(come))
    return tuple(found)


def _swapped_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    found: list[Run] = []
    for run in runs:
        turned = Run(_OPPOSITE[run.act], run.text)
        is_behind = turned.act == "deleted" and found and found[-1].act == "inserted"
        found.insert(len(found) - 1 if is_behind else len(found), turned)
    return tuple(found)


def old_text(of: Iterable[Passage]) -> str:
    """The old text, exactly."""
    return "".join(joined(_sides(passage)[0]) for passage in of)


def new_text(of: Iterable[Passage]) -> str:
    """The new text, exactly."""
    return "".join(joined(_sides(passage)[1]) for passage in of)


def _sides(passage: Passage) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    match passage:
        case Deleted(gone):
            return gone, ()
        case Inserted(come):
            return (), come
        case Kept(old, new) | Changed(old, new, _, _):
            return old, new


def count(of: Iterable[Passage]) -> Count:
    """How many lines were deleted, inserted, kept and changed."""
    deleted = inserted = kept = changed = 0
    for passage in of:
        old, new = _sides(passage)
        if isinstance(passage, Kept):
            kept += len(old)
            continue
        deleted, inserted = deleted + len(old), inserted + len(new)
        changed += isinstance(passage, Changed)
    return Count(deleted, inserted, kept, changed)

"""A part of two texts where no line is equal → which lines were changed into which, and which belong to none.

Lines that differ in white space alone come first, then paragraphs by how much they have in common. Within two
paragraphs that belong together, lines are paired the same way; where that keeps far fewer words than the
paragraphs have in common, their lines were broken anew, and they are paired as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from yamlsync.wording.lines import Line, joined
from yamlsync.wording.matching import anchored
from yamlsync.wording.unseen import visible
from yamlsync.wording.words import Run, is_spaceless, likeness, runs, words

_LIKE = 0.45
"""The least likeness of lines that are shown as one that was changed."""

_ALIKE = 0.8
"""The likeness that is taken without looking for a better one, where there is much to look through."""

_MOST_COMPARISONS = 2_500
_BAND = 8
_BROKEN_ANEW = 1.5
_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?: |$)")
_LONGEST = 200
"""Lines. Longer paragraphs are none that somebody broke anew."""

_WRAPPED = frozenset({"prose", "list", "quote"})


@frozen
class Match:
    """Lines of the old text, from the first to before the second, that are those of the new one.

    `runs` is None where they are equal. They leave out how the last line ends.
    """

    start: int
    end: int
    begin: int
    stop: int
    runs: tuple[Run, ...] | None = None


def text_of(lines: Sequence[Line]) -> str:
    """The text of some lines without the ending of the last."""
    return joined(lines).removesuffix(lines[-1].ending) if lines else ""


def paired(old: Sequence[Line], new: Sequence[Line], start: int, begin: int) -> Iterator[Match]:
    """The matches within a part that begins at two places, in order. Blank lines are in none."""
    if not old or not new:
        return
    rows = [number for number, line in enumerate(old) if not line.is_blank]
    columns = [number for number, line in enumerate(new) if not line.is_blank]
    squeezed = anchored([_squeezed(old[row]) for row in rows], [_squeezed(new[column]) for column in columns])
    at, to = 0, 0
    for one, other in [*((rows[one], columns[other]) for one, other in squeezed), (len(old), len(new))]:
        yield from _alike(old, new, (at, one), (to, other), (start, begin))
        if one < len(old):
            yield _changed(old, new, (one, one + 1), (other, other + 1), (start, begin))
        at, to = one + 1, other + 1


def _squeezed(line: Line) -> tuple[str, ...]:
    return tuple(visible(line.text).split())


def _alike(
    old: Sequence[Line],
    new: Sequence[Line],
    rows: tuple[int, int],
    columns: tuple[int, int],
    base: tuple[int, int],
) -> Iterator[Match]:
    befores, afters = _units(old, *rows), _units(new, *columns)
    if not befores or not afters:
        return
    bags = [_bag(old[start:end]) for start, end in befores]
    others = [_bag(new[start:end]) for start, end in afters]
    at, to = rows[0], columns[0]
    for one, other in _aligned(bags, others):
        for match in _paragraph(old, new, befores[one], afters[other], base):
            # Lines of a paragraph that became several may be left over, or those of several that became one.
            row, column = match.start - base[0], match.begin - base[1]
            yield from _by_line(old, new, (at, row), (to, column), base)
            yield match
            at, to = match.end - base[0], match.stop - base[1]
    yield from _by_line(old, new, (at, rows[1]), (to, columns[1]), base)


def _paragraph(
    old: Sequence[Line],
    new: Sequence[Line],
    rows: tuple[int, int],
    columns: tuple[int, int],
    base: tuple[int, int],
) -> Iterator[Match]:
    """Two paragraphs that belong together: the matches of their lines, or one of all of them."""
    if (
        max(rows[1] - rows[0], columns[1] - columns[0]) > _LONGEST
        or rows[1] - rows[0] == columns[1] - columns[0] == 1
    ):
        yield from _by_line(old, new, rows, columns, base)
        return
    whole = _changed(old, new, rows, columns, base)
    by_line = list(_by_line(old, new, rows, columns, base))
    lines = [*old[slice(*rows)], *new[slice(*columns)]]
    # What is in no match was changed altogether.
    apart = sum(len(line.text) for line in lines) - sum(_length(match) for match in by_line)
    if likeness(whole.runs or ()) >= _LIKE and _BROKEN_ANEW * _lost([whole]) < _lost(by_line) + apart:
        yield whole
    else:
        yield from by_line


def _by_line(
    old: Sequence[Line],
    new: Sequence[Line],
    rows: tuple[int, int],
    columns: tuple[int, int],
    base: tuple[int, int],
) -> Iterator[Match]:
    if rows[0] == rows[1] or columns[0] == columns[1]:
        return
    bags = [_bag(old[row : row + 1]) for row in range(*rows)]
    others = [_bag(new[column : column + 1]) for column in range(*columns)]
    for one, other in _aligned(bags, others):
        row, column = rows[0] + one, columns[0] + other
        match = _changed(old, new, (row, row + 1), (column, column + 1), base)
        if likeness(match.runs or ()) >= _LIKE:
            yield match


def _length(match: Match) -> int:
    return sum(len(run.text) * (2 if run.act == "kept" else 1) for run in match.runs or ())


def _lost(matches: Sequence[Match]) -> int:
    """How many characters were deleted or inserted that are seen."""
    return sum(
        len(run.text.strip())
        for match in matches
        for run in match.runs or ()
        if run.act != "kept" and not run.is_unseen
    )


def _changed(
    old: Sequence[Line],
    new: Sequence[Line],
    rows: tuple[int, int],
    columns: tuple[int, int],
    base: tuple[int, int],
) -> Match:
    told = runs(text_of(old[slice(*rows)]), text_of(new[slice(*columns)]))
    return Match(base[0] + rows[0], base[0] + rows[1], base[1] + columns[0], base[1] + columns[1], told)


def _units(lines: Sequence[Line], start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs of a part; a line that is no prose is one by itself."""
    found: list[tuple[int, int]] = []
    is_open = False
    for number in range(start, end):
        line = lines[number]
        if line.is_blank:
            is_open = False
        elif is_open and line.block.kind in _WRAPPED and not _begins_item(line):
            found[-1] = found[-1][0], number + 1
        else:
            found.append((number, number + 1))
            is_open = line.block.kind in _WRAPPED
    return found


def _begins_item(line: Line) -> bool:
    if line.block.kind != "list":
        return False
    text = line.text.lstrip(" \t>")
    return _ITEM.match(text) is not None


@frozen
class _Bag:
    """The different words of a text, and how many characters they have."""

    words: frozenset[str]
    weight: int


def _bag(lines: Sequence[Line]) -> _Bag:
    different = {word for line in lines for word in _told(line.text)}
    kept = frozenset(word for word in different if not word.isspace())
    return _Bag(kept, sum(map(len, kept)))


def _told(text: str) -> Iterable[str]:
    found = words(text)
    if text.isascii():
        return found
    # Single characters of a script without blanks are in every text; two together tell something.
    behind = [*found[1:], ""]
    return (word + after if is_spaceless(word) else word for word, after in zip(found, behind, strict=True))


def _common(one: _Bag, other: _Bag) -> float:
    total = one.weight + other.weight
    return 2 * sum(map(len, one.words & other.words)) / total if total else 0.0


def _aligned(old: Sequence[_Bag], new: Sequence[_Bag]) -> Iterator[tuple[int, int]]:
    """The pairs, rising in both, that have the most in common, each of them enough."""
    start, back = 0, 0
    most = min(len(old), len(new))
    if len(old) * len(new) > _MOST_COMPARISONS:
        while start < most and _common(old[start], new[start]) >= _ALIKE:
            start += 1
        while back < most - start and _common(old[-1 - back], new[-1 - back]) >= _ALIKE:
            back += 1
    yield from zip(range(start), range(start), strict=True)
    end, stop = len(old) - back, len(new) - back
    yield from ((one + start, other + start) for one, other in _best(old[start:end], new[start:stop]))
    yield from zip(range(end, len(old)), range(stop, len(new)), strict=True)


def _best(old: Sequence[_Bag], new: Sequence[_Bag]) -> list[tuple[int, int]]:
    """The pairs with the greatest sum of likeness; in a large table, of those near to its diagonal."""
    if not old or not new:
        return []
    is_small = len(old) * len(new) <= _MOST_COMPARISONS
    # For each column: the best sum of pairs in front of it, and the last of these.
    tops: list[tuple[float, int, int]] = [(0.0, -1, -1)]
    came: list[dict[int, tuple[int, int]]] = []
    for row, bag in enumerate(old):
        middle = row * len(new) // len(old)
        columns = (
            range(len(new)) if is_small else range(max(0, middle - _BAND), min(len(new), middle + _BAND + 1))
        )
        tops += [tops[-1]] * (columns.stop + 1 - len(tops))
        came.append({})
        found = []
        for column in columns:
            value = _common(bag, new[column])
            if value >= _LIKE:
                total, above, left = tops[column]
                came[row][column] = above, left
                found.append((total + value, column))
        # What a row adds counts for the rows below it only.
        for total, column in found:
            after = column + 1
            while after < len(tops) and tops[after][0] < total:
                tops[after] = (total, row, column)
                after += 1
    pairs = []
    _, row, column = tops[-1]
    while row >= 0:
        pairs.append((row, column))
        row, column = came[row][column]
    return pairs[::-1]

"""Lines that stand on one side only → the place among equal ones where a reader would say they came in.

Of "A, blank, B" and "A, blank, X, blank, B" one may say that "X, blank" came in, or "blank, X". An author
wrote the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from yamlsync.wording.lines import Line

_FARTHEST = 200
"""Lines. Who looks for a place farther away would look long, in a text of equal lines."""


def slid(pairs: Sequence[tuple[int, int]], old: Sequence[Line], new: Sequence[Line]) -> list[tuple[int, int]]:
    """The same number of pairs of equal lines, with what is between them moved to where it reads best."""
    found = [*pairs, (len(old), len(new))]
    for index, (row, column) in enumerate(found):
        at, to = found[index - 1] if index else (-1, -1)
        if row - at == 1 and column - to > 1:
            _slide(found, index, 1, new)
        elif column - to == 1 and row - at > 1:
            _slide(found, index, 0, old)
    found.pop()
    return found


def _slide(found: list[tuple[int, int]], index: int, side: int, lines: Sequence[Line]) -> None:
    """Moves what stands in front of pair number `index` on one side, up or down, past pairs that touch it."""
    first = found[index - 1][side] + 1 if index else 0
    length = found[index][side] - first
    # The first pair on either side touches what slides; each further one must follow right behind the last.
    up = 0
    while up < min(index, _FARTHEST) and (not up or _goes_on(found, index - up)):
        if not _same(lines, first - up - 1, length):
            break
        up += 1
    down = 0
    while down < min(len(found) - 1 - index, _FARTHEST) and (not down or _goes_on(found, index + down)):
        if not _same(lines, first + down, length):
            break
        down += 1
    best = max(range(-up, down + 1), key=lambda by: (_reads(lines, first + by, length), -abs(by), by))
    move = length if best < 0 else -length
    for number in range(min(index, index + best), max(index, index + best)):
        row, column = found[number]
        found[number] = (row, column + move) if side else (row + move, column)


def _goes_on(found: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether a pair, which is not the first, follows right behind the one in front of it."""
    at, to = found[index - 1]
    return found[index] == (at + 1, to + 1)


def _same(lines: Sequence[Line], first: int, length: int) -> bool:
    return (
        lines[first].text == lines[first + length].text
        and lines[first].ending == lines[first + length].ending
    )


def _reads(lines: Sequence[Line], first: int, length: int) -> int:
    """How well some lines read as a part of their own."""
    before = first == 0 or lines[first - 1].is_blank
    behind = first + length == len(lines) or lines[first + length].is_blank
    begins = lines[first].block.kind
    score = 0 if begins == "code" or (begins == "fence" and not _opens(lines, first)) else 8
    score += 4 if before and begins != "blank" else 0
    score += 2 if begins == "heading" else 0
    return score + (1 if lines[first + length - 1].is_blank or behind else 0)


def _opens(lines: Sequence[Line], number: int) -> bool:
    """Whether a fence's mark opens it: what follows is its code, or closes it at once."""
    return number == 0 or lines[number - 1].block.kind != "code"

"""Two names of one thing → both in a few columns, so that what differs of them is seen (DIF-57)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from yamlsync.wording.columns import truncated, width

_ARROW = " => "
_PARTS = re.compile(r"[\W_]+|[^\W_]+")
_LEAD = 4
"""Of the room for a name, one column in so many is for what stands before the part that differs."""
_LEAST = 6
"""Columns of a name that tell something."""


def both_names(old: str, new: str, columns: int | None = None, mark: str = "…") -> str:
    """`old => new`; where that is too wide `begin{old => new}end`, as Git has it; then each of the two cut.

    A name that was not another one before stands alone. Both are printable. Nothing is cut without `columns`.
    """
    if not old:
        return new if columns is None else truncated(new, columns, mark)
    whole = f"{old}{_ARROW}{new}"
    if columns is None or width(whole) <= columns:
        return whole
    start, end = _common(old, new)
    before, after = (name[start : len(name) - end] for name in (old, new))
    short = f"{new[:start]}{{{before}{_ARROW}{after}}}{new[len(new) - end :]}"
    if (start or end) and width(short) <= columns:
        return short
    room = columns - len(_ARROW)
    if room < 2 * _LEAST:
        # Of the two, the new one is that by which a step is found.
        return _cut(new, start, columns, mark)
    # What one of the two does not need, the other may have.
    left = max(min(width(old), room // 2), room - width(new))
    first, second = (_cut(name, start, columns, mark) for name, columns in ((old, left), (new, room - left)))
    return f"{first}{_ARROW}{second}"


def _common(old: str, new: str) -> tuple[int, int]:
    """How many characters two names have in common at their start and at their end, in whole words."""
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    start = _same(before, after)
    rest = [list(reversed(parts[start:])) for parts in (before, after)]
    end = _same(*rest)
    return sum(map(len, before[:start])), sum(map(len, rest[0][:end]))


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many parts are the same at the start of both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _cut(name: str, start: int, columns: int, mark: str) -> str:
    """A name in some columns: from its start, or from a little before what differs of it."""
    if width(name) <= columns:
        return name
    if start <= columns // 2:
        return truncated(name, columns, mark)
    tail = name[start - columns // _LEAD :]
    return mark + truncated(tail, columns - width(mark), mark)

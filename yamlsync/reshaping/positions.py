"""Positions of steps: kept while they fit the list, and dealt out where they do not (AUT-24)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from yamlsync.affinity import MAX_INTEGER
from yamlsync.records import step_order

Wanted: TypeAlias = Sequence[tuple[str, int | None]]
"""Step ids in the order of the list, each with the position that its file says, or None."""


def kept(first: int, wanted: Wanted) -> list[int] | None:
    """The positions as the files say them; None where they contradict the list (LAY-42)."""
    found: list[int] = []
    before: tuple[int, str] | None = None
    for id, written in wanted:
        expected = first if before is None else before[0] + 1
        position = expected if written is None else written
        if position > MAX_INTEGER or (before is None and position != first):
            return None
        if before is not None and step_order(position, id) <= step_order(*before):
            return None
        found.append(position)
        before = (position, id)
    return found


def mended(first: int, wanted: Wanted) -> tuple[int, list[int]]:
    """The first position, and all of them: one that does not fit is that of the step before, plus 1.

    Where the numbers end, all are counted anew from 1.
    """
    found: list[int] = []
    before: tuple[int, str] | None = None
    for id, written in wanted:
        expected = first if before is None else before[0] + 1
        fits = before is not None and written is not None and step_order(written, id) > step_order(*before)
        position = written if written is not None and fits else expected
        found.append(position)
        before = (position, id)
    if found and found[-1] > MAX_INTEGER:
        return 1, list(range(1, len(found) + 1))
    return first, found


def kept_or_mended(first: int, wanted: Wanted) -> tuple[int, list[int]]:
    """The first position, and all of them, with as few of the written ones changed as there can be."""
    as_written = kept(first, wanted)
    return mended(first, wanted) if as_written is None else (first, as_written)

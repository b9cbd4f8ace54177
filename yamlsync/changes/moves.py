"""The fewest moves that explain another order (DIF-14)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def stayed(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The items of a sequence that need not be moved to give another sequence of the same items.

    An item is the old and the new id of a step. Of several answers it is the same one in both directions.
    In time n log n.
    """
    start, end = 0, len(old)
    while start < end and old[start] == new[start]:
        start += 1
    while end > start and old[end - 1] == new[end - 1]:
        end -= 1
    return frozenset(old[:start]) | frozenset(old[end:]) | _heaviest(old[start:end], new[start:end])


def _heaviest(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The heaviest common subsequence: the longest, and of these the one of the greatest weights."""
    place = {item: index for index, item in enumerate(new, start=1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(new) + 1)  # A Fenwick tree: (weight, index in old).
    before: list[int] = []
    end = (0, -1)
    for index, item in enumerate(old):
        at = place[item]
        found = (0, -1)
        below = at - 1
        while below:
            found = max(found, best[below])
            below -= below & -below
        before.append(found[1])
        found = (found[0] + _weight(item), index)
        end = max(end, found)
        while at < len(best):
            best[at] = max(best[at], found)
            at += at & -at
    kept = set()
    index = end[1]
    while index >= 0:
        kept.add(old[index])
        index = before[index]
    return frozenset(kept)


def _weight(item: tuple[str, str]) -> int:
    """One item more always outweighs any choice of items; no two choices are likely to weigh the same."""
    first, second = sorted(item)
    digest = hashlib.sha256(f"{len(first)}:{first}{second}".encode()).digest()
    return (1 << 160) + int.from_bytes(digest[:16], "big")

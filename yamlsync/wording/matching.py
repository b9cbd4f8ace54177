"""Two sequences → which items of one are those of the other, in time that grows little faster than they do.

What is short enough gets a longest common subsequence, by bit-vectors (Crochemore and others, 2001; as Hyyrö
writes it): a whole row of the table is one integer. What is longer is cut where items stand once in both, and
then into windows.

Both ways round give the same pairs: of two sequences always the same one comes first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

Pair: TypeAlias = tuple[int, int]

_MOST_CELLS = 1 << 26
"""Cells of a table, of one bit each: 8 MB, and about 20 ms."""

_WINDOW = 1 << 13

_MOST_LEVELS = 12
"""How often a part is cut at what stands once in it before windows do the rest."""


def matched(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Pair]:
    """Pairs of equal items, by their numbers, rising in both: the most there are, or nearly, in long ones.

    `matched(new, old)` gives the same pairs turned round, where the items have an order (`<`).
    """
    return _either_way(old, new, anchored=False)


def anchored(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Pair]:
    """As `matched`, but what stands once in both, in the same order, is matched before anything else.

    For lines: a line of its own tells more than two blank ones.
    """
    return _either_way(old, new, anchored=True)


def _either_way(old: Sequence[Hashable], new: Sequence[Hashable], *, anchored: bool) -> Iterator[Pair]:
    before, after = list(old), list(new)
    if _is_first(after, before):
        return iter([(mine, other) for other, mine in _trimmed(after, before, anchored=anchored, level=0)])
    return iter(_trimmed(before, after, anchored=anchored, level=0))


def _is_first(one: list[Any], other: list[Any]) -> bool:
    if len(one) != len(other):
        return len(one) < len(other)
    try:
        return one < other
    except TypeError:
        return False


def _trimmed(old: list[Hashable], new: list[Hashable], *, anchored: bool, level: int) -> list[Pair]:
    """What is equal at the start and at the end, and the pairs between."""
    most = min(len(old), len(new))
    start = 0
    while start < most and old[start] == new[start]:
        start += 1
    back = 0
    while back < most - start and old[-1 - back] == new[-1 - back]:
        back += 1
    pairs = [(number, number) for number in range(start)]
    end, stop = len(old) - back, len(new) - back
    if start < end and start < stop:
        inner = _between(old[start:end], new[start:stop], anchored=anchored, level=level)
        pairs += ((one + start, other + start) for one, other in inner)
    pairs += zip(range(end, len(old)), range(stop, len(new)), strict=True)
    return pairs


def _between(old: list[Hashable], new: list[Hashable], *, anchored: bool, level: int) -> list[Pair]:
    # What stands in one only is matched by nothing, and would only make the tables larger.
    theirs, ours = set(new), set(old)
    rows = [number for number, item in enumerate(old) if item in theirs]
    columns = [number for number, item in enumerate(new) if item in ours]
    befores, afters = [old[row] for row in rows], [new[column] for column in columns]
    is_large = len(rows) * len(columns) > _MOST_CELLS and level < _MOST_LEVELS
    chain = _anchors(befores, afters) if anchored or is_large else []
    inner = _around(chain, befores, afters, level + 1) if chain else _windows(befores, afters)
    return [(rows[one], columns[other]) for one, other in inner]


def _around(chain: list[Pair], old: list[Hashable], new: list[Hashable], level: int) -> Iterator[Pair]:
    """The pairs of a chain, and those between every two of them."""
    start, begin = 0, 0
    for end, stop in [*chain, (len(old), len(new))]:
        if start < end and begin < stop:
            inner = _trimmed(old[start:end], new[begin:stop], anchored=False, level=level)
            yield from ((one + start, other + begin) for one, other in inner)
        if end < len(old):
            yield end, stop
        start, begin = end + 1, stop + 1


def _anchors(old: list[Hashable], new: list[Hashable]) -> list[Pair]:
    """The most items that stand once in each and in the same order in both."""
    counts, others = Counter(old), Counter(new)
    there = {item: number for number, item in enumerate(new) if others[item] == 1}
    pairs = [(number, there[item]) for number, item in enumerate(old) if counts[item] == 1 and item in there]
    # The longest rising sequence: `ends[n]` is the lowest end of one of n + 1 pairs.
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for index, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        tops[length : length + 1] = [index]
        before.append(tops[length - 1] if length else -1)
    chain = []
    index = tops[-1] if tops else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _windows(old: list[Hashable], new: list[Hashable]) -> Iterator[Pair]:
    """The pairs of parts that a table may be made for, each of which begins where the last was sure."""
    start, begin = 0, 0
    while start < len(old) and begin < len(new):
        width = len(old) - start
        height = len(new) - begin
        if width * height > _MOST_CELLS:
            width = min(width, max(_WINDOW, _MOST_CELLS // height))
            height = min(height, _MOST_CELLS // width)
        last, final = start + width == len(old), begin + height == len(new)
        # Behind the middle of a window, what stands behind the window may fit better.
        sure, certain = width if last else width // 2, height if final else height // 2
        goal = (width if not last or final else 0), (height if not final or last else 0)
        for one, other in _longest(old[start : start + width], new[begin : begin + height]):
            if one >= sure or other >= certain:
                goal = one, other
                break
            yield start + one, begin + other
            if last and not final:
                goal = one + 1, height
            elif final and not last:
                goal = width, other + 1
        start, begin = start + goal[0], begin + goal[1]


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """A longest common subsequence; of several, one that is near to the start."""
    if len(old) > len(new):
        # The longer one is the width of the rows: there are fewer of them.
        return [(one, other) for other, one in _longest(new, old)]
    bits = _bits(new, set(old))
    full = (1 << len(new)) - 1
    row = full
    # In a row a bit is set where one more item of the longer one adds to what is common.
    rows = [0]
    for item in old:
        same = bits.get(item)
        if same is not None:
            both = row & same
            row = ((row + both) | (row - both)) & full
        rows.append(row ^ full)
    pairs: list[Pair] = []
    number, end = len(old), len(new)
    while number:
        end = (rows[number] & ((1 << end) - 1)).bit_length()
        if not end:
            break
        while rows[number - 1] >> (end - 1) & 1:
            number -= 1
        number, end = number - 1, end - 1
        pairs.append((number, end))
    return pairs[::-1]


def _bits(items: Sequence[Hashable], wanted: Iterable[Hashable]) -> dict[Hashable, int]:
    """Where each of the wanted items stands: a bit for each place."""
    places: defaultdict[Hashable, bytearray] = defaultdict(lambda: bytearray(len(items) // 8 + 1))
    known = wanted if isinstance(wanted, set) else set(wanted)
    for number, item in enumerate(items):
        if item in known:
            places[item][number >> 3] |= 1 << (number & 7)
    return {item: int.from_bytes(place, "little") for item, place in places.items()}

"""Where the steps and links of a graph are drawn: numbers only, for broad and for narrow screens (PRE-41)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeAlias

from attrs import frozen

Point: TypeAlias = tuple[float, float]
Link: TypeAlias = tuple[int, int]
"""Two numbers of nodes: from the first to the second."""

Way: TypeAlias = Sequence[Point]

_LANE = 7
_LANES = 6
_MARGIN = 10


@frozen
class Box:
    """Where one node stands."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.top + self.height

    @property
    def middle(self) -> Point:
        """Its middle."""
        return self.left + self.width / 2, self.top + self.height / 2


class Layout(Protocol):
    """A way of drawing: its size, the box of each node, and the ways of links as corners."""

    width: float
    height: float

    def box(self, index: int) -> Box:
        """The place of a node by its number."""

    def ways(self, links: Sequence[Link]) -> list[Way]:
        """The corners of each link, those apart that would lie upon each other."""


class Rows:
    """Nodes in rows of four, as text is read. Links run between rows and columns, never across a box."""

    _COLUMNS, _WIDTH, _HEIGHT, _BESIDE, _BELOW = 4, 206, 66, 42, 50

    def __init__(self, count: int) -> None:
        columns = min(max(count, 1), self._COLUMNS)
        rows = -(-count // self._COLUMNS)
        self.width: float = columns * (self._WIDTH + self._BESIDE) + _MARGIN
        self.height: float = rows * (self._HEIGHT + self._BELOW) + _MARGIN

    def box(self, index: int) -> Box:
        """The place of a node by its number."""
        row, column = divmod(index, self._COLUMNS)
        left = _MARGIN + column * (self._WIDTH + self._BESIDE)
        return Box(left, _MARGIN + row * (self._HEIGHT + self._BELOW), self._WIDTH, self._HEIGHT)

    def ways(self, links: Sequence[Link]) -> list[Way]:
        """The corners of each link."""
        lanes = _Lanes()
        return [self._way(link, lanes) for link in links]

    def _way(self, link: Link, lanes: _Lanes) -> Way:
        start, end = self.box(link[0]), self.box(link[1])
        row, end_row = link[0] // self._COLUMNS, link[1] // self._COLUMNS
        if link[1] == link[0] + 1 and row == end_row:
            y = start.middle[1] + 12 * lanes.next(("beside", *link), 3)
            return (start.right, y), (end.left, y)
        # A link leaves a box on the right of its lower side, and comes in on the left of one.
        start_x = start.middle[0] + 10 + 12 * lanes.next(("out", link[0]), 6)
        end_x = end.middle[0] - 10 - 12 * lanes.next(("in", link[1], row < end_row), 6)
        under = start.bottom + 8 + 6 * lanes.next(("row", row), 5)
        into = end.top if row < end_row else end.bottom
        if end_row in (row, row + 1):
            return (start_x, start.bottom), (start_x, under), (end_x, under), (end_x, into)
        column = min(link[0], link[1] - 1) % self._COLUMNS if row < end_row else link[0] % self._COLUMNS
        lane = self.box(column).right + 6 + 6 * lanes.next(("column", column), 6)
        last = end_row - 1 if row < end_row else end_row
        over = self.box(last * self._COLUMNS).bottom + 8 + 6 * lanes.next(("row", last), 5)
        return (
            (start_x, start.bottom),
            (start_x, under),
            (lane, under),
            (lane, over),
            (end_x, over),
            (end_x, into),
        )


class Column:
    """Nodes one below the other; links that pass over others run beside them, on the right."""

    _WIDTH, _HEIGHT, _BELOW = 246, 54, 22

    def __init__(self, count: int) -> None:
        self.width: float = _MARGIN + self._WIDTH + 14 + _LANES * _LANE
        self.height: float = count * (self._HEIGHT + self._BELOW) + _MARGIN

    def box(self, index: int) -> Box:
        """The place of a node by its number."""
        return Box(_MARGIN, _MARGIN + index * (self._HEIGHT + self._BELOW), self._WIDTH, self._HEIGHT)

    def ways(self, links: Sequence[Link]) -> list[Way]:
        """The corners of each link."""
        lanes = _Lanes()
        return [self._way(link, lanes) for link in links]

    def _way(self, link: Link, lanes: _Lanes) -> Way:
        start, end = self.box(link[0]), self.box(link[1])
        if link[1] == link[0] + 1:
            x = start.middle[0] + 16 * lanes.next(("below", link[0]), 4)
            return (x, start.bottom), (x, end.top)
        lane = start.right + 14 + lanes.next(("right",), _LANES) * _LANE
        out = start.middle[1] + 6 + 6 * lanes.next(("out", link[0]), 3)
        back = end.middle[1] - 6 - 6 * lanes.next(("in", link[1]), 3)
        return (start.right, out), (lane, out), (lane, back), (end.right, back)


class _Lanes:
    """Hands out numbers, at each place from 0 on and, where all are taken, from 0 again."""

    def __init__(self) -> None:
        self._taken: Counter[tuple[object, ...]] = Counter()

    def next(self, place: tuple[object, ...], most: int) -> int:
        self._taken[place] += 1
        return (self._taken[place] - 1) % most


def line(points: Way) -> str:
    """A way as the `d` of a path, which ends a little before its last corner: there stands its head."""
    (before_x, before_y), (x, y) = points[-2:]
    end = (x - 5 * _sign(x - before_x), y - 5 * _sign(y - before_y))
    first, *others = [*points[:-1], end]
    return f"M{_pair(first)}" + "".join(f"L{_pair(point)}" for point in others)


def head(points: Way) -> str:
    """The head of an arrow at the end of a way, as the `points` of a polygon."""
    (before_x, before_y), (x, y) = points[-2:]
    along = (_sign(x - before_x), _sign(y - before_y))
    return " ".join(_corners((x, y), along))


def _corners(tip: Point, along: Point) -> Iterator[str]:
    back = (tip[0] - 9 * along[0], tip[1] - 9 * along[1])
    yield _pair(tip)
    yield _pair((back[0] + 4.5 * along[1], back[1] + 4.5 * along[0]))
    yield _pair((back[0] - 4.5 * along[1], back[1] - 4.5 * along[0]))


def _pair(point: Point) -> str:
    return f"{point[0]:g},{point[1]:g}"


def _sign(value: float) -> float:
    return float((value > 0) - (value < 0))

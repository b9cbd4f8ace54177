"""What nothing in a graph is reached without: the tree of dominators, after Lengauer and Tarjan (NAV-3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

_ROOT = 0
"""The number of the virtual start, from which edges lead to all real ones."""


def spans(out: Mapping[str, Collection[str]], starts: Iterable[str]) -> dict[str, tuple[int, int]]:
    """For each vertex that is reached from the starts, a range of numbers, from the first to the last.

    That of one lies within that of another, if every way to the one goes through the other. Vertices that
    are not reached have none. Takes time in proportion to the edges, but for a logarithm.
    """
    names, parent, into = _walk(out, starts)
    above = _immediate(parent, into)
    count = len(names)
    size = [1] * count
    for w in range(count - 1, _ROOT, -1):
        size[above[w]] += size[w]
    first, free = [0] * count, [1] * count
    for w in range(1, count):
        first[w] = free[above[w]]
        free[above[w]] += size[w]
        free[w] = first[w] + 1
    return {names[w]: (first[w], first[w] + size[w] - 1) for w in range(1, count)}


def _walk(
    out: Mapping[str, Collection[str]], starts: Iterable[str]
) -> tuple[list[str], list[int], list[list[int]]]:
    """The vertices in the order of a walk in depth, each one's parent in it, and those that lead to it."""
    names, parent = [""], [_ROOT]
    into: list[list[int]] = [[]]
    numbers: dict[str, int] = {}
    waiting = [(_ROOT, iter(starts))]
    while waiting:
        number, targets = waiting[-1]
        target = next(targets, None)
        if target is None:
            waiting.pop()
        elif target in numbers:
            into[numbers[target]].append(number)
        else:
            numbers[target] = len(names)
            waiting.append((len(names), iter(out[target])))
            names.append(target)
            parent.append(number)
            into.append([number])
    return names, parent, into


def _immediate(parent: list[int], into: list[list[int]]) -> list[int]:
    """The nearest vertex that each cannot be reached without."""
    count = len(parent)
    above, semi = [_ROOT] * count, list(range(count))
    forest = _Forest(semi)
    waiting: list[list[int]] = [[] for _ in range(count)]
    for w in range(count - 1, _ROOT, -1):
        semi[w] = min(semi[forest.least(v)] for v in into[w])
        waiting[semi[w]].append(w)
        forest.above[w] = parent[w]
        for v in waiting[parent[w]]:
            u = forest.least(v)
            above[v] = u if semi[u] < semi[v] else parent[w]
        waiting[parent[w]] = []
    for w in range(1, count):
        if above[w] != semi[w]:
            above[w] = above[above[w]]
    return above


class _Forest:
    """The part of the walk's tree that was seen, and of each path in it the vertex with the least `semi`."""

    def __init__(self, semi: list[int]) -> None:
        self.above: list[int | None] = [None] * len(semi)
        self._semi = semi
        self._least = list(range(len(semi)))

    def least(self, v: int) -> int:
        """That of the path from below its root to `v`, which is made short on the way."""
        path = []
        u = v
        while (up := self.above[u]) is not None and self.above[up] is not None:
            path.append(u)
            u = up
        for u in reversed(path):
            up = self.above[u] or _ROOT
            if self._semi[self._least[up]] < self._semi[self._least[u]]:
                self._least[u] = self._least[up]
            self.above[u] = self.above[up]
        return self._least[v]

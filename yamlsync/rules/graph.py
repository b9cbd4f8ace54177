"""Which step leads where: the edges that navigation makes, and what they reach (NAV-1 to NAV-4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from attrs import frozen

from yamlsync.layout.read import WorkshopFile
from yamlsync.rules.dominators import spans


@frozen(slots=False)
class Graph:
    """The edges between the steps of one workshop: a leads to b if a's next is b, or b's prev is a.

    `start` is the first step of the list; None where there is none.
    """

    out: Mapping[str, frozenset[str]]
    into: Mapping[str, frozenset[str]]
    start: str | None

    def firsts(self) -> tuple[str, ...]:
        """The steps that no step leads to, in their order."""
        return tuple(id for id, before in self.into.items() if not before)

    def beginnings(self) -> frozenset[str]:
        """The first step of the list, and all that no step leads to."""
        return frozenset(self.firsts()) | ({self.start} if self.start is not None else set())

    def reached(self, starts: Iterable[str]) -> frozenset[str]:
        """All steps that can be reached from some, themselves among them."""
        found: set[str] = set()
        waiting = list(starts)
        while waiting:
            id = waiting.pop()
            if id not in found:
                found.add(id)
                waiting += self.out[id]
        return frozenset(found)

    def only_behind(self, through: str, steps: Iterable[str]) -> frozenset[str]:
        """Those of some steps that cannot be reached from any beginning without going through one (NAV-3)."""
        first, last = self._spans.get(through, (0, 0))
        return frozenset(id for id in steps if first < self._spans.get(id, (0, 0))[0] <= last)

    @cached_property
    def _spans(self) -> Mapping[str, tuple[int, int]]:
        return spans(self.out, self.beginnings())


def graph(file: WorkshopFile) -> Graph:
    """The edges of a workshop. Links into other workshops, and to steps that could not be read, are none."""
    ids = [each.step.id for each in file.steps]
    out: dict[str, set[str]] = {id: set() for id in ids}
    into: dict[str, set[str]] = {id: set() for id in ids}
    for each in file.steps:
        navigation = each.step.navigation
        if navigation is None:
            continue
        id = each.step.id
        for before, after in ((id, navigation.next_step_id), (navigation.prev_step_id, id)):
            if before in out and after in into:
                out[before].add(after)
                into[after].add(before)
    return Graph(
        {id: frozenset(others) for id, others in out.items()},
        {id: frozenset(others) for id, others in into.items()},
        ids[0] if ids else None,
    )

"""Steps that lie only behind others, by the tree of dominators and by the definition (NAV-3)."""

from __future__ import annotations

from collections.abc import Mapping
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from yamlsync.rules.dominators import spans
from yamlsync.rules.graph import Graph

IDS = tuple("abcdefghijkl")
EDGES = st.dictionaries(st.sampled_from(IDS), st.frozensets(st.sampled_from(IDS), max_size=3))


def graph(out: Mapping[str, frozenset[str]], ids: tuple[str, ...] = IDS) -> Graph:
    into: dict[str, set[str]] = {id: set() for id in ids}
    for id, others in out.items():
        for other in others:
            into[other].add(id)
    return Graph(
        {id: out.get(id, frozenset()) for id in ids},
        {id: frozenset(each) for id, each in into.items()},
        ids[0],
    )


def reached(of: Graph, without: str | None) -> set[str]:
    """The steps that a way leads to which does not go through one."""
    found: set[str] = set()
    waiting = [id for id in of.beginnings() if id != without]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting += of.out[id] - {without}
    return found


@given(EDGES)
def test_a_step_lies_only_behind_another_if_no_way_goes_without_it(out: dict[str, frozenset[str]]) -> None:
    of = graph(out)
    for through in IDS:
        expected = reached(of, None) - reached(of, through) - {through}
        assert expected == of.only_behind(through, IDS), through


def test_an_unknown_step_lies_behind_nothing_and_nothing_behind_it() -> None:
    of = graph({"a": frozenset("b")})
    assert of.only_behind("a", ("b", "nobody")) == {"b"}
    assert of.only_behind("nobody", IDS) == frozenset()


def test_many_steps_with_ways_back_to_all_of_them_take_little_time() -> None:
    """Iterating over intersections of paths would walk up half a chain for each of them."""
    count = 50_000
    names = [str(n) for n in range(count)]
    out = {id: frozenset(names[n + 1 : n + 2]) for n, id in enumerate(names)}
    out[names[-1]] = frozenset(names[1:])
    start = process_time()
    found = spans(out, names[:1])
    assert count == len(found)
    assert all(found[id] == (n + 1, count) for n, id in enumerate(names))
    assert process_time() - start < 5

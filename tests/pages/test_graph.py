"""The graph of steps: what is drawn, what is folded, what is told besides colours (PRE-40 to PRE-43)."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.outline import outline
from yamlsync.pages.anchors import step_anchor
from yamlsync.pages.graph import Edge, Node, State, draw
from yamlsync.pages.graph_layout import Box, Column, Rows, Way


def straight(count: int) -> tuple[list[Node], list[Edge]]:
    nodes = [Node(f"step-{number}", f"Title {number}") for number in range(count)]
    return nodes, [Edge(one.id, other.id) for one, other in pairwise(nodes)]


@given(st.text(), st.text())
def test_two_ids_never_share_an_anchor(one: str, other: str) -> None:
    assert (step_anchor(one) == step_anchor(other)) == (one == other)
    assert re.fullmatch(r"step-[A-Za-z0-9._-]*", step_anchor(one))


def test_an_anchor_of_a_plain_id_is_read_as_that() -> None:
    assert step_anchor("01-first.pod") == "step-01-first.pod"
    assert step_anchor("a_b é") == "step-a_5fb_20_c3_a9"


@pytest.mark.parametrize("count", [0, 1, 3, 10, 200])
def test_each_step_is_a_link_in_both_drawings(count: int) -> None:
    nodes, edges = straight(count)
    found = outline(draw(nodes, edges, label="Steps"))
    assert found.strangers() == []
    assert found.tags.count("a") == 2 * count
    assert found.tags.count("path") == 2 * max(count - 1, 0)
    assert {value for tag, name, value in found.attributes if (tag, name) == ("a", "href")} == {
        f"#{step_anchor(node.id)}" for node in nodes
    }


@pytest.mark.parametrize(
    ("state", "sign"),
    [("added", "+"), ("removed", "\u2212"), ("moved", "\u2195"), ("changed", "~"), ("renamed", "\u2192")],
)
def test_a_state_is_told_without_its_colour(state: State, sign: str) -> None:
    html = draw([Node("a", "Pods", state, "was b")], [], label="Steps")
    assert f">{sign}</text>" in html
    assert f"<title>Pods (a), {state}, was b</title>" in html


def test_unchanged_runs_of_many_steps_are_folded() -> None:
    nodes, edges = straight(400)
    nodes[200] = Node("step-200", "Title 200", "changed")
    found = outline(draw(nodes, edges, label="Steps", folded="unchanged steps"))
    assert found.tags.count("a") == 2 * 3
    assert "200 unchanged steps" in found.text()
    assert "199 unchanged steps" in found.text()


def test_links_to_nowhere_are_left_out() -> None:
    html = draw([Node("a", "A")], [Edge("a", "gone"), Edge("a", "a")], label="Steps")
    assert "<path" not in html


def _crosses(box: Box, way: Way) -> bool:
    return any(
        min(x1, x2) < box.right
        and max(x1, x2) > box.left
        and min(y1, y2) < box.bottom
        and max(y1, y2) > box.top
        for (x1, y1), (x2, y2) in pairwise(way)
    )


@given(
    st.integers(2, 30).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(
                st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
                    lambda link: link[0] != link[1]
                )
            ),
        )
    )
)
def test_no_link_crosses_a_box(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    count, links = drawn
    for layout in (Rows(count), Column(count)):
        for way in layout.ways(links):
            assert not any(_crosses(layout.box(number), way) for number in range(count))
            assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in way)

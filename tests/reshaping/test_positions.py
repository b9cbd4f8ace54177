"""Positions that are kept, mended, counted anew; and the order of progress (AUT-24, AUT-32)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reshaping.trees import found, reshaped
from tests.strategies import ids, integers
from yamlsync.affinity import MAX_INTEGER
from yamlsync.layout.update import plan_update
from yamlsync.records import Contents, RuntimeState, Step, Workshop
from yamlsync.reshaping.move import move
from yamlsync.reshaping.positions import kept, mended
from yamlsync.tree import in_memory


@pytest.mark.parametrize(
    ("first", "written", "expected"),
    [
        (1, [None, None, None], [1, 2, 3]),
        (1, [None, 10, None], [1, 10, 11]),
        (5, [5, 5, None], [5, 5, 6]),
        (1, [2, None], None),
        (1, [None, None, 1], None),
        (MAX_INTEGER, [None, None], None),
        (1, [], []),
    ],
)
def test_positions_are_kept_where_they_fit(
    first: int, written: list[int | None], expected: list[int] | None
) -> None:
    assert kept(first, list(zip("bcd", written, strict=False))) == expected


@pytest.mark.parametrize(
    ("first", "written", "expected"),
    [
        (1, [None, None, 1], (1, [1, 2, 3])),
        (1, [7, 9, 9], (1, [1, 9, 9])),
        (10, [20, 10, 30], (10, [10, 10, 30])),
        (3, [3, 2, 2], (3, [3, 4, 5])),
        (MAX_INTEGER, [None, None], (1, [1, 2])),
        (7, [None, MAX_INTEGER, 8], (1, [1, 2, 3])),
    ],
)
def test_positions_that_do_not_fit_are_mended(
    first: int, written: list[int | None], expected: tuple[int, list[int]]
) -> None:
    assert mended(first, list(zip("abc", written, strict=False))) == expected


@given(integers(), st.lists(st.tuples(ids(), st.none() | integers()), unique_by=lambda pair: pair[0]))
def test_mended_positions_always_fit(first: int, wanted: list[tuple[str, int | None]]) -> None:
    start, positions = mended(first, wanted)
    names = [id for id, _ in wanted]
    assert kept(start, list(zip(names, positions, strict=True))) == positions


ITEM = "  - id: {}\n    status: active\n"


@pytest.mark.parametrize(
    ("listed", "old", "new", "after"),
    [("ac", "a", "z", "cz"), ("ac", "c", "b", "ab"), ("ca", "c", "d", "da"), ("ca", "a", "b", "cb")],
)
def test_progress_is_in_order_afterwards_if_it_was_before(
    listed: str, old: str, new: str, after: str
) -> None:
    steps = (Step("a", "A", "x:1", 1), Step("c", "C", "x:1", 2))
    states = tuple(RuntimeState("me", id, "active") for id in "ac")
    contents = Contents((Workshop("w", "W", "v1", 1, steps),), states)
    files = plan_update(in_memory({}), contents, with_state=True).puts
    head = "format: yamlsync/1\nworkspace: me\nsteps:\n"
    files["state/me.yaml"] = (head + "".join(map(ITEM.format, listed))).encode()
    tree = in_memory(files)
    text = reshaped(tree, move(found(tree), old, new)).read("state/me.yaml").decode()
    assert text == head + "".join(map(ITEM.format, after))

"""What two trees say, when the files that are the same in both are left unread."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.edited import Sides, any_two, edited
from yamlsync.changes.comparing import diff
from yamlsync.layout.sparing import read_pair
from yamlsync.layout.update import plan_update
from yamlsync.records import Contents
from yamlsync.tree import Tree, in_memory

_WORKSHOP = b"""format: yamlsync/1
id: course
name: Course
version: v1
created_at: "2026-01-01"
steps:
"""


def _tree(files: dict[str, bytes]) -> tuple[Tree, list[str]]:
    """A tree, and the paths that were read of it."""
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        return files[path]

    return Tree(frozenset(files), read), asked


def _course(*ids: str, **more: str) -> dict[str, bytes]:
    listing = "".join(f"  - {id}\n" for id in ids).encode()
    steps = {
        f"steps/{id}.yaml": f"id: {id}\ntitle: Step {id}\nimage_tag: org/x:{id}\n{more.get(id, '')}".encode()
        for id in ids
    }
    return {"workshop.yaml": _WORKSHOP + listing, **steps}


def _same(old: dict[str, bytes], new: dict[str, bytes]) -> frozenset[str]:
    return frozenset(path for path in old.keys() & new.keys() if old[path] == new[path])


def _files_asked(old: dict[str, bytes], new: dict[str, bytes]) -> tuple[set[str], set[str]]:
    (left, left_asked), (right, right_asked) = _tree(old), _tree(new)
    read_pair(left, right, _same(old, new))
    return set(left_asked), set(right_asked)


def test_only_what_differs_is_read() -> None:
    old = _course("a", "b", "c", "d")
    new = _course("a", "b", "c", "d", c="markdown: New.\n")

    assert _files_asked(old, new) == ({"workshop.yaml", "steps/c.yaml"},) * 2


def test_the_neighbours_of_a_step_that_came_or_went_are_read_too() -> None:
    old, new = _course("a", "b", "c", "d", "e"), _course("a", "b", "d", "e")

    left, right = _files_asked(old, new)

    assert left == {"workshop.yaml", "steps/b.yaml", "steps/c.yaml", "steps/d.yaml"}
    assert right == {"workshop.yaml", "steps/b.yaml", "steps/d.yaml"}


def test_all_is_read_where_positions_are_written() -> None:
    old = _course("a", "b", "c", b="position: 5\n")
    new = _course("a", "b", "c", b="position: 6\n")

    left, right = _files_asked(old, new)

    assert left == right == {"workshop.yaml", *(f"steps/{id}.yaml" for id in "abc")}


def test_all_is_read_before_a_problem_is_told() -> None:
    old, new = _course("a", "b", "c"), _course("a", "b", "c", b="markdown: [\n")

    pair = read_pair(in_memory(old), in_memory(new), _same(old, new))

    assert (pair.new.contents, pair.unread) == (None, frozenset())
    assert pair.new.problems[0].place.path == "steps/b.yaml"


@given(st.one_of(edited(), any_two()))
def test_what_is_not_read_changes_nothing_that_is_told(sides: Sides) -> None:
    """DIF-5."""
    old, new = (
        dict(plan_update(in_memory({}), Contents(side), with_state=False).puts.items()) for side in sides
    )

    pair = read_pair(in_memory(old), in_memory(new), _same(old, new))

    assert pair.old.contents is not None
    assert pair.new.contents is not None
    assert diff(pair.old.contents.workshops, pair.new.contents.workshops) == diff(*sides)

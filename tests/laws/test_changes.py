"""Laws of changes: what is found leads from one side to the other, turned round back (DIF-20 to DIF-22)."""

from __future__ import annotations

from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.edited import DEFINITIONS, Sides, any_two, edited
from tests.edits import KINDS, Changed, changes
from yamlsync.changes.applying import apply
from yamlsync.changes.comparing import diff
from yamlsync.changes.inverting import inverse
from yamlsync.records import Contents, Step, Workshop
from yamlsync.relative import absolute, relative


@given(DEFINITIONS)
def test_the_relative_form_loses_nothing(contents: Contents) -> None:
    for workshop in contents.workshops:
        assert absolute(relative(workshop)) == workshop


@given(DEFINITIONS)
def test_nothing_changed_between_a_workshop_and_itself(contents: Contents) -> None:
    found = diff(contents.workshops, contents.workshops)

    assert (found.changes, found.consequences) == ((), ())


@given(st.one_of(edited(), any_two()))
def test_applied_changes_give_the_new_side(sides: Sides) -> None:
    old, new = sides

    assert apply(old, diff(old, new).changes) == new


@given(edited(), st.randoms(use_true_random=False))
def test_the_order_in_which_changes_are_given_does_not_matter(sides: Sides, random: Random) -> None:
    old, new = sides
    changes = list(diff(old, new).changes)
    random.shuffle(changes)

    assert apply(old, changes) == new


@given(edited())
def test_changes_turned_round_are_those_of_the_way_back(sides: Sides) -> None:
    old, new = sides

    assert sorted(map(repr, inverse(diff(old, new).changes))) == sorted(map(repr, diff(new, old).changes))


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=max(1, settings().max_examples // 3))
@given(st.data())
def test_each_kind_of_change_is_found(kind: str, data: st.DataObject) -> None:
    changed: Changed = data.draw(changes(kind))

    found = diff(changed.before.workshops, changed.after.workshops)

    assert found.changes
    assert apply(changed.before.workshops, found.changes) == changed.after.workshops


@given(st.permutations(range(12)))
def test_no_fewer_moves_explain_a_new_order(order: list[int]) -> None:
    ids = [f"step-{number:02}" for number in range(12)]
    step = Step("", "A step", "image", 1)
    before = tuple(evolve(step, id=id, position=number) for number, id in enumerate(ids, 1))
    after = tuple(evolve(step, id=ids[which], position=number) for number, which in enumerate(order, 1))
    workshop = Workshop("course", "Course", "v1", "2026-01-01")

    found = diff((evolve(workshop, steps=before),), (evolve(workshop, steps=after),))

    assert {type(change).__name__ for change in found.changes} <= {"StepMoved"}
    assert len(found.changes) == len(order) - _longest_rising(order)


def _longest_rising(numbers: list[int]) -> int:
    best: list[int] = []
    for index, number in enumerate(numbers):
        best.append(1 + max((best[i] for i in range(index) if numbers[i] < number), default=0))
    return max(best)

"""What is told of each step, where it stands, and what only follows from something else."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.edited import Sides, any_two, edited
from yamlsync.changes import model
from yamlsync.changes.comparing import diff
from yamlsync.records import Metadata
from yamlsync.relative import RelativeNavigation, RelativeStep, RelativeWorkshop, absolute
from yamlsync.renditions.story import StepStory, Story, story_of


def step(id: str, hints: tuple[str, ...] = (), condition: str | None = None) -> RelativeStep:
    navigation = RelativeNavigation(unlock_condition=condition)
    metadata = tuple(Metadata(f"hint.{number}", text) for number, text in enumerate(hints, 1))
    text = f"# {id}\n\n" + " ".join(f"{id}{number}" for number in range(20)) + "\n"
    return RelativeStep(id, f"Title of {id}", f"org/x:{id}", None, navigation, metadata, None, text)


def workshop(*steps: RelativeStep, **facts: int) -> RelativeWorkshop:
    return RelativeWorkshop("course", "Course", "v1", "2026-01-01", **facts, steps=steps)


def told(old: RelativeWorkshop | None, new: RelativeWorkshop | None) -> Story:
    left, right = ((absolute(each),) if each else () for each in (old, new))
    return story_of(left, right, diff(left, right))


def states(story: Story) -> list[tuple[str, str]]:
    return [(each.id, each.state) for workshop in story.workshops for each in workshop.steps]


def of(story: Story, id: str) -> StepStory:
    return next(each for workshop in story.workshops for each in workshop.steps if each.id == id)


def kinds(changes: tuple[object, ...]) -> list[str]:
    return [type(change).__name__ for change in changes]


def test_a_removed_step_stands_where_it_stood() -> None:
    old = workshop(step("a"), step("b"), step("c"), step("d"))
    new = workshop(step("x"), step("b"), step("d"))

    assert states(told(old, new)) == [
        *[("a", "removed"), ("x", "added"), ("b", "same"), ("c", "removed"), ("d", "same")],
    ]


def test_a_step_that_moved_away_is_no_mark_of_where_a_removed_one_stood() -> None:
    old = workshop(step("a"), step("m"), step("gone"), step("b"), step("c"), step("d"))
    new = workshop(step("a"), step("b"), step("c"), step("d"), step("m"))

    assert [id for id, _ in states(told(old, new))] == ["a", "gone", "b", "c", "d", "m"]


def test_places_and_links_follow_from_a_step_that_is_put_in_front() -> None:
    story = told(workshop(step("a"), step("b")), workshop(step("new"), step("a"), step("b")))

    assert states(story) == [("new", "added"), ("a", "same"), ("b", "same")]
    assert kinds(of(story, "a").following) == ["PlaceFollowed", "LinkFollowed"]
    assert (of(story, "b").old_place, of(story, "b").new_place) == (2, 3)


def test_a_condition_that_takes_over_a_new_id_is_no_edit() -> None:
    old = workshop(step("a"), step("b", condition='steps["a"].completed'))
    new = workshop(evolve(step("a"), id="first"), step("b", condition='steps["first"].completed'))
    other = workshop(evolve(step("a"), id="first"), step("b", condition='steps["first"].active'))

    assert states(told(old, new)) == [("first", "renamed"), ("b", "same")]
    assert kinds(of(told(old, new), "b").following) == ["ConditionChanged", "LinkFollowed"]
    assert kinds(of(told(old, other), "b").changes) == ["ConditionChanged"]


def test_hints_that_only_get_other_numbers_are_no_edits() -> None:
    old = workshop(step("a", ("one", "two", "three")))

    added = of(told(old, workshop(step("a", ("new", "one", "two", "three")))), "a")
    swapped = of(told(old, workshop(step("a", ("two", "one", "three")))), "a")
    both = of(told(old, workshop(step("a", ("new", "two", "one", "three")))), "a")

    assert (kinds(added.changes), kinds(added.following)) == (["HintChanged"], ["HintMoved"] * 3)
    assert (kinds(swapped.changes), kinds(swapped.following)) == (["HintMoved"] * 2, [])
    assert sorted(kinds(both.changes)) == ["HintChanged", "HintMoved", "HintMoved"]


def test_a_position_that_is_written_anew_and_the_same_is_no_edit() -> None:
    old = workshop(step("a"), step("b"), step("c"))
    new = workshop(step("a"), evolve(step("c"), position=3))

    story = told(old, new)

    assert states(story) == [("a", "same"), ("b", "removed"), ("c", "same")]
    assert "PositionChanged" in kinds(of(story, "c").following)


def test_a_workshop_that_came_or_went_is_told_though_it_is_empty() -> None:
    assert told(None, workshop())
    assert told(workshop(), None)
    assert not told(workshop(), workshop())


@given(st.one_of(edited(), any_two()))
def test_every_change_is_in_the_story_once(sides: Sides) -> None:
    """DIF-50."""
    changes = diff(*sides)
    story = story_of(*sides, changes)

    found: list[object] = []
    for each in story.workshops:
        found += each.changes
        for one in each.steps:
            found += [*one.changes, *one.following]
            found += [part for part in (one.rename, one.move) if part is not None]
    states_of = [one.state for each in story.workshops for one in each.steps]
    whole = (model.StepAdded, model.StepRemoved, model.WorkshopAdded, model.WorkshopRemoved)
    quiet = (*whole, model.Renumbered)
    expected = [each for each in (*changes.changes, *changes.consequences) if not isinstance(each, quiet)]
    assert sorted(map(repr, (each for each in found if not isinstance(each, quiet)))) == sorted(
        map(repr, expected)
    )
    assert states_of.count("added") == sum(isinstance(each, model.StepAdded) for each in changes.changes)
    assert states_of.count("removed") == sum(isinstance(each, model.StepRemoved) for each in changes.changes)


@given(st.one_of(edited(), any_two()))
def test_the_story_has_all_steps_of_the_new_side_in_their_order(sides: Sides) -> None:
    story = story_of(*sides, diff(*sides))

    shown = [each.id for workshop in story.workshops for each in workshop.steps if each.new is not None]
    assert shown == [each.id for workshop in sides[1] for each in workshop.steps]

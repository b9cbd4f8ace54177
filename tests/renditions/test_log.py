"""A commit as text and as JSON, the fields that changes are of, and what a merge tells (LOG-20 to LOG-41)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.conftest import ROOT
from tests.edited import Sides, any_two, edited
from tests.renditions.reviews import comparison
from yamlsync.changes import model
from yamlsync.changes.comparing import diff
from yamlsync.changes.plain import from_plain
from yamlsync.git.history import Commit
from yamlsync.problems import Place, Problem
from yamlsync.records import Metadata, Navigation, Step, Workshop
from yamlsync.renditions.entries import Entry, key_of, told_of
from yamlsync.renditions.fields import FIELDS, fields_of
from yamlsync.renditions.log import render
from yamlsync.renditions.log_json import as_json
from yamlsync.renditions.view import View
from yamlsync.schemas.log import schema, schema_text
from yamlsync.wording.columns import width

VALIDATOR = Draft202012Validator(schema())
COMMIT = Commit("1234567" + "0" * 33, ("a" * 40,), "Ann", "2026-03-04T05:06:07+01:00", "A subject")


def entry(*sides: Sides, **more: Any) -> Entry:
    commit = evolve(COMMIT, parents=COMMIT.parents * max(len(sides), 1))
    fields = {"fate": "changed", "comparisons": tuple(map(comparison, sides))} | more
    return Entry(commit, "1234567", "course", **fields)


def course(*steps: Step, **more: str) -> tuple[Workshop, ...]:
    fields = {"id": "course", "name": "Course", "version": "v1", "created_at": "2026-01-15"} | more
    return (Workshop(**fields, steps=steps),)


def a_step(id: str = "a", position: int = 1, title: str = "Title", **more: Any) -> Step:
    return Step(id, title, "o/c:x", position, **more)


def text(of: Entry, columns: int = 80, **options: bool) -> str:
    return render(told_of(of), View(columns), **options)


OLD = course(a_step(markdown="# One\n\nFirst.\n\n## Two\n\nSecond.\n"), a_step("b", 2))
NEW = course(
    a_step("c", 1, title="Third"),
    a_step("a", 2, title="Other", markdown="# One\n\nFirst.\n\n## Two\n\nSecond one.\n"),
    version="v2",
)


def test_a_commit_is_told_by_its_head_and_its_changes() -> None:
    assert (
        text(entry((OLD, NEW)))
        == """\
1234567  2026-03-04  Ann  A subject
    workshop “Course” (course)
      version: “v1” became “v2”
    + step 1 “Third” (c), new
    ~ step 2 “Other” (a)
        title: “Title” became “Other”
        text: 1 line changed, under “Two”
    - step 2 “Title” (b), removed"""
    )


def test_fates_and_notes_are_told() -> None:
    head = "1234567  2026-03-04  Ann  A subject\n"
    assert text(entry(((), OLD), fate="new")) == f"{head}    workshop “Course” (course), new, with 2 steps"
    gone = f"{head}    workshop “Course” (course), removed, with 2 steps"
    assert text(entry((OLD, ()), fate="removed")) == gone
    assert text(entry(fate="removed")) == f"{head}    removed; what it was cannot be read"
    cut = f"{head}    (here the history of this clone begins, with 2 steps)"
    assert text(entry(((), OLD), fate="cut")) == cut
    moved = entry((OLD, OLD), moved_from="")
    assert text(moved) == f"{head}    (moved from the top of the repository to “course”)"
    assert text(entry((OLD, OLD))) == f"{head}    no change of content"
    spelled = evolve(comparison((OLD, OLD)), respelled=("course/workshop.yaml",))
    assert text(entry(comparisons=(spelled,))) == (
        f"{head}    no change of content: only comments or spelling differ in 1 file:\n"
        "      course/workshop.yaml"
    )
    problems = (Problem("YS105", "no \x1b[31mYAML", Place("1234567890:course/steps/a.yaml", 3, 5)),)
    assert text(entry(fate="unreadable", problems=problems)) == (
        f"{head}    cannot be read: 1234567890:course/steps/a.yaml:3:5: YS105 no \\x1b[31mYAML"
    )
    assert (
        text(entry(fate="unreadable", failure="a.db is empty")) == f"{head}    cannot be read: a.db is empty"
    )
    both = text(entry(fate="unreadable", problems=problems * 2))
    assert both.startswith(f"{head}    cannot be read: 2 problems, the first: 1234567890:")
    titled = course(a_step(title="Old")), course(a_step(title="New"))
    assert text(entry(titled, since="abcdef0")).split("\n")[1:] == [
        "    (since abcdef0: what is in between cannot be read)",
        "    ~ step 1 “New” (a)",
        "        title: “Old” became “New”",
    ]


def test_with_patch_texts_are_shown_as_diff_shows_them() -> None:
    sides = OLD, course(a_step(markdown="# One\n\nFirst.\n\n## Two\n\nSecond one.\n"), a_step("b", 2))
    assert text(entry(sides), is_patch=True).split("\n")[-2:] == [
        "        - Second.",
        "        + Second one.",
    ]
    assert text(entry(sides)).split("\n")[-1] == "        text: 1 line changed, under “Two”"


@pytest.mark.parametrize("words", ["\x1b[2J\x1b]0;x\x07", "a\u202eb", "\udcff\x00", "a\nb\rc", "\ufe0f" * 9])
def test_no_words_of_a_commit_act_on_a_terminal(words: str) -> None:
    found = text(evolve(entry((OLD, NEW)), commit=evolve(COMMIT, author=words, subject=words)))
    head = found.split("\n")[0]
    assert head.isprintable()
    assert "\ufe0f" not in head


def test_a_commit_without_words_and_a_date_has_a_head() -> None:
    found = evolve(entry((OLD, NEW)), commit=evolve(COMMIT, author="", subject="", date=""))
    assert text(found).split("\n")[0] == "1234567  no date  nobody"


@settings(max_examples=40)
@given(edited() | any_two(), st.integers(20, 100))
def test_no_line_is_wider_than_the_terminal(sides: Sides, columns: int) -> None:
    wide = evolve(COMMIT, subject="試験 " * 40, author="試" * 50)
    found = render(told_of(evolve(entry(sides), commit=wide)), View(columns))
    # A terminal that is narrower than the margin needs is filled as if it were not.
    assert max(map(width, found.split("\n"))) <= max(columns, 24)


@settings(max_examples=40)
@given(edited() | any_two())
def test_each_change_is_of_fields_that_are_known(sides: Sides) -> None:
    for change in diff(*sides).changes:
        found = fields_of(change)
        assert found
        if not isinstance(change, model.MetadataChanged | model.StepAdded | model.StepRemoved):
            keys = {field for field in found if field.startswith("hint")}
            assert found - keys <= set(FIELDS)


def test_keys_have_groups() -> None:
    assert fields_of(model.HintChanged("a", "hint.12", "x", None)) == {"metadata", "hint", "hint.12"}
    assert fields_of(model.HintMoved("a", "hint.1", "hint.2", "x")) == {
        "metadata",
        "hint",
        "hint.1",
        "hint.2",
    }
    assert fields_of(model.MetadataChanged("a", "objective.1", None, "x")) == {
        "metadata",
        "objective",
        "objective.1",
    }
    assert fields_of(model.MetadataChanged("a", "solve", None, "x")) == {"metadata", "solve"}
    assert fields_of(model.MetadataChanged("a", "x.y", None, "x")) == {"metadata", "x.y"}


def test_a_step_that_is_new_is_a_change_of_all_that_it_says() -> None:
    row = Navigation(None, None, "x")
    new = course(a_step(navigation=row, metadata=(Metadata("hint.1", "x"),), goss_spec="x", markdown="x"))
    added = [change for change in diff((), new).changes if isinstance(change, model.StepAdded)]
    assert [fields_of(change) for change in added] == [
        {
            "id",
            "title",
            "image_tag",
            "order",
            "navigation",
            "next",
            "prev",
            "unlock_condition",
            "metadata",
            "hint",
            "hint.1",
            "goss_spec",
            "markdown",
        }
    ]
    bare = [change for change in diff((), course(a_step())).changes if isinstance(change, model.StepAdded)]
    assert [fields_of(change) for change in bare] == [{"id", "title", "image_tag", "order"}]


@settings(max_examples=40)
@given(edited() | any_two())
def test_no_two_changes_are_of_the_same(sides: Sides) -> None:
    changes = diff(*sides).changes
    keys = [key_of(each) for each in changes if not isinstance(each, model.HintMoved | model.HintChanged)]
    assert len(set(keys)) == len(keys)


@settings(max_examples=40)
@given(edited() | any_two())
def test_of_one_side_merged_with_itself_all_is_told_and_with_the_result_nothing(sides: Sides) -> None:
    twice = told_of(entry(sides, sides))
    once = told_of(entry(sides))
    assert twice.changes.changes == once.changes.changes
    assert bool(twice.story) == bool(once.story)
    nothing = told_of(entry(sides, (sides[1], sides[1])))
    assert (nothing.changes.changes, bool(nothing.story)) == ((), False)


@given(edited() | any_two(), st.data())
def test_a_part_of_the_changes_makes_a_part_of_the_story(sides: Sides, data: st.DataObject) -> None:
    found = told_of(entry(sides))
    kept = data.draw(st.sets(st.sampled_from([*map(key_of, found.changes.changes)] or [()])))
    part = told_of(entry(sides), lambda change: key_of(change) in kept)
    assert part.changes.changes == tuple(each for each in found.changes.changes if key_of(each) in kept)
    if len(part.changes.changes) == len(found.changes.changes):
        assert bool(part.story) == bool(found.story)
    if not part.changes.changes:
        assert not bool(part.story)
    render(part, View())


def test_the_kept_schema_is_what_the_records_give() -> None:
    kept = (ROOT / "spec" / "schemas" / "log.schema.json").read_bytes()
    assert kept == schema_text().encode(), "run python -m yamlsync.schemas to write spec/schemas anew"
    Draft202012Validator.check_schema(schema())


@settings(max_examples=40)
@given(edited() | any_two())
def test_every_commit_is_right_by_the_schema_and_its_changes_are_read_back(sides: Sides) -> None:
    problems = (Problem("YS105", "no YAML", Place("a", 3, 5)),)
    for each in (entry(sides), entry(sides, sides), entry(fate="unreadable", problems=problems)):
        told = told_of(each)
        document = json.loads(as_json(told))
        VALIDATOR.validate([document])
        lists = {name: document[name] for name in ("changes", "consequences")}
        assert from_plain(lists) == told.changes

"""How much of each step changed (DIF-57)."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.edited import edited
from tests.renditions.test_text import course, step, story
from yamlsync.changes.comparing import diff
from yamlsync.records import Metadata
from yamlsync.renditions.stat import render_story
from yamlsync.renditions.stat_names import both_names
from yamlsync.renditions.story import story_of
from yamlsync.renditions.view import View
from yamlsync.wording.columns import width


def lines(count: int, word: str = "line") -> str:
    return "".join(f"The {word} with number {number} of all\n\n" for number in range(count))


OLD = course(
    step("first", 1, markdown=lines(4)),
    step(
        "second", 2, markdown="One two three\n", metadata=(Metadata("hint.1", "a"), Metadata("hint.2", "b"))
    ),
    step("漢字", 3),
    step("gone", 4, markdown=lines(1)),
)
NEW = course(
    step("first", 1, markdown=lines(6)),
    step(
        "second",
        2,
        title="B",
        markdown="One two 3\n",
        metadata=(Metadata("hint.1", "x"), Metadata("hint.2", "y")),
    ),
    step("漢字", 3, image_tag="o/c:v2"),
    step("new", 4, markdown=lines(50, "other")),
)


def test_each_step_has_a_line_and_all_have_a_sum() -> None:
    assert render_story(story(OLD, NEW), (), View(width=70)).splitlines() == [
        "~ first  |   4 +                        14 words",
        "~ second |   2 +-                       title, 2 hints, 2 words",
        "~ 漢字   |   0                          image",
        "- gone   |   2 -                        removed",
        "+ new    | 100 ++++++++++++++++++++++++ new",
        "1 step added, 1 removed, 3 changed; 105 lines of text inserted (+), 3",
        "lines deleted (-)",
    ]


def test_a_narrow_terminal_leaves_out_words_first() -> None:
    told = render_story(story(OLD, NEW), (), View(width=24, encoding="ascii")).splitlines()
    assert told[:5] == [
        "~ first     |   4 +",
        "~ second    |   2 +-",
        "~ \\u6f22... |   0",
        "- gone      |   2 -",
        "+ new       | 100 ++++++",
    ]


def test_a_rename_has_both_names() -> None:
    old, new = course(step("a", markdown=lines(30))), course(step("b", markdown=lines(30)))
    told = render_story(story(old, new), (), View()).splitlines()
    assert told[0].startswith("→ a => b | 0")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (80, "loki-intro-to-ingest-00-intro => loki-intro-to-ingest-otel-00-intro"),
        (50, "loki-intro-to-ingest-{ => otel-}00-intro"),
        (34, "…st-00-intro => …st-otel-00-in…"),
        (8, "…t-otel…"),
    ],
)
def test_of_two_long_names_what_differs_is_seen(columns: int, expected: str) -> None:
    old, new = "loki-intro-to-ingest-00-intro", "loki-intro-to-ingest-otel-00-intro"
    assert both_names(old, new, columns) == expected


@given(st.text("ab-_漢", max_size=30), st.text("ab-_漢", min_size=1, max_size=30), st.integers(1, 80))
def test_two_names_fit_into_any_columns(old: str, new: str, columns: int) -> None:
    assert width(both_names(old, new, columns)) <= columns


def test_the_workshop_itself_has_a_line() -> None:
    old, new = course(step("a")), course(step("a"), id="d", name="Another", version="v2")
    assert render_story(story(old, new), (), View()).splitlines() == [
        "→ workshop c => d | 0  id, name, version",
        "3 changes to the workshop itself",
    ]
    renamed = render_story(story(old, evolve(old, version="v2")), (), View()).splitlines()
    assert renamed[0] == "~ workshop c | 0  version"


def test_a_check_with_another_name_is_one_check() -> None:
    old, new = (
        course(step("a", goss_spec=f"command:\n  {name}:\n    exec: ls\n    exit-status: 0\n"))
        for name in ("it runs", "it still runs")
    )
    assert render_story(story(old, new), (), View()).splitlines()[0] == "~ a | 0  1 check"


def test_nothing_is_said_where_nothing_changed() -> None:
    assert render_story(story(OLD, OLD), (), View()) == ""


_WORKSHOPS = strategies.contents(with_state=False).map(lambda contents: contents.workshops)


@settings(deadline=None)
@given(st.one_of(edited(), st.tuples(_WORKSHOPS, _WORKSHOPS)), st.integers(0, 120))
def test_any_two_workshops_have_a_table_that_fits(sides: Any, columns: int) -> None:
    old, new = sides
    changes = diff(old, new)
    text = render_story(story_of(old, new, changes), (), View(width=columns))
    assert bool(text) == bool(changes)
    assert all(line.isprintable() for line in text.split("\n"))
    assert all(width(line) <= max(columns, 20) for line in text.split("\n"))

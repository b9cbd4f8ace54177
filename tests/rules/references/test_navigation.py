from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.course import files, found, places
from yamlsync.rules.references.links import circles


def next_(target: str) -> str:
    return f"navigation:\n  next: {target}\n"


def prev(target: str) -> str:
    return f"navigation:\n  prev: {target}\n"


def test_a_linear_course_has_nothing_to_find() -> None:
    assert found(files({"a": "", "b": "", "c": ""})) == ()


def test_a_side_step_that_leads_back_to_where_it_hangs_is_fine() -> None:
    tree = files({"a": next_("b"), "side": next_("a"), "b": prev("a")})
    assert found(tree) == ()


def test_a_side_step_that_joins_the_course_again_is_fine() -> None:
    tree = files({"a": next_("b"), "side": "", "b": prev("a")})
    assert found(tree) == ()


def test_a_side_step_at_the_end_of_the_list_may_lead_back() -> None:
    tree = files({"a": "", "b": next_("null"), "side": "navigation:\n  next: b\n  prev: a\n"})
    assert found(tree) == ()


def test_a_jump_ahead_is_no_contradiction_of_the_order() -> None:
    tree = files({"a": next_("c"), "b": "", "c": prev("a")})
    assert found(tree) == ()


def test_a_circle_is_told_at_the_link_that_closes_it() -> None:
    problems = found(files({"a": "", "b": "", "c": next_("a")}))
    assert places(problems) == [("YS206", "steps/c.yaml", 5, 9, 10)]
    assert problems[0].message == 'next runs in a circle: "a" → "b" → "c" → "a"'


def test_a_step_that_leads_to_itself_is_a_circle() -> None:
    problems = found(files({"a": "", "b": next_("b"), "c": prev("null")}), "YS206")
    assert [problem.message for problem in problems] == ['next runs in a circle: "b" leads to itself']


def test_going_back_runs_in_a_circle_too() -> None:
    problems = found(files({"a": prev("b"), "b": "", "c": ""}))
    assert places(problems) == [("YS206", "steps/a.yaml", 5, 9, 10)]


def test_a_long_circle_is_told_in_short() -> None:
    ids = [f"s{number}" for number in range(20)]
    problems = found(files(dict.fromkeys(ids[:-1], "") | {ids[-1]: next_("s0")}))
    assert problems[0].message == 'next runs in a circle: "s0" → "s1" → "s2" → "s3" → ... → "s19" → "s0"'


def test_a_second_first_step_is_told() -> None:
    problems = found(files({"a": next_("null"), "b": prev("null"), "c": ""}))
    assert places(problems) == [("YS207", "steps/b.yaml", 5, 9, 13)]


def test_a_step_without_navigation_that_nothing_leads_to_is_told_at_that_word() -> None:
    tree = files({"a": next_("c"), "b": "navigation: none\n", "c": prev("a")})
    assert places(found(tree)) == [("YS207", "steps/b.yaml", 4, 1, 11)]


def test_a_course_without_any_navigation_is_left_alone() -> None:
    tree = files({"a": "", "b": ""})
    tree["workshop.yaml"] = tree["workshop.yaml"].replace(b"steps:", b"navigation: none\nsteps:")
    assert found(tree) == ()


def test_next_and_prev_that_disagree_are_told_where_they_are_written() -> None:
    assert places(found(files({"a": "", "b": "", "c": "", "d": prev("b")}))) == [
        ("YS208", "steps/d.yaml", 5, 9, 10)
    ]


def test_navigation_against_the_order_is_told() -> None:
    tree = files(
        {
            "a": next_("c"),
            "b": "navigation:\n  next: null\n  prev: c\n",
            "c": "navigation:\n  next: b\n  prev: a\n",
        }
    )
    problems = found(tree)
    assert places(problems) == [("YS209", "steps/c.yaml", 5, 9, 10)]
    assert problems[0].help == "move b behind c in steps: of workshop.yaml"


def test_a_course_with_a_step_that_cannot_be_read_is_not_judged_by_what_is_left() -> None:
    tree = files({"a": "", "b": "", "c": ""})
    tree["steps/b.yaml"] = b"id: b\n"
    assert {"YS108"} == {problem.code for problem in found(tree)}


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12)))
def test_the_circles_are_those_that_following_every_link_ends_in(links: dict[int, int]) -> None:
    named = {str(one): str(other) for one, other in links.items()}
    on_circles = set()
    for start in named:
        at: str | None = start
        for _ in range(len(named) + 1):
            at = named.get(at) if at is not None else None
        if at is not None:
            on_circles.add(at)
            way = named[at]
            while way != at:
                on_circles.add(way)
                way = named[way]
    told = list(circles(named))
    assert on_circles == {id for circle in told for id in circle}
    assert len(on_circles) == sum(map(len, told)), "each circle is told once"


@pytest.mark.parametrize("count", [3000])
def test_a_long_course_with_a_circle_is_judged_in_no_time(count: int) -> None:
    ids = [f"s{number}" for number in range(count)]
    assert len(found(files(dict.fromkeys(ids[:-1], "") | {ids[-1]: next_("s0")}), "YS2")) == 1

"""One line a problem (CHK-51)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.reporters.odd import ODD, problems, report
from yamlsync.problems import Problem
from yamlsync.reporters.concise import render


def test_each_problem_is_a_line_with_place_code_severity_and_message() -> None:
    assert render(report(*ODD)).split("\n") == [
        'steps/a.yaml:3:28: YS204 error: names step "onne"',
        "steps/50%,a:b.yaml:2:1: YS103 error: 100% wrong: a,b::error::",
        "steps/a.yaml:4:11: YS716 warning: over several lines",
        "steps/a\\nb.yaml:5:2: YS104 error: a line\\r\\nand another\\nline",
        "steps/漢字 é\U0001f600.yaml: YS124 error: no list names this step",
        "steps/\\udcff\\udc80.yaml:1:1: YS110 error: a byte \\udcff and a half \\ud800",
        "a\\x07\\x1b.yaml:1:1: YS102 error: an escape \\x1b[2J \\x00 \\x9b \\u2028 \\u202e",
        'course.db: table steps, row id "a,b", column markdown: YS806 error: BLOB',
        "course.db: YS804 error: damaged",
        "b.yaml:7:3: YS301 warning: next says nothing new [fixable]",
        "b.yaml:8:1: YS601 hint: [a](http://example.org) @octocat #1",
        "b.yaml:9:1: YS601 hint: [a](http://example.org) @octocat #1",
    ]


def test_nothing_found_is_nothing_said() -> None:
    assert render(report()) == ""


def test_the_code_has_the_colour_of_its_severity() -> None:
    def colored(text: str, **style: object) -> str:
        return f"<{style['fg']}>{text}</>" if "fg" in style else text

    lines = render(report(ODD[0], ODD[2], ODD[10], style=colored)).split("\n")
    assert [line.split(": ")[1] for line in lines] == [
        "<red>YS204</> error",
        "<yellow>YS716</> warning",
        "<cyan>YS601</> hint",
    ]


@given(st.lists(problems, max_size=5))
def test_it_is_always_one_line_a_problem_that_prints(found: list[Problem]) -> None:
    lines = render(report(*found)).split("\n") if found else []
    assert len(lines) == len(found)
    assert all(line.isprintable() for line in lines)

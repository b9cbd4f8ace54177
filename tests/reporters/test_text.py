"""Problems as text (CLI-20)."""

from __future__ import annotations

from yamlsync.reporters.text import render_problem
from yamlsync.problems import Cell, Place, Problem


def plain(text: str, **_: object) -> str:
    return text


def report(line: str, start: int, end: int, *, root: str = "course") -> list[str]:
    place = Place("steps/a.yaml", 2, start, 2, end)
    problem = Problem("YS999", "this is wrong", place, "write it right")
    return render_problem(
        problem, root, lambda _: f"first\n{line}\nlast\n".encode().split(b"\n"), plain
    ).split("\n")


def test_the_range_is_marked_below_its_line() -> None:
    assert report("title: yes", 8, 11) == [
        "course/steps/a.yaml:2:8: YS999 this is wrong",
        "   |",
        " 2 | title: yes",
        "   |        ^^^",
        "   = help: write it right",
    ]


def test_wide_characters_take_two_columns_and_combining_ones_none() -> None:
    lines = report("漢字e\u0301: 値 x", 7, 8)
    assert lines[2:4] == [" 2 | 漢字e\u0301: 値 x", "   |        ^^"]


def test_tabs_and_control_characters_are_shown_harmlessly() -> None:
    lines = report("a:\t\x1b[31mb", 4, 5)
    assert lines[2:4] == [" 2 | a:    \ufffd[31mb", "   |       ^"]


def test_a_long_line_is_shown_around_the_range() -> None:
    lines = report("x" * 500 + "HERE" + "y" * 500, 501, 505)
    assert "HERE" in lines[2]
    assert len(lines[2]) < 120
    assert lines[3].index("^") == lines[2].index("HERE")


def test_crlf_does_not_show() -> None:
    problem = Problem("YS999", "wrong", Place("a", 1, 1, 1, 3), None)
    text = render_problem(problem, ".", lambda _: [b"id: a\r", b""], plain)
    assert text.split("\n") == ["a:1:1: YS999 wrong", "   |", " 1 | id: a", "   | ^^"]


def test_a_place_without_a_line_has_no_snippet() -> None:
    problem = Problem("YS124", "no list names this step", Place("steps/a.yaml"), "add it")
    assert render_problem(problem, "", lambda _: [b"x"], plain) == (
        "steps/a.yaml: YS124 no list names this step\n   = help: add it"
    )


def test_a_cell_is_named_by_table_row_and_column() -> None:
    cell = Cell("course.db", "steps", 'id "a"', "markdown")
    text = render_problem(Problem("YS806", "BLOB", cell, None), "", lambda _: None, plain)
    assert text == 'course.db: table steps, row id "a", column markdown: YS806 BLOB'


def test_nothing_in_a_message_acts_on_the_terminal() -> None:
    problem = Problem("YS107", "the key \x1b[2Jx\n is not known", Place("a\x07.yaml"), "did you mean \x9b?")
    text = render_problem(problem, "", lambda _: None, plain)
    assert text == "a\\x07.yaml: YS107 the key \\x1b[2Jx\\n is not known\n   = help: did you mean \\x9b?"

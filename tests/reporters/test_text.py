"""Problems as text (CLI-20)."""

from __future__ import annotations

import time

from yamlsync.problems import Cell, Place, Problem
from yamlsync.reporters.report import Report
from yamlsync.reporters.text import render, render_problem


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


def test_a_line_that_fits_is_shown_whole() -> None:
    line = "  unlock_condition: " + "x" * 76 + "HERE"
    lines = report(line, 97, 101)
    assert lines[2] == f" 2 | {line}"
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


def test_the_severity_is_told_where_it_is_no_error_and_colours_code_and_marks() -> None:
    def colored(text: str, **style: object) -> str:
        return f"<{style['fg']}>{text}</>" if "fg" in style else text

    for severity, said, color in [
        ("error", "", "red"),
        ("warning", "warning: ", "yellow"),
        ("hint", "hint: ", "cyan"),
    ]:
        problem = Problem("YS999", "wrong", Place("a", 1, 1, 1, 3), None, severity)
        lines = render_problem(problem, "", lambda _: [b"id: a"], colored).split("\n")
        assert lines[0] == f"a:1:1: <{color}>YS999</> {said}wrong"
        assert lines[3].endswith(f"<{color}>^^</>")


def test_a_range_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    problem = Problem("YS999", "wrong", Place("a", 1, 5, 3, 2), None)
    text = render_problem(problem, "", lambda _: [b"id: abc", b"more", b"x"], plain)
    assert text.split("\n")[2:] == [" 1 | id: abc", "   |     ^^^"]


def test_a_place_without_an_end_is_marked_to_the_end_of_its_line() -> None:
    problem = Problem("YS999", "wrong", Place("a", 1, 5), None)
    assert render_problem(problem, "", lambda _: [b"id: abc"], plain).endswith("|     ^^^")


def test_a_variation_selector_takes_no_column() -> None:
    lines = report("\u2600\ufe0f: x", 5, 6)
    assert lines[3].index("^") == lines[2].replace("\ufe0f", "").index("x")


def test_many_problems_on_one_huge_line_are_told_in_little_time() -> None:
    line = b'"' + b"x" * (4 << 20) + b'"'
    found = [Problem("YS999", "wrong", Place("a", 1, 1 + 400 * n, 1, 9 + 400 * n), None) for n in range(5000)]
    start = time.process_time()
    text = render(Report(tuple(found), lambda _: [line], plain))
    assert text.count("^") == 5000 * 8
    assert time.process_time() - start < 5

"""Workflow commands, read back as GitHub's runner reads them (CHK-53)."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.reporters.odd import ODD, problems, report
from yamlsync.printable import printable
from yamlsync.problems import Place, Problem
from yamlsync.reporters.github import render
from yamlsync.reporters.wording import told

_OF_DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_OF_PROPERTIES = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
SEVERITIES = {"error": "error", "warning": "warning", "notice": "hint"}


def parse(line: str) -> tuple[str, dict[str, str], str]:
    """A command as the runner reads it: the name, the properties and the text."""
    assert line.startswith("::")
    end = line.index("::", 2)
    name, _, rest = line[2:end].partition(" ")
    properties = dict(pair.split("=", 1) for pair in rest.split(","))
    return (
        name,
        {key: _unescaped(value, _OF_PROPERTIES) for key, value in properties.items()},
        _unescaped(line[end + 2 :], _OF_DATA),
    )


def _unescaped(text: str, escapes: dict[str, str]) -> str:
    for escape, character in escapes.items():
        text = text.replace(escape, character)
    return text


def test_a_problem_is_a_command_with_its_place_its_code_and_its_help() -> None:
    assert render(report(ODD[0])) == (
        "::error file=steps/a.yaml,line=3,col=28,endLine=3,endColumn=34,title=yamlsync YS204"
        '::names step "onne"%0Ahelp: did you mean "one"?'
    )


def test_percent_colon_and_comma_are_escaped_where_they_would_end_something() -> None:
    assert render(report(ODD[1])) == (
        "::error file=steps/50%25%2Ca%3Ab.yaml,line=2,col=1,endLine=2,endColumn=5,title=yamlsync YS103"
        "::100%25 wrong: a,b::error::%0Ahelp: write | and `x`"
    )


def test_a_range_over_several_lines_has_no_columns_since_github_refuses_them() -> None:
    assert parse(render(report(ODD[2])))[1] == {
        "file": "steps/a.yaml",
        "line": "4",
        "endLine": "9",
        "title": "yamlsync YS716",
    }


def test_a_problem_in_a_database_names_its_cell_and_has_no_line() -> None:
    assert parse(render(report(ODD[7]))) == (
        "error",
        {"file": "course.db", "title": "yamlsync YS806"},
        'table steps, row id "a,b", column markdown: BLOB\nhelp: set it',
    )


def test_errors_come_first_and_hints_last() -> None:
    names = [parse(line)[0] for line in render(report(*reversed(ODD))).split("\n")]
    assert names == ["error"] * 8 + ["warning"] * 2 + ["notice"] * 2


def test_it_says_so_when_github_will_not_show_all() -> None:
    errors = [evolve(ODD[0], place=Place("a.yaml", line)) for line in range(1, 12)]
    hints = [evolve(ODD[10], place=Place("a.yaml", line)) for line in range(1, 11)]
    lines = render(report(*errors, *hints)).split("\n")
    assert len(lines) == 22
    assert lines[-1] == "GitHub shows 10 of these 11 errors; all stand above."


def test_nothing_found_is_no_command() -> None:
    assert render(report()) == ""


@given(st.lists(problems, max_size=5))
def test_each_line_reads_back_to_its_problem(found: list[Problem]) -> None:
    lines = render(report(*found)).split("\n") if found else []
    order = sorted(found, key=lambda problem: list(SEVERITIES.values()).index(problem.severity))
    assert len(lines) == len(found)
    for line, problem in zip(lines, order, strict=True):
        name, properties, text = parse(line)
        assert not set("\r\x1b\x85\0") & set(line)
        assert SEVERITIES[name] == problem.severity
        assert properties["title"] == f"yamlsync {problem.code}"
        message, _, help = text.partition("\n")
        assert message == printable(told(problem))
        assert help == (f"help: {printable(problem.help)}" if problem.help else "")
        path = problem.place.path
        assert properties["file"] == path or not path.isprintable()
        numbers = {key: int(properties[key]) for key in properties if key not in ("file", "title")}
        assert numbers == _numbers(problem)


def _numbers(problem: Problem) -> dict[str, int]:
    place = problem.place
    if not isinstance(place, Place):
        return {}
    several = place.end_line is not None and place.end_line != place.line
    numbers = {"line": place.line, "endLine": place.end_line}
    if not several:
        numbers |= {"col": place.column, "endColumn": place.end_column}
    return {key: value for key, value in numbers.items() if value is not None}

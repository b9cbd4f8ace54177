"""An array of objects, and the schema that they follow (CHK-52)."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tests.conftest import ROOT
from tests.reporters.odd import ODD, problems, report
from yamlsync.problems import Cell, Problem
from yamlsync.reporters.json import render
from yamlsync.schemas.report import schema, schema_text

VALIDATOR = Draft7Validator(schema())


def test_a_problem_in_a_file_has_all_keys_and_no_cell() -> None:
    assert json.loads(render(report(ODD[0]))) == [
        {
            "code": "YS204",
            "severity": "error",
            "message": 'names step "onne"',
            "path": "steps/a.yaml",
            "line": 3,
            "column": 28,
            "end_line": 3,
            "end_column": 34,
            "cell": None,
            "help": 'did you mean "one"?',
            "fixable": False,
        }
    ]


def test_a_problem_in_a_database_has_the_same_keys_and_a_cell() -> None:
    in_file, in_database, whole = json.loads(render(report(ODD[0], ODD[7], ODD[8])))
    assert list(in_database) == list(in_file)
    assert in_database["path"] == "course.db"
    assert in_database["cell"] == {"table": "steps", "row": 'id "a,b"', "column": "markdown"}
    assert whole["cell"] == {"table": None, "row": None, "column": None}
    assert {in_database[key] for key in ("line", "column", "end_line", "end_column")} == {None}


def test_nothing_found_is_an_empty_array() -> None:
    assert render(report()) == "[]"


def test_texts_are_told_as_they_are_but_for_what_utf_8_cannot_hold() -> None:
    found = json.loads(render(report(*ODD)))
    assert found[3]["message"] == "a line\r\nand another\nline"
    assert found[4]["path"] == "steps/漢字 é\U0001f600.yaml"
    assert found[5]["path"] == "steps/\\udcff\\udc80.yaml"
    assert found[5]["message"] == "a byte \\udcff and a half \\ud800"
    assert found[9]["fixable"] is True


def test_the_schema_is_what_is_kept_in_the_standard() -> None:
    kept = (ROOT / "spec" / "schemas" / "report.schema.json").read_bytes()
    assert kept == schema_text().encode(), "run python -m yamlsync.schemas to write spec/schemas anew"
    Draft7Validator.check_schema(schema())


def test_the_schema_refuses_what_is_no_report() -> None:
    good = json.loads(render(report(ODD[0])))
    for key, value in [("line", 0), ("code", "E501"), ("severity", "fatal"), ("cell", {}), ("more", 1)]:
        assert not VALIDATOR.is_valid([good[0] | {key: value}]), key
    for key in good[0]:
        assert not VALIDATOR.is_valid([{name: value for name, value in good[0].items() if name != key}]), key


@given(st.lists(problems, max_size=5))
def test_it_always_parses_validates_and_says_what_was_found(found: list[Problem]) -> None:
    data = render(report(*found)).encode()
    told = json.loads(data)
    VALIDATOR.validate(told)
    assert [each["cell"] is None for each in told] == [not isinstance(each.place, Cell) for each in found]
    assert [each["code"] for each in told] == [each.code for each in found]
    for each, problem in zip(told, found, strict=True):
        if problem.message.isascii():
            assert each["message"] == problem.message

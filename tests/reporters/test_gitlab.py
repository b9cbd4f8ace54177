"""A Code Quality report (CHK-55), as GitLab's documentation describes it; no package has a schema of it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tests.reporters.odd import ODD, problems, report
from yamlsync.problems import Problem
from yamlsync.reporters.gitlab import render

VALIDATOR = Draft7Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "description": {"type": "string"},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "properties": {
                        "path": {"type": "string", "minLength": 1, "pattern": "^(?!\\./)"},
                        "lines": {
                            "type": "object",
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                            "required": ["begin"],
                            "additionalProperties": False,
                        },
                    },
                    "required": ["path", "lines"],
                    "additionalProperties": False,
                },
            },
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "additionalProperties": False,
        },
    }
)


def test_a_problem_is_an_issue_with_its_help_in_the_description() -> None:
    (issue,) = json.loads(render(report(ODD[0])))
    assert len(issue.pop("fingerprint")) == 64
    assert issue == {
        "description": 'names step "onne" (did you mean "one"?)',
        "check_name": "YS204",
        "severity": "critical",
        "location": {"path": "steps/a.yaml", "lines": {"begin": 3}},
    }


def test_a_place_without_a_line_is_the_first_and_a_cell_is_named() -> None:
    whole, cell = json.loads(render(report(ODD[4], ODD[7])))
    assert whole["location"]["lines"] == {"begin": 1}
    assert cell["location"] == {"path": "course.db", "lines": {"begin": 1}}
    assert cell["description"] == 'table steps, row id "a,b", column markdown: BLOB (set it)'


def test_each_severity_has_its_own() -> None:
    found = json.loads(render(report(ODD[0], ODD[2], ODD[10])))
    assert [issue["severity"] for issue in found] == ["critical", "major", "info"]


def test_nothing_found_is_an_empty_array() -> None:
    assert render(report()) == "[]"


def test_odd_problems_validate() -> None:
    VALIDATOR.validate(json.loads(render(report(*ODD)).encode()))


@given(st.lists(problems, max_size=5))
def test_it_always_parses_and_validates_and_fingerprints_are_unique(found: list[Problem]) -> None:
    issues = json.loads(render(report(*found)).encode())
    assert [issue["check_name"] for issue in issues] == [problem.code for problem in found]
    assert len({issue["fingerprint"] for issue in issues}) == len(found)
    # Whatever a hostile name may be, real ones are relative without "./".
    VALIDATOR.validate([issue for issue in issues if not issue["location"]["path"].startswith("./")])

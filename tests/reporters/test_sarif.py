"""SARIF, held against the schema of its standard (CHK-54)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from tests.reporters.odd import ODD, problems, report
from yamlsync import __version__
from yamlsync.problems import Place, Problem
from yamlsync.reporters.sarif import render
from yamlsync.rules.registry import rule

PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
SCHEMA = "package/lib/schemas/sarif-2.1.0-rtm.5.json"


@pytest.fixture(scope="module")
def validator(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Draft4Validator:
    """Validates by the standard's own schema, which a package has; it is fetched by npm, once."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    assert request.config.cache is not None
    kept = request.config.cache.mkdir("sarif") / Path(SCHEMA).name
    if not kept.exists():
        place = tmp_path_factory.mktemp("sarif")
        fetch = ["npm", "pack", "--silent", "--pack-destination", str(place), PACKAGE]
        done = subprocess.run(fetch, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"npm cannot fetch the schema: {done.stderr.strip().splitlines()[-1:]}")
        with tarfile.open(place / done.stdout.strip()) as archive:
            member = archive.extractfile(SCHEMA)
            assert member is not None
            (place / kept.name).write_bytes(member.read())
        # In one step: other processes run tests too.
        shutil.copy(place / kept.name, kept.with_suffix(f".{os.getpid()}"))
        kept.with_suffix(f".{os.getpid()}").replace(kept)
    return Draft4Validator(json.loads(kept.read_text(encoding="utf-8")))


def run_of(*found: Problem) -> dict[str, Any]:
    log = json.loads(render(report(*found)).encode())
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_it_says_who_found_it_and_that_columns_are_code_points() -> None:
    run = run_of()
    assert run["tool"]["driver"] == {"name": "yamlsync", "version": __version__, "rules": []}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"] == []


def test_a_problem_is_a_result_with_its_range_and_its_help() -> None:
    (result,) = run_of(ODD[0])["results"]
    assert len(result.pop("partialFingerprints")["yamlsyncFinding/v1"]) == 64
    assert result == {
        "ruleId": "YS204",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": 'names step "onne"\nhelp: did you mean "one"?'},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "steps/a.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 28, "endLine": 3, "endColumn": 34},
                }
            }
        ],
    }


def test_only_rules_that_found_something_are_told_with_their_manuals() -> None:
    run = run_of(ODD[10], ODD[0], ODD[11])
    rules = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == ["YS204", "YS601"]
    assert [result["ruleIndex"] for result in run["results"]] == [1, 0, 1]
    assert [result["level"] for result in run["results"]] == ["note", "error", "note"]
    title, _, text = (rule("YS204").__doc__ or "").partition("\n")
    told = rules[0]
    assert told["shortDescription"] == {"text": title}
    assert told["fullDescription"]["text"] in text
    assert told["help"]["text"].startswith(told["fullDescription"]["text"])
    assert "Fails:" in told["help"]["markdown"]
    assert told["defaultConfiguration"] == {"level": "error"}


def test_a_place_in_a_database_is_a_logical_one_without_a_region() -> None:
    cell, whole = run_of(ODD[7], ODD[8])["results"]
    (location,) = cell["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "course.db", "uriBaseId": "%SRCROOT%"}
    }
    assert location["logicalLocations"] == [
        {"fullyQualifiedName": 'table steps, row id "a,b", column markdown'}
    ]
    assert cell["message"]["text"].startswith('table steps, row id "a,b", column markdown: BLOB')
    assert "logicalLocations" not in whole["locations"][0]


def test_a_uri_has_the_bytes_of_the_file_s_name() -> None:
    (result,) = run_of(ODD[1])["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "steps/50%25%2Ca%3Ab.yaml"
    (result,) = run_of(ODD[5])["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "steps/%FF%80.yaml"


def test_an_absolute_path_is_a_file_uri() -> None:
    (result,) = run_of(Problem("YS101", "wrong", Place("/srv/a course/workshop.yaml", 1, 1)))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uri"].startswith("file:///")
    assert artifact["uri"].endswith("/srv/a%20course/workshop.yaml")
    assert "uriBaseId" not in artifact


def test_no_text_of_an_author_is_a_link() -> None:
    (result,) = run_of(ODD[10])["results"]
    assert result["message"]["text"] == "[a\\](http://example.org) @octocat #1\nhelp: <b>"


def test_odd_problems_validate(validator: Draft4Validator) -> None:
    validator.validate(json.loads(render(report(*ODD)).encode()))


def test_it_always_parses_and_validates(validator: Draft4Validator) -> None:
    @settings(max_examples=60)
    @given(st.lists(problems, max_size=4))
    def every_report(found: list[Problem]) -> None:
        log = json.loads(render(report(*found)).encode())
        validator.validate(log)
        results = log["runs"][0]["results"]
        for result, problem in zip(results, found, strict=True):
            artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
            assert artifact["uri"].isascii()
            path = problem.place.path
            if not any("\ud800" <= each <= "\udfff" for each in path):
                assert unquote_to_bytes(artifact["uri"]).decode() == path

    every_report()


def test_the_schema_refuses_what_is_no_log(validator: Draft4Validator) -> None:
    good = json.loads(render(report(ODD[0])))
    assert validator.is_valid(good)
    good["runs"][0]["results"][0]["level"] = "hint"
    assert not validator.is_valid(good)

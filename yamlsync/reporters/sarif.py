"""SARIF 2.1.0: one run with its rules and results, for code scanning (CHK-54)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any, TypeAlias
from urllib.parse import quote

from yamlsync import __version__
from yamlsync.problems import Cell, Place, Problem
from yamlsync.reporters.fingerprints import fingerprints
from yamlsync.reporters.report import Report
from yamlsync.reporters.wording import encodable, told, within_database

Object: TypeAlias = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
_ROOT = "%SRCROOT%"


def render(report: Report) -> str:
    """A JSON document with one run, whose results are empty where nothing was found."""
    codes = sorted({problem.code for problem in report.problems})
    indexes = {code: index for index, code in enumerate(codes)}
    driver = {"name": "yamlsync", "version": __version__, "rules": _rules(codes)}
    pairs = zip(report.problems, fingerprints(report.problems), strict=True)
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, indexes[problem.code], known) for problem, known in pairs],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rules(found: Iterable[str]) -> list[Object]:
    # Imported late: only this format shows manuals.
    from yamlsync.rules.manual import read_manual
    from yamlsync.rules.registry import codes, rule

    known = set(codes())
    rules: list[Object] = []
    for code in found:
        if code not in known:
            rules.append({"id": code})
            continue
        docstring = rule(code).__doc__ or ""
        manual = read_manual(docstring)
        text = docstring.partition("\n")[2].strip("\n")
        rules.append(
            {
                "id": code,
                "shortDescription": {"text": manual.title},
                "fullDescription": {"text": manual.text or manual.title},
                "help": {"text": text or manual.title, "markdown": text or manual.title},
                "defaultConfiguration": {"level": _LEVELS[rule(code).SEVERITY]},
            }
        )
    return rules


def _result(problem: Problem, index: int, fingerprint: str) -> Object:
    help = f"\nhelp: {problem.help}" if problem.help else ""
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": _plain(told(problem) + help)},
        "locations": [_location(problem)],
        # Not primaryLocationLineHash: GitHub's action computes that one, and warns where another stands.
        "partialFingerprints": {"yamlsyncFinding/v1": fingerprint},
    }


def _plain(text: str) -> str:
    """The text of a message in which nothing is a link."""
    return encodable(text).replace("](", "\\](")


def _location(problem: Problem) -> Object:
    place = problem.place
    physical: Object = {"artifactLocation": _artifact(place.path)}
    if isinstance(place, Place) and place.line is not None:
        physical["region"] = _region(place)
    location: Object = {"physicalLocation": physical}
    if isinstance(place, Cell) and (cell := within_database(problem)):
        location["logicalLocations"] = [{"fullyQualifiedName": encodable(cell)}]
    return location


def _artifact(path: str) -> Object:
    if os.path.isabs(path):
        # Imported late: nearly all paths are relative.
        from pathlib import Path

        return {"uri": Path(_decodable(path)).as_uri()}
    return {"uri": quote(_decodable(path).encode(errors="surrogateescape")), "uriBaseId": _ROOT}


def _decodable(path: str) -> str:
    """A path whose halves of surrogate pairs all stand for bytes, as they do in names of files."""
    try:
        path.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return encodable(path)
    return path


def _region(place: Place) -> Object:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {key: value for key, value in region.items() if value is not None}

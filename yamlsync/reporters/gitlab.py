"""A Code Quality report, which GitLab shows beside the changes of a merge request (CHK-55)."""

from __future__ import annotations

import json

from yamlsync.problems import Cell, Problem
from yamlsync.reporters.fingerprints import fingerprints
from yamlsync.reporters.report import Report
from yamlsync.reporters.wording import encodable, told

_SEVERITIES = {"error": "critical", "warning": "major", "hint": "info"}


def render(report: Report) -> str:
    """A JSON document, `[]` where nothing was found."""
    pairs = zip(report.problems, fingerprints(report.problems), strict=True)
    return json.dumps([_issue(*pair) for pair in pairs], ensure_ascii=False, indent=2)


def _issue(problem: Problem, fingerprint: str) -> dict[str, object]:
    place = problem.place
    # The format asks for a line: a file as a whole has its first.
    line = 1 if isinstance(place, Cell) else place.line or 1
    help = f" ({problem.help})" if problem.help else ""
    return {
        "description": encodable(told(problem) + help),
        "check_name": problem.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[problem.severity],
        "location": {"path": encodable(place.path), "lines": {"begin": line}},
    }

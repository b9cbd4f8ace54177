"""An array with an object for each problem, for programs (CHK-52)."""

from __future__ import annotations

import json

from attrs import asdict

from yamlsync.reporters.finding import finding
from yamlsync.reporters.report import Report


def render(report: Report) -> str:
    """A JSON document, `[]` where nothing was found."""
    findings = [asdict(finding(problem)) for problem in report.problems]
    return json.dumps(findings, ensure_ascii=False, indent=2)

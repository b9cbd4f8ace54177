"""One line a problem, for `grep` and for editors that jump to places (CHK-51)."""

from __future__ import annotations

from yamlsync.printable import printable
from yamlsync.problems import Problem
from yamlsync.reporters.report import COLORS, Report, Style


def render(report: Report) -> str:
    """Each problem as `PATH:LINE:COLUMN: CODE SEVERITY: MESSAGE`, and ` [fixable]` where it is."""
    return "\n".join(_line(problem, report.style) for problem in report.problems)


def _line(problem: Problem, style: Style) -> str:
    place = style(printable(str(problem.place)), bold=True)
    code = style(problem.code, fg=COLORS[problem.severity], bold=True)
    fixable = " [fixable]" if problem.fixable else ""
    return f"{place}: {code} {problem.severity}: {printable(problem.message)}{fixable}"

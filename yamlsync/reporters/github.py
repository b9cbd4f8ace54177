"""Workflow commands, from which GitHub Actions makes annotations (CHK-53)."""

from __future__ import annotations

from yamlsync.printable import printable
from yamlsync.problems import Cell, Problem
from yamlsync.reporters.commands import command
from yamlsync.reporters.report import Report
from yamlsync.reporters.wording import told

_COMMANDS = {"error": "error", "warning": "warning", "hint": "notice"}

_MOST = 10
"""Annotations of each kind that GitHub shows for one step."""


def render(report: Report) -> str:
    """Errors, then warnings, then hints; and a line for what GitHub will not show."""
    lines, left_out = [], []
    for severity, name in _COMMANDS.items():
        found = [problem for problem in report.problems if problem.severity == severity]
        lines += [_command(name, problem) for problem in found]
        if len(found) > _MOST:
            left_out.append(f"GitHub shows {_MOST} of these {len(found)} {severity}s; all stand above.")
    return "\n".join([*lines, *left_out])


def _command(name: str, problem: Problem) -> str:
    text = printable(told(problem))
    if problem.help:
        text += f"\nhelp: {printable(problem.help)}"
    return command(name, _properties(problem), text)


def _properties(problem: Problem) -> dict[str, str]:
    place = problem.place
    found = {"file": place.path}
    if not isinstance(place, Cell) and place.line is not None:
        numbers = {"line": place.line, "col": place.column, "endLine": place.end_line}
        # GitHub takes columns for those of one line, and refuses them otherwise.
        if place.end_line in (place.line, None):
            numbers["endColumn"] = place.end_column
        else:
            del numbers["col"]
        found |= {key: str(value) for key, value in numbers.items() if value is not None}
    return found | {"title": f"yamlsync {problem.code}"}

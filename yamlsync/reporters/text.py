"""A problem as text: its place, its line with the range marked, and what to write instead (CLI-20)."""

from __future__ import annotations

import unicodedata

from yamlsync.printable import printable
from yamlsync.problems import Cell, Place, Problem
from yamlsync.reporters.report import ReadLines, Report, Style

_WIDTH = 100
_COLORS = {"error": "red", "warning": "yellow", "hint": "cyan"}


def render(report: Report) -> str:
    """All problems, one after the other."""
    return "\n".join(render_problem(each, "", report.read, report.style) for each in report.problems)


def render_problem(problem: Problem, root: str, read: ReadLines, style: Style) -> str:
    """Several lines without a line break at the end. `read` gives a file's lines, if it can."""
    place = problem.place
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    code = style(problem.code, fg=_COLORS[problem.severity], bold=True)
    message = f"{code} {severity}{printable(problem.message)}"
    if isinstance(place, Cell):
        lines = [f"{style(printable(str(place)), bold=True)}: {message}"]
    else:
        shown = Place(_join(root, place.path), place.line, place.column)
        lines = [f"{style(printable(str(shown)), bold=True)}: {message}"]
        lines += _snippet(place, read, style)
    if problem.help:
        lines.append(f"   {style('=', fg='blue')} help: {printable(problem.help)}")
    return "\n".join(lines)


def _join(root: str, path: str) -> str:
    return path if root in ("", ".") else f"{root.rstrip('/')}/{path}"


def _snippet(place: Place, read: ReadLines, style: Style) -> list[str]:
    if place.line is None or place.column is None:
        return []
    lines = read(place.path)
    if lines is None or place.line > len(lines):
        return []
    text = lines[place.line - 1].decode(errors="replace").rstrip("\r")
    start = place.column - 1
    same_line = place.end_line == place.line and place.end_column is not None
    end = max(place.end_column - 1 if same_line and place.end_column else len(text), start + 1)
    # A long line is shown around the range, not from its start.
    cut = max(0, start - _WIDTH // 2)
    shown = "".join(_cell(character) for character in text[cut : cut + _WIDTH])
    indent = _columns(text[cut:start])
    marks = max(_columns(text[start : min(end, cut + _WIDTH)]), 1)
    gutter = " " * len(str(place.line))
    bar = style("|", fg="blue")
    return [
        f" {gutter} {bar}",
        f" {style(str(place.line), fg='blue')} {bar} {shown}".rstrip(),
        f" {gutter} {bar} {' ' * indent}{style('^' * marks, fg='red', bold=True)}",
    ]


def _cell(character: str) -> str:
    if character == "\t":
        return "    "
    return character if character.isprintable() else "\ufffd"


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes, as it is shown."""
    width = 0
    for character in "".join(_cell(each) for each in text):
        if unicodedata.combining(character):
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width

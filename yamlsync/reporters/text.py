"""A problem as text: its place, its line with the range marked, and what to write instead (CLI-20)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from yamlsync.printable import printable
from yamlsync.problems import Cell, Place, Problem
from yamlsync.reporters.report import COLORS, ReadLines, Report, Style

_WIDTH = 100


def render(report: Report) -> str:
    """All problems, one after the other."""
    return "\n".join(render_problem(each, "", report.read, report.style) for each in report.problems)


def render_problem(problem: Problem, root: str, read: ReadLines, style: Style) -> str:
    """Several lines without a line break at the end. `read` gives a file's lines, if it can."""
    place = problem.place
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    color = COLORS[problem.severity]
    message = f"{style(problem.code, fg=color, bold=True)} {severity}{printable(problem.message)}"
    if isinstance(place, Cell):
        lines = [f"{style(printable(str(place)), bold=True)}: {message}"]
    else:
        shown = Place(_join(root, place.path), place.line, place.column)
        lines = [f"{style(printable(str(shown)), bold=True)}: {message}"]
        lines += _snippet(place, read, style, color)
    if problem.help:
        lines.append(f"   {style('=', fg='blue')} help: {printable(problem.help)}")
    return "\n".join(lines)


def _join(root: str, path: str) -> str:
    return path if root in ("", ".") else f"{root.rstrip('/')}/{path}"


def _snippet(place: Place, read: ReadLines, style: Style, color: str) -> list[str]:
    if place.line is None or place.column is None:
        return []
    lines = read(place.path)
    if lines is None or place.line > len(lines):
        return []
    text = _decoded(lines[place.line - 1])
    start = place.column - 1
    same_line = place.end_line in (place.line, None) and place.end_column is not None
    # A range over several lines is marked up to the end of its first.
    end = max(place.end_column - 1 if same_line and place.end_column else len(text), start + 1)
    # A long line is shown around the range, not from its start.
    cut = max(0, min(start - _WIDTH // 2, len(text) - _WIDTH))
    shown = "".join(_cell(character) for character in text[cut : cut + _WIDTH])
    indent = _columns(text[cut:start])
    marks = max(_columns(text[start : min(end, cut + _WIDTH)]), 1)
    gutter = " " * len(str(place.line))
    bar = style("|", fg="blue")
    return [
        f" {gutter} {bar}",
        f" {style(str(place.line), fg='blue')} {bar} {shown}".rstrip(),
        f" {gutter} {bar} {' ' * indent}{style('^' * marks, fg=color, bold=True)}",
    ]


@lru_cache(maxsize=4)
def _decoded(line: bytes) -> str:
    """A line as text, kept for the next problem: one line may have many, and a whole file on it."""
    return line.decode(errors="replace").rstrip("\r")


def _cell(character: str) -> str:
    if character == "\t":
        return "    "
    return character if character.isprintable() else "\ufffd"


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes, as it is shown."""
    width = 0
    for character in "".join(_cell(each) for each in text):
        # What is put over or behind the character before it, accents and variation selectors.
        if unicodedata.category(character) in ("Mn", "Me"):
            continue
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width

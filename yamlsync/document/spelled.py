"""Characters of a text → the characters of the file that spell them, each found by halving (YAML-5)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from attrs import frozen

from yamlsync.problems import Place

_ESCAPE = re.compile(r"\\(?P<joined>\n *)|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\n")
_TWO_QUOTES = re.compile("''|\n")
_HEADER = re.compile(r"\|[-+]?([1-9])?")

Span: TypeAlias = tuple[int, int, int]
"""Line and column of a character, from 0, and how many characters of the file spell it."""


@frozen
class Spelled:
    """Runs of a text. In each run, one character of the file spells one of the text.

    `offsets` has the first character of each run in the text, `starts` line and column of the first in
    the file; a run of a character that takes more of them is that character alone, with `widths` of it.
    """

    offsets: Sequence[int]
    starts: Sequence[tuple[int, int]]
    widths: Sequence[int]
    length: int

    def span(self, offset: int) -> Span | None:
        """Where the character at an offset is spelled; None where that cannot be told."""
        run = bisect_right(self.offsets, offset) - 1
        if run < 0 or offset > self.length:
            return None
        line, column = self.starts[run]
        return line, column + offset - self.offsets[run], self.widths[run]


def spelled(lines: Sequence[str], whole: Place) -> Spelled | None:
    """How the value at `whole` is spelled in the lines of its file; None where lines are folded."""
    if whole.line is None or whole.column is None or whole.end_line is None or whole.end_column is None:
        return None
    line, column, end_line, end_column = (
        whole.line - 1,
        whole.column - 1,
        whole.end_line - 1,
        whole.end_column - 1,
    )
    style = lines[line][column : column + 1]
    if style == "|":
        return _literal(lines, line, column, end_line)
    if style == '"':
        source = "\n".join(lines[line : end_line + 1])
        end = len(source) - len(lines[end_line]) + end_column - 1
        return _runs(source, line, column + 1, end, _ESCAPE)
    if line == end_line and style == "'":
        return _runs(lines[line], line, column + 1, end_column - 1, _TWO_QUOTES)
    if line == end_line and style != ">":
        return Spelled((0,), ((line, column),), (1,), max(end_column - column, 0))
    return None


def _runs(source: str, line: int, start: int, end: int, escape: re.Pattern[str]) -> Spelled:
    """The runs of a quoted text between two places of `source`, which starts at the beginning of `line`."""
    offsets, starts, widths = [0], [(line, start)], [1]
    offset, position, line_start = 0, start, 0

    def begin(width: int) -> None:
        offsets.append(offset)
        starts.append((line, position - line_start))
        widths.append(width)

    for match in escape.finditer(source, start, end):
        offset += match.start() - position
        position = match.start()
        if match.group() == "\n":
            break  # Folded, which our own spelling never is: from here on nobody can tell.
        if "joined" in escape.groupindex and match["joined"] is not None:
            line, line_start = line + 1, match.start() + 2
            position = match.end()
        else:
            begin(match.end() - match.start())
            offset, position = offset + 1, match.end()
        begin(1)
    else:
        offset += end - position
    return Spelled(offsets, starts, widths, offset)


def _literal(lines: Sequence[str], line: int, column: int, end_line: int) -> Spelled:
    body = lines[line + 1 : end_line + 1]
    header = _HEADER.match(lines[line], column)
    if header and header[1]:
        # The indicator counts from the key's own indentation.
        indent = len(lines[line]) - len(lines[line].lstrip(" ")) + int(header[1])
    else:
        indent = next((len(text) - len(text.lstrip(" ")) for text in body if text.strip(" ")), 0)
    offsets, starts, offset = [], [], 0
    for number, text in enumerate(body, line + 1):
        offsets.append(offset)
        starts.append((number, min(indent, len(text))))
        offset += max(len(text) - indent, 0) + 1
    return Spelled(offsets, starts, [1] * len(offsets), offset - 1)

"""Comments and blank lines between the nodes of a text, in order, and whom they belong to (YAML-40 to 46)."""

from __future__ import annotations

import re
from collections import deque

from attrs import frozen

from yamlsync.document.nodes import Node, Span, scalars

_COMMENT = re.compile(r"(?:^|(?<=[ \t\n]))#[^\n]*")


@frozen
class Trivium:
    """A comment, or a blank line (`text` is ""). `own_line` if nothing but blanks stands before it."""

    line: int
    column: int
    text: str
    own_line: bool


@frozen
class Following:
    """The key, item or end of file that comes next: what comments before it may belong to."""

    line: int
    column: int


class Trivia:
    """All comments and blank lines of a text, taken from the front."""

    def __init__(self, text: str, root: Node) -> None:
        self._queue = deque(_find(text, root))

    def before(self, line: int, column: int) -> list[str]:
        """Takes all that stands before a place, as lines."""
        taken = []
        while self._queue and (self._queue[0].line, self._queue[0].column) < (line, column):
            taken.append(self._queue.popleft().text)
        return taken

    def behind(self, line: int, limit: tuple[int, int] | None = None) -> str:
        """Takes the comment that ends `line`, if one does and it stands before `limit`."""
        if not self._queue:
            return ""
        first = self._queue[0]
        if first.line != line or first.own_line or (limit and (first.line, first.column) >= limit):
            return ""
        return self._queue.popleft().text

    def closing(self, column: int, parent: int, following: Following) -> tuple[str, ...]:
        """Takes the comments that close a block at `column` inside one at `parent`.

        A comment deeper than what follows closes the block before it: the innermost that is not
        deeper than the comment, in the order in which the comments stand.
        """
        taken: list[Trivium] = []
        kept = 0
        for trivium in self._queue:
            if (trivium.line, trivium.column) >= (following.line, following.column):
                break
            if trivium.text:
                deep = trivium.column >= column or parent <= following.column
                if not trivium.own_line or trivium.column <= following.column or not deep:
                    break
                kept = len(taken) + 1
            taken.append(trivium)
        for _ in range(kept):
            self._queue.popleft()
        return tuple(trivium.text for trivium in taken[:kept])


def glued(text: str, root: Node) -> list[Span]:
    """Where a `#` stands that only some parsers take for a comment, since there is no blank before it."""
    found = []
    for number, line in enumerate(_mask(text, root).split("\n")):
        column = line.find("#")
        if column > 0 and line[column - 1] not in " \t":
            found.append((number, column, number, column + 1))
    return found


def _find(text: str, root: Node) -> list[Trivium]:
    """Everything that stands outside of the scalars."""
    masked = _mask(text, root)
    found = []
    for number, line in enumerate(masked.split("\n")[:-1]):
        stripped = line.strip(" \t")
        if not stripped:
            found.append(Trivium(number, 0, "", own_line=True))
            continue
        match = _COMMENT.search(line)
        if match:
            before = line[: match.start()].strip(" \t")
            found.append(Trivium(number, match.start(), match.group().rstrip(" \t"), not before))
    return found


def _mask(text: str, root: Node) -> str:
    """The text with the characters of all scalars overwritten, so that only real comments are left."""
    parts = []
    position = 0
    for node in scalars(root):
        start = node.index
        if node.block_scalar:
            # The header of a block may have a comment behind it.
            start = text.find("\n", node.index) + 1 or len(text)
        if start >= node.end:
            continue
        parts.append(text[position:start])
        parts.append("\n".join("x" * max(len(line), 1) for line in text[start : node.end].split("\n")))
        position = node.end
    parts.append(text[position:])
    return "".join(parts)

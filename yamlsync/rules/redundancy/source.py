"""How a value is spelled in its file: what the document does not tell (NAV-23 to NAV-26)."""

from __future__ import annotations

from attrs import frozen

from yamlsync.document.locating import Locator
from yamlsync.document.model import Fields, Path
from yamlsync.problems import Place


@frozen
class Source:
    """The lines of a file, and the places in it. Made only for files in which something is suspected."""

    path: str
    locator: Locator

    @property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.locator.lines

    def value(self, at: Path) -> Spelled:
        """The value at a path that is there."""
        place = self.locator.place((*at, "="))
        line, column = place.line or 1, place.column or 1
        return Spelled(self, line, column, place.end_line or line, place.end_column or column)


@frozen
class Spelled:
    """A value's place in its source: lines and columns from 1, the end exclusive."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def first_line(self) -> str:
        """Its first line, from its first character on; a comment may stand at the end."""
        return self.source.lines[self.line - 1][self.column - 1 :]

    @property
    def style(self) -> str:
        """`|`, `>` or a quote; "" for a plain value."""
        first = self.first_line[:1]
        return first if first in ("|", ">", "'", '"') else ""

    def place(self, length: int) -> Place:
        """The place of its first characters."""
        return Place(self.source.path, self.line, self.column, self.line, self.column + max(length, 1))

    def comment_behind(self) -> Place | None:
        """The place of the comment that stands behind it on its last line; of a block, behind its header."""
        is_block = self.style in ("|", ">")
        number = self.line if is_block else self.end_line
        start = self.column if is_block else self.end_column - 1
        text = self.source.lines[number - 1]
        at = text.find("#", start)
        end = len(text.rstrip(" \t"))
        return None if at < 0 else Place(self.source.path, number, at + 1, number, end + 1)

    def below(self) -> tuple[list[tuple[int, str]], bool]:
        """The comments right below it, each with its line's number; and whether the file ends behind them."""
        found = []
        for number in range(self.end_line, len(self.source.lines)):
            text = self.source.lines[number].strip(" \t")
            if text.startswith("#"):
                found.append((number + 1, text))
            elif text:
                return found, False
        return found, True


def source(path: str, data: bytes, shape: Fields) -> Source:
    """The source of a file that can be read."""
    return Source(path, Locator(path, data, shape))

"""How text is laid out for a terminal: its columns, its colours, the signs that its encoding has (DIF-55)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from attrs import frozen

from yamlsync.reporters.report import Style, plain
from yamlsync.wording.columns import expanded, safe, width, wrapped
from yamlsync.wording.graphemes import graphemes

_LEAST = 20
"""Columns that are filled however narrow a terminal is: below, nothing can be read at all."""

_SIGNS = "“”⋯…⏎│┊·→↕"
_IN_ASCII = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "⋯": "...",
        "…": "...",
        "⏎": "\\n",
        "│": "|",
        "┊": ":",
        "·": ".",
        "→": ">",
        "↕": "^",
        "\N{NO-BREAK SPACE}": " ",
    }
)


@lru_cache
def _has_signs(encoding: str) -> bool:
    try:
        _SIGNS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


@frozen
class Piece:
    """A part of a line in one colour: the names of its style as `click.style` has them."""

    text: str
    style: tuple[tuple[str, object], ...] = ()


@frozen
class View:
    """What a rendition as text is made for: `width` columns, and more where that would be too few to read.

    `context` is the number of lines that are shown around a change, `word_diff` marks words by brackets.
    """

    width: int = 80
    style: Style = plain
    encoding: str = "utf-8"
    word_diff: bool = False
    context: int = 2

    @property
    def is_plain(self) -> bool:
        """Whether there are no colours."""
        return self.style is plain

    @property
    def has_signs(self) -> bool:
        """Whether the encoding holds all signs that are not of ASCII."""
        return _has_signs(self.encoding)

    def columns(self, gutter: int) -> int:
        """The columns behind some others."""
        return max(self.width, _LEAST) - gutter

    def signs(self, text: str) -> str:
        """Our own words and signs, in ASCII where the encoding does not have them."""
        return text if self.has_signs else text.translate(_IN_ASCII)

    def authors(self, text: str) -> str:
        """What an author wrote in one line: printable, with escapes for what the encoding does not hold."""
        return self._encodable(safe(text))

    def told(self, sentence: str) -> str:
        """A sentence, which is printable already."""
        return self._encodable(self.signs(sentence))

    def _encodable(self, text: str) -> str:
        if text.isascii():
            return text
        try:
            return text.encode(self.encoding, "backslashreplace").decode(self.encoding)
        except LookupError:
            return text.encode("ascii", "backslashreplace").decode("ascii")

    def paragraph(
        self, text: str, gutter: str = "", first: str | None = None, **style: object
    ) -> Iterator[str]:
        """A sentence as lines behind a gutter, instead of which `first` stands in the first of them."""
        for number, part in enumerate(wrapped(self.told(text), self.columns(len(gutter)))):
            start = gutter if number or first is None else first
            words = part.rstrip(" ")
            yield f"{start}{self.style(words, **style) if style and words else words}"

    def pieces(self, parts: Iterable[Piece]) -> tuple[Piece, ...]:
        """What an author wrote, in parts of one line, made fit to be laid out; tabs are blanks."""
        found = []
        column = 0
        for part in self._joined(parts):
            text = self.authors(expanded(part.text, start=column))
            column += width(text)
            if text:
                found.append(Piece(text, part.style))
        return tuple(found)

    def _joined(self, parts: Iterable[Piece]) -> Iterator[Piece]:
        """The parts, of one colour as one."""
        if self.is_plain:
            yield Piece("".join([part.text for part in parts]))
            return
        for style, group in groupby(parts, attrgetter("style")):
            yield Piece("".join([part.text for part in group]), style)

    def lines(
        self, parts: Sequence[Piece], gutters: tuple[str, str], columns: int, *, is_code: bool
    ) -> Iterator[str]:
        """Parts of one line as lines of the terminal: prose is broken between words, code anywhere.

        The first one stands behind the first gutter, all others behind the second.
        """
        text = "".join(part.text for part in parts)
        if width(text) <= columns:
            broken: Iterable[str] = (text,)
        else:
            broken = cut(text, columns) if is_code else wrapped(text, columns)
        for number, line in enumerate(self._coloured(parts, broken)):
            yield f"{gutters[number > 0]}{line}".rstrip(" ")

    def _coloured(self, parts: Sequence[Piece], broken: Iterable[str]) -> Iterator[str]:
        """The lines of some parts, each with its colours."""
        if self.is_plain:
            yield from broken
            return
        waiting = list(reversed(parts))
        for line in broken:
            left = len(line)
            found = []
            while left:
                part = waiting.pop()
                if len(part.text) > left:
                    waiting.append(Piece(part.text[left:], part.style))
                    part = Piece(part.text[:left], part.style)
                left -= len(part.text)
                found.append(self.style(part.text, **dict(part.style)) if part.style else part.text)
            yield "".join(found)


def cut(text: str, columns: int) -> Iterator[str]:
    """The text in parts of so many columns at most, but where a single character is wider."""
    if text.isascii():
        yield from (text[start : start + columns] for start in range(0, max(len(text), 1), columns))
        return
    line, used = "", 0
    for character in graphemes(text):
        room = width(character)
        if line and used + room > columns:
            yield line
            line, used = "", 0
        line, used = line + character, used + room
    yield line

"""Where a key, a value, or a range of a value's text stands in the file that spells it (YAML-5)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import islice

from yamlsync.document.model import Fields, Path
from yamlsync.document.reading import locate, normalise
from yamlsync.problems import Place

_ESCAPE = re.compile(r"\\(?:\n *|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)")
_TO_YAMLSYNC = re.compile(r"#\s*yamlsync:")
_FEW = 8


class Locator:
    """The places of one file, looked up when the first is asked for: most files have nothing to show."""

    def __init__(self, path: str, data: bytes, shape: Fields) -> None:
        self._path = path
        self._places = locate(path, data, shape)
        self._lines = normalise(data).decode(errors="replace").split("\n")

    def place(self, at: Path, within: tuple[int, int] | None = None) -> Place:
        """The place of a path, or the nearest above it that has one; the whole file where none has.

        A path that ends in "=" is that of a value, else that of a key or an item. `within` are the
        characters of the value's text from the first to before the second: the place is theirs.
        """
        whole = self._places.get(at) or next(
            (self._places[at[:end]] for end in range(len(at) - 1, 0, -1) if at[:end] in self._places),
            Place(self._path),
        )
        if within is None or whole.line is None or at[-1:] != ("=",):
            return whole
        start, end = within
        first = self._position(whole, start)
        # The end is that of the last character: the line break behind it may be spelled in any way.
        last = self._position(whole, max(end - 1, start))
        if first is None or last is None:
            return whole
        return Place(self._path, first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 2)

    def is_plain(self, at: Path) -> bool:
        """Whether the key, item or value at a path stands there without quotes, and not as a block."""
        place = self._places.get(at)
        if place is None or place.line is None or place.column is None:
            return False
        return self._lines[place.line - 1][place.column - 1 : place.column] not in ("'", '"', "|", ">")

    def comment(self, at: Path, text: str, *, below: bool = False) -> Place:
        """The place of the comment `text` to yamlsync that belongs to the key at `at`: beside it or below.

        Where several are alike, it is the nearest at or above the key, or the first `below` it.
        """
        key = self.place(at)
        found = self._comments.get(text, [])
        if not found:
            return key
        index = bisect_left(found, (key.line or 1, 0)) - (not below)
        line, column = found[min(max(index, 0), len(found) - 1)]
        return Place(self._path, line + 1, column + 1, line + 1, column + 1 + len(text))

    @cached_property
    def _comments(self) -> dict[str, list[tuple[int, int]]]:
        """What may be a comment to yamlsync, with the lines and columns, from 0, where it begins."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number, line in enumerate(self._lines):
            if "yamlsync:" in line:
                # One more may stand in a text before the comment, or in the comment; never thousands.
                for match in islice(_TO_YAMLSYNC.finditer(line), _FEW):
                    found.setdefault(line[match.start() :].rstrip(" \t"), []).append((number, match.start()))
        return found

    def _position(self, whole: Place, offset: int) -> tuple[int, int] | None:
        """Line and column, from 0, of one character of the value that stands at `whole`."""
        line, column = (whole.line or 1) - 1, (whole.column or 1) - 1
        style = self._lines[line][column : column + 1]
        if style == "|":
            return self._in_literal(line, whole, offset)
        if style == ">":
            return None
        end_line, end_column = (whole.end_line or 1) - 1, (whole.end_column or 1) - 1
        if style == '"':
            lines = self._lines[line : end_line + 1]
            lines[-1] = lines[-1][:end_column]
            return _in_double_quotes("\n".join(lines), line, column, offset)
        if line != end_line:
            return None
        if style != "'":
            return line, column + offset
        column += 1
        for _ in range(offset):
            column += 2 if self._lines[line].startswith("''", column) else 1
        return line, column

    def _in_literal(self, line: int, whole: Place, offset: int) -> tuple[int, int] | None:
        end = (whole.end_line or line + 1) - 1
        lines = self._lines[line + 1 : end + 1]
        header = re.match(r"\|[-+]?([1-9])?", self._lines[line][(whole.column or 1) - 1 :])
        if header and header.group(1):
            # The indicator counts from the key's own indentation.
            indent = len(self._lines[line]) - len(self._lines[line].lstrip(" ")) + int(header.group(1))
        else:
            indent = next((len(text) - len(text.lstrip(" ")) for text in lines if text.strip(" ")), 0)
        for number, text in enumerate(lines):
            length = max(len(text) - indent, 0)
            if offset <= length:
                return line + 1 + number, min(indent, len(text)) + offset
            offset -= length + 1
        return None


def _in_double_quotes(source: str, line: int, column: int, offset: int) -> tuple[int, int] | None:
    """`source` starts at the beginning of `line`, and the opening quote stands at `column` of it."""
    index = column + 1
    while True:
        match = _ESCAPE.match(source, index)
        if match and match.group()[1] == "\n":
            index = match.end()
            continue
        if source[index : index + 1] in ("\n", ""):
            return None  # Folded, which our own spelling never is.
        if not offset:
            break
        index = match.end() if match else index + 1
        offset -= 1
    start = source.rfind("\n", 0, index) + 1
    return line + source.count("\n", 0, index), index - start

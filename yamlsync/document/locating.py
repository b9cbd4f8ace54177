"""Where a key, a value, or a range of a value's text stands in the file that spells it (YAML-5)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import islice

from yamlsync.document.model import Fields, Path
from yamlsync.document.reading import locate, normalise
from yamlsync.document.spelled import Spelled, spelled
from yamlsync.problems import Place

_TO_YAMLSYNC = re.compile(r"#\s*yamlsync:")
_FEW = 8


class Locator:
    """The places of one file, looked up when the first is asked for: most files have nothing to show.

    `lines` are those of its text, without their line breaks.
    """

    def __init__(self, path: str, data: bytes, shape: Fields) -> None:
        self._path = path
        self._places = locate(path, data, shape)
        self.lines = normalise(data).decode(errors="replace").split("\n")
        self._values: dict[Place, Spelled | None] = {}

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
        value = self._spelled(whole)
        start, end = within
        first = value.span(start) if value else None
        # The end is that of the last character: the line break behind it may be spelled in any way.
        last = value.span(max(end - 1, start)) if value else None
        if first is None or last is None:
            return whole
        return Place(self._path, first[0] + 1, first[1] + 1, last[0] + 1, last[1] + last[2] + 1)

    def is_plain(self, at: Path) -> bool:
        """Whether the key, item or value at a path stands there without quotes, and not as a block."""
        place = self._places.get(at)
        if place is None or place.line is None or place.column is None:
            return False
        return self.lines[place.line - 1][place.column - 1 : place.column] not in ("'", '"', "|", ">")

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
        for number, line in enumerate(self.lines):
            if "yamlsync:" in line:
                # One more may stand in a text before the comment, or in the comment; never thousands.
                for match in islice(_TO_YAMLSYNC.finditer(line), _FEW):
                    found.setdefault(line[match.start() :].rstrip(" \t"), []).append((number, match.start()))
        return found

    def _spelled(self, whole: Place) -> Spelled | None:
        """How the value at a place is spelled, looked at once: much may be said of one value."""
        if whole not in self._values:
            self._values[whole] = spelled(self.lines, whole)
        return self._values[whole]

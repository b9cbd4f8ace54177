"""Where each key and each value of a formatted file stands: told from its document, without reading the text.

A formatted file is what `render` makes of its document, so its lines and columns can be counted.
"""

from __future__ import annotations

from yamlsync.document import spelling
from yamlsync.document.model import Block, Entry, Fields, Path, Shape
from yamlsync.document.render import STEP_INDENT, item_shape, scalar, value_shape
from yamlsync.problems import Place


def places_of(path: str, block: Block, shape: Fields) -> dict[Path, Place]:
    """The places that the general reader gives for the file at `path` that `block` was read from.

    The place of a key or an item is found under its path, that of a value under its path and "=".
    """
    places: dict[Path, Place] = {}
    _Walk(path, places).block(block, shape, (), 0, 1)
    return places


class _Walk:
    """One pass over a document; lines count from 1, columns from 0 until they are shown."""

    def __init__(self, path: str, places: dict[Path, Place]) -> None:
        self.path = path
        self.places = places

    def block(self, block: Block, shape: Shape, at: Path, indent: int, line: int) -> int:
        """Places a block whose first line is `line`; gives the first line behind it."""
        for index, entry in enumerate(block.entries):
            line += len(entry.above)
            if not index:
                # A block starts with its first key or dash: comments before it are not in it.
                self._put((*at, "="), line, indent, line, indent)
            if entry.key is None:
                line = self._item(entry, shape, (*at, index), indent, line)
            else:
                line = self._entry(entry, shape, (*at, entry.key), indent, line)
        return line + (len(block.closing) if at else 0)

    def _item(self, entry: Entry, shape: Shape, at: Path, indent: int, line: int) -> int:
        inner, start = item_shape(shape), indent + STEP_INDENT
        if isinstance(entry.value, Block):
            behind = self.block(entry.value, inner, at, start, line)
        else:
            behind = self._scalar(entry, inner, at, start, (line, start))
        self.places[at] = self.places[*at, "="]
        return behind

    def _entry(self, entry: Entry, shape: Shape, at: Path, indent: int, line: int) -> int:
        key = entry.key or ""
        end = indent + len(spelling.key(key))
        self._put(at, line, indent, line, end)
        inner, below = value_shape(shape, key), indent + STEP_INDENT
        if isinstance(entry.value, Block) and entry.value.entries:
            return self.block(entry.value, inner, at, below, line + 1)
        return self._scalar(entry, inner, at, below, (line, end + len(": ")))

    def _scalar(self, entry: Entry, shape: Shape, at: Path, indent: int, start: tuple[int, int]) -> int:
        """Places a scalar, or the empty list; its lines after the first are indented by `indent`."""
        line, column = start
        spelled = scalar(entry.value, shape, indent)
        lines = spelled.count(b"\n")
        last = len(spelled[spelled.rfind(b"\n") + 1 :].decode())
        self._put((*at, "="), line, column, line + lines, last if lines else column + last)
        return line + lines + 1

    def _put(self, at: Path, line: int, column: int, end_line: int, end_column: int) -> None:
        self.places[at] = Place(self.path, line, column + 1, end_line, end_column + 1)

"""Texts and comments that mention a step's id as a word, and the lines that they stand in (AUT-30)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from attrs import define, field

from yamlsync.document.comments import comments
from yamlsync.document.locating import Locator
from yamlsync.document.model import Block, Path, Value
from yamlsync.document.reading import normalise
from yamlsync.layout.files import STEP, shape_of
from yamlsync.printable import quoted

_FEW = 5
"""Mentions in one text whose lines are named: finding each may take as long as the text is."""


def mention_words(blocks: Mapping[str, Block], read: Callable[[str], bytes], step_id: str) -> Iterator[str]:
    """Each text, and the comments of each file, that mention an id: they may mean the step, or not.

    `read` gives the bytes of the file that a document stands in.
    """
    if not step_id:
        return
    pattern = re.compile(rf"(?<![\w-]){re.escape(step_id)}(?![\w-])")
    for path in sorted(blocks):
        file = _File(path, blocks[path], read)
        for at, text in _texts(path, blocks[path]):
            count = len(pattern.findall(text)) if step_id in text else 0
            if count:
                spans = [match.span() for match in islice(pattern.finditer(text), _FEW)]
                lines = [file.locator.place((*at, "="), span).line for span in spans]
                yield _words(path, f"{'.'.join(at)} mentions", step_id, count, lines)
        said = [text for text in comments(blocks[path]) if step_id in text and pattern.search(text)]
        if said:
            count = sum(len(pattern.findall(text)) for text in said)
            mention = "a comment mentions" if len(said) == 1 else "comments mention"
            yield _words(path, mention, step_id, count, list(islice(file.comment_lines(said), _FEW)))


def _words(path: str, mention: str, step_id: str, count: int, found: list[int | None]) -> str:
    times = "once" if count == 1 else f"{count} times"
    lines = [str(line) for line in dict.fromkeys(found) if line is not None]
    more = ", …" if count > _FEW else ""
    where = f", in line{'s' if len(lines) > 1 or more else ''} {', '.join(lines)}{more}" if lines else ""
    return f"{path}: {mention} {quoted(step_id)} {times}{where}; left as it is"


def _texts(path: str, block: Block) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts of a step that are not references, by their paths in the document."""
    if shape_of(path) is not STEP:
        return
    values = block.values()
    metadata = values.get("metadata")
    rows = metadata.values() if isinstance(metadata, Block) else {}
    found: dict[tuple[str, ...], Value] = {
        ("title",): values.get("title"),
        **{("metadata", key): value for key, value in rows.items()},
        ("goss_spec",): values.get("goss_spec"),
        ("markdown",): values.get("markdown"),
    }
    for at, text in found.items():
        if isinstance(text, str):
            yield at, text


@define
class _File:
    """The lines of a file, looked at when something in it is to be told."""

    path: str
    block: Block
    _read: Callable[[str], bytes]
    _locator: Locator | None = field(default=None, init=False)

    @property
    def locator(self) -> Locator:
        """The places of what the file says."""
        shape = shape_of(self.path)
        if shape is None:
            raise AssertionError(f"{self.path} is no file of a workshop")
        if self._locator is None:
            self._locator = Locator(self.path, self._read(self.path), shape)
        return self._locator

    def comment_lines(self, texts: list[str]) -> Iterator[int | None]:
        """The line of each of some comments, in the order of the file; None for one that is not found."""
        lines = normalise(self._read(self.path)).decode(errors="replace").split("\n")
        within = self._lines_of_texts()
        candidates = ((number, line.rstrip()) for number, line in enumerate(lines, 1) if number not in within)
        for text in texts:
            yield next((number for number, line in candidates if line.endswith(text)), None)

    def _lines_of_texts(self) -> frozenset[int]:
        """The lines below the first of each text: what looks like a comment there is none."""
        found: set[int] = set()
        for at in _paths(self.block, ()):
            place = self.locator.place((*at, "="))
            if place.line is not None and place.end_line is not None:
                found.update(range(place.line + 1, place.end_line + 1))
        return frozenset(found)


def _paths(block: Block, above: Path) -> Iterator[Path]:
    """The paths of the values that are no blocks."""
    for index, entry in enumerate(block.entries):
        at = (*above, index if entry.key is None else entry.key)
        if isinstance(entry.value, Block):
            yield from _paths(entry.value, at)
        else:
            yield at

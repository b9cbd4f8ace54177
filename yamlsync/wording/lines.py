"""A text → its lines, each with its number, how it ends, and what part of Markdown it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from yamlsync.wording.prose import Block, blocks

_ENDING = re.compile(r"(\r\n|\r|\n)")
_PROSE, _BLANK = Block("prose"), Block("blank")


@frozen
class Line:
    """One line: its number in its own text, from 1, what stands in it, and how it ends; the last may not."""

    number: int
    text: str
    ending: str
    block: Block

    @property
    def whole(self) -> str:
        """The line with its ending."""
        return self.text + self.ending

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it but white space."""
        return not self.text or self.text.isspace()


def lines(text: str, *, markdown: bool = True) -> tuple[Line, ...]:
    """The lines of a text; put together they are the text. LF, CR and CRLF end a line, and nothing else."""
    if "\r" in text:
        parts = _ENDING.split(text)
        texts, endings = parts[::2], [*parts[1::2], ""]
    else:
        texts = text.split("\n")
        endings = ["\n"] * (len(texts) - 1) + [""]
    if not texts[-1]:
        texts.pop()
        endings.pop()
    kinds = blocks(texts) if markdown else [_PROSE if each.strip() else _BLANK for each in texts]
    return tuple(map(Line, range(1, len(texts) + 1), texts, endings, kinds))


def joined(of: Iterable[Line]) -> str:
    """The text of some lines."""
    return "".join(line.text + line.ending for line in of)

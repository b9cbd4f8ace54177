"""Two pages with the same words: the blanks between words that are not the same are marked (PRE-34)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yamlsync.pages.pieces import INLINE, Piece, name_of

_BLANKS = re.compile(r"[ \t\n\r\f]+")


def mark_gaps(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[str, str]:
    """Both pages, with marks around white space that a reader sees and that the other has not."""
    first, second = gaps(old), gaps(new)
    differ = {index for index in first.keys() | second.keys() if first.get(index) != second.get(index)}
    return "".join(_marked(old, differ, "del")), "".join(_marked(new, differ, "ins"))


def gaps(parts: Sequence[Piece]) -> dict[int, str]:
    """What stands between two words of a line, by the number of the second among the keys."""
    found: dict[int, str] = {}
    index = 0
    blank: str | None = None
    for piece in parts:
        if piece.key:
            if piece.kind == "word":
                if blank:
                    found[index] = blank
                blank = ""
            elif piece.kind == "edge":
                blank = None
            index += 1
        elif piece.kind == "blank" and blank is not None:
            blank = _BLANKS.sub(" ", blank + piece.html)
        elif piece.kind == "tag" and name_of(piece.html) not in INLINE:
            blank = None
    return found


def _marked(parts: Sequence[Piece], differ: set[int], tag: str) -> Iterator[str]:
    # The words that white space stands before are told behind it.
    index = sum(1 for piece in parts if piece.key)
    made: list[str] = []
    next_word: int | None = None
    for piece in reversed(parts):
        if piece.key:
            index -= 1
            next_word = index if piece.kind == "word" else next_word if piece.kind == "link" else None
        elif piece.kind == "tag" and name_of(piece.html) not in INLINE:
            next_word = None
        if piece.kind == "blank" and next_word in differ:
            made.append(f'<{tag} class="blank">{piece.html}</{tag}>')
        else:
            made.append(piece.html)
    yield from reversed(made)

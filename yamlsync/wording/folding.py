"""Passages → passages without what is far from a change, and the heading that each change stands under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from attrs import frozen

from yamlsync.wording.lines import Line
from yamlsync.wording.passages import Changed, Deleted, Inserted, Kept, Passage


@frozen
class Folded:
    """Kept lines that are left out: how many, and the title of the heading above what stands behind them.

    The title is empty where there is none, where a heading is shown between here and the next change, and at
    the end.
    """

    count: int
    section: str = ""


Shown: TypeAlias = Passage | Folded


def folded(of: Sequence[Passage], context: int = 2) -> tuple[Shown, ...]:
    """The passages; of kept ones only the `context` lines that touch a change.

    A single line is not folded: saying so would take one as well.
    """
    return tuple(_folded(of, max(context, 0)))


def _folded(of: Sequence[Passage], context: int) -> Iterator[Shown]:
    section = ""
    for number, passage in enumerate(of):
        if not isinstance(passage, Kept):
            yield passage
            section = _section(section, _read(passage))
            continue
        head = context if number > 0 else 0
        tail = context if number < len(of) - 1 else 0
        left_out = len(passage.new) - head - tail
        if left_out < _LEAST:
            yield passage
            section = _section(section, passage.new)
            continue
        if head:
            yield Kept(passage.old[:head], passage.new[:head])
        behind = len(passage.new) - tail
        section = _section(section, passage.new[:behind])
        is_shown = any(line.block.kind == "heading" for line in passage.new[behind:])
        is_last = number == len(of) - 1
        yield Folded(left_out, "" if is_shown or is_last else section)
        if tail:
            yield Kept(passage.old[behind:], passage.new[behind:])
        section = _section(section, passage.new[behind:])


_LEAST = 2


def section_of(of: Sequence[Passage], index: int) -> str:
    """The title of the heading that passage number `index` stands under; empty where there is none.

    Of a passage that begins with a heading, it is that one. Headings count as they are in the new text, and
    those that were deleted as they were.
    """
    section = ""
    for passage in of[:index]:
        section = _section(section, _read(passage))
    first = next(iter(_read(of[index])), None)
    return first.block.info if first is not None and first.block.kind == "heading" else section


def _read(passage: Passage) -> tuple[Line, ...]:
    match passage:
        case Deleted():
            return passage.lines
        case Inserted(lines) | Kept(_, lines) | Changed(_, lines, _, _):
            return lines


def _section(section: str, lines: Sequence[Line]) -> str:
    for line in reversed(lines):
        if line.block.kind == "heading":
            return line.block.info
    return section

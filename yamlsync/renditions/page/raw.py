"""Two texts line by line, as they are typed (DIF-74)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import frozen

from yamlsync.changes.model import GossChanged, TextChanged
from yamlsync.pages.safe import SafeHtml
from yamlsync.pages.values_marked import mark_runs, show_value
from yamlsync.renditions.counting import counted, plural, text_passages
from yamlsync.wording.lines import Line
from yamlsync.wording.passages import Changed, Deleted, Inserted, Kept, Passage, by_line
from yamlsync.wording.words import Run

Sign = Literal["kept", "deleted", "inserted"]

_MOST = 1_000_000
"""Characters of both texts. Comparing more line by line takes longer than anybody waits."""

_MOST_LINES = 60_000
"""Lines of both texts: each is an element of the page, of which browsers can show only so many."""

_MOST_RUNS = 100_000
"""Stretches of words in lines that changed; of 1,000,000 characters, a tenth changed, a third."""

_TOO_MUCH = (
    "There is too much in these two texts to be compared line by line. "
    "The old one is shown as a whole, and then the new one."
)

_CONTEXT = 3
_LEAST_FOLDED = 4


@frozen
class RawLine:
    """A line, or all lines of a text that has too many: kept, deleted or inserted."""

    sign: Sign
    html: SafeHtml


@frozen
class RawLines:
    """Lines that are shown, or folded behind `summary`."""

    lines: tuple[RawLine, ...]
    summary: str = ""


@frozen
class Raw:
    """A text as it is typed. `counted` says how much of it changed, `notes` what lines cannot show."""

    parts: tuple[RawLines, ...]
    counted: str = ""
    notes: tuple[str, ...] = ()


def raw_change(change: TextChanged | GossChanged) -> Raw:
    """What changed, with folds over what did not."""
    size = len(change.old or "") + len(change.new or "")
    if size > _MOST:
        return Raw((), notes=("The two texts are too long to be compared line by line.",))
    found = text_passages(change)
    if (
        _lines_in(change.old) + _lines_in(change.new) > _MOST_LINES
        or sum(len(each.runs) for each in found if isinstance(each, Changed)) > _MOST_RUNS
    ):
        return Raw((RawLines(tuple(_unmarked(change))),), counted(change), (*_notes(found), _TOO_MUCH))
    return Raw(tuple(_parts(found)), counted(change), tuple(_notes(found)))


def raw_text(text: str) -> Raw:
    """A text that is on one side alone."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) > _MOST_LINES:
        return Raw((RawLines((RawLine("kept", show_value(text)),)),), plural(len(lines), "line"))
    return Raw(
        (RawLines(tuple(RawLine("kept", show_value(line)) for line in lines)),), plural(len(lines), "line")
    )


def _lines_in(text: str | None) -> int:
    return 0 if text is None else text.count("\n") + 1


def _unmarked(change: TextChanged | GossChanged) -> Iterator[RawLine]:
    if change.old is not None:
        yield RawLine("deleted", show_value(change.old))
    if change.new is not None:
        yield RawLine("inserted", show_value(change.new))


def _parts(found: Sequence[Passage]) -> Iterator[RawLines]:
    shown: list[RawLine] = []
    for number, passage in enumerate(found):
        lines = tuple(_lines(passage))
        head = _CONTEXT if number else 0
        tail = _CONTEXT if number < len(found) - 1 else 0
        if isinstance(passage, Kept) and len(lines) - head - tail >= _LEAST_FOLDED:
            yield RawLines((*shown, *lines[:head]))
            middle = lines[head : len(lines) - tail]
            yield RawLines(middle, plural(len(middle), "unchanged line"))
            shown = list(lines[len(lines) - tail :])
        else:
            shown += lines
    yield RawLines(tuple(shown))


def _lines(passage: Passage) -> Iterator[RawLine]:
    match passage:
        case Kept(_, new):
            yield from (RawLine("kept", show_value(line.text)) for line in new)
        case Deleted(gone):
            yield from (RawLine("deleted", show_value(line.text)) for line in gone)
        case Inserted(come):
            yield from (RawLine("inserted", show_value(line.text)) for line in come)
        case Changed(_, _, found, _):
            yield from _changed(found, "deleted")
            yield from _changed(found, "inserted")


def _changed(found: Sequence[Run], act: Literal["deleted", "inserted"]) -> Iterator[RawLine]:
    yield from (RawLine(act, mark_runs(line, act)) for line in by_line(found, act))


def _notes(found: Sequence[Passage]) -> Iterator[str]:
    differences = {each for passage in found if isinstance(passage, Changed) for each in passage.differences}
    if "endings" in differences:
        yield "Some lines end in another line break (LF, CRLF or CR)."
    if "last newline" in differences:
        last = next(passage for passage in reversed(found) if isinstance(passage, Changed))
        yield f"Only the {'old' if _ends(last.old) else 'new'} text ends in a line break."


def _ends(lines: Sequence[Line]) -> bool:
    return bool(lines and lines[-1].ending)

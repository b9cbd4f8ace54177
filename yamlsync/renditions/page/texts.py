"""What students read, before and after: changed blocks beside each other, the rest folded (DIF-74)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, TypeAlias

from attrs import define, field, frozen

from yamlsync.changes.model import TextChanged
from yamlsync.in_words.typed import joined as joined_words
from yamlsync.pages.blocks import Block, BlockPair, blocks, joined, paired
from yamlsync.pages.code_rows import code_rows
from yamlsync.pages.markdown import render
from yamlsync.pages.safe import SafeHtml, in_a_row
from yamlsync.pages.seen import seen
from yamlsync.pages.words_marked import Marked, mark_words
from yamlsync.renditions.counting import plural
from yamlsync.renditions.page.raw import Raw, raw_change, raw_text
from yamlsync.wording.matching import matched

_MOST_BLOCKS = 10_000
"""Of both sides; the usual text of 256 KiB has a seventh of them. More are one: each is a box of the page."""

_LEAST_FOLDED = 2
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS = {
    "p": "paragraph",
    "fence": "block of code",
    "pre": "block of code",
    "ul": "list",
    "ol": "list",
    "table": "table",
    "blockquote": "quotation",
    **dict.fromkeys(_HEADINGS, "heading"),
}


@frozen
class Same:
    """What is the same on both sides; folded behind `summary` where it has one."""

    html: SafeHtml
    summary: str = ""
    kind: Literal["same"] = "same"


@frozen
class Beside:
    """What changed, before and after; None where there is nothing on that side."""

    old: SafeHtml | None
    new: SafeHtml | None
    kind: Literal["beside"] = "beside"


Part: TypeAlias = Same | Beside


@frozen
class TextShown:
    """A text that changed, or is on one side alone. `is_open` is whether the raw text is shown at once."""

    parts: tuple[Part, ...]
    raw: Raw
    notes: tuple[str, ...] = ()
    is_open: bool = False


def changed_text(change: TextChanged, *, below: int) -> TextShown:
    """What became of a text. Headings in it are put so many levels lower."""
    if change.old is None or change.new is None:
        return TextShown((Beside(*_sides(change, below)),), raw_change(change))
    said = _Said()
    found = tuple(_joined(_parts(render(change.old, below=below), render(change.new, below=below), said)))
    raw = raw_change(change)
    if any(isinstance(each, Beside) for each in found):
        return TextShown(found, raw, said.notes())
    how = f": {raw.counted}" if raw.counted.startswith("only ") else f". As it is typed: {raw.counted}"
    note = f"A reader sees no difference{how if raw.counted else ''}."
    return TextShown((), raw, (note,), is_open=True)


@define
class _Said:
    """What changed besides words, by its kinds, whether words changed as well, and other notes."""

    kinds: dict[str, None] = field(factory=dict)
    words: bool = False
    others: dict[str, None] = field(factory=dict)

    def add(self, marked: Marked) -> None:
        """Takes in what is to be said of two blocks."""
        self.kinds |= dict.fromkeys(marked.kinds)
        self.words |= not marked.kinds
        self.others |= dict.fromkeys([marked.note] if marked.note else [])

    def notes(self) -> tuple[str, ...]:
        """All in sentences."""
        kinds = joined_words(list(self.kinds))
        told = f"Besides words, this changed: {kinds}." if self.words else f"{_SAME_WORDS}: {kinds}."
        return (*([told] if kinds else []), *self.others)


_SAME_WORDS = "The words are the same, but a reader sees a difference"


def _sides(change: TextChanged, below: int) -> tuple[SafeHtml | None, SafeHtml | None]:
    texts = (change.old, change.new)
    first, second = (None if each is None else code_rows(render(each, below=below)) for each in texts)
    return first, second


def whole_text(text: str, *, below: int) -> TextShown:
    """A text of a step that is on one side alone."""
    return TextShown((Same(code_rows(render(text, below=below))),), raw_text(text))


def _parts(before: SafeHtml, after: SafeHtml, said: _Said) -> Iterator[Part]:
    """What is to be shown, in order. Where a reader sees no difference there is none."""
    kept: list[Block] = []
    is_first = True
    for pair in _pairs(*_compared(before, after)):
        if pair.old is not None and pair.new is not None:
            marked = mark_words(pair.old.html, pair.new.html)
            if not marked.visible:
                kept.append(pair.new)
                continue
            said.add(marked)
            part = Beside(code_rows(marked.before), code_rows(marked.after))
        else:
            said.words = True
            part = Beside(_html(pair.old), _html(pair.new))
        yield from _folded(kept, is_first=is_first, is_last=False)
        kept, is_first = [], False
        yield part
    yield from _folded(kept, is_first=is_first, is_last=True)


def _compared(before: SafeHtml, after: SafeHtml) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks of both; where they are too many, all of a page in one, with a kind of its own."""
    old, new = blocks(before), blocks(after)
    if len(old) + len(new) > _MOST_BLOCKS:
        return (Block(before, ""),), (Block(after, ""),)
    return old, new


def _html(block: Block | None) -> SafeHtml | None:
    return None if block is None else code_rows(block.html)


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, with blocks in one that stand alone on the same side, one behind the other."""
    for alone, run in groupby(parts, _alone):
        if alone is None:
            yield from run
            continue
        html = in_a_row(each.old or each.new or SafeHtml() for each in run if isinstance(each, Beside))
        yield Beside(html, None) if alone == "old" else Beside(None, html)


def _alone(part: Part) -> Literal["old", "new"] | None:
    """The side that a part stands alone on."""
    if isinstance(part, Same) or (part.old is None) == (part.new is None):
        return None
    return "new" if part.old is None else "old"


def _pairs(old: tuple[Block, ...], new: tuple[Block, ...]) -> Iterator[BlockPair]:
    at = to = 0
    for row, column in [
        *matched([seen(each.html) for each in old], [seen(each.html) for each in new]),
        (len(old), len(new)),
    ]:
        yield from paired(old[at:row], new[to:column])
        if row < len(old):
            yield BlockPair(old[row], new[column])
        at, to = row + 1, column + 1


def _folded(kept: Sequence[Block], *, is_first: bool, is_last: bool) -> Iterator[Part]:
    """Blocks that did not change: those beside a change, and the heading that one stands under, are shown."""
    shown: set[int] = set()
    if kept and not is_first:
        shown.add(0)
    if kept and not is_last:
        shown.add(len(kept) - 1)
        shown |= set([number for number, each in enumerate(kept) if each.kind in _HEADINGS][-1:])
    run: list[Block] = []
    for number, block in enumerate(kept):
        if number not in shown:
            run.append(block)
            continue
        yield from _run(run)
        run = []
        yield Same(code_rows(block.html))
    yield from _run(run)


def _run(run: Sequence[Block]) -> Iterator[Part]:
    if len(run) >= _LEAST_FOLDED:
        yield Same(code_rows(joined(run)), _summary(run))
    elif run:
        yield Same(code_rows(joined(run)))


def _summary(run: Sequence[Block]) -> str:
    counts = Counter(_KINDS.get(block.kind, "other part") for block in run)
    told = [
        f"{count} {noun.replace('block', 'blocks')}"
        if count > 1 and noun.startswith("block")
        else plural(count, noun)
        for noun, count in counts.items()
    ]
    return f"Unchanged: {', '.join(told)}"

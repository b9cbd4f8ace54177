"""A page of a text → its outermost blocks, such as paragraphs and lists, and back (DIF-74)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from attrs import frozen
from markupsafe import Markup

from yamlsync.pages.pieces import INLINE
from yamlsync.pages.safe import SafeHtml

_TAG = re.compile(r'<(/?)([a-z0-9]+)(?:[^<>"]|"[^"]*")*>')
_VOID = frozenset({"br", "hr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WORD = re.compile(r"\w+")
_BEGINNING = re.compile(r'\s*<([a-z0-9]+)(?: class="([a-z]+)")?')
_MOST_LIKENED = 2_500
_LEAST_ALIKE = 0.4


@frozen
class Block:
    """An outermost element; `kind` is its tag, with its class where it is a `div`."""

    html: SafeHtml
    kind: str


@frozen
class BlockPair:
    """A block and what became of it; None where there is nothing on that side."""

    old: Block | None
    new: Block | None


def blocks(html: SafeHtml) -> tuple[Block, ...]:
    """The outermost blocks of a result of `render`, `plain` or `code`; text between them belongs to one."""
    return tuple(_block(each) for each in _blocks(html) if each.strip())


def joined(of: Iterable[Block]) -> SafeHtml:
    """The blocks as one page again."""
    return Markup("").join(each.html for each in of)


def without_heading(html: SafeHtml, words: str) -> SafeHtml:
    """A page without its first block, where that is a heading of these words."""
    found = blocks(html)
    if not found or found[0].kind not in _HEADINGS:
        return html
    said = unescape(_TAG.sub("", found[0].html)).split()
    return joined(found[1:]) if said == words.split() else html


def _blocks(html: str) -> Iterator[str]:
    start = depth = 0
    for match in _TAG.finditer(html):
        is_block = match[2] not in INLINE
        if depth == 0 and is_block and html[start : match.start()].strip():
            yield html[start : match.start()]
            start = match.start()
        if match[2] not in _VOID:
            depth += -1 if match[1] else 1
        if depth == 0 and is_block:
            yield html[start : match.end()]
            start = match.end()
    yield html[start:]


def _block(html: str) -> Block:
    match = _BEGINNING.match(html)
    name, kind = (match[1], match[2]) if match else ("", None)
    # A part of what is safe, cut where no element is open.
    return Block(Markup(html), kind if name == "div" and kind else name)  # noqa: S704


def paired(old: tuple[Block, ...], new: tuple[Block, ...]) -> tuple[BlockPair, ...]:
    """Blocks beside what became of them: the likest of the same kind, in order; the others alone."""
    if [each.kind for each in old] == [each.kind for each in new]:
        return tuple(map(BlockPair, old, new))
    if not old or not new or len(old) * len(new) > _MOST_LIKENED:
        return (*(BlockPair(each, None) for each in old), *(BlockPair(None, each) for each in new))
    return tuple(_beside(old, new, _likest(old, new)))


def _beside(
    old: tuple[Block, ...], new: tuple[Block, ...], pairs: Iterable[tuple[int, int]]
) -> Iterator[BlockPair]:
    at = to = 0
    for row, column in [*pairs, (len(old), len(new))]:
        yield from (BlockPair(each, None) for each in old[at:row])
        yield from (BlockPair(None, each) for each in new[to:column])
        if row < len(old):
            yield BlockPair(old[row], new[column])
        at, to = row + 1, column + 1


def _likest(old: tuple[Block, ...], new: tuple[Block, ...]) -> list[tuple[int, int]]:
    """The pairs, rising in both, that have the most in common together."""
    left, right = [_words(each) for each in old], [_words(each) for each in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [
        [
            _alike(left[row], right[column]) if old[row].kind == new[column].kind else 0.0
            for column in range(len(new))
        ]
        for row in range(len(old))
    ]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            together = alike[row][column] + best[row + 1][column + 1] if alike[row][column] else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], together)
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < len(old) and column < len(new):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    return pairs


def _words(block: Block) -> Counter[str]:
    return Counter(_WORD.findall(_TAG.sub(" ", block.html)))


def _alike(old: Counter[str], new: Counter[str]) -> float:
    total = old.total() + new.total()
    share = 2 * (old & new).total() / total if total else 0.0
    return share if share >= _LEAST_ALIKE else 0.0

"""Two pages of one text, before and after → the same with deleted and inserted words marked (PRE-30)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from attrs import frozen
from markupsafe import Markup, escape

from yamlsync.pages.pieces import Piece, pieces
from yamlsync.pages.safe import SafeHtml
from yamlsync.wording.matching import matched

_MOST_WORDS = 400_000
"""Of both pages. Comparing more takes longer than anybody waits."""

_ISLAND = 4
"""Characters: fewer, alone between long changes, are kept by chance, as a comma is."""

_SEA = 3
"""Words that changed on each side of an island."""


@frozen
class Marked:
    """The two pages. `visible` is whether anything is marked: markup alone may differ, which nobody sees.

    `note` says why nothing is marked where that was too much to compare.
    """

    before: SafeHtml
    after: SafeHtml
    visible: bool
    note: str = ""


def mark_words(before: SafeHtml, after: SafeHtml) -> Marked:
    """Two results of `render`, `plain` or `code` with `<del>` in the first and `<ins>` in the second.

    Marks stand around text only, never around a tag. A word in another dress, such as bold, is another word.
    """
    if before == after:
        return Marked(before, after, visible=False)
    old, new = list(pieces(before)), list(pieces(after))
    old_keys, new_keys = _keys(old), _keys(new)
    if len(old_keys) + len(new_keys) > _MOST_WORDS:
        note = "These texts are too long to have their words compared."
        return Marked(before, after, visible=True, note=note)
    kept = _without_islands(list(matched(old_keys, new_keys)), old_keys, new_keys)
    old_marked = _marked(old, {first for first, _ in kept}, "del")
    new_marked = _marked(new, {second for _, second in kept}, "ins")
    visible = "<del" in old_marked or "<ins" in new_marked
    return Marked(Markup(old_marked), Markup(new_marked), visible)  # noqa: S704 - made of safe pieces


def _keys(parts: Sequence[Piece]) -> list[str]:
    return [piece.key for piece in parts if piece.key]


def _without_islands(
    pairs: Sequence[tuple[int, int]], old: Sequence[str], new: Sequence[str]
) -> list[tuple[int, int]]:
    """The pairs but those few that stand alone between long changes: they would tear a sentence apart."""
    runs: list[list[tuple[int, int]]] = []
    for pair in pairs:
        if runs and (pair[0] - 1, pair[1] - 1) == runs[-1][-1]:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    kept: list[tuple[int, int]] = []
    last = (-1, -1)
    for number, run in enumerate(runs):
        following = runs[number + 1][0] if number + 1 < len(runs) else (len(old), len(new))
        before = max(run[0][0] - last[0], run[0][1] - last[1]) - 1
        behind = max(following[0] - run[-1][0], following[1] - run[-1][1]) - 1
        length = sum(len(old[index].rpartition("\0")[2].strip()) for index, _ in run[:_ISLAND])
        if len(run) >= _ISLAND or length >= _ISLAND or before < _SEA or behind < _SEA:
            kept += run
            last = run[-1]
    return kept


def _marked(parts: Sequence[Piece], kept: set[int], tag: str) -> str:
    return "".join(_with_marks(parts, kept, tag))


def _with_marks(parts: Sequence[Piece], kept: set[int], tag: str) -> Iterator[str]:
    index = 0
    marking = False
    blanks = ""
    link: list[str] | None = None
    target = ""
    for piece in parts:
        changed = False
        if piece.key:
            changed = index not in kept
            index += 1
        if piece.kind == "link" and changed:
            link, target = [], unescape(piece.key.partition("\0")[2])
        if piece.kind == "word" and link is not None:
            link.append(piece.html)
            changed = True
        if piece.kind == "blank" and marking:
            # Whether it is within the mark, the next word tells.
            blanks += piece.html
            if link is not None:
                link.append(piece.html)
            continue
        if marking and not (piece.kind == "word" and changed):
            yield f"</{tag}>"
            marking = False
        yield blanks
        blanks = ""
        if piece.kind == "word" and changed and not marking:
            yield f"<{tag}>"
            marking = True
        if piece.kind == "blank" and link is not None:
            link.append(piece.html)
        yield piece.html
        if piece.html == "</a>" and link is not None:
            if unescape("".join(link)) != target:
                yield f'<{tag} class="target"> ({escape(target)})</{tag}>'
            link = None
    if marking:
        yield f"</{tag}>"
    yield blanks

"""Two pages of one text, before and after → the same with deleted and inserted words marked (PRE-30)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from attrs import frozen
from markupsafe import Markup

from yamlsync.pages.gaps import mark_gaps
from yamlsync.pages.kinds import kinds_of_difference
from yamlsync.pages.pieces import Piece, pieces
from yamlsync.pages.safe import SafeHtml
from yamlsync.pages.seen import seen
from yamlsync.pages.targets_marked import Target, targets
from yamlsync.wording.matching import matched

_MOST_PIECES = 300_000
"""Words, blanks and tags of both pages; two usual texts of 256 KiB have 170,000."""

_ISLAND = 4
"""Characters: fewer, alone between long changes, are kept by chance, as a comma is."""

_SEA = 3
"""Words that changed on each side of an island."""

_UNSEEN = re.compile(r"<(del|ins)>(\s+)</\1>")
_BEFORE = ("<br", "<hr")
_SIGNS = {"<br>": "↵", "<hr>": "―"}
_BEGINNING = "¶"


@frozen
class Marked:
    """The two pages. `visible` is whether a reader sees a difference: markup alone may differ.

    Where the words are the same, `kinds` says in what else the pages differ. `note` says why nothing is
    marked where that was too much to compare.
    """

    before: SafeHtml
    after: SafeHtml
    visible: bool
    kinds: tuple[str, ...] = ()
    note: str = ""


def mark_words(before: SafeHtml, after: SafeHtml) -> Marked:
    """Two results of `render`, `plain` or `code` with `<del>` in the first and `<ins>` in the second.

    Marks stand around text only, never around a tag. A word in another dress, such as bold, is another word.
    """
    if before == after or seen(before) == seen(after):
        return Marked(before, after, visible=False)
    # No more than are needed to know that they are too many.
    old = list(islice(pieces(before), _MOST_PIECES))
    new = list(islice(pieces(after), _MOST_PIECES + 1 - len(old)))
    if len(old) + len(new) > _MOST_PIECES:
        note = "These texts are too long to have their words compared."
        return Marked(before, after, visible=True, note=note)
    old_keys, new_keys = _keys(old), _keys(new)
    kinds = kinds_of_difference(old, new)
    if old_keys == new_keys:
        return _of(mark_gaps(old, new), kinds)
    kept = _without_islands(list(matched(old_keys, new_keys)), old_keys, new_keys)
    links = targets(old, new, kept)
    first = _marked(old, {first for first, _ in kept}, links[0], "del")
    second = _marked(new, {second for _, second in kept}, links[1], "ins")
    return _of((first, second), kinds)


def _of(marked: tuple[str, str], kinds: tuple[str, ...]) -> Marked:
    before, after = (Markup(each) for each in marked)  # noqa: S704 - made of safe pieces
    return Marked(before, after, visible=True, kinds=kinds)


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


def _marked(parts: Sequence[Piece], kept: set[int], links: Mapping[int, Target], tag: str) -> str:
    return _UNSEEN.sub(_shown, "".join(_with_marks(parts, kept, links, tag)))


def _shown(match: re.Match[str]) -> str:
    """A mark of blanks or line ends in code, which a reader would not see."""
    tag, text = match.groups()
    runs = re.findall(r"\n|[^\n]+", text)
    return "".join(f'<{tag} class="{"end" if run == chr(10) else "blank"}">{run}</{tag}>' for run in runs)


def _with_marks(
    parts: Sequence[Piece], kept: set[int], links: Mapping[int, Target], tag: str
) -> Iterator[str]:
    index = 0
    marking = False
    blanks = ""
    link: Target | None = None
    signs = _signs(parts, kept)
    for piece in parts:
        changed = False
        if piece.key:
            changed = index not in kept
            link = links.get(index) if piece.kind == "link" else link
            index += 1
        changed |= piece.kind == "word" and link is not None and link.is_other
        if piece.kind == "blank" and marking:
            # Whether it is within the mark, the next word tells.
            blanks += piece.html
            continue
        if marking and not (piece.kind == "word" and changed):
            yield f"</{tag}>"
            marking = False
        yield blanks
        blanks = ""
        if piece.kind == "word" and changed and not marking:
            yield f"<{tag}>"
            marking = True
        sign = f'<{tag} class="sign">{_sign(piece)}</{tag}>' if piece.key and index - 1 in signs else ""
        yield f"{sign}{piece.html}" if piece.html.startswith(_BEFORE) else f"{piece.html}{sign}"
        if piece.html == "</a>" and link is not None:
            yield link.told
            link = None
    if marking:
        yield f"</{tag}>"
    yield blanks


def _sign(piece: Piece) -> str:
    return _SIGNS.get(piece.html, _BEGINNING)


def _signs(parts: Sequence[Piece], kept: set[int]) -> frozenset[int]:
    """The edges that changed where no word beside them did, which would be marked."""
    kinds = [piece.kind for piece in parts if piece.key]
    found: set[int] = set()
    run: list[int] = []
    for index, kind in enumerate([*kinds, ""]):
        if kind == "edge" and index not in kept:
            run.append(index)
        elif kind != "link":
            before, behind = run[0] - 1 if run else 0, index
            if all(each in kept or not 0 <= each < len(kinds) for each in (before, behind)):
                found.update(run)
            run = []
    return frozenset(found)

"""Links that lead elsewhere than they did: both targets, with what differs marked (PRE-32)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import unescape

from attrs import frozen
from markupsafe import Markup, escape

from yamlsync.pages.pieces import Piece
from yamlsync.pages.safe import SafeHtml
from yamlsync.pages.values_marked import mark_values

_BEHIND = Markup('<span class="target"> ({})</span>')


@frozen
class Target:
    """What to say behind a link. `is_other` is one with no like on the other side: its words are marked."""

    told: SafeHtml
    is_other: bool


@frozen
class _Link:
    """A link by its number among the keys, with its target, its words, and the number behind the last."""

    index: int
    target: str
    text: str
    end: int


def targets(
    old: Sequence[Piece], new: Sequence[Piece], kept: Sequence[tuple[int, int]]
) -> tuple[dict[int, Target], dict[int, Target]]:
    """The links of both sides that are not kept, by their numbers among the keys."""
    befores = [each for each in _links(old) if each.index not in {first for first, _ in kept}]
    afters = [each for each in _links(new) if each.index not in {second for _, second in kept}]
    partners = list(_partners(befores, afters, kept))
    told: tuple[dict[int, Target], dict[int, Target]] = (
        {each.index: _alone(each, "del") for each in befores},
        {each.index: _alone(each, "ins") for each in afters},
    )
    for before, after in partners:
        marked = mark_values(before.target, after.target)
        # Of a link that shows its target, the words are marked.
        is_shown = (before.text, after.text) == (before.target, after.target)
        told[0][before.index], told[1][after.index] = (
            Target(Markup("") if is_shown else _BEHIND.format(each), is_other=False) for each in marked
        )
    return told


def _alone(link: _Link, tag: str) -> Target:
    if link.text == link.target:
        return Target(Markup(""), is_other=True)
    target = escape(link.target)
    return Target(Markup(f'<{tag} class="target"> ({target})</{tag}>'), is_other=True)  # noqa: S704 - escaped


def _links(parts: Sequence[Piece]) -> Iterator[_Link]:
    index = start = 0
    target = ""
    text: list[str] | None = None
    for piece in parts:
        if piece.kind == "link":
            start, target, text = index, unescape(piece.key.partition("\0")[2]), []
        elif piece.html == "</a>" and text is not None:
            yield _Link(start, target, unescape("".join(text)), index)
            text = None
        elif text is not None and piece.kind in ("word", "blank"):
            text.append(piece.html)
        index += bool(piece.key)


def _partners(
    old: Sequence[_Link], new: Sequence[_Link], kept: Sequence[tuple[int, int]]
) -> Iterator[tuple[_Link, _Link]]:
    """Links that have a word in common, which is the same in both pages."""
    links = {index: each for each in new for index in range(each.index + 1, each.end)}
    words = dict(kept)
    taken: set[int] = set()
    for link in old:
        found = (links.get(words[index]) for index in range(link.index + 1, link.end) if index in words)
        after = next((each for each in found if each and each.index not in taken), None)
        if after is not None:
            taken.add(after.index)
            yield link, after

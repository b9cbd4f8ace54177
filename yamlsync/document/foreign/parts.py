"""The tree of a foreign YAML text; places are characters of the text, from 0, the end exclusive."""

from __future__ import annotations

from attrs import define, field, frozen

from yamlsync.document.syntax import SyntaxFault

MAX_DEPTH = 100
"""Levels of nesting that are read."""


@define(eq=False)
class Part:
    """A scalar (`token` is its text), a mapping (`pairs`) or a list (`items`).

    `style` is that of a scalar: "" for a plain one, else its quote, "|" or ">", or its tag, from the "!",
    where that is another than the tag of texts. Behind an alias stands the anchored part itself: a tree
    with aliases shares parts, but no part holds itself. The end of a block is its start: it is nothing
    that one could point at.
    """

    start: int
    end: int
    token: str | None = None
    style: str = ""
    pairs: list[tuple[Part, Part]] | None = field(default=None, repr=False)
    items: list[Part] | None = field(default=None, repr=False)


@frozen
class ForeignText:
    """What a text says: its root, or nothing; or why it cannot be read.

    `duplicates` are keys that their mapping has already, each with the first of them. `anchors` are the
    starts of the parts with an anchor; `tags` are where scalars have tags that YAML
    itself does not have.
    """

    root: Part | None
    fault: SyntaxFault | None = None
    duplicates: tuple[tuple[Part, Part], ...] = ()
    anchors: tuple[int, ...] = ()
    tags: tuple[tuple[int, int], ...] = ()

"""A YAML file of ours as a value: blocks of entries with their comments. Neither reads nor writes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen


class Scalar(Enum):
    """How one scalar is read and spelled (YAML-10 to YAML-19)."""

    TEXT = "a text"
    INTEGER = "a whole number"
    DATE = "a date: a quoted text or a plain number"
    REFERENCE = "a step id or null"


@frozen(eq=False)
class Fields:
    """A mapping with known keys, in their canonical order. Each equals itself alone, and can be a key.

    `word` is a text that may stand in place of the mapping, as in `navigation: none`.
    """

    keys: Mapping[str, Shape]
    required: frozenset[str] = frozenset()
    word: str | None = None
    ranks: Mapping[str, int] = field(init=False, repr=False, eq=False)

    @ranks.default
    def _ranks(self) -> dict[str, int]:
        """The place of each key in the canonical order."""
        return {key: rank for rank, key in enumerate(self.keys)}


@frozen
class FreeKeys:
    """A mapping with keys of the author's choice, each with a text, in the order of `metadata_order`."""


@frozen
class ListOf:
    """A list of texts, or of mappings."""

    item: Scalar | Fields
    may_be_empty: bool = False


Shape: TypeAlias = Scalar | Fields | FreeKeys | ListOf


@frozen
class Block:
    """A mapping (every entry has a key) or a list (none has).

    `closing` are the comments and blank lines after the last entry that belong to the block.
    """

    entries: tuple[Entry, ...]
    closing: tuple[str, ...] = ()

    def values(self) -> dict[str, Value]:
        """The entries of a mapping by key."""
        return {entry.key: entry.value for entry in self.entries if entry.key is not None}

    def items(self) -> list[Value]:
        """The values of a list."""
        return [entry.value for entry in self.entries]


Value: TypeAlias = str | int | float | Block | None


@frozen
class Entry:
    """A key and its value, or an item of a list (`key` is None), with the comments beside it.

    `above` holds the lines above it: comments from their `#`, and "" for a blank line.
    `behind` is the comment behind it on its line, or "".
    """

    key: str | None
    value: Value
    above: tuple[str, ...] = ()
    behind: str = ""


Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a document: keys, and indexes from 0 in lists."""

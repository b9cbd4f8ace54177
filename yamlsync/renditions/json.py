"""A comparison → a JSON document, from which a program can make one side of the other (DIF-40 to DIF-45)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

from yamlsync.changes.model import Changes
from yamlsync.changes.plain import to_plain


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class _Compared(Protocol):
    @property
    def old(self) -> _Named: ...
    @property
    def new(self) -> _Named: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def respelled(self) -> Sequence[str]: ...


def as_json(comparison: _Compared) -> str:
    """The document, as `spec/schemas/diff.schema.json` describes it, without a line break at its end.

    In ASCII: so it comes through any terminal and any pipe, and nothing in a course can move a cursor.
    """
    names = {"old": comparison.old.name, "new": comparison.new.name}
    report = {**names, **to_plain(comparison.changes), "respelled": list(comparison.respelled)}
    return in_ascii(report)


def in_ascii(report: object) -> str:
    """A JSON document in which nothing acts on a terminal."""
    return json.dumps(report, indent=2).replace("\x7f", "\\u007f")

"""Rows of a table: one thing as it was and as it is (DIF-73)."""

from __future__ import annotations

from attrs import frozen

from yamlsync.pages.safe import SafeHtml
from yamlsync.pages.values_marked import mark_values, show_value


@frozen
class Cell:
    """What stands on one side, with a sentence and a list below it; what is `typed` is shown as code."""

    html: SafeHtml
    typed: bool = False
    note: str = ""
    items: tuple[SafeHtml, ...] = ()


@frozen
class Row:
    """One thing; None on a side where it is not there. `label` may have what is typed between backticks."""

    label: str
    old: Cell | None
    new: Cell | None


def row(
    label: str,
    old: str | None,
    new: str | None,
    *,
    typed: bool = False,
    notes: tuple[str, str] = ("", ""),
) -> Row:
    """A value that became another, with its words marked. `notes` stand below the two."""
    if old is not None and new is not None:
        before, after = mark_values(old, new)
        return Row(label, Cell(before, typed, notes[0]), Cell(after, typed, notes[1]))
    return Row(
        label,
        None if old is None else Cell(show_value(old), typed, notes[0]),
        None if new is None else Cell(show_value(new), typed, notes[1]),
    )


def said(label: str, old: str | None, new: str | None) -> Row:
    """The same of what this program says: nothing in it is marked."""
    return Row(
        label, None if old is None else Cell(show_value(old)), None if new is None else Cell(show_value(new))
    )

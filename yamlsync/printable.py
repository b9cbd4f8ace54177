"""Texts made fit to be shown: nothing in them that a terminal would act on."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with an escape in place of each character that does not print."""
    return text if text.isprintable() else "".join(c if c.isprintable() else _escaped(c) for c in text)


def quoted(text: str) -> str:
    """The text in quotes, on one line."""
    return f'"{printable(text)}"'


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()

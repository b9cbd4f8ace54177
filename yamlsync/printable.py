"""Texts made fit to be shown: nothing in them that a terminal would act on."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with an escape in place of each character that does not print."""
    return text if text.isprintable() else "".join(c if c.isprintable() else _escaped(c) for c in text)


def quoted(text: str) -> str:
    """The text in quotes, on one line."""
    return f'"{printable(text)}"'


def shortened(text: str, most: int = 80) -> str:
    """The text on one line; of one that is longer than `most` characters the first of them, and … behind."""
    return printable(text) if len(text) <= most else f"{printable(text[:most])}…"


def shown(text: str, most: int = 80) -> str:
    """The text in quotes, shortened: what a message says of a text that an author may write at any length."""
    return f'"{shortened(text, most)}"'


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()

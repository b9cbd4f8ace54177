"""Texts made fit to be shown: nothing in them that a terminal would act on."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What Python calls printable, and a terminal shows nothing of: fillers, and what only varies another one.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_IN_SHELL = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", "'": "\\'"}


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


def first_of(names: Iterable[str]) -> str:
    """The first three of some names, and how many there are besides."""
    found = list(names)
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return f"{', '.join(found[:3])}{more}"


def shell(path: str) -> str:
    """The path as a command in a message names it: one word for a shell, and no option; all of it is seen.

    Characters that are not seen, and bytes that are no text, stand as escapes in `$'…'`.
    """
    # Imported late: most runs print no command.
    from shlex import quote

    path = f"./{path}" if path.startswith("-") else path
    if _is_seen(path):
        return quote(path)
    return f"$'{''.join(map(_in_shell, path))}'"


def _is_seen(text: str) -> bool:
    return text.isprintable() and not _UNSEEN.search(text)


def _in_shell(character: str) -> str:
    if character in _IN_SHELL:
        return _IN_SHELL[character]
    if _is_seen(character):
        return character
    # A byte that is no text stands in a path as half of a pair. Three digits are read alike by every shell.
    is_byte = "\udc80" <= character <= "\udcff"
    data = character.encode(errors="surrogateescape" if is_byte else "surrogatepass")
    return "".join(f"\\{byte:03o}" for byte in data)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()

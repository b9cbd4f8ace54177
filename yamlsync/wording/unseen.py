"""Which characters a reader does not see, and so cannot tell from others that he does not see either."""

from __future__ import annotations

import re

# What Python calls printable, and nothing is shown of: fillers, and what only varies another character.
_FILLERS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
)
_FILLER = re.compile(f"[{_FILLERS}]")
_WHITE = frozenset(" \t\r\n")


def is_seen(text: str) -> bool:
    """Whether anything of a text is seen: something that is neither white space nor invisible."""
    return any(map(_is_seen, text))


def invisible(text: str) -> str:
    """The invisible characters of a text, such as no-break spaces and controls, but no blanks and breaks."""
    if _is_plain(text):
        return ""
    return "".join(character for character in text if not (_is_seen(character) or character in _WHITE))


def visible(text: str) -> str:
    """The text without its invisible characters; of those that are white, a blank is left."""
    if _is_plain(text):
        return text
    return "".join(c if _is_seen(c) or c in _WHITE else " " if c.isspace() else "" for c in text)


def _is_plain(text: str) -> bool:
    return text.translate(_NO_WHITE).isprintable() and not _FILLER.search(text)


_NO_WHITE = {ord(character): None for character in _WHITE}


def _is_seen(character: str) -> bool:
    return character != " " and character.isprintable() and not _FILLER.match(character)

"""Text in columns of a terminal: how wide it is, what fits, where it breaks; nothing that acts on one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from yamlsync.printable import printable
from yamlsync.wording.graphemes import graphemes, is_picture
from yamlsync.wording.unseen import invisible, is_seen
from yamlsync.wording.words import is_spaceless, words

_JOINER = "\u200d"
_AS_PICTURE = "\ufe0f"
_FLAGS = ("\U0001f1e6", "\U0001f1ff")


def safe(text: str) -> str:
    """The text with the escapes of `printable` for what a terminal would act on or a reader would not see.

    An emoji of several keeps what joins it. Tabs are escaped as well: `expanded` first makes blanks of them.
    """
    if text.isprintable() and not invisible(text):
        return text
    return "".join(map(_safe, graphemes(text)))


def _safe(character: str) -> str:
    if len(character) > 1 and (is_picture(character[0]) or _is_keycap(character)):
        # No terminal acts on what joins pictures. Tags, which can carry hidden text, are escaped here too.
        return "".join(c if c in _KEPT_IN_PICTURES else _escaped(c) for c in character)
    return character if character == " " else "".join(map(_escaped, character))


_KEPT_IN_PICTURES = frozenset({_JOINER, _AS_PICTURE, "\ufe0e"})


def _escaped(character: str) -> str:
    if character == " " or is_seen(character):
        return character
    escaped = printable(character)
    return escaped if escaped != character else character.encode("unicode_escape").decode()


def expanded(text: str, tab: int = 4, start: int = 0) -> str:
    """The text with blanks in place of its tabs, for a line that begins in column `start`, counted from 0."""
    if "\t" not in text:
        return text
    parts = []
    column = start
    for part in text.split("\t"):
        column += width(safe(part))
        blanks = tab - column % tab
        parts.append(part + " " * blanks)
        column += blanks
    # Behind the last part there is no tab.
    last = text.rpartition("\t")[2]
    return "".join(parts[:-1]) + last


def width(text: str) -> int:
    """How many columns a text takes: that of `safe`; what acts on a terminal is counted as nothing."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_width, graphemes(text)))


def _width(character: str) -> int:
    first = character[0]
    if first.isascii():
        return 1 if first.isprintable() and not _is_keycap(character) else 2 * _is_keycap(character)
    if _FLAGS[0] <= first <= _FLAGS[1]:
        return min(len(character), 2)
    if is_picture(first) and _AS_PICTURE in character:
        return 2
    if unicodedata.category(first) in ("Mn", "Me", "Cf", "Cc", "Cs", "Zl", "Zp"):
        return 0
    return 2 if unicodedata.east_asian_width(first) in "WF" else 1


def _is_keycap(character: str) -> bool:
    return character.endswith("\u20e3") and _AS_PICTURE in character


def truncated(text: str, columns: int, mark: str = "…") -> str:
    """The text, or as much of its start as fits into some columns with a mark behind. No character is cut."""
    if width(text) <= columns:
        return text
    room = columns - width(mark)
    if room < 0:
        return ""
    found = []
    for character in graphemes(text):
        room -= _width(character)
        if room < 0:
            break
        found.append(character)
    return "".join(found) + mark


def wrapped(text: str, columns: int) -> tuple[str, ...]:
    """The text in parts that fit into some columns, together the text; broken behind blanks where possible.

    Blanks at the end of a part may stand out. A character wider than all columns has a part of its own.
    """
    parts: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        wide = width(piece.rstrip(" "))
        if line and used + wide > columns:
            parts.append(line)
            line, used = "", 0
        if wide > columns:
            for character in graphemes(piece):
                room = _width(character)
                if line and used + room > columns and character != " ":
                    parts.append(line)
                    line, used = "", 0
                line, used = line + character, used + room
        else:
            line, used = line + piece, used + width(piece)
    return (*parts, line) if line or not parts else tuple(parts)


def _pieces(text: str) -> Iterator[str]:
    """What is not broken if it can be helped: what stands between blanks, and each wide character."""
    piece = ""
    for word in words(text):
        is_alone = is_spaceless(word[0])
        if (
            piece
            and (is_alone or is_spaceless(piece[0]))
            and not word.isspace()
            and (is_alone or word[0].isalnum())
        ):
            yield piece
            piece = ""
        piece += word
        if word.endswith(" "):
            yield piece
            piece = ""
    if piece:
        yield piece

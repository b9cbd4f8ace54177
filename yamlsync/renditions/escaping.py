"""What authors wrote, as a part of a page in Markdown that GitHub or GitLab shows: none of it acts (DIF-62).

Such a page is more than CommonMark: a name behind an @ sends mail, and a number, an address or the name of a
commit links back to here from elsewhere. A zero width space takes these apart, as others' bots do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from yamlsync.wording.columns import safe

_APART = "\N{ZERO WIDTH SPACE}"
_TOGETHER = "\N{NO-BREAK SPACE}"

_REFERENCE = re.compile(
    # Of people, issues, requests, labels, milestones and such, and pictures by their names.
    r"[@#!$%&~^*\[](?=[\w\"'])"
    r"|:(?=//|[\w+-]+:)"
    r"|\bGH(?=-\d)"
    r"|\b(?:www|mailto|xmpp)(?=[.:])",
    re.IGNORECASE,
)
_COMMIT = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{7,}")
_PART_OF_COMMIT = re.compile(r"[0-9a-fA-F]{6}(?=[0-9a-fA-F])")
_MENTION = re.compile(r"(?<!\w)@(?=\w)")
_SAFE = frozenset(" ,;()'\"/.:-+=?@%" + _APART)
_TICKS = re.compile("`+")
_LEAST = 3


def escaped(text: str) -> str:
    """One line of text that is only read: in Markdown, in a cell of a table, and within a tag of HTML.

    It is for the middle of a line: our own words stand before it.
    """
    # That a number is not parted from its sign is nothing to be made visible.
    shown = _TOGETHER.join(map(safe, text.split(_TOGETHER)))
    apart = _REFERENCE.sub(lambda match: match[0] + _APART, shown)
    apart = _COMMIT.sub(lambda match: _PART_OF_COMMIT.sub(lambda part: part[0] + _APART, match[0]), apart)
    return "".join(map(_spelled, apart))


def _spelled(character: str) -> str:
    if character in _SAFE or character.isalnum() or not character.isascii():
        return character
    # In numbers: a backslash before it means nothing within a tag.
    return f"&#{ord(character)};"


def fenced(lines: Iterable[str], info: str) -> str:
    """Lines as a block of code that none of them ends."""
    body = "\n".join(lines)
    longest = max((len(ticks) for ticks in _TICKS.findall(body)), default=0)
    fence = "`" * max(longest + 1, _LEAST)
    return f"{fence}{info}\n{body}\n{fence}"


def in_fence(text: str) -> str:
    """One line of text within a block of code; tabs stay.

    Nobody is mentioned in code, but in a mail that quotes it.
    """
    shown = "\t".join(map(safe, text.split("\t")))
    return _MENTION.sub(f"@{_APART}", shown)


def marker(name: str) -> str:
    """The comment by which a page is found again; a line by itself, the same for the same name."""
    return f"<!-- yamlsync diff: {_UNCOMMON.sub(_in_percents, name)} -->"


# Two hyphens could end the comment.
_UNCOMMON = re.compile(r"[^A-Za-z0-9._/-]|-(?=-)|-\Z")


def _in_percents(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode(errors="surrogatepass"))


def size(text: str) -> int:
    """The length of a text in UTF-16: of all ways to count characters the strictest."""
    return len(text) + sum(map(_is_double, text)) if not text.isascii() else len(text)


def _is_double(character: str) -> bool:
    return character > "\uffff"

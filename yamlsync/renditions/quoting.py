"""What authors wrote, as a part of a sentence: on one line, made printable, shortened (DIF-51)."""

from __future__ import annotations

import re

from attrs import frozen

from yamlsync.wording.columns import safe, truncated, width

_BREAK = re.compile(r"\r\n|\r|\n")
_PLAIN = re.compile(r"[A-Za-z0-9/_~][A-Za-z0-9/_.:+~@%=-]*\Z")
_LEAD = 4
"""Of the shown part of a long value, one in so many characters stands before what differs."""


@frozen
class Brief:
    """A value on one line; whether something of it is left out or, as a line break, shown by a sign."""

    text: str
    is_cut: bool


def brief(value: str, most: int, start: int = 0) -> Brief:
    """A value from its character number `start`, and at most so many columns of it."""
    part = (
        value[start : start + most + 1].rstrip("\r\n") if start or len(value) > most else value.rstrip("\r\n")
    )
    is_whole = start == 0 and len(part) == len(value.rstrip("\r\n"))
    mark = "…" if start else ""
    text = mark + safe(_BREAK.sub(" ⏎ ", part))
    if is_whole and width(text) <= most:
        return Brief(text, _BREAK.search(part) is not None)
    cut = truncated(text, most)
    return Brief(cut if cut.endswith("…") or start + len(part) >= len(value) else f"{cut}…", is_cut=True)


def pair(old: str | None, new: str | None, most: int) -> tuple[str, str]:
    """Two versions of a value; of long ones the part in which they begin to differ."""
    first, second = (each or "" for each in (old, new))
    start = 0
    if len(first) > most or len(second) > most:
        same = _same(first, second)
        if same > most // 2:
            start = same - most // _LEAD
    return brief(first, most, start).text, brief(second, most, start).text


def quoted_pair(old: str, new: str, most: int) -> tuple[str, str]:
    """The same in quotes."""
    first, second = pair(old, new, most)
    return f"“{_with_ends(first)}”", f"“{_with_ends(second)}”"


def quote(value: str, most: int = 80) -> str:
    """A value in quotes."""
    return f"“{_with_ends(brief(value, most).text)}”"


def named(name: str, most: int = 80) -> str:
    """A name: as it is where it is plainly one word, in quotes else."""
    return name if len(name) <= most and _PLAIN.match(name) else quote(name, most)


def _with_ends(text: str) -> str:
    """A value on one line, with the blanks at its ends made visible: beside a quote nobody sees them."""
    middle = text.strip(" ")
    start = len(text) - len(text.lstrip(" ")) if middle else len(text)
    return f"{'·' * start}{middle}{'·' * (len(text) - start - len(middle))}"


def _same(old: str, new: str) -> int:
    """How many characters two texts have in common at their start."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old.startswith(new[:middle]):
            low = middle
        else:
            high = middle - 1
    return low

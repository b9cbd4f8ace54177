"""Which known key of metadata somebody may have meant who wrote another (META-12)."""

from __future__ import annotations

import re
from functools import lru_cache

from yamlsync.rules.metadata.keys import FORMS, SERIES

_LONGEST = 20
_SINGLE = tuple(name for name in FORMS if name not in SERIES)
_KNOWN = re.compile(rf"(?:{'|'.join(_SINGLE)}|(?:{'|'.join(SERIES)})\.[0-9]+)\Z")
_PARTS = re.compile(r"(?P<word>[A-Za-z]+)(?P<sign>[ ._:#-]?)(?P<digits>[0-9]*)\s*\Z")


@lru_cache(maxsize=1024)
def meant(key: str) -> str | None:
    """The known key that is near; None where the key is known, or near to none."""
    if _KNOWN.match(key) or len(key) > _LONGEST:
        return None
    parts = _PARTS.match(key)
    if not parts:
        return None
    word, digits = parts["word"].lower(), parts["digits"].lstrip("0") or "1"
    for name in SERIES:
        if _near(word, name) or _near(word, f"{name}s"):
            return f"{name}.{digits}"
    if parts["digits"]:
        return None  # Keys with numbers are a row of their own.
    return next((name for name in _SINGLE if _near(word, name)), None)


def _near(word: str, name: str) -> bool:
    """Whether one slip makes one of the other, or two in a long word; short words are words of their own."""
    if word == name:
        return True
    slips = 2 if len(name) >= 9 else 1 if len(name) >= 5 else 0
    return abs(len(word) - len(name)) <= slips and _distance(word, name) <= slips


def _distance(one: str, other: str) -> int:
    """The letters to put in, take out, change, or swap with the next, to make one word of the other."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, counterpart in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and counterpart == one[i - 2]:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]

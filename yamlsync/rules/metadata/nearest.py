"""Which known key of metadata somebody may have meant who wrote another (META-12)."""

from __future__ import annotations

import re
from functools import lru_cache

from yamlsync.rules.metadata.keys import FORMS, SERIES

_LONGEST = 20
_SINGLE = tuple(name for name in FORMS if name not in SERIES)
_KNOWN = re.compile(rf"(?:{'|'.join(_SINGLE)}|(?:{'|'.join(SERIES)})\.[0-9]+)\Z")
_PARTS = re.compile(r"(?P<word>[A-Za-z]+)(?P<sign>[ ._:#-]?)(?P<digits>[0-9]*)\s*\Z")


def meant(key: str) -> str | None:
    """The known key that is near; None where the key is known, or near to none."""
    if len(key) > _LONGEST or _KNOWN.match(key):
        return None
    parts = _PARTS.match(key)
    if not parts:
        return None
    series, single = _near_names(parts["word"].lower())
    if series is not None:
        return f"{series}.{parts['digits'].lstrip('0') or '1'}"
    # Keys with numbers are a row of their own.
    return None if parts["digits"] else single


@lru_cache(maxsize=1024)
def _near_names(word: str) -> tuple[str | None, str | None]:
    """The series and the single key whose name is near, if there is one."""
    series = next((name for name in SERIES if _near(word, name) or _near(word, f"{name}s")), None)
    return series, next((name for name in _SINGLE if _near(word, name)), None)


def _near(word: str, name: str) -> bool:
    """Whether one slip makes one of the other, or two in a long word; short words are words of their own."""
    return within(word, name, 2 if len(name) >= 9 else 1 if len(name) >= 5 else 0)


def within(one: str, other: str, slips: int) -> bool:
    """Whether so many slips at the most make one word of the other.

    A slip is a letter put in, taken out, changed, or swapped with the next. Takes a moment for few slips.
    """
    if abs(len(one) - len(other)) > slips:
        return False
    same = 0
    for letter, counterpart in zip(one, other, strict=False):
        if letter != counterpart:
            break
        same += 1
    one, other = one[same:], other[same:]
    if not (one and other):
        return True  # The lengths were compared above.
    if not slips:
        return False
    swapped = one[:2] == other[1::-1] and within(one[2:], other[2:], slips - 1)
    return (
        swapped
        or within(one[1:], other[1:], slips - 1)
        or within(one[1:], other, slips - 1)
        or within(one, other[1:], slips - 1)
    )

"""What SQLite's NUMERIC affinity does to a date, so that nobody is surprised by it (SQL-12)."""

from __future__ import annotations

import re

MAX_INTEGER = 2**63 - 1
MIN_INTEGER = -(2**63)

_BLANKS = r"[ \t\n\v\f\r]*"
_NUMBER = re.compile(rf"{_BLANKS}[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?{_BLANKS}\Z")


def becomes_number(text: str) -> bool:
    """Whether SQLite would store this text as a number in a DATETIME column."""
    return _NUMBER.match(text) is not None


def becomes_integer(value: float) -> bool:
    """Whether SQLite would store this REAL as an INTEGER in a DATETIME column."""
    # SQLite leaves the two ends of the range alone, of which only the lower one is a REAL.
    return value.is_integer() and MIN_INTEGER < value <= MAX_INTEGER

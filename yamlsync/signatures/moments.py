"""Points in time as ssh-keygen reads and people write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from attrs import frozen

_FORM = re.compile(r"(?P<digits>[0-9]{8}|[0-9]{12}|[0-9]{14})(?P<utc>Z|UTC)?", re.ASCII)


@frozen
class Moment:
    """`seconds` since 1970, and the time as a message says it: `2026-01-01`, `2026-01-01 12:30 UTC`."""

    seconds: float
    text: str

    def __str__(self) -> str:
        return self.text


def parse_moment(text: str) -> Moment | None:
    """The moment in a timestamp (YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS); None for anything else.

    Without a `Z` behind it, it is in the time zone of the system.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    digits, utc = found["digits"], bool(found["utc"])
    parts = [int(digits[at : at + 2]) for at in range(4, len(digits), 2)]
    hour, minute, second, *_ = [*parts[2:], 0, 0, 0]
    if not (1 <= parts[1] <= 31 and hour <= 23 and minute <= 59 and second <= 60):
        return None
    try:
        # As C does: 31 February is a day of March.
        start = datetime(int(digits[:4]), parts[0], 1, hour, minute, tzinfo=UTC if utc else None)
        seconds = (start + timedelta(days=parts[1] - 1, seconds=second)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    if seconds <= 0:
        return None
    date = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    time = ":".join(digits[at : at + 2] for at in range(8, len(digits), 2))
    return Moment(seconds, " ".join(part for part in (date, time, "UTC" if utc else "") if part))


def moment_of(seconds: int) -> Moment:
    """The moment of that many seconds since 1970, in UTC."""
    try:
        return Moment(seconds, datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC"))
    except (ValueError, OverflowError, OSError):
        return Moment(seconds, f"second {seconds}")

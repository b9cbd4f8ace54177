"""The date of a workshop is no date.

`created_at` is a date or a point in time as RFC 3339 has it, with the offset from UTC, or as SQLite writes
it, in UTC: `2026-01-15`, `2026-01-15T09:30:00Z`, `2026-01-15 10:30:00+01:00`, `2026-01-15 09:30:00`. Other
texts sort wrong, and SQLite's functions for dates make nothing of them. A number is a date as well, and
never judged.

Fails:

```yaml
# workshop.yaml
created_at: 15.01.2026
```

```yaml
# workshop.yaml
created_at: "2026-02-30"
```

Passes:

```yaml
# workshop.yaml
created_at: "2026-01-15 10:30:00+01:00"
```

```yaml
# workshop.yaml
created_at: 1768469400
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from yamlsync.printable import shown
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic

ID = "YS735"
SEVERITY = "warning"

_DATE = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:\.[0-9]+)?)?"
    r"(?: ?[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?\Z"
)


def check(course: Course) -> Iterator[Diagnostic]:
    """A text in another form, or a day that is in no calendar (META-13)."""
    written = course.header.created_at
    if isinstance(written, str) and not is_date(written):
        help = "write it as in 2026-01-15T09:30:00Z: the year first, UTC or an offset such as +01:00 last"
        yield Diagnostic(course.path, ("created_at", "="), f"{shown(written, 40)} is no date", help)


def is_date(text: str) -> bool:
    """Whether a text has one of the forms of a date, and the day is in the calendar."""
    match = _DATE.match(text)
    if not match:
        return False
    if match["year"] == "0000":
        return True  # RFC 3339 and SQLite have that year; Python has not.
    try:
        date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return True

"""Where a page of HTML must not go (PRE-7, DIF-70)."""

from __future__ import annotations

import sys

from yamlsync.errors import OperationError


def require_no_terminal() -> None:
    """Raises OperationError where stdout is a terminal: nobody reads 100 KB of HTML there."""
    if sys.stdout is not None and sys.stdout.isatty():
        raise OperationError("a page of HTML is not for a terminal", "name a file: -o page.html")

"""How large texts are, in bytes of UTF-8, and how sizes are said (TXT-1)."""

from __future__ import annotations

KB = 1024
"""Bytes."""

MB = 1024 * 1024
"""Bytes."""


def size(text: str) -> int:
    """The bytes of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def shown(bytes: int) -> str:
    """A size as people say it, with one decimal at the most. Rounded up: what is over a limit shows it."""
    unit, name = (MB, "MB") if bytes >= MB else (KB, "KB")
    tenths = -(-bytes * 10 // unit)
    return f"{tenths // 10} {name}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} {name}"

"""Reading what a user names, be it the pipe of another program, and never waiting for it without end."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator

_PATIENCE = 15
_CHUNK = 1 << 20
# Without O_NONBLOCK, opening a pipe that nobody writes into would not end.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


def read_patiently(path: str, most: int) -> bytes:
    """The bytes of a file or a pipe, or one more than `most` of a longer one.

    Raises OSError, also where a pipe has not come to its end in time; ValueError for what is no path.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        return b"".join(_chunks(descriptor, most + 1))
    finally:
        os.close(descriptor)


def _chunks(descriptor: int, left: int) -> Iterator[bytes]:
    mode = os.fstat(descriptor).st_mode
    at_once = stat.S_ISREG(mode) or stat.S_ISDIR(mode)
    deadline = time.monotonic() + _PATIENCE
    while left:
        if not at_once:
            _wait(descriptor, deadline - time.monotonic())
        chunk = os.read(descriptor, min(left, _CHUNK))
        if not chunk:
            return
        left -= len(chunk)
        yield chunk


def _wait(descriptor: int, seconds: float) -> None:
    """Until there is something to read, or the end."""
    # Imported late: hardly anybody names a pipe.
    import select

    if seconds <= 0 or not select.select([descriptor], [], [], seconds)[0]:
        raise TimeoutError(0, f"nobody wrote it to its end within {_PATIENCE} seconds")

"""Reading a file of ours: never a link, never a pipe or a device, which could hang or never end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable

from yamlsync.errors import OperationError
from yamlsync.spooling import SQLITE_START

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


def require_writable(paths: Iterable[str]) -> None:
    """Raises OperationError for a file that is read-only: replacing it would pass over what that says."""
    for path in paths:
        if not os.access(path, os.W_OK):
            raise OperationError(
                f"{path} is read-only, so nothing was changed", "make it writable, or leave it out"
            )


def read_regular(path: str, limit: int) -> bytes:
    """The bytes of a file, or a little more than `limit` of a larger one.

    Raises OSError, also for what is no regular file.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise OSError(0, "not a file", path)
        # One byte more than there should be, to see the end in one call.
        wanted = min(facts.st_size, limit) + 1
        data = os.read(descriptor, wanted)
        while len(data) <= limit and len(data) != wanted - 1 and (more := os.read(descriptor, wanted)):
            data += more
        return data
    finally:
        os.close(descriptor)


def is_database(path: str) -> bool:
    """Whether a path is that of a database, by what SQLite writes at its start, or by its name."""
    if os.path.isdir(path):
        return False
    if path.endswith(".db") or not os.path.isfile(path):
        return path.endswith(".db")
    try:
        with open(path, "rb") as file:
            return file.read(len(SQLITE_START)) == SQLITE_START
    except OSError:
        return False

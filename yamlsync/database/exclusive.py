"""Keeping other programs from writing into a database while it is replaced (SQL-63)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from yamlsync.database.connection import read_header
from yamlsync.database.snapshot import Snapshot, snapshot_of_open
from yamlsync.errors import OperationError

_PATIENCE = 2.0
"""Seconds that a writer gets for what it has begun."""

_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def held_as(path: str, seen: Snapshot, name: str) -> Iterator[bool]:
    """Tells whether the database at `path` is still as it was `seen`; meanwhile no other program changes it.

    SQLite's own lock holds writers off; readers go on. The file is as it was afterwards. Where no lock can
    be had, on a file system without them or in a file that may only be read, the answer is that of a moment.

    Raises OperationError, in which the file is called `name`, where another program is writing; and for a
    file that is not all of the database: SQLite would roll back its journal.
    """
    read_header(path)
    try:
        file = open(path, "rb", buffering=0)  # noqa: SIM115 - closed by the next statement
    except OSError:
        yield False
        return
    # Whoever closes a file gives back all locks that the process has on it. So it is opened before the lock
    # is taken, and closed after it; and whoever reads it meanwhile has to go by this one, too.
    with file, _lock(path, name):
        yield snapshot_of_open(file) == seen and _is_at(path, seen)


def _is_at(path: str, seen: Snapshot) -> bool:
    try:
        facts = os.stat(path)
    except OSError:
        return False
    return (facts.st_dev, facts.st_ino) == (seen.device, seen.inode)


@contextmanager
def _lock(path: str, name: str) -> Iterator[None]:
    try:
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    except sqlite3.OperationalError:
        yield
        return
    # It ends without a change, and is rolled back by closing.
    with closing(connection):
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            # The lower byte is the kind of error.
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _HELD:
                raise OperationError(
                    f"another program is writing into {name}, so it was not replaced",
                    "close that program, and run again",
                ) from None
        yield

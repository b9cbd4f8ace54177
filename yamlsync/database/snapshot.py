"""A database's file as it was when it was read, to be known again before it is replaced (SQL-63)."""

from __future__ import annotations

import hashlib
import os
from io import FileIO

from attrs import frozen

from yamlsync.database.connection import read_header, require_alone
from yamlsync.errors import OperationError, describe


@frozen
class Snapshot:
    """Which file it was, and the SHA-256 of all its bytes.

    Nothing less tells that it was changed: two files that were built have equal headers, SQLite does not
    count each change of a program that has the file for itself, and clocks tick slowly.
    """

    device: int
    inode: int
    digest: bytes


def snapshot_of(path: str) -> Snapshot | None:
    """The database at `path` as it is now; None where nothing is there yet.

    Raises OperationError for a file that is no database, and for one that is not all in that file.
    """
    if os.path.lexists(path) and not (os.path.isfile(path) and os.path.getsize(path) == 0):
        read_header(path)
        try:
            with open(path, "rb", buffering=0) as file:
                return snapshot_of_open(file)
        except OSError as error:
            raise OperationError(f"{path} cannot be read: {describe(error)}") from error
    # A journal of an old file that is gone would be rolled back into the new one.
    require_alone(path)
    return None


def snapshot_of_open(file: FileIO) -> Snapshot:
    """The same of a file that is open, from its beginning on."""
    facts = os.fstat(file.fileno())
    file.seek(0)
    return Snapshot(facts.st_dev, facts.st_ino, hashlib.file_digest(file, "sha256").digest())

"""A database that comes in pieces → a file of its own, which what reads databases can read (DIF-1, GIT-8)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from yamlsync.errors import OperationError, not_taken

SQLITE_START = b"SQLite format 3\0"
"""What SQLite writes at the start of each database."""

_MOST = 256 << 20
"""Bytes that are taken: a stream need not end, and Git keeps a large file of zeros in next to nothing."""


@contextmanager
def spooled(pieces: Iterable[bytes], name: str, help: str, require: Callable[[bytes], None]) -> Iterator[str]:
    """The path of a file with what comes in pieces, in a folder for us alone; it goes afterwards.

    `require` is given the first piece, b"" where there is none, and raises OperationError for what is no
    database. Raises it too where there are more than 256 MiB, with `help`, or the disk does not take them.
    """
    # Imported late: most databases are files.
    import tempfile

    try:
        temporary = tempfile.TemporaryDirectory(prefix="yamlsync-", ignore_cleanup_errors=True)
    except OSError as error:
        raise not_taken(error, "a temporary file") from error
    with temporary as folder:
        path = os.path.join(os.path.realpath(folder), "course.db")
        try:
            _write(path, pieces, OperationError(f"{name} has more than {_MOST >> 20} MiB", help), require)
        except OSError as error:
            raise not_taken(error, path) from error
        yield path


def _write(
    path: str, pieces: Iterable[bytes], too_large: OperationError, require: Callable[[bytes], None]
) -> None:
    size = 0
    waiting = iter(pieces)
    piece = next(waiting, b"")
    require(piece)
    with open(path, "wb") as file:
        while piece:
            size += len(piece)
            if size > _MOST:
                raise too_large
            file.write(piece)
            piece = next(waiting, b"")

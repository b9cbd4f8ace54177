"""A database in a revision as a temporary file, which what reads databases can read (GIT-8)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from yamlsync.errors import OperationError, not_taken
from yamlsync.git.objects import Repository
from yamlsync.printable import shell

_MOST = 256 * 1024 * 1024
"""Bytes that are written into a temporary file: Git keeps a large file of zeros in next to nothing."""

_DATABASE = b"SQLite format 3\0"
_LARGE_FILE = b"version https://git-lfs"


@contextmanager
def temporary_database(repository: Repository, blob: str, name: str) -> Iterator[str]:
    """The path of a file with the bytes of a blob, in a folder that nobody else may read; it goes afterwards.

    Raises OperationError, which calls the blob `name`, where it is no database, or the disk does not take it.
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
            _write(path, repository.pieces(blob, name), name)
        except OSError as error:
            raise not_taken(error, path) from error
        yield path


def _write(path: str, pieces: Iterator[bytes], name: str) -> None:
    size = 0
    with open(path, "wb") as file:
        for piece in pieces:
            if not size:
                _require_database(piece, name)
            size += len(piece)
            if size > _MOST:
                raise OperationError(
                    f"{name} has more than {_MOST >> 20} MiB",
                    f"write it into a file, and name that: git show {shell(name)} > FILE",
                )
            file.write(piece)


def _require_database(start: bytes, name: str) -> None:
    if start.startswith(_DATABASE):
        return
    if start.startswith(_LARGE_FILE):
        raise OperationError(
            f"{name} is kept by Git LFS: its content is not in Git",
            "check that revision out, and name the file",
        )
    what = "is no SQLite database" if start else "is empty"
    raise OperationError(f"{name} {what}", "name a workshop's database, or the folder of its files")

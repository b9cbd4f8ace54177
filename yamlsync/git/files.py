"""A database in a revision as a temporary file, which what reads databases can read (GIT-8)."""

from __future__ import annotations

from contextlib import AbstractContextManager

from yamlsync.errors import OperationError
from yamlsync.git.objects import Repository
from yamlsync.printable import shell
from yamlsync.spooling import SQLITE_START, spooled

_LARGE_FILE = b"version https://git-lfs"


def temporary_database(repository: Repository, blob: str, name: str) -> AbstractContextManager[str]:
    """The path of a file with the bytes of a blob, in a folder that nobody else may read; it goes afterwards.

    Raises OperationError, which calls the blob `name`, where it is no database, or the disk does not take it.
    """
    help = f"write it into a file, and name that: git show {shell(name)} > FILE"
    pieces = repository.pieces(blob, name)
    return spooled(pieces, name, help, lambda start: _require_database(start, name))


def _require_database(start: bytes, name: str) -> None:
    if start.startswith(SQLITE_START):
        return
    if start.startswith(_LARGE_FILE):
        raise OperationError(
            f"{name} is kept by Git LFS: its content is not in Git",
            "check that revision out, and name the file",
        )
    what = "is no SQLite database" if start else "is empty"
    raise OperationError(f"{name} {what}", "name a workshop's database, or the folder of its files")

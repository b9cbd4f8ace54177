"""Opening a SQLite file that nobody vouches for: read-only, immutable, with every limit set (SQL-20)."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from yamlsync.errors import OperationError, describe

_MAGIC = b"SQLite format 3\0"
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 64_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 3,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 10,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,
}
_STEPS = 10_000


@contextmanager
def open_untrusted(path: str) -> Iterator[sqlite3.Connection]:
    """A connection to a database file; its texts come as str, or fail to.

    Raises OperationError where the file is missing, no database, or not all in that one file.
    """
    # Who names a link means the file behind it, and what stands beside that one.
    path = os.path.realpath(path)
    header = read_header(path)
    with closing(sqlite3.connect(_uri(path), uri=True, isolation_level=None)) as connection:
        for limit, value in _LIMITS.items():
            connection.setlimit(limit, value)
        connection.set_progress_handler(_budget(os.path.getsize(path)), _STEPS)
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        connection.execute("PRAGMA mmap_size=0")
        # A constraint is no content, and checking it would run functions of somebody's choice.
        connection.execute("PRAGMA ignore_check_constraints=ON")
        yield connection
    if read_header(path) != header:
        raise OperationError(
            f"{path} was changed by another program while it was read",
            "wait until that program is done, and run again",
        )


def read_header(path: str) -> bytes:
    """The first 100 bytes of a database that one file holds as a whole."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            what = "a folder" if os.path.isdir(path) else "a device"
            raise OperationError(f"{path} is {what}, not a database", "name the database file")
        with open(path, "rb", buffering=0) as file:
            header = file.read(100)
    except FileNotFoundError:
        raise OperationError(
            f"{path} does not exist", "name a workshop database, or build one: yamlsync import"
        ) from None
    except OSError as error:
        raise OperationError(f"{path} cannot be read: {describe(error)}") from error
    if not header.startswith(_MAGIC):
        what = "is empty" if not header else "is no SQLite database"
        raise OperationError(f"{path} {what}", "name a workshop database")
    require_alone(path)
    if 2 in header[18:20]:
        raise OperationError(f"{path} is in WAL mode, so that one file may not be all of it", _repair(path))
    return header


def require_alone(path: str) -> None:
    """Raises OperationError where a journal stands beside a database: it belongs to its content."""
    for suffix in ("-journal", "-wal"):
        if _has_content(path + suffix):
            message = (
                f"{path}{suffix} stands beside the database: it holds changes that the file does not have"
            )
            help = f"close the program that writes to it, then {_repair(path)}"
            raise OperationError(message, help if os.path.exists(path) else "remove it: its database is gone")


def _repair(path: str) -> str:
    return f"run: sqlite3 {path} 'PRAGMA journal_mode=DELETE'"


def _has_content(path: str) -> bool:
    """Whether a journal has something to say: a header of zeros is one that was done with and kept."""
    try:
        with open(path, "rb", buffering=0) as file:
            return any(file.read(32))
    except OSError:
        return os.path.lexists(path) and not os.path.isfile(path)


def _uri(path: str) -> str:
    absolute = os.path.abspath(path)
    if os.sep == "\\":
        absolute = "/" + absolute.replace("\\", "/")
    for character, escape in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        absolute = absolute.replace(character, escape)
    return f"file://{absolute}?mode=ro&immutable=1"


def _budget(size: int) -> Callable[[], int]:
    """Ends a query that works far longer than a whole file of this size could need."""
    left = (20_000_000 + 2 * size) // _STEPS

    def tick() -> int:
        nonlocal left
        left -= 1
        return left < 0

    return tick

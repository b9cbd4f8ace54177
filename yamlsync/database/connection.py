"""Opening a SQLite file that nobody vouches for: read-only, immutable, with every limit set (SQL-20)."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

from yamlsync.errors import OperationError, describe
from yamlsync.spooling import SQLITE_START

_MAX_LENGTH = 64_000_000
_LIMITS = {
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
_SECONDS = 20
_BYTES_A_SECOND = 500_000
_HARMLESS = ("count", "substr", "typeof")
"""The functions that the reader itself uses."""


@contextmanager
def open_untrusted(path: str) -> Iterator[sqlite3.Connection]:
    """A connection to a database file; its texts come as str, or fail to.

    Raises OperationError where the file is missing, no database, or not all in that one file;
    sqlite3.DatabaseError where its head does not fit it.
    """
    # Who names a link means the file behind it, and what stands beside that one.
    path = os.path.realpath(path)
    header = read_header(path)
    with closing(sqlite3.connect(_uri(path), uri=True, isolation_level=None)) as connection:
        size = os.path.getsize(path)
        limit(connection, size)
        _forbid_functions(connection)
        connection.set_progress_handler(_budget(size), _STEPS)
        _check_head(header, size)
        # The schema is read while it is still trusted: else SQLite would not even take in an index that
        # names a function, and nobody could tell what is wrong.
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 0")
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        connection.execute("PRAGMA mmap_size=0")
        # Rows are sought from their indexes, in another order than theirs (SQL-38).
        connection.execute("PRAGMA cache_size=-16000")
        # A constraint is no content, and checking it would run functions of somebody's choice.
        connection.execute("PRAGMA ignore_check_constraints=ON")
        yield connection
    if read_header(path) != header:
        raise OperationError(
            f"{path} was changed by another program while it was read",
            "wait until that program is done, and run again",
        )


def limit(connection: sqlite3.Connection, size: int) -> None:
    """Sets the limits for a database of `size` bytes (SQL-23): no value can be longer than the file."""
    for name, value in _LIMITS.items():
        connection.setlimit(name, value)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(2 * size + 1_000_000, _MAX_LENGTH))


def _forbid_functions(connection: sqlite3.Connection) -> None:
    """Puts one that fails before each function of SQLite: none that a schema names is ever run.

    A single call can take hours, and nothing could end it; and SQLite reads its statistics, be they computed
    by a column, before anybody could look at the schema.
    """
    for name in _functions():
        connection.create_function(name, -1, _fail, deterministic=True)


@cache
def _functions() -> tuple[str, ...]:
    # Asked of an empty database, where a schema has no say.
    with closing(sqlite3.connect(":memory:")) as connection:
        names = {row[0] for row in connection.execute("PRAGMA function_list").fetchall()}
    return tuple(sorted(names.difference(_HARMLESS)))


def _fail(*_: Any) -> None:
    raise sqlite3.NotSupportedError


def _check_head(header: bytes, size: int) -> None:
    """Raises sqlite3.DatabaseError where the file is longer than its database, or nobody may write to it."""
    if header[18:20] != b"\1\1":
        raise sqlite3.DatabaseError(
            f"its head asks for version {header[18]} to write and {header[19]} to read, not 1"
        )
    page_size = int.from_bytes(header[16:18], "big")
    page_size = 65_536 if page_size == 1 else page_size
    pages = int.from_bytes(header[28:32], "big")
    # Writers before SQLite 3.7 leave an old number of pages there, which counts for nothing then.
    if pages and header[24:28] == header[92:96] and size != pages * page_size:
        raise sqlite3.DatabaseError(f"its head tells of {pages * page_size} bytes, and the file has {size}")
    if page_size and size % page_size:
        raise sqlite3.DatabaseError(f"its {size} bytes are no whole number of pages of {page_size} bytes")


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
    if not header.startswith(SQLITE_START):
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
    """Whether a journal has something to say: a header of zeros is one that was done with and kept.

    Raises OperationError where it cannot be told: who may read it could roll it back into the file.
    """
    try:
        # What is no file is nothing that SQLite made, and opening it could wait for ever.
        if not stat.S_ISREG(os.stat(path).st_mode):
            return True
        with open(path, "rb", buffering=0) as file:
            return any(file.read(32))
    except FileNotFoundError:
        return os.path.lexists(path)
    except OSError as error:
        raise OperationError(
            f"{path} may hold changes that the database does not have, and cannot be read: {describe(error)}",
            "run as a user who may read it, or ask whose it is to close the program that writes to it",
        ) from error


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
    end = time.monotonic() + _SECONDS + size / _BYTES_A_SECOND

    def tick() -> int:
        nonlocal left
        left -= 1
        return left < 0 or time.monotonic() > end

    return tick

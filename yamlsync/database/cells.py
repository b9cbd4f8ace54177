"""Rows as they are stored, each cell of a type that its column may hold, or problems by cell (SQL-40)."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from yamlsync.affinity import becomes_integer, becomes_number
from yamlsync.database.schema import Column, Table
from yamlsync.printable import quoted
from yamlsync.problems import Cell, Problem

_MOST = 100
_TYPES = {"text": str, "integer": int, "real": float, "null": type(None), "blob": bytes}
"""What Python makes of each of SQLite's types."""
_MAX_TEXT = 16 * 1024 * 1024
_BATCH = 100
_SHORT = 64


def read_rows(
    connection: sqlite3.Connection, path: str, table: Table
) -> tuple[list[tuple[Any, ...]], list[Problem]]:
    """All rows of a table, in no order, and what no document could carry of them."""
    encoding = connection.execute("PRAGMA encoding").fetchone()[0]
    problems: list[Problem] = []
    try:
        rows = _plain_rows(connection, table) if encoding == "UTF-8" else None
    except (sqlite3.OperationalError, UnicodeDecodeError):
        rows = None
    if rows is None or not _have_types(rows, table):
        # SQLite is asked only here: it can say which cell it is, but reads the whole table for it.
        problems = list(_wrong_types(connection, encoding, path, table))
        if problems:
            return [], problems
    if rows is None:
        # Python does not say which cell holds text that is not UTF-8, and SQLite mends UTF-16 in silence.
        rows = []
        for stored in _stored_rows(connection, table):
            rows.append(_decoded(stored, encoding, path, table, problems))
    dates = [column for column in table.columns if column.is_date]
    if dates or _size(connection) > _MAX_TEXT:
        for row in rows:
            problems += _uncarriable(row, path, table)
    return rows, problems[:_MOST]


def _plain_rows(connection: sqlite3.Connection, table: Table) -> list[tuple[Any, ...]]:
    return _fetch(connection, table, ", ".join(table.names))


def _fetch(connection: sqlite3.Connection, table: Table, cells: str) -> list[tuple[Any, ...]]:
    """All rows. Raises sqlite3.DatabaseError where they say more than a file of this size can (SQL-24)."""
    found = connection.execute(f"SELECT {cells} FROM {table.name} NOT INDEXED")
    columns = connection.execute(f"PRAGMA table_xinfo({table.name})").fetchall()
    if all(default is None or len(default) <= _SHORT for _, _, _, _, default, *_ in columns):
        return found.fetchall()
    # Rows from before a column was added have its default, and take no room for it.
    left = 2 * _size(connection) + _MAX_TEXT
    rows: list[tuple[Any, ...]] = []
    while batch := found.fetchmany(_BATCH):
        left -= sum(len(cell) for row in batch for cell in row if isinstance(cell, str | bytes))
        if left < 0:
            raise sqlite3.DatabaseError(f"the rows of {table.name} say far more than the file can hold")
        rows += batch
    return rows


def _size(connection: sqlite3.Connection) -> int:
    """How many bytes the database has."""
    return math.prod(
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
    )


def _have_types(rows: list[tuple[Any, ...]], table: Table) -> bool:
    """Whether each cell is of a type that its column may hold."""
    return all(
        set(map(type, map(itemgetter(index), rows))) <= {_TYPES[kind] for kind in column.types}
        for index, column in enumerate(table.columns)
    )


def _wrong_types(connection: sqlite3.Connection, encoding: str, path: str, table: Table) -> Iterator[Problem]:
    tests = []
    for column in table.columns:
        kinds = ", ".join(f"'{kind}'" for kind in column.types)
        tests.append(f"typeof({column.name}) NOT IN ({kinds})")
    types = ", ".join(f"typeof({name})" for name in table.names)
    keys = ", ".join(f"CAST({column.name} AS BLOB)" for column in table.key)
    query = f"SELECT {types}, {keys} FROM {table.name} NOT INDEXED WHERE {' OR '.join(tests)} LIMIT {_MOST}"
    for found in connection.execute(query).fetchall():
        keys = found[len(table.columns) :]
        row = describe_row(table, [None if key is None else key.decode(encoding, "replace") for key in keys])
        for column, kind in zip(table.columns, found, strict=False):
            if kind not in column.types:
                yield _wrong_type(column, kind, Cell(path, table.name, row, column.name))


def _wrong_type(column: Column, kind: str, cell: Cell) -> Problem:
    wanted = " or ".join(name.upper() for name in column.types)
    what = "a NULL key" if kind == "null" and column.key else f"{kind.upper()} where {wanted} should be"
    return Problem("YS806", what, cell, f"set it to a value of type {wanted}")


def _stored_rows(connection: sqlite3.Connection, table: Table) -> list[tuple[Any, ...]]:
    cells = ", ".join(
        f"CASE typeof({name}) WHEN 'text' THEN CAST({name} AS BLOB) ELSE {name} END" for name in table.names
    )
    return _fetch(connection, table, cells)


def _decoded(
    stored: tuple[Any, ...], encoding: str, path: str, table: Table, problems: list[Problem]
) -> tuple[Any, ...]:
    row = tuple(value.decode(encoding, "replace") if isinstance(value, bytes) else value for value in stored)
    for column, value in zip(table.columns, stored, strict=True):
        try:
            _ = value.decode(encoding) if isinstance(value, bytes) else None
        except UnicodeDecodeError as error:
            message = f"text that is not {encoding}: {_bytes(error)} at byte {error.start}"
            cell = Cell(path, table.name, describe_row(table, _key(table, row)), column.name)
            problems.append(Problem("YS807", message, cell, "store the text anew as UTF-8"))
    return row


def _key(table: Table, row: tuple[Any, ...]) -> list[Any]:
    return [row[table.columns.index(column)] for column in table.key]


def _bytes(error: UnicodeDecodeError) -> str:
    return " ".join(f"0x{byte:02x}" for byte in error.object[error.start : error.end])


def _uncarriable(row: tuple[Any, ...], path: str, table: Table) -> Iterator[Problem]:
    """What SQLite can hold by a trick, but would not store again as it is; and texts beyond all measure."""
    for column, value in zip(table.columns, row, strict=True):
        if isinstance(value, str) and len(value) > _MAX_TEXT // 4 and len(value.encode()) > _MAX_TEXT:
            message, help = (
                f"a text of {len(value.encode())} bytes, more than the 16 MiB of a file",
                "shorten it",
            )
        elif not column.is_date or value is None:
            continue
        elif isinstance(value, str) and becomes_number(value):
            message, help = "a text that SQLite turns into a number when it is stored", "store it as a number"
        elif isinstance(value, float) and becomes_integer(value):
            message, help = (
                "a REAL that SQLite turns into an INTEGER when it is stored",
                "store it as an integer",
            )
        else:
            continue
        cell = Cell(path, table.name, describe_row(table, _key(table, row)), column.name)
        yield Problem("YS808", message, cell, help)


def describe_row(table: Table, keys: Any) -> str:
    """A row as its primary key tells it: `id "step-1"`."""
    return ", ".join(f"{column.name} {_show(value)}" for column, value in zip(table.key, keys, strict=True))


def _show(value: Any) -> str:
    if value is None:
        return "NULL"
    text = str(value)
    return quoted(text if len(text) <= 60 else f"{text[:57]}...")

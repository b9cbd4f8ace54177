"""What a file's tables must look like, held against its schema by structure and not by text (SQL-30)."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

from attrs import define, field, frozen

from yamlsync import __version__
from yamlsync.database.connection import limit
from yamlsync.database.entries import Entry, read_entries, refusals
from yamlsync.database.indexes import Index, indexes_of, quote
from yamlsync.database.schema import (
    APPLICATION_ID,
    ARTIFACT,
    NEWEST,
    STATEMENTS,
    TABLES,
    Column,
    Table,
    affinity_of,
    fold,
    tables_of,
)
from yamlsync.errors import OperationError
from yamlsync.problems import Cell, Problem

_KNOWN = {table.name: table for table in TABLES}
_PASSIVE = frozenset({"NO ACTION", "RESTRICT"})
_LOSSY = "--lossy leaves it behind"
_WHOLE = "take a whole copy of the file"
_REMOVE = "drop it from a copy of the database: the format has no place for it"


@define
class Structure:
    """What was found: problems, and the unknown tables and columns that were left behind knowingly.

    `entries` are all that the schema has, `indexes` those of each known table.
    """

    path: str
    lossy: bool
    schema: int = 1
    problems: list[Problem] = field(factory=list)
    left_behind: list[str] = field(factory=list)
    entries: list[Entry] = field(factory=list)
    indexes: dict[str, list[Index]] = field(factory=dict)

    def refuse(self, message: str, help: str, table: str | None = None, column: str | None = None) -> None:
        """Records something that the seed does not allow."""
        code = "YS801" if table is None else "YS802"
        self.problems.append(Problem(code, message, Cell(self.path, table, None, column), help))

    def leave(self, what: str, table: str | None = None, column: str | None = None) -> None:
        """Records content that the format has no place for."""
        if self.lossy:
            self.left_behind.append(what)
        else:
            self.problems.append(
                Problem(
                    "YS801",
                    f"{what} is not known, and would be lost",
                    Cell(self.path, table, None, column),
                    _LOSSY,
                )
            )


def check_structure(connection: sqlite3.Connection, path: str, *, lossy: bool) -> Structure:
    """Holds `sqlite_schema` against a schema. Raises OperationError where there is no workshop at all."""
    found = Structure(path, lossy)
    stamp = stamp_of(connection)
    if stamp.is_ours and stamp.user_version > NEWEST:
        found.problems.append(_newer(path, stamp.user_version))
        return found
    found.entries = entries = read_entries(connection)
    refused = set()
    for entry, message, help in refusals(entries):
        refused.add(entry)
        found.refuse(message, help)
    tables: dict[str, str] = {}
    made: dict[str, str] = {}
    for entry in entries:
        if entry.kind != "table" or entry in refused:
            continue
        name = fold(entry.name)
        indexes = _allowed_indexes(connection, entry, found)
        made |= {index.name: entry.name for index in indexes if not index.is_table}
        if name in _KNOWN or _is_artifact(connection, entry.name):
            tables[name] = entry.sql or ""
            found.indexes[name] = indexes
        elif not entry.is_own:
            found.leave(f"the table {entry.name}")
            _refuse_generated_columns(connection, entry, found)
    if not tables and not any(fold(entry.name) in _KNOWN for entry in refused):
        raise OperationError(
            f"{path} is no workshop database: it has none of the tables", "name a workshop database"
        )
    if not refused:
        _check_index_entries(entries, made, found)
    found.schema = 2 if ARTIFACT.name in tables or (stamp.is_ours and stamp.user_version == 2) else 1
    for table in tables_of(found.schema):
        if table.name in tables:
            _check_columns(connection, table, found)
            _check_references(connection, table, found)
            _check_collations(connection, tables[table.name], table, found)
        elif not any(fold(entry.name) == table.name for entry in refused):
            found.refuse(f"the table {table.name} is missing", "add it, as the schema has it", table.name)
    return found


def _allowed_indexes(connection: sqlite3.Connection, entry: Entry, found: Structure) -> list[Index]:
    """The indexes of a table; those are refused that compute what checking the file would run, too."""
    indexes = list(indexes_of(connection, entry.name))
    for index in indexes:
        if index.is_partial:
            found.refuse(f"an index with a condition, {index.name}, is not allowed", _REMOVE)
        elif index.computes:
            found.refuse(f"an index with an expression, {index.name}, is not allowed", _REMOVE)
    return indexes


def _refuse_generated_columns(connection: sqlite3.Connection, entry: Entry, found: Structure) -> None:
    """Refuses what checking the file would run, though it is left behind."""
    for _, name, *_, hidden in connection.execute(f"PRAGMA table_xinfo({quote(entry.name)})").fetchall():
        if hidden:
            found.refuse(f"a generated column, {entry.name}.{name}, is not allowed", _REMOVE)


def _check_index_entries(entries: list[Entry], made: dict[str, str], found: Structure) -> None:
    """Each index that is written down has to be one that SQLite sees, and the other way round."""
    written = {entry.name: entry for entry in entries if entry.kind == "index"}
    for name, entry in written.items():
        if made.get(name) != entry.table:
            found.refuse(f"the index {name} is none of the table {entry.table}", _REMOVE)
    for name, table in made.items():
        if name not in written:
            found.refuse(f"the index {name} of the table {table} is not in the schema", _WHOLE)


@frozen
class Stamp:
    """The two numbers in the head of a file."""

    application_id: int
    user_version: int

    @property
    def is_ours(self) -> bool:
        """Whether the file is marked as one of yamlsync's; then its version is the number of a schema."""
        return self.application_id == APPLICATION_ID


def stamp_of(connection: sqlite3.Connection) -> Stamp:
    """The numbers of a file."""
    return Stamp(
        *(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    )


def _newer(path: str, schema: int) -> Problem:
    message = f"the database has schema {schema}, and yamlsync {__version__} reads up to schema {NEWEST}"
    return Problem("YS811", message, Cell(path), f"install a newer yamlsync, one that reads schema {schema}")


def _is_artifact(connection: sqlite3.Connection, name: str) -> bool:
    """Whether a table is ours by its name and columns; others may have one of that name for their own."""
    return fold(name) == ARTIFACT.name and _column_names(connection, ARTIFACT) == set(ARTIFACT.names)


def _check_columns(connection: sqlite3.Connection, table: Table, found: Structure) -> None:
    known = {column.name: column for column in table.columns}
    for _, name, declared, not_null, _, key, hidden in connection.execute(
        f"PRAGMA table_xinfo({table.name})"
    ).fetchall():
        column = known.pop(fold(name), None)
        if hidden:
            found.refuse(f"a generated column, {name}, is not allowed", _REMOVE, table.name, name)
        elif column is None:
            found.leave(f"the column {table.name}.{name}", table.name, name)
            if key:
                found.refuse(f"{name} is part of the primary key", _as_in_seed(table), table.name, name)
        else:
            _check_column(column, table, affinity_of(declared), bool(not_null), key, found)
    for name in known:
        found.refuse("the column is missing", "add it, as the schema has it", table.name, name)


def _check_column(
    column: Column, table: Table, affinity: str, not_null: bool, key: int, found: Structure
) -> None:
    if affinity != column.affinity:
        message = f"the column has affinity {affinity}, not {column.affinity}"
        found.refuse(message, _as_in_seed(table), table.name, column.name)
    if key != column.key:
        message = "the column is not where it should be in the primary key"
        found.refuse(message, _as_in_seed(table), table.name, column.name)
    # A key column may be NOT NULL where the seed forgot to say so: no row can tell the difference.
    wants_not_null = not column.nullable and not (column.key and len(table.key) == 1)
    if not_null != wants_not_null and not (not_null and column.key):
        message = "the column is NOT NULL" if not_null else "the column is not NOT NULL"
        found.refuse(message, _as_in_seed(table), table.name, column.name)


def _check_references(connection: sqlite3.Connection, table: Table, found: Structure) -> None:
    names = set(table.names)
    wanted = {(column.name, column.references, "id") for column in table.columns if column.references}
    rows = connection.execute(f"PRAGMA foreign_key_list({table.name})").fetchall()
    # Without a column named, a reference means the primary key, which is `id` in both tables.
    # A reference of several columns holds as soon as one of them is NULL: it keeps nothing.
    parts = Counter(row[0] for row in rows)
    actual = {
        (fold(row[3]), fold(row[2]), fold(row[4] or "id"))
        for row in rows
        if fold(row[3]) in names and parts[row[0]] == 1
    }
    acting = {
        fold(row[3])
        for row in rows
        if fold(row[3]) in names and parts[row[0]] > 1 and not _PASSIVE.issuperset(row[5:7])
    }
    for name in sorted(acting):
        message = "the column is part of a reference of several, which changes the row together with another"
        found.refuse(message, _as_in_seed(table), table.name, name)
    for name, target, to in sorted(wanted - actual):
        found.refuse(f"the column does not reference {target}({to})", _as_in_seed(table), table.name, name)
    for name, target, to in sorted(actual - wanted):
        found.refuse(f"the column references {target}({to})", _as_in_seed(table), table.name, name)


def _check_collations(connection: sqlite3.Connection, sql: str, table: Table, found: Structure) -> None:
    """Columns, and the indexes of them, compare byte by byte: else equal values are not the same."""
    others = {} if sql == STATEMENTS[table.name] else _collations(connection, sql, table, found)
    for name, collation in others.items():
        message = f"the column has collation {collation}, not BINARY"
        found.refuse(message, _as_in_seed(table), table.name, name)
    for index in found.indexes[table.name]:
        for column, collation in index.columns:
            if fold(collation) == "binary" or fold(column) in others:
                continue
            message = f"the index {index.name} compares by the collation {collation}, not BINARY"
            if index.is_made:
                found.refuse(message, _REMOVE)
                break
            found.refuse(message, _as_in_seed(table), table.name, fold(column))


def _collations(connection: sqlite3.Connection, sql: str, table: Table, found: Structure) -> dict[str, str]:
    """The collations other than BINARY, by column.

    SQLite tells a column's collation only through an index on it: one is made on an empty copy.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as scratch:
        limit(scratch, len(sql))
        try:
            scratch.execute(sql)
            scratch.execute(f"CREATE INDEX probe ON {table.name} ({', '.join(table.names)})")
            rows = scratch.execute("PRAGMA index_xinfo(probe)").fetchall()
        # Python has other errors, by its version, for several statements and for a NUL.
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            if set(table.names) <= _column_names(connection, table):
                found.refuse(f"its columns cannot be compared: {error}", _as_in_seed(table), table.name)
            return {}  # A column is missing, which another check reports.
    return {
        fold(name): collation for _, _, name, _, collation, key in rows if key and fold(collation) != "binary"
    }


def _column_names(connection: sqlite3.Connection, table: Table) -> set[str]:
    return {fold(row[1]) for row in connection.execute(f"PRAGMA table_xinfo({table.name})").fetchall()}


def _as_in_seed(table: Table) -> str:
    return f"create {table.name} as the schema has it"

"""What a file's tables must look like, held against its schema by structure and not by text (SQL-30)."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

from attrs import define, field, frozen

from yamlsync import __version__
from yamlsync.database.schema import (
    APPLICATION_ID,
    ARTIFACT,
    NEWEST,
    TABLES,
    Column,
    Table,
    affinity_of,
    tables_of,
)
from yamlsync.errors import OperationError
from yamlsync.problems import Cell, Problem

_KNOWN = {table.name: table for table in TABLES}
_EXPRESSION = -2
_NO_CONTENT = {"sqlite_sequence", *(f"sqlite_stat{number}" for number in range(1, 5))}
_MOST_ENTRIES = 5_000
_LONGEST_NAME = 1_000
_LOSSY = "--lossy leaves it behind"
_REMOVE = "drop it from a copy of the database: the format has no place for it"


@define
class Structure:
    """What was found: problems, and the unknown tables and columns that were left behind knowingly."""

    path: str
    lossy: bool
    schema: int = 1
    problems: list[Problem] = field(factory=list)
    left_behind: list[str] = field(factory=list)

    def refuse(self, message: str, help: str, table: str | None = None, column: str | None = None) -> None:
        """Records something that the seed does not allow."""
        code = "YS801" if table is None else "YS802"
        self.problems.append(Problem(code, message, Cell(self.path, table, None, column), help))

    def refuse_partial_indexes(self, connection: sqlite3.Connection, table: str) -> None:
        """Refuses indexes with a condition, which checking the file would run, too."""
        for _, name, _, _, partial in connection.execute(f"PRAGMA index_list({_quoted(table)})").fetchall():
            if partial:
                self.refuse(f"an index with a condition, {name}, is not allowed", _REMOVE)

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


def _entries(connection: sqlite3.Connection) -> Iterator[tuple[str, str, int, str]]:
    """The schema, one entry after the other, as long as it is one that a person could have made."""
    sql = "CASE type WHEN 'table' THEN sql WHEN 'index' THEN substr(sql, 1, 6) END"
    query = (
        f"SELECT type, substr(name, 1, {_LONGEST_NAME + 1}), rootpage, coalesce({sql}, '') FROM sqlite_master"
    )
    for number, entry in enumerate(connection.execute(f"{query} ORDER BY rowid")):
        if number == _MOST_ENTRIES:
            raise sqlite3.DatabaseError(f"its schema has more than {_MOST_ENTRIES} entries")
        kind, name, _, text = entry
        if not all(isinstance(value, str) for value in (kind, name, text)):
            raise sqlite3.DatabaseError("its schema is not text")
        if len(name) > _LONGEST_NAME:
            raise sqlite3.DatabaseError(f"its schema has a name of more than {_LONGEST_NAME} characters")
        yield entry


def check_structure(connection: sqlite3.Connection, path: str, *, lossy: bool) -> Structure:
    """Holds `sqlite_schema` against a schema. Raises OperationError where there is no workshop at all."""
    found = Structure(path, lossy)
    stamp = stamp_of(connection)
    if stamp.is_ours and stamp.user_version > NEWEST:
        found.problems.append(_newer(path, stamp.user_version))
        return found
    tables: dict[str, str] = {}
    for kind, name, root, sql in _entries(connection):
        if kind in ("view", "trigger"):
            found.refuse(f"a {kind}, {name}, is not allowed", _REMOVE)
        elif kind == "index" and sql and _computes(connection, name):
            found.refuse(f"an index with an expression, {name}, is not allowed", _REMOVE)
        elif kind == "table" and not root:
            found.refuse(f"a virtual table, {name}, is not allowed", _REMOVE)
        elif kind == "table" and (name.lower() in _KNOWN or _is_artifact(connection, name)):
            tables[name.lower()] = sql
            found.refuse_partial_indexes(connection, name)
        elif kind == "table" and name not in _NO_CONTENT:
            found.leave(f"the table {name}")
            found.refuse_partial_indexes(connection, name)
    if not tables:
        raise OperationError(
            f"{path} is no workshop database: it has none of the tables", "name a workshop database"
        )
    found.schema = 2 if ARTIFACT.name in tables or (stamp.is_ours and stamp.user_version == 2) else 1
    for table in tables_of(found.schema):
        if table.name not in tables:
            found.refuse(f"the table {table.name} is missing", "add it, as the schema has it", table.name)
        else:
            _check_columns(connection, table, found)
            _check_references(connection, table, found)
            _check_collations(connection, tables[table.name], table, found)
    return found


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
    help = "install a newer yamlsync, one that reads it: pip install --upgrade yamlsync"
    return Problem("YS811", message, Cell(path), help)


def _is_artifact(connection: sqlite3.Connection, name: str) -> bool:
    """Whether a table is ours by its name and columns; others may have one of that name for their own."""
    return name.lower() == ARTIFACT.name and _column_names(connection, ARTIFACT) == set(ARTIFACT.names)


def _computes(connection: sqlite3.Connection, name: str) -> bool:
    """Whether an index computes something: then checking the file would run it, however long it takes."""
    columns = connection.execute(f"PRAGMA index_xinfo({_quoted(name)})").fetchall()
    return any(column == _EXPRESSION for _, column, *_ in columns)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _check_columns(connection: sqlite3.Connection, table: Table, found: Structure) -> None:
    known = {column.name: column for column in table.columns}
    for _, name, declared, not_null, _, key, hidden in connection.execute(
        f"PRAGMA table_xinfo({table.name})"
    ).fetchall():
        column = known.pop(name.lower(), None)
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
    names = {name.lower() for name in table.names}
    wanted = {(column.name, column.references, "id") for column in table.columns if column.references}
    rows = connection.execute(f"PRAGMA foreign_key_list({table.name})").fetchall()
    # Without a column named, a reference means the primary key, which is `id` in both tables.
    # A reference of several columns holds as soon as one of them is NULL: it keeps nothing.
    parts = Counter(row[0] for row in rows)
    actual = {
        (row[3].lower(), row[2].lower(), (row[4] or "id").lower())
        for row in rows
        if row[3].lower() in names and parts[row[0]] == 1
    }
    for name, target, to in sorted(wanted - actual):
        found.refuse(f"the column does not reference {target}({to})", _as_in_seed(table), table.name, name)
    for name, target, to in sorted(actual - wanted):
        found.refuse(f"the column references {target}({to})", _as_in_seed(table), table.name, name)


def _check_collations(connection: sqlite3.Connection, sql: str, table: Table, found: Structure) -> None:
    """SQLite tells a column's collation only through an index on it: one is made on an empty copy."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as scratch:
        scratch.execute("PRAGMA trusted_schema=OFF")
        try:
            scratch.execute(sql)
            scratch.execute(f"CREATE INDEX probe ON {table.name} ({', '.join(table.names)})")
            rows = scratch.execute("PRAGMA index_xinfo(probe)").fetchall()
        except sqlite3.Error as error:
            if {name.lower() for name in table.names} <= _column_names(connection, table):
                found.refuse(f"its columns cannot be compared: {error}", _as_in_seed(table), table.name)
            return  # A column is missing, which another check reports.
    for _, _, name, _, collation, is_key in rows:
        if is_key and collation.upper() != "BINARY":
            message = f"the column has collation {collation}, not BINARY"
            found.refuse(message, _as_in_seed(table), table.name, name)


def _column_names(connection: sqlite3.Connection, table: Table) -> set[str]:
    return {row[1].lower() for row in connection.execute(f"PRAGMA table_xinfo({table.name})").fetchall()}


def _as_in_seed(table: Table) -> str:
    return f"create {table.name} as the schema has it"

"""A database file → contents: everything that is checked before a row is believed (SQL-20 to SQL-49)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from operator import itemgetter

from attrs import frozen

from yamlsync.artifact import Artifact, artifact_of
from yamlsync.converters import OrphanError, Rows, rows_to_contents
from yamlsync.database.cells import describe_row, read_rows
from yamlsync.database.connection import open_untrusted
from yamlsync.database.indexes import differs
from yamlsync.database.schema import ARTIFACT, Table, tables_of
from yamlsync.database.spelling import other_spelling
from yamlsync.database.structure import Structure, check_structure
from yamlsync.errors import OperationError
from yamlsync.problems import Cell, Problem, in_order
from yamlsync.records import Contents

_OF_A_VALUE = re.compile(r"(?:NULL|TEXT|NUMERIC|non-[A-Z]+) value in ")


@frozen
class DatabaseReading:
    """What a database says, or its problems; and what was left behind of it knowingly.

    `artifact` is what it says of itself, None in schema 1. `other_spelling` tells where it is not
    spelled as a built one, though it has the same structure.
    """

    contents: Contents | None
    problems: tuple[Problem, ...]
    left_behind: tuple[str, ...] = ()
    schema: int = 1
    artifact: Artifact | None = None
    other_spelling: tuple[str, ...] = ()


@frozen
class RowsReading:
    """The rows of a database, each cell of the right type, or its problems; the rest as above."""

    rows: Rows | None
    problems: tuple[Problem, ...]
    left_behind: tuple[str, ...] = ()
    schema: int = 1
    other_spelling: tuple[str, ...] = ()

    @property
    def artifact(self) -> Artifact | None:
        """What the database says of itself."""
        rows = None if self.rows is None else self.rows.get(ARTIFACT.name)
        return None if rows is None else artifact_of(rows)


def read_database(path: str, *, lossy: bool = False) -> DatabaseReading:
    """Reads a database that nobody vouches for.

    Raises OperationError where it cannot be tried: no such file, no database, no workshop's tables,
    changes beside it that the file itself does not have.
    """
    reading = read_database_rows(path, lossy=lossy)
    if reading.rows is None:
        return DatabaseReading(None, reading.problems, schema=reading.schema)
    try:
        contents = rows_to_contents(reading.rows)
    except OrphanError as error:
        # Only a schema that lies can bring this about: its references were found to hold.
        return DatabaseReading(None, (_orphan(path, str(error)),), schema=reading.schema)
    return DatabaseReading(
        contents, (), reading.left_behind, reading.schema, reading.artifact, reading.other_spelling
    )


def read_database_rows(path: str, *, lossy: bool = False) -> RowsReading:
    """Reads the rows of a database that nobody vouches for, as `read_database` does."""
    try:
        with open_untrusted(path) as connection:
            return _read(connection, path, lossy)
    except sqlite3.OperationalError as error:
        if "unable to open" in str(error):
            raise OperationError(f"{path} cannot be opened: {error}") from error
        return _damaged(path, error)
    except (sqlite3.Error, UnicodeError, MemoryError, OverflowError) as error:
        return _damaged(path, error)


_TOO_MUCH = "it is more than the limits allow with which unknown files are read"


def _damaged(path: str, error: Exception) -> RowsReading:
    said = "it takes more work than a whole file of this size can need"
    if "interrupt" not in str(error):
        said = str(error) or _TOO_MUCH
    help = "take a whole copy of the file: this one was damaged, or made to do harm"
    return RowsReading(None, (Problem("YS804", f"the database cannot be read: {said}", Cell(path), help),))


def _read(connection: sqlite3.Connection, path: str, lossy: bool) -> RowsReading:
    structure = check_structure(connection, path, lossy=lossy)
    if structure.problems:
        return RowsReading(None, in_order(structure.problems), schema=structure.schema)
    damage, complaints = _integrity(connection)
    if damage:
        problems = [_damage(path, line) for line in damage]
        return RowsReading(None, in_order(problems), schema=structure.schema)
    problems = []
    rows: Rows = {}
    tables = tables_of(structure.schema)
    for table in tables:
        rows[table.name], wrong = read_rows(connection, path, table)
        problems += wrong
    lost = [table.name for table in tables if _refers_to_nothing(table, rows)]
    if problems or lost:
        # SQLite is asked only here: it can say which row it is, but looks each of them up for it.
        problems += [problem for table in tables for problem in _references(connection, path, table)]
    if lost and not problems:
        problems.append(_orphan(path, lost[0]))
    if not problems and not rows["workshop"]:
        help = "add a row, or export another database"
        problems.append(Problem("YS809", "there is no workshop in it", Cell(path, "workshop"), help))
    # What SQLite says of single values has been said by cell; what no cell tells is damage all the same.
    problems = problems or [_damage(path, line) for line in complaints]
    problems = problems or list(_wrong_indexes(connection, path, structure, rows))
    if problems:
        return RowsReading(None, in_order(problems), schema=structure.schema)
    return RowsReading(
        rows,
        (),
        tuple(structure.left_behind),
        structure.schema,
        tuple(other_spelling(connection, structure.schema, structure.entries)),
    )


def _refers_to_nothing(table: Table, rows: Rows) -> bool:
    """Whether a row of a table names one that is not there."""
    for index, column in enumerate(table.columns):
        if column.references is not None:
            named = set(map(itemgetter(index), rows[table.name]))
            # Both tables that are referred to have `id` first, and NULL names nothing.
            if not named <= {None, *map(itemgetter(0), rows[column.references])}:
                return True
    return False


def _orphan(path: str, table: str) -> Problem:
    """What only a schema that lies can bring about: SQLite found that all references hold."""
    return Problem("YS805", "a row refers to nothing", Cell(path, table), "take a whole copy of the file")


def _damage(path: str, line: str) -> Problem:
    return Problem("YS804", f"damaged: {line}", Cell(path), "take a whole copy of the file")


def _integrity(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """What SQLite says of the file's structure, and what it says of single values."""
    damage: list[str] = []
    complaints: list[str] = []
    for (said,) in connection.execute("PRAGMA integrity_check(100)").fetchall():
        for line in said.splitlines():
            if line != "ok" and not line.startswith("*** in database"):
                (complaints if _OF_A_VALUE.match(line) else damage).append(line)
    return damage, complaints


def _wrong_indexes(
    connection: sqlite3.Connection, path: str, structure: Structure, rows: Rows
) -> Iterator[Problem]:
    """Indexes by which a program would find other rows than were read here."""
    for table in tables_of(structure.schema):
        for index in structure.indexes[table.name]:
            if not index.is_table and differs(connection, table, index, len(rows[table.name])):
                yield _damage(path, f"the index {index.name} says something else than {table.name}")


def _references(connection: sqlite3.Connection, path: str, table: Table) -> Iterator[Problem]:
    columns = {
        row[0]: row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table.name})").fetchall()
    }
    known = {name.lower() for name in table.names}
    keys = ", ".join(column.name for column in table.key)
    for _, rowid, target, number in connection.execute(f"PRAGMA foreign_key_check({table.name})").fetchall()[
        :100
    ]:
        column = columns.get(number, "")
        if column.lower() not in known:
            continue  # A reference of an unknown column, which is left behind.
        row = None
        if rowid is not None:
            # A column that is left behind may be named rowid, and hide it.
            query = f"SELECT {keys} FROM {table.name} NOT INDEXED WHERE _rowid_ = ?"
            found = connection.execute(query, (rowid,)).fetchone()
            row = describe_row(table, found) if found else None
        help = f"name a row of {target}, or NULL where the column allows it"
        yield Problem("YS805", f"names no row of {target}", Cell(path, table.name, row, column.lower()), help)

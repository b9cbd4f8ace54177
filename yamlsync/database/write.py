"""Rows → a database file, the same bytes each time with the same SQLite library (SQL-50)."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from yamlsync.converters import Rows
from yamlsync.database.schema import APPLICATION_ID, NEWEST, SCHEMAS, tables_of
from yamlsync.errors import OperationError


def write_database(path: str, rows: Rows, schema: int = NEWEST) -> None:
    """Builds a database at `path`, where no file may be. Not durable: the caller syncs it.

    `rows` are those of the tables of the schema; a table without any may be left out.

    Raises OperationError where the disk does not take it.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in (
                "page_size=4096",
                "encoding='UTF-8'",
                "auto_vacuum=NONE",
                "secure_delete=ON",
                # The file is nobody's before it is whole, so a journal would protect nothing.
                "journal_mode=OFF",
                "synchronous=OFF",
                "foreign_keys=OFF",
            ):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={schema}")
            for statement in filter(str.strip, SCHEMAS[schema].split(";\n")):
                connection.execute(statement)
            for table in tables_of(schema):
                marks = ", ".join("?" * len(table.columns))
                connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows.get(table.name, ()))
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise OperationError(
            f"the database cannot be written: {error}", "see to free space and permissions"
        ) from error

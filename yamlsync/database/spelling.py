"""Whether a file is spelled as a built one: the text of its SQL, and the numbers in its head (SQL-39)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from yamlsync.database.entries import Entry
from yamlsync.database.schema import APPLICATION_ID, STATEMENTS, tables_of
from yamlsync.database.structure import stamp_of


def other_spelling(connection: sqlite3.Connection, schema: int, entries: list[Entry]) -> Iterator[str]:
    """Where a file with the structure of a schema is not spelled as a built one, in words."""
    stamp = stamp_of(connection)
    if stamp.application_id != APPLICATION_ID:
        yield f"the application_id is {stamp.application_id}, not {APPLICATION_ID}"
    if stamp.user_version != schema:
        yield f"the user_version is {stamp.user_version}, not {schema}"
    built = {table.name: STATEMENTS[table.name] for table in tables_of(schema)}
    for entry in entries:
        if entry.name in built and entry.kind == "table":
            if entry.sql != built[entry.name]:
                yield f"the SQL of the table {entry.name} is spelled in another way"
        elif not entry.is_own and not (entry.kind == "index" and entry.sql is None):
            yield f"the {entry.kind} {entry.name} is not part of the schema"

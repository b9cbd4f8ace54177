"""Whether a file is spelled as a built one: the text of its SQL, and the numbers in its head (SQL-39)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from yamlsync.database.schema import APPLICATION_ID, SCHEMAS
from yamlsync.database.structure import stamp_of


def other_spelling(connection: sqlite3.Connection, schema: int) -> Iterator[str]:
    """Where a file with the structure of a schema is not spelled as a built one, in words."""
    stamp = stamp_of(connection)
    if stamp.application_id != APPLICATION_ID:
        yield f"the application_id is {stamp.application_id}, not {APPLICATION_ID}"
    if stamp.user_version != schema:
        yield f"the user_version is {stamp.user_version}, not {schema}"
    built = dict(_statements(schema))
    query = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    found = {name: (kind, sql) for kind, name, sql in connection.execute(query).fetchall()}
    for name, (kind, sql) in found.items():
        if name not in built:
            yield f"the {kind} {name} is not part of the schema"
        elif sql != built[name]:
            yield f"the SQL of the table {name} is spelled in another way"


def _statements(schema: int) -> Iterator[tuple[str, str]]:
    """Each table of a schema with its SQL, as SQLite keeps it."""
    for statement in filter(str.strip, SCHEMAS[schema].split(";\n")):
        yield statement.split(maxsplit=3)[2], statement

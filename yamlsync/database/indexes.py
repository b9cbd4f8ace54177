"""The indexes of a table: made of its columns as they are, and saying what it says (SQL-37, SQL-38)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from attrs import frozen

from yamlsync.database.schema import Table, fold

_EXPRESSION = -2
_ROW_ID = -1


@frozen
class Index:
    """An index as SQLite understands it; `columns` are the name and the collation of each part of its key.

    `is_table` tells that it is the primary key of a table without row ids, and so the table itself.
    """

    name: str
    is_made: bool
    is_partial: bool
    computes: bool
    is_table: bool
    has_row_ids: bool
    columns: tuple[tuple[str, str], ...]


def indexes_of(connection: sqlite3.Connection, table: str) -> Iterator[Index]:
    """All indexes of a table, those of its constraints too."""
    for _, name, _, origin, partial in connection.execute(f"PRAGMA index_list({quote(table)})").fetchall():
        parts = connection.execute(f"PRAGMA index_xinfo({quote(name)})").fetchall()
        numbers = [number for _, number, *_ in parts]
        yield Index(
            name,
            is_made=origin == "c",
            is_partial=bool(partial),
            computes=_EXPRESSION in numbers,
            is_table=origin == "pk" and _ROW_ID not in numbers,
            has_row_ids=_ROW_ID in numbers,
            columns=tuple(
                (column, collation) for _, number, column, _, collation, key in parts if key and number >= 0
            ),
        )


def differs(connection: sqlite3.Connection, table: Table, index: Index, count: int) -> bool:
    """Whether an entry of an index leads to another row than it says, or says it in another way.

    `PRAGMA integrity_check` found an entry for each row. But it compares numbers by their value, and it may
    pass over what an entry has too much, while SQLite takes the number of the row from the end of it.
    """
    known = {column.name: column for column in table.columns}
    taken = {name for _, name, *_ in connection.execute(f"PRAGMA table_xinfo({table.name})").fetchall()}
    row_id = next((name for name in ("_rowid_", "rowid", "oid") if name not in map(fold, taken)), None)
    if index.has_row_ids and row_id is not None:
        terms = [f"b.{row_id} = a.{row_id}"]
    else:
        terms = [f"b.{column.name} = a.{column.name}" for column in table.key]
    for name, _ in index.columns:
        column = known.get(fold(name))
        if column is not None:
            terms.append(f"a.{column.name} IS b.{column.name}")
            if column.affinity != "TEXT":
                terms.append(f"typeof(a.{column.name}) = typeof(b.{column.name})")
    query = (
        f"SELECT count(*) FROM {table.name} AS a INDEXED BY {quote(index.name)} "
        f"CROSS JOIN {table.name} AS b NOT INDEXED WHERE {' AND '.join(terms)}"
    )
    return bool(connection.execute(query).fetchone()[0] != count)


def quote(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'

"""The rows of `sqlite_schema`, and whether each is one that SQLite itself writes (SQL-30, SQL-31)."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from yamlsync.database.schema import fold

_MOST = 5_000
_LONGEST_NAME = 1_000
_OWN = {
    "sqlite_sequence": "CREATE TABLE sqlite_sequence(name,seq)",
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat2": "CREATE TABLE sqlite_stat2(tbl,idx,sampleno,sample)",
    "sqlite_stat3": "CREATE TABLE sqlite_stat3(tbl,idx,neq,nlt,ndlt,sample)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""SQLite's own tables, as it makes them."""
_NAME = r"""(?P<name>"(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`|\[[^\]]*\]|[\w$\x80-\U0010ffff]+)"""
_COMMENT = r"--[^\n]*\n|/\*[^*]*(?:\*(?!/)[^*]*)*\*/"
_AS_WRITTEN = {
    "table": rf"CREATE TABLE {_NAME}(?:\s|{_COMMENT})*\(",
    "index": rf"CREATE (?:UNIQUE )?INDEX {_NAME}(?!\s*\.)",
}
"""SQLite keeps a statement from the name on, and puts these words before it."""
_REMOVE = "drop it from a copy of the database: the format has no place for it"
_NOT_WRITTEN = "ask for the file as it was built: SQLite itself would not write this into a schema"


@frozen
class Entry:
    """A row of `sqlite_schema`; `sql` is None where SQLite made an index for a constraint."""

    kind: str
    name: str
    table: str
    root: int
    sql: str | None

    @property
    def is_own(self) -> bool:
        """Whether it is a table that SQLite keeps for itself, which is no content."""
        return self.kind == "table" and self.name in _OWN


def read_entries(connection: sqlite3.Connection) -> list[Entry]:
    """The whole schema. Raises sqlite3.DatabaseError where it is none that a person could have made."""
    return list(_entries(connection))


def _entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    cut = f"substr({{}}, 1, {_LONGEST_NAME + 1})"
    # Of an index, only the name counts: all else is asked of SQLite.
    sql = f"CASE type WHEN 'table' THEN sql ELSE substr(sql, 1, {3 * _LONGEST_NAME}) END"
    columns = ", ".join([*map(cut.format, ("type", "name", "tbl_name")), "rootpage", sql])
    for number, entry in enumerate(connection.execute(f"SELECT {columns} FROM sqlite_master ORDER BY rowid")):
        if number == _MOST:
            raise sqlite3.DatabaseError(f"its schema has more than {_MOST} entries")
        kind, name, table, root, text = entry
        texts = (kind, name, table)
        if not all(isinstance(value, str) for value in texts) or not isinstance(text, str | None):
            raise sqlite3.DatabaseError("its schema is not text")
        if max(map(len, texts)) > _LONGEST_NAME:
            raise sqlite3.DatabaseError(f"its schema has a name of more than {_LONGEST_NAME} characters")
        if not isinstance(root, int | None):
            raise sqlite3.DatabaseError("its schema has a page number that is no number")
        yield Entry(kind, name, table, root or 0, text)


def refusals(entries: list[Entry]) -> Iterator[tuple[Entry, str, str]]:
    """What may not be there at all, and help, in words.

    SQLite takes the words of `type` in any case, or goes by `sql` alone, and passes over an entry whose
    name it has seen: so whoever takes another view of the schema than SQLite sees less than it has.
    """
    counts = Counter(fold(entry.name) for entry in entries)
    for entry in entries:
        kind, name = entry.kind, entry.name
        if kind in ("view", "trigger"):
            yield entry, f"a {kind}, {name}, is not allowed", _REMOVE
        elif kind not in ("table", "index"):
            yield entry, f"{name} is of the type {kind!r}, which is none", _NOT_WRITTEN
        elif kind == "table" and not entry.root:
            yield entry, f"a virtual table, {name}, is not allowed", _REMOVE
        elif counts[fold(name)] > 1:
            yield entry, f"the {kind} {name} has the name of another one", _NOT_WRITTEN
        elif fold(name).startswith("sqlite_"):
            if not _is_of_sqlite(entry):
                yield entry, f"the {kind} {name} has a name that SQLite keeps for itself", _NOT_WRITTEN
        elif not _is_as_written(entry):
            yield entry, f"the {kind} {name} has other SQL than SQLite writes for it", _NOT_WRITTEN
        elif kind == "table" and entry.table != name:
            yield entry, f"the table {name} says that it is one of {entry.table}", _NOT_WRITTEN


def _is_of_sqlite(entry: Entry) -> bool:
    if entry.kind == "table":
        return entry.sql is not None and entry.sql == _OWN.get(entry.name) and entry.table == entry.name
    return entry.sql is None and entry.name.startswith("sqlite_autoindex_")


def _is_as_written(entry: Entry) -> bool:
    sql, name = entry.sql or "", entry.name
    if "\0" in sql:
        return False
    if name.isascii() and name.isidentifier() and sql.startswith(f"CREATE TABLE {name} ("):
        # The usual form. The expressions, which tell all forms, take 7 ms to be compiled.
        return entry.kind == "table"
    found = re.match(_AS_WRITTEN[entry.kind], sql)
    return found is not None and _named(found["name"]) == name


def _named(token: str) -> str:
    """The name that a token of SQL means."""
    quote = token[0]
    if quote == "[":
        return token[1:-1]
    return token[1:-1].replace(quote * 2, quote) if quote in "\"'`" else token

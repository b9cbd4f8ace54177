"""The database has something that the format has no place for.

A table or a column that is not known would be lost on the way to YAML and back, so it is refused.
`--lossy` leaves it behind knowingly, and names it. Views, triggers, virtual tables, indexes on
expressions and indexes with a `WHERE` are refused always: SQLite would run what they say while the
file is read, and the file may come from anywhere. So are indexes with a collation of their own,
generated columns of unknown tables, and entries of the schema that SQLite itself does not write:
with them, a file shows one reader this and another one that.

Drop what is named from a copy of the database, and export the copy; or run `export --lossy` for
tables and columns that may be left behind.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS801"
SEVERITY = "error"
check = told_by_the_reader

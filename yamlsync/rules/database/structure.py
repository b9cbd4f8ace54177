"""A table is not built as the schema has it.

The six tables are held against the schema: each table and column has to be there, each column with
its affinity, its place in the primary key, `NOT NULL` or not, its references, and the collation
BINARY. Generated columns are refused, and so is an unknown column in a primary key, even with
`--lossy`. On a table that is built otherwise, equal values may not be equal, and a value may be
stored as something else than was written. The wording of the SQL, the order of columns, defaults
and other indexes are not asked.

Create the table as the schema has it and copy the rows into it.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS802"
SEVERITY = "error"
check = told_by_the_reader

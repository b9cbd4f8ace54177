"""A cell holds a value of another type than its column.

SQLite stores any type in any column: a BLOB where text belongs, a text as position. It even takes
NULL as the key of a row. The format has one type for each key and could not give such a value back
as it was.

Set the cell to a value of the type that the finding names. A text that was stored as BLOB becomes
one by `CAST(markdown AS TEXT)`.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS806"
SEVERITY = "error"
check = told_by_the_reader

"""The database does not say what another workshop says.

`yamlsync verify --against WORKSHOP` compares each record and each field of the definition;
students' progress is not asked. A finding names the cell of the database, and what became of the
value that WORKSHOP has.

`yamlsync status DB DIR` tells which of a database and a directory was changed, and by which commands
the two come together.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS815"
SEVERITY = "error"
check = told_by_the_reader

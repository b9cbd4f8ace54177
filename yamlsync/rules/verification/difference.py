"""The database does not say what another workshop says.

`yamlsync verify --against WORKSHOP` compares each record and each field of the definition;
students' progress is not asked. A finding names the cell of the database, and what became of the
value that WORKSHOP has.

Where the database is right, export it by `yamlsync export`. Where the other one is, build the
database anew by `yamlsync import`.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS815"
SEVERITY = "error"
check = told_by_the_reader

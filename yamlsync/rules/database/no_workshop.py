"""The database holds no workshop.

All tables are there, but the table `workshop` has no row, so there is nothing that could be
exported. Mostly another database was meant, or one that is still to be filled.

Add a row to `workshop`, or name another database.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS809"
SEVERITY = "error"
check = told_by_the_reader

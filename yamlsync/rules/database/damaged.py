"""The database is damaged, or takes too much work to read.

SQLite's own check of the file finds what should not be there, an index leads to other rows than its
table has, bytes stand behind the end of the database, or an error ends the reading. A file
that was copied while a program wrote it, or that was cut off on its way, looks like this. Reading
also ends where a file takes far more work than one of its size can need, or passes the limits that
are set for files that nobody vouches for, such as 5,000 tables and indexes: such a file was made to
do harm.

Take a whole copy of the file, by SQLite's `.backup` or `VACUUM INTO`, or from a backup. SQLite's
`.recover` may save the rows of a damaged one.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS804"
SEVERITY = "error"
check = told_by_the_reader

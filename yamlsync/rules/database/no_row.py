"""A row refers to a row that is not there.

A step names a workshop, and metadata, navigation and progress name steps, that the database does
not have. SQLite only enforces such references where a program asks for it, so they break in
silence: mostly a step was deleted and what hung on it was left.

Name a row that is there, delete the row that refers to nothing, or set the column to NULL where it
may be NULL. Should references that hold end in this all the same, the file was damaged or tampered
with: take a whole copy.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS805"
SEVERITY = "error"
check = told_by_the_reader

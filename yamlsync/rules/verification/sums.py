"""The bytes of the file are not those that a file of sums names.

`yamlsync verify --sums FILE` asks what `sha256sum -c FILE` does, of this database alone: FILE has
no line of it, or one with the hash of other bytes. Unlike the content digest, that hash changes
with every change of the file: `VACUUM` gives another one, and so does a student's progress. It is
for files as they were published.

Take the database and FILE again from where they are published. Do not set the line yourself: it would
make a yes of any file, and that of a stranger too. Who publishes the database has its line set by the
option `--sums` of `yamlsync import` and `yamlsync sign`, which build it.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS816"
SEVERITY = "error"
check = told_by_the_reader

"""The bytes of the file are not those that a file of sums names.

`yamlsync verify --sums FILE` asks what `sha256sum -c FILE` does, of this database alone: FILE has
no line of it, or one with the hash of other bytes. Unlike the content digest, that hash changes
with every change of the file: `VACUUM` gives another one, and so does a student's progress. It is
for files as they were published.

Take a whole copy of the file. Where the file was meant to change, have its line set anew: the
option `--sums` of `yamlsync import` and `yamlsync sign` does so.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS816"
SEVERITY = "error"
check = told_by_the_reader

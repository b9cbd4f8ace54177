"""Bytes are not UTF-8.

A file of a workshop is UTF-8, with or without a byte order mark in front. Bytes that are not valid
in it mean one text to one program and another to the next, so yamlsync does not guess. Mostly an
editor has saved the file in an older encoding (Latin-1, Windows-1252), or a character was cut in
two. A file in UTF-16, which some programs on Windows call "Unicode", is told as a whole; all others
byte by byte, up to 100 in a file.

Save the file as UTF-8: most editors have a choice of encodings where they save. Where a single byte
is wrong, delete what stands there and type it again.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS101"
SEVERITY = "error"
check = told_by_the_reader

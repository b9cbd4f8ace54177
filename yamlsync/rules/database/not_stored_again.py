"""A value would not be stored again as it is.

Columns of dates turn a text that looks like a number into a number, and a real that is whole into
an integer. A value that stands there as text or as real all the same got there by a trick, such as
a change of the schema, and a database built from YAML would have another. A text of over 16 MiB is
refused for another reason: no file may be as large.

Store the date as the number that it is, or as a text that is no number, such as
`2026-01-15T09:30:00Z`. Shorten the text.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS808"
SEVERITY = "error"
check = told_by_the_reader

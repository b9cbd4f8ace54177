"""A text is not valid in the encoding of the database.

SQLite stores as text whatever bytes it is given. These are not valid in UTF-8, or in UTF-16 where
the database says so: a program wrote a text in another encoding, or cut a character in two. No file
could carry them.

Store the text anew as UTF-8, with the character that was meant at the byte that the finding names.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS807"
SEVERITY = "error"
check = told_by_the_reader

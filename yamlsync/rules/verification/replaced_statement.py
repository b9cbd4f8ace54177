"""The signature is of another statement than this database makes.

What is signed is a short text that names the workshops, their versions, the content digest and the
commit. The text in this database names something else than the database holds; the finding says
which line. The content was changed after it was signed, or a signature was taken from another
database.

Ask whoever publishes the database for it as it was signed. Where the change was meant, they sign it anew.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS826"
SEVERITY = "error"
check = told_by_the_reader

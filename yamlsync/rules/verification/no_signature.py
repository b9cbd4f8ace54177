"""The signature is none, or does not fit what was signed.

What stands in the database as signature is no SSH signature, or it is one of another text than the
statement beside it: one of the two was changed or damaged. Nothing can be said of who signed.

Ask whoever publishes the database for it as it was signed. They sign it by `yamlsync sign DB --key KEY`.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS822"
SEVERITY = "error"
check = told_by_the_reader

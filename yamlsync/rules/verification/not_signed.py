"""The database is not signed.

`--allowed-signers` asks for a signature of somebody whom that file vouches for, and there is none.
Building a database never carries the signature of the old one over, and schema 1 has no room for
one.

Sign the database by `yamlsync sign DB --key KEY`, or ask those who published it for the signed one.
Without `--allowed-signers`, a missing signature is only noted.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS821"
SEVERITY = "error"
check = told_by_the_reader

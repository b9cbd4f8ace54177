"""The database is not signed.

`--allowed-signers` asks for a signature of somebody whom that file vouches for, and there is none.
Building a database never carries the signature of the old one over, and schema 1 has no room for
one.

Ask whoever publishes the database for the signed one: nobody can sign for them. They sign it by
`yamlsync sign DB --key KEY`; one of schema 1 they bring to schema 2 before, by `yamlsync migrate DB`.
Without `--allowed-signers`, a missing signature is only noted.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS821"
SEVERITY = "error"
check = told_by_the_reader

"""The signature was made for another purpose.

Each SSH signature names what it is for, its namespace, and that of a database is `yamlsync`. This
one has another: somebody signed a file, or a commit in Git, and the signature was put here. It
proves nothing of a workshop.

Have the database signed by `yamlsync sign DB --key KEY`, or by `ssh-keygen -Y sign -n yamlsync`.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS823"
SEVERITY = "error"
check = told_by_the_reader

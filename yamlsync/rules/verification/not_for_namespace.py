"""The allowed signers allow the key for other purposes only.

The line of the key has `namespaces`, and `yamlsync` is not among them: the key may sign commits,
say, but no workshops.

If it is meant to, add `yamlsync` to the namespaces in that line; or have the database signed by a
key that may.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS828"
SEVERITY = "error"
check = told_by_the_reader

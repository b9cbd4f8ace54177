"""The signature is not of the one who was asked for.

`--identity` names who should have signed. The key belongs to somebody else among the allowed
signers, or its certificate is for others.

Ask whether the right one has signed, or ask for another identity: `--identity` takes a name as it
stands at the beginning of a line of the allowed signers. Without it, a signature of any of them
will do.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS827"
SEVERITY = "error"
check = told_by_the_reader

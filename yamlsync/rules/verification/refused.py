"""The signature was refused by ssh-keygen for a reason of its own.

The finding quotes what it said. Mostly the key or its signature is of a kind that the installed
OpenSSH does not know or no longer takes, or a line of the allowed signers cannot be read.

Look at the line that the help names, try a newer OpenSSH, or have the database signed by a usual
key, such as `ssh-ed25519`.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS829"
SEVERITY = "error"
check = told_by_the_reader

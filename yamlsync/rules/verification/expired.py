"""The key of the signature is no longer valid, or not yet.

The line of the allowed signers, or the certificate of the key, says from when and until when the
key counts (`valid-after`, `valid-before`). It is held against the time of verifying: nobody knows
for sure when a signature was made, so a key that is no longer trusted makes none of its signatures
trusted.

Have the database signed by a key that is valid now. If the key is trusted again, change its line.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS825"
SEVERITY = "error"
check = told_by_the_reader

"""Nobody vouches for the key of the signature.

The signature fits, but its key is not among the allowed signers, and neither is the authority of
its certificate. So anybody may have made it. Lines of the allowed signers in which no key could be
read are named: the one that is missed may stand there.

Ask the signer for the fingerprint in another way than the one on which the file came, and compare
it with the one that the finding names. If it is theirs, add a line with their name and public key
to the allowed signers; `man ssh-keygen` describes the file under ALLOWED SIGNERS.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS824"
SEVERITY = "error"
check = told_by_the_reader

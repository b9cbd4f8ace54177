"""What the database says of itself is not in order.

The table `artifact` has a key that has no meaning here; a value that is not of its kind, such as a
digest that is none; a statement without its signature, or a signature without its statement; or
digests of single steps that contradict the content digest. Mostly a program has written into the
table that does not know what is in it, or the file was damaged in that place. A key without a
meaning may be one of a newer version.

Ask whoever publishes the database for it as it was built. Who has its YAML builds it anew by
`yamlsync import`.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS813"
SEVERITY = "error"
check = told_by_the_reader

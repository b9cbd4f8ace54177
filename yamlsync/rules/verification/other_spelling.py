"""A database of ours is not spelled as yamlsync builds it.

Its table `artifact` says that yamlsync built it. Then the text of its SQL is the one that `yamlsync
schema sql` prints, its two numbers are those of the schema, and there is nothing besides: no other
index, no other table. Here something is spelled in another way. The content may be right all the
same, but another program has had its hands in the file. Databases without that table say nothing of
the kind, and other spellings are only noted there.

Ask whoever publishes the database for it as it was built; or have it spelled anew, with all that it
says, by `yamlsync migrate DB`. `VACUUM` changes no spelling.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS812"
SEVERITY = "error"
check = told_by_the_reader

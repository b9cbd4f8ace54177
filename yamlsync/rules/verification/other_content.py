"""The content is not the one that the database was written with.

Each database of schema 2 carries the digest of its content. Computed anew, it is another one:
somebody changed a row, or the file was damaged in a way that SQLite does not see. Where the
database was built from YAML, it carries a digest of each part as well, and a finding names each
workshop and each step that is not as it was built. A digest does not tell which field it was:
`yamlsync verify --against DIR` does, where the directory is at hand. A database without a digest,
or with one that is none, cannot be told to be right either.

Where nobody meant to change it, ask whoever publishes the database for it as it was built. Where it was
meant, `yamlsync status DB DIR` tells how the change gets into the YAML; the database that is built from
there has the new digest, and its signature has to be made anew as well.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS814"
SEVERITY = "error"
check = told_by_the_reader

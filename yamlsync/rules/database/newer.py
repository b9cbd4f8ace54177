"""The database was made by a newer version of yamlsync.

Its number says that it has a schema which this version does not know, so nobody here can tell what its
tables mean, and nothing is read by guess. The message names both schemas.

Install a version that reads it. Or let the newer version write one that this one reads:
`yamlsync migrate --to 2`.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS811"
SEVERITY = "error"
check = told_by_the_reader

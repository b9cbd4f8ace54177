"""A key of metadata is too long for YAML.

Parsers of YAML read no key of more than 1,024 characters, so a key has at most 1,000 as it is
spelled, quotes and escapes included. A database may hold a longer one, but no file could carry it.

Shorten the key: what is long belongs in the value.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS810"
SEVERITY = "error"
check = told_by_the_reader

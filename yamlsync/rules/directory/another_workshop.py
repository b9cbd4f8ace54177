"""An export would replace a workshop by another one.

The directory holds workshops whose ids are all others than those of the database, and their files
would be overwritten or removed. Most likely the directory was named by mistake.

Name another directory. If the workshop that is there should really be replaced, or if it has got
another id, run the export with `--force`.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS132"
SEVERITY = "error"
check = told_by_the_reader

"""An export would overwrite or remove what nobody else holds.

A file that `export` would change or remove was edited since an export wrote it, or was never
written by one, and Git does not have it as it stands: what a person wrote into it would be gone. A
file that would be removed is named apart when it holds comments or cannot be read, for the comments
would go with it. As long as one such file is there, nothing of the directory is written.

Commit the files to Git as they stand, or move them away, and export again. To give up what was
written there, run the export with `--force`; with `--check` it tells what would change and changes
nothing.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS131"
SEVERITY = "error"
check = told_by_the_reader

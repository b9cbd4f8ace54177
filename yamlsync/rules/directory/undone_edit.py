"""An export would undo an edit of the YAML.

A file that `export` would change or remove has an edit that was made since the database and the YAML last
said the same: since the database was built from it, or exported into it. The database does not have that
edit, and after the export the directory would not show it any more. Git holds the file, so nothing
would be lost for good; but in a pipeline nobody would see that an author's commit was undone.

Run `yamlsync status` with the database and the directory: it says which of the two changed, and the
commands that bring both together. To undo the edit, run the export with `--force`; it names the files,
and Git shows what was in them.
"""

from __future__ import annotations

from yamlsync.rules.reader import told_by_the_reader

ID = "YS133"
SEVERITY = "error"
check = told_by_the_reader

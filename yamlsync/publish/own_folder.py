"""The names of what yamlsync keeps for itself in a directory (PUB-3)."""

from __future__ import annotations

OWN_FOLDER = ".yamlsync"

LOCK = "lock"
"""Held while something writes into the directory, shared while something reads it."""

JOURNAL = "journal.json"
"""There while files are put into place."""

RECORD = "written.json"
"""The hash of each file as export last wrote it."""

STAGE = "stage"
"""New files on their way into place."""

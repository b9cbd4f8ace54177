"""The floor for a diff: reads the files of two directories and hashes their bytes, and no more."""

from __future__ import annotations

import hashlib
import os
import sys


def hash_tree(directory: str) -> dict[str, bytes]:
    """The hash of each file by its path."""
    found = {}
    for folder in ("", "steps/"):
        with os.scandir(f"{directory}/{folder}") as entries:
            for entry in entries:
                if entry.name.endswith(".yaml"):
                    with open(entry.path, "rb") as file:
                        found[f"{folder}{entry.name}"] = hashlib.sha256(file.read()).digest()
    return found


_OLD, _NEW = map(hash_tree, sys.argv[1:3])
for _PATH in sorted(_OLD.keys() | _NEW.keys()):
    if _OLD.get(_PATH) != _NEW.get(_PATH):
        print(_PATH)

"""What export remembers of a directory: the hash of each file as it last wrote it."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from yamlsync.publish.own_folder import OWN_FOLDER, RECORD
from yamlsync.publish.regular import read_regular
from yamlsync.tree import Tree

_MOST = 64 * 1024 * 1024
"""Bytes of a record; that of 100,000 files has 10 MB."""


def file_hash(data: bytes) -> str:
    """How a file is known again."""
    return hashlib.sha256(data).hexdigest()


def read_record(root: str) -> dict[str, str]:
    """The hash of each file, empty where nothing is known: a lost record only makes us ask more."""
    try:
        record: Any = json.loads(read_regular(os.path.join(root, OWN_FOLDER, RECORD), _MOST))
    except (OSError, ValueError, RecursionError):
        return {}
    files = record.get("files") if isinstance(record, dict) else None
    if not isinstance(files, dict):
        return {}
    return {path: known for path, known in files.items() if isinstance(known, str)}


def render_record(files: dict[str, str]) -> bytes:
    """The bytes of a record."""
    return json.dumps({"files": dict(sorted(files.items()))}, indent=1).encode() + b"\n"


def unchanged_since(tree: Tree, record: dict[str, str]) -> frozenset[str]:
    """The files of `tree` that still have the bytes that export gave them."""
    return frozenset(
        path for path in tree.paths if path in record and file_hash(tree.read(path)) == record[path]
    )

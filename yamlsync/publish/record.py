"""What export remembers of a directory: the hash of each file that it wrote, and what they said (LAY-75)."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from attrs import evolve, field, frozen

from yamlsync.digest import is_digest
from yamlsync.publish.durability import sync_file, sync_folder, write_new
from yamlsync.publish.own_folder import OWN_FOLDER, RECORD, STAGE
from yamlsync.publish.regular import read_regular
from yamlsync.synchrony import LastExport
from yamlsync.tree import Tree

_MOST = 64 * 1024 * 1024
"""Bytes of a record; that of 100,000 files has 20 MB."""

_PARTS = ("workshop", "step")


@frozen
class Record:
    """The hash of each file by its path, and the last export where it is known."""

    files: dict[str, str] = field(factory=dict)
    last: LastExport | None = None


def file_hash(data: bytes) -> str:
    """How a file is known again."""
    return hashlib.sha256(data).hexdigest()


def read_record(root: str) -> Record:
    """The record of a directory, empty where nothing is known: a lost record only makes us ask more."""
    try:
        record: Any = json.loads(read_regular(os.path.join(root, OWN_FOLDER, RECORD), _MOST))
    except (OSError, ValueError, RecursionError):
        return Record()
    files = record.get("files") if isinstance(record, dict) else None
    if not isinstance(files, dict):
        return Record()
    return Record({path: known for path, known in files.items() if isinstance(known, str)}, _last(record))


def _last(record: dict[str, Any]) -> LastExport | None:
    """The last export; None also where only a part of it can be read, which would say what never was."""
    content, built, said = (record.get(key) for key in ("content_digest", "built", "origin"))
    if not isinstance(said, dict) or not isinstance(content, str) or not isinstance(built, str | None):
        return None
    keys = [key.partition(":") for key in said]
    digests = [content, *said.values(), *([] if built is None else [built])]
    if not all(kind in _PARTS and colon for kind, colon, _ in keys) or not all(map(_is_digest, digests)):
        return None
    origin = {(kind, id): digest for (kind, _, id), digest in zip(keys, said.values(), strict=True)}
    return LastExport(content, built, origin)


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and is_digest(value)


def updated(record: Record, written: dict[str, str], removed: frozenset[str], last: LastExport) -> Record:
    """The record after an export: hashes of the files that it wrote, without those that it removed."""
    kept = {path: known for path, known in record.files.items() if path not in removed}
    return evolve(record, files=kept | written, last=last)


def render_record(record: Record) -> bytes:
    """The bytes of a record."""
    plain: dict[str, Any] = {"files": dict(sorted(record.files.items()))}
    if record.last is not None:
        plain["content_digest"] = record.last.content_digest
        plain["built"] = record.last.built
        plain["origin"] = {
            f"{kind}:{id}": digest for (kind, id), digest in sorted(record.last.origin.items())
        }
    return json.dumps(plain, indent=1).encode() + b"\n"


def replace_record(root: str, record: bytes) -> None:
    """Puts a record in its place where no file changes with it; its caller holds the right to write.

    Raises OSError, with the old record in its place, where that cannot be done.
    """
    own = os.path.join(root, OWN_FOLDER)
    stage = os.path.join(own, STAGE)
    os.mkdir(stage)
    staged = os.path.join(stage, RECORD)
    write_new(staged, record)
    sync_file(staged)
    os.replace(staged, os.path.join(own, RECORD))
    sync_folder(own)


def unchanged_since(tree: Tree, files: dict[str, str]) -> frozenset[str]:
    """The files of `tree` that still have the bytes that export gave them."""
    return frozenset(
        path for path in tree.paths if path in files and file_hash(tree.read(path)) == files[path]
    )

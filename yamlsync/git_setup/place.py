"""A file of attributes on the disk: read, replaced in one step, made and removed (GIT-44)."""

from __future__ import annotations

import os

from yamlsync.errors import OperationError, describe, not_taken
from yamlsync.publish.durability import sync_file, sync_folder, write_new
from yamlsync.publish.permissions import keep_permissions
from yamlsync.publish.regular import read_regular, require_writable
from yamlsync.publish.staging import stage_beside

_MOST = 16 * 1024 * 1024


class ChangedMeanwhileError(Exception):
    """Another process changed the file."""


def read_attributes(path: str) -> bytes | None:
    """The bytes of the file; None where there is none. Raises OperationError for what is no regular file."""
    try:
        data = read_regular(path, _MOST)
    except FileNotFoundError:
        return None
    except OSError as error:
        # git itself follows no link there.
        why = "it is a link, or no file" if not os.path.isfile(path) or os.path.islink(path) else ""
        raise OperationError(
            f"{path} cannot be read: {why or describe(error)}", "put a file of its own there"
        ) from error
    if len(data) > _MOST:
        raise OperationError(f"{path} has more than {_MOST >> 20} MiB", "shorten it")
    return data


def put_attributes(path: str, old: bytes | None, new: bytes | None) -> None:
    """Gives the file the bytes `new`, where it has the bytes `old`; None stands for no file.

    It keeps its permissions.
    Raises ChangedMeanwhileError where it has others, and OperationError where the disk does not take it.
    """
    if new == old:
        return
    try:
        if old is not None:
            require_writable([path])
        if new is None:
            _require_same(path, old)
            os.unlink(path)
            sync_folder(os.path.dirname(path))
        else:
            _place(path, old, new)
    except OSError as error:
        raise not_taken(error, path) from error


def _place(path: str, old: bytes | None, new: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with stage_beside(path) as stage:
        staged = os.path.join(stage, "attributes")
        write_new(staged, new)
        keep_permissions(path, staged)
        sync_file(staged)
        _require_same(path, old)
        os.replace(staged, path)
        sync_folder(os.path.dirname(path))


def _require_same(path: str, old: bytes | None) -> None:
    if read_attributes(path) != old:
        raise ChangedMeanwhileError(path)

"""Replacing files one by one, each in one step: for changes of which each stands for itself."""

from __future__ import annotations

import os
from collections.abc import Mapping

from yamlsync.errors import OperationError, not_taken
from yamlsync.publish.durability import sync_all, sync_folder, write_new
from yamlsync.publish.permissions import keep_permissions
from yamlsync.publish.regular import read_regular
from yamlsync.publish.staging import stage_beside, sweep_beside

_WORK = "replaced"
"""What the stage in a directory is named after."""


def replace_files(root: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    """Gives files below `root` new bytes; each keeps its permissions (PUB-7).

    Raises OperationError, with that file as it is, where one is not what `old` says any more, or where
    the disk does not take it.
    """
    try:
        with stage_beside(os.path.join(root, _WORK)) as stage:
            staged = {path: os.path.join(stage, str(number)) for number, path in enumerate(new)}
            for path, data in new.items():
                write_new(staged[path], data)
            sync_all(list(staged.values()), [stage])
            for path in new:
                _replace(os.path.join(root, path), staged[path], old[path])
            for folder in {os.path.dirname(os.path.join(root, path)) for path in new}:
                sync_folder(folder)
    except OSError as error:
        raise not_taken(error, root) from error


def clear_away(root: str) -> None:
    """Removes what a killed process left of replacing files below `root`; what cannot be removed stays."""
    sweep_beside(os.path.join(root, _WORK))


def _replace(target: str, staged: str, old: bytes) -> None:
    if read_regular(target, len(old)) != old:
        raise OperationError(f"{target} was changed while it was worked on", "run again")
    keep_permissions(target, staged)
    os.replace(staged, target)

"""A folder beside a target in which the new one is built; what a killed process left is swept away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from yamlsync.errors import OperationError, describe
from yamlsync.publish.durability import remove_tree
from yamlsync.publish.locking import BusyError, locked
from yamlsync.publish.own_folder import LOCK, OWN_FOLDER


@contextmanager
def stage_beside(target: str) -> Iterator[str]:
    """A new, empty folder (but for its lock) on the file system of `target`.

    It is gone at the end unless it was renamed. Raises OperationError where none can be made.
    """
    parent, name = os.path.split(os.path.abspath(target))
    prefix = f".{name}.yamlsync-"
    try:
        _sweep(parent, prefix)
        with ExitStack() as stack:
            folder = _create(parent, prefix, stack)
            yield folder
    except FileNotFoundError as error:
        if os.path.isdir(parent):
            raise
        raise OperationError(f"the folder {parent} does not exist", "create it first") from error


def _create(parent: str, prefix: str, stack: ExitStack) -> str:
    for _ in range(10):
        folder = os.path.join(parent, prefix + os.urandom(6).hex())
        # The callback runs after the lock is released: Windows removes no open file.
        stack.callback(remove_tree, folder)
        try:
            os.mkdir(folder)
            os.mkdir(os.path.join(folder, OWN_FOLDER))
        except FileNotFoundError:
            raise
        except OSError as error:
            raise OperationError(
                f"nothing can be written in {parent}: {describe(error)}",
                "see to its permissions and its space",
            ) from error
        try:
            stack.enter_context(locked(os.path.join(folder, OWN_FOLDER, LOCK)))
        except (BusyError, FileNotFoundError):
            continue  # Another process took it for one that a dead process left.
        return folder
    raise OperationError(f"no folder can be kept in {parent}", "end other runs of yamlsync, and run again")


def _sweep(parent: str, prefix: str) -> None:
    """Removes what dead processes left of their work on the same target."""
    with os.scandir(parent) as entries:
        left = [
            entry.path
            for entry in entries
            if entry.name.startswith(prefix) and entry.is_dir(follow_symlinks=False)
        ]
    for folder in left:
        # What lives, or is not ours to remove, stays.
        with suppress(BusyError, OSError, OperationError):
            os.makedirs(os.path.join(folder, OWN_FOLDER), exist_ok=True)
            with locked(os.path.join(folder, OWN_FOLDER, LOCK)):
                remove_tree(folder)

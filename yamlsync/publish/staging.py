"""A folder beside a target in which the new one is built; what a killed process left is swept away."""

from __future__ import annotations

import errno
import os
import re
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from yamlsync.errors import OperationError, describe
from yamlsync.publish.durability import remove_tree
from yamlsync.publish.locking import BusyError, locked
from yamlsync.publish.own_folder import LOCK, OWN_FOLDER

_RANDOM = re.compile("[0-9a-f]{12}")


@contextmanager
def stage_beside(target: str) -> Iterator[str]:
    """A new, empty folder (but for its lock) on the file system of `target`.

    It is gone at the end unless it was renamed. Raises OperationError where none can be made.
    """
    parent, prefix = _named(target)
    try:
        _sweep(parent, prefix)
        with ExitStack() as stack:
            folder = _create(parent, prefix, stack)
            yield folder
    except FileNotFoundError as error:
        if os.path.isdir(parent):
            raise
        raise _no_folder(parent) from error


def require_room(target: str) -> None:
    """Raises what `stage_beside` would, as far as that can be seen without making anything."""
    parent, _ = _named(target)
    try:
        os.scandir(parent).close()
    except FileNotFoundError as error:
        raise _no_folder(parent) from error
    if not os.access(parent, os.W_OK | os.X_OK):
        raise _unwritable(parent, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def sweep_beside(target: str) -> None:
    """Removes what dead processes left of their work on `target`, where there is no new work to be done."""
    _sweep(*_named(target))


def _named(target: str) -> tuple[str, str]:
    """The folder in which stages for a target are made, and what their names begin with."""
    parent, name = os.path.split(os.path.abspath(target))
    # Short whatever the name: a file system takes 255 bytes.
    return parent, f".yamlsync-{zlib.crc32(os.fsencode(name)):08x}-"


def _create(parent: str, prefix: str, stack: ExitStack) -> str:
    for _ in range(10):
        folder = os.path.join(parent, prefix + os.urandom(6).hex())
        # The callback runs after the lock is released: Windows removes no open file.
        stack.callback(_remove, folder)
        try:
            os.mkdir(folder)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise _unwritable(parent, error) from error
        try:
            os.mkdir(os.path.join(folder, OWN_FOLDER))
            stack.enter_context(locked(os.path.join(folder, OWN_FOLDER, LOCK)))
        except (BusyError, FileNotFoundError, FileExistsError):
            continue  # Another process took it for one that a dead process left.
        except OSError as error:
            raise _unwritable(parent, error) from error
        return folder
    raise OperationError(f"no folder can be kept in {parent}", "end other runs of yamlsync, and run again")


def _no_folder(parent: str) -> OperationError:
    return OperationError(f"the folder {parent} does not exist", "create it first")


def _unwritable(parent: str, error: OSError) -> OperationError:
    return OperationError(
        f"nothing can be written in {parent}: {describe(error)}", "see to its permissions and its space"
    )


def _remove(folder: str) -> None:
    # Another process may be sweeping it away at the same time, or the next one does: our work is done.
    with suppress(OSError):
        remove_tree(folder)


def _sweep(parent: str, prefix: str) -> None:
    """Removes what dead processes left of their work on the same target, and nothing else."""
    with os.scandir(parent) as entries:
        left = [entry.path for entry in entries if _is_stage(entry, prefix)]
    for folder in left:
        # What lives, or is not ours to remove, stays.
        with suppress(BusyError, OSError, OperationError):
            own = os.path.join(folder, OWN_FOLDER)
            if os.path.islink(own):
                continue
            names = os.listdir(folder)
            # Without a lock, only one whose process died a moment after it made the folder is ours.
            is_young = not names or (names == [OWN_FOLDER] and not os.listdir(own))
            if not is_young and not os.path.lexists(os.path.join(own, LOCK)):
                continue
            os.makedirs(own, exist_ok=True)
            with locked(os.path.join(own, LOCK)):
                remove_tree(folder)


def _is_stage(entry: os.DirEntry[str], prefix: str) -> bool:
    suffix = entry.name.removeprefix(prefix)
    return (
        suffix != entry.name and _RANDOM.fullmatch(suffix) is not None and entry.is_dir(follow_symlinks=False)
    )

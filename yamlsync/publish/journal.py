"""Changing files in an existing directory: staged, then committed by a journal, then put in place.

A process may die at any moment: before the journal is there, nothing has happened; from then on the
next writing command completes the work.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from attrs import frozen

from yamlsync.errors import OperationError, describe
from yamlsync.layout.files import shape_of
from yamlsync.printable import shell
from yamlsync.publish.durability import remove_tree, sync_all, sync_file, sync_folder, write_new
from yamlsync.publish.locking import BusyError, locked
from yamlsync.publish.own_folder import JOURNAL, LOCK, OWN_FOLDER, RECORD, STAGE
from yamlsync.publish.permissions import keep_permissions
from yamlsync.publish.record import file_hash
from yamlsync.publish.regular import read_regular

_MOST = 1 << 30
"""Bytes of a file that is hashed: more than any may have, and an end to devices."""


@frozen
class Change:
    """One file that changes: from the bytes with hash `old` (None: no file) to those with `new`."""

    path: str
    old: str | None
    new: str | None


@contextmanager
def writing(root: str, is_tracked: Callable[[str, str], bool]) -> Iterator[None]:
    """Holds the only right to write into a directory, after completing what a dead process left.

    `is_tracked` tells whether Git tracks a file: a journal that came with a pull request is nobody's
    interrupted work and must do nothing. Raises OperationError where the right cannot be had.
    """
    own = os.path.join(root, OWN_FOLDER)
    made = _make_own_folder(own)
    try:
        with locked(os.path.join(own, LOCK)):
            try:
                if os.path.lexists(os.path.join(own, JOURNAL)):
                    if is_tracked(root, f"{OWN_FOLDER}/{JOURNAL}"):
                        raise OperationError(
                            f"{own}/{JOURNAL} is committed to Git, which no interrupted export does",
                            f"remove it: git -C {shell(root)} rm --cached {OWN_FOLDER}/{JOURNAL}, "
                            "and look at who added it",
                        )
                    roll_forward(root)
                remove_tree(os.path.join(own, STAGE))  # A link in its place is removed, not followed.
                yield
            finally:
                if not os.path.lexists(os.path.join(own, JOURNAL)):
                    remove_tree(os.path.join(own, STAGE))
        made = False
    except BusyError:
        raise OperationError(f"another process is writing into {root}", "run again when it is done") from None
    finally:
        if made and not os.path.lexists(os.path.join(own, JOURNAL)):
            with suppress(OSError):
                remove_tree(own)


def has_leftovers(root: str) -> bool:
    """Whether a dead process left files that only a writing command clears away."""
    return os.path.lexists(os.path.join(root, OWN_FOLDER, STAGE))


def _make_own_folder(own: str) -> bool:
    if os.path.islink(own):
        raise OperationError(f"{own} is a link, which is not followed", "remove it: the folder is made anew")
    try:
        os.mkdir(own)
    except FileExistsError:
        return False
    except OSError as error:
        raise OperationError(
            f"nothing can be written in {os.path.dirname(own)}: {describe(error)}",
            "see to its permissions and its space",
        ) from error
    try:
        write_new(os.path.join(own, ".gitignore"), b"*\n")
    except OSError:
        # A full disk: half of this file would let Git see the folder, for good.
        remove_tree(own)
        raise
    return True


def stage_files(root: str, puts: dict[str, bytes]) -> str:
    """Writes the new files into the stage; gives its folder, in which each is named by its number."""
    stage = os.path.join(root, OWN_FOLDER, STAGE)
    os.mkdir(stage)
    for number, data in enumerate(puts.values()):
        write_new(os.path.join(stage, str(number)), data)
    return stage


def commit(root: str, changes: list[Change], record: bytes) -> None:
    """Puts staged files in their places. `changes` name puts in the order in which they were staged.

    Raises OperationError, with nothing changed, where a file is not what the plan was made for.
    """
    own = os.path.join(root, OWN_FOLDER)
    stage = os.path.join(own, STAGE)
    puts = [change for change in changes if change.new is not None]
    write_new(os.path.join(stage, RECORD), record)
    for change in changes:
        _check_folders(root, change.path)
        _require(root, change, (change.old,), "was changed while the export was at work", "run again")
    staged = [os.path.join(stage, str(number)) for number in range(len(puts))]
    sync_all([*staged, os.path.join(stage, RECORD)], [stage])
    journal = {
        "record": file_hash(record),
        "changes": [[change.path, change.old, change.new] for change in changes],
    }
    temporary = os.path.join(stage, JOURNAL)
    write_new(temporary, json.dumps(journal).encode())
    sync_file(temporary)
    os.replace(temporary, os.path.join(own, JOURNAL))
    sync_folder(own)
    try:
        _apply(root, changes, file_hash(record))
    except OSError as error:
        message = f"not all files are in place yet: {error.filename or root}: {describe(error)}"
        raise OperationError(
            message, "see to what is in the way, and run again: that completes it"
        ) from error


def roll_forward(root: str) -> None:
    """Completes what a journal says. Raises OperationError where a person has changed a file since."""
    changes, record = _read_journal(root)
    give_up = f"delete {OWN_FOLDER}/{JOURNAL} to give the export up"
    help = f"put your version elsewhere and delete the file, or {give_up}"
    for change in changes:
        _require(root, change, (change.old, change.new), "was changed after an export was interrupted", help)
    _apply(root, changes, record)


def _read_journal(root: str) -> tuple[list[Change], str]:
    path = os.path.join(root, OWN_FOLDER, JOURNAL)
    broken = OperationError(f"{path} is not what an export wrote", "delete it, and run the export again")
    try:
        journal: Any = json.loads(read_regular(path, _MOST))
        changes = [Change(*row) for row in journal["changes"]]
        record = journal["record"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise broken from None
    # Only files of ours can be named, so that no journal reaches any other file.
    if not isinstance(record, str) or not all(_is_ours(change.path) for change in changes):
        raise broken
    return changes, record


def _is_ours(path: Any) -> bool:
    try:
        return isinstance(path, str) and bool(os.fsencode(path)) and shape_of(path) is not None
    except UnicodeEncodeError:
        return False


def _require(root: str, change: Change, hashes: tuple[str | None, ...], what: str, help: str) -> None:
    if _hash_at(os.path.join(root, change.path)) not in hashes:
        raise OperationError(f"{os.path.join(root, change.path)} {what}", help)


def _hash_at(path: str) -> str | None:
    """The hash of a file, None where there is none; what is no file has one that nothing else has."""
    try:
        return file_hash(read_regular(path, _MOST))
    except FileNotFoundError:
        return None
    except OSError:
        if os.path.islink(path) or not os.path.isfile(path):
            return "no file"
        raise


def _apply(root: str, changes: list[Change], record: str) -> None:
    own = os.path.join(root, OWN_FOLDER)
    stage = os.path.join(own, STAGE)
    folders = {root, own}
    number = 0
    for change in changes:
        target = os.path.join(root, change.path)
        folders.add(_require_folder(root, change.path))
        if change.new is not None:
            _put(os.path.join(stage, str(number)), target, change.new)
            number += 1
        else:
            with suppress(FileNotFoundError):
                os.unlink(target)
    _put(os.path.join(stage, RECORD), os.path.join(own, RECORD), record)
    for folder in sorted(folders, reverse=True):
        sync_folder(folder)
    os.unlink(os.path.join(own, JOURNAL))
    sync_folder(own)
    for folder in sorted(folders - {root, own}, key=len, reverse=True):
        _remove_if_empty(folder, root)


def _put(staged: str, target: str, wanted: str) -> None:
    if _hash_at(staged) == wanted:
        keep_permissions(target, staged)
        os.replace(staged, target)
    elif _hash_at(target) != wanted:
        raise OperationError(
            f"{target} cannot be completed: its new text is gone",
            f"delete {OWN_FOLDER}/{JOURNAL}, and run the export again",
        )


def _folders(root: str, path: str) -> list[str]:
    """The folders above a file of ours, from the root down."""
    parts = path.split("/")[:-1]
    return [root, *(os.path.join(root, *parts[: count + 1]) for count in range(len(parts)))]


def _check_folders(root: str, path: str) -> None:
    """Raises OperationError where a file could not be put, before anything depends on that."""
    for folder in _folders(root, path):
        if os.path.islink(folder) and folder != root:
            raise OperationError(
                f"{folder} is a link, and links are not followed", "put the folder itself there"
            )
        if os.path.lexists(folder) and not os.path.isdir(folder):
            raise OperationError(f"{folder} is a file where a folder should be", "move it away")
        if os.path.isdir(folder) and not os.access(folder, os.W_OK | os.X_OK):
            raise OperationError(
                f"nothing can be written in {folder}: Permission denied", "see to its permissions"
            )


def _require_folder(root: str, path: str) -> str:
    """Makes the folders above a file."""
    _check_folders(root, path)
    folders = _folders(root, path)
    for folder in folders[1:]:
        with suppress(FileExistsError):
            os.mkdir(folder)
    return folders[-1]


def _remove_if_empty(folder: str, root: str) -> None:
    while folder != root:
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = os.path.dirname(folder)

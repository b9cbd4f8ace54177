"""A signature out of its database: the statement in FILE, the signature in FILE.sig (VER-30 to VER-32)."""

from __future__ import annotations

import os

from yamlsync.discovery import is_part_of_workshop
from yamlsync.errors import OperationError, describe
from yamlsync.printable import quoted
from yamlsync.publish.durability import sync_all, sync_folder, write_new
from yamlsync.publish.regular import read_regular
from yamlsync.publish.staging import require_room, stage_beside, sweep_beside

SUFFIX = ".sig"
"""What ssh-keygen puts behind the name of what it signs."""


def write_detached(path: str, statement: str, signature: str) -> None:
    """Writes the statement to `path` and the signature to `path`.sig, for plain ssh-keygen (VER-30).

    Files of the same bytes are left as they are. Raises OperationError, with nothing written, where one of
    the two would stand over another file or among the files of a workshop, and where the disk does not take
    them.
    """
    try:
        missing = _missing(path, statement, signature)
        if missing:
            _write(path, missing)
        else:
            sweep_beside(path)
    except OSError as error:
        raise _not_written(path, error) from error


def require_free(path: str, statement: str, signature: str) -> None:
    """Raises what `write_detached` would, as far as that can be seen without writing anything."""
    try:
        if _missing(path, statement, signature):
            require_room(path)
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: str, error: OSError) -> OperationError:
    return OperationError(
        f"the signature cannot be written to {path}: {describe(error)}", "see to permissions and free space"
    )


def _missing(path: str, statement: str, signature: str) -> dict[str, bytes]:
    """Those of the two files that are not there yet."""
    if not os.path.basename(path):
        raise OperationError(f"{quoted(path)} is no name of a file", "name a file for what was signed")
    files = {path: statement.encode(), path + SUFFIX: signature.encode()}
    for target in files:
        # A statement beside a workshop's YAML is no harm; among its files, the next export would meet it.
        if is_part_of_workshop(os.path.realpath(target)):
            raise OperationError(
                f"{target} is part of a workshop, and no place for a signature", "name another file"
            )
    return {target: data for target, data in files.items() if not _is_there(target, data)}


def _is_there(target: str, data: bytes) -> bool:
    """Whether a file has these bytes already.

    Raises OperationError where something else has its name, and OSError where nothing can have it.
    """
    try:
        os.lstat(target)
    except (FileNotFoundError, NotADirectoryError):
        return False
    try:
        if read_regular(os.path.realpath(target), len(data)) == data:
            return True
    except OSError:
        pass  # A folder, a pipe, a link to nothing: whatever it is, it is not to be replaced.
    raise _taken(target)


def _taken(target: str) -> OperationError:
    return OperationError(
        f"{target} exists already, and says something else", "name another file, or remove this one"
    )


def _write(path: str, files: dict[str, bytes]) -> None:
    made: list[str] = []
    with stage_beside(path) as stage:
        staged = {target: os.path.join(stage, str(number)) for number, target in enumerate(files)}
        for target, data in files.items():
            write_new(staged[target], data)
        sync_all(list(staged.values()), [stage])
        try:
            for target, written in staged.items():
                _put(written, target)
                made.append(target)
        except BaseException:
            # One without the other is no signature.
            for target in made:
                os.unlink(target)
            raise
    sync_folder(os.path.dirname(os.path.abspath(path)))


def _put(written: str, target: str) -> None:
    """Gives a file its name, in one step, and never that of a file which has come meanwhile."""
    try:
        os.link(written, target)
    except FileExistsError:
        raise _taken(target) from None
    except OSError:
        # A file system without links. The moment between the two is as short as can be.
        if os.path.lexists(target):
            raise _taken(target) from None
        os.rename(written, target)

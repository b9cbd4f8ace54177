"""The option `--sums` of commands that put a database in place (SIG-33)."""

from __future__ import annotations

import os

from yamlsync.cli.delivery import require_writable
from yamlsync.cli.terminal import Terminal
from yamlsync.errors import OperationError
from yamlsync.sums import read_sums, update_sums


def require_sums(path: str, database: str) -> None:
    """Raises OperationError where the sums must not go, or cannot be read: before any work is done."""
    if os.path.realpath(path) == os.path.realpath(database):
        raise OperationError(f"{path} is the database itself", "name another file for the sums")
    require_writable(path, "file of sums")
    read_sums(path)


def set_sum(terminal: Terminal, path: str, database: str) -> None:
    """Sets the line of a database that is in its place.

    Raises OperationError where that cannot be done, which says that the database is.
    """
    try:
        changed = update_sums(path, database)
    except OperationError as error:
        raise OperationError(
            f"{database} is done, but its line in {path} could not be set: {error.message}", error.help
        ) from error
    terminal.note(f"{path}: the line of {database}{'' if changed else ', unchanged'}")

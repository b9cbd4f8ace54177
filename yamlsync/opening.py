"""What a WORKSHOP on a command line names, opened: a database or a directory, and what it says (CLI-30)."""

from __future__ import annotations

import os

from attrs import frozen

from yamlsync.errors import OperationError
from yamlsync.problems import Problem
from yamlsync.publish.regular import is_database
from yamlsync.records import Contents


@frozen
class Opened:
    """What a workshop says, without students' progress, or its problems.

    `root` is the directory that the places of problems are seen from, "" for a database.
    """

    contents: Contents | None
    problems: tuple[Problem, ...]
    root: str


def open_workshop(path: str) -> Opened:
    """Reads the database or the directory at a path.

    Raises OperationError where it cannot be tried: nothing is there, or no workshop.
    """
    if is_database(path):
        # Imported late: who opens a directory needs no database.
        from yamlsync.database.read import read_database

        found = read_database(path)
        return Opened(found.contents, found.problems, "")
    if not os.path.isdir(path):
        what = "is no workshop" if os.path.lexists(path) else "does not exist"
        raise OperationError(f"{path} {what}", "name a workshop's database or its directory")
    # Imported late: who opens a database needs no layout, which takes 25 of 110 ms.
    from yamlsync.discovery import no_workshop
    from yamlsync.layout.files import WORKSHOPS_PATH, workshop_path
    from yamlsync.layout.read import read_tree
    from yamlsync.publish.directory import directory_tree, reading

    with reading(path):
        tree = directory_tree(path)
        if not tree.paths & {workshop_path(""), WORKSHOPS_PATH}:
            raise no_workshop(path, "name the folder of one")
        source = read_tree(tree, with_state=False)
    return Opened(source.contents, source.problems, path)

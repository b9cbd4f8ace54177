"""Rows → a database in its place, proved before it is there, in one step or not at all (SQL-60 to SQL-63)."""

from __future__ import annotations

import os
from collections.abc import Callable

from yamlsync.converters import Rows, rows_to_contents
from yamlsync.database.read import read_database_rows
from yamlsync.database.write import write_database
from yamlsync.proof import ProofError, prove
from yamlsync.publish.durability import meanwhile, sync_file, sync_folder
from yamlsync.publish.staging import stage_beside


def build(
    target: str,
    rows: Rows,
    schema: int,
    *,
    stays: Callable[[], bool] = lambda: False,
    require_replaceable: Callable[[], object] = lambda: None,
) -> bool:
    """Puts a database with these rows at `target`; tells whether anything changed there.

    A file of the same bytes is left as it is, and so is one of which `stays` says so.
    `require_replaceable` is asked last, and raises where the file at `target` has changed meanwhile.
    Raises OperationError where the disk does not take it, ProofError on a bug; each leaves the target alone.
    """
    with stage_beside(target) as stage:
        built = os.path.join(stage, "database")
        write_database(built, rows, schema)
        with meanwhile(lambda: sync_file(built)):
            _prove(built, rows)
        if _same_bytes(built, target) or stays():
            return False
        if os.path.exists(target):
            os.chmod(built, os.stat(target).st_mode & 0o7777)
        require_replaceable()
        os.replace(built, target)
        sync_folder(os.path.dirname(target))
    return True


def _prove(built: str, rows: Rows) -> None:
    back = read_database_rows(built)
    # Equal rows are equal records; where they differ, the records tell what does.
    if back.rows != rows:
        found = None if back.rows is None else rows_to_contents(back.rows)
        prove(rows_to_contents(rows), found, back.problems, with_state=True)
        raise ProofError("what was written reads back differently, so nothing was changed: in artifact")


def _same_bytes(built: str, target: str) -> bool:
    if not os.path.isfile(target) or os.path.getsize(target) != os.path.getsize(built):
        return False
    with open(built, "rb") as one, open(target, "rb") as other:
        while chunk := one.read(1 << 20):
            if chunk != other.read(1 << 20):
                return False
    return True

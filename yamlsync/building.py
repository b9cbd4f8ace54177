"""Rows → a database in its place, proved before it is there, in one step or not at all (SQL-60 to SQL-63)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from attrs import frozen

from yamlsync.converters import Rows, rows_to_contents
from yamlsync.database.exclusive import held_as
from yamlsync.database.read import read_database_rows
from yamlsync.database.snapshot import Snapshot, snapshot_of
from yamlsync.database.write import write_database
from yamlsync.errors import OperationError
from yamlsync.proof import ProofError, prove
from yamlsync.publish.durability import meanwhile, sync_file, sync_folder
from yamlsync.publish.permissions import keep_permissions
from yamlsync.publish.staging import stage_beside

_CAN_REPLACE_OPEN_FILES = os.name != "nt"


@frozen
class Before:
    """What was at a target when it was read, None for nothing.

    `name` is what the user calls it, and `work` what is done meanwhile: "it was signed".
    """

    snapshot: Snapshot | None
    name: str
    work: str


def build(
    target: str,
    rows: Rows,
    schema: int,
    before: Before,
    *,
    stays: Callable[[], bool] = lambda: False,
) -> bool:
    """Puts a database with these rows at `target`; tells whether anything changed there.

    A file of the same bytes is left as it is, and so is one of which `stays` says so.
    One that is not what it was `before` is never replaced, nor is one into which somebody is writing.
    Raises OperationError for these, and where the disk does not take it, ProofError on a bug; each leaves
    the target alone.
    """
    with stage_beside(target) as stage:
        # What is in it may be for few eyes, until it has the permissions of the target.
        with suppress(OSError):
            os.chmod(stage, 0o700)
        built = os.path.join(stage, "database")
        write_database(built, rows, schema)
        with meanwhile(lambda: sync_file(built)):
            _prove(built, rows)
        if _same_bytes(built, target) or stays():
            return False
        keep_permissions(target, built)
        with ExitStack() as held:
            held.enter_context(_held(target, before))
            if not _CAN_REPLACE_OPEN_FILES:
                held.close()
            os.replace(built, target)
        sync_folder(os.path.dirname(target))
    return True


@contextmanager
def _held(target: str, before: Before) -> Iterator[None]:
    """Nothing changes at the target meanwhile, as far as SQLite keeps others off it."""
    changed = OperationError(f"{before.name} was changed while {before.work}", "run again")
    if before.snapshot is None:
        if snapshot_of(target) is not None:
            raise changed
        yield
        return
    if not os.path.lexists(target):
        raise changed
    with held_as(target, before.snapshot, before.name) as is_same:
        if not is_same:
            raise changed
        yield


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

"""Which database an import may replace: one in which nobody's work is lost (SQL-62 to SQL-69)."""

from __future__ import annotations

import os
from collections.abc import Iterator

from attrs import evolve, frozen

from yamlsync.artifact import Artifact
from yamlsync.converters import Rows
from yamlsync.database.read import DatabaseReading, read_database
from yamlsync.database.schema import ARTIFACT
from yamlsync.database.snapshot import Snapshot, snapshot_of
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError
from yamlsync.printable import first_of, quoted, shell
from yamlsync.records import Contents, RuntimeState


@frozen
class Existing:
    """The database at a target: as it was when it was read, None where there is no file.

    `reading` is what it says, None where there is no file, or one that cannot be read.
    """

    snapshot: Snapshot | None
    reading: DatabaseReading | None = None

    @property
    def schema(self) -> int | None:
        """The number of its schema, where that is known."""
        return self.reading.schema if self.reading else None

    @property
    def is_signed(self) -> bool:
        """Whether it carries a signature, which no new database has."""
        return self._artifact is not None and self._artifact.signature is not None

    @property
    def source_commit(self) -> str | None:
        """The commit that it says it was built from."""
        return self._artifact.source_commit if self._artifact else None

    @property
    def _artifact(self) -> Artifact | None:
        return self.reading.artifact if self.reading else None


def existing_at(database: str, *, must_be_read: bool, help: str) -> Existing:
    """The database that a user names, as it is now.

    Raises OperationError for what is never replaced (SQL-62); and with `must_be_read` for what cannot be
    read, where `help` says what to do.
    """
    target = os.path.realpath(database)
    snapshot = _snapshot_of(database, target)
    if snapshot is None:
        return Existing(None)
    try:
        reading = read_database(database, lossy=True)
    except OperationError:
        if must_be_read or snapshot_of(target) != snapshot:
            raise
        return Existing(snapshot)
    if reading.contents is not None:
        return Existing(snapshot, reading)
    if not must_be_read:
        return Existing(snapshot)
    problem = reading.problems[0]
    raise OperationError(
        f"{database} cannot be read, so nobody knows what would be lost: {problem.message}",
        problem.help if problem.code == "YS811" else help,
    )


def _snapshot_of(database: str, target: str) -> Snapshot | None:
    try:
        return snapshot_of(target)
    except OperationError:
        if not os.path.islink(database):
            # The same refusal by the name that the user gave: of a link, it is about the file behind it.
            snapshot_of(database)
        raise


@frozen
class Kept:
    """Contents with the progress of another database: how many rows that is, and those without their step."""

    contents: Contents
    rows: int
    stepless: tuple[RuntimeState, ...] = ()


def keep_progress(held: Contents, new: Contents) -> Kept:
    """The contents `new` with the progress that `held` has, as far as the steps of it are there (SQL-68)."""
    steps = {step.id for workshop in new.workshops for step in workshop.steps}
    runtime = tuple(row for row in held.runtime_states if row.step_id in steps)
    stepless = tuple(row for row in held.runtime_states if row.step_id not in steps)
    contents = evolve(new, runtime_states=runtime, custom_states=held.custom_states)
    return Kept(contents, len(runtime) + len(held.custom_states), stepless)


@frozen
class Loss:
    """Something that would be lost: what the database does or has, its name, how to keep and to drop it."""

    what: str
    noun: str
    keep: str
    drop: str = "to drop it"


def require_replaceable(losses: tuple[Loss, ...], database: str) -> None:
    """Raises OperationError where there is something to lose. All of it is named: --force drops it all."""
    if not losses:
        return
    what = "; and it ".join(loss.what for loss in losses)
    if len(losses) == 1:
        raise OperationError(f"{database} {what}", f"to keep it{losses[0].keep}; {losses[0].drop}: --force")
    keep = "; ".join(f"to keep {loss.noun}{loss.keep}" for loss in losses)
    raise OperationError(f"{database} {what}", f"{keep}; to drop all of this: --force")


def losses_of(
    existing: Existing, new: Contents, names: tuple[str, str], *, stepless: tuple[RuntimeState, ...] = ()
) -> tuple[Loss, ...]:
    """What would be lost if a database with the contents `new` replaced `existing` (SQL-62).

    `stepless` are rows of progress that were left out of `new` for want of their step. `names` are the
    database and the directory as the user named them.
    """
    reading = existing.reading
    if reading is None or reading.contents is None:
        return ()
    return tuple(_losses(reading, reading.contents, new, names, stepless))


def _losses(
    reading: DatabaseReading,
    held: Contents,
    new: Contents,
    names: tuple[str, str],
    stepless: tuple[RuntimeState, ...],
) -> Iterator[Loss]:
    unknown = reading.artifact.unknown if reading.artifact else ()
    left_behind = [*reading.left_behind, *(f"the key {quoted(key)} of artifact" for key in unknown)]
    if left_behind:
        what = f"holds more than a workshop, which would be lost: {', '.join(left_behind)}"
        yield Loss(what, "the rest", ": copy the database first")
    if not {workshop.id for workshop in held.workshops} & {workshop.id for workshop in new.workshops}:
        progress = len(held.runtime_states) + len(held.custom_states)
        behind = f", and {_rows(progress)} of students' progress" if progress else ""
        what = f"holds another workshop, {quoted(held.workshops[0].id)}{behind}"
        yield Loss(what, "that workshop", ": name another database")
        return
    if held.workshops != new.workshops:
        yield from _lost_changes(held, new, reading.artifact, names)
    yield from _lost_progress(held, new, stepless)


def _lost_changes(
    held: Contents, new: Contents, artifact: Artifact | None, names: tuple[str, str]
) -> Iterator[Loss]:
    """Unless each part is still what it was built from, or what it would be."""
    keep = f", see what it is: yamlsync status {shell(names[0])} {shell(names[1])}"
    if artifact is None or artifact.content_digest is None or not artifact.origin:
        what = "says something else, and does not tell what it was built from, "
        yield Loss(f"{what}so nobody knows whether that is held anywhere", "what it says", keep)
        return
    there, built, wanted = digests_of(held).parts, artifact.origin, digests_of(new).parts
    changed = sorted(
        part
        for part in there.keys() | built.keys()
        if there.get(part) not in (built.get(part), wanted.get(part))
    )
    if changed:
        named = first_of(f"{kind} {quoted(id)}" for kind, id in changed)
        yield Loss(f"was changed since it was built, which would be lost: {named}", "the changes", keep)


def _lost_progress(held: Contents, new: Contents, stepless: tuple[RuntimeState, ...]) -> Iterator[Loss]:
    if stepless:
        named = first_of(
            f"step {quoted(row.step_id)} of workspace {quoted(row.workspace_id)}" for row in stepless
        )
        what = f"holds {_rows(len(stepless))} of progress with steps that the YAML does not have, "
        keep = ": put the steps back into the YAML"
        yield Loss(f"{what}which would be lost: {named}", "those rows", keep, "to drop these rows alone")
    lost = len(set(held.runtime_states) - set(new.runtime_states) - set(stepless))
    lost += len(set(held.custom_states) - set(new.custom_states))
    if lost:
        instead = " instead of --state" if new.runtime_states or new.custom_states else ""
        what = f"holds {_rows(lost)} of students' progress, which would be lost"
        yield Loss(what, "the progress", f": --keep-state{instead}")


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def stays(existing: Existing, rows: Rows, schema: int, *, is_in_use: bool) -> bool:
    """Whether a database is what would be built, but for claims that the new one would not make (SQL-66).

    That is a statement and a signature, which only its signer can renew; and a source commit, where the
    rows have none: it is still true. Of one that `is_in_use`, it may be the layout as well.
    """
    reading = existing.reading
    if reading is None or reading.contents is None or reading.schema != schema or reading.other_spelling:
        return False
    # Imported late: seldom is there anything of this.
    from yamlsync.artifact import artifact_of
    from yamlsync.converters import rows_to_contents

    bare = old = reading.artifact
    new = artifact_of(rows[ARTIFACT.name]) if schema > 1 else None
    if old is not None and new is not None:
        if new.source_commit not in (None, old.source_commit):
            return False
        bare = evolve(old, statement=None, signature=None, source_commit=new.source_commit)
    if bare == old and not is_in_use:
        return False
    return bare == new and reading.contents == rows_to_contents(rows)

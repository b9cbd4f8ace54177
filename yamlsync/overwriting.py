"""Which database an import may replace: one in which nobody's work is lost (SQL-62 to SQL-66)."""

from __future__ import annotations

import os

from attrs import evolve, frozen

from yamlsync.artifact import Artifact
from yamlsync.converters import Rows
from yamlsync.database.connection import read_header, require_alone
from yamlsync.database.read import DatabaseReading, read_database
from yamlsync.database.schema import ARTIFACT
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError
from yamlsync.printable import quoted
from yamlsync.records import Contents

_FORCE = "see that it can be spared, and run again with --force"


@frozen
class Existing:
    """The database at a target: its first bytes, which change with each change of it; None for no file.

    `reading` is there where it was looked into.
    """

    header: bytes | None
    reading: DatabaseReading | None = None

    @property
    def is_signed(self) -> bool:
        """Whether it carries a signature, which no new database has."""
        artifact = self.reading.artifact if self.reading else None
        return artifact is not None and artifact.signature is not None


def header_at(target: str) -> bytes | None:
    """The first bytes of the database at `target`, or None where nothing is there yet.

    Raises OperationError for a file that is no database, and for one that is not all in that file.
    """
    if os.path.lexists(target) and not (os.path.isfile(target) and os.path.getsize(target) == 0):
        return read_header(target)
    # A journal of an old file that is gone would be rolled back into the new one.
    require_alone(target)
    return None


def require_replaceable(contents: Contents, target: str, *, force: bool) -> Existing:
    """The database that may be replaced by one with these contents.

    Raises OperationError where replacing it could lose what nobody else holds; even by force, no
    file is replaced that is no database, or whose changes stand in a file beside it.
    """
    header = header_at(target)
    if header is None or force:
        return Existing(header)
    reading = read_database(target, lossy=True)
    if reading.contents is None:
        problem = reading.problems[0]
        raise OperationError(
            f"{target} cannot be read, so nobody knows what would be lost: {problem.message}",
            problem.help if problem.code == "YS811" else _FORCE,
        )
    unknown = reading.artifact.unknown if reading.artifact else ()
    left_behind = [*reading.left_behind, *(f"the key {quoted(key)} of artifact" for key in unknown)]
    if left_behind:
        raise OperationError(
            f"{target} holds more than a workshop, which would be lost: {', '.join(left_behind)}", _FORCE
        )
    _require_no_progress(target, reading.contents, contents)
    if reading.contents.workshops != contents.workshops:
        _require_nothing_lost(target, reading.contents, contents, reading.artifact)
    return Existing(header, reading)


def _require_no_progress(target: str, held: Contents, contents: Contents) -> None:
    lost = len(set(held.runtime_states) - set(contents.runtime_states))
    lost += len(set(held.custom_states) - set(contents.custom_states))
    if lost:
        rows = "1 row" if lost == 1 else f"{lost} rows"
        keep = (
            "to keep it: yamlsync export --state DB NEW, copy NEW/state into DIR, and import with --state; "
            "to drop it: --force"
        )
        raise OperationError(f"{target} holds {rows} of students' progress, which would be lost", keep)


def _require_nothing_lost(target: str, held: Contents, new: Contents, artifact: Artifact | None) -> None:
    """Raises OperationError unless each part is still what it was built from, or what it would be."""
    keep = "to see what, and how to keep it: yamlsync status DB DIR; to drop it: --force"
    if artifact is None or artifact.content_digest is None or not artifact.origin:
        raise OperationError(
            f"{target} says something else, and does not tell what it was built from, "
            "so nobody knows whether that is held anywhere",
            keep,
        )
    there, built, wanted = digests_of(held).parts, artifact.origin, digests_of(new).parts
    changed = sorted(
        part
        for part in there.keys() | built.keys()
        if there.get(part) not in (built.get(part), wanted.get(part))
    )
    if not changed:
        return
    named = [f"{kind} {quoted(id)}" for kind, id in changed[:3]]
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    what = f": {', '.join(named)}{more}" if named else ""
    raise OperationError(f"{target} was changed since it was built, which would be lost{what}", keep)


def differs_in_signature_alone(existing: Existing, rows: Rows, schema: int) -> bool:
    """Whether a database is what would be built, but for a signature, which only its signer can renew."""
    reading = existing.reading
    if not existing.is_signed or reading is None or reading.artifact is None or reading.contents is None:
        return False
    # Imported late: seldom is there a signature.
    from yamlsync.artifact import artifact_of
    from yamlsync.converters import rows_to_contents

    unsigned = evolve(reading.artifact, statement=None, signature=None)
    return (
        reading.schema == schema
        and not reading.other_spelling
        and unsigned == artifact_of(rows[ARTIFACT.name])
        and reading.contents == rows_to_contents(rows)
    )

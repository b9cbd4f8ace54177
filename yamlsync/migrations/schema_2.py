"""Schema 1 ⇄ 2: what a database says of itself comes, or goes (MIG-10, MIG-11)."""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.artifact import Artifact, artifact_of, artifact_rows
from yamlsync.converters import Rows, rows_to_contents
from yamlsync.digest import digests_of
from yamlsync.migrations.steps import Loss, Step
from yamlsync.printable import shown
from yamlsync.statement import parse_statement

_TABLE = "artifact"
_FORMAT = "yamlsync/1"
"""The format of that time. A step is never changed: what it made once is in files for ever."""


def _up(rows: Rows) -> Rows:
    # No origin: nobody knows whether any directory holds what the database says.
    return rows | {_TABLE: list(artifact_rows(Artifact(_content_digest(rows), _FORMAT)))}


def _down(rows: Rows) -> Rows:
    return {name: table for name, table in rows.items() if name != _TABLE}


def _lost(rows: Rows) -> tuple[Loss, ...]:
    artifact = artifact_of(rows[_TABLE])
    return (*_of_signature(artifact), *_of_origin(artifact, _content_digest(rows)), *_of_others(artifact))


def _of_signature(artifact: Artifact) -> Iterator[Loss]:
    statement, signature = artifact.statement, artifact.signature
    if statement is not None and signature is not None:
        yield Loss("the signature, with the statement that it signs", in_signature=True)
    elif signature is not None:
        yield Loss("a signature without a statement")
    elif statement is not None:
        yield Loss("a statement without a signature")
    if artifact.source_commit is not None:
        said = None if statement is None or signature is None else parse_statement(statement)
        is_held = said is not None and said.source_commit == artifact.source_commit
        yield Loss(f"the source commit {shown(artifact.source_commit)}", in_signature=is_held)


def _of_origin(artifact: Artifact, digest: str) -> Iterator[Loss]:
    if artifact.origin and artifact.content_digest == digest:
        yield Loss("what it was built from: an import over it will ask for --force", spared=True)
    elif artifact.origin or artifact.content_digest not in (None, digest):
        yield Loss("what it was built as, by which it is known that it was changed since")


def _of_others(artifact: Artifact) -> Iterator[Loss]:
    if artifact.format not in (None, _FORMAT):
        yield Loss(f"the format {shown(artifact.format)}")
    for key in artifact.unknown:
        yield Loss(f"the key {shown(key)} of artifact")


def _content_digest(rows: Rows) -> str:
    return digests_of(rows_to_contents(rows)).content


SCHEMA_2 = Step(_up, _down, _lost)
"""The step from schema 1 to schema 2."""

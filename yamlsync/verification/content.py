"""Whether the content is the one that a database says it was written with: its digest (VER-6 to VER-8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve

from yamlsync.artifact import Artifact, is_commit
from yamlsync.database.cells import describe_row
from yamlsync.database.schema import ARTIFACT, TABLES
from yamlsync.digest import Digests, is_digest
from yamlsync.printable import shell, shown
from yamlsync.problems import Cell, Problem
from yamlsync.verification.answers import Answer, Verdict, refuse

_FORMAT = re.compile(r"yamlsync/[1-9][0-9]{0,8}\Z")
_TABLES = {table.name: table for table in TABLES}
_TABLE_OF = {"workshop": _TABLES["workshop"], "step": _TABLES["steps"]}

_ANEW = "ask whoever publishes it for the file as it was built, or build it anew from the YAML"


def content_answer(artifact: Artifact | None, digests: Digests, path: str) -> Answer:
    """The answer of `digest`: its sentence begins with the digest that was computed."""
    if artifact is None:
        message = f"{digests.content}; schema 1 carries no digest to compare it with"
        return Answer("digest", Verdict.NOTE, message)
    problems = [*_changes(artifact, digests, path), *_defects(artifact, digests, path)]
    if not problems:
        return Answer("digest", Verdict.YES, digests.content)
    if artifact.content_digest == digests.content:
        return refuse("digest", f"{digests.content}, as written; artifact is not in order", *problems)
    return refuse("digest", f"{digests.content}, not what the database was written with", *problems)


def artifact_cell(path: str, key: str) -> Cell:
    """The place of a value in the table `artifact`."""
    return Cell(path, ARTIFACT.name, describe_row(ARTIFACT, [key]), "value")


def _changes(artifact: Artifact, digests: Digests, path: str) -> Iterator[Problem]:
    """Where the content is another one than was written, part by part as far as the origin tells (YS814)."""
    changed = (
        "ask whoever publishes it for the file as it was built; how a change that is meant gets into the "
        f"YAML tells: yamlsync status {shell(path)} DIR"
    )
    said = artifact.content_digest
    if said == digests.content:
        return
    parts = [evolve(each, help=changed) for each in _changed_parts(artifact, digests, path)]
    place = artifact_cell(path, "content_digest")
    if said is None:
        yield Problem("YS814", "there is no content_digest to compare the content with", place, _ANEW)
    elif not is_digest(said):
        yield Problem("YS814", f"{shown(said)} is no digest of the version y1", place, _ANEW)
    elif not parts:
        message = f"the content has the digest {digests.content}, and was written with {said}"
        yield Problem("YS814", message, place, changed)
    yield from parts


def _changed_parts(artifact: Artifact, digests: Digests, path: str) -> Iterator[Problem]:
    origin = artifact.origin
    if not origin:
        return
    for kind, id in _in_order(digests, artifact):
        built, now = origin.get((kind, id)), digests.parts.get((kind, id))
        if built == now or (built is not None and not is_digest(built)):
            continue
        what = "what the workshop says of itself" if kind == "workshop" else "the step"
        if built is None:
            message = f"this {kind} is not one that the database was built with"
        elif now is None:
            message = f"the {kind} that the database was built with is gone"
        else:
            message = f"{what} is not as it was built"
        table = _TABLE_OF[kind]
        yield Problem("YS814", message, Cell(path, table.name, describe_row(table, [id])))


def _in_order(digests: Digests, artifact: Artifact) -> dict[tuple[str, str], None]:
    """All parts: those of the content in its order, then those that the origin alone has."""
    return dict.fromkeys([*digests.parts, *artifact.origin])


def _defects(artifact: Artifact, digests: Digests, path: str) -> Iterator[Problem]:
    """What else is not in order with what a database says of itself (YS813)."""
    for key in artifact.unknown:
        yield _defect(path, key, f"the key {shown(key)} has no meaning here")
    if artifact.format is not None and not _FORMAT.match(artifact.format):
        yield _defect(path, "format", f"{shown(artifact.format)} is no format of a directory")
    if artifact.source_commit is not None and not is_commit(artifact.source_commit):
        yield _defect(path, "source_commit", f"{shown(artifact.source_commit)} is no name of a commit")
    if artifact.origin == digests.parts:
        return  # As it mostly is: nothing to look for.
    for (kind, id), digest in artifact.origin.items():
        if not is_digest(digest):
            yield _defect(path, f"{kind}:{id}", f"{shown(digest)} is no digest of the version y1")
    if artifact.origin and artifact.content_digest == digests.content:
        yield from _contradictions(artifact, digests, path)


def _contradictions(artifact: Artifact, digests: Digests, path: str) -> Iterator[Problem]:
    """Where the origin is not that of the content, though the content is as it was written."""
    for kind, id in _in_order(digests, artifact):
        built, now = artifact.origin.get((kind, id)), digests.parts.get((kind, id))
        if built == now or (built is not None and not is_digest(built)):
            continue
        if built is None:
            message = f"the origin leaves out the {kind} {shown(id)}"
        elif now is None:
            message = f"the origin has the {kind} {shown(id)}, which is not there"
        else:
            message = f"the origin has another digest of the {kind} {shown(id)}"
        yield _defect(path, f"{kind}:{id}", f"{message}, though the content is as it was written")


def _defect(path: str, key: str, message: str) -> Problem:
    return Problem("YS813", message, artifact_cell(path, key), _ANEW)

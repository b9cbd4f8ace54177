"""The use case: a database or a directory → the same in another version, nothing lost unseen (MIG-3 on)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from attrs import evolve, frozen

from yamlsync import git
from yamlsync.artifact import Artifact, with_signature
from yamlsync.building import Before, build
from yamlsync.converters import OrphanError, Rows, contents_to_rows, rows_to_contents
from yamlsync.database.read import RowsReading, read_database_rows
from yamlsync.database.schema import ARTIFACT
from yamlsync.database.snapshot import snapshot_of
from yamlsync.detached import require_free, write_detached
from yamlsync.discovery import no_workshop
from yamlsync.document.limits import MAX_BYTES
from yamlsync.errors import not_taken
from yamlsync.layout.files import WORKSHOPS_PATH, shape_of, workshop_path
from yamlsync.layout.read import read_tree
from yamlsync.migrations import documents as yaml
from yamlsync.migrations import schemas
from yamlsync.migrations.documents import Documents, Format
from yamlsync.migrations.steps import Loss, Moved, Step, move
from yamlsync.problems import Cell, Problem
from yamlsync.proof import ProofError
from yamlsync.publish.directory import InterruptedExportError, directory_tree, reading
from yamlsync.publish.journal import Change, commit, has_leftovers, stage_files, writing
from yamlsync.publish.record import file_hash, read_record, render_record, unchanged_since
from yamlsync.publish.regular import read_regular
from yamlsync.publish.staging import sweep_beside
from yamlsync.tree import Tree, overlay

FORMATS = {1: Format(shape_of, lambda tree: read_tree(tree, with_state=True).problems)}
"""Each version of the YAML by its number."""


@frozen
class MigrationOptions:
    """What the user asked for: the version by its number, and what to do about what that would lose."""

    to: int
    dry_run: bool = False
    force: bool = False
    signature_out: str | None = None


@frozen
class Migrated:
    """What was done, or with `dry_run` would be. With problems, or where `refused`, nothing was changed.

    `was` is the version it was in. `changes` has a line for each thing that changes, `lost` what the new
    version has no place for, but for what went into `signature_out`. `signature` tells whether there was
    one to be put there.
    """

    was: int
    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
    lost: tuple[Loss, ...] = ()
    refused: bool = False
    signature: bool = False


def migrate_database(database: str, options: MigrationOptions) -> Migrated:
    """Brings a database to another schema, or to the spelling of its own; every row is kept.

    Raises OperationError where it cannot be tried or the disk does not take it, ProofError on a bug; in each
    case the database is what it was.
    """
    # Who names a link means the file behind it.
    target = os.path.realpath(database)
    # A student may go on meanwhile.
    before = Before(snapshot_of(target), database, "it was migrated")
    found = read_database_rows(database)
    if found.rows is None:
        return Migrated(found.schema, tuple(map(_advised, found.problems)))
    try:
        rows = _in_order(found.rows, found.artifact)
    except OrphanError as error:
        # Only a schema that lies can bring this about: its references were found to hold.
        cell = Cell(database, str(error))
        problem = Problem("YS805", "a row refers to nothing", cell, "take a whole copy of the file")
        return Migrated(found.schema, (problem,))
    moved = move(rows, found.schema, options.to, schemas.STEPS)
    told = _told(found, rows, moved, options)
    if told.refused:
        return told
    try:
        _save_signature(found.artifact, options.signature_out, dry_run=options.dry_run)
        if options.dry_run:
            return told
        if told.changes:
            build(target, moved.state, options.to, before)
        else:
            with suppress(OSError):
                sweep_beside(target)
    except OSError as error:
        raise not_taken(error, database) from error
    return told


def _advised(problem: Problem) -> Problem:
    """A problem without the advice to leave something behind: here, nothing ever is."""
    if problem.code != "YS801":
        return problem
    return evolve(problem, help="drop it from a copy of the database, if it can be spared: no schema has it")


def _in_order(rows: Rows, artifact: Artifact | None) -> Rows:
    """All rows, in the order in which a database is built."""
    ordered = contents_to_rows(rows_to_contents(rows))
    if artifact is not None:
        own = with_signature(rows[ARTIFACT.name], artifact.statement, artifact.signature)
        ordered[ARTIFACT.name] = list(own)
    return ordered


def _told(found: RowsReading, rows: Rows, moved: Moved[Rows], options: MigrationOptions) -> Migrated:
    changes = [f"spelled anew: {said}" for said in found.other_spelling]
    changes += schemas.changed_tables(rows, moved.state)
    is_signed = _signature(found.artifact) is not None
    is_saved = is_signed and options.signature_out is not None
    lost = tuple(each for each in moved.lost if not (is_saved and each.in_signature))
    return Migrated(found.schema, (), tuple(changes), lost, _is_refused(lost, options), is_signed)


def _is_refused(lost: tuple[Loss, ...], options: MigrationOptions) -> bool:
    return not options.force and not all(each.spared for each in lost)


def _signature(artifact: Artifact | None) -> tuple[str, str] | None:
    """A statement and its signature, where both are there."""
    if artifact is None or artifact.statement is None or artifact.signature is None:
        return None
    return artifact.statement, artifact.signature


def _save_signature(artifact: Artifact | None, path: str | None, *, dry_run: bool) -> None:
    signature = _signature(artifact)
    if path is not None and signature is not None:
        (require_free if dry_run else write_detached)(path, *signature)


@frozen
class _Plan:
    """How the files of a tree come to be in another version: those to put, and those to remove."""

    tree: Tree
    told: Migrated
    documents: Documents
    puts: dict[str, bytes]
    deletes: frozenset[str]


def migrate_directory(
    directory: str,
    options: MigrationOptions,
    formats: Mapping[int, Format] = FORMATS,
    steps: Mapping[int, Step[Documents]] = yaml.STEPS,
) -> Migrated:
    """Brings a directory to another version of the YAML, comments kept; all files are changed, or none.

    Raises OperationError where it cannot be tried or the disk does not take it, ProofError on a bug; in each
    case the directory is what it was.
    """

    def plan() -> _Plan:
        return _plan(directory, options, formats, steps)

    try:
        return _migrate_directory(directory, options, plan, formats[options.to])
    except OSError as error:
        raise not_taken(error, directory) from error


def _migrate_directory(
    directory: str, options: MigrationOptions, plan: Callable[[], _Plan], format: Format
) -> Migrated:
    try:
        with reading(directory):
            planned = plan()
        idle = not planned.told.changes and not has_leftovers(directory)
        if options.dry_run or planned.told.problems or planned.told.refused or idle:
            return planned.told
    except InterruptedExportError:
        if options.dry_run:
            raise
    with writing(directory, git.tracks):
        # Planned anew: between the two another process may have been at work.
        planned = plan()
        if planned.told.changes and not planned.told.problems and not planned.told.refused:
            stage = stage_files(directory, planned.puts)
            _prove(overlay(planned.tree, _staged(stage, planned), planned.deletes), planned, format)
            commit(directory, list(_changes(planned)), _record(directory, planned))
    return planned.told


def _plan(
    directory: str,
    options: MigrationOptions,
    formats: Mapping[int, Format],
    steps: Mapping[int, Step[Documents]],
) -> _Plan:
    tree = directory_tree(directory)
    if not tree.paths & {workshop_path(""), WORKSHOPS_PATH}:
        raise no_workshop(directory, "name the folder of one")
    at = next((number for number in sorted(formats, reverse=True) if _is_of(tree, number, formats)), 0)
    if problems := formats[at or max(formats)].problems(tree):
        return _Plan(tree, Migrated(at, problems), {}, {}, frozenset())
    old = yaml.read_documents(tree, formats[at])
    moved = yaml.move_documents(old, at, options.to, steps)
    changed = {path: block for path, block in moved.state.items() if old.get(path) != block}
    deletes = frozenset(old) - moved.state.keys()
    lines = {path: f"{path}: {'changes' if path in old else 'is new'}" for path in changed}
    lines |= {path: f"{path}: goes" for path in deletes}
    changes = tuple(line for _, line in sorted(lines.items()))
    told = Migrated(at, (), changes, moved.lost, _is_refused(moved.lost, options))
    return _Plan(tree, told, moved.state, yaml.render_documents(changed, formats[options.to]), deletes)


def _is_of(tree: Tree, number: int, formats: Mapping[int, Format]) -> bool:
    """Whether the file that all begins with can be read in a version, and says that it is of it."""
    listing = WORKSHOPS_PATH if WORKSHOPS_PATH in tree else workshop_path("")
    alone = Tree(frozenset({listing}), tree.read)
    return any(
        block.values().get("format") == yaml.name_of(number)
        for block in yaml.read_documents(alone, formats[number]).values()
    )


def _prove(tree: Tree, planned: _Plan, format: Format) -> None:
    if format.problems(tree) or not yaml.same(yaml.read_documents(tree, format), planned.documents):
        raise ProofError("what was written reads back differently, so nothing was changed")


def _staged(stage: str, planned: _Plan) -> Tree:
    numbers = {path: str(number) for number, path in enumerate(planned.puts)}
    return Tree(frozenset(numbers), lambda path: read_regular(os.path.join(stage, numbers[path]), MAX_BYTES))


def _changes(planned: _Plan) -> Iterator[Change]:
    def old(path: str) -> str | None:
        return file_hash(planned.tree.read(path)) if path in planned.tree else None

    yield from (Change(path, old(path), file_hash(data)) for path, data in planned.puts.items())
    yield from (Change(path, old(path), None) for path in sorted(planned.deletes))


def _record(directory: str, planned: _Plan) -> bytes:
    """What export wrote and nobody edited stays known as that: it says the same as before."""
    record = read_record(directory)
    untouched = unchanged_since(planned.tree, record.files)
    files = {path: known for path, known in record.files.items() if path not in planned.deletes}
    files |= {path: file_hash(data) for path, data in planned.puts.items() if path in untouched}
    return render_record(evolve(record, files=files))

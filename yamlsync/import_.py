"""The use case: files → a database, reproducible to the byte, proved before it is in place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from yamlsync.artifact import artifact_rows, built_from
from yamlsync.building import Before, build
from yamlsync.converters import contents_to_rows
from yamlsync.database.read import DatabaseReading, read_database
from yamlsync.database.schema import ARTIFACT, NEWEST
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError, not_taken
from yamlsync.layout.files import FORMAT, WORKSHOPS_PATH, is_state, shape_of, workshop_path
from yamlsync.layout.read import TreeReading, read_tree
from yamlsync.opening import names_revision
from yamlsync.overwriting import (
    Existing,
    Kept,
    existing_at,
    keep_progress,
    losses_of,
    require_replaceable,
    stays,
)
from yamlsync.printable import first_of, quoted
from yamlsync.problems import Problem
from yamlsync.publish.directory import directory_tree, reading
from yamlsync.records import Contents
from yamlsync.tree import Tree

if TYPE_CHECKING:
    from yamlsync.compare import Difference
    from yamlsync.opening import RevisionDirectory

_TEXTS = (".md", ".yaml", ".yml", ".toml", ".json")
"""How the names of files end that are never databases."""


@frozen
class ImportOptions:
    """What the user asked for. Without `schema`, it is that of the database that is replaced."""

    check: bool = False
    state: bool = False
    force: bool = False
    schema: int | None = None
    source_commit: str | None = None
    keep_state: bool = False


@frozen
class Imported:
    """What an import did, or with `check` found.

    `problems` are of the database where `of_database`, else of the directory; with any, nothing was
    changed. `kept` counts the rows of progress that were kept, None where that was not asked for, and
    `dropped` those whose step is gone. `schemas` are the old one and the new one, where they differ. Of
    what the old database had, `lost_signature` and `lost_commit` tell that the new one does not have it.

    Where there are differences, `is_replaceable` tells whether an import mends them without force, and
    `needs_keep_state` whether only one that keeps the progress does.
    """

    problems: tuple[Problem, ...] = ()
    of_database: bool = False
    differences: tuple[Difference, ...] = ()
    steps: int = 0
    changed: bool = False
    kept: int | None = None
    dropped: int = 0
    schemas: tuple[int, int] | None = None
    lost_signature: bool = False
    lost_commit: bool = False
    is_replaceable: bool = True
    needs_keep_state: bool = False


def import_(directory: str, database: str, options: ImportOptions) -> Imported:
    """Builds `database` from `directory`, which may be one in a revision; with `check`, compares the two.

    Raises OperationError where it cannot be tried or the disk does not take it, ProofError on a bug;
    in each case the database is what it was.
    """
    _refuse_swapped(directory, database)
    read = _read_revision if names_revision(directory) else _read_directory
    source = read(directory, options)
    if source.contents is None:
        return Imported(source.problems)
    contents = source.contents
    steps = sum(len(workshop.steps) for workshop in contents.workshops)
    names = (database, directory)
    if options.check:
        return evolve(_compare(contents, names, options), steps=steps)
    try:
        return evolve(_build(contents, names, options), steps=steps)
    except OSError as error:
        raise not_taken(error, database) from error


def _read_directory(directory: str, options: ImportOptions) -> TreeReading:
    """What a directory says. Raises OperationError where it does not have the files of the source commit."""
    with reading(directory):
        tree = directory_tree(directory)
        if not tree.paths & {workshop_path(""), WORKSHOPS_PATH}:
            # Imported late, as in the next functions: it is for what seldom goes wrong.
            from yamlsync.discovery import no_workshop

            raise no_workshop(directory, "name the folder of one")
        if options.source_commit is not None:
            # The very bytes that are read here are compared with those of the commit.
            tree = evolve(tree, read=cache(tree.read))
        source = read_tree(tree, with_state=options.state)
    if source.contents is not None and options.source_commit is not None:
        _require_committed(directory, tree, options.source_commit, with_state=options.state)
    return source


def _read_revision(name: str, options: ImportOptions) -> TreeReading:
    """What a directory in a revision says, with places as they are shown. Raises OperationError as above."""
    from yamlsync.opening import RevisionDirectory, locating, seen_in

    with locating() as locate:
        located = locate(name)
        if not isinstance(located, RevisionDirectory):
            raise OperationError(
                f"{name} is a file, and no folder of a workshop",
                "name the folder of the workshop's files; a database need not be built",
            )
        source = read_tree(located.tree, with_state=options.state)
        if source.contents is not None and options.source_commit is not None:
            _require_same(located, options.source_commit, with_state=options.state)
    return evolve(source, problems=seen_in(located, source.problems))


def _require_same(located: RevisionDirectory, commit: str, *, with_state: bool) -> None:
    """Raises OperationError unless a commit has the files that a revision has, at the same place."""
    from yamlsync import git

    repository = located.repository
    if commit != located.commit:
        if not git.has_commit(repository.folder, commit):
            raise _no_commit(commit)
        held = git.find(repository, commit, located.path)
        names = held.names if isinstance(held, git.RevisionTree) else {}
        different = {
            path for path, _ in names.items() ^ located.names.items() if with_state or not is_state(path)
        }
        if different:
            raise _not_those(located.name, commit, sorted(different))


def _refuse_swapped(directory: str, database: str) -> None:
    """Raises OperationError for arguments that are most likely meant the other way round."""
    if os.path.isdir(directory) or names_revision(directory):
        if database.lower().endswith(_TEXTS) and not _has_content(database):
            raise OperationError(
                f"{database} is not named like a database",
                "name the database behind the folder: import DIR DB",
            )
        return
    from yamlsync.publish.regular import is_database

    if os.path.isfile(directory) and (os.path.isdir(database) or is_database(directory)):
        what = "a database" if is_database(directory) else "a file"
        raise OperationError(
            f"{directory} is {what}, and no folder of a workshop",
            "the arguments are the other way round: import takes DIR DB, and export takes DB DIR",
        )


def _has_content(path: str) -> bool:
    return os.path.lexists(path) and not (os.path.isfile(path) and os.path.getsize(path) == 0)


def _require_committed(directory: str, tree: Tree, commit: str, *, with_state: bool) -> None:
    """Raises OperationError unless a commit has the files of a directory; outside of Git, nobody can tell."""
    # Imported late: only a commit that is named is asked for.
    from yamlsync import git

    # Who names a link means the folder behind it, and the repository of that one.
    folder = os.path.realpath(directory)
    if not git.is_inside(folder):
        return
    if not git.has_commit(folder, commit):
        raise _no_commit(commit)

    def counts(path: str) -> bool:
        return shape_of(path) is not None and (with_state or not is_state(path))

    counted = evolve(tree, paths=frozenset(filter(counts, tree.paths)))
    unlike = sorted(filter(counts, git.unlike(folder, counted, commit)))
    if unlike:
        raise _not_those(directory, commit, unlike)


def _no_commit(commit: str) -> OperationError:
    help = "fetch it, in a shallow clone with: git fetch --unshallow; or name another commit"
    return OperationError(f"commit {commit} is not in this repository", help)


def _not_those(directory: str, commit: str, unlike: list[str]) -> OperationError:
    return OperationError(
        f"the files in {directory} are not those of commit {commit[:7]}…: {first_of(unlike)}",
        "commit them, or name the commit that has them; or leave --source-commit out",
    )


def _compare(contents: Contents, names: tuple[str, str], options: ImportOptions) -> Imported:
    found = read_database(names[0])
    if found.contents is None:
        return Imported(found.problems, of_database=True)
    existing = Existing(None, found)
    _schema(existing, options)
    # Imported late: only --check compares.
    from yamlsync.compare import Difference, differences

    told = list(differences(found.contents, contents, with_state=options.state))
    told += [Difference("the database", said) for said in _other_claims(found, contents, options)]
    if not told or not losses_of(existing, contents, names):
        return Imported(differences=tuple(told))
    kept = keep_progress(found.contents, contents)
    keeps = not (options.state or kept.stepless or losses_of(existing, kept.contents, names))
    return Imported(differences=tuple(told), is_replaceable=keeps, needs_keep_state=keeps)


def _other_claims(found: DatabaseReading, contents: Contents, options: ImportOptions) -> Iterator[str]:
    """What a database is or says of itself otherwise than one that is built from the contents."""
    artifact, built = found.artifact, built_from(digests_of(contents), FORMAT)
    if options.schema not in (None, found.schema):
        yield f"has schema {found.schema}, not {options.schema}"
    elif artifact is not None:
        yield from found.other_spelling
        if artifact.format != built.format:
            said = artifact.format and f"says that it is of the format {quoted(artifact.format)}"
            yield f"{said}, not {built.format}" if said else "does not say of which format it is"
        if artifact.content_digest != built.content_digest:
            said = "says that it was written with other content than the YAML has"
            yield said if artifact.content_digest else "does not say with what content it was written"
        # Without an origin it was migrated: then it claims nothing.
        parts = {part for part, _ in artifact.origin.items() ^ built.origin.items() if artifact.origin}
        if parts:
            said = first_of(f"{kind} {quoted(id)}" for kind, id in sorted(parts))
            yield f"was built from YAML that said something else than this: {said}"
        for key in artifact.unknown:
            yield f"has the key {quoted(key)} in artifact, which is not known"
        if options.source_commit not in (None, artifact.source_commit):
            yield f"does not say that it was built from commit {options.source_commit}"


def _schema(existing: Existing, options: ImportOptions) -> int:
    """The schema to build: what is there is kept (SQL-67). Raises OperationError where it has no room."""
    schema = options.schema or existing.schema or NEWEST
    if schema == 1 and options.source_commit is not None:
        raise OperationError(
            "a database of schema 1 has no room for a source commit",
            "leave --source-commit out, or build one that has: --schema 2",
        )
    return schema


def _build(contents: Contents, names: tuple[str, str], options: ImportOptions) -> Imported:
    database = names[0]
    # Who names a link means the file behind it.
    target = os.path.realpath(database)
    help = "see that it can be spared, and run again with --force"
    existing = existing_at(
        database,
        must_be_read=options.keep_state or not options.force,
        help=f"{help} and without --keep-state" if options.keep_state else help,
    )
    kept = Kept(contents, 0)
    if options.keep_state and existing.reading and existing.reading.contents:
        kept = keep_progress(existing.reading.contents, contents)
    if not options.force:
        losses = losses_of(existing, kept.contents, names, stepless=kept.stepless)
        require_replaceable(losses, database)
    schema = _schema(existing, options)
    rows = contents_to_rows(kept.contents)
    if schema > 1:
        artifact = built_from(digests_of(contents), FORMAT, options.source_commit)
        rows[ARTIFACT.name] = list(artifact_rows(artifact))

    changed = build(
        target,
        rows,
        schema,
        # A student may begin meanwhile, or another command may put its own in this place.
        Before(existing.snapshot, database, "the new one was built"),
        stays=lambda: not options.force and stays(existing, rows, schema, is_in_use=options.keep_state),
    )
    other = changed and existing.schema not in (None, schema)
    return Imported(
        changed=changed,
        kept=kept.rows if options.keep_state else None,
        dropped=len(kept.stepless),
        schemas=(existing.schema or schema, schema) if other else None,
        lost_signature=changed and existing.is_signed,
        lost_commit=changed and existing.source_commit is not None and options.source_commit is None,
    )

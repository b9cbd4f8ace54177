"""The use case: a directory → a database, reproducible to the byte, proved before it is in place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from yamlsync.artifact import artifact_rows, built_from
from yamlsync.building import build
from yamlsync.converters import Rows, contents_to_rows
from yamlsync.database.read import read_database
from yamlsync.database.schema import ARTIFACT, NEWEST
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError, describe
from yamlsync.layout.files import FORMAT, WORKSHOPS_PATH, workshop_path
from yamlsync.layout.read import read_tree
from yamlsync.overwriting import differs_in_signature_alone, header_at, require_replaceable
from yamlsync.problems import Problem
from yamlsync.publish.directory import directory_tree, reading
from yamlsync.records import Contents

if TYPE_CHECKING:
    from yamlsync.compare import Difference

_TEXTS = (".md", ".yaml", ".yml", ".toml", ".json")
"""How the names of files end that are never databases."""


@frozen
class ImportOptions:
    """What the user asked for."""

    check: bool = False
    state: bool = False
    force: bool = False
    schema: int = NEWEST
    source_commit: str | None = None


@frozen
class Imported:
    """What an import did, or with `check` found.

    `problems` are of the database where `of_database`, else of the directory; with any, nothing was
    changed. `lost_signature` says that the database was signed, and that the new one is not.
    """

    problems: tuple[Problem, ...] = ()
    of_database: bool = False
    differences: tuple[Difference, ...] = ()
    steps: int = 0
    changed: bool = False
    lost_signature: bool = False


def import_(directory: str, database: str, options: ImportOptions) -> Imported:
    """Builds `database` from `directory`, or with `check` compares the two.

    Raises OperationError where it cannot be tried or the disk does not take it, ProofError on a bug;
    in each case the database is what it was.
    """
    _refuse_swapped(directory, database)
    with reading(directory):
        tree = directory_tree(directory)
        if not tree.paths & {workshop_path(""), WORKSHOPS_PATH}:
            # Imported late, as in the next function: it is for what seldom goes wrong.
            from yamlsync.discovery import no_workshop

            raise no_workshop(directory, "name the folder of one")
        source = read_tree(tree, with_state=options.state)
    if source.contents is None:
        return Imported(source.problems)
    contents = source.contents
    steps = sum(len(workshop.steps) for workshop in contents.workshops)
    if options.check:
        return evolve(_compare(contents, database, options), steps=steps)
    # Who names a link means the file behind it.
    target = os.path.realpath(database)
    try:
        return evolve(_build(contents, target, options), steps=steps)
    except OSError as error:
        raise OperationError(
            f"{error.filename or database}: {describe(error)}",
            "see to permissions and free space, and run again",
        ) from error


def _refuse_swapped(directory: str, database: str) -> None:
    """Raises OperationError for arguments that are most likely meant the other way round."""
    if os.path.isdir(directory):
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


def _compare(contents: Contents, database: str, options: ImportOptions) -> Imported:
    existing = read_database(database)
    if existing.contents is None:
        return Imported(existing.problems, of_database=True)
    # Imported late: only --check compares.
    from yamlsync.compare import Difference, differences

    found = list(differences(existing.contents, contents, with_state=options.state))
    if existing.schema != options.schema:
        found.append(Difference("the database", f"has schema {existing.schema}, not {options.schema}"))
    elif existing.artifact is not None:
        found += [Difference("the database", said) for said in existing.other_spelling]
        built = built_from(digests_of(contents), FORMAT)
        for name in ("format", "content_digest", "origin", "unknown"):
            if getattr(existing.artifact, name) != getattr(built, name):
                found.append(Difference(f"artifact, {name}", "is not that of what the YAML says"))
    return Imported(differences=tuple(found))


def _rows(contents: Contents, options: ImportOptions) -> Rows:
    rows = contents_to_rows(contents)
    if options.schema > 1:
        artifact = built_from(digests_of(contents), FORMAT, options.source_commit)
        rows[ARTIFACT.name] = list(artifact_rows(artifact))
    return rows


def _build(contents: Contents, target: str, options: ImportOptions) -> Imported:
    existing = require_replaceable(contents, target, force=options.force)
    rows = _rows(contents, options)

    def require_unchanged() -> None:
        # A student may have begun meanwhile.
        if existing.header != header_at(target):
            require_replaceable(contents, target, force=options.force)

    changed = build(
        target,
        rows,
        options.schema,
        stays=lambda: differs_in_signature_alone(existing, rows, options.schema),
        require_replaceable=require_unchanged,
    )
    return Imported(changed=changed, lost_signature=changed and existing.is_signed)

"""The use case: which of a database and a directory changed since both said the same (STA-1 to STA-12)."""

from __future__ import annotations

import os
from collections.abc import Iterator

from attrs import evolve, frozen

from yamlsync import git
from yamlsync.artifact import Artifact, is_commit
from yamlsync.database.read import read_database
from yamlsync.digest import digests_of
from yamlsync.discovery import no_workshop
from yamlsync.document.model import Block, Value
from yamlsync.errors import OperationError
from yamlsync.holding import refuse_edits
from yamlsync.layout import step, workshop
from yamlsync.layout.files import WORKSHOPS_PATH, is_state, workshop_path
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import plan_update
from yamlsync.problems import Problem
from yamlsync.publish.directory import directory_tree, reading
from yamlsync.publish.record import read_record
from yamlsync.publish.regular import is_database
from yamlsync.records import Contents
from yamlsync.synchrony import Part, Parts, State, bases, compare, whole
from yamlsync.tree import Tree


@frozen
class Field:
    """A field in which the two sides of a part differ, by its key in the file.

    `line` is the first line that differs in a text that has several. The other two are steps of a list.
    """

    name: str
    line: int | None = None
    only_in_database: tuple[str, ...] = ()
    only_in_yaml: tuple[str, ...] = ()


@frozen
class PartStatus:
    """A part that is not in sync: its `kind`, `workshop` or `step`, and its id; where it is; what differs.

    Without `fields` it is on one side alone.
    """

    kind: str
    id: str
    state: State
    in_database: bool
    in_yaml: bool
    fields: tuple[Field, ...] = ()


@frozen
class Worktree:
    """What Git tells of the directory: its `path` below the top of the worktree, "." for the top itself.

    `is_committed` is whether HEAD has its files as they stand, `has_source` whether the repository has the
    commit that the database was built from.
    """

    path: str
    is_committed: bool
    has_source: bool


@frozen
class Status:
    """How the two stand to each other. With problems of either there is no answer, and `state` is None.

    Where no workshop is in both, `strangers` has the id of one in the database and of one in the YAML.

    The rest is what to do depends on: whether the database has a table that can tell what it was built
    from (ART-1), whether it does, and is as it was built (ART-3); the commit of that, its rows of progress;
    whether somebody holds each file that an export would change (LAY-74); and the worktree, None where there
    is no Git.
    """

    state: State | None
    parts: tuple[PartStatus, ...] = ()
    of_database: tuple[Problem, ...] = ()
    of_directory: tuple[Problem, ...] = ()
    strangers: tuple[str, str] | None = None
    has_artifact: bool = False
    has_origin: bool = False
    as_built: bool = False
    source_commit: str | None = None
    progress: int = 0
    is_held: bool = True
    worktree: Worktree | None = None


def status(database: str, directory: str) -> Status:
    """Compares a database and a directory. Writes nothing.

    Raises OperationError where it cannot be tried: one of them is not there, or is no workshop.
    """
    if os.path.isdir(database) and is_database(directory):
        raise OperationError(
            f"{database} is a folder, and no database",
            "the arguments are the other way round: status takes DB DIR",
        )
    source = read_database(database)
    with reading(directory):
        tree = directory_tree(directory)
        if not tree.paths & {workshop_path(""), WORKSHOPS_PATH}:
            raise no_workshop(directory, "name the folder of one")
        record = read_record(directory)
        yaml = read_tree(tree, with_state=False)
        if source.contents is None or yaml.contents is None:
            return Status(None, of_database=source.problems, of_directory=yaml.problems)
        if strangers := _strangers(source.contents, yaml.contents):
            return Status(State.UNKNOWN, strangers=strangers)
        known = bases(source.artifact, record.last)
        found = _compare(source.contents, yaml.contents, source.artifact, known)
        if found.state is State.IN_SYNC and (found.as_built or not found.has_artifact):
            return found  # There is nothing to do, and so nothing more to ask.
        progress = len(source.contents.runtime_states) + len(source.contents.custom_states)
        found = evolve(found, progress=progress, worktree=_worktree(directory, tree, found.source_commit))
        if found.state is State.DATABASE_AHEAD:
            definition = evolve(source.contents, runtime_states=(), custom_states=())
            update = plan_update(tree, definition, with_state=False)
            found = evolve(found, is_held=not refuse_edits(update, record, directory)[0])
        return found


def _strangers(database: Contents, yaml: Contents) -> tuple[str, str] | None:
    ours, theirs = ([workshop.id for workshop in contents.workshops] for contents in (database, yaml))
    return None if set(ours) & set(theirs) or not ours or not theirs else (ours[0], theirs[0])


def _worktree(directory: str, tree: Tree, source_commit: str | None) -> Worktree | None:
    """What Git tells of the directory; None where there is no Git, or no commit in it yet."""
    path = git.below_top(directory)
    if path is None:
        return None
    files = frozenset(path for path in tree.paths if not is_state(path))
    try:
        answer = git.committed(directory, tree, files)
        has_source = source_commit is not None and git.has_commit(directory, source_commit)
    except OperationError:
        return None
    return None if answer.note else Worktree(path, answer.paths == files, has_source)


def _compare(
    database: Contents, yaml: Contents, artifact: Artifact | None, known: tuple[Parts, ...]
) -> Status:
    digests = digests_of(database)
    states = compare(digests.parts, digests_of(yaml).parts, known)
    documents = [_documents(contents) if states else {} for contents in (database, yaml)]
    parts = tuple(
        _part(part, state, *(each.get(part) for each in documents)) for part, state in states.items()
    )
    status = Status(whole(states.values()), parts)
    if artifact is None:
        return status
    commit = artifact.source_commit
    return evolve(
        status,
        has_artifact=True,
        has_origin=bool(artifact.origin),
        # The origin is asked too: whoever changes the one of the two may forget the other.
        as_built=artifact.origin == digests.parts and artifact.content_digest == digests.content,
        # It may come from anywhere, and goes into commands.
        source_commit=commit if commit is not None and is_commit(commit) else None,
    )


def _documents(contents: Contents) -> dict[Part, Block]:
    """The canonical document of each part. What it says of steps without navigation stands in the step."""
    found: dict[Part, Block] = {}
    for row in contents.workshops:
        header = evolve(workshop.header_of(row), navigated=True)
        found["workshop", row.id] = workshop.to_block(header)
        for each, around in zip(row.steps, workshop.arounds(header, row.steps), strict=True):
            found["step", each.id] = step.to_block(each, around)
    return found


def _part(part: Part, state: State, database: Block | None, yaml: Block | None) -> PartStatus:
    fields = () if database is None or yaml is None else tuple(_fields(database, yaml))
    return PartStatus(*part, state, database is not None, yaml is not None, fields)


def _fields(database: Block, yaml: Block, prefix: str = "") -> Iterator[Field]:
    """The fields in which two documents differ, in the order of the database's and then of the YAML's."""
    left, right = database.values(), yaml.values()
    for key in dict.fromkeys((*left, *right)):
        if key not in left or key not in right or left[key] != right[key]:
            yield from _field(prefix + key, left.get(key), right.get(key))


def _field(name: str, database: Value, yaml: Value) -> Iterator[Field]:
    left, right = (Block(()) if each is None else each for each in (database, yaml))
    if not isinstance(database or yaml, Block) or not isinstance(left, Block) or not isinstance(right, Block):
        yield Field(name, _line(database, yaml))
    elif name == "steps":
        ids = [[str(item) for item in block.items()] for block in (left, right)]
        alone = [tuple(id for id in one if id not in set(other)) for one, other in (ids, ids[::-1])]
        yield Field(name, None, *alone)
    else:
        yield from _fields(left, right, f"{name}.")


def _line(database: Value, yaml: Value) -> int | None:
    """The first line that differs of two texts of which one has several."""
    if not isinstance(database, str) or not isinstance(yaml, str) or "\n" not in database + yaml:
        return None
    lines = database.split("\n"), yaml.split("\n")
    pairs = enumerate(zip(*lines, strict=False), start=1)
    return next((number for number, (one, other) in pairs if one != other), min(map(len, lines)) + 1)

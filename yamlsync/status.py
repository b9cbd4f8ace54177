"""The use case: which of a database and a directory changed since both said the same (STA-1 to STA-12)."""

from __future__ import annotations

import os
from collections.abc import Iterator

from attrs import evolve, frozen

from yamlsync import git
from yamlsync.artifact import Artifact
from yamlsync.database.read import read_database
from yamlsync.digest import digests_of
from yamlsync.discovery import no_workshop
from yamlsync.document.model import Block, Value
from yamlsync.errors import OperationError
from yamlsync.layout import step, workshop
from yamlsync.layout.files import WORKSHOPS_PATH, workshop_path
from yamlsync.layout.read import read_tree
from yamlsync.problems import Problem
from yamlsync.publish.directory import directory_tree, reading
from yamlsync.publish.record import read_record
from yamlsync.publish.regular import is_database
from yamlsync.records import Contents
from yamlsync.synchrony import Part, Parts, State, bases, compare, whole


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
class Status:
    """How the two stand to each other. With problems of either there is no answer, and `state` is None.

    The rest is what to do depends on: whether the database is as it was built (ART-3), whether it tells what
    from, the commit of that, its rows of progress, and whether the directory lies in a Git worktree.
    """

    state: State | None
    parts: tuple[PartStatus, ...] = ()
    of_database: tuple[Problem, ...] = ()
    of_directory: tuple[Problem, ...] = ()
    as_built: bool = False
    has_origin: bool = False
    source_commit: str | None = None
    progress: int = 0
    in_git: bool = False


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
    found = _compare(source.contents, yaml.contents, source.artifact, bases(source.artifact, record.last))
    return evolve(
        found,
        progress=len(source.contents.runtime_states) + len(source.contents.custom_states),
        in_git=git.is_inside(directory),
    )


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
    return evolve(
        status,
        # The origin is asked too: whoever changes the one of the two may forget the other.
        as_built=artifact.origin == digests.parts and artifact.content_digest == digests.content,
        has_origin=bool(artifact.origin),
        source_commit=artifact.source_commit,
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

"""What a WORKSHOP on a command line names: a database or a directory, as a file or in a revision (CLI-30)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, field, frozen

from yamlsync.errors import OperationError
from yamlsync.printable import shell
from yamlsync.problems import Place, Problem, in_order
from yamlsync.publish.regular import is_database
from yamlsync.records import Contents
from yamlsync.tree import Tree

if TYPE_CHECKING:
    from yamlsync.database.read import DatabaseReading
    from yamlsync.git import Repository, RevisionFile, RevisionTree

_NOTHING: Mapping[str, str] = {}


@frozen
class Database:
    """A database, by its path as it was named."""

    name: str
    names: Mapping[str, str] = field(default=_NOTHING, init=False, repr=False)
    commit: None = field(default=None, init=False, repr=False)

    def shown(self, path: str) -> str:
        """What is shown of a place in it."""
        return path


@frozen
class Directory:
    """A directory, by its path as it was named."""

    name: str
    names: Mapping[str, str] = field(default=_NOTHING, init=False, repr=False)
    commit: None = field(default=None, init=False, repr=False)

    def shown(self, path: str) -> str:
        """A file's path as seen from the working directory."""
        return f"{self.name.rstrip('/')}/{path}" if self.name not in ("", ".") else path


@frozen
class RevisionDirectory:
    """A workshop's directory in a revision.

    `names` has Git's name of the bytes at each path of `tree`; equal names are equal bytes. `path` is the
    path of the directory from the top of the repository. The tree can be read as long as the `locating` lasts
    that found it.
    """

    name: str
    tree: Tree = field(repr=False)
    names: Mapping[str, str] = field(eq=False, repr=False)
    commit: str
    path: str
    repository: Repository = field(eq=False, repr=False)

    def shown(self, path: str) -> str:
        """A file's path as reports show it: `main:course/steps/a.yaml`."""
        return _shown(self.name, path)


@frozen
class RevisionDatabase:
    """A database in a revision; `blob` is Git's name of its bytes, `path` its path from the top."""

    name: str
    blob: str
    commit: str
    path: str
    repository: Repository = field(eq=False, repr=False)
    names: Mapping[str, str] = field(default=_NOTHING, init=False, repr=False)

    def shown(self, path: str) -> str:
        """What is shown of a place in it."""
        return path


Located: TypeAlias = Database | Directory | RevisionDirectory | RevisionDatabase


@frozen
class Opened:
    """What a workshop says, without students' progress unless it was asked for, or its problems.

    `root` is the directory that the places of problems are seen from; "" where they say all, as those in
    databases and in revisions do.
    """

    contents: Contents | None
    problems: tuple[Problem, ...]
    root: str


def names_revision(text: str) -> bool:
    """Whether a text names something in a revision. What is there as a file goes first, at this moment."""
    if os.path.lexists(text):
        return False
    # Imported late, as all of Git here: most workshops are no revisions.
    from yamlsync.git import split_revision

    return split_revision(text) is not None


@contextmanager
def locating() -> Iterator[Callable[[str], Located]]:
    """A function that says what a WORKSHOP is: of all that are in revisions, by one process of git (GIT-10).

    It raises OperationError where it cannot be tried: nothing is there, or no workshop; no such revision. The
    process ends with the context.
    """
    with ExitStack() as stack:
        repository: Repository | None = None

        def locate(name: str) -> Located:
            nonlocal repository
            if not names_revision(name):
                return _in_file_system(name)
            from yamlsync.git import open_repository

            if repository is None:
                repository = stack.enter_context(open_repository(os.curdir))
            return in_revision(repository, name)

        yield locate


def _in_file_system(name: str) -> Located:
    if is_database(name):
        return Database(name)
    if os.path.isdir(name):
        return Directory(name)
    what = "is no workshop" if os.path.lexists(name) else "does not exist"
    raise OperationError(f"{name} {what}", "name a workshop's database or its directory")


def in_revision(repository: Repository, name: str) -> RevisionDirectory | RevisionDatabase:
    """What REV:PATH names, without a look at the file system. Raises OperationError as `locating` does."""
    from yamlsync.git import RevisionFile

    found, path = find_named(repository, name)
    if not isinstance(found, RevisionFile):
        _require_workshop(found.tree, name)
        return RevisionDirectory(name, found.tree, found.names, found.commit, path, repository)
    return RevisionDatabase(name, found.name, found.commit, path, repository)


def find_named(repository: Repository, name: str) -> tuple[RevisionTree | RevisionFile, str]:
    """What REV:PATH names, and its path from the top; raises OperationError as `git.find` does."""
    from yamlsync.git import find, path_from_top, split_revision

    named = split_revision(name)
    if named is None:
        raise AssertionError(f"{name} names no revision")
    revision, path = named
    below = os.path.relpath(repository.folder, repository.top)
    path = path_from_top(path.replace(os.sep, "/"), below.replace(os.sep, "/"))
    return find(repository, revision, path), path


def _shown(name: str, path: str) -> str:
    from yamlsync.git import shown_path, split_revision

    revision, folder = split_revision(name) or ("", name)
    return shown_path(revision, folder, path)


def _require_workshop(tree: Tree, name: str) -> None:
    # Imported late: who opens a database needs no layout, which takes 25 of 110 ms.
    from yamlsync.layout.files import WORKSHOPS_PATH, workshop_path

    lists = {workshop_path(""), WORKSHOPS_PATH}
    # A link in place of a list is told as that.
    if lists & (tree.paths | {problem.place.path for problem in tree.problems}):
        return
    folders = sorted({path.rpartition("/")[0] for path in tree.paths})
    raise OperationError(
        f"{name} holds no workshop: there is no workshop.yaml in it",
        "name the folder of one" + (f": the files in {folders[0]}/ belong to one" if folders else ""),
    )


def open_workshop(path: str) -> Opened:
    """Reads what a WORKSHOP names. Raises OperationError as `locating` does."""
    with locating() as locate:
        return read(locate(path))


def read(located: Located, *, with_state: bool = False) -> Opened:
    """Reads a workshop; students' progress only `with_state`, and never that of a database.

    Raises OperationError where it cannot be tried.
    """
    if isinstance(located, Database | RevisionDatabase):
        found = read_database_at(located)
        return Opened(found.contents, found.problems, "")
    # Imported late: who opens a database needs no layout.
    from yamlsync.layout.read import read_tree

    with reading_tree(located) as tree:
        source = read_tree(tree, with_state=with_state)
    if isinstance(located, Directory):
        return Opened(source.contents, source.problems, located.name)
    return Opened(source.contents, seen_in(located, source.problems), "")


@contextmanager
def reading_tree(located: Directory | RevisionDirectory) -> Iterator[Tree]:
    """The files of a workshop, which nobody changes meanwhile.

    Raises OperationError where no workshop is in a directory, or another process writes into it.
    """
    if isinstance(located, RevisionDirectory):
        yield located.tree
        return
    from yamlsync.layout.files import WORKSHOPS_PATH, workshop_path
    from yamlsync.publish.directory import directory_tree, reading

    path = located.name
    with reading(path):
        tree = directory_tree(path)
        if not tree.paths & {workshop_path(""), WORKSHOPS_PATH}:
            # Imported late: it knows all rules, for what check does with it.
            from yamlsync.discovery import no_workshop

            raise no_workshop(path, "name the folder of one")
        yield tree


def seen_in(located: RevisionDirectory, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems of a tree in a revision, with their places as reports show them."""
    return in_order(
        [
            evolve(problem, place=evolve(problem.place, path=located.shown(problem.place.path)))
            if isinstance(problem.place, Place)
            else problem
            for problem in problems
        ]
    )


def read_database_at(located: Database | RevisionDatabase) -> DatabaseReading:
    """Reads a database, or one in a revision from a temporary file that nobody else may read.

    Raises OperationError where it cannot be tried.
    """
    # Imported late: who opens a directory needs no database.
    from yamlsync.database.read import read_database

    if isinstance(located, Database):
        return read_database(located.name)
    from yamlsync.git.files import temporary_database

    with temporary_database(located.repository, located.blob, located.name) as path:
        try:
            found = read_database(path)
        except OperationError as error:
            raise _renamed(error, path, located.name) from error
    problems = [
        evolve(
            problem,
            message=problem.message.replace(path, located.name),
            place=evolve(problem.place, path=located.name),
            help=_help(problem.help, path, located.name),
        )
        for problem in found.problems
    ]
    return evolve(found, problems=tuple(problems))


def _renamed(error: OperationError, path: str, name: str) -> OperationError:
    return OperationError(error.message.replace(path, name), _help(error.help, path, name))


def _help(help: str | None, path: str, name: str) -> str | None:
    """What to do about a database in a revision: what is said of a temporary file is nobody's to do."""
    if help is None or path not in help:
        return help
    return f"write it into a file first: git show {shell(name)} > FILE"

"""A WORKSHOP on a command line → its history in Git (LOG-10)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from attrs import frozen

from yamlsync import git
from yamlsync.errors import OperationError
from yamlsync.git import Repository
from yamlsync.git.history import commits_of
from yamlsync.git.naming import path_from_top, split_revision
from yamlsync.history.places import LISTS, is_named_as_file, located_at, paths_of, step_ids
from yamlsync.history.walking import Walk
from yamlsync.opening import RevisionDatabase, in_revision, names_revision
from yamlsync.printable import shell
from yamlsync.publish.regular import is_database
from yamlsync.renditions.entries import Entry


@frozen
class History:
    """The commits of a workshop: `path` from the top of the repository, in `start` and what led to it."""

    repository: Repository
    name: str
    start: str
    path: str
    is_file: bool

    def entries(self) -> Iterator[Entry]:
        """What each commit did, newest first. Raises OperationError where an object is missing or broken."""
        return Walk(self.repository).entries(self.start, self.path, is_file=self.is_file)

    def step_ids(self) -> set[str]:
        """The ids of the steps that the newest commit has, as far as they can be read."""
        here = located_at(self.repository, self.start, self.path)
        return set() if here is None else step_ids(here)


@contextmanager
def opened_history(workshop: str) -> Iterator[History]:
    """The history of a WORKSHOP: of what is in the worktree, from HEAD on.

    Raises OperationError where there is none: outside of Git, without a commit, without such a workshop.
    """
    revision, path, folder = _named(workshop)
    with git.open_repository(folder) as repository:
        start = git.commit_of(repository, revision)
        here = located_at(repository, start, path)
        is_file = is_named_as_file(path) if here is None else isinstance(here, RevisionDatabase)
        history = History(repository, workshop, start, path, is_file=is_file)
        if here is None and not commits_of(repository, start, paths_of(path, is_file=is_file)):
            raise _never_there(history)
        yield history


def _named(workshop: str) -> tuple[str, str, str]:
    """The revision that a WORKSHOP means, its path from the top, and a folder in its repository."""
    if names_revision(workshop):
        revision, path = split_revision(workshop) or ("", "")
        below = git.below_top(os.curdir) or "."
        return revision, path_from_top(path.replace(os.sep, "/"), below.replace(os.sep, "/")), os.curdir
    if not os.path.lexists(workshop):
        raise OperationError(
            f"{workshop} does not exist",
            f"name a workshop's database or its directory; one that is gone: HEAD:{workshop}",
        )
    is_folder = os.path.isdir(workshop)
    if not is_folder and not is_database(workshop):
        raise OperationError(f"{workshop} is no workshop", "name a workshop's database or its directory")
    folder, name = (workshop, "") if is_folder else os.path.split(os.path.abspath(workshop))
    above = git.below_top(folder)
    if above is None:
        raise OperationError(
            f"{workshop} is in no Git repository, so it has no history", "commit it first: git init, git add"
        )
    path = os.path.normpath(os.path.join(above, name)).replace(os.sep, "/")
    return "HEAD", "" if path == "." else path, folder


def _never_there(history: History) -> OperationError:
    """What to raise where no commit has the workshop."""
    if names_revision(history.name):
        try:
            in_revision(history.repository, history.name)
        except OperationError as error:
            return error
    elif os.path.isdir(history.name):
        from yamlsync.discovery import no_workshop

        if not any(os.path.lexists(os.path.join(history.name, each)) for each in LISTS):
            return no_workshop(history.name, "name the folder of one")
    return OperationError(
        f"{history.name} is in no commit yet, so it has no history",
        f"commit it first: git add {shell(history.name)} && git commit",
    )

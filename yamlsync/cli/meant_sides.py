"""What somebody means by a side of `diff` that can be none: a revision alone, a range, the top (DIF-2)."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from yamlsync.errors import OperationError
from yamlsync.opening import find_named
from yamlsync.printable import shell, shown

if TYPE_CHECKING:
    from yamlsync.git import Repository

_RANGE = re.compile(r"(?P<one>[^{}:]*?)(?P<dots>\.{2,3})(?P<other>[^{}:]*)")
_LISTS = ("workshop.yaml", "workshops.yaml")
"""What a folder has in which a workshop is, or several are."""

_TOP = ("", ".")


def require_meant(name: str) -> None:
    """Raises OperationError, with what to write instead, for what Git takes and no workshop is named by."""
    if os.path.lexists(name):
        return
    # Imported late, as in each of these: mostly what is named is there.
    from yamlsync.git import open_repository, split_revision, top_of

    named = split_revision(name)
    revision, path = named or (name, None)
    range = _RANGE.fullmatch(revision)
    is_path = named is None and (range is None or not range["one"] or "/." in revision or "./" in revision)
    if (is_path and not _may_be_revision(name)) or top_of(os.path.realpath(os.curdir)) is None:
        return
    with open_repository(os.curdir) as repository:
        if range is not None and not is_path:
            raise _two_revisions(repository, range, name, path)
        if named is None and repository.look_up(f"{name}^{{commit}}") is not None:
            found = _named(repository, name, None)
            raise OperationError(f"{shown(name)} is a revision, and no workshop", f"name one in it: {found}")
        if named is not None and path in _TOP:
            _require_top(repository, revision, name)


def _may_be_revision(name: str) -> bool:
    return not name.startswith("-") and "\n" not in name and bool(name)


def _two_revisions(
    repository: Repository, range: re.Match[str], name: str, path: str | None
) -> OperationError:
    """What to say of `a..b:course`: two revisions are two sides."""
    one, other = range["one"] or "HEAD", range["other"] or "HEAD"
    new = _named(repository, other, path)
    old = f"{shell(one)}:{new.partition(':')[2]}"
    if len(range["dots"]) > len(".."):
        old = f'"$(git merge-base {shell(one)} {shell(other)}):{new.partition(":")[2]}"'
    return OperationError(
        f"{shown(name)} is a range of revisions, and one side is one of them", f"name both: {old} {new}"
    )


def _named(repository: Repository, revision: str, path: str | None) -> str:
    """A workshop in a revision, as it is written on a command line; with PATH where it is not known which."""
    from yamlsync.git.explaining import folders_with

    if path is None:
        found = folders_with(repository, revision, _LISTS)
        if len(found) != 1:
            return f"{shell(revision)}:PATH"
        path = found[0]
    return shell(f"{revision}:{path}")


def _require_top(repository: Repository, revision: str, name: str) -> None:
    """Raises OperationError for the top of the repository where the folder one stands in is meant."""
    from yamlsync.git.explaining import has_path

    below = os.path.relpath(repository.folder, repository.top)
    if below == os.curdir or repository.look_up(f"{revision}^{{commit}}") is None:
        return
    if not any(has_path(repository, revision, each) for each in _LISTS):
        raise OperationError(
            f"{name} is the top of the repository, and no workshop is in it",
            f"the folder you stand in is {revision}:./",
        )


def not_in_worktree(old: str, new: str) -> OperationError:
    """What to raise for an OLD in Git of which the worktree has nothing, at the path `new`.

    Raises it itself where the revision does not have it either.
    """
    from yamlsync.git import RevisionFile, open_repository

    with open_repository(os.curdir) as repository:
        found, _ = find_named(repository, old)
    message = f"{new} does not exist in the worktree, but {old} does"
    beside = [] if isinstance(found, RevisionFile) else _workshops_beside(new)
    if len(beside) == 1:
        return OperationError(
            message, f"if it has another name now: yamlsync diff {shell(old)} {shell(beside[0])}"
        )
    return OperationError(message, "name NEW, what it is to be compared with")


def _workshops_beside(path: str) -> list[str]:
    """The folders beside a path that workshops are in."""
    parent = os.path.dirname(os.path.normpath(path))
    try:
        names = sorted(os.listdir(parent or os.curdir))
    except OSError:
        return []
    folders = (os.path.join(parent, name) for name in names)
    return [
        folder for folder in folders if any(os.path.isfile(os.path.join(folder, each)) for each in _LISTS)
    ]

"""What `diff` compares: two paths, the worktree where NEW is not named, standard input (DIF-1 to DIF-4)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from attrs import evolve

from yamlsync.comparison import Comparison, Side, Unreadable
from yamlsync.errors import OperationError
from yamlsync.opening import names_revision
from yamlsync.spooling import SQLITE_START, spooled

STANDARD_INPUT = "-"
_SHOWN = "standard input"
_MEANT = "- stands for the bytes of a workshop's database"
_PIECE = 1 << 20


def require_named(*names: str | None) -> None:
    """Raises OperationError for a name that is no path and cannot be a side, where it tells what is meant."""
    for name in names:
        if name is not None and name != STANDARD_INPUT and not os.path.lexists(name):
            # Imported late: mostly what is named is there, or plainly in a revision.
            from yamlsync.cli.meant_sides import require_meant

            require_meant(name)


def worktree_of(old: str) -> tuple[str, str]:
    """The two sides where NEW is not named: what Git holds, and what is in the worktree (DIF-2).

    Raises OperationError where there is no worktree to look for it in.
    """
    if old == STANDARD_INPUT:
        raise click.UsageError("NEW is missing: name what standard input is to be compared with")
    # Imported late: where both are named, often neither is in Git.
    from yamlsync.git import below_top, path_from_top, split_revision, top_of

    named = split_revision(old) if names_revision(old) else None
    if named is None:
        return _in_head(old), old
    top = top_of(os.path.realpath(os.curdir))
    below = below_top(os.curdir)
    if top is None or below is None:
        raise OperationError(
            f"{old}: this folder is in no Git repository", "run this inside of one, or name NEW"
        )
    path = os.path.join(top, *path_from_top(named[1], below.replace(os.sep, "/")).split("/"))
    new = os.path.relpath(path, os.path.realpath(os.curdir))
    if not os.path.lexists(new):
        # Imported late: mostly it is there.
        from yamlsync.cli.meant_sides import not_in_worktree

        raise not_in_worktree(old, new)
    # A name with a colon is a path that is there, and one that begins with a dash is no option.
    return old, new


def _in_head(path: str) -> str:
    """The name of a path in the last commit."""
    if not os.path.lexists(path):
        raise OperationError(f"{path} does not exist", "name a workshop's database or its directory")
    from yamlsync.git import below_top, top_of

    folder, name = os.path.split(os.path.abspath(path))
    below = below_top(path if os.path.isdir(path) else folder)
    if below is None or top_of(os.path.realpath(os.curdir)) != top_of(os.path.realpath(folder)):
        raise OperationError(
            f"{path} is not in the Git repository of this folder, so there is nothing to compare it with",
            "name NEW, or -C the repository",
        )
    found = below if os.path.isdir(path) else os.path.join(below, name)
    found = os.path.normpath(found).replace(os.sep, "/")
    return f"HEAD:{'' if found == '.' else found}"


@contextmanager
def compared_sides(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The paths of both sides: of standard input, that of a file with what came in; it goes afterwards.

    What is raised meanwhile calls it standard input. Raises OperationError where that is no database.
    """
    if STANDARD_INPUT not in (old, new):
        yield old, new
        return
    if old == new:
        raise click.UsageError("standard input can be one of the two alone")
    help = "write it into a file, and name that"
    with spooled(_standard_input(), _SHOWN, help, _require_database) as path:
        try:
            yield (path, new) if old == STANDARD_INPUT else (old, path)
        except OperationError as error:
            raise OperationError(*_renamed(path, error.message, error.help)) from error


def _standard_input() -> Iterator[bytes]:
    if sys.stdin is None or sys.stdin.closed:
        raise OperationError(f"{_SHOWN} is closed", _MEANT)
    while piece := sys.stdin.buffer.read(_PIECE):
        yield piece


def _require_database(start: bytes) -> None:
    if not start.startswith(SQLITE_START):
        what = "is no SQLite database" if start else "is empty"
        raise OperationError(f"{_SHOWN} {what}", _MEANT)


def as_named(
    found: Comparison | Unreadable, names: tuple[str, str], paths: tuple[str, str]
) -> Comparison | Unreadable:
    """What was found, with standard input by its own name."""
    path = next((path for name, path in zip(names, paths, strict=True) if name == STANDARD_INPUT), None)
    if path is None:
        return found
    if isinstance(found, Comparison):
        old, new = (_side(side, path) for side in (found.old, found.new))
        return evolve(found, old=old, new=new)
    if found.name != path:
        return found
    problems = []
    for problem in found.problems:
        message, help = _renamed(path, problem.message, problem.help)
        place = evolve(problem.place, path=problem.place.path.replace(path, _SHOWN))
        problems.append(evolve(problem, message=message, help=help, place=place))
    return evolve(found, name=STANDARD_INPUT, problems=tuple(problems))


def spoken(name: str) -> str:
    """What a side is called in a sentence."""
    return _SHOWN if name == STANDARD_INPUT else name


def _side(side: Side, path: str) -> Side:
    return evolve(side, name=STANDARD_INPUT) if side.name == path else side


def _renamed(path: str, message: str, help: str | None) -> tuple[str, str | None]:
    """A message with standard input by its name, and help that is of use for that."""
    is_about = help is not None and path in help
    return message.replace(path, _SHOWN), "write it into a file, and name that" if is_about else help

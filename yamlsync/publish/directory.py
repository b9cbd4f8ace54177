"""A directory as a tree: its files of ours, read without following links, while nobody writes them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from yamlsync.document.limits import MAX_BYTES
from yamlsync.errors import OperationError, describe
from yamlsync.layout.files import shape_of
from yamlsync.problems import Place, Problem
from yamlsync.publish.locking import BusyError, locked
from yamlsync.publish.own_folder import JOURNAL, LOCK, OWN_FOLDER
from yamlsync.publish.regular import read_regular
from yamlsync.tree import Tree

_FOLDERS = ("steps", "state", "workshops")


def directory_tree(root: str) -> Tree:
    """The files of ours below `root`. Links and devices among them are problems, never followed.

    Raises OperationError where the folder cannot be read.
    """
    paths: set[str] = set()
    problems: list[Problem] = []
    _scan(root, "", paths, problems)
    return Tree(frozenset(paths), lambda path: read_file(root, path), tuple(problems))


def named_tree(root: str, paths: Iterable[str]) -> Tree:
    """Some files of ours below `root` as `directory_tree` has them, without looking at any other."""
    problems: dict[str, Problem] = {}
    found = set()
    for path in paths:
        parts = path.split("/")
        above = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
        link = next((each for each in above if os.path.islink(os.path.join(root, each))), None)
        if link is not None:
            problems[link] = _irregular(link, "a link, and links are not followed")
        elif not os.path.isfile(os.path.join(root, path)):
            problems[path] = _irregular(path, "not a file")
        else:
            found.add(path)
    return Tree(frozenset(found), lambda path: read_file(root, path), tuple(problems.values()))


def _scan(root: str, folder: str, paths: set[str], problems: list[Problem]) -> None:
    try:
        with os.scandir(os.path.join(root, folder) if folder else root) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        raise OperationError(f"the folder {root} does not exist", "name the folder of a workshop") from None
    except NotADirectoryError:
        raise OperationError(f"{root} is a file, not a folder", "name the folder of a workshop") from None
    except OSError as error:
        raise OperationError(f"{os.path.join(root, folder)} cannot be read: {describe(error)}") from error
    for entry in found:
        path = f"{folder}{entry.name}"
        if shape_of(path) is not None:
            if entry.is_file(follow_symlinks=False):
                paths.add(path)
            else:
                problems.append(
                    _irregular(
                        path, "a link, and links are not followed" if entry.is_symlink() else "not a file"
                    )
                )
        elif _is_ours(path):
            if entry.is_dir(follow_symlinks=False):
                _scan(root, f"{path}/", paths, problems)
            elif entry.is_symlink() and entry.is_dir():
                problems.append(_irregular(path, "a link, and links are not followed"))


def _is_ours(path: str) -> bool:
    """Whether a folder at this path may hold files of ours."""
    parts = path.split("/")
    match parts:
        case [name] if name in _FOLDERS:
            return True
        case ["workshops", name]:
            return not name.startswith(".")
        case ["workshops", _, "steps"]:
            return True
    return False


def _irregular(path: str, what: str) -> Problem:
    return Problem("YS128", f"this is {what}", Place(path), "put the file or folder itself there")


def read_file(root: str, path: str) -> bytes:
    """The bytes of a file, or a little more than a file may have of a larger one."""
    try:
        return read_regular(f"{root}/{path}", MAX_BYTES)
    except OSError as error:
        raise OperationError(f"{root}/{path} cannot be read: {describe(error)}") from error


class InterruptedExportError(OperationError):
    """A process died while it wrote into the directory; the next writing command completes its work."""


@contextmanager
def reading(root: str) -> Iterator[None]:
    """Makes sure that no one writes into a directory while it is read; writes nothing itself.

    Raises OperationError where another process does, or where one died before it was done.
    """
    own = os.path.join(root, OWN_FOLDER)
    busy = OperationError(f"another process is writing into {root}", "run again when it is done")
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(os.path.join(own, LOCK), shared=True))
            watched = True
        except (FileNotFoundError, NotADirectoryError):
            watched = False
        except BusyError:
            raise busy from None
        if os.path.lexists(os.path.join(own, JOURNAL)):
            raise InterruptedExportError(
                f"a command that wrote into {root} was interrupted: its files may be old and new ones",
                "run that command again, or an export: it completes what was left, or says why it cannot",
            )
        yield
        if not watched and os.path.lexists(os.path.join(own, LOCK)):
            raise busy

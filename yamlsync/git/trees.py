"""Git's lists of folders → a tree of the files of ours in them, as a directory has them (GIT-5, GIT-6)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from attrs import frozen

from yamlsync.errors import OperationError
from yamlsync.layout.files import shape_of
from yamlsync.problems import Place, Problem
from yamlsync.tree import Tree

_FOLDER, _LINK = "40000", "120000"
_MOST_ENTRIES = 200_000


@frozen
class Entry:
    """What stands in a folder: its name, its mode as Git writes it, and the name of its object."""

    name: str
    mode: str
    object: str


def is_blob_mode(mode: str) -> bool:
    """Whether a mode is that of a file, executable or not."""
    return mode.startswith("100")


def entries_of(data: bytes, width: int) -> list[Entry] | None:
    """The entries of a tree object; `width` is that of an object's name in bytes. None where it is broken."""
    found = []
    at = 0
    while at < len(data):
        blank, end = data.find(b" ", at), data.find(b"\0", at)
        if not at < blank < end or end + 1 + width > len(data):
            return None
        # Names have any bytes, and stand in paths as the file system's do.
        name = os.fsdecode(data[blank + 1 : end])
        # Git makes no such name, so no file could have it.
        if name and "/" not in name:
            mode = data[at:blank].decode("ascii", "replace")
            found.append(Entry(name, mode, data[end + 1 : end + 1 + width].hex()))
        at = end + 1 + width
    return found


def tree_below(
    list_entries: Callable[[str], Iterable[Entry]], root: str, read: Callable[[str, str], bytes]
) -> tuple[Tree, dict[str, str]]:
    """The tree of the files of ours in the folder with the name `root`, and Git's name of each.

    Only folders that can hold such files are asked for. `read` is given a file's name and its path. Raises
    OperationError where they have more entries than any course: a few kilobytes can hold a billion.
    """
    seen = 0
    names: dict[str, str] = {}
    problems: list[Problem] = []
    waiting = [("", root)]
    while waiting:
        folder, name = waiting.pop()
        for entry in list_entries(name):
            seen += 1
            if seen > _MOST_ENTRIES:
                raise OperationError(
                    f"more than {_MOST_ENTRIES:,} files and folders are where those of a workshop would be",
                    "name the folder of one workshop",
                )
            path = f"{folder}{entry.name}"
            if shape_of(path) is not None:
                if is_blob_mode(entry.mode):
                    names[path] = entry.object
                else:
                    problems.append(_irregular(path, entry.mode))
            elif _is_ours(path) and not is_blob_mode(entry.mode):
                if entry.mode == _FOLDER:
                    waiting.append((f"{path}/", entry.object))
                else:
                    problems.append(_irregular(path, entry.mode))
    return Tree(frozenset(names), lambda path: read(names[path], path), tuple(problems)), names


def _is_ours(path: str) -> bool:
    """Whether a folder at this path may hold files of ours."""
    # What may be a step's file there, or a workshop's.
    return path == "workshops" or shape_of(f"{path}/workshop.yaml") is not None


def _irregular(path: str, mode: str) -> Problem:
    what = "not a file" if mode == _FOLDER else "a submodule, whose files are in another repository"
    what = "a link, and links are not followed" if mode == _LINK else what
    return Problem("YS128", f"this is {what}", Place(path), "put the file or folder itself there")

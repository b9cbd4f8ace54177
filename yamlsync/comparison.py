"""The use case: what changed between two of databases, directories and Git revisions (DIF-1 to DIF-6)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack

from attrs import field, frozen

from yamlsync.changes.comparing import diff
from yamlsync.changes.model import Changes
from yamlsync.layout.read import TreeReading
from yamlsync.layout.sparing import read_pair
from yamlsync.layout.step import to_block
from yamlsync.opening import Directory, Located, RevisionDirectory, locating, read, reading_tree, seen_in
from yamlsync.problems import Problem
from yamlsync.records import Workshop
from yamlsync.tree import Tree

_HasFiles = (Directory, RevisionDirectory)
_MOST_WHOLE = 300
"""Equal files that are read for their titles; beyond it a graph shows runs of equal steps as one."""


@frozen
class Side:
    """One of the two that are compared.

    `name` is as it was named. `files` has the path of each step's file in the workshop, by its id; none in a
    database. Of the steps in `unread` only the ids are known, since they are the same on both sides.
    """

    name: str
    workshops: tuple[Workshop, ...]
    located: Located
    files: Mapping[str, str] = field(factory=dict)
    unread: frozenset[str] = frozenset()


@frozen
class Comparison:
    """What changed. `respelled` are the files of the new side in which only comments or spelling did."""

    old: Side
    new: Side
    changes: Changes
    respelled: tuple[str, ...] = ()


@frozen
class Unreadable:
    """One of the two has problems, so nothing can be said. `root` is where their places are seen from."""

    name: str
    problems: tuple[Problem, ...]
    root: str


def _unreadable(located: Directory | RevisionDirectory, problems: tuple[Problem, ...]) -> Unreadable:
    if isinstance(located, RevisionDirectory):
        return Unreadable(located.name, seen_in(located, problems), "")
    return Unreadable(located.name, problems, located.name)


def compare(old: str, new: str, *, whole: bool = False) -> Comparison | Unreadable:
    """Compares two workshops, named as CLI-30 says. With `whole`, a few hundred equal steps are read too.

    Raises OperationError where it cannot be tried.
    """
    with locating() as locate:
        return compare_located(locate(old), locate(new), whole=whole)


def compare_located(left: Located, right: Located, *, whole: bool = False) -> Comparison | Unreadable:
    """Compares two workshops that were found. Raises OperationError where one cannot be read."""
    if isinstance(left, _HasFiles) and isinstance(right, _HasFiles):
        return _compare_trees(left, right, whole=whole)
    sides = []
    for located in (left, right):
        opened = read(located)
        if opened.contents is None:
            return Unreadable(located.name, opened.problems, opened.root)
        sides.append(Side(located.name, opened.contents.workshops, located))
    return Comparison(sides[0], sides[1], diff(sides[0].workshops, sides[1].workshops))


def _compare_trees(
    left: Directory | RevisionDirectory, right: Directory | RevisionDirectory, *, whole: bool
) -> Comparison | Unreadable:
    with ExitStack() as stack:
        trees = [stack.enter_context(reading_tree(each)) for each in (left, right)]
        same = _same(trees[0], trees[1], left.names, right.names)
        read_all = whole and len(same) <= _MOST_WHOLE
        pair = read_pair(trees[0], trees[1], frozenset() if read_all else same)
        sides = []
        for located, reading in ((left, pair.old), (right, pair.new)):
            if reading.contents is None:
                return _unreadable(located, reading.problems)
            unread = frozenset(id for id, path in _files(reading).items() if path in pair.unread)
            workshops = reading.contents.workshops
            sides.append(Side(located.name, workshops, located, _files(reading), unread))
        changes = diff(sides[0].workshops, sides[1].workshops)
        respelled = _respelled(pair.old, pair.new, same)
        return Comparison(sides[0], sides[1], changes, tuple(map(right.shown, respelled)))


def _same(old: Tree, new: Tree, left: Mapping[str, str], right: Mapping[str, str]) -> frozenset[str]:
    """The paths of the files that have the same bytes in both; those that Git names are not read for it."""

    def is_same(path: str) -> bool:
        if path in left and path in right:
            return left[path] == right[path]
        if path not in left and path not in right:
            return old.read(path) == new.read(path)
        # Imported late: two directories have nothing to ask Git.
        from yamlsync.git import is_blob

        return is_blob(new.read(path), left[path]) if path in left else is_blob(old.read(path), right[path])

    return frozenset(path for path in old.paths & new.paths if is_same(path))


def _files(reading: TreeReading) -> dict[str, str]:
    return {step.step.id: step.path for workshop in reading.workshops for step in workshop.steps}


def _respelled(old: TreeReading, new: TreeReading, same: frozenset[str]) -> list[str]:
    """The files that say the same in other bytes."""
    left, right = _sayings(old, same), _sayings(new, same)
    return sorted(path for path in left.keys() & right.keys() if left[path] == right[path])


def _sayings(reading: TreeReading, same: frozenset[str]) -> dict[str, object]:
    """What each file says, by its path, but for those that are the same on both sides."""
    found: dict[str, object] = {}
    for file in reading.workshops:
        if file.path not in same:
            # By type too: Python takes some integers for reals.
            found[file.path] = file.header, type(file.header.created_at)
        for each in file.steps:
            if each.path not in same:
                found[each.path] = to_block(each.step, each.around)
    return found

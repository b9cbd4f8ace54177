"""Two trees → what each says, without reading the files of steps that are the same in both (DIF-5).

Of a file that is not read nothing is told, on neither side; so nothing that differs may hang on it. Those
beside a change of the order are read for that reason, and all are where positions are written.
"""

from __future__ import annotations

from collections.abc import Collection

from attrs import frozen

from yamlsync.layout.files import STEP, shape_of
from yamlsync.layout.read import TreeReading, WorkshopFile, read_tree
from yamlsync.tree import Tree


@frozen
class PairReading:
    """What two trees say, and the files that were not read."""

    old: TreeReading
    new: TreeReading
    unread: frozenset[str]


def read_pair(old: Tree, new: Tree, same: Collection[str]) -> PairReading:
    """Reads two trees; `same` are the paths of files that have the same bytes in both."""
    unread = frozenset(path for path in same if shape_of(path) is STEP)
    differing = (old.paths | new.paths).difference(same)
    if any(shape_of(path) is not STEP for path in differing):
        # Lists differ, so perhaps the order does.
        left, right = _neighbours(old), _neighbours(new)
        unread = frozenset(path for path in unread if left.get(path) == right.get(path))
    pair = _read(old, new, unread)
    return pair if _is_enough(pair) else _read(old, new, frozenset())


def _read(old: Tree, new: Tree, unread: frozenset[str]) -> PairReading:
    left, right = (read_tree(tree, with_state=False, unread=unread) for tree in (old, new))
    return PairReading(left, right, unread)


def _neighbours(tree: Tree) -> dict[str, tuple[str | None, str | None]]:
    """The ids before and after each step by the path of its file, as the lists alone tell."""
    reading = read_tree(tree, with_state=False, unread=tree.paths)
    return {
        step.path: (step.around.previous_id, step.around.next_id)
        for workshop in reading.workshops
        for step in workshop.steps
    }


def _is_enough(pair: PairReading) -> bool:
    """Whether what was read means the same as it would if all had been read."""
    if not pair.unread:
        return True
    if pair.old.contents is None or pair.new.contents is None:
        return False  # What looks wrong may be right, beside what was not read.
    left, right = ({file.path: file for file in side.workshops} for side in (pair.old, pair.new))
    # The same words mean another thing where the steps have no navigation.
    both = left.keys() & right.keys()
    if any(left[path].header.navigated != right[path].header.navigated for path in both):
        return False
    return not any(_writes_positions(file) for side in (left, right) for file in side.values())


def _writes_positions(file: WorkshopFile) -> bool:
    return any(step.step.position != step.around.position for step in file.steps)

"""What must change in a tree so that it says other contents: the fewest files, and no comment lost."""

from __future__ import annotations

from typing import cast

from attrs import frozen

from yamlsync.document.comments import bare, carry, comments
from yamlsync.document.model import Block, Fields
from yamlsync.document.reading import read, too_large, too_many
from yamlsync.document.render import render
from yamlsync.layout.files import WORKSHOP, is_state, shape_of
from yamlsync.layout.write import File, to_files
from yamlsync.problems import Place, Problem
from yamlsync.records import Contents
from yamlsync.tree import Tree


@frozen
class Update:
    """Files to put and to delete. `unchanged` files mean what they should already.

    `old` has the bytes, as the plan saw them, of each file that is replaced or deleted.
    `unreadable` are files to put whose old text could not be read, `commented` files to delete that
    hold comments: with them, something that a person wrote would be gone.
    """

    puts: dict[str, bytes]
    deletes: frozenset[str]
    old: dict[str, bytes]
    unchanged: int
    unreadable: frozenset[str]
    commented: frozenset[str]
    problems: tuple[Problem, ...]

    @property
    def workshop_ids(self) -> frozenset[str]:
        """The ids of the workshops in files that are replaced or deleted, as far as they can be read."""
        found: set[str] = set()
        for path, data in self.old.items():
            if shape_of(path) is WORKSHOP and isinstance(block := read(path, data, WORKSHOP), Block):
                found.add(cast(str, block.values()["id"]))
        return frozenset(found)


def plan_update(tree: Tree, contents: Contents, *, with_state: bool) -> Update:
    """Plans how `tree` comes to say `contents`; progress is left alone unless `with_state`."""
    puts: dict[str, bytes] = {}
    olds: dict[str, bytes] = {}
    unreadable: set[str] = set()
    problems: list[Problem] = []
    paths: set[str] = set()
    for file in to_files(contents, with_state=with_state):
        paths.add(file.path)
        shape = _shape(file.path)
        block: Block | None = file.block
        if file.path in tree:
            data = tree.read(file.path)
            if data == render(file.block, shape):
                continue  # The usual case, and faster told than by reading.
            old = read(file.path, data, shape)
            if isinstance(old, Block):
                block = _updated(file, old)
            else:
                unreadable.add(file.path)
            if block is not None:
                olds[file.path] = data
        if block is not None:
            puts[file.path] = render(block, shape)
            if large := too_large(file.path, puts[file.path]):
                problems.append(large)
            problems += too_many(file.path, block)
    deletes = {path for path in tree.paths - paths if with_state or not is_state(path)}
    olds |= {path: tree.read(path) for path in deletes}
    commented = {path for path in deletes if _has_comments(path, olds[path])}
    return Update(
        puts,
        frozenset(deletes),
        olds,
        len(paths) - len(puts),
        frozenset(unreadable),
        frozenset(commented),
        tuple(problems),
    )


def _updated(file: File, old: Block) -> Block | None:
    """The document that replaces `old`; None where `old` says the same in its new place."""
    if bare(old) == file.block or file.canonical(old) == file.block:
        return None
    return carry(old, file.block)


def _has_comments(path: str, data: bytes) -> bool:
    block = read(path, data, _shape(path))
    # Whoever cannot read the file cannot tell what a person wrote into it.
    return not isinstance(block, Block) or any(comments(block))


def _shape(path: str) -> Fields:
    shape = shape_of(path)
    if shape is None:
        raise AssertionError(f"{path} is no file of a workshop")
    return shape


def refuse_unheld(paths: frozenset[str], reason: str) -> list[Problem]:
    """The problems with files that must not be overwritten unseen."""
    help = "commit it to Git as it stands, move it away, or run again with --force"
    return [Problem("YS131", reason, Place(path), help) for path in sorted(paths)]

"""The documents of a directory, moved from one version of the YAML to another, comments kept (MIG-20)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeAlias

from attrs import evolve, frozen

from yamlsync.document.comments import bare, comments
from yamlsync.document.model import Block, Fields
from yamlsync.document.reading import read
from yamlsync.document.render import render
from yamlsync.migrations.steps import Loss, Moved, Step, move
from yamlsync.printable import shown
from yamlsync.problems import Problem
from yamlsync.tree import Tree

Documents: TypeAlias = dict[str, Block]
"""The document of each file of a workshop, by its path, comments and all."""

STEPS: dict[int, Step[Documents]] = {}
"""The step from each version to the next one, by its number. There is but one version."""


@frozen
class Format:
    """One version: the keys that the file at a path may have, and all that is wrong with a tree of it."""

    shape_of: Callable[[str], Fields | None]
    problems: Callable[[Tree], tuple[Problem, ...]]


def name_of(number: int) -> str:
    """How a version is written under `format`."""
    return f"yamlsync/{number}"


def read_documents(tree: Tree, format: Format) -> Documents:
    """The documents of a tree, as far as they can be read in one version."""
    found = {}
    for path in sorted(tree.paths):
        shape = format.shape_of(path)
        block = shape and read(path, tree.read(path), shape)
        if isinstance(block, Block):
            found[path] = block
    return found


def render_documents(documents: Documents, format: Format) -> dict[str, bytes]:
    """The bytes of files that the version knows."""
    shapes = {path: format.shape_of(path) for path in documents}
    return {path: render(documents[path], shape) for path, shape in shapes.items() if shape}


def move_documents(
    documents: Documents, at: int, to: int, steps: Mapping[int, Step[Documents]] = STEPS
) -> Moved[Documents]:
    """Takes documents from one version to another. A comment that a step let go is among what is lost.

    A step keeps the comments of the entries that it moves or renames; to a document that it makes anew
    it carries those of the old one (`document.comments.carry`). `format` is seen to here.
    """
    naming = {
        number: Step(_naming(step.up, number + 1), _naming(step.down, number), step.lost)
        for number, step in steps.items()
    }
    moved = move(documents, at, to, naming)
    gone = _comments(documents) - _comments(moved.state)
    return evolve(
        moved, lost=(*moved.lost, *(Loss(f"the comment {shown(line)}") for line in gone.elements()))
    )


def same(one: Documents, other: Documents) -> bool:
    """Whether documents say the same, and hold the same comments."""
    plain = [{path: bare(block) for path, block in each.items()} for each in (one, other)]
    return plain[0] == plain[1] and _comments(one) == _comments(other)


def _naming(work: Callable[[Documents], Documents], number: int) -> Callable[[Documents], Documents]:
    def worked(old: Documents) -> Documents:
        return {path: _named(block, number) for path, block in work(old).items()}

    return worked


def _named(block: Block, number: int) -> Block:
    entries = (
        evolve(each, value=name_of(number)) if each.key == "format" else each for each in block.entries
    )
    return evolve(block, entries=tuple(entries))


def _comments(documents: Documents) -> Counter[str]:
    return Counter(line for block in documents.values() for line in comments(block))

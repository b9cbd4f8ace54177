"""A tree: relative paths and the bytes below them. A directory, a Git revision, a plan: all are trees."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen

from yamlsync.problems import Problem


@frozen
class Tree:
    """Paths with `/` between their parts, and how to read each; nothing is read before it is asked for.

    `problems` are those of its entries that cannot be read as files: links, devices.
    """

    paths: frozenset[str]
    read: Callable[[str], bytes] = field(eq=False)
    problems: tuple[Problem, ...] = ()

    def __contains__(self, path: object) -> bool:
        return path in self.paths


def in_memory(files: Mapping[str, bytes]) -> Tree:
    """A tree of bytes at hand."""
    return Tree(frozenset(files), files.__getitem__)


def overlay(below: Tree, puts: Tree, deletes: frozenset[str]) -> Tree:
    """The tree that `below` becomes when some files are put over it and others deleted."""

    def read(path: str) -> bytes:
        return puts.read(path) if path in puts else below.read(path)

    return Tree((below.paths - deletes) | puts.paths, read)

"""What is set up in a repository at this moment: the keys, the lines, and what they come to (GIT-46)."""

from __future__ import annotations

import os
import sys

from attrs import frozen

from yamlsync import __version__
from yamlsync.git.configuration import (
    Setting,
    attributes,
    files,
    git_path,
    indexed,
    settings,
    worktree_top,
)
from yamlsync.git_setup.block import DATABASE_DRIVER, DATABASES, STEP_DRIVER, STEPS, Block, Edited, find
from yamlsync.git_setup.keys import PATTERN, Caller
from yamlsync.git_setup.place import read_attributes

_TRIED = (f"{DATABASE_DRIVER}.db", f"steps/{STEP_DRIVER}.yaml")
"""Paths by which the lines are tried where no file matches them."""

_BINARY = "binary"
_SHARED = ".gitattributes"


@frozen
class Lines:
    """A file of attributes, its bytes (None where there is no file), and our lines in it."""

    path: str
    data: bytes | None
    block: Block | Edited | None

    @classmethod
    def of(cls, path: str) -> Lines:
        """The file as it is now. Raises OperationError where it cannot be read."""
        data = read_attributes(path)
        return cls(path, data, None if data is None else find(data))


@frozen
class Setup:
    """A repository: the top of its worktree, its configuration, its two files of attributes.

    `shared` is the `.gitattributes` that is committed, `own` the file of this clone alone.
    """

    top: str
    config: str
    settings: tuple[Setting, ...]
    shared: Lines
    own: Lines

    def local(self, key: str) -> tuple[str | None, ...]:
        """The values of a key in the local configuration."""
        return tuple(each.value for each in self._of(key) if each.path == self.config)

    def elsewhere(self, key: str) -> tuple[Setting, ...]:
        """The values of a key that stand in other files."""
        return tuple(each for each in self._of(key) if each.path != self.config)

    def effective(self, key: str) -> Setting | None:
        """The value of a key that counts."""
        found = self._of(key)
        return found[-1] if found else None

    def _of(self, key: str) -> list[Setting]:
        return [each for each in self.settings if each.key == key]


def look(folder: str) -> Setup:
    """What is set up around `folder`. Raises OperationError where git cannot be set up, or cannot say."""
    top = worktree_top(folder)
    return Setup(
        top,
        os.path.realpath(git_path(top, "config")),
        settings(top, PATTERN),
        Lines.of(os.path.join(top, _SHARED)),
        Lines.of(git_path(top, "info/attributes")),
    )


def is_in_index(setup: Setup) -> bool:
    """Whether our lines are in the `.gitattributes` that git has; where the file is gone, it reads that."""
    data = indexed(setup.top, _SHARED)
    return data is not None and isinstance(find(data), Block)


def this_caller() -> Caller:
    """The Python that runs now."""
    return Caller(sys.executable, __version__)


def drivers(top: str) -> dict[str, str]:
    """How git shows each file that our lines are about: the value of its attribute `diff`, or `binary`.

    That is also said of two paths where no files need to be, so that there is an answer without any.
    """
    paths = (*_TRIED, *files(top, f":(glob)**/{DATABASES}", f":(glob){STEPS}"))
    found = attributes(top, paths, ("diff", "binary"))
    return {
        path: _BINARY if diff == "unset" and binary == "set" else diff
        for path, (diff, binary) in found.items()
    }


def is_driver(path: str, driver: str) -> bool:
    """Whether a value of the attribute is what our lines say of a path."""
    return driver == (DATABASE_DRIVER if path.endswith(".db") else STEP_DRIVER)


def is_free(driver: str) -> bool:
    """Whether nobody chose how a file is shown: `binary` says that there was no way to show it."""
    return driver in ("unspecified", _BINARY)


def unheeded(found: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The files that git shows in another way than our lines say, each with the value that counts."""
    return tuple(
        (path, driver) for path, driver in found.items() if path not in _TRIED and not is_driver(path, driver)
    )


def is_heeded(found: dict[str, str]) -> bool:
    """Whether the lines are there, wherever they stand."""
    return all(is_driver(path, found[path]) for path in _TRIED)

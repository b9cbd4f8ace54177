"""Which workshops the paths on a command line mean, and the settings that hold for each (CHK-2, CHK-30)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from yamlsync.errors import OperationError, describe
from yamlsync.layout.files import WORKSHOPS_PATH, shape_of
from yamlsync.rules.selection import matches
from yamlsync.settings import Settings, parse_settings

_LISTS = ("workshop.yaml", WORKSHOPS_PATH)
_MOST = 1 << 20
"""Bytes of a file with settings."""


@frozen
class Target:
    """A workshop's directory, as it was named. `only` are the files in it that were named, if any were."""

    root: str
    only: frozenset[str] | None = None


@frozen
class Configuration:
    """The settings that hold in a directory, and the directory of the file that they stand in."""

    settings: Settings = field(factory=Settings)
    folder: str | None = None


def is_database(path: str) -> bool:
    """Whether a path is that of a database, by what SQLite writes at its start, or by its name."""
    try:
        with open(path, "rb") as file:
            return file.read(16) == b"SQLite format 3\0" or (path.endswith(".db") and os.path.isfile(path))
    except OSError:
        return path.endswith(".db")


def targets(paths: Iterable[str]) -> tuple[Target, ...]:
    """The workshops that paths name: directories of them, folders that hold some, files in them.

    Raises OperationError for a path that is not there, or that no workshop is in.
    """
    named: dict[str, set[str] | None] = {}
    for path in paths:
        for target in _targets(path):
            only = named.setdefault(target.root, set())
            if target.only is None:
                named[target.root] = None
            elif only is not None:
                only |= target.only
    return tuple(Target(root, None if only is None else frozenset(only)) for root, only in named.items())


def _targets(path: str) -> Iterator[Target]:
    if not os.path.lexists(path):
        raise OperationError(f"{path} does not exist", "name a workshop's directory, or a file in one")
    if os.path.isdir(path):
        found = [Target(root) for root in _below(path)] or [target for target in [_inside(path)] if target]
        if not found:
            raise OperationError(
                f"{path} holds no workshop: there is no workshop.yaml in it or below it",
                "name the directory of one, or start one: yamlsync init DIR",
            )
        yield from found
        return
    root, name = root_of(path)
    if shape_of(name) is None:
        raise OperationError(
            f"{path} is no file of a workshop",
            "name workshop.yaml, a file in steps/ whose name ends in .yaml, or a directory",
        )
    yield Target(root, frozenset({name}))


def root_of(path: str) -> tuple[str, str]:
    """The directory of the workshop that a file belongs to by its place, and the file's path in it."""
    folders, name = os.path.split(os.path.abspath(path))
    parts = [name]
    if os.path.basename(folders) in ("steps", "state"):
        folders, folder = os.path.split(folders)
        parts.insert(0, folder)
    above, folder = os.path.split(folders)
    # One of several workshops, in workshops/<name>/, belongs to what lists it.
    if os.path.basename(above) == "workshops" and os.path.isfile(os.path.join(above, "..", WORKSHOPS_PATH)):
        parts[:0] = ["workshops", folder]
        folders = os.path.dirname(above)
    return folders if os.path.isabs(path) else os.path.relpath(folders), "/".join(parts)


def _below(folder: str) -> Iterator[str]:
    """The directories of workshops at and below a folder, not looking into links and hidden folders."""
    for root, folders, files in os.walk(folder, onerror=_stop):
        if any(name in files for name in _LISTS):
            folders.clear()
            if not _excluded(root):
                yield root
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")


def _stop(error: OSError) -> None:
    raise OperationError(f"{error.filename} cannot be read: {describe(error)}", "see to its permissions")


def _inside(folder: str) -> Target | None:
    """The workshop that a folder is part of, such as its steps/."""
    root, name = root_of(os.path.join(folder, "any.yaml"))
    if "/" not in name or not any(os.path.isfile(os.path.join(root, each)) for each in _LISTS):
        return None
    start = name.removesuffix("any.yaml")
    return Target(
        root, frozenset(f"{start}{each}" for each in os.listdir(folder) if shape_of(f"{start}{each}"))
    )


def _excluded(root: str) -> bool:
    configuration = configuration_of(root)
    if configuration.folder is None:
        return False
    path = _relative(root, configuration.folder)
    return any(matches(path, pattern) for pattern in configuration.settings.exclude)


def configuration_of(root: str) -> Configuration:
    """The settings in the nearest file at or above a directory, up to the top of the Git repository."""
    folder = os.path.abspath(root)
    while True:
        for name, table in (("yamlsync.toml", ()), ("pyproject.toml", ("tool", "yamlsync"))):
            path = os.path.join(folder, name)
            text = _read(path)
            # Cheap to tell, and most projects' files say nothing of us.
            if text is not None and (not table or "yamlsync" in text):
                settings = parse_settings(text, path, table)
                if settings is not None:
                    return Configuration(settings, folder)
        parent = os.path.dirname(folder)
        if parent == folder or os.path.lexists(os.path.join(folder, ".git")):
            return Configuration()
        folder = parent


def _read(path: str) -> str | None:
    if not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            return file.read(_MOST).decode()
    except (OSError, UnicodeDecodeError) as error:
        said = describe(error) if isinstance(error, OSError) else "it is not UTF-8"
        raise OperationError(f"{path} cannot be read: {said}", "see to it, or remove it") from error


def _relative(root: str, folder: str) -> str:
    path = os.path.relpath(os.path.abspath(root), folder).replace(os.sep, "/")
    return "" if path == "." else path


def prefix_of(root: str, configuration: Configuration) -> str:
    """What stands before a file's path in its workshop when its settings' patterns name it."""
    path = _relative(root, configuration.folder) if configuration.folder is not None else ""
    return f"{path}/" if path else ""

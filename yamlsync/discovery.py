"""Which workshops the paths on a command line mean, and the settings that hold for each (CHK-2, CHK-30)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn, TypeAlias

from attrs import field, frozen

from yamlsync.document.reading import BOM
from yamlsync.errors import OperationError, describe
from yamlsync.layout.files import WORKSHOPS_PATH, shape_of
from yamlsync.publish.own_folder import OWN_FOLDER
from yamlsync.publish.regular import read_regular
from yamlsync.rules.selection import Selection, matches
from yamlsync.settings import Settings, parse_settings

_OWN_FOLDERS = frozenset({"steps", "state", "workshops"})
_LISTS = ("workshop.yaml", WORKSHOPS_PATH)
_MISNAMED = {
    f"{name.removesuffix('.yaml')}{suffix}": name for name in _LISTS for suffix in (".yml", ".YML", ".YAML")
}
"""Names that other programs take for the same, each with the right one."""

_MOST = 1 << 20
"""Bytes of a file with settings."""

LINK = "it is a link, and links are not followed"

ReadSettings: TypeAlias = Callable[[str, int], bytes]
"""Reads a file by its path, or a little more of it than so many bytes; OSError where it cannot be read."""


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


def targets(paths: Iterable[str]) -> tuple[Target, ...]:
    """The workshops that paths name: directories of them, folders that hold some, files in them.

    Each is given once, as it was named first. Raises OperationError for a path that is not there, and for
    a folder that no workshop is in.
    """
    named: dict[str, tuple[str, set[str] | None]] = {}
    for path in paths:
        for target in _targets(path):
            key = os.path.realpath(target.root)
            root, only = named.setdefault(key, (target.root, set()))
            if target.only is None:
                named[key] = root, None
            elif only is not None:
                only |= target.only
    return tuple(Target(root, None if only is None else frozenset(only)) for root, only in named.values())


def _targets(path: str) -> Iterator[Target]:
    if not os.path.lexists(path):
        raise OperationError(f"{path} does not exist", "name a workshop's directory, or a file in one")
    if os.path.isdir(path):
        roots = list(_below(path))
        found = [_whole(root) for root in roots if root == path or not _excluded(root)]
        if not roots and (target := _inside(path)):
            found.append(target)
        if roots and not found:
            raise OperationError(
                f"each workshop in {path} is excluded by the settings", "name the directory of one"
            )
        if not found:
            raise no_workshop(path, "name the directory of one, or start one: yamlsync init DIR", below=True)
        yield from found
        return
    root, name = root_of(path)
    if shape_of(name) is None:
        help = "name workshop.yaml, a file in steps/ whose name ends in .yaml, or a directory"
        if right := _MISNAMED.get(os.path.basename(path)):
            help = f"rename it to {right}"
        raise OperationError(f"{path} is no file of a workshop", help)
    yield Target(root, frozenset({name}))


def no_workshop(folder: str, help: str, *, below: bool = False) -> OperationError:
    """What to raise for a folder that holds no workshop in it, nor `below` it.

    `help` says what to do, unless a file there has almost the right name.
    """
    place = " or below it" if below else ""
    message = f"{folder} holds no workshop: there is no workshop.yaml in it{place}"
    for path in _misnamed(folder):
        help = f"rename {path} to {_MISNAMED[os.path.basename(path)]}"
        break
    return OperationError(message, help)


def _misnamed(folder: str) -> Iterator[str]:
    return (os.path.join(folder, name) for name in _names(folder) if name in _MISNAMED)


def root_of(path: str) -> tuple[str, str]:
    """The directory of the workshop that a file belongs to by its place, and the file's path in it."""
    folders, name = os.path.split(os.path.abspath(path))
    parts = [name]
    above, folder = os.path.split(folders)
    # The file of a step may be called workshop.yaml; the directory of a workshop may be called steps.
    if folder in ("steps", "state") and (name not in _LISTS or holds_workshop(above)):
        parts.insert(0, folder)
        folders = above
    if _is_one_of_several(folders):
        parts[:0] = ["workshops", os.path.basename(folders)]
        folders = os.path.dirname(os.path.dirname(folders))
    return folders if os.path.isabs(path) else os.path.relpath(folders), "/".join(parts)


def holds_workshop(folder: str) -> bool:
    """Whether a folder is a workshop's directory: one of the two lists is there, of whatever kind."""
    return any(os.path.lexists(os.path.join(folder, name)) for name in _LISTS)


def is_part_of_workshop(path: str) -> bool:
    """Whether the file at a path is, or would be, one of a workshop, or stand where it has a folder."""
    root, name = root_of(path)
    if OWN_FOLDER in os.path.abspath(path).split(os.sep):
        return True
    if not holds_workshop(root):
        return False
    return shape_of(name) is not None or name in _OWN_FOLDERS


def _is_one_of_several(folder: str) -> bool:
    """Whether a folder is that of one of several workshops: it belongs to what lists them."""
    above = os.path.dirname(os.path.abspath(folder))
    listing = os.path.join(os.path.dirname(above), WORKSHOPS_PATH)
    return os.path.basename(above) == "workshops" and os.path.isfile(listing)


def _whole(folder: str) -> Target:
    """The directory of a workshop, or its part of the directory of several."""
    if not _is_one_of_several(folder):
        return Target(folder)
    root, name = root_of(os.path.join(folder, _LISTS[0]))
    start = name.removesuffix(_LISTS[0])
    paths = [_LISTS[0], *(f"steps/{each}" for each in _names(os.path.join(folder, "steps")))]
    return Target(root, frozenset(f"{start}{each}" for each in paths if shape_of(f"{start}{each}")))


def _names(folder: str) -> list[str]:
    return os.listdir(folder) if os.path.isdir(folder) else []


def _below(folder: str) -> Iterator[str]:
    """The directories of workshops at and below a folder, not looking into links and hidden folders."""
    waiting = [folder]
    while waiting:
        root = waiting.pop()
        try:
            with os.scandir(root) as entries:
                found = list(entries)
        except OSError as error:
            _stop(error)
        folders = {entry.name for entry in found if entry.is_dir(follow_symlinks=False)}
        # Of whatever kind: what is no file is told as that, and hides nothing.
        if any(entry.name in _LISTS for entry in found):
            yield root
            folders -= _OWN_FOLDERS
        waiting += [os.path.join(root, name) for name in reversed(_looked_into(folders))]


def _looked_into(folders: Iterable[str]) -> list[str]:
    return sorted(name for name in folders if not name.startswith(".") and name != "node_modules")


def _stop(error: OSError) -> NoReturn:
    raise OperationError(f"{error.filename} cannot be read: {describe(error)}", "see to its permissions")


def _inside(folder: str) -> Target | None:
    """The workshop that a folder is part of, such as its steps/."""
    root, name = root_of(os.path.join(folder, "any.yaml"))
    if "/" not in name or not holds_workshop(root):
        return None
    start = name.removesuffix("any.yaml")
    return Target(root, frozenset(f"{start}{each}" for each in _names(folder) if shape_of(f"{start}{each}")))


def _excluded(root: str) -> bool:
    """Whether the settings leave out a directory, or a folder around it."""
    configuration = configuration_of(root)
    if configuration.folder is None or not configuration.settings.exclude:
        return False
    path = _relative(root, configuration.folder)
    folders = []
    while path:
        folders.append(path)
        path = path.rpartition("/")[0]
    patterns = [pattern.rstrip("/") for pattern in configuration.settings.exclude]
    return any(matches(folder, pattern) for folder in folders for pattern in patterns)


def configuration_of(root: str) -> Configuration:
    """The settings in the nearest file at or above a directory, up to the top of the Git repository."""
    folder = os.path.abspath(root)
    while True:
        settings = _settings_in(os.path.join(folder, ""), _read_file)
        if settings is not None:
            return Configuration(settings, folder)
        parent = os.path.dirname(folder)
        if parent == folder or os.path.lexists(os.path.join(folder, ".git")):
            return Configuration()
        folder = parent


def configuration_within(folder: str, read: ReadSettings, shown: str) -> Configuration:
    """The settings in the nearest file at or above a folder of a repository, by its path from the top.

    `read` is given such a path, and `shown` stands before it in messages. The folder of the configuration is
    a path from the top, too, with a `/` before it.
    """
    parts = folder.split("/") if folder else []
    for count in range(len(parts), -1, -1):
        here = "".join(f"{part}/" for part in parts[:count])
        settings = _settings_in(here, read, shown)
        if settings is not None:
            return Configuration(settings, f"/{here}")
    return Configuration()


def _settings_in(start: str, read: ReadSettings, shown: str = "") -> Settings | None:
    """The settings in the folder whose files' paths begin with `start`."""
    for name, table in (("yamlsync.toml", ()), ("pyproject.toml", ("tool", "yamlsync"))):
        text = _read(f"{start}{name}", read, shown)
        # Cheap to tell, and most projects' files say nothing of us.
        if text is not None and (not table or "yamlsync" in text):
            settings = parse_settings(text, f"{shown}{start}{name}", table)
            if settings is not None:
                return settings
    return None


def _read(path: str, read: ReadSettings, shown: str) -> str | None:
    try:
        data = read(path, _MOST)
        if len(data) <= _MOST:
            return data.removeprefix(BOM).decode()
        said = f"it has more than {_MOST} bytes"
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        said = describe(error) if isinstance(error, OSError) else "it is not UTF-8"
    if path.endswith("pyproject.toml"):
        return None  # Most are of others, and say nothing of us.
    raise OperationError(f"{shown}{path} cannot be read: {said}", "see to it, or remove it")


def _read_file(path: str, limit: int) -> bytes:
    try:
        return read_regular(path, limit)
    except OSError:
        # A link could lead to settings that nobody sees in a pull request.
        if os.path.islink(path):
            raise OSError(0, LINK) from None
        raise


def _relative(root: str, folder: str) -> str:
    path = os.path.relpath(os.path.abspath(root), folder).replace(os.sep, "/")
    return "" if path == "." else path


def prefix_of(root: str, configuration: Configuration) -> str:
    """What stands before a file's path in its workshop when its settings' patterns name it."""
    path = _relative(root, configuration.folder) if configuration.folder is not None else ""
    return f"{path}/" if path else ""


def selected(
    root: str,
    configuration: Configuration,
    select: tuple[str, ...] | None = None,
    ignore: tuple[str, ...] = (),
) -> Selection:
    """Which rules look into the workshops in a directory, by settings and options (CHK-31)."""
    settings = configuration.settings
    return Selection(
        select or settings.select or Selection().select,
        settings.ignore + ignore,
        settings.per_file_ignores,
        prefix_of(root, configuration),
    )


def display_path(root: str, path: str) -> str:
    """A file's path as seen from the working directory."""
    joined = os.path.join(root, path)
    return joined if os.path.isabs(root) else os.path.relpath(joined).replace(os.sep, "/")

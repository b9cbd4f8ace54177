"""Where a report goes besides stdout, and how CI sees its places (CHK-56, CHK-57)."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Mapping

from attrs import evolve

from yamlsync.discovery import is_part_of_workshop
from yamlsync.errors import OperationError, describe
from yamlsync.opening import names_revision
from yamlsync.problems import Problem
from yamlsync.publish.durability import sync_file, sync_folder, write_new
from yamlsync.publish.permissions import keep_permissions
from yamlsync.publish.regular import is_database
from yamlsync.publish.staging import stage_beside

_SETTINGS = frozenset({"yamlsync.toml", "pyproject.toml"})
"""The names of files in which settings may stand."""

_REPOSITORIES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The variables in which GitHub and GitLab tell where they put the repository."""


def seen_from_repository(
    problems: tuple[Problem, ...], environment: Mapping[str, str]
) -> tuple[Problem, ...]:
    """The problems with their places as seen from the repository, where CI says which one it is.

    A step may run in a folder of the repository; what CI shows is named from its top.
    """
    paths = {path: path_from_repository(path, environment) for path in {each.place.path for each in problems}}
    return tuple(
        evolve(problem, place=evolve(problem.place, path=paths[problem.place.path])) for problem in problems
    )


def path_from_repository(path: str, environment: Mapping[str, str]) -> str:
    """A path as seen from the repository, where CI says which one it is."""
    named = next((environment[name] for name in _REPOSITORIES if environment.get(name)), None)
    # What is in a revision is named as Git does, from wherever one stands.
    return path if named is None or names_revision(path) else _seen_from(os.path.realpath(named), path)


def _seen_from(top: str, path: str) -> str:
    folder, name = os.path.split(os.path.abspath(path))
    absolute = os.path.join(os.path.realpath(folder), name)
    if not absolute.startswith(os.path.join(top, "")):
        return path
    return os.path.relpath(absolute, top).replace(os.sep, "/")


def require_writable(path: str, what: str = "report") -> None:
    """Raises OperationError where a file must not go: over a database, a file of a workshop, or settings."""
    if os.path.isdir(path):
        raise OperationError(f"{path} is a folder, not a file", f"name a file for the {what}")
    if _descriptor(path) is not None:
        return
    # Who names a link means the file behind it, which may not be there yet.
    real = os.path.realpath(path)
    if is_part_of_workshop(real) or (os.path.isfile(real) and is_database(real)):
        raise OperationError(f"{path} is part of a workshop, and no place for a {what}", "name another file")
    if os.path.basename(real) in _SETTINGS:
        raise OperationError(f"{path} is for settings, and no place for a {what}", "name another file")


def write_report(path: str, text: str) -> None:
    """Gives a file a report for contents, in one step; what is no file, such as a pipe, is written into.

    Raises OperationError where it cannot be done, with the file as it was.
    """
    data = f"{text}\n".encode(errors="backslashreplace") if text else b""
    descriptor = _descriptor(path)
    try:
        if descriptor is not None:
            # Replacing what a stream leads to would leave the stream with a file that is gone.
            sys.stdout.flush()
            with open(os.dup(descriptor), "wb") as file:
                file.write(data)
        elif _is_special(path):
            with open(path, "wb") as file:
                file.write(data)
        else:
            # Who names a link means the file behind it.
            _replace(os.path.realpath(path), data)
    except OSError as error:
        raise OperationError(
            f"the report cannot be written to {path}: {describe(error)}", "see to permissions and free space"
        ) from error


def _descriptor(path: str) -> int | None:
    """The stream of this process that a path names, as /dev/stdout does."""
    match = re.fullmatch(r"/dev/std(out|err)|/(?:dev|proc/self)/fd/([0-9]{1,4})", path)
    if match is None:
        return None
    return {"out": 1, "err": 2}[match[1]] if match[1] else int(match[2])


def _is_special(path: str) -> bool:
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _replace(target: str, data: bytes) -> None:
    with stage_beside(target) as stage:
        written = os.path.join(stage, "report")
        write_new(written, data)
        sync_file(written)
        keep_permissions(target, written)
        os.replace(written, target)
        sync_folder(os.path.dirname(target))


def append_summary(path: str, text: str) -> str | None:
    """Adds a page to the summary of a step. Gives the reason where that cannot be done."""
    try:
        with open(path, "ab") as file:
            file.write(text.encode(errors="backslashreplace"))
    except OSError as error:
        return f"the summary cannot be written to {path}: {describe(error)}"
    return None

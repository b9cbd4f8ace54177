"""Where a workshop is in a commit, where it came from, and what belongs to it (LOG-11, LOG-15)."""

from __future__ import annotations

from typing import TypeAlias

from yamlsync.errors import OperationError
from yamlsync.git import Repository, RevisionFile
from yamlsync.git.history import deleted, found_at
from yamlsync.layout.files import STEP, WORKSHOPS_PATH, is_state, shape_of, workshop_path
from yamlsync.layout.read import read_tree
from yamlsync.opening import RevisionDatabase, RevisionDirectory, read_database_at

Located: TypeAlias = RevisionDirectory | RevisionDatabase

LISTS = (workshop_path(""), WORKSHOPS_PATH)
"""The files one of which makes a folder a workshop."""

_FOLDERS = ("steps", "workshops")
_DATABASES = (".db", ".sqlite", ".sqlite3")
_MOST_SOURCES = 50
"""Workshops of one commit that are asked for their ids."""


def paths_of(path: str, *, is_file: bool) -> list[str]:
    """The paths from the top that belong to the workshop at a path: what changes elsewhere is not its own."""
    start = f"{path}/" if path else ""
    return [f"{start}{each}" for each in (*LISTS, *_FOLDERS)] + ([path] if is_file else [])


def is_named_as_file(path: str) -> bool:
    """Whether a path is that of a database by its name alone."""
    return path.endswith(_DATABASES)


def located_at(repository: Repository, commit: str, path: str) -> Located | None:
    """The workshop that a commit has at a path; None where it has none there."""
    found = found_at(repository, commit, path)
    # Seen in places of problems, which are read and typed.
    name = f"{commit[:10]}:{path}"
    if found is None:
        return None
    if isinstance(found, RevisionFile):
        return RevisionDatabase(name, found.name, commit, path, repository)
    irregular = {problem.place.path for problem in found.tree.problems}
    if not any(each in found.names or each in irregular for each in LISTS):
        return None
    return RevisionDirectory(name, found.tree, found.names, commit, path, repository)


def is_same(one: Located, other: Located) -> bool:
    """Whether two have the same bytes, but for students' progress."""
    if isinstance(one, RevisionDatabase) and isinstance(other, RevisionDatabase):
        return one.blob == other.blob
    if isinstance(one, RevisionDirectory) and isinstance(other, RevisionDirectory):
        return _files(one) == _files(other) and one.tree.problems == other.tree.problems
    return False


def source_of(new: Located, parent: str) -> Located | None:
    """Where a workshop came from that a commit has and its parent has not: one that is gone there.

    It has the id of a workshop in common, or half of the files of the steps; of several it is the one with
    the most equal files, then the one with the fewest others.
    """
    repository = new.repository
    paths = deleted(repository, parent, new.commit)
    folders = {path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] in LISTS}
    candidates = sorted(folders) + [path for path in paths if is_named_as_file(path)]
    found = [old for path in candidates if (old := located_at(repository, parent, path)) is not None]
    found.sort(key=lambda old: (-_equal(old, new), _count(old)))
    return next((old for old in found[:_MOST_SOURCES] if _is_likely(old, new)), None)


def _is_likely(old: Located, new: Located) -> bool:
    equal = _equal(old, new)
    return (equal > 0 and 2 * equal >= max(_count(old), _count(new))) or bool(_ids(old) & _ids(new))


def _equal(old: Located, new: Located) -> int:
    """How many steps have the same bytes."""
    if isinstance(old, RevisionDirectory) and isinstance(new, RevisionDirectory):
        return len(_steps(old) & _steps(new))
    return int(is_same(old, new))


def _count(located: Located) -> int:
    return len(_steps(located)) if isinstance(located, RevisionDirectory) else 1


def _steps(located: RevisionDirectory) -> set[str]:
    return {name for path, name in located.names.items() if shape_of(path) is STEP}


def _files(located: RevisionDirectory) -> dict[str, str]:
    return {path: name for path, name in located.names.items() if not is_state(path)}


def _ids(located: Located) -> set[str]:
    """The ids of the workshops; none where that cannot be read."""
    if isinstance(located, RevisionDirectory):
        reading = read_tree(located.tree, with_state=False, unread=located.tree.paths)
        return {file.header.id for file in reading.workshops}
    try:
        contents = read_database_at(located).contents
    except OperationError:
        return set()
    return {workshop.id for workshop in contents.workshops} if contents else set()


def step_ids(located: Located) -> set[str]:
    """The ids of all steps, in a directory as the lists alone tell them. Raises OperationError as `read`."""
    if isinstance(located, RevisionDirectory):
        reading = read_tree(located.tree, with_state=False, unread=located.tree.paths)
        return {id for file in reading.workshops for id in file.header.step_ids}
    contents = read_database_at(located).contents
    return {step.id for workshop in contents.workshops for step in workshop.steps} if contents else set()

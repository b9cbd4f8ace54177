"""The use case: a new workshop, in a new directory or an old one, whole or not at all (AUT-1 to AUT-8)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress

from attrs import define, field, frozen

from yamlsync import git
from yamlsync.errors import OperationError, not_taken
from yamlsync.layout.files import WORKSHOPS_PATH, workshop_path
from yamlsync.layout.read import read_tree
from yamlsync.proof import ProofError
from yamlsync.publish.directory import directory_tree, reading
from yamlsync.publish.durability import sync_all, sync_folder, write_new
from yamlsync.publish.journal import Change, commit, stage_files, writing
from yamlsync.publish.own_folder import JOURNAL, OWN_FOLDER
from yamlsync.publish.record import file_hash, read_record, render_record
from yamlsync.publish.staging import stage_beside
from yamlsync.scaffold.course import course_files
from yamlsync.scaffold.facts import Facts
from yamlsync.scaffold.pieces import AT_THE_TOP, COURSE, PIECES, WHERE_OPENED, piece_files
from yamlsync.tree import in_memory, overlay


@frozen
class Initialised:
    """What was written; the files that were there and stay as they are; the pieces of no use there.

    `confined` are the pieces that are of use only where the directory itself is the one that is opened.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...] = ()
    useless: tuple[str, ...] = ()
    confined: tuple[str, ...] = ()


def folder_name(directory: str) -> str:
    """The name that a directory has, also where it is named by a dot."""
    return os.path.basename(os.path.abspath(directory))


def present_id(directory: str) -> str | None:
    """The id of the one workshop that a directory holds, as far as it can be told and shown."""
    if not os.path.isdir(directory):
        return None
    found = read_tree(directory_tree(directory), with_state=False).workshops
    id = found[0].header.id if len(found) == 1 else ""
    return id if id.strip() and id.isprintable() else None


def initialise(directory: str, facts: Facts, without: Iterable[str] = ()) -> Initialised:
    """Starts a workshop in `directory`, which is made if need be, with the pieces around it.

    Without the piece `COURSE`, the others are put around the workshop that is there. Raises
    OperationError where one is there already, or then none, or the disk does not take it: nothing of it
    is left.
    """
    if not directory:
        raise OperationError("no folder is named", "name one: . is the one you are in")
    left_out = frozenset(without)
    pieces = [piece for piece in PIECES if piece not in left_out]
    below = _is_below_the_top(directory)
    useless = tuple(piece for piece in pieces if below and piece in AT_THE_TOP)
    confined = tuple(piece for piece in pieces if below and piece == WHERE_OPENED)
    around: dict[str, bytes] = {}
    for piece in pieces:
        if piece not in useless:
            around |= piece_files(piece, facts)
    course = {} if COURSE in left_out else course_files(facts)
    try:
        if COURSE in left_out:
            kept = _around(directory, around)
        elif os.path.lexists(directory):
            kept = _into_existing(directory, course, around)
        else:
            _into_fresh(directory, course, around)
            kept = ()
    except OSError as error:
        raise not_taken(error, directory) from error
    written = tuple(path for path in (*course, *around) if path not in kept)
    return Initialised(written, kept, useless, confined)


def _is_below_the_top(directory: str) -> bool:
    """Whether a directory is part of a Git worktree whose top is further up."""
    return git.is_inside(directory) and not os.path.lexists(os.path.join(directory, ".git"))


def _into_fresh(directory: str, course: Mapping[str, bytes], around: Mapping[str, bytes]) -> None:
    """Builds all folders that are missing, in one, and puts that in place in one step."""
    target = os.path.abspath(directory)
    top = target
    while not os.path.lexists(os.path.dirname(top)):
        top = os.path.dirname(top)
    with stage_beside(top) as stage:
        new = os.path.join(stage, "new")
        root = os.path.normpath(os.path.join(new, os.path.relpath(target, top)))
        _write_all(root, {**course, **around})
        back = read_tree(directory_tree(root), with_state=True)
        if back.problems:
            raise ProofError(f"a new workshop has a problem: {back.problems[0].message}")
        try:
            os.rename(new, top)
        except OSError as error:
            if not os.path.lexists(top):
                raise
            raise OperationError(f"{top} came into being meanwhile", "run again") from error
    sync_folder(os.path.dirname(top))


def _write_all(root: str, files: Mapping[str, bytes]) -> None:
    paths = {os.path.join(root, path): data for path, data in files.items()}
    folders = sorted({os.path.dirname(path) for path in paths} | {root})
    for folder in folders:
        os.makedirs(folder, exist_ok=True)
    for path, data in paths.items():
        write_new(path, data)
    sync_all(list(paths), folders)


def _around(root: str, around: Mapping[str, bytes]) -> tuple[str, ...]:
    """Puts the pieces around a workshop that is there; gives the paths that were there."""
    if not any(_is_there(root, name) for name in (workshop_path(""), WORKSHOPS_PATH)):
        raise OperationError(
            f"{root} holds no workshop: there is no workshop.yaml in it",
            f"to start one there, leave --without {COURSE} out",
        )
    # Nothing of the workshop is written: for its lock this is a reader.
    with reading(root):
        placing = _Placing(root)
        try:
            with stage_beside(os.path.join(root, "new")) as stage:
                return placing.place_all(stage, around)
        except BaseException:
            placing.undo()
            raise


def _into_existing(root: str, course: Mapping[str, bytes], around: Mapping[str, bytes]) -> tuple[str, ...]:
    """Puts the pieces in place first: only with the workshop itself, by its journal, is there one.

    Gives the paths that were there. Killed in between, it can be run again.
    """
    interrupted = os.path.lexists(_journal(root))
    if not interrupted:
        _require_none(root)
    with writing(root, git.tracks):
        _require_none(root, completed=interrupted)
        placing = _Placing(root)
        try:
            with stage_beside(os.path.join(root, "new")) as stage:
                kept = placing.place_all(stage, around)
            _put_course(root, course)
        except BaseException:
            # From the journal on, the next command that writes completes the work.
            if not os.path.lexists(_journal(root)):
                placing.undo()
            raise
    return kept


def _journal(root: str) -> str:
    return os.path.join(root, OWN_FOLDER, JOURNAL)


def _require_none(root: str, *, completed: bool = False) -> None:
    """Raises OperationError where a directory holds a workshop, or what would be part of one."""
    tree = directory_tree(root)
    there = [name for name in (workshop_path(""), WORKSHOPS_PATH, "steps") if _is_there(root, name)]
    there += sorted(tree.paths | {problem.place.path for problem in tree.problems})
    if there:
        help = f"name another directory; for the settings around this workshop alone, add --without {COURSE}"
        if completed:
            help = "what an interrupted command had left was completed first: see whether it was this"
        raise OperationError(f"{root} holds a workshop, or part of one, already: {there[0]}", help)


def _is_there(root: str, name: str) -> bool:
    return os.path.lexists(os.path.join(root, name))


def _put_course(root: str, course: Mapping[str, bytes]) -> None:
    stage_files(root, dict(course))
    back = read_tree(overlay(directory_tree(root), in_memory(course), frozenset()), with_state=True)
    if back.problems:
        raise ProofError(f"a new workshop has a problem: {back.problems[0].message}")
    changes = [Change(path, None, file_hash(data)) for path, data in course.items()]
    commit(root, changes, render_record(read_record(root)))


@define
class _Placing:
    """Puts files where none are, each in one step, and knows how to take them away again."""

    root: str
    _files: list[str] = field(factory=list)
    _folders: list[str] = field(factory=list)

    def place_all(self, stage: str, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Gives the paths at which something was before, which stays."""
        kept = []
        staged = {path: os.path.join(stage, str(number)) for number, path in enumerate(files)}
        for path, data in files.items():
            write_new(staged[path], data)
        sync_all(list(staged.values()), [stage])
        for path in files:
            target = os.path.join(self.root, path)
            if os.path.lexists(target):
                kept.append(path)
            else:
                self._make_folders(path)
                self._place(staged[path], target)
        for path in staged.values():
            with suppress(FileNotFoundError):
                os.unlink(path)
        for folder in {os.path.dirname(path) for path in self._files}:
            sync_folder(folder)
        return tuple(kept)

    def _make_folders(self, path: str) -> None:
        folder = self.root
        for part in path.split("/")[:-1]:
            folder = os.path.join(folder, part)
            if os.path.islink(folder):
                raise OperationError(
                    f"{folder} is a link, and links are not followed", "put the folder there"
                )
            if not os.path.isdir(folder):
                os.mkdir(folder)
                self._folders.append(folder)

    def _place(self, staged: str, target: str) -> None:
        try:
            # Unlike a renaming, this never replaces what came to be meanwhile.
            os.link(staged, target)
        except FileExistsError:
            raise
        except OSError:
            os.rename(staged, target)  # The file system has no hard links.
        self._files.append(target)

    def undo(self) -> None:
        """Takes everything away that was put in place."""
        for path in self._files:
            with suppress(OSError):
                os.unlink(path)
        for folder in reversed(self._folders):
            with suppress(OSError):
                os.rmdir(folder)

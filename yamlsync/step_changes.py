"""The use case: steps reshaped, the outcome proved, and put in place all or nothing (AUT-20 to AUT-22)."""

from __future__ import annotations

import os

from attrs import evolve, frozen

from yamlsync import git
from yamlsync.discovery import root_of
from yamlsync.document.limits import MAX_BYTES
from yamlsync.errors import OperationError, describe
from yamlsync.layout.files import WORKSHOPS_PATH, workshop_path
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import refuse_unheld
from yamlsync.problems import Problem
from yamlsync.proof import prove
from yamlsync.publish.directory import InterruptedExportError, directory_tree, reading
from yamlsync.publish.journal import Change, commit, has_leftovers, stage_files, writing
from yamlsync.publish.record import file_hash, read_record, render_record
from yamlsync.publish.regular import read_regular
from yamlsync.reshaping.found import Found, look
from yamlsync.reshaping.plan import Reshape, Reshaping, refused, unread
from yamlsync.tree import Tree, in_memory, overlay


@frozen
class StepOptions:
    """What the user asked for, whatever is changed."""

    dry_run: bool = False
    force: bool = False


@frozen
class Reshaped:
    """What was done, or with `dry_run` would be.

    `root` is the directory of the workshops, `changes` has a line for each file. With `problems`,
    nothing was changed.
    """

    root: str
    changes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def reshape(directory: str, plan: Reshape, options: StepOptions) -> Reshaped:
    """Does to the workshops in `directory` what `plan` says.

    Raises OperationError where it cannot be tried or the disk does not take it, ProofError on a bug;
    in each case the directory is what it was.
    """
    root, meant = _root(directory)

    def planned(found: Found) -> Reshaping:
        return plan(evolve(found, meant=meant))

    try:
        return _reshape(root, planned, options)
    except OSError as error:
        raise OperationError(
            f"{error.filename or root}: {describe(error)}", "see to permissions and free space, and run again"
        ) from error


def _root(directory: str) -> tuple[str, str]:
    """The directory that lists all workshops, and the path in it of the one that `directory` is of."""
    if not directory:
        raise OperationError("no folder is named", "name the directory of a workshop")
    root, name = root_of(os.path.join(directory, workshop_path("")))
    return (root if "/" in name else directory), name


def _reshape(root: str, plan: Reshape, options: StepOptions) -> Reshaped:
    completed = False
    try:
        with reading(root):
            planned = _plan(root, plan, options)[1]
        if planned.problems or not (planned.changed or has_leftovers(root)):
            return _told(root, planned)
        if options.dry_run:
            return _told(root, planned)
    except InterruptedExportError:
        if options.dry_run:
            raise
        completed = True
    with writing(root, git.tracks):
        try:
            # Planned anew: between the two another process may have been at work.
            tree, planned = _plan(root, plan, options)
        except OperationError as error:
            if not completed:
                raise
            help = "what an interrupted command had left was completed first: see whether it was this"
            raise OperationError(error.message, help) from error
        if planned.problems or not planned.changed:
            return _told(root, planned)
        stage = stage_files(root, dict(planned.puts))
        _prove(overlay(tree, _staged(stage, planned), planned.deletes), planned)
        # What export wrote stays known as that, and what was changed here as edited.
        commit(root, _changes(tree, planned), render_record(read_record(root)))
    return _told(root, planned)


def _plan(root: str, plan: Reshape, options: StepOptions) -> tuple[Tree, Reshaping]:
    tree = directory_tree(root)
    if not tree.paths & {workshop_path(""), WORKSHOPS_PATH}:
        raise OperationError(f"{root} holds no workshop: it has no workshop.yaml", "name the folder of one")
    found = look(tree)
    if not isinstance(found, Found):
        return tree, unread(found)
    planned = plan(found)
    if planned.problems:
        return tree, planned
    if planned.lost and not options.force:
        problems = _unheld(root, tree, planned.lost)
        if problems:
            return tree, refused(found, problems)
    _prove(overlay(tree, in_memory(planned.puts), planned.deletes), planned)
    return tree, planned


def _unheld(root: str, tree: Tree, lost: frozenset[str]) -> tuple[Problem, ...]:
    """Files that would be removed although Git does not hold what is in them."""
    answer = git.committed(root, tree, lost)
    note = f" ({answer.note})" if answer.note else ""
    reason = f"the file would be removed, and Git does not hold it as it stands{note}"
    return tuple(refuse_unheld(lost - answer.paths, reason))


def _prove(tree: Tree, planned: Reshaping) -> None:
    back = read_tree(tree, with_state=True)
    prove(planned.meant, back.contents, back.problems, with_state=True)


def _staged(stage: str, planned: Reshaping) -> Tree:
    """The new files as they stand on the disk."""
    numbers = {path: str(number) for number, path in enumerate(planned.puts)}
    return Tree(
        frozenset(planned.puts), lambda path: read_regular(os.path.join(stage, numbers[path]), MAX_BYTES)
    )


def _changes(tree: Tree, planned: Reshaping) -> list[Change]:
    def old(path: str) -> str | None:
        return file_hash(tree.read(path)) if path in tree else None

    puts = [Change(path, old(path), file_hash(data)) for path, data in planned.puts.items()]
    return [*puts, *(Change(path, old(path), None) for path in sorted(planned.deletes))]


def _told(root: str, planned: Reshaping) -> Reshaped:
    return Reshaped(root, planned.changes, planned.remarks, planned.problems)

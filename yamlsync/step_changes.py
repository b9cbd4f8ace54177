"""The use case: steps reshaped, the outcome proved, and put in place all or nothing (AUT-20 to AUT-22)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

from attrs import evolve, frozen

from yamlsync import git
from yamlsync.discovery import configuration_of, no_workshop, root_of, selected
from yamlsync.document.limits import MAX_BYTES
from yamlsync.errors import OperationError, not_taken
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
    nothing was changed. `doubts` are what the user may not have meant, each with what to do instead,
    `found` is what check finds now and did not before.
    """

    root: str
    changes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubts: tuple[tuple[str, str | None], ...] = ()
    found: tuple[Problem, ...] = ()


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
        raise not_taken(error, root) from error


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
            tree, planned = _plan(root, plan, options)
            if options.dry_run:
                return _told(root, tree, planned)
        if planned.problems or not (planned.changed or has_leftovers(root)):
            return _told(root, tree, planned)
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
        told = _told(root, tree, planned)
        if planned.problems or not planned.changed:
            return told
        stage = stage_files(root, dict(planned.puts))
        _prove(overlay(tree, _staged(stage, planned), planned.deletes), planned)
        # What export wrote stays known as that, and what was changed here as edited.
        commit(root, _changes(tree, planned), render_record(read_record(root)))
    return told


def _plan(root: str, plan: Reshape, options: StepOptions) -> tuple[Tree, Reshaping]:
    tree = directory_tree(root)
    if not tree.paths & {workshop_path(""), WORKSHOPS_PATH}:
        raise no_workshop(root, "name the folder of one")
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
    _prove(_after(tree, planned), planned)
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


def _after(tree: Tree, planned: Reshaping) -> Tree:
    return overlay(tree, in_memory(planned.puts), planned.deletes)


def _told(root: str, tree: Tree, planned: Reshaping) -> Reshaped:
    """What to tell of a plan. `tree` is still what it was."""
    doubts: tuple[tuple[str, str | None], ...] = planned.doubts
    found: tuple[Problem, ...] = ()
    if planned.changed:
        try:
            found = tuple(_brought_about(root, tree, planned))
        except OperationError as error:
            # Settings of check that are none are no reason to leave the steps as they are.
            doubts = (*doubts, (f"what comes of it was not checked: {error.message}", error.help))
    return Reshaped(root, planned.changes, planned.remarks, planned.problems, doubts, found)


def _brought_about(root: str, tree: Tree, planned: Reshaping) -> Iterator[Problem]:
    """What check finds in the planned tree, hints aside, and not in the one before (AUT-40).

    Messages name ids and numbers, which change: of a code, a file has something new where it has more.
    """
    # Imported late: a plan that comes to nothing needs no rules.
    from yamlsync.check import check

    selection = selected(root, configuration_of(root))
    before: dict[tuple[str, str], list[str]] = {}
    for each in check(tree, selection).problems:
        path = planned.moved.get(each.place.path, each.place.path)
        before.setdefault((path, each.code), []).append(each.message)
    after: dict[tuple[str, str], list[Problem]] = {}
    for each in check(_after(tree, planned), selection).problems:
        if each.severity != "hint":
            after.setdefault((each.place.path, each.code), []).append(each)
    for key, problems in after.items():
        known = before.get(key, [])
        if len(problems) > len(known):
            old = Counter(known)
            for each in problems:
                old[each.message] -= 1
                if old[each.message] < 0:
                    yield each

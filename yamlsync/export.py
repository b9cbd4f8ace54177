"""The use case: a database → a directory, by the fewest changes, proved before anything is in place."""

from __future__ import annotations

import os

from attrs import evolve, frozen

from yamlsync import git
from yamlsync.database.read import read_database
from yamlsync.errors import OperationError, describe
from yamlsync.layout.carriable import uncarriable
from yamlsync.layout.files import WORKSHOPS_PATH, is_state, workshop_path
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import Update, plan_update, refuse_unheld
from yamlsync.printable import quoted
from yamlsync.problems import Place, Problem, in_order
from yamlsync.proof import prove
from yamlsync.publish.directory import InterruptedExportError, directory_tree, reading
from yamlsync.publish.durability import meanwhile, sync_all, sync_folder, write_new
from yamlsync.publish.journal import Change, commit, has_leftovers, stage_files, writing
from yamlsync.publish.own_folder import OWN_FOLDER, RECORD
from yamlsync.publish.record import file_hash, read_record, render_record, unchanged_since
from yamlsync.publish.staging import stage_beside
from yamlsync.records import Contents
from yamlsync.tree import Tree, in_memory, overlay


@frozen
class ExportOptions:
    """What the user asked for."""

    check: bool = False
    state: bool = False
    force: bool = False
    lossy: bool = False


@frozen
class Exported:
    """What an export did, or with `check` would do.

    `problems` are of the database where `of_database`, else of the directory; with any, nothing was
    changed. `left_state` counts the rows of progress that were not asked for.
    """

    problems: tuple[Problem, ...] = ()
    of_database: bool = False
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    left_state: int = 0
    left_behind: tuple[str, ...] = ()
    in_git: bool = False

    @property
    def changed(self) -> bool:
        """Whether the directory is not what the database says."""
        return bool(self.written or self.removed)


def export(database: str, directory: str, options: ExportOptions) -> Exported:
    """Writes what `database` says into `directory`.

    Raises OperationError where it cannot be tried or the disk does not take it, ProofError on a bug;
    in each case the directory is what it was.
    """
    if not directory:
        raise OperationError("no folder is named", "name one")
    source = read_database(database, lossy=options.lossy)
    if source.contents is None:
        return Exported(source.problems, of_database=True)
    problems = uncarriable(source.contents, database)
    if problems:
        return Exported(in_order(problems), of_database=True)
    contents = source.contents
    left_state = 0
    if not options.state:
        left_state = len(contents.runtime_states) + len(contents.custom_states)
        contents = evolve(contents, runtime_states=(), custom_states=())
    try:
        if os.path.lexists(directory):
            result = _into_existing(contents, directory, options)
        else:
            result = _into_fresh(contents, directory, options)
    except OSError as error:
        raise OperationError(
            f"{error.filename or directory}: {describe(error)}",
            "see to permissions and free space, and run again",
        ) from error
    return evolve(
        result,
        left_state=left_state,
        left_behind=source.left_behind,
        in_git=options.state and git.is_inside(directory),
    )


def _into_fresh(contents: Contents, directory: str, options: ExportOptions) -> Exported:
    update = plan_update(in_memory({}), contents, with_state=options.state)
    done = _done(update)
    if update.problems or options.check:
        return done
    with stage_beside(directory) as stage:
        folders = {os.path.join(stage, os.path.dirname(path)) for path in update.puts} | {stage}
        for folder in sorted(folders):
            os.makedirs(folder, exist_ok=True)
        own = os.path.join(stage, OWN_FOLDER)
        record = render_record({path: file_hash(data) for path, data in update.puts.items()})
        files = {os.path.join(stage, path): data for path, data in update.puts.items()}
        files |= {os.path.join(own, RECORD): record, os.path.join(own, ".gitignore"): b"*\n"}
        for path, data in files.items():
            write_new(path, data)
        with meanwhile(lambda: sync_all(list(files), [*sorted(folders), own])):
            _prove(directory_tree(stage), contents, options)
        try:
            os.rename(stage, directory)
        except OSError as error:
            if not os.path.lexists(directory):
                raise
            raise OperationError(
                f"{directory} came into being while the export was at work", "run again"
            ) from error
    sync_folder(os.path.dirname(os.path.abspath(directory)))
    return done


def _into_existing(contents: Contents, directory: str, options: ExportOptions) -> Exported:
    try:
        with reading(directory):
            planned = _plan(contents, directory, options)[1]
        if options.check or planned.problems or not (planned.changed or has_leftovers(directory)):
            return planned
    except InterruptedExportError:
        if options.check:
            raise
    with writing(directory, git.tracks):
        # Planned anew: between the two another process may have been at work.
        update, planned, tree = _plan(contents, directory, options)
        if planned.problems or not planned.changed:
            return planned
        stage = stage_files(directory, update.puts)
        numbers = {path: str(number) for number, path in enumerate(update.puts)}
        staged = Tree(frozenset(update.puts), lambda path: _read_staged(stage, numbers[path]))
        _prove(overlay(tree, staged, update.deletes), contents, options)
        commit(directory, _changes(update), _record(update, directory))
    return planned


def _plan(contents: Contents, directory: str, options: ExportOptions) -> tuple[Update, Exported, Tree]:
    tree = directory_tree(directory)
    update = plan_update(tree, contents, with_state=options.state)
    done = _done(update)
    problems = list(done.problems)
    problems += [problem for problem in tree.problems if options.state or not is_state(problem.place.path)]
    if not options.force and not options.check:
        problems += _another_course(update, contents) or _unheld(update, directory)
    return update, evolve(done, problems=in_order(problems)), tree


def _another_course(update: Update, contents: Contents) -> list[Problem]:
    """A directory of other workshops altogether: most likely it was named by mistake."""
    there = update.workshop_ids - {workshop.id for workshop in contents.workshops}
    if not there or there != update.workshop_ids:
        return []
    path = next(path for path in (workshop_path(""), WORKSHOPS_PATH) if path in update.old)
    message = f"the directory holds another workshop, {quoted(min(there))}"
    help = "name another directory, or run again with --force to replace that workshop"
    return [Problem("YS132", message, Place(path), help)]


def _unheld(update: Update, directory: str) -> list[Problem]:
    """Files that would change although neither the record nor Git holds what a person wrote into them."""
    old = in_memory(update.old)
    known = unchanged_since(old, read_record(directory)) if update.old else frozenset[str]()
    # What export wrote itself is no loss, but for comments that it kept for their author.
    known -= update.commented | update.unreadable
    doubtful = old.paths - known
    answer = git.committed(directory, old, doubtful)
    unheld = doubtful - answer.paths
    note = f" ({answer.note})" if answer.note else ""
    comments = refuse_unheld(
        unheld & update.commented, f"the file would be removed, and its comments with it{note}"
    )
    edited = refuse_unheld(unheld - update.commented, f"the file was edited since export wrote it{note}")
    return comments + edited


def _done(update: Update) -> Exported:
    return Exported(
        in_order(list(update.problems)),
        written=tuple(sorted(update.puts)),
        removed=tuple(sorted(update.deletes)),
        unchanged=update.unchanged,
    )


def _prove(tree: Tree, contents: Contents, options: ExportOptions) -> None:
    back = read_tree(tree, with_state=options.state)
    prove(contents, back.contents, back.problems, with_state=options.state)


def _read_staged(stage: str, number: str) -> bytes:
    with open(os.path.join(stage, number), "rb") as file:
        return file.read()


def _changes(update: Update) -> list[Change]:
    old = {path: file_hash(data) for path, data in update.old.items()}
    puts = [Change(path, old.get(path), file_hash(data)) for path, data in update.puts.items()]
    return [*puts, *(Change(path, old[path], None) for path in sorted(update.deletes))]


def _record(update: Update, directory: str) -> bytes:
    record = {path: known for path, known in read_record(directory).items() if path not in update.deletes}
    return render_record(record | {path: file_hash(data) for path, data in update.puts.items()})

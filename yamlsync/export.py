"""The use case: a database → a directory, by the fewest changes, proved before anything is in place."""

from __future__ import annotations

import os
from contextlib import suppress

from attrs import evolve, frozen

from yamlsync.artifact import Artifact
from yamlsync.database.read import read_database
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError, not_taken
from yamlsync.layout.carriable import uncarriable
from yamlsync.layout.files import is_state
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import Update, plan_update
from yamlsync.problems import Problem, in_order
from yamlsync.proof import prove
from yamlsync.publish.directory import InterruptedExportError, directory_tree, reading
from yamlsync.publish.durability import meanwhile, sync_all, sync_folder, write_new
from yamlsync.publish.journal import Change, commit, has_leftovers, stage_files, writing
from yamlsync.publish.own_folder import OWN_FOLDER, RECORD
from yamlsync.publish.record import (
    Record,
    file_hash,
    read_record,
    render_record,
    replace_record,
    updated,
)
from yamlsync.publish.staging import stage_beside
from yamlsync.records import Contents
from yamlsync.synchrony import LastExport
from yamlsync.tree import Tree, in_memory, overlay


@frozen
class ExportOptions:
    """What the user asked for."""

    check: bool = False
    state: bool = False
    force: bool = False
    lossy: bool = False


@frozen
class _Source:
    """What is to be written: the contents, without progress that was not asked for; whence they come."""

    contents: Contents
    artifact: Artifact | None

    def as_last_export(self) -> LastExport:
        """What the record of the directory is to tell of this export."""
        digests = digests_of(self.contents)
        built = self.artifact.content_digest if self.artifact else None
        return LastExport(digests.content, built, digests.parts)


@frozen
class _Plan:
    """An export into a directory that is there: what changes in which tree, what that comes to."""

    update: Update
    done: Exported
    tree: Tree
    record: Record


@frozen
class Exported:
    """What an export did, or with `check` would do.

    `problems` are of the database where `of_database`, else of the directory; with any, nothing was
    changed. `left_state` counts the rows of progress that were not asked for. `undone` are files with an
    edit that Git holds, and that the directory does not show any more.
    """

    problems: tuple[Problem, ...] = ()
    of_database: bool = False
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    left_state: int = 0
    left_behind: tuple[str, ...] = ()
    in_git: bool = False
    undone: tuple[str, ...] = ()

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
    whence = _Source(contents, source.artifact)
    try:
        if os.path.lexists(directory):
            result = _into_existing(whence, directory, options)
        else:
            result = _into_fresh(whence, directory, options)
    except OSError as error:
        raise not_taken(error, directory) from error
    return evolve(
        result,
        left_state=left_state,
        left_behind=source.left_behind,
        in_git=options.state and _is_in_git(directory),
    )


def _into_fresh(source: _Source, directory: str, options: ExportOptions) -> Exported:
    update = plan_update(in_memory({}), source.contents, with_state=options.state)
    done = _done(update)
    if update.problems or options.check:
        return done
    with stage_beside(directory) as stage:
        folders = {os.path.join(stage, os.path.dirname(path)) for path in update.puts} | {stage}
        for folder in sorted(folders):
            os.makedirs(folder, exist_ok=True)
        own = os.path.join(stage, OWN_FOLDER)
        record = updated(Record(), _hashes(update.puts), frozenset(), source.as_last_export())
        files = {os.path.join(stage, path): data for path, data in update.puts.items()}
        files |= {os.path.join(own, RECORD): render_record(record), os.path.join(own, ".gitignore"): b"*\n"}
        for path, data in files.items():
            write_new(path, data)
        with meanwhile(lambda: sync_all(list(files), [*sorted(folders), own])):
            _prove(directory_tree(stage), source.contents, options)
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


def _into_existing(source: _Source, directory: str, options: ExportOptions) -> Exported:
    try:
        with reading(directory):
            plan = _plan(source, directory, options)
        if options.check or plan.done.problems:
            return plan.done
        if not (plan.done.changed or has_leftovers(directory)):
            _remember(source, plan, directory, options)
            return plan.done
    except InterruptedExportError:
        if options.check:
            raise
    return _write(source, directory, options)


def _remember(source: _Source, plan: _Plan, directory: str, options: ExportOptions) -> None:
    """Records an export that changed no file, where it can be recorded: without, we only ask more."""
    if plan.record.last != source.as_last_export():
        with suppress(OperationError, OSError), writing(directory, _tracks):
            plan = _plan(source, directory, options)
            if not plan.done.changed and not plan.done.problems:
                _replace_record(source, plan, directory)


def _replace_record(source: _Source, plan: _Plan, directory: str) -> None:
    last = source.as_last_export()
    if plan.record.last != last:
        replace_record(directory, render_record(updated(plan.record, {}, frozenset(), last)))


def _write(source: _Source, directory: str, options: ExportOptions) -> Exported:
    with writing(directory, _tracks):
        # Planned anew: between the two another process may have been at work.
        plan = _plan(source, directory, options)
        update = plan.update
        if plan.done.problems:
            return plan.done
        if not plan.done.changed:
            # Here to clear away what a dead process left.
            with suppress(OSError):
                _replace_record(source, plan, directory)
            return plan.done
        record = updated(plan.record, _hashes(update.puts), update.deletes, source.as_last_export())
        stage = stage_files(directory, update.puts)
        numbers = {path: str(number) for number, path in enumerate(update.puts)}
        staged = Tree(frozenset(update.puts), lambda path: _read_staged(stage, numbers[path]))
        _prove(overlay(plan.tree, staged, update.deletes), source.contents, options)
        commit(directory, _changes(update), render_record(record))
    return plan.done


def _plan(source: _Source, directory: str, options: ExportOptions) -> _Plan:
    tree = directory_tree(directory)
    record = read_record(directory)
    update = plan_update(tree, source.contents, with_state=options.state)
    done = _done(update)
    problems = list(done.problems)
    problems += [problem for problem in tree.problems if options.state or not is_state(problem.place.path)]
    undone: tuple[str, ...] = ()
    if not options.check:
        # Imported late: what is to be held is asked where something changes.
        from yamlsync.holding import (
            refuse_another_workshop,
            refuse_edits,
            refuse_newer_format,
            refuse_undoing,
            undone_edits,
        )

        refused = refuse_newer_format(update) or refuse_another_workshop(update, source.contents)
        if options.force or not refused:
            unheld, held = refuse_edits(update, record, directory)
            edits = undone_edits(tree, held, record, source.artifact, source.contents)
            undone = edits.paths
            refused += unheld + refuse_undoing(edits)
        problems += [] if options.force else refused
    return _Plan(update, evolve(done, problems=in_order(problems), undone=undone), tree, record)


def _tracks(directory: str, path: str) -> bool:
    # Imported late, as below: a fresh export has nothing to ask of Git.
    from yamlsync import git

    return git.tracks(directory, path)


def _is_in_git(directory: str) -> bool:
    from yamlsync import git

    return git.is_inside(directory)


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


def _hashes(files: dict[str, bytes]) -> dict[str, str]:
    return {path: file_hash(data) for path, data in files.items()}

"""`yamlsync export DB DIR`."""

from __future__ import annotations

import click

from yamlsync.cli.sources import reader
from yamlsync.cli.terminal import Terminal
from yamlsync.errors import OperationError
from yamlsync.export import Exported, ExportOptions, export
from yamlsync.opening import names_revision
from yamlsync.printable import shell


@click.command("export")
@click.argument("database", metavar="DB", type=click.Path())
@click.argument("directory", metavar="DIR", type=click.Path())
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if DIR is not what DB says.")
@click.option("--state", is_flag=True, help="Write students' progress too, to state/ in DIR.")
@click.option(
    "--force",
    is_flag=True,
    help="Undo edits of the YAML, and overwrite or remove files that are not committed to Git.",
)
@click.option(
    "--lossy",
    is_flag=True,
    help="Leave out tables and columns that the format has no place for, and name them.",
)
@click.pass_obj
def command(
    terminal: Terminal, database: str, directory: str, check: bool, state: bool, force: bool, lossy: bool
) -> int:
    """Write the workshop in DB as YAML files in DIR.

    Comments in DIR are kept, files that say the right thing already are left as they are, files of
    steps that went are removed, and all other files are never touched.
    """
    if names_revision(database):
        raise OperationError(
            f"{database} is in a revision, and export takes the file of a database",
            f"write it into a file first: git show {shell(database)} > FILE.db, and export that",
        )
    done = export(database, directory, ExportOptions(check, state, force, lossy))
    if done.problems:
        terminal.problems(done.problems, "" if done.of_database else directory, reader(directory))
        return 1
    _warn(done, directory, terminal)
    if check:
        for path in done.written:
            terminal.result(f"{_join(directory, path)}: not what the database says")
        for path in done.removed:
            terminal.result(f"{_join(directory, path)}: not in the database")
        return 1 if done.changed else 0
    for path in done.written:
        terminal.detail(f"wrote {_join(directory, path)}")
    for path in done.removed:
        terminal.detail(f"removed {_join(directory, path)}")
    written = _files(len(done.written))
    terminal.note(
        f"{directory}: wrote {written}, removed {len(done.removed)}, left {done.unchanged} as they were"
    )
    return 0


def _join(directory: str, path: str) -> str:
    return f"{directory.rstrip('/')}/{path}"


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def _warn(done: Exported, directory: str, terminal: Terminal) -> None:
    for path in done.undone:
        terminal.warning(
            f"{_join(directory, path)}: an edit that Git holds was replaced by what the database says",
            f"to see it: git -C {shell(directory)} diff -- {shell(path)}",
        )
    for what in done.left_behind:
        terminal.warning(f"{what} was left behind")
    if done.left_state:
        rows = "1 row" if done.left_state == 1 else f"{done.left_state} rows"
        terminal.note(f"{rows} of students' progress left in the database; --state exports them")
    if done.in_git:
        terminal.warning("students' progress is written into a Git repository: mind who can read it")

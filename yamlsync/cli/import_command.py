"""`yamlsync import DIR DB`."""

from __future__ import annotations

import shlex

import click

from yamlsync.cli.sources import reader
from yamlsync.cli.terminal import Terminal
from yamlsync.import_ import ImportOptions, import_


@click.command("import")
@click.argument("directory", metavar="DIR", type=click.Path())
@click.argument("database", metavar="DB", type=click.Path())
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if DB is not what the YAML says.")
@click.option("--state", is_flag=True, help="Put the progress in state/ into DB; without it DB gets none.")
@click.option(
    "--force", is_flag=True, help="Replace DB even if students' progress or unknown tables in it are lost."
)
@click.pass_obj
def command(terminal: Terminal, directory: str, database: str, check: bool, state: bool, force: bool) -> int:
    """Build the database DB from the YAML files in DIR.

    The same files give the same bytes of database. An old DB is replaced in one step, or not at all.
    """
    done = import_(directory, database, ImportOptions(check, state, force))
    if done.problems:
        terminal.problems(done.problems, "" if done.of_database else directory, reader(directory))
        return 1
    for difference in done.differences:
        terminal.result(str(difference))
    if check:
        if done.differences:
            options = "--state " if state else ""
            names = f"{shlex.quote(directory)} {shlex.quote(database)}"
            terminal.note(f"to build it anew: yamlsync import {options}{names}")
        return 1 if done.differences else 0
    steps = "1 step" if done.steps == 1 else f"{done.steps} steps"
    terminal.note(f"{database}: {steps}" if done.changed else f"{database}: {steps}, unchanged")
    return 0

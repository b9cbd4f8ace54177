"""`yamlsync import DIR DB`."""

from __future__ import annotations

import re
import shlex

import click

from yamlsync.cli.sources import reader
from yamlsync.cli.terminal import Terminal
from yamlsync.database.schema import NEWEST, SCHEMAS
from yamlsync.import_ import ImportOptions, import_


def _commit(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A commit by its whole name: a short one, or a branch, means another commit one day."""
    if value is None or re.fullmatch("[0-9a-f]{40}|[0-9a-f]{64}", value):
        return value
    raise click.BadParameter(
        "a commit is named by 40 or 64 hexadecimal digits, as by `git rev-parse HEAD`", context, option
    )


@click.command("import")
@click.argument("directory", metavar="DIR", type=click.Path())
@click.argument("database", metavar="DB", type=click.Path())
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if DB is not what the YAML says.")
@click.option("--state", is_flag=True, help="Put the progress in state/ into DB; without it DB gets none.")
@click.option(
    "--schema",
    type=click.Choice([str(number) for number in SCHEMAS]),
    default=str(NEWEST),
    help="The schema of DB; 1 is the six tables alone.",
)
@click.option(
    "--source-commit",
    metavar="COMMIT",
    callback=_commit,
    help="Keep in DB the Git commit that DIR is of, such as `git rev-parse HEAD` gives it.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Replace DB even if changes, students' progress or unknown tables in it are lost.",
)
@click.option(
    "--sums", metavar="FILE", type=click.Path(), help="Set the line of DB in FILE, which sha256sum -c reads."
)
@click.pass_obj
def command(
    terminal: Terminal,
    directory: str,
    database: str,
    check: bool,
    state: bool,
    schema: str,
    source_commit: str | None,
    force: bool,
    sums: str | None,
) -> int:
    """Build the database DB from the YAML files in DIR.

    The same files give the same bytes of database. An old DB is replaced in one step, or not at all.
    """
    if sums is not None:
        if check:
            raise click.UsageError(
                "--sums writes, and --check does not: to check sums, run sha256sum -c FILE"
            )
        # Imported late, as below: most imports keep no sums.
        from yamlsync.cli.sums_option import require_sums

        require_sums(sums, database)
    done = import_(directory, database, ImportOptions(check, state, force, int(schema), source_commit))
    if done.problems:
        terminal.problems(done.problems, "" if done.of_database else directory, reader(directory))
        return 1
    for difference in done.differences:
        terminal.result(str(difference))
    if check:
        if done.differences:
            options = "--state " if state else ""
            options += f"--schema {schema} " if int(schema) != NEWEST else ""
            names = f"{shlex.quote(directory)} {shlex.quote(database)}"
            terminal.note(f"to build it anew: yamlsync import {options}{names}")
        return 1 if done.differences else 0
    if done.lost_signature:
        terminal.warning(
            f"{database} was signed, and the new one is not", "sign it: yamlsync sign DB --key KEY"
        )
    steps = "1 step" if done.steps == 1 else f"{done.steps} steps"
    terminal.note(f"{database}: {steps}" if done.changed else f"{database}: {steps}, unchanged")
    if sums is not None:
        from yamlsync.cli.sums_option import set_sum

        set_sum(terminal, sums, database)
    return 0

"""`yamlsync import WORKSHOP DB`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from yamlsync.artifact import is_commit
from yamlsync.cli.sources import reader, shown_reader
from yamlsync.cli.terminal import Terminal
from yamlsync.database.schema import SCHEMAS
from yamlsync.import_ import Imported, ImportOptions, import_
from yamlsync.opening import names_revision
from yamlsync.printable import shell


def _commit(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A commit by its whole name: a short one, or a branch, means another commit one day."""
    if value is None or is_commit(value):
        return value
    raise click.BadParameter(
        "a commit is named by 40 or 64 hexadecimal digits, as by `git rev-parse HEAD`", context, option
    )


@click.command("import")
@click.argument("directory", metavar="WORKSHOP", type=click.Path())
@click.argument("database", metavar="DB", type=click.Path())
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if DB is not what the YAML says.")
@click.option("--state", is_flag=True, help="Put the progress in state/ into DB; without it DB gets none.")
@click.option("--keep-state", is_flag=True, help="Keep the progress that is in DB, whatever state/ has.")
@click.option(
    "--schema",
    type=click.Choice([str(number) for number in SCHEMAS]),
    help="The schema of DB; 1 is the six tables alone. Without it DB keeps the one that it has.",
)
@click.option(
    "--source-commit",
    metavar="COMMIT",
    callback=_commit,
    help="Keep in DB the Git commit that WORKSHOP is of, such as `git rev-parse HEAD` gives it.",
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
    keep_state: bool,
    schema: str | None,
    source_commit: str | None,
    force: bool,
    sums: str | None,
) -> int:
    """Build the database DB from the YAML files in WORKSHOP, a directory, or REV:PATH for one in Git.

    The same files give the same bytes of database. An old DB is replaced in one step, or not at all.
    """
    if keep_state and (state or check):
        raise click.UsageError(
            "--keep-state takes the progress from DB, and --state from state/: give one of them"
            if state
            else "--keep-state is about what is built, and --check builds nothing: leave one of them out"
        )
    if sums is not None:
        if check:
            raise click.UsageError(
                "--sums writes, and --check does not: to check sums, run sha256sum -c FILE"
            )
        # Imported late, as below: most imports keep no sums.
        from yamlsync.cli.sums_option import require_sums

        require_sums(sums, database)
    number = None if schema is None else int(schema)
    options = ImportOptions(check, state, force, number, source_commit, keep_state)
    done = import_(directory, database, options)
    if done.problems:
        # Places in a database and in a revision say all.
        says_all = done.of_database or names_revision(directory)
        read = shown_reader() if says_all else reader(directory)
        terminal.problems(done.problems, "" if says_all else directory, read)
        return 1
    if check:
        for difference in done.differences:
            terminal.result(str(difference))
        if done.differences:
            terminal.note(_what_to_do(done, directory, database, options))
        return 1 if done.differences else 0
    if done.lost_signature:
        terminal.warning(
            f"{database} was signed, and the new one is not",
            f"sign it: yamlsync sign {shell(database)} --key KEY",
        )
    terminal.note(f"{database}: {', '.join(_facts(done))}")
    if sums is not None:
        from yamlsync.cli.sums_option import set_sum

        set_sum(terminal, sums, database)
    return 0


def _what_to_do(done: Imported, directory: str, database: str, options: ImportOptions) -> str:
    """What to do about differences, in a command that a shell takes."""
    db, folder = shell(database), shell(directory)
    if not done.is_replaceable and names_revision(directory):
        return "to build it anew, and lose what the database alone has: with --force"
    if not done.is_replaceable:
        return f"to see which side changed, and what to do: yamlsync status {db} {folder}"
    asked = {
        "--state": options.state,
        "--keep-state": done.needs_keep_state,
        f"--schema {options.schema}": options.schema is not None,
        f"--source-commit {options.source_commit}": options.source_commit is not None,
    }
    command = ["yamlsync import", *(option for option, is_set in asked.items() if is_set), folder, db]
    return f"to build it anew: {' '.join(command)}"


def _facts(done: Imported) -> Iterator[str]:
    yield "1 step" if done.steps == 1 else f"{done.steps} steps"
    if not done.changed:
        yield "unchanged"
    if done.kept is not None:
        yield "1 row of progress kept" if done.kept == 1 else f"{done.kept} rows of progress kept"
    if done.dropped:
        yield "1 row dropped" if done.dropped == 1 else f"{done.dropped} rows dropped"
    if done.schemas is not None:
        yield f"schema {done.schemas[0]} became schema {done.schemas[1]}"
    if done.lost_commit:
        yield "without the source commit of the old one"

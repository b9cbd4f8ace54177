"""`yamlsync init DIR`."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from yamlsync.cli.terminal import Terminal
from yamlsync.errors import OperationError
from yamlsync.initialisation import Initialised, folder_name, initialise, present_id
from yamlsync.printable import shell
from yamlsync.scaffold.facts import facts
from yamlsync.scaffold.pieces import COURSE, PIECES


@click.command("init")
@click.argument("directory", metavar="DIR", type=click.Path())
@click.option("--id", "workshop_id", metavar="ID", help="The workshop's id [default: made from DIR's name].")
@click.option("--name", metavar="TEXT", help="What students see as its name [default: made from DIR's name].")
@click.option("--image", "repository", metavar="REPOSITORY", help="Where its images are [default: the id].")
@click.option(
    "--without",
    multiple=True,
    type=click.Choice((COURSE, *PIECES)),
    help="Leave this piece out; may be said again.",
)
@click.option(
    "--only-course", is_flag=True, help="Leave all pieces out: write workshop.yaml and steps/ alone."
)
@click.pass_obj
def command(
    terminal: Terminal,
    directory: str,
    workshop_id: str | None,
    name: str | None,
    repository: str | None,
    without: tuple[str, ...],
    only_course: bool,
) -> int:
    """Start a workshop in DIR: three small steps to replace, and what belongs around them.

    That is settings for Git, for editors and for pre-commit, and a workflow that builds the database.
    Files that are there already are never changed. To a workshop that is there, --without course adds
    the rest.
    """
    if COURSE in without:
        _refuse_words_of_a_course(workshop_id, name, repository, only_course=only_course)
        workshop_id = present_id(directory)
    known = facts(folder_name(directory), _now(), id=workshop_id, name=name, repository=repository)
    done = initialise(directory, known, PIECES if only_course else without)
    _tell(terminal, directory, done, new=COURSE not in without)
    where = shell(directory)
    database = known.database if directory == "." else os.path.join(where, known.database)
    terminal.note(f"see what is wrong with it:  yamlsync check {where}")
    terminal.note(f"add a step of your own:     yamlsync step add {where} ID")
    terminal.note(f"build the database:         yamlsync import {where} {database}")
    return 0


def _refuse_words_of_a_course(*said: str | None, only_course: bool) -> None:
    if only_course:
        raise click.UsageError(f"--only-course and --without {COURSE} leave nothing to write")
    if any(each is not None for each in said):
        raise click.UsageError(
            f"--id, --name and --image are for the workshop that --without {COURSE} leaves out"
        )


def _tell(terminal: Terminal, directory: str, done: Initialised, *, new: bool) -> None:
    for path in done.written:
        terminal.detail(f"wrote {os.path.join(directory, path)}")
    for path in done.kept:
        terminal.note(f"left {os.path.join(directory, path)} as it is")
    for piece in done.useless:
        terminal.note(f"left {piece} out: it works at the top of the Git repository only")
    if done.useless:
        # What stands there already is not known here, and a hook has to say where the workshop is.
        terminal.note('what to write at the top instead: "In pull requests" in the README of yamlsync')
    if done.confined:
        terminal.note(f".vscode works where {directory} itself is the folder that the editor has opened")
    files = "1 file" if len(done.written) == 1 else f"{len(done.written)} files"
    terminal.note(f"{directory}: {'a workshop of three steps, ' if new else 'settings, '}{files}")


def _now() -> str:
    """The time in UTC, or the one that a reproducible build is to have for it."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    if not stamp:
        now = datetime.now(UTC)
    else:
        try:
            now = datetime.fromtimestamp(int(stamp), UTC)
        except (ValueError, OverflowError, OSError):
            raise OperationError(
                f"SOURCE_DATE_EPOCH is {stamp!r}, and no time", "set it to seconds since 1970, or unset it"
            ) from None
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")

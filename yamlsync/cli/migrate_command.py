"""`yamlsync migrate WORKSHOP` (MIG-30 to MIG-33)."""

from __future__ import annotations

import os
from collections.abc import Collection

import click

from yamlsync.cli.sources import reader
from yamlsync.cli.terminal import Terminal
from yamlsync.database.schema import SCHEMAS
from yamlsync.errors import OperationError
from yamlsync.migration import FORMATS, Migrated, MigrationOptions, migrate_database, migrate_directory
from yamlsync.migrations.documents import name_of
from yamlsync.migrations.steps import Loss
from yamlsync.publish.regular import is_database


@click.command("migrate")
@click.argument("workshop", metavar="WORKSHOP", type=click.Path())
@click.option(
    "--to",
    "number",
    metavar="N",
    type=int,
    help="The number of the version to go to, also of an older one [default: the newest].",
)
@click.option(
    "--dry-run", is_flag=True, help="Write nothing; print what would change, and what would be lost."
)
@click.option(
    "--force", is_flag=True, help="Go on also where something would be lost: an older version has less room."
)
@click.option(
    "--signature-out",
    metavar="FILE",
    type=click.Path(),
    help="Save the text that was signed to FILE, and its signature to FILE.sig, before schema 1 loses them.",
)
@click.pass_context
def command(
    context: click.Context,
    workshop: str,
    number: int | None,
    dry_run: bool,
    force: bool,
    signature_out: str | None,
) -> int:
    """Bring WORKSHOP, a database or a directory, to the newest version of its kind.

    It is changed in place, as a whole or not at all. Every row of a database is kept, students' progress
    and a signature too, and every comment of a directory. Where a version has no place for something,
    nothing is changed without --force.

    To see first what it would do: yamlsync migrate --dry-run WORKSHOP
    """
    terminal: Terminal = context.obj
    of_database = is_database(workshop)
    if not of_database and not os.path.isdir(workshop):
        what = "is no workshop" if os.path.lexists(workshop) else "does not exist"
        raise OperationError(f"{workshop} {what}", "name a workshop's database or its directory")
    known: Collection[int] = SCHEMAS if of_database else FORMATS
    to = max(known) if number is None else number
    if to not in known:
        raise click.BadParameter(_unknown(to, known, of_database=of_database), context, param_hint="'--to'")
    if signature_out is not None and not of_database:
        raise click.UsageError("--signature-out is of databases: a directory holds no signature", context)
    options = MigrationOptions(to, dry_run, force, signature_out)
    done = (migrate_database if of_database else migrate_directory)(workshop, options)
    if done.problems:
        root = "" if of_database else workshop
        terminal.problems(done.problems, root, reader(root or "."))
        return 1
    if signature_out is not None and not done.signature:
        terminal.warning(f"{workshop} holds no signature, so {signature_out} is not written")
    _tell(terminal, workshop, done, options, of_database=of_database)
    return 1 if done.refused else 0


def _unknown(to: int, known: Collection[int], *, of_database: bool) -> str:
    names = " and ".join(_name(number, of_database=of_database) for number in sorted(known))
    verb = "is" if len(known) == 1 else "are"
    return f"there is no {_name(to, of_database=of_database)}; known {verb} {names}"


def _name(number: int, *, of_database: bool) -> str:
    return f"schema {number}" if of_database else name_of(number)


def _tell(
    terminal: Terminal, workshop: str, done: Migrated, options: MigrationOptions, *, of_database: bool
) -> None:
    name, old = (_name(number, of_database=of_database) for number in (options.to, done.was))
    if options.dry_run:
        for line in (*done.changes, *(_not_kept(loss) for loss in done.lost)):
            terminal.result(line)
    else:
        _tell_losses(terminal, done)
    if done.refused:
        saves = any(loss.in_signature for loss in done.lost)
        help = "--signature-out FILE saves the signature; " if saves else ""
        terminal.error(
            f"{workshop}: {name} has no place for all of this, so nothing was changed",
            f"{help}--force goes on, and loses it",
        )
        return
    if not done.changes:
        newest = ", the newest" if options.to == max(SCHEMAS if of_database else FORMATS) else ""
        said = f"{name}{newest}; unchanged"
    elif options.dry_run:
        said = f"{old} would become {name}; nothing was changed"
    else:
        for line in done.changes:
            (terminal.note if of_database else terminal.detail)(line)
        said = f"{old} became {name}" if old != name else f"{name}, spelled anew"
    out = options.signature_out
    if out is not None and done.signature and not options.dry_run:
        terminal.note(f"{out}: what was signed; {out}.sig: the signature")
    terminal.note(f"{workshop}: {said}")


def _not_kept(loss: Loss) -> str:
    return f"{'not kept' if loss.spared else 'lost'}: {loss.what}"


def _tell_losses(terminal: Terminal, done: Migrated) -> None:
    for loss in done.lost:
        if loss.spared:
            terminal.note(_not_kept(loss))
        else:
            terminal.warning(f"{'would be lost' if done.refused else 'lost'}: {loss.what}")

"""`yamlsync log WORKSHOP [--step ID] [--field F]` (LOG-1 to LOG-4)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice

import click

from yamlsync.cli.terminal import Terminal
from yamlsync.history import Selection, newest_ids, opened_history
from yamlsync.renditions.entries import Told

FORMATS = ("text", "json")

_REST = "fetch the rest: git fetch --unshallow; in GitHub Actions, give actions/checkout: fetch-depth: 0"


@click.command("log")
@click.argument("workshop", metavar="WORKSHOP", type=click.Path())
@click.option(
    "--step", "steps", multiple=True, metavar="ID", help="Tell of this step only, by any of its ids."
)
@click.option(
    "--field", "fields", multiple=True, metavar="F", help="Tell of this field only: title, hint, hint.1 …"
)
@click.option("-n", "--max-count", metavar="N", type=click.IntRange(min=0), help="Tell of N commits at most.")
@click.option("-p", "--patch", is_flag=True, help="Show texts line by line, as diff does.")
@click.option("--output-format", type=click.Choice(FORMATS), default="text", help="How commits are told.")
@click.pass_obj
def command(
    terminal: Terminal,
    workshop: str,
    steps: tuple[str, ...],
    fields: tuple[str, ...],
    max_count: int | None,
    patch: bool,
    output_format: str,
) -> int:
    """Tell what changed in a workshop, commit by commit, newest first.

    WORKSHOP is a directory or a database in a Git repository, from HEAD on, or REV:PATH, from REV on. Renames
    of steps and of the directory are followed. Commits that touch no file of the workshop are not read.
    """
    if patch and output_format != "text":
        raise click.UsageError("--patch goes with the format text")
    with opened_history(workshop) as history:
        ids = newest_ids(history, steps) if steps else set()
        # Programs get all: so the changes of all commits make the newest workshop.
        is_all = terminal.verbose or output_format == "json"
        selection = Selection(ids, frozenset(fields), with_quiet=is_all)
        told = selection.told(history.entries())
        if output_format == "json":
            count = _in_json(islice(told, max_count))
        else:
            count = _in_text(terminal, islice(told, max_count), is_patch=patch, is_part=bool(steps))
        if count != max_count:
            selection.require_fields()
    _notes(terminal, selection, count)
    return 0


def _in_text(terminal: Terminal, told: Iterator[Told], *, is_patch: bool, is_part: bool) -> int:
    """Shows each commit as soon as it is read; gives their number."""
    # Imported late: JSON has neither a width nor words.
    from shutil import get_terminal_size

    from yamlsync.renditions.log import render
    from yamlsync.renditions.view import View

    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    view = View(get_terminal_size().columns, terminal.style_result, encoding)
    count = 0
    for each in told:
        text = render(each, view, is_patch=is_patch, is_part=is_part)
        terminal.report(f"\n{text}" if count else text)
        count += 1
    return count


def _in_json(told: Iterator[Told]) -> int:
    # Imported late: text needs none of it.
    from yamlsync.renditions.log_json import as_json

    count = 0
    click.echo("[", nl=False)
    for each in told:
        click.echo(f"{',' if count else ''}\n{as_json(each)}", nl=False)
        count += 1
    click.echo("\n]" if count else "]")
    return count


def _notes(terminal: Terminal, selection: Selection, count: int) -> None:
    if not count:
        terminal.note("no commit to tell of")
    if selection.quiet and not selection.with_quiet:
        plural = "" if selection.quiet == 1 else "s"
        told = f"{selection.quiet:,} commit{plural} of comments or spelling alone"
        terminal.note(f"left out: {told} (-v shows what they are)")
    if selection.unread and selection.is_part:
        plural = "" if selection.unread == 1 else "s"
        terminal.warning(f"left out: {selection.unread:,} commit{plural} that cannot be read")
    if selection.is_cut:
        terminal.warning("this clone is shallow: the history before is not in it", _REST)

"""`yamlsync preview WORKSHOP [-o FILE | --watch]` (PRE-1)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from yamlsync.cli.delivery import require_writable, write_report
from yamlsync.cli.page_output import require_no_terminal
from yamlsync.cli.terminal import Terminal
from yamlsync.errors import OperationError
from yamlsync.preview import Previewed, preview, problem_page
from yamlsync.reporters.report import ReadLines

if TYPE_CHECKING:
    from yamlsync.serving import Served


@click.command("preview")
@click.argument("workshop", metavar="WORKSHOP", type=click.Path())
@click.option(
    "-o", "--output-file", metavar="FILE", type=click.Path(), help="Write the page to FILE, not to stdout."
)
@click.option(
    "--watch", is_flag=True, help="Serve the page on this machine, anew at each save (extra: watch)."
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="The port for --watch [default: one that is free].",
)
@click.pass_obj
def command(terminal: Terminal, workshop: str, output_file: str | None, watch: bool, port: int | None) -> int:
    """Write the course as one HTML page: what students read, and for authors what is checked (extra: html).

    WORKSHOP is a database, a directory or REV:PATH. The page is one file, asks for nothing, and runs nothing.
    It goes into FILE or a pipe, not to a terminal.
    """
    if watch:
        if output_file is not None:
            raise click.UsageError("--watch serves the page: it goes without -o")
        return _watch(terminal, workshop, port or 0)
    if port is not None:
        raise click.UsageError("--port goes with --watch")
    if output_file is None:
        require_no_terminal()
    file = None if output_file == "-" else output_file
    if file is not None:
        require_writable(file, "page")
    made = preview(workshop)
    if made.page is None:
        terminal.problems(made.problems, made.root, _reader(made), changing=False)
        return 1
    if file is None:
        # Browsers read UTF-8, whatever the locale.
        click.echo(made.page.encode(errors="backslashreplace"), nl=False)
    else:
        write_report(file, made.page.removesuffix("\n"))
        terminal.note(f"wrote {file}")
    return 0


def _reader(made: Previewed) -> ReadLines:
    # Imported late: mostly there is nothing to show.
    from yamlsync.cli.sources import reader, shown_reader

    return reader(made.root) if made.root else shown_reader()


def _watch(terminal: Terminal, workshop: str, port: int) -> int:
    """Serves the page, anew after each save, until it is interrupted; gives the exit code of that."""
    # Imported late: it is an extra, and most runs do not stay.
    from yamlsync.serving import Served, script, serving
    from yamlsync.watching import changes

    if not os.path.exists(workshop):
        help = "name a database or a directory; a revision does not change"
        raise OperationError(f"{workshop} cannot be watched: there is no such file", help)
    served = Served()
    try:
        seen = changes([workshop])
        # First of all: what cannot be tried at all ends here, and is not told in the page.
        served.show(_page(preview(workshop, script=script(served.next_word())), served))
        with serving(served, port) as address:
            next(seen)
            terminal.result(address)
            terminal.note("watching; end with Ctrl-C")
            while True:
                served.show(_now(workshop, served))
                next(seen)
    except KeyboardInterrupt:
        # As told: nothing went wrong.
        return 130


def _now(workshop: str, served: Served) -> str:
    # Imported late: only who watches needs it.
    from yamlsync.serving import script

    word = served.next_word()
    try:
        return _page(preview(workshop, script=script(word)), served)
    except OperationError as error:
        # A folder that is being written, or is gone for a moment: the next save tells more.
        help = f"\n  = help: {error.help}" if error.help else ""
        return problem_page(
            "This course cannot be read now", f"{error.message}{help}", script=script(word, is_course=False)
        )


def _page(made: Previewed, served: Served) -> str:
    """The page, or one with the problems in its place."""
    if made.page is not None:
        return made.page
    # Imported late: only who watches needs them.
    from yamlsync.reporters.report import plain
    from yamlsync.reporters.text import render_problem
    from yamlsync.serving import script

    read = _reader(made)
    report = "\n\n".join(render_problem(each, made.root, read, plain) for each in made.problems)
    title = f"{len(made.problems)} problem{'s' * (len(made.problems) != 1)}"
    return problem_page(title, report, script=script(served.next_word(), is_course=False))

"""`yamlsync fmt [PATH... | -]` (CLI-12 to CLI-16)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import click

from yamlsync.cli.sources import shown_reader
from yamlsync.cli.terminal import Terminal
from yamlsync.document.limits import MAX_BYTES
from yamlsync.document.reading import BOM
from yamlsync.errors import OperationError, describe
from yamlsync.formatting import STDIN, Change, format_files, format_text
from yamlsync.problems import Problem

_COLORS = {"-": {"fg": "red"}, "+": {"fg": "green"}, "@": {"fg": "cyan"}}


@click.command("fmt")
@click.argument("paths", metavar="[PATH... | -]", nargs=-1, type=click.Path(readable=False))
@click.option(
    "--check", is_flag=True, help="Write nothing; name the files that would change, and exit with 1."
)
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, and exit with 1.")
@click.option(
    "--stdin-filename",
    metavar="PATH",
    type=click.Path(readable=False),
    help="The file that the text on stdin is meant for.",
)
@click.pass_obj
def command(
    terminal: Terminal, paths: tuple[str, ...], check: bool, diff: bool, stdin_filename: str | None
) -> int:
    """Spell the files of a workshop as they should be. Comments stay, and what the files say.

    Each PATH is a file of a workshop, a workshop's directory, or a folder that holds some; without any,
    the working directory. With - the text on stdin is formatted, and written to stdout. A file that
    cannot be read is left as it is, and what is wrong with it is told.
    """
    if "-" in paths:
        if len(paths) > 1:
            raise click.UsageError("- stands for stdin, and takes no other PATH beside it")
        return _format_stdin(terminal, stdin_filename, check=check, diff=diff)
    if stdin_filename is not None:
        raise click.UsageError("--stdin-filename names the text on stdin: write - as PATH")
    done = format_files(paths or (".",), write=not (check or diff))
    for change in done.changes:
        if diff:
            _show(terminal, change)
        elif check:
            terminal.result(change.path)
        else:
            terminal.note(f"formatted {change.path}")
    _tell(terminal, done.problems, shown_reader())
    terminal.note(_summary(len(done.changes), done.unchanged, done.problems, would=check or diff))
    return 1 if done.problems or ((check or diff) and done.changes) else 0


def _format_stdin(terminal: Terminal, name: str | None, *, check: bool, diff: bool) -> int:
    old = _read_stdin()
    new = format_text(old, name)
    if not isinstance(new, bytes):
        # Nothing goes to stdout: an editor keeps what it has.
        lines = old.removeprefix(BOM).split(b"\n")
        _tell(terminal, new, lambda _: lines)
        return 1
    change = Change(name or STDIN, old, new)
    if diff:
        _show(terminal, change)
    elif not check:
        if sys.stdout is None:
            raise OperationError("the output is closed, so the text would be lost", "give it a place to go")
        click.echo(new, nl=False)
    elif old != new:
        terminal.result(change.path)
    return 1 if (check or diff) and old != new else 0


def _read_stdin() -> bytes:
    """All of stdin, or a little more than a file may have of a longer one."""
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except (AttributeError, OSError) as error:
        said = describe(error) if isinstance(error, OSError) else "it is closed"
        raise OperationError(f"stdin cannot be read: {said}", "give it a file's text") from error


def _show(terminal: Terminal, change: Change) -> None:
    """Shows a change; for a program byte for byte, since it may be given to `patch`."""
    # Imported late: most runs show no changes.
    from yamlsync.unified import unified_diff

    lines = unified_diff(change.old, change.new, change.path)
    if not terminal.out_color:
        click.echo(b"".join(lines), nl=False)
        return
    for line in lines:
        text = line.decode().removesuffix("\n")
        shown = "".join(each if each.isprintable() or each == "\t" else "\ufffd" for each in text)
        bold = text.startswith(("--- ", "+++ "))
        terminal.report(
            terminal.style_result(shown, **({"bold": True} if bold else _COLORS.get(text[0], {})))
        )


def _tell(
    terminal: Terminal, problems: Sequence[Problem], read: Callable[[str], Sequence[bytes] | None]
) -> None:
    if not problems:
        return
    # Imported late: most files can be read.
    from yamlsync.reporters.report import Report
    from yamlsync.reporters.text import render

    def style(text: str, **how: object) -> str:
        return click.style(text, **how) if terminal.err_color else text  # type: ignore[arg-type]

    click.echo(render(Report(tuple(problems), read, style)), err=True, color=terminal.err_color)


def _summary(changed: int, unchanged: int, problems: Sequence[Problem], *, would: bool) -> str:
    said = f"{_files(changed)} {'would be ' if would else ''}formatted, {unchanged} left as they were"
    if not problems:
        return said
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return f"{said}; {count} in {_files(len({problem.place.path for problem in problems}))} not changed"


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"

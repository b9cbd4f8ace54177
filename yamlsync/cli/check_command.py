"""`yamlsync check [PATH...]`."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import NoReturn

import click

from yamlsync.cli.delivery import append_summary, require_writable, seen_from_repository, write_report
from yamlsync.cli.sources import shown_reader
from yamlsync.cli.terminal import Terminal
from yamlsync.errors import OperationError
from yamlsync.inspection import Inspected, InspectOptions, inspect
from yamlsync.opening import names_revision
from yamlsync.problems import Problem
from yamlsync.reporters.report import FOR_PEOPLE, FORMATS, Report, plain, reporter
from yamlsync.settings import LEVELS, check_codes

_OF_REPOSITORIES = frozenset({"github", "sarif", "gitlab"})
"""The formats whose readers take places for those in a repository."""


@click.command("check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path())
@click.option("--fix", is_flag=True, help="Mend what can be mended without changing what the workshop says.")
@click.option("--select", multiple=True, metavar="CODES", help="Look only for these: YS5,YS601.")
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    help="Do not look for these. What import refuses is told all the same.",
)
@click.option(
    "--fail-level", type=click.Choice(LEVELS), help="The mildest findings that end with 1 [default: warning]."
)
@click.option("--output-format", type=click.Choice(FORMATS), default="text", help="How findings are told.")
@click.option(
    "-o", "--output-file", metavar="FILE", type=click.Path(), help="Write them to FILE, not to stdout."
)
@click.option("--watch", is_flag=True, help="Go on, and look again at each save (extra: watch).")
@click.pass_obj
def command(
    terminal: Terminal,
    paths: tuple[str, ...],
    fix: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_level: str | None,
    output_format: str,
    output_file: str | None,
    watch: bool,
) -> int:
    """Find everything that is wrong in workshops.

    Each PATH is a workshop's directory, a folder that holds some, a file in one, a database, or REV:PATH
    for a workshop's directory or a database in Git; without any, the working directory. `yamlsync explain
    CODE` tells more of a finding.
    """
    options = InspectOptions(_codes("--select", select) or None, _codes("--ignore", ignore), fail_level, fix)
    paths = paths or (".",)
    if (fix or watch) and (revision := next(filter(names_revision, paths), None)):
        option = "--fix mends files" if fix else "--watch waits for files to be saved"
        raise click.UsageError(f"{option}, and {revision} is in Git: name the directory itself")
    if watch:
        if output_format not in FOR_PEOPLE or output_file is not None:
            raise click.UsageError("--watch is for people: it goes with text and concise, and without a file")
        return _watch(terminal, paths, options, output_format)
    if output_file is not None:
        require_writable(output_file)
    found = inspect(paths, options)
    _tell(terminal, found, output_format, output_file)
    return 1 if found.failed else 0


def _watch(terminal: Terminal, paths: tuple[str, ...], options: InspectOptions, output_format: str) -> int:
    """Checks, and again after each save, until it is interrupted; gives the exit code of that."""
    # Imported late: it is an extra, and most runs do not stay.
    from yamlsync.watching import changes

    try:
        _go_on(terminal, paths, options, output_format, changes(paths))
    except KeyboardInterrupt:
        # As told: nothing went wrong.
        return 130


def _go_on(
    terminal: Terminal,
    paths: tuple[str, ...],
    options: InspectOptions,
    output_format: str,
    seen: Iterator[bool],
) -> NoReturn:
    last: Inspected | OperationError | None = None
    saved = True
    while True:
        try:
            found = inspect(paths, options)
            if saved or found != last:
                _tell(terminal, found, output_format, None)
                terminal.note("watching; end with Ctrl-C")
            last = found
        except OperationError as error:
            # A folder that is being written, or is gone for a moment: the next save tells more.
            terminal.error(error.message, error.help)
            last = error
        saved = next(seen)


def _tell(terminal: Terminal, found: Inspected, output_format: str, output_file: str | None) -> None:
    problems = found.problems
    if output_format in _OF_REPOSITORIES:
        problems = seen_from_repository(problems, os.environ)
    _report(terminal, problems, output_format, output_file)
    if output_format == "github":
        _summarise(terminal, problems)
    for remark in found.remarks:
        terminal.warning(remark)
    for path in found.mended:
        terminal.note(f"mended {path}")
    terminal.note(_summary(found))


def _codes(option: str, values: tuple[str, ...]) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for value in values for code in value.split(","))
    check_codes(option, codes)
    return codes


def _report(terminal: Terminal, problems: tuple[Problem, ...], format: str, file: str | None) -> None:
    style = terminal.style_result if file is None and format in FOR_PEOPLE else plain
    text = reporter(format)(Report(problems, shown_reader(), style))
    if file is not None:
        write_report(file, text)
    elif format in FOR_PEOPLE:
        if text:
            terminal.report(text)
    elif text:
        # Programs read UTF-8, whatever the locale.
        click.echo(text.encode())


def _summarise(terminal: Terminal, problems: tuple[Problem, ...]) -> None:
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    # Imported late: only GitHub Actions has a place for it.
    from yamlsync.reporters.summary import summarise

    if reason := append_summary(path, summarise(problems)):
        terminal.warning(reason)


def _summary(found: Inspected) -> str:
    steps = "1 step" if found.all_steps == 1 else f"{found.all_steps} steps"
    if found.steps < found.all_steps:
        steps = f"{found.steps} of {steps} could be looked into"
    if not found.problems:
        return f"{steps}: nothing to find fault with"
    counts = Counter(problem.severity for problem in found.problems)
    told = ", ".join(
        f"{counts[level]} {level}{'s' * (counts[level] > 1)}" for level in LEVELS if counts[level]
    )
    fixable = sum(problem.fixable for problem in found.problems)
    return f"{steps}: {told}" + (f"; yamlsync check --fix mends {fixable}" if fixable else "")

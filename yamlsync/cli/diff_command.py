"""`yamlsync diff OLD [NEW]` (DIF-1 to DIF-9)."""

from __future__ import annotations

import importlib
import sys

import click
from attrs import frozen

from yamlsync.cli.sides import as_named, compared_sides, require_named, spoken, worktree_of
from yamlsync.cli.terminal import Terminal
from yamlsync.comparison import Comparison, Unreadable, compare
from yamlsync.printable import first_of, printable

FORMATS = ("text", "json", "markdown", "html", "github")


@click.command("diff")
@click.argument("old", metavar="OLD", type=click.Path(allow_dash=True))
@click.argument("new", metavar="[NEW]", required=False, type=click.Path(allow_dash=True))
@click.option("--output-format", type=click.Choice(FORMATS), default="text", help="How changes are told.")
@click.option(
    "-o", "--output-file", metavar="FILE", type=click.Path(), help="Write them to FILE, not to stdout."
)
@click.option("--stat", is_flag=True, help="One line for each step: how much of it changed.")
@click.option("--step", "steps", multiple=True, metavar="ID", help="Tell of this step only, whole if new.")
@click.option("--word-diff", is_flag=True, help="Mark words within lines: [-deleted-]{+inserted+}.")
@click.option(
    "-U",
    "--unified",
    metavar="N",
    type=click.IntRange(min=0),
    help="Show N lines around each change of a text [default: 2].",
)
@click.pass_obj
def command(
    terminal: Terminal,
    old: str,
    new: str | None,
    output_format: str,
    output_file: str | None,
    stat: bool,
    steps: tuple[str, ...],
    word_diff: bool,
    unified: int | None,
) -> int:
    """Tell what changed from OLD to NEW, step by step.

    Both are workshops: a database, a directory, or REV:PATH for one in Git; one of them may be -, a database
    on standard input. Without NEW, what is in Git is compared with the worktree: for OLD in a revision with
    the same path as it is there now, for any other OLD that path in HEAD with OLD.

    Ends with 0 where both say the same; with 1 where they do not, and where one of them has problems: these
    are told on stderr, and nothing on stdout; with 2 where it could not be tried.
    """
    if output_format != "text" and (stat or steps or word_diff or unified is not None):
        raise click.UsageError("--stat, --step, --word-diff and --unified go with the format text")
    if stat and (word_diff or unified is not None):
        raise click.UsageError("--stat shows no lines: it goes without --word-diff and --unified")
    require_named(old, new)
    if new is None:
        old, new = worktree_of(old)
    if output_file is not None:
        # Imported late: mostly all goes to stdout.
        from yamlsync.cli.delivery import require_writable

        require_writable(output_file, "diff")
    if output_format == "html":
        # Imported late, and asked first: without the extra nothing needs to be read.
        from yamlsync.pages.extra import require_html

        require_html("diff --output-format html")
        if output_file is None:
            from yamlsync.cli.page_output import require_no_terminal

            require_no_terminal()
    with compared_sides(old, new) as paths:
        compared = as_named(compare(*paths, whole=output_format == "html"), (old, new), paths)
    if isinstance(compared, Unreadable):
        return _unreadable(terminal, compared)
    if output_format == "text":
        context = 2 if unified is None else unified
        return _text(terminal, compared, _Options(output_file, stat, steps, word_diff, context))
    text = _rendered(compared, output_format)
    if output_file is not None:
        _write(output_file, text)
    elif text:
        # Programs read UTF-8, whatever the locale.
        click.echo(text.encode(errors="backslashreplace"))
    return 1 if compared.changes else 0


def _rendered(compared: Comparison, output_format: str) -> str:
    """What changed, in a format for programs and pages."""
    # Imported late: a run needs one of them.
    rendition = importlib.import_module(f"yamlsync.renditions.{output_format}")
    text: str
    if output_format == "github":
        from yamlsync.cli.annotating import file_reader, seen_path

        text = rendition.render(compared, file_reader(compared.new), seen_path)
    else:
        text = (rendition.as_json if output_format == "json" else rendition.render)(compared)
    return text


def _write(file: str, text: str) -> None:
    from yamlsync.cli.delivery import write_report

    write_report(file, text)


def _unreadable(terminal: Terminal, found: Unreadable) -> int:
    # Imported late: mostly there is nothing to show.
    from yamlsync.cli.sources import reader, shown_reader

    read = reader(found.root) if found.root else shown_reader()
    terminal.problems(found.problems, found.root, read, changing=False)
    terminal.note(f"nothing was compared: {spoken(found.name)} has problems")
    return 1


@frozen
class _Options:
    """What text is to show."""

    file: str | None
    stat: bool
    steps: tuple[str, ...]
    word_diff: bool
    context: int


def _text(terminal: Terminal, compared: Comparison, options: _Options) -> int:
    text, differs = "", bool(compared.changes)
    if differs or options.steps:
        text, differs = _changed(terminal, compared, options)
    elif compared.respelled:
        from yamlsync.renditions.respelling import respelled_words

        text = printable(respelled_words(compared.respelled, alone=True))
    if options.file is not None:
        _write(options.file, text)
    elif text:
        terminal.report(text)
    if not text:
        where = f" of {first_of(options.steps)}" if options.steps else ""
        old, new = (spoken(side.name) for side in (compared.old, compared.new))
        terminal.note(f"no change: {old} and {new} say the same{where}")
    return 1 if differs else 0


def _changed(terminal: Terminal, compared: Comparison, options: _Options) -> tuple[str, bool]:
    """The text of all changes, or of those of some steps, and whether there are any."""
    # Imported late: each format has its own, and equal workshops need none.
    from yamlsync.renditions.story import story_of
    from yamlsync.renditions.view import View
    from yamlsync.reporters.report import plain

    view = View(
        _columns(),
        terminal.style_result if options.file is None else plain,
        "utf-8" if options.file is not None else getattr(sys.stdout, "encoding", None) or "ascii",
        options.word_diff,
        options.context,
    )
    sides = compared.old.workshops, compared.new.workshops
    story = story_of(*sides, compared.changes, compared.new.unread)
    respelled = compared.respelled
    if options.steps:
        from yamlsync.renditions.selecting import only

        story, respelled = only(story, options.steps), ()
    render = importlib.import_module(f"yamlsync.renditions.{'stat' if options.stat else 'text'}").render_story
    text: str = render(story, respelled, view, is_part=bool(options.steps))
    return text, bool(story) if options.steps else True


def _columns() -> int:
    # Imported late: only text has a width.
    from shutil import get_terminal_size

    return get_terminal_size().columns

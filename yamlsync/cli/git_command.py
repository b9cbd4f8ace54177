"""`yamlsync git install|uninstall|status`, and what git then calls (GIT-40 to GIT-64)."""

from __future__ import annotations

import click

from yamlsync.cli.terminal import Terminal
from yamlsync.errors import OperationError, describe
from yamlsync.printable import printable, shell

_DIRECTORY = click.argument("directory", metavar="[DIR]", type=click.Path(), default=".")
_BY = click.option("--by", metavar="VERSION", help="The version that told git to call this.")


@click.group("git")
def command() -> None:
    """Make git show what changed in databases and steps.

    After an install, git diff, git log -p, git show and others show a database (*.db) as YAML, and name the
    key or the heading above each change in a step's file. Where that is asked for, git diff tells in words
    what changed in a step. DIR is a folder in a Git repository.
    """


@command.command("install")
@_DIRECTORY
@click.option(
    "--semantic/--no-semantic",
    default=None,
    help="Let git diff tell in words what changed in a step [default: as it is set up, else not].",
)
@click.option(
    "--attributes",
    type=click.Choice(["shared", "local"]),
    help="Where the lines go: .gitattributes, to be committed (those of this clone alone move there), or "
    ".git/info/attributes, for this clone alone (those in .gitattributes stay) "
    "[default: where they are, else shared].",
)
@click.pass_obj
def install(terminal: Terminal, directory: str, semantic: bool | None, attributes: str | None) -> int:
    """Set Git up: its local configuration, and two lines of attributes.

    Nothing of anybody else's is changed. Attributes only name what is to show a file: a teammate without
    yamlsync sees what git shows by itself.
    """
    # Imported late, as in each of these: git calls others of them once for each file.
    from yamlsync.git_setup.installing import install as set_up

    own = None if attributes is None else attributes == "local"
    done = set_up(directory, semantic=semantic, own=own)
    for key in done.set:
        terminal.detail(f"set {key} in the local configuration")
    for key in done.removed:
        terminal.detail(f"removed {key} from the local configuration")
    if not (done.set or done.removed or done.written or done.moved):
        terminal.note("all was set up already")
    else:
        terminal.note("git is set up to show databases and steps; to take it back: yamlsync git uninstall")
    if done.written:
        shared = done.attributes.endswith(".gitattributes")
        terminal.note(f"wrote {done.attributes}{': commit it' if shared else ''}")
    if done.moved:
        terminal.note(f"took the lines out of {done.moved}: they are in {done.attributes}")
    if done.beside:
        terminal.note(f"the lines are in {done.beside}, too, and stay there")
    for setting in done.elsewhere:
        help = f"see which one counts: git config {setting.key}"
        terminal.warning(f"{setting.key} is also set in {setting.path}", help)
    for path, value in done.unheeded:
        driver = "yamlsync-db" if path.endswith(".db") else "yamlsync-step"
        terminal.warning(
            f"git shows {path} in another way: other attributes have the last word (diff is {value})",
            f"say diff={driver} behind them, in the .gitattributes of a folder below perhaps; or, for this "
            "clone: yamlsync git install --attributes local",
        )
    return 0


@command.command("uninstall")
@_DIRECTORY
@click.pass_obj
def uninstall(terminal: Terminal, directory: str) -> int:
    """Take back what install did, and nothing else: other settings and lines stay."""
    from yamlsync.git_setup.installing import uninstall as take_back

    done = take_back(directory)
    for key in done.removed:
        terminal.detail(f"removed {key} from the local configuration")
    for path in done.attributes:
        what = "removed" if path in done.gone else "took the lines out of"
        if path == done.uncommitted:
            terminal.note(f"{what} {path}: commit that")
        else:
            terminal.detail(f"{what} {path}")
    if done.uncommitted and done.uncommitted not in done.attributes:
        terminal.note(f"the lines are out of {done.uncommitted} here, and Git still has them: commit that")
    for setting in done.left:
        terminal.note(f"left {setting.key} in {setting.path}: yamlsync git install did not write it")
    terminal.note("taken back" if done.removed or done.attributes else "nothing was set up")
    return 0


@command.command("status")
@_DIRECTORY
@click.pass_obj
def status(terminal: Terminal, directory: str) -> int:
    """Tell what is set up, where, and what is missing. Exits with 1 unless all is whole."""
    from yamlsync.git_setup.telling import tell

    told = tell(directory)
    for piece in told.pieces:
        about = f": {piece.about}" if piece.about else ""
        terminal.result(f"{piece.name}: {piece.state.value}{about}")
    if not told.is_whole:
        terminal.note(f"to set up what is missing: yamlsync git install {shell(directory)}")
    return 0 if told.is_whole else 1


@command.command("textconv", hidden=True)
@_BY
@click.argument("path", metavar="FILE", type=click.Path())
def textconv(path: str, by: str | None) -> int:  # noqa: ARG001 - it is there for git's cache
    """Print a database as one text. Called by git; never fails: that would end a git log in its middle."""
    from yamlsync.textconv import as_text

    try:
        for piece in as_text(path):
            click.echo(piece, nl=False)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, git has to go on
        click.echo(f"# not shown: this is a bug in yamlsync: {printable(repr(error))}")
    return 0


@command.command("diff-driver", hidden=True)
@_BY
@click.argument("arguments", nargs=-1, type=click.Path())
def diff_driver(arguments: tuple[str, ...], by: str | None) -> int:  # noqa: ARG001
    """Print what changed in a step's file. Called by git with seven or nine arguments; never fails."""
    from yamlsync.cli.git_driver import show

    try:
        show(arguments)
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001
        click.echo(f"# not told: {printable(_said(error))}; git diff --no-ext-diff shows the lines")
    return 0


def _said(error: Exception) -> str:
    if isinstance(error, OperationError):
        return error.message
    return describe(error) if isinstance(error, OSError) else f"this is a bug in yamlsync: {error!r}"

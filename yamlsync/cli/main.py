"""The commands, and the one boundary where exceptions become exit codes (CLI-1 to CLI-9)."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from contextlib import suppress
from types import FrameType

import click

from yamlsync import __version__
from yamlsync.cli.near_commands import NearCommands
from yamlsync.cli.terminal import Terminal
from yamlsync.errors import OperationError, describe

_COMMANDS = {
    "check": "Find what is wrong in a workshop, and mend what is safe to mend.",
    "completion": "Print the completion script for a shell.",
    "diff": "Tell what changed between two workshops, in the words of the course.",
    "digest": "Print the content digest of a database, a directory or a revision.",
    "explain": "Tell what a finding means and what to do.",
    "export": "Write a database as a YAML directory.",
    "fmt": "Spell the files of a workshop as they should be, comments kept.",
    "git": "Make git show what changed in databases and steps.",
    "import": "Build a database from YAML files.",
    "init": "Start a workshop, with all that belongs around it.",
    "log": "Tell what changed in a workshop, commit by commit.",
    "migrate": "Bring a database or a directory to another version of its format.",
    "preview": "Show the course as students read it, as one HTML page.",
    "schema": "Print the JSON Schema of a kind of file, or the SQL of the database.",
    "sign": "Sign a database with an SSH key.",
    "status": "Tell whether a database or a directory has changed, step by step.",
    "step": "Add, rename, remove and reorder the steps of a workshop.",
    "verify": "Tell whether a database is whole, is what it says it is, and who signed it.",
}


class _Commands(NearCommands):
    """Loads a command when it is used: an editor that formats a file needs no database."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # click would end with 1. Whoever read our output has gone, which is no error (CLI-3).
            _give_output_up()
            return 0

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"yamlsync.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name]) for name in self.list_commands(ctx)])


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-q", "--quiet", is_flag=True, help="Say nothing but problems, warnings and what --check finds."
)
@click.option("-v", "--verbose", is_flag=True, help="Name each file that is written or removed.")
@click.option("-C", "directory", metavar="DIR", type=click.Path(), help="Run as if started in DIR.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour the output."
)
@click.version_option(__version__, prog_name="yamlsync", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, quiet: bool, verbose: bool, directory: str | None, color: str) -> None:
    """Turn a workshop database into a canonical YAML directory and back, without losing a byte."""
    if directory is not None:
        try:
            os.chdir(directory)
        except OSError as error:
            raise OperationError(f"{directory}: {describe(error)}", "name a folder") from error
    context.obj = Terminal.of(os.environ, color=color, quiet=quiet, verbose=verbose)


def run(arguments: list[str]) -> int:
    """Runs the command line; gives the exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    terminal = Terminal.of(os.environ)
    try:
        return int(cli.main(arguments, prog_name="yamlsync", standalone_mode=False) or 0)
    except click.exceptions.Exit as exit:
        return exit.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone.
        _give_output_up()
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the one boundary
        return _explain(error, terminal)


def _explain(error: BaseException, terminal: Terminal) -> int:
    """Says why a command ended early; gives the exit code."""
    match error:
        case click.Abort() | KeyboardInterrupt():
            terminal.error("interrupted; nothing half-written is left", None)
            return 130
        case click.ClickException():
            with suppress(OSError):
                error.show()
            return 2
        case OperationError():
            terminal.error(error.message, error.help)
            return 2
        case OSError():
            if error.filename is None:
                _give_output_up()
            terminal.error(
                f"{error.filename or 'the output'}: {describe(error)}", "see to permissions and free space"
            )
            return 2
        case _:
            terminal.error(f"this is a bug in yamlsync: {error}", f"please report it with {_report(error)}")
            return 3


def _give_output_up() -> None:
    """Keeps the interpreter from complaining once more, while it ends, of an output that takes no more."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminate(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler's interface
    """Ends on SIGTERM as on an interrupt: with everything cleared away."""
    raise KeyboardInterrupt


def _report(error: BaseException) -> str:
    """Writes what a maintainer needs to know of a bug into a file; gives its name."""
    import tempfile
    import traceback

    trace = "".join(traceback.format_exception(error))
    text = f"yamlsync {__version__}, Python {sys.version}\narguments: {sys.argv[1:]!r}\n\n{trace}"
    with tempfile.NamedTemporaryFile("wb", prefix="yamlsync-bug-", suffix=".txt", delete=False) as file:
        file.write(text.encode(errors="backslashreplace"))
    return file.name

"""The commands, and the one boundary where exceptions become exit codes (CLI-1 to CLI-9)."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import traceback
from types import FrameType

import click

from yamlsync import __version__
from yamlsync.cli.terminal import Terminal
from yamlsync.errors import OperationError, describe

_COMMANDS = {
    "completion": "Print the completion script for a shell.",
    "export": "Write a database as a YAML directory.",
    "import": "Build a database from a YAML directory.",
}


class _Commands(click.Group):
    """Loads a command when it is used: an editor that formats a file needs no database."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"yamlsync.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name]) for name in self.list_commands(ctx)])


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-q", "--quiet", is_flag=True, help="Say nothing where all is well.")
@click.option("-v", "--verbose", is_flag=True, help="Name each file that is written or removed.")
@click.option("-C", "directory", metavar="DIR", help="Run as if started in DIR.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour the output.")
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
    except click.ClickException as error:
        error.show()
        return 2
    except OperationError as error:
        terminal.error(error.message, error.help)
        return 2
    except (KeyboardInterrupt, click.Abort):
        terminal.error("interrupted; nothing half-written is left", None)
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone; the interpreter must not complain again while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        terminal.error(f"this is a bug in yamlsync: {error}", f"please report it with {_report(error)}")
        return 3


def _terminate(number: int, frame: FrameType | None) -> None:
    """Ends on SIGTERM as on an interrupt: with everything cleared away."""
    raise KeyboardInterrupt


def _report(error: Exception) -> str:
    import tempfile

    text = f"yamlsync {__version__}, Python {sys.version}\narguments: {sys.argv[1:]!r}\n\n{''.join(traceback.format_exception(error))}"
    with tempfile.NamedTemporaryFile("w", prefix="yamlsync-bug-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return file.name

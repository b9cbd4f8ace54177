"""`yamlsync completion SHELL`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from yamlsync.cli.terminal import Terminal


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> int:
    """Print the completion script for SHELL.

    For bash, for example: yamlsync completion bash >> ~/.bashrc
    """
    from yamlsync.cli.main import cli

    terminal: Terminal = context.obj
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    for line in kind(cli, {}, "yamlsync", "_YAMLSYNC_COMPLETE").source().splitlines():
        terminal.result(line)
    return 0

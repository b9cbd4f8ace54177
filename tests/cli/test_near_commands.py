"""What is meant by a command that is not there."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from tests.acceptance.command import run
from yamlsync.cli.near_commands import NearCommands


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rename", "Did you mean 'mv'?"),
        ("remove", "Did you mean 'rm'?"),
        ("delete", "Did you mean 'rm'?"),
        ("move", "Did you mean 'mv'?"),
        ("reorder", "Did you mean 'order'?"),
        ("new", "Did you mean 'add'?"),
        ("ordr", "Did you mean 'order'?"),
        ("publish", "There are: add, mv, order, rm."),
    ],
)
def test_what_is_called_otherwise_elsewhere_is_named(name: str, told: str) -> None:
    done = run("step", name, "course", "a", "b")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"Error: No such command '{name}'. {told}"


def test_of_many_commands_none_is_named_where_none_is_near() -> None:
    group = NearCommands("many")
    for number in range(9):
        group.command(f"command-{number}")(lambda: None)
    answers = [CliRunner().invoke(group, [name]).output.splitlines()[-1] for name in ("comand-3", "x")]
    assert answers == [
        "Error: No such command 'comand-3'. Did you mean 'command-3'?",
        "Error: No such command 'x'.",
    ]


def test_commands_that_are_there_run_and_options_are_no_commands() -> None:
    assert run("step", "mv", "--help").stdout.startswith("Usage: yamlsync step mv ")
    assert "No such option" in run("step", "--nothing").stderr

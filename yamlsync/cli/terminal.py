"""Where words go: results to stdout, all else to stderr; colours as the environment wants them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TextIO

import click
from attrs import frozen

from yamlsync.printable import printable
from yamlsync.problems import Problem
from yamlsync.reporters.report import ReadLines
from yamlsync.reporters.text import render_problem


@frozen
class Terminal:
    """The two streams of a command, and how much it is to say."""

    out_color: bool
    err_color: bool
    quiet: bool = False
    verbose: bool = False

    @classmethod
    def of(
        cls,
        environment: Mapping[str, str],
        *,
        color: str = "auto",
        quiet: bool = False,
        verbose: bool = False,
    ) -> Terminal:
        """The terminal that the environment and `--color` describe."""
        for stream in (sys.stdout, sys.stderr):
            # Names of files may hold bytes, and texts characters, that the locale cannot print.
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure:
                reconfigure(errors="backslashreplace")
        return cls(
            _colored(sys.stdout, environment, color), _colored(sys.stderr, environment, color), quiet, verbose
        )

    def result(self, line: str) -> None:
        """What the user asked for."""
        click.echo(printable(line), color=self.out_color)

    def report(self, text: str) -> None:
        """A report made for the user's terminal or for a program: what it holds was made printable."""
        click.echo(text, color=self.out_color)

    def style_result(self, text: str, **style: object) -> str:
        """A text with colour around it, where results are shown in colour."""
        return click.style(text, **style) if self.out_color else text  # type: ignore[arg-type]

    def note(self, line: str) -> None:
        """What was done; not said where the user wants quiet."""
        if not self.quiet:
            self._say(printable(line))

    def detail(self, line: str) -> None:
        """What was done to one file; said where the user wants it."""
        if self.verbose:
            self.note(line)

    def warning(self, message: str, help: str | None = None) -> None:
        """What the user should know, though it was done, and what to do."""
        self._said("warning", "yellow", message, help)

    def error(self, message: str, help: str | None) -> None:
        """Why it could not be done, and what to do."""
        self._said("error", "red", message, help)

    def _say(self, text: str) -> None:
        """To stderr. Where that takes no more, nobody can be told; the exit code still says what was."""
        try:
            click.echo(text, err=True, color=self.err_color)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

    def _said(self, what: str, color: str, message: str, help: str | None) -> None:
        self._say(f"{self._style(f'{what}:', fg=color, bold=True)} {printable(message)}")
        if help:
            self._say(f"  {self._style('=', fg='blue')} help: {printable(help)}")

    def problems(
        self, problems: tuple[Problem, ...], root: str, read: ReadLines, *, changing: bool = True
    ) -> None:
        """Problems of content, each with its place, its line and what to write instead.

        `changing` is a command that would have changed something: that it has not is said.
        """
        for problem in problems:
            self._say(render_problem(problem, root, read, self._style))
        count = len(problems)
        said = "; nothing was changed" if changing else ""
        self._say(f"{count} problem{'' if count == 1 else 's'}{said}")

    def _style(self, text: str, **style: object) -> str:
        return click.style(text, **style) if self.err_color else text  # type: ignore[arg-type]


def _colored(stream: TextIO | None, environment: Mapping[str, str], color: str) -> bool:
    if stream is None:
        return False  # Whoever started us closed it.
    if color != "auto":
        return color == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"

"""Commands run in turn as whole processes: how long each took, and the most memory that it held."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_BUDGET = 10.0
"""Seconds after which a command is not run again, so that a slow peer does not hold the others up."""


@dataclass(frozen=True)
class Command:
    """A command, the code that it ends with, and what is done before and after a run, which is not timed."""

    name: str
    argv: Sequence[str]
    before: Callable[[], object]
    after: Callable[[], object]
    missing: str = ""
    ends_with: int = 0


@dataclass
class Figures:
    """What was measured of one command, or why it was not."""

    seconds: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    missing: str = ""

    @property
    def median(self) -> float:
        """Of the seconds of all rounds."""
        return statistics.median(self.seconds)

    @property
    def over_budget(self) -> bool:
        """Whether enough time was spent on it."""
        return sum(self.seconds) > _BUDGET

    @property
    def peak(self) -> float:
        """The median of the peaks, in bytes; zero where the platform does not tell."""
        return statistics.median(self.peaks) if self.peaks else 0.0


def measure(commands: Sequence[Command], runs: int) -> dict[str, Figures]:
    """Runs the commands in turn, round after round, so that a busy moment hits all of them alike.

    The first round warms caches up and does not count, but for a command that is too slow for more.
    """
    figures = {command.name: Figures(missing=command.missing) for command in commands}
    present = [command for command in commands if not command.missing]
    for command in present:
        _run(command, figures[command.name])
        if not figures[command.name].over_budget:
            figures[command.name] = Figures()
    for _ in range(runs):
        for command in present:
            if not figures[command.name].over_budget:
                _run(command, figures[command.name])
    return figures


def _run(command: Command, figures: Figures) -> None:
    command.before()
    # Whoever installs a program has its bytecode; without it, compiling would be most of a start.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if hasattr(os, "sync"):
        # Nobody is to wait for what another command left to be written.
        os.sync()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command.argv, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        peak = _wait(process)
        figures.seconds.append(time.perf_counter() - start)
        if process.returncode != command.ends_with:
            said.seek(0)
            message = said.read().decode(errors="replace")
            raise RuntimeError(f"{command.name} ended with {process.returncode}: {message}")
    if peak is not None:
        figures.peaks.append(peak)
    command.after()


def _wait(process: subprocess.Popen[bytes]) -> int | None:
    """Waits for a process; gives its peak in bytes. It counts ours in, so we load no data ourselves."""
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss * 1024

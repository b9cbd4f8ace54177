"""`check --watch`: what is saved is looked at again, until it is interrupted."""

from __future__ import annotations

import importlib.util
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.command import run
from tests.acceptance.small_course import write_course

needs_watchfiles = pytest.mark.skipif(
    importlib.util.find_spec("watchfiles") is None, reason="the extra watch is not installed"
)


class Watcher:
    """The running command; its lines from both streams in the order in which they come."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "yamlsync", "check", "--watch", "--output-format", "concise", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def end(self) -> None:
        """Ends the command, however far it is."""
        self.process.kill()
        self._reader.join(timeout=30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process.wait()

    def rest(self) -> list[str]:
        """The lines up to the end."""
        self._reader.join(timeout=30)
        return [self._lines.get() for _ in range(self._lines.qsize())]

    def until(self, text: str) -> list[str]:
        """The lines up to the one that holds a text."""
        lines: list[str] = []
        while not lines or text not in lines[-1]:
            lines.append(self._lines.get(timeout=30))
        return lines


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    write_course(folder)
    return folder


@pytest.fixture
def watcher(course: Path) -> Iterator[Watcher]:
    watcher = Watcher(str(course))
    yield watcher
    watcher.end()


@needs_watchfiles
def test_each_save_tells_what_is_wrong_now(course: Path, watcher: Watcher) -> None:
    watcher.until("watching")
    step = next((course / "steps").iterdir())
    text = step.read_text(encoding="utf-8")
    step.write_text(text.replace("title:", "titel:"), encoding="utf-8")
    assert any("YS107" in line for line in watcher.until("watching"))
    step.write_text(text, encoding="utf-8")
    assert not any("YS107" in line for line in watcher.until("watching"))


@needs_watchfiles
def test_a_course_that_is_gone_for_a_moment_is_told_and_waited_for(course: Path, watcher: Watcher) -> None:
    watcher.until("watching")
    header = course / "workshop.yaml"
    data = header.read_bytes()
    header.unlink()
    watcher.until("no workshop")
    header.write_bytes(data)
    watcher.until("watching")


@needs_watchfiles
@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_an_interrupt_ends_it(watcher: Watcher) -> None:
    watcher.until("watching")
    watcher.process.send_signal(signal.SIGINT)
    assert watcher.process.wait(timeout=30) == 130
    assert watcher.rest() == []


def test_it_is_for_people(course: Path) -> None:
    done = run("check", "--watch", "--output-format", "json", course)
    assert done.returncode == 2
    assert "--watch is for people" in done.stderr


def test_without_the_extra_it_says_what_to_install(course: Path) -> None:
    script = (
        "import sys; sys.modules['watchfiles'] = None\n"
        "from yamlsync.cli.main import run\n"
        f"sys.exit(run(['check', '--watch', {str(course)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: what watches files is not installed",
        "  = help: install it: pip install 'yamlsync[watch]'",
    ]

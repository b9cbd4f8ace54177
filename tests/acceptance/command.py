"""Running the real command, as a user's shell would, and building workshops to run it on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import evolve

from yamlsync.records import Contents, CustomState, Metadata, Navigation, RuntimeState, Step, Workshop

LONG = "# Step\n\n" + "Some prose that goes on for a while.\n" * 40


def run(*arguments: object, cwd: Path | None = None, **options: Any) -> subprocess.CompletedProcess[str]:
    """One run of `yamlsync`, its output as text."""
    environment = os.environ | options.pop("env", {})
    command = [sys.executable, "-m", "yamlsync", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )


def course(count: int = 4, *, word: str = "one", progress: bool = False) -> Contents:
    """A workshop with some of everything; `word` makes two of them differ in each step."""
    names = [f"step-{number}" for number in range(1, count + 1)]
    steps = tuple(
        Step(
            name,
            f"Title {word}",
            f"org/course:{name}",
            index + 1,
            Navigation(
                names[index + 1] if index + 1 < count else None,
                names[index - 1] if index else None,
                f'steps["{names[index - 1]}"].completed' if index == 2 else None,
            ),
            (Metadata("hint.1", f"look {word}"),) if index % 2 else (),
            "file:\n  /tmp/x:\n    exists: true\n" if index else None,
            LONG + word + "\n",
        )
        for index, name in enumerate(names)
    )
    contents = Contents((Workshop("course", f"Course {word}", "v1", "2026-01-15T09:30:00Z", steps),))
    if not progress:
        return contents
    return evolve(
        contents,
        runtime_states=(RuntimeState("student", "step-1", "completed", "2026-02-01T10:00:00Z", None),),
        custom_states=(CustomState("student", "answer", "42"),),
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    """All files below a folder but those that yamlsync keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".yamlsync" not in path.parts
    }


def killed_at(number: int, inside: Path, work: Callable[[], object]) -> bool:
    """Runs `work` in a forked process that dies at its nth file operation below `inside`.

    True if it was killed; False if it came to its end before. A real death: no cleaning up runs.
    """
    child = os.fork()
    if child == 0:
        left = number
        watched = {
            "open",
            "os.rename",
            "os.remove",
            "os.mkdir",
            "os.rmdir",
            "os.chmod",
            "os.scandir",
            "sqlite3.connect",
        }

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left
            if event in watched and str(inside) in str(arguments):
                left -= 1
                if left == 0:
                    os._exit(137)

        code = 1
        try:
            sys.addaudithook(hook)
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 137), f"the work failed with exit code {code}"
    return code == 137

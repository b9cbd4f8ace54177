"""Real repositories for tests, made by the real git with settings of their own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from attrs import frozen

_IDENTITY = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main")


def run_git(folder: Path, *arguments: str, input: bytes = b"") -> str:
    """What git says, run in a folder, without a line break at its end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(folder), *_IDENTITY, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, env=environment, input=input)
    return os.fsdecode(done.stdout).rstrip("\n")


@frozen
class Made:
    """A repository with a worktree at `top`."""

    top: Path

    def git(self, *arguments: str) -> str:
        """What git says."""
        return run_git(self.top, *arguments)

    def commit(self, files: dict[str, bytes], message: str = "x") -> str:
        """Commits all that stands in the worktree, with these files; the name of the commit."""
        for path, data in files.items():
            place = self.top / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")


def make(top: Path, *options: str) -> Made:
    """A repository without a commit, on the branch main."""
    top.mkdir(parents=True, exist_ok=True)
    run_git(top, "init", "-q", *options)
    return Made(top)


WORKSHOP = b"""format: yamlsync/1
id: course
name: Course
version: v1
created_at: 2026-01-15T09:30:00Z
steps:
  - a
  - b
"""


def step(id: str, title: str = "Title") -> bytes:
    """The file of a step."""
    return f"id: {id}\ntitle: {title}\nimage_tag: org/course:{id}\n".encode()


def course(folder: str = "course/", **titles: str) -> dict[str, bytes]:
    """The files of a workshop of two steps, `a` and `b`."""
    return {
        f"{folder}workshop.yaml": WORKSHOP,
        f"{folder}steps/a.yaml": step("a", titles.get("a", "Title")),
        f"{folder}steps/b.yaml": step("b", titles.get("b", "Title")),
    }

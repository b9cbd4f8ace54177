"""What Git holds of a directory, asked of real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from yamlsync import git
from yamlsync.errors import OperationError
from yamlsync.publish.directory import directory_tree

PATHS = frozenset({"workshop.yaml", "steps/%c3%89.yaml"})


def run_git(root: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    subprocess.run(
        ["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True, env=environment
    )


@pytest.fixture(params=["sha1", "sha256"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A workshop in a folder, with a name beyond ASCII, of a repository that has no commit yet."""
    run_git(tmp_path, "init", "-q", "--object-format", request.param)
    place = tmp_path / "kürs"
    (place / "steps").mkdir(parents=True)
    for path in PATHS:
        (place / path).write_bytes(b"id: a\n")
    return place


def held(folder: Path) -> frozenset[str]:
    return git.committed(str(folder), directory_tree(str(folder)), PATHS).paths


def test_only_what_is_committed_as_it_stands_is_held(folder: Path) -> None:
    assert held(folder) == frozenset()
    run_git(folder, "add", "-A")
    assert held(folder) == frozenset()
    run_git(folder, "commit", "-q", "-m", "x")
    assert held(folder) == PATHS
    (folder / "workshop.yaml").write_bytes(b"id: b\n")
    assert held(folder) == {"steps/%c3%89.yaml"}
    run_git(folder, "add", "-A")
    assert held(folder) == {"steps/%c3%89.yaml"}


def test_line_ends_that_a_checkout_changed_do_not_count(folder: Path) -> None:
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "x")
    (folder / "workshop.yaml").write_bytes(b"id: a\r\n")
    assert held(folder) == PATHS


def test_tracked_files(folder: Path) -> None:
    assert not git.tracks(str(folder), "workshop.yaml")
    run_git(folder, "add", "workshop.yaml")
    assert git.tracks(str(folder), "workshop.yaml")
    assert not git.tracks(str(folder), "steps/%c3%89.yaml")


def test_a_folder_without_a_repository(tmp_path: Path) -> None:
    assert not git.is_inside(str(tmp_path))
    assert not git.tracks(str(tmp_path), "workshop.yaml")


def test_a_program_named_in_the_configuration_is_not_run(folder: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "x")
    for name in ("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external"):
        run_git(folder, "config", name, str(trap))
    assert held(folder) == PATHS
    assert git.tracks(str(folder), "workshop.yaml")
    assert not (tmp_path / "sprung").exists()


def test_git_that_cannot_be_asked_holds_nothing_and_says_why(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    answer = git.committed(str(folder), directory_tree(str(folder)), PATHS)
    assert (answer.paths, answer.note) == (frozenset(), "git is not installed")
    with pytest.raises(OperationError, match="git is not installed"):
        git.tracks(str(folder), "workshop.yaml")


def test_a_bare_repository_in_the_folder_is_not_taken_for_one(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "-q")
    place = tmp_path / "course"
    (place / "refs").mkdir(parents=True)
    (place / "objects").mkdir()
    (place / "HEAD").write_text("ref: refs/heads/main\n")
    trap = f"touch {tmp_path}/sprung; false"
    (place / "config").write_text(
        f'[core]\nrepositoryformatversion = 1\nbare = true\nsshCommand = "{trap}"\n'
        '[extensions]\npartialClone = origin\n[remote "origin"]\nurl = ssh://x/y\npromisor = true\n'
    )
    (place / "workshop.yaml").write_bytes(b"id: a\n")
    assert not git.tracks(str(place), "workshop.yaml")
    git.committed(str(place), directory_tree(str(place)), frozenset({"workshop.yaml"}))
    assert not (tmp_path / "sprung").exists()

"""What Git holds of a directory, asked of real repositories."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
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


def head(folder: Path) -> str:
    return (git_said(folder, "rev-parse", "HEAD")).strip()


def git_said(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_commit_is_known_by_its_whole_name_alone(folder: Path) -> None:
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "x")
    run_git(folder, "tag", "-a", "-m", "x", "v1")
    commit = head(folder)
    run_git(folder, "branch", "0" * len(commit))
    others = [
        git_said(folder, "rev-parse", "v1").strip(),
        git_said(folder, "rev-parse", "HEAD^{tree}").strip(),
        git_said(folder, "rev-parse", f"HEAD:{folder.name}/workshop.yaml").strip(),
        commit[:-1] + ("0" if commit[-1] != "0" else "1"),
        "0" * len(commit),
        commit[:39],
        commit[:40] if len(commit) == 64 else commit + "0" * 24,
        commit.upper().replace("0", "O"),
        f"{commit}\n",
        "HEAD",
        "--help",
        "--output=trap",
        "",
    ]
    assert len(set(others)) == len(others)
    assert git.has_commit(str(folder), commit)
    assert [other for other in others if git.has_commit(str(folder), other)] == []


def test_outside_of_a_repository_there_is_no_commit(tmp_path: Path) -> None:
    assert not git.has_commit(str(tmp_path), "0" * 40)


def test_what_a_commit_does_not_have_as_it_stands(folder: Path) -> None:
    (folder.parent / "beside.yaml").write_bytes(b"not in the folder\n")
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "first")
    first = head(folder)
    run_git(folder, "commit", "-q", "--allow-empty", "-m", "later")

    def unlike(commit: str = first) -> frozenset[str]:
        return git.unlike(str(folder), directory_tree(str(folder)), commit)

    assert unlike() == frozenset()
    (folder / "workshop.yaml").write_bytes(b"id: a\r\n")
    assert unlike() == frozenset()
    (folder / "workshop.yaml").write_bytes(b"id: b\n")
    (folder / "steps" / "new.yaml").write_bytes(b"id: a\n")
    assert unlike() == {"workshop.yaml", "steps/new.yaml"}
    # Neither the index nor HEAD is what was asked for.
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "second")
    assert unlike() == {"workshop.yaml", "steps/new.yaml"}
    assert unlike(head(folder)) == frozenset()
    (folder / "steps" / "new.yaml").unlink()
    (folder / "steps" / "%c3%89.yaml").unlink()
    assert unlike() == {"workshop.yaml", "steps/%c3%89.yaml"}
    assert unlike(head(folder)) == {"steps/new.yaml", "steps/%c3%89.yaml"}


def test_a_folder_that_a_commit_does_not_have_is_unlike_as_a_whole(folder: Path) -> None:
    run_git(folder, "commit", "-q", "--allow-empty", "-m", "empty")
    assert git.unlike(str(folder), directory_tree(str(folder)), head(folder)) == PATHS


def test_a_link_in_a_commit_is_no_file_though_its_target_reads_the_same(folder: Path) -> None:
    (folder / "workshop.yaml").unlink()
    (folder / "workshop.yaml").symlink_to("id: a")
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "x")
    (folder / "workshop.yaml").unlink()
    (folder / "workshop.yaml").write_bytes(b"id: a")
    assert git.unlike(str(folder), directory_tree(str(folder)), head(folder)) == {"workshop.yaml"}
    assert "workshop.yaml" not in held(folder)


def test_what_stands_in_for_a_commit_here_does_not_count(folder: Path) -> None:
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "x")
    first = head(folder)
    (folder / "workshop.yaml").write_bytes(b"id: b\n")
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "y")
    run_git(folder, "replace", first, head(folder))
    assert git.unlike(str(folder), directory_tree(str(folder)), first) == {"workshop.yaml"}


def test_a_worktree_of_its_own_has_the_same_commits(folder: Path, tmp_path: Path) -> None:
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "x")
    run_git(folder, "worktree", "add", "-q", "--detach", str(tmp_path / "other"))
    other = tmp_path / "other" / folder.name
    assert git.has_commit(str(other), head(folder))
    assert git.unlike(str(other), directory_tree(str(other)), head(folder)) == frozenset()


def test_a_commit_that_is_missing_is_not_fetched(folder: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\nfalse\n")
    trap.chmod(0o755)
    run_git(folder, "config", "core.repositoryFormatVersion", "1")
    run_git(folder, "config", "extensions.partialClone", "origin")
    run_git(folder, "config", "remote.origin.url", "ssh://x/y")
    run_git(folder, "config", "remote.origin.promisor", "true")
    run_git(folder, "config", "core.sshCommand", str(trap))
    with suppress(OperationError):
        assert not git.has_commit(str(folder), "1" * 40)
    assert not (tmp_path / "sprung").exists()


def test_git_that_cannot_be_asked_for_a_commit_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OperationError, match="git said: fatal: "):
        git.unlike(str(folder), directory_tree(str(folder)), "1" * 40)
    (folder / ".git").mkdir()
    with pytest.raises(OperationError, match="git said: fatal: not a git repository"):
        git.has_commit(str(folder), "1" * 40)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(OperationError, match="git is not installed"):
        git.has_commit(str(folder), "1" * 40)


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

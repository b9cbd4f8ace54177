"""Folders beside a target: what a killed process left of one goes, whenever it was killed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.acceptance.command import killed_at
from yamlsync.publish.durability import remove_tree
from yamlsync.publish.staging import stage_beside, sweep_beside

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed after a fork")


def fill(folder: Path) -> None:
    for name in ("0", "database", "lock-it", "zz/deep", ".yamlsync/.gitignore", ".yamlsync/written.json"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")


@needs_fork
def test_whatever_moment_a_process_is_killed_at_the_next_one_clears_up(tmp_path: Path) -> None:
    target = tmp_path / "place" / "course.db"
    target.parent.mkdir()

    def work() -> None:
        with stage_beside(str(target)) as stage:
            fill(Path(stage))

    number, left = 0, set()
    while True:
        number += 1
        done = not killed_at(number, target.parent, work)
        left.add(len(list(target.parent.rglob("*"))))
        sweep_beside(str(target))
        assert list(target.parent.iterdir()) == []
        if done:
            break
    # Killed before, while and after it was filled, and while it was cleared away.
    assert {0, 1, 2, 3, 10} <= left
    assert number > 20


def test_a_lock_is_the_last_file_to_be_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stage" / ".yamlsync").mkdir(parents=True)
    (tmp_path / "stage" / ".yamlsync" / "lock").touch()
    fill(tmp_path / "stage")
    removed: list[str] = []
    unlink = os.unlink

    def watched(path: str) -> None:
        removed.append(Path(path).name)
        unlink(path)

    monkeypatch.setattr(os, "unlink", watched)
    remove_tree(str(tmp_path / "stage"))
    assert (len(removed), removed[-1]) == (7, "lock")
    assert not (tmp_path / "stage").exists()


def test_a_folder_with_content_and_no_lock_is_nobodys_stage_and_stays(tmp_path: Path) -> None:
    with stage_beside(str(tmp_path / "course.db")) as stage:
        other = Path(stage[:-12] + "0123456789ab")
    (other / ".yamlsync").mkdir(parents=True)
    (other / "notes.txt").write_text("mine")
    sweep_beside(str(tmp_path / "course.db"))
    assert (other / "notes.txt").read_text() == "mine"

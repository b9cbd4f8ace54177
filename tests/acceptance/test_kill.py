"""Killed at any moment: old or new, never a mixture, after at most one more command (PUB-1 and on)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.command import course, killed_at, run, snapshot
from yamlsync.errors import OperationError
from yamlsync.export import ExportOptions, export
from yamlsync.import_ import ImportOptions, import_

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are killed after a fork, which is missing here"
)

MakeDatabase = Callable[..., str]
OLD, NEW = course(3, word="old"), course(5, word="new")


@pytest.fixture
def databases(make_database: MakeDatabase) -> tuple[str, str]:
    return make_database(OLD, name="old.db"), make_database(NEW, name="new.db")


def export_tree(database: str, directory: Path) -> dict[str, bytes]:
    assert export(database, str(directory), ExportOptions(force=True)).problems == ()
    return snapshot(directory)


def left_over(folder: Path) -> list[str]:
    """What should not be there once all is done."""
    names = [path.name for path in folder.rglob("*")]
    return [name for name in names if ".yamlsync-" in name or name in ("journal.json", "stage")]


def test_an_export_into_an_existing_directory(databases: tuple[str, str], tmp_path: Path) -> None:
    old_database, new_database = databases
    old, new = export_tree(old_database, tmp_path / "a"), export_tree(new_database, tmp_path / "b")
    shutil.rmtree(tmp_path / "b")
    work, number = tmp_path / "work", 0
    while True:
        number += 1
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(tmp_path / "a", work)
        done = not killed_at(number, work, lambda: export_tree(new_database, work))
        _readers_see_old_or_new(work, tmp_path, old_database, new_database)
        if number % 2:
            # One more command, of the same kind, completes it.
            assert export_tree(new_database, work) == new
        else:
            # Or it is killed as well, at some moment, and the one after that completes it.
            killed_at(number // 2, work, lambda: export_tree(new_database, work))
            assert export_tree(new_database, work) == new
        assert left_over(work) == []
        if done:
            break
    assert number > 50
    assert old != new


def _readers_see_old_or_new(work: Path, tmp_path: Path, *databases: str) -> None:
    read = tmp_path / "read.db"
    read.unlink(missing_ok=True)
    try:
        done = import_(str(work), str(read), ImportOptions())
    except OperationError as error:
        assert "interrupted" in error.message  # noqa: PT017 - it need not be raised
        return
    assert done.problems == ()
    assert any(
        not import_(str(work), database, ImportOptions(check=True, schema=1)).differences
        for database in databases
    )


def test_after_a_kill_another_database_can_be_exported(databases: tuple[str, str], tmp_path: Path) -> None:
    old_database, new_database = databases
    old = export_tree(old_database, tmp_path / "a")
    work = tmp_path / "work"
    for number in range(1, 120, 7):
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(tmp_path / "a", work)
        killed_at(number, work, lambda: export_tree(new_database, work))
        assert export_tree(old_database, work) == old
        assert left_over(work) == []


def test_a_fresh_export(databases: tuple[str, str], tmp_path: Path) -> None:
    _, new_database = databases
    new = export_tree(new_database, tmp_path / "a")
    number, place = 0, tmp_path / "place"
    while True:
        number += 1
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        done = not killed_at(number, place, lambda: export_tree(new_database, place / "work"))
        if (place / "work").exists():
            assert snapshot(place / "work") == new
        assert export_tree(new_database, place / "work") == new
        assert left_over(place) == []
        assert [path.name for path in place.iterdir()] == ["work"]
        if done:
            break
    assert number > 20


def test_an_import(databases: tuple[str, str], tmp_path: Path) -> None:
    old_database, new_database = databases
    export_tree(old_database, tmp_path / "a")
    export_tree(new_database, tmp_path / "tree")
    assert import_(str(tmp_path / "a"), str(tmp_path / "built.db"), ImportOptions()).problems == ()
    old = (tmp_path / "built.db").read_bytes()
    place = tmp_path / "place"
    place.mkdir()
    target = place / "course.db"

    def work() -> None:
        assert import_(str(tmp_path / "tree"), str(target), ImportOptions()).problems == ()

    work()
    new = target.read_bytes()
    number = 0
    while True:
        number += 1
        target.write_bytes(old)
        done = not killed_at(number, place, work)
        assert target.read_bytes() in (old, new)
        work()
        assert target.read_bytes() == new
        assert [path.name for path in place.iterdir()] == ["course.db"]
        if done:
            break
    assert number > 8


@pytest.mark.parametrize("command", ["export", "import"])
def test_the_real_command_killed_at_random_moments(
    command: str, databases: tuple[str, str], tmp_path: Path
) -> None:
    old_database, new_database = databases
    tree, target = tmp_path / "tree", tmp_path / "target.db"
    old, new = export_tree(old_database, tmp_path / "a"), export_tree(new_database, tmp_path / "b")
    assert import_(str(tmp_path / "a"), str(tmp_path / "built.db"), ImportOptions()).problems == ()
    chance = random.Random(7)
    for _ in range(15):
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(tmp_path / "a", tree)
        shutil.copy(tmp_path / "built.db", target)
        places = ["--force", new_database, tree] if command == "export" else [tmp_path / "b", target]
        process = subprocess.Popen(
            [sys.executable, "-m", "yamlsync", command, *map(str, places)], stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.02, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        again = run(command, *places)
        assert again.returncode == 0, again.stderr
        if command == "export":
            assert snapshot(tree) == new != old
        else:
            check = run("import", "--check", tmp_path / "b", target)
            assert (check.returncode, check.stdout) == (0, "")
        assert left_over(tmp_path) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_command_clears_away_and_exits_with_130(
    how: signal.Signals, databases: tuple[str, str], tmp_path: Path
) -> None:
    _, new_database = databases
    place = tmp_path / "place"
    place.mkdir()
    code = (
        "import os, signal, sys\n"
        "from yamlsync.publish import durability\n"
        "import yamlsync.export, yamlsync.cli.main\n"
        f"yamlsync.export.sync_all = lambda *_: os.kill(os.getpid(), {int(how)})\n"
        "sys.exit(yamlsync.cli.main.run(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "export", new_database, str(place / "work")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 130
    assert "interrupted" in done.stderr
    assert list(place.iterdir()) == []

"""A database comes into its place only over what was there when it was read (SQL-60 to SQL-63)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.command import course
from yamlsync import building
from yamlsync.building import Before, build
from yamlsync.converters import Rows, contents_to_rows
from yamlsync.database.snapshot import snapshot_of
from yamlsync.database.write import write_database
from yamlsync.errors import OperationError

OLD, NEW, OTHER = (contents_to_rows(course(word=word, progress=True)) for word in ("old", "new", "one"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "place" / "course.db"
    path.parent.mkdir()
    write_database(str(path), OLD, 1)
    return path


def before(target: Path) -> Before:
    return Before(snapshot_of(str(target)), "course.db", "it was built anew")


def meanwhile(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Something that another program does while the new database is written."""

    def slowly(path: str, rows: Rows, schema: int) -> None:
        write_database(path, rows, schema)
        work()

    monkeypatch.setattr(building, "write_database", slowly)


def test_what_was_seen_is_replaced_and_nothing_is_left(target: Path) -> None:
    assert build(str(target), NEW, 1, before(target))
    new = target.read_bytes()
    assert not build(str(target), NEW, 1, before(target))
    target.unlink()
    assert build(str(target), NEW, 1, before(target))
    assert target.read_bytes() == new
    assert os.listdir(target.parent) == ["course.db"]


def test_a_database_that_was_renamed_into_the_place_meanwhile_stays(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.db"
    write_database(str(other), OTHER, 1)
    data, seen = other.read_bytes(), before(target)
    assert data[:100] == target.read_bytes()[:100]
    meanwhile(monkeypatch, lambda: os.replace(other, target))
    with pytest.raises(OperationError) as caught:
        build(str(target), NEW, 1, seen)
    assert (caught.value.message, caught.value.help) == (
        "course.db was changed while it was built anew",
        "run again",
    )
    assert target.read_bytes() == data
    assert os.listdir(target.parent) == ["course.db"]


def test_a_database_that_came_or_went_meanwhile_is_a_change(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, old = before(target), target.read_bytes()
    kept = tmp_path / "kept.db"
    meanwhile(monkeypatch, lambda: os.replace(target, kept))
    with pytest.raises(OperationError, match="was changed while"):
        build(str(target), NEW, 1, seen)
    assert os.listdir(target.parent) == []
    seen = before(target)
    meanwhile(monkeypatch, lambda: shutil.copy(kept, target))
    with pytest.raises(OperationError, match="was changed while"):
        build(str(target), NEW, 1, seen)
    assert target.read_bytes() == old


def test_a_program_that_is_writing_keeps_its_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yamlsync.database.exclusive._PATIENCE", 0.1)
    seen = before(target)
    with closing(sqlite3.connect(target, isolation_level=None)) as student:
        student.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationError, match=r"another program is writing into course\.db"):
            build(str(target), NEW, 1, seen)
        student.execute("INSERT INTO custom_state VALUES ('w', 'k', 'v')")
        student.execute("COMMIT")
    with closing(sqlite3.connect(target)) as found:
        assert found.execute("SELECT value FROM custom_state WHERE workspace_id = 'w'").fetchall() == [("v",)]


def test_where_an_open_file_cannot_be_replaced_it_is_let_go_just_before(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_CAN_REPLACE_OPEN_FILES", False)
    replace, free = os.replace, []

    def watched(source: str, place: str) -> None:
        with closing(sqlite3.connect(place, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            free.append(True)
        replace(source, place)

    monkeypatch.setattr(os, "replace", watched)
    assert build(str(target), NEW, 1, before(target))
    assert free == [True]


def test_nobody_else_may_look_into_what_is_being_built(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.chmod(0o600)
    modes: list[int] = []

    def look() -> None:
        modes.extend(stat.S_IMODE(path.stat().st_mode) for path in target.parent.iterdir() if path != target)

    meanwhile(monkeypatch, look)
    assert build(str(target), NEW, 1, before(target))
    assert modes == [0o700]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600

"""A database is known again by all of its bytes, and nobody writes into it while it is replaced."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from yamlsync.database import exclusive
from yamlsync.database.exclusive import held_as
from yamlsync.database.snapshot import Snapshot, snapshot_of
from yamlsync.errors import OperationError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    found = place / "course.db"
    execute(found, "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)")
    return found


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def seen(path: Path) -> Snapshot:
    found = snapshot_of(str(path))
    assert found is not None
    return found


def facts(path: Path) -> tuple[bytes, int, list[str]]:
    return path.read_bytes(), path.stat().st_mtime_ns, sorted(os.listdir(path.parent))


@contextmanager
def another_process(path: Path, *statements: str) -> Iterator[None]:
    """A program that has executed the statements, and still has the database open."""
    code = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "for statement in sys.argv[2:]: connection.execute(statement).fetchall()\n"
        "print('there', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(path), *statements]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"there\n"
        yield
        process.communicate()


def written_by_another(path: Path) -> str:
    """What comes of the attempt to write in another process."""
    code = (
        "import sqlite3, sys\n"
        "try:\n"
        "    with sqlite3.connect(sys.argv[1], timeout=0) as c: c.execute('INSERT INTO t VALUES (2)')\n"
        "    print('written')\n"
        "except sqlite3.OperationalError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_nobody_writes_meanwhile_and_the_file_is_not_touched(path: Path) -> None:
    snapshot, before = seen(path), facts(path)
    with held_as(str(path), snapshot, "course.db") as is_same:
        assert is_same
        assert written_by_another(path) == "database is locked"
        assert facts(path) == before
    assert facts(path) == before
    assert written_by_another(path) == "written"


def test_the_lock_is_held_until_after_another_file_has_its_name(path: Path) -> None:
    old, new = path.with_name("old.db"), path.with_name("new.db")
    shutil.copy(path, new)
    os.link(path, old)
    with held_as(str(path), seen(path), "course.db") as is_same:
        assert is_same
        os.replace(new, path)
        assert written_by_another(old) == "database is locked"
        assert written_by_another(path) == "written"
    assert sorted(os.listdir(path.parent)) == ["course.db", "old.db"]


def test_who_reads_is_no_hindrance(path: Path) -> None:
    with another_process(path, "BEGIN", "SELECT * FROM t"), held_as(str(path), seen(path), "x") as is_same:
        assert is_same


@pytest.mark.parametrize(
    "statements",
    [
        ("BEGIN IMMEDIATE", "INSERT INTO t VALUES (2)"),
        ("BEGIN EXCLUSIVE",),
        ("PRAGMA locking_mode=EXCLUSIVE", "INSERT INTO t VALUES (2)"),
    ],
)
def test_where_another_program_is_writing_that_is_told(
    path: Path, statements: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exclusive, "_PATIENCE", 0.1)
    # Without a journal in a file of its own, which is refused before.
    with another_process(path, "PRAGMA journal_mode=MEMORY", *statements):
        before = facts(path)
        with pytest.raises(OperationError) as caught, held_as(str(path), seen(path), "course.db"):
            pass
        assert (caught.value.message, caught.value.help) == (
            "another program is writing into course.db, so it was not replaced",
            "close that program, and run again",
        )
        assert facts(path) == before


def test_a_writer_who_is_done_in_time_is_waited_for(path: Path) -> None:
    code = (
        "import sqlite3, sys, time\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('BEGIN EXCLUSIVE')\n"
        "print('there', flush=True)\n"
        "time.sleep(0.3)\n"
        "connection.execute('ROLLBACK')\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with held_as(str(path), seen(path), "course.db") as is_same:
            assert is_same


def changes(path: Path) -> Iterator[str]:
    """Each way in which a file comes to be another one, done one after the other."""
    execute(path, "INSERT INTO t VALUES (3)")
    yield "a row"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("INSERT INTO t VALUES (4)")
    yield "a row of a program that has the file for itself"
    header, status = path.read_bytes()[:100], path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.read_bytes()[:100] == header
    yield "a byte, with the same header, the same size and the same time"
    copy = path.with_name("copy")
    shutil.copy2(path, copy)
    os.replace(copy, path)
    yield "another file"
    path.unlink()
    yield "no file"


def test_every_change_shows(path: Path) -> None:
    # The first inode is kept in use, so that no other file gets it.
    os.link(path, path.with_name("kept"))
    before = seen(path)
    for what in changes(path):
        after = snapshot_of(str(path))
        assert after != before, what
        if after is None:
            return
        with held_as(str(path), before, "course.db") as is_same:
            assert not is_same, what
        with held_as(str(path), after, "course.db") as is_same:
            assert is_same, what
        before = after


def test_a_new_mode_and_a_new_time_are_no_change(path: Path) -> None:
    before = seen(path)
    path.chmod(0o444)
    os.utime(path, (1, 1))
    assert seen(path) == before
    with held_as(str(path), before, "course.db") as is_same:
        assert is_same


@pytest.mark.parametrize("failing", ["connect", "execute"])
def test_where_no_lock_can_be_had_the_bytes_are_compared_alone(
    path: Path, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class ReadOnly(sqlite3.Connection):
        def execute(self, *_: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("attempt to write a readonly database")

    connect = sqlite3.connect

    def refused(*given: object, **named: object) -> sqlite3.Connection:
        if failing == "connect":
            raise sqlite3.OperationalError("unable to open database file")
        return connect(path, factory=ReadOnly)

    before = seen(path)
    monkeypatch.setattr(sqlite3, "connect", refused)
    with held_as(str(path), before, "course.db") as is_same:
        assert is_same
    path.write_bytes(path.read_bytes() + b"x")
    with held_as(str(path), before, "course.db") as is_same:
        assert not is_same


def test_what_is_not_all_in_one_file_is_refused_and_left(path: Path) -> None:
    before = seen(path)
    journal = path.with_name("course.db-journal")
    journal.write_bytes(b"x" * 600)
    for attempt in (lambda: snapshot_of(str(path)), lambda: held_as(str(path), before, "x").__enter__()):
        with pytest.raises(OperationError, match="stands beside the database"):
            attempt()
    assert journal.read_bytes() == b"x" * 600
    path.unlink()
    with pytest.raises(OperationError, match="stands beside the database"):
        snapshot_of(str(path))


def test_nothing_and_an_empty_file_are_no_database_yet(tmp_path: Path) -> None:
    assert snapshot_of(str(tmp_path / "none")) is None
    (tmp_path / "empty").touch()
    assert snapshot_of(str(tmp_path / "empty")) is None
    (tmp_path / "text").write_text("text")
    for name in ("text", "."):
        with pytest.raises(OperationError):
            snapshot_of(str(tmp_path / name))

"""Time, memory and the head of a file: nothing out of proportion, nothing unread (SQL-20 to SQL-26)."""

from __future__ import annotations

import builtins
import os
import sqlite3
import time
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import course
from yamlsync.database import connection as opening
from yamlsync.database.read import read_database, read_database_rows
from yamlsync.database.schema import SEED
from yamlsync.errors import OperationError

MakeDatabase = Callable[..., str]
WRITABLE = "PRAGMA writable_schema = ON"
MANY = (
    "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {}) "
    "INSERT INTO custom_state {} SELECT 'w', x {} FROM n"
)


def messages(path: str) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in read_database(path).problems]


def patch(path: str, at: int, data: bytes) -> None:
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(data)


def with_long_default(make_database: MakeDatabase, rows: int) -> str:
    """Rows from before a column was added, whose default is the longest that is taken."""
    return make_database(
        course(1),
        "DROP TABLE custom_state",
        "CREATE TABLE custom_state (workspace_id TEXT NOT NULL, key TEXT NOT NULL, "
        "PRIMARY KEY (workspace_id, key))",
        MANY.format(rows, "", ""),
        f"ALTER TABLE custom_state ADD COLUMN value TEXT NOT NULL DEFAULT '{'x' * 90_000}'",
    )


def test_rows_cannot_say_more_than_the_file_holds(make_database: MakeDatabase) -> None:
    path = with_long_default(make_database, 10_000)
    assert os.path.getsize(path) < 1_000_000
    tracemalloc.start()
    said = messages(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said == [
        ("YS804", "the database cannot be read: the rows of custom_state say far more than the file can hold")
    ]
    assert peak < 60_000_000


def test_a_long_default_of_a_few_rows_is_read(make_database: MakeDatabase) -> None:
    rows = read_database_rows(with_long_default(make_database, 20)).rows
    assert rows is not None
    assert [len(value) for _, _, value in rows["custom_state"]] == [90_000] * 20


def test_a_column_of_the_statistics_is_not_computed(make_database: MakeDatabase) -> None:
    many = "replace(hex(zeroblob({})), ''0'', ''a'')"
    slow = f"instr({many.format(300_000)}, {many.format(150_000)} || ''b'')"
    sql = f"CREATE TABLE sqlite_stat1(tbl,idx,stat AS ({slow}))"
    path = make_database(
        course(3), "ANALYZE", WRITABLE, f"UPDATE sqlite_master SET sql = '{sql}' WHERE name = 'sqlite_stat1'"
    )
    start = time.monotonic()
    assert messages(path) == [("YS801", "the table sqlite_stat1 has a name that SQLite keeps for itself")]
    assert time.monotonic() - start < 1


def test_a_column_that_is_left_behind_is_not_computed(make_database: MakeDatabase) -> None:
    path = make_database(course(1), "CREATE TABLE more (x, y NOT NULL AS (hex(zeroblob(x))))")
    reading = read_database(path, lossy=True)
    assert [(problem.code, problem.message) for problem in reading.problems] == [
        ("YS801", "a generated column, more.y, is not allowed")
    ]


def test_functions_in_a_constraint_or_a_default_are_no_reason_to_refuse(make_database: MakeDatabase) -> None:
    schema = SEED.replace("key           TEXT NOT NULL", "key TEXT NOT NULL CHECK (length(key) > 0)")
    schema = schema.replace(
        "created_at  DATETIME NOT NULL", "created_at DATETIME NOT NULL DEFAULT (date('now'))"
    )
    assert read_database(make_database(course(2), schema=schema)).contents == course(2)


def test_reading_ends_when_its_time_is_over(
    make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_database(course(1), MANY.format(20_000, "", ", 'v'"))
    assert messages(path) == []
    monkeypatch.setattr(opening, "_SECONDS", -60)
    assert messages(path) == [
        (
            "YS804",
            "the database cannot be read: it takes more work than a whole file of this size can need",
        )
    ]


@pytest.mark.parametrize(("at", "value"), [(18, 3), (18, 0), (19, 0), (19, 3), (18, 255)])
def test_a_head_that_asks_for_another_version_is_damage(
    at: int, value: int, make_database: MakeDatabase
) -> None:
    path = make_database(course(1))
    patch(path, at, bytes([value]))
    assert [code for code, _ in messages(path)] == ["YS804"]


@pytest.mark.parametrize("more", [1, 4096, 1 << 36])
def test_bytes_that_belong_to_nothing_are_damage(more: int, make_database: MakeDatabase) -> None:
    path = make_database(course(1))
    size = os.path.getsize(path)
    os.truncate(path, size + more)
    said = f"its head tells of {size} bytes, and the file has {size + more}"
    assert messages(path) == [("YS804", f"the database cannot be read: {said}")]
    # Where its number of pages counts for nothing, SQLite goes by the size of the file.
    patch(path, 24, b"\0\0\0\0")
    start = time.monotonic()
    assert {code for code, _ in messages(path)} == {"YS804"}
    assert time.monotonic() - start < 2


def test_a_head_without_a_number_of_pages_is_right(make_database: MakeDatabase) -> None:
    path = make_database(course(2))
    patch(path, 28, b"\0\0\0\0")
    assert read_database(path).contents == course(2)


def test_a_journal_that_cannot_be_read_is_no_empty_one(
    make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_database(course(1))
    Path(path + "-journal").write_bytes(b"\xd9\xd5\x05\xf9" + bytes(508))

    def refused(name: Any, *more: Any, **others: Any) -> Any:
        if str(name).endswith("-journal"):
            raise PermissionError(13, "Permission denied", name)
        return builtins.open(name, *more, **others)

    monkeypatch.setattr(opening, "open", refused, raising=False)
    with pytest.raises(OperationError, match="and cannot be read: ") as raised:
        read_database(path)
    assert raised.value.help is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_journal_that_is_no_file_is_not_waited_for(make_database: MakeDatabase) -> None:
    path = make_database(course(1))
    os.mkfifo(path + "-wal")
    with pytest.raises(OperationError, match="-wal stands beside the database"):
        read_database(path)


def test_a_file_without_the_old_pages_of_a_deleted_table(make_database: MakeDatabase) -> None:
    path = make_database(
        course(2), "CREATE TABLE more (x)", "DROP TABLE more", "PRAGMA auto_vacuum = FULL", "VACUUM"
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM custom_state")
    assert read_database(path).contents == course(2)

"""Databases made to do harm: refused soon, whatever they would run (SQL-20, SQL-37)."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.command import course
from yamlsync.database.read import read_database
from yamlsync.database.schema import SEED
from yamlsync.errors import OperationError

MakeDatabase = Callable[..., str]
SLOW = "length(replace(hex(zeroblob(15000000 + {})), '0', 'ab'))"


def codes(path: str) -> list[str]:
    start = time.monotonic()
    reading = read_database(path)
    assert time.monotonic() - start < 2
    return [problem.code for problem in reading.problems]


def test_an_index_that_would_run_for_long(make_database: MakeDatabase) -> None:
    path = make_database(course(3), f"CREATE INDEX slow ON steps ({SLOW.format('position')})")
    assert codes(path) == ["YS801"]


def test_a_constraint_that_would_run_for_long_is_not_run(make_database: MakeDatabase) -> None:
    schema = SEED.replace(
        "    goss_spec       TEXT\n",
        f"    goss_spec TEXT, CHECK (position < 0 OR {SLOW.format('position')} > 0)\n",
    )
    path = make_database(None, "PRAGMA ignore_check_constraints = ON", schema=schema)
    assert codes(path) == ["YS809"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
        "CREATE TRIGGER t AFTER INSERT ON steps BEGIN DELETE FROM steps; END",
        "CREATE TABLE more AS SELECT 1 AS x",
    ],
)
def test_what_would_be_lost_or_run_is_refused(statement: str, make_database: MakeDatabase) -> None:
    assert codes(make_database(course(1), statement)) == ["YS801"]


def test_lossy_leaves_unknown_tables_and_columns_behind_but_no_code(make_database: MakeDatabase) -> None:
    statements = ["CREATE TABLE more (x)", "ALTER TABLE steps ADD COLUMN author TEXT"]
    reading = read_database(make_database(course(2), *statements), lossy=True)
    assert reading.contents == course(2)
    assert reading.left_behind == ("the table more", "the column steps.author")
    view = make_database(course(2), "CREATE VIEW v AS SELECT 1", name="view.db")
    assert read_database(view, lossy=True).contents is None


def test_statistics_and_plain_indexes_are_no_content(make_database: MakeDatabase) -> None:
    path = make_database(course(2), "CREATE INDEX by_title ON steps (title)", "ANALYZE")
    assert read_database(path).contents == course(2)


def test_other_spellings_of_the_same_structure(make_database: MakeDatabase) -> None:
    schema = (
        SEED.replace("TEXT", "varchar(100)")
        .replace("DATETIME", "NUMERIC")
        .replace("id          varchar(100) PRIMARY KEY", '"ID" text not null primary key collate binary')
        .replace("REFERENCES steps(id)", 'REFERENCES "Steps" ON DELETE CASCADE')
        .replace("CREATE TABLE steps", "CREATE TABLE IF NOT EXISTS [Steps]")
    )
    assert read_database(make_database(course(3, progress=True), schema=schema)).contents == course(
        3, progress=True
    )


@pytest.mark.parametrize("mode", ["WAL", "wal2"])
def test_a_file_in_wal_mode_says_what_to_do(mode: str, make_database: MakeDatabase) -> None:
    path = make_database(course(1), f"PRAGMA journal_mode = {mode}")
    if mode == "WAL":
        with pytest.raises(OperationError, match="in WAL mode") as raised:
            read_database(path)
        assert raised.value.help is not None
        assert "PRAGMA journal_mode=DELETE" in raised.value.help
    else:
        assert read_database(path).contents == course(1)


def test_an_empty_file_beside_it_is_no_journal(make_database: MakeDatabase) -> None:
    path = make_database(course(1))
    Path(path + "-journal").touch()
    assert read_database(path).contents == course(1)
    Path(path + "-journal").write_bytes(bytes(512))
    assert read_database(path).contents == course(1)


def test_a_schema_that_is_no_text(make_database: MakeDatabase) -> None:
    path = make_database(course(1))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = CAST(sql AS BLOB) WHERE name = 'steps'")
    assert codes(path) == ["YS804"]


def test_a_partial_index_that_would_run_for_long(make_database: MakeDatabase) -> None:
    path = make_database(None, f"CREATE INDEX slow ON steps (title) WHERE {SLOW.format('position')} > 0")
    assert codes(path) == ["YS801"]


def test_a_schema_that_lies_loses_no_row(make_database: MakeDatabase) -> None:
    schema = SEED.replace("id          TEXT PRIMARY KEY", "id TEXT PRIMARY KEY COLLATE NOCASE")
    statements = [
        "INSERT INTO workshop VALUES ('w', 'W', 'v1', 1)",
        "INSERT INTO steps VALUES ('s', 'W', 1, 'T', NULL, 'i', NULL)",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = sql || '; select 1' WHERE name = 'workshop'",
    ]
    reading = read_database(make_database(None, *statements, schema=schema))
    assert reading.contents is None
    assert reading.problems


def test_a_reference_of_several_columns_keeps_nothing(make_database: MakeDatabase) -> None:
    schema = SEED.replace(
        "created_at  DATETIME NOT NULL", "created_at DATETIME NOT NULL, y, UNIQUE (id, y)"
    ).replace("workshop_id     TEXT NOT NULL REFERENCES workshop(id),", "workshop_id TEXT NOT NULL, x,")
    schema = schema.replace(
        "    goss_spec       TEXT\n",
        "    goss_spec TEXT, FOREIGN KEY (workshop_id, x) REFERENCES workshop (id, y)\n",
    )
    statements = [
        "INSERT INTO workshop VALUES ('w', 'W', 'v1', 1, NULL)",
        "INSERT INTO steps (id, workshop_id, position, title, image_tag) VALUES ('s', 'GONE', 1, 'T', 'i')",
    ]
    reading = read_database(make_database(None, *statements, schema=schema), lossy=True)
    assert reading.contents is None
    assert "YS802" in [problem.code for problem in reading.problems]

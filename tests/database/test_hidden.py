"""What a schema hides: whatever a program would read or run is seen, or refused (SQL-30 to SQL-38)."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.acceptance.command import course
from yamlsync.database.read import read_database
from yamlsync.database.schema import SEED

MakeDatabase = Callable[..., str]
WRITABLE = "PRAGMA writable_schema = ON"
ENTRY = "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES "
TRIGGER = "AFTER INSERT ON runtime_state BEGIN UPDATE steps SET title = ''EVIL''; END"
COLUMNS = ("id", "workshop_id", "position", "title", "markdown", "image_tag", "goss_spec")


def told(path: str, *, lossy: bool = False) -> list[tuple[str, str]]:
    start = time.monotonic()
    reading = read_database(path, lossy=lossy)
    assert time.monotonic() - start < 2
    assert (reading.contents is None) is bool(reading.problems)
    assert all(problem.help for problem in reading.problems)
    return [(problem.code, problem.message) for problem in reading.problems]


def titles(path: str, where: str = "") -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [title for (title,) in connection.execute(f"SELECT title FROM steps {where}").fetchall()]


def renamed(name: str) -> str:
    return (
        f"UPDATE sqlite_master SET name = '{name}', tbl_name = '{name}', sql = 'CREATE TABLE {name}(x)' "
        "WHERE name = 'notes'"
    )


@pytest.mark.parametrize("lossy", [False, True])
@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("TRIGGER", "t", "t is of the type 'TRIGGER', which is none"),
        ("TRIGGER", "sqlite_t", "sqlite_t is of the type 'TRIGGER', which is none"),
        ("trigger", "sqlite_t", "a trigger, sqlite_t, is not allowed"),
        ("trigger", "sqlite_stat1", "a trigger, sqlite_stat1, is not allowed"),
    ],
)
def test_a_trigger_is_seen_however_it_is_written(
    kind: str, name: str, message: str, lossy: bool, make_database: MakeDatabase
) -> None:
    hide = f"{ENTRY}('{kind}', '{name}', 'runtime_state', 0, 'CREATE TRIGGER {name} {TRIGGER}')"
    path = make_database(course(2), WRITABLE, hide)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO runtime_state VALUES ('w', 'step-1', 'active', NULL, NULL)")
    assert titles(path) == ["EVIL", "EVIL"]
    assert told(path, lossy=lossy) == [("YS801", message)]


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (
            [f"{ENTRY}('VIEW', 'sqlite_v', 'sqlite_v', 0, 'CREATE VIEW sqlite_v AS SELECT 1')"],
            "sqlite_v is of the type 'VIEW', which is none",
        ),
        (
            [f"{ENTRY}('table', 'sqlite_f', 'sqlite_f', 0, 'CREATE VIRTUAL TABLE sqlite_f USING fts5(x)')"],
            "a virtual table, sqlite_f, is not allowed",
        ),
        (
            ["UPDATE sqlite_master SET type = 'TABLE' WHERE name = 'notes'"],
            "notes is of the type 'TABLE', which is none",
        ),
        (
            [renamed("sqlite_notes")],
            "the table sqlite_notes has a name that SQLite keeps for itself",
        ),
        (
            [renamed("sqlite_stat4")],
            "the table sqlite_stat4 has a name that SQLite keeps for itself",
        ),
        (
            ["UPDATE sqlite_master SET sql = 'CREATE TABLE IF NOT EXISTS notes (x)' WHERE name = 'notes'"],
            "the table notes has other SQL than SQLite writes for it",
        ),
        (
            ["UPDATE sqlite_master SET sql = 'CREATE TABLE temp.notes (x)' WHERE name = 'notes'"],
            None,
        ),
        (
            ["UPDATE sqlite_master SET tbl_name = 'steps' WHERE name = 'notes'"],
            None,
        ),
    ],
)
def test_a_table_that_hides_is_refused(
    statements: list[str], message: str | None, make_database: MakeDatabase
) -> None:
    path = make_database(course(1), "CREATE TABLE notes (x)", WRITABLE, *statements)
    problems = told(path, lossy=True)
    if message is None:  # Some versions of SQLite find it malformed themselves.
        assert problems
    else:
        assert problems == [("YS801", message)]


def test_a_second_entry_of_one_name_does_not_hide_the_first(make_database: MakeDatabase) -> None:
    schema = SEED.replace("id              TEXT PRIMARY KEY", "id TEXT PRIMARY KEY COLLATE NOCASE")
    again = (
        "INSERT INTO sqlite_master SELECT type, name, tbl_name, rootpage, "
        "replace(replace(sql, 'CREATE TABLE', 'CREATE TABLE IF NOT EXISTS'), 'NOCASE', 'BINARY') "
        "FROM sqlite_master WHERE name = 'steps'"
    )
    path = make_database(course(1), WRITABLE, again, schema=schema)
    assert titles(path, "WHERE id = 'STEP-1'") == titles(path)
    assert told(path) == [("YS801", "the table steps has the name of another one")]


def test_a_name_that_only_python_holds_for_ours_is_unknown(make_database: MakeDatabase) -> None:
    # U+212A, the sign for kelvin, becomes k in lower case; SQLite knows the letters of ASCII only.
    path = make_database(course(1), "CREATE TABLE wor\u212ashop (x)")
    assert told(path) == [("YS801", "the table wor\u212ashop is not known, and would be lost")]


@pytest.mark.parametrize(
    ("declared", "affinity"),
    # In upper case, the first has a T at its end, the others an I and an FL at their beginning.
    [("TEX\u1e97", "NUMERIC"), ("\u0131nt", "NUMERIC"), ("\ufb02oat", "NUMERIC"), ("cLoB", "TEXT")],
)
def test_a_type_is_read_as_sqlite_reads_it(declared: str, affinity: str, make_database: MakeDatabase) -> None:
    schema = SEED.replace("    markdown        TEXT", f"    markdown {declared}")
    path = make_database(None, "INSERT INTO workshop VALUES ('w', 'W', 'v1', 'now')", schema=schema)
    expected = [("YS802", f"the column has affinity {affinity}, not TEXT")] if affinity != "TEXT" else []
    assert told(path) == expected


@pytest.mark.parametrize("collation", ["NOCASE", "RTRIM"])
def test_an_index_with_another_collation_cannot_speak_for_the_table(
    collation: str, make_database: MakeDatabase
) -> None:
    keys = ", ".join(f"{name} COLLATE {collation}" for name in COLUMNS)
    path = make_database(course(2), f"CREATE INDEX everything ON steps ({keys})")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        entry = connection.execute("SELECT * FROM sqlite_master WHERE name = 'everything'").fetchone()
        connection.execute(WRITABLE)
        connection.execute("DELETE FROM sqlite_master WHERE name = 'everything'")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # The table changes, and the index, which is not seen now, does not.
        change = {"NOCASE": "upper(title)", "RTRIM": "title || '  '"}[collation]
        connection.execute(f"UPDATE steps SET title = {change}")
        connection.execute(WRITABLE)
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", entry)
    message = f"the index everything compares by the collation {collation}, not BINARY"
    assert told(path) == [("YS801", message)]


def test_the_key_of_a_table_has_its_own_collation(make_database: MakeDatabase) -> None:
    schema = SEED.replace("PRIMARY KEY (step_id, key)", "PRIMARY KEY (step_id, key COLLATE NOCASE)")
    for more in ("", " WITHOUT ROWID"):
        path = make_database(
            course(1), schema=schema.replace("NOCASE)\n)", f"NOCASE)\n){more}"), name=f"{len(more)}.db"
        )
        assert told(path) == [
            (
                "YS802",
                "the index sqlite_autoindex_step_metadata_1 compares by the collation NOCASE, not BINARY",
            )
        ]


def test_an_index_that_leads_to_another_row_is_found(make_database: MakeDatabase) -> None:
    path = make_database(
        course(2),
        "CREATE TABLE other (id TEXT, its_row INTEGER)",
        "INSERT INTO other (rowid, id, its_row) SELECT 3 - rowid, id, rowid FROM steps",
        "CREATE INDEX elsewhere ON other (id, its_row)",
    )
    exchange(path, "elsewhere", "sqlite_autoindex_steps_1", "other")
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT position FROM steps WHERE id = 'step-1'"
        assert connection.execute(query).fetchall() == [(2,)]
    assert [code for code, _ in told(path)] == ["YS804"]


def test_an_index_with_another_kind_of_number_is_found(make_database: MakeDatabase) -> None:
    path = make_database(
        course(1),
        "UPDATE workshop SET created_at = 5",
        "CREATE INDEX by_date ON workshop (created_at)",
        "CREATE TABLE other (x)",
        "INSERT INTO other VALUES (5.0)",
        "CREATE INDEX elsewhere ON other (x)",
    )
    assert told(path, lossy=True) == []
    exchange(path, "elsewhere", "by_date", "other")
    assert [code for code, _ in told(path)] == ["YS804"]


def exchange(path: str, one: str, two: str, drop: str) -> None:
    """Gives two indexes each other's pages, and drops the table that had one of them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master").fetchall())
        connection.execute(WRITABLE)
        for name, root in ((one, roots[two]), (two, roots[one])):
            connection.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (root, name))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"DROP TABLE {drop}")


@pytest.mark.parametrize("rows", ["", " WITHOUT ROWID"])
def test_other_indexes_are_read_past(rows: str, make_database: MakeDatabase) -> None:
    schema = SEED.replace("    goss_spec       TEXT\n)", f"    goss_spec       TEXT\n){rows}")
    path = make_database(
        course(3, progress=True),
        f"CREATE UNIQUE INDEX everything ON steps ({', '.join(COLUMNS)})",
        "CREATE INDEX by_position ON steps (position DESC)",
        "CREATE INDEX by_date ON workshop (created_at, name)",
        'CREATE INDEX "by ""time""" ON runtime_state (started_at)',
        "ANALYZE",
        schema=schema,
    )
    assert read_database(path).contents == course(3, progress=True)


def test_columns_that_hide_the_row_id_change_nothing(make_database: MakeDatabase) -> None:
    hide = [f"ALTER TABLE steps ADD COLUMN {name} TEXT" for name in ("rowid", "OID", "_rowid_")]
    for count in (1, 2, 3):
        path = make_database(course(2), *hide[:count], name=f"{count}.db")
        assert read_database(path, lossy=True).contents == course(2)


def test_a_reference_of_several_columns_must_not_act(make_database: MakeDatabase) -> None:
    acting = SEED.replace(
        "    goss_spec       TEXT\n",
        "    goss_spec TEXT, FOREIGN KEY (markdown, goss_spec) "
        "REFERENCES custom_state (workspace_id, key) ON DELETE CASCADE\n",
    )
    message = "the column is part of a reference of several, which changes the row together with another"
    assert told(make_database(course(1), schema=acting)) == [("YS802", message), ("YS802", message)]

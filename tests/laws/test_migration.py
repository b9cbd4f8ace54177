"""The laws of migrating (MIG-40 to MIG-44), each over everything that a database can hold."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.laws.test_round_trip import build, folder, typed_rows
from yamlsync.artifact import Artifact, artifact_of, artifact_rows, built_from, with_signature
from yamlsync.converters import Rows, contents_to_rows
from yamlsync.database.read import read_database
from yamlsync.database.schema import APPLICATION_ID, SCHEMAS, SEED
from yamlsync.database.write import write_database
from yamlsync.digest import digests_of
from yamlsync.migration import Migrated, MigrationOptions, migrate_database
from yamlsync.migrations.schemas import STEPS
from yamlsync.migrations.steps import move
from yamlsync.records import Contents


def built(contents: Contents, schema: int, *, origin: bool = True) -> Rows:
    """The rows that `import --state` builds a database with."""
    rows = contents_to_rows(contents)
    if schema > 1:
        artifact = built_from(digests_of(contents), "yamlsync/1")
        if not origin:
            artifact = Artifact(artifact.content_digest, artifact.format)
        rows["artifact"] = list(artifact_rows(artifact))
    return rows


def head(path: Path) -> tuple[Any, ...]:
    """The SQL and the two numbers of a file."""
    with closing(sqlite3.connect(path)) as connection:
        sql = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid")
        numbers = [
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        ]
        return (*numbers, sql.fetchall())


def migrate(path: Path, to: int, *, force: bool = False) -> Migrated:
    done = migrate_database(str(path), MigrationOptions(to, force=force))
    assert (done.problems, done.refused) == ((), False)
    return done


@given(strategies.contents())
def test_there_and_back_the_rows_are_the_same_and_the_file_is_a_built_one(contents: Contents) -> None:
    """MIG-40, MIG-41, MIG-42."""
    with folder() as place:
        path, fresh = place / "a.db", place / "fresh.db"
        build(str(path), contents, SEED)
        rows = typed_rows(str(path))
        digest = digests_of(contents)

        migrate(path, 2)
        write_database(str(fresh), built(contents, 2, origin=False), 2)
        assert path.read_bytes() == fresh.read_bytes()
        assert head(path) == head(fresh)
        assert head(path)[:2] == (APPLICATION_ID, 2)
        up = typed_rows(str(path))
        assert [*up] == [*rows, "artifact"]
        assert {name: up[name] for name in rows} == rows
        reading = read_database(str(path))
        assert reading.contents == contents
        assert reading.other_spelling == ()
        assert digests_of(reading.contents) == digest
        assert reading.artifact == Artifact(digest.content, "yamlsync/1")

        assert migrate(path, 1).lost == ()
        write_database(str(place / "seed.db"), built(contents, 1), 1)
        assert path.read_bytes() == (place / "seed.db").read_bytes()
        assert head(path)[:2] == (APPLICATION_ID, 1)
        assert typed_rows(str(path)) == rows
        assert read_database(str(path)).contents == contents


@given(strategies.contents())
def test_what_import_built_is_what_it_builds_in_the_other_schema_but_for_the_origin(
    contents: Contents,
) -> None:
    """MIG-42, MIG-43."""
    with folder() as place:
        one, two = place / "one.db", place / "two.db"
        write_database(str(one), built(contents, 1), 1)
        write_database(str(two), built(contents, 2), 2)
        bytes_of_one = one.read_bytes()

        migrate(one, 2)
        assert head(one) == head(two)
        old, new = typed_rows(str(one)), typed_rows(str(two))
        new["artifact"] = [row for row in new["artifact"] if not row[0].startswith(("workshop:", "step:"))]
        assert old == new

        [origin] = migrate(two, 1).lost
        assert origin.spared
        migrate(one, 1)
        assert one.read_bytes() == two.read_bytes() == bytes_of_one


@given(strategies.contents(), st.randoms(use_true_random=False))
def test_steps_do_not_look_at_the_order_of_rows(contents: Contents, chance: Any) -> None:
    """MIG-2."""
    rows = built(contents, 1)
    shuffled = {name: chance.sample(table, len(table)) for name, table in rows.items()}
    assert move(shuffled, 1, 2, STEPS).state["artifact"] == built(contents, 2, origin=False)["artifact"]
    there_and_back = move(move(shuffled, 1, 2, STEPS).state, 2, 1, STEPS)
    assert (there_and_back.state, there_and_back.lost) == (shuffled, ())


_VALUES = st.sampled_from(["", "y1:" + "0" * 64, "yamlsync/1", "yamlsync/7", "0" * 40, "text"])
_KEYS = st.sampled_from(
    [
        "format",
        "content_digest",
        "source_commit",
        "statement",
        "signature",
        "workshop:w",
        "step:a",
        "step:",
        "x",
    ]
)
_OWN = st.dictionaries(_KEYS | strategies.keys(), _VALUES, max_size=6)


@given(strategies.contents(with_state=False), _OWN, st.booleans())
def test_whatever_a_database_says_of_itself_comes_back_or_is_told_as_lost(
    contents: Contents, own: dict[str, str], is_whole: bool
) -> None:
    """MIG-44."""
    digest = digests_of(contents).content
    if is_whole:
        own["content_digest"] = digest
    rows = contents_to_rows(contents) | {"artifact": list(own.items())}
    down = move(rows, 2, 1, STEPS)
    again = dict(move(down.state, 1, 2, STEPS).state["artifact"])
    gone = {key for key, value in own.items() if again.get(key) != value}
    told = {_kind(key) for key in gone}
    assert (told == set()) == (down.lost == ())
    artifact = artifact_of(own.items())
    is_changed = bool(artifact.origin) or artifact.content_digest not in (None, digest)
    assert sum(loss.what.startswith("the key ") for loss in down.lost) == len(artifact.unknown)
    assert any(loss.what.startswith("what it was built") for loss in down.lost) == is_changed
    assert any("signature" in loss.what for loss in down.lost) == ("signed" in told)
    assert any("commit" in loss.what for loss in down.lost) == ("source_commit" in gone)
    assert any("format" in loss.what for loss in down.lost) == ("format" in gone)
    spared = {loss.what.partition(":")[0] for loss in down.lost if loss.spared}
    assert spared == (
        {"what it was built from"} if artifact.origin and own.get("content_digest") == digest else set()
    )


def _kind(key: str) -> str:
    if key in ("statement", "signature"):
        return "signed"
    return "origin" if key == "content_digest" or key.startswith(("workshop:", "step:")) else key


@given(strategies.contents(), _OWN)
def test_spelling_a_database_anew_keeps_every_row(contents: Contents, own: dict[str, str]) -> None:
    """MIG-4: also what it says of itself, whatever that is."""
    with folder() as place:
        path = place / "a.db"
        build(str(path), contents, SCHEMAS[2], "page_size = 1024")
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.executemany("INSERT INTO artifact VALUES (?, ?)", own.items())
        before = typed_rows(str(path))
        assert migrate(path, 2).changes
        assert typed_rows(str(path)) == before
        assert read_database(str(path)).contents == contents
        fresh = contents_to_rows(contents)
        artifact = artifact_of(own.items())
        fresh["artifact"] = list(with_signature(own.items(), artifact.statement, artifact.signature))
        write_database(str(place / "fresh.db"), fresh, 2)
        assert path.read_bytes() == (place / "fresh.db").read_bytes()
        assert migrate(path, 2) == Migrated(2, signature={"statement", "signature"} <= own.keys())

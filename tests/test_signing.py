"""Signing a database: what is signed, what is kept, and what is refused (SIG-20 to SIG-26)."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.acceptance.command import course
from tests.signatures.conftest import keys  # noqa: F401 - a fixture
from tests.strategies import contents
from yamlsync.artifact import artifact_rows, built_from
from yamlsync.converters import contents_to_rows
from yamlsync.database.read import read_database, read_database_rows
from yamlsync.database.write import write_database
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError
from yamlsync.export import ExportOptions, export
from yamlsync.import_ import ImportOptions, import_
from yamlsync.records import Contents
from yamlsync.signatures.armor import parse_armored
from yamlsync.signatures.judging import Verdict, judge
from yamlsync.signatures.keygen import sign
from yamlsync.signing import Signed, sign_database
from yamlsync.statement import parse_statement, statement_of

MakeDatabase = Callable[..., str]
COMMIT = "0123456789" * 4


def build(path: Path, found: Contents | None = None, schema: int = 2, commit: str | None = None) -> Path:
    """A database as import makes one."""
    found = course(progress=True) if found is None else found
    rows = contents_to_rows(found)
    if schema > 1:
        rows["artifact"] = list(artifact_rows(built_from(digests_of(found), "yamlsync/1", commit)))
    path.unlink(missing_ok=True)
    write_database(str(path), rows, schema)
    return path


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def key(keys: dict[str, Path]) -> str:  # noqa: F811 - the fixture
    return str(keys["ed25519"])


@pytest.fixture
def database(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    return build(place / "course.db")


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_statement_and_a_signature_are_added_and_nothing_else(database: Path, key: str) -> None:
    build(database, commit=COMMIT)
    before = read_database_rows(str(database))
    done = sign_database(str(database), key)
    after = read_database_rows(str(database))
    assert before.rows is not None
    assert after.rows is not None
    artifact = after.artifact
    assert artifact is not None
    found = course(progress=True)
    expected = statement_of(found, digests_of(found).content, COMMIT)
    assert artifact.statement == str(expected)
    assert parse_statement(artifact.statement) == expected
    assert artifact.signature is not None
    judged = judge(artifact.statement.encode(), artifact.signature, None, None)
    assert judged.verdict is Verdict.UNVOUCHED
    assert done == Signed(changed=True, fingerprint=judged.fingerprint, key_type="ssh-ed25519")
    new = {"statement": artifact.statement, "signature": artifact.signature}
    assert after.rows == before.rows | {
        "artifact": [*before.rows["artifact"][:3], *new.items(), *before.rows["artifact"][3:]]
    }
    assert after.other_spelling == ()
    assert left(database.parent) == ["course.db"]


def test_signing_twice_with_the_same_key_changes_nothing(database: Path, key: str) -> None:
    first = sign_database(str(database), key)
    before, status = database.read_bytes(), database.stat()
    assert sign_database(str(database), key) == evolve(first, changed=False)
    assert database.read_bytes() == before
    assert (database.stat().st_ino, database.stat().st_mtime_ns) == (status.st_ino, status.st_mtime_ns)


def test_another_key_takes_the_place_of_the_first(
    database: Path, keys: dict[str, Path]  # noqa: F811 - the fixture
) -> None:  # fmt: skip
    first = sign_database(str(database), str(keys["ed25519"]))
    once = database.read_bytes()
    second = sign_database(str(database), str(keys["other"]))
    assert (second.changed, second.replaced) == (True, first.fingerprint)
    assert sign_database(str(database), str(keys["ed25519"])).replaced == second.fingerprint
    assert database.read_bytes() == once


def test_keys_whose_signatures_differ_each_time_sign_as_well(
    database: Path, keys: dict[str, Path]  # noqa: F811 - the fixture
) -> None:  # fmt: skip
    for kind in ("ecdsa", "rsa"):
        assert sign_database(str(database), str(keys[kind])).changed
        artifact = read_database(str(database)).artifact
        assert artifact is not None
        assert artifact.statement is not None
        assert artifact.signature is not None
        assert judge(artifact.statement.encode(), artifact.signature, None, None).verdict is Verdict.UNVOUCHED


@settings(max_examples=15)
@given(found=contents(), commit=st.sampled_from([None, "a" * 64]))
def test_whatever_a_database_holds_can_be_signed_and_is_kept(
    tmp_path_factory: pytest.TempPathFactory,
    keys: dict[str, Path],  # noqa: F811 - the fixture
    found: Contents,
    commit: str | None,
) -> None:
    path = build(tmp_path_factory.mktemp("any") / "any.db", found, commit=commit)
    assert sign_database(str(path), str(keys["ed25519"])).changed
    reading = read_database(str(path))
    assert reading.contents == found
    assert reading.artifact is not None
    assert reading.artifact.statement == str(statement_of(found, digests_of(found).content, commit))


def test_a_working_copy_is_signed_with_each_row_of_progress_in_it(database: Path, key: str) -> None:
    students = [(f"student {number}", "step-1", "active", 1.5 * number + 0.25, None) for number in range(300)]
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("INSERT INTO runtime_state VALUES (?, ?, ?, ?, ?)", students)
        connection.execute("DELETE FROM custom_state")
        connection.execute("INSERT INTO custom_state VALUES ('a', 'b', 'c' || char(0))")
    before = read_database(str(database)).contents
    assert sign_database(str(database), key).changed
    assert read_database(str(database)).contents == before
    signed = read_database(str(database)).artifact
    change(database, "UPDATE runtime_state SET status = 'completed'")
    assert sign_database(str(database), key).problems == ()
    assert read_database(str(database)).artifact == signed


def test_keys_of_artifact_that_nobody_knows_are_kept(database: Path, key: str) -> None:
    change(database, "INSERT INTO artifact VALUES ('note', 'ours')")
    sign_database(str(database), key)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT value FROM artifact WHERE key = 'note'").fetchall() == [("ours",)]


def test_a_database_without_an_origin_can_be_signed(database: Path, key: str) -> None:
    # Migrated from schema 1, it has a digest, and was not built from YAML.
    change(database, "DELETE FROM artifact WHERE key LIKE 'step:%' OR key LIKE 'workshop:%'")
    assert sign_database(str(database), key).changed


def test_a_link_means_the_file_behind_it_which_keeps_its_mode(database: Path, key: str) -> None:
    database.chmod(0o640)
    link = database.parent.parent / "link.db"
    link.symlink_to(database)
    assert sign_database(str(link), key).changed
    assert link.is_symlink()
    assert stat.S_IMODE(database.stat().st_mode) == 0o640
    artifact = read_database(str(database)).artifact
    assert artifact is not None
    assert artifact.signature is not None


def test_import_leaves_a_signed_database_that_says_the_same(
    database: Path, key: str, tmp_path: Path, make_database: MakeDatabase
) -> None:
    tree = str(tmp_path / "tree")
    export(make_database(course()), tree, ExportOptions())
    import_(tree, str(database), ImportOptions(force=True))
    sign_database(str(database), key)
    before = database.read_bytes()
    assert not import_(tree, str(database), ImportOptions()).changed
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    ("statements", "said", "help"),
    [
        (["UPDATE steps SET title = 'x' WHERE id = 'step-2'"], "was changed since it was built", "status"),
        (["DELETE FROM step_metadata"], "was changed since it was built", "import it then, and sign"),
        (["UPDATE artifact SET value = 'y1:0' WHERE key = 'content_digest'"], "was changed since", "status"),
        (["UPDATE artifact SET value = 'y1:0' WHERE key = 'step:step-1'"], "was changed since", "status"),
        (["DELETE FROM artifact WHERE key = 'step:step-1'"], "was changed since", "status"),
        (["DELETE FROM artifact WHERE key = 'content_digest'"], "does not say with which", "build it anew"),
        (["CREATE INDEX extra ON steps (title)"], "the index extra is not part", "yamlsync migrate"),
        (["PRAGMA user_version = 0"], "the user_version is 0, not 2", "yamlsync migrate"),
        (["INSERT INTO artifact VALUES ('source_commit', 'main')"], 'is "main", and no', "--source-commit"),
        (
            ["INSERT INTO artifact VALUES ('source_commit', 'x' || char(10) || 'commit y')"],
            'is "x\\ncommit y", and no commit',
            "--source-commit",
        ),
        (["PRAGMA journal_mode = WAL"], "is in WAL mode", "journal_mode=DELETE"),
    ],
)
def test_what_nobody_should_sign_is_refused_and_left_as_it_is(
    database: Path, key: str, statements: list[str], said: str, help: str
) -> None:
    change(database, *statements)
    before = database.read_bytes()
    with pytest.raises(OperationError) as caught:
        sign_database(str(database), key)
    assert said in caught.value.message
    assert help in (caught.value.help or "")
    assert database.read_bytes() == before


def test_schema_1_has_no_room_for_a_signature(database: Path, key: str) -> None:
    build(database, schema=1)
    with pytest.raises(OperationError, match="schema 1, in which there is no room") as caught:
        sign_database(str(database), key)
    assert caught.value.help == f"bring it to schema 2 first: yamlsync migrate {database}"


def test_ids_beyond_all_measure_are_refused(database: Path, key: str) -> None:
    workshop = evolve(course().workshops[0], version="v" * (1 << 20))
    build(database, Contents((workshop,)))
    with pytest.raises(OperationError, match="are too long to be signed"):
        sign_database(str(database), key)


def test_problems_are_told_and_nothing_is_signed(database: Path, key: str) -> None:
    change(database, "CREATE TABLE grades (x)", "UPDATE steps SET title = x'00'")
    before = database.read_bytes()
    done = sign_database(str(database), key)
    assert [problem.code for problem in done.problems] == ["YS801"]
    assert database.read_bytes() == before


def test_a_file_that_is_not_there_is_told(tmp_path: Path, key: str) -> None:
    with pytest.raises(OperationError, match=r"none.db does not exist"):
        sign_database(str(tmp_path / "none.db"), key)
    (tmp_path / "empty.db").touch()
    with pytest.raises(OperationError, match=r"empty.db is empty"):
        sign_database(str(tmp_path / "empty.db"), key)


def test_a_key_that_is_not_there_leaves_the_database(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    with pytest.raises(OperationError, match="there is no key file"):
        sign_database(str(database), str(tmp_path / "none"))
    assert database.read_bytes() == before


def test_a_student_who_goes_on_meanwhile_loses_nothing(
    database: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(statement: bytes, key: str) -> str:
        change(database, "UPDATE runtime_state SET status = 'meanwhile'")
        return sign(statement, key)

    monkeypatch.setattr("yamlsync.signing.sign", slowly)
    with pytest.raises(OperationError, match="was changed while it was signed") as caught:
        sign_database(str(database), key)
    assert caught.value.help == "run again"
    found = read_database(str(database))
    assert found.contents is not None
    assert {row.status for row in found.contents.runtime_states} == {"meanwhile"}
    assert found.artifact is not None
    assert found.artifact.signature is None
    assert left(database.parent) == ["course.db"]


def test_another_database_with_the_same_header_that_was_put_there_meanwhile_stays(
    database: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = build(database.with_name("other.db"), course(word="two", progress=True)).read_bytes()
    database.with_name("other.db").unlink()
    assert other[:100] == database.read_bytes()[:100]
    assert len(other) == database.stat().st_size

    def slowly(statement: bytes, key: str) -> str:
        times = database.stat()
        database.write_bytes(other)
        os.utime(database, ns=(times.st_atime_ns, times.st_mtime_ns))
        return sign(statement, key)

    monkeypatch.setattr("yamlsync.signing.sign", slowly)
    with pytest.raises(OperationError, match="was changed while it was signed"):
        sign_database(str(database), key)
    assert database.read_bytes() == other


def test_a_student_whose_program_has_the_file_for_itself_loses_nothing(
    database: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yamlsync.database.exclusive._PATIENCE", 0.1)
    with closing(sqlite3.connect(database, isolation_level=None)) as student:
        student.execute("PRAGMA locking_mode=EXCLUSIVE")
        student.execute("INSERT INTO custom_state VALUES ('w', 'k1', 'v')")
        header = database.read_bytes()[:100]

        def slowly(statement: bytes, key: str) -> str:
            student.execute("INSERT INTO custom_state VALUES ('w', 'k2', 'an hour of work')")
            return sign(statement, key)

        monkeypatch.setattr("yamlsync.signing.sign", slowly)
        with pytest.raises(OperationError, match=r"was changed while|another program is writing into"):
            sign_database(str(database), key)
        assert database.read_bytes()[:100] == header
    found = read_database(str(database))
    assert found.contents is not None
    assert [row.key for row in found.contents.custom_states if row.workspace_id == "w"] == ["k1", "k2"]


def test_a_signature_that_does_not_fit_is_never_put_in_place(
    database: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yamlsync.signing.sign", lambda statement, key: sign(statement + b" ", key))
    before = database.read_bytes()
    with pytest.raises(OperationError, match="does not take it: the signature does not fit"):
        sign_database(str(database), key)
    assert database.read_bytes() == before


def test_the_signature_survives_vacuum_and_progress_and_breaks_on_a_definition(
    database: Path, key: str
) -> None:
    sign_database(str(database), key)

    def fits() -> bool:
        reading = read_database(str(database))
        assert reading.contents is not None
        assert reading.artifact is not None
        expected = statement_of(reading.contents, digests_of(reading.contents).content, None)
        assert parse_armored(reading.artifact.signature or "") is not None
        return parse_statement(reading.artifact.statement or "") == expected

    found = []
    for statement in (
        "PRAGMA user_version",
        "VACUUM",
        "PRAGMA page_size = 512",
        "DELETE FROM runtime_state",
        "INSERT INTO custom_state VALUES ('z', 'z', 'z')",
        "UPDATE workshop SET version = 'v2'",
    ):
        change(database, statement, "VACUUM")
        found.append(fits())
    assert found == [True] * 5 + [False]


def test_where_the_disk_takes_nothing_the_old_file_stays(
    database: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = database.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("replace", "chmod"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, full)
            with pytest.raises(OperationError, match="No space left on device"):
                sign_database(str(database), key)
        assert database.read_bytes() == before
        assert left(database.parent) == ["course.db"]

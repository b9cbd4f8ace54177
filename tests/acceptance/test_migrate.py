"""`yamlsync migrate` as its users meet it (MIG-3 to MIG-9, MIG-30 to MIG-33)."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.command import course, killed_at, run, snapshot
from yamlsync import __version__
from yamlsync.artifact import Artifact
from yamlsync.building import build
from yamlsync.database.read import read_database
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError
from yamlsync.migration import MigrationOptions, migrate_database
from yamlsync.statement import parse_statement

MakeDatabase = Callable[..., str]
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def tree(make_database: MakeDatabase, tmp_path: Path) -> Path:
    """A directory with an exported workshop and its progress."""
    source = make_database(course(progress=True), name="source.db")
    assert run("export", "--state", source, tmp_path / "tree").returncode == 0
    return tmp_path / "tree"


@pytest.fixture
def built(tree: Path, tmp_path: Path) -> Callable[..., Path]:
    """Builds a database of a schema, with the progress."""

    def make(schema: int, *options: object, name: str = "course.db") -> Path:
        path = tmp_path / name
        done = run("import", "--state", "--schema", schema, *options, tree, path)
        assert done.returncode == 0, done.stderr
        return path

    return make


@pytest.fixture
def signed(built: Callable[..., Path], tmp_path: Path) -> Path:
    """A signed database of schema 2 with a source commit; the key and its allowed signers lie beside it."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    path = built(2, "--source-commit", COMMIT)
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    signers = f'me@example.org namespaces="yamlsync" {(tmp_path / "key.pub").read_text()}'
    (tmp_path / "signers").write_text(signers)
    done = run("sign", path, "--key", key)
    assert done.returncode == 0, done.stderr
    return path


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def artifact_of(path: Path) -> Artifact | None:
    reading = read_database(str(path))
    assert reading.problems == ()
    assert reading.contents == course(progress=True)
    return reading.artifact


# Up.


def test_a_database_of_a_pipeline_becomes_one_of_ours(make_database: MakeDatabase) -> None:
    path = Path(make_database(course(progress=True)))
    done = run("migrate", path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        "spelled anew: the application_id is 0, not 1498239833\n"
        "spelled anew: the user_version is 0, not 1\n"
        "the table artifact is new, with 2 rows\n"
        f"{path}: schema 1 became schema 2\n"
    )
    digest = digests_of(course()).content
    assert artifact_of(path) == Artifact(digest, "yamlsync/1")
    assert run("digest", path).stdout == f"{digest}\n"
    assert run("verify", path).returncode == 0


def test_there_and_back_gives_the_bytes_that_import_gives(built: Callable[..., Path]) -> None:
    one, two = built(1, name="one.db"), built(2, name="two.db")
    before = one.read_bytes()
    assert run("migrate", one).returncode == 0
    assert run("migrate", "--to", 1, one).returncode == 0
    assert one.read_bytes() == before
    done = run("migrate", "--to", 1, two)
    assert done.returncode == 0
    assert "not kept: what it was built from: an import over it will ask for --force\n" in done.stderr
    assert f"{two}: schema 2 became schema 1\n" in done.stderr
    assert two.read_bytes() == before


def test_what_is_right_already_is_left_untouched(built: Callable[..., Path], tmp_path: Path) -> None:
    for schema, said in ((1, "schema 1"), (2, "schema 2, the newest")):
        path = built(schema, name=f"{schema}.db")
        # Another layout of the file, and a working copy's changes, are no other spelling.
        execute(path, "PRAGMA page_size = 8192", "VACUUM", "UPDATE steps SET title = 'New'")
        before, bytes_before = path.stat(), path.read_bytes()
        for options in ([], ["--dry-run"]):
            done = run("migrate", "--to", schema, *options, path)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{path}: {said}; unchanged\n")
        after = path.stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
        assert path.read_bytes() == bytes_before


def test_another_spelling_is_mended_and_told(built: Callable[..., Path], tmp_path: Path) -> None:
    path = built(2)
    fresh = path.read_bytes()
    execute(
        path, "CREATE INDEX quick ON steps (title)", "PRAGMA user_version = 7", "PRAGMA application_id = 0"
    )
    lines = (
        "spelled anew: the application_id is 0, not 1498239833\n"
        "spelled anew: the user_version is 7, not 2\n"
        "spelled anew: the index quick is not part of the schema\n"
    )
    before = path.read_bytes()
    done = run("migrate", "--dry-run", path)
    assert (done.returncode, done.stdout) == (0, lines)
    assert done.stderr == f"{path}: schema 2 would become schema 2; nothing was changed\n"
    assert path.read_bytes() == before
    done = run("migrate", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{lines}{path}: schema 2, spelled anew\n")
    assert path.read_bytes() == fresh


def test_a_signature_outlives_being_spelled_anew(signed: Path, tmp_path: Path) -> None:
    artifact = artifact_of(signed)
    execute(
        signed,
        "CREATE INDEX quick ON steps (title)",
        "PRAGMA user_version = 0",
        "INSERT INTO custom_state VALUES ('late', 'key', 'value')",
    )
    assert run("migrate", signed).returncode == 0
    assert artifact is not None
    assert read_database(str(signed)).artifact == artifact
    assert run("verify", "--allowed-signers", tmp_path / "signers", signed).returncode == 0


# What is lost.


def test_what_schema_1_has_no_place_for_is_listed_and_wants_force(signed: Path) -> None:
    before = signed.read_bytes()
    done = run("migrate", "--to", 1, signed)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "warning: would be lost: the signature, with the statement that it signs\n"
        f'warning: would be lost: the source commit "{COMMIT}"\n'
        "not kept: what it was built from: an import over it will ask for --force\n"
        f"error: {signed}: schema 1 has no place for all of this, so nothing was changed\n"
        "  = help: --signature-out FILE saves the signature; --force goes on, and loses it\n"
    )
    done = run("migrate", "--to", 1, "--dry-run", signed)
    assert done.returncode == 1
    assert done.stdout == (
        "the table artifact goes, with 10 rows\n"
        "lost: the signature, with the statement that it signs\n"
        f'lost: the source commit "{COMMIT}"\n'
        "not kept: what it was built from: an import over it will ask for --force\n"
    )
    assert signed.read_bytes() == before
    done = run("migrate", "--to", 1, "--force", signed)
    assert done.returncode == 0
    assert done.stderr.startswith("warning: lost: the signature, with the statement that it signs\n")
    assert artifact_of(signed) is None


def test_a_signature_that_is_saved_is_not_lost(signed: Path, tmp_path: Path) -> None:
    artifact = artifact_of(signed)
    out = tmp_path / "out" / "statement"
    out.parent.mkdir()
    arguments = ("migrate", "--to", 1, "--signature-out", out, signed)
    assert run(*arguments, "--dry-run").returncode == 0
    assert not any(out.parent.iterdir())
    done = run(*arguments)
    assert done.returncode == 0
    assert done.stderr == (
        "not kept: what it was built from: an import over it will ask for --force\n"
        "the table artifact goes, with 10 rows\n"
        f"{out}: what was signed; {out}.sig: the signature\n"
        f"{signed}: schema 2 became schema 1\n"
    )
    assert artifact_of(signed) is None
    assert artifact is not None
    assert artifact.signature is not None
    assert out.read_text() == artifact.statement
    assert Path(f"{out}.sig").read_text() == artifact.signature
    statement = parse_statement(out.read_text())
    assert statement is not None
    assert (statement.content_digest, statement.source_commit) == (digests_of(course()).content, COMMIT)


@pytest.mark.parametrize("out", ["folder", "notes", "half", "none/out", "notes/out", "tree/steps/new.yaml"])
def test_a_dry_run_ends_as_the_real_one_where_a_signature_cannot_be_saved(
    signed: Path, tree: Path, tmp_path: Path, out: str
) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("notes", "half.sig"):
        (tmp_path / name).write_text("mine")
    before = snapshot(tmp_path)
    arguments = ("migrate", "--to", 1, "--force", "--signature-out", out, signed)
    dry, real = (run(*arguments, *more, cwd=tmp_path) for more in (("--dry-run",), ()))
    assert (dry.returncode, dry.stdout) == (2, "")
    assert (real.returncode, real.stderr) == (2, dry.stderr)
    assert snapshot(tmp_path) == before


def test_a_signature_is_not_saved_over_another_file(signed: Path, tmp_path: Path) -> None:
    before = signed.read_bytes()
    (tmp_path / "notes.sig").write_text("mine")
    done = run("migrate", "--to", 1, "--signature-out", tmp_path / "notes", signed)
    assert (done.returncode, "notes.sig exists already" in done.stderr) == (2, True)
    assert signed.read_bytes() == before
    assert not (tmp_path / "notes").exists()


def test_a_commit_that_the_statement_does_not_hold_is_lost_all_the_same(signed: Path, tmp_path: Path) -> None:
    other = COMMIT[::-1]
    execute(signed, f"UPDATE artifact SET value = '{other}' WHERE key = 'source_commit'")
    done = run("migrate", "--to", 1, "--signature-out", tmp_path / "out", signed)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == f'warning: would be lost: the source commit "{other}"'
    assert "--signature-out" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_unknown_keys_and_the_record_of_a_change_are_lost(built: Callable[..., Path]) -> None:
    path = built(2)
    execute(path, "INSERT INTO artifact VALUES ('theirs', 'x')", "UPDATE steps SET title = 'New'")
    done = run("migrate", "--to", 1, path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[:2] == [
        "warning: would be lost: what it was built as, by which it is known that it was changed since",
        'warning: would be lost: the key "theirs" of artifact',
    ]


# What is refused.


def test_a_newer_database_is_refused_with_both_versions_and_what_to_install(
    built: Callable[..., Path],
) -> None:
    path = built(2)
    execute(path, "PRAGMA user_version = 3")
    before = path.read_bytes()
    for arguments in (["migrate"], ["migrate", "--to", 1, "--force"], ["export"], ["digest"]):
        done = run(*arguments, path, *([path.parent / "out"] if arguments == ["export"] else []))
        assert done.returncode == 1
        assert f"the database has schema 3, and yamlsync {__version__} reads up to schema 2" in done.stderr
        assert "install a newer yamlsync, one that reads schema 3\n" in done.stderr
    assert path.read_bytes() == before


def test_a_newer_directory_is_refused_with_both_versions_and_what_to_install(tree: Path) -> None:
    path = tree / "workshop.yaml"
    path.write_text(path.read_text().replace("yamlsync/1", "yamlsync/2") + "hints: none\n")
    before = snapshot(tree)
    for arguments in (["migrate"], ["digest"], ["check"]):
        done = run(*arguments, tree)
        said = done.stdout + done.stderr
        assert done.returncode == 1
        assert f"this is of format yamlsync/2, and yamlsync {__version__} reads up to yamlsync/1" in said
        assert "install a newer yamlsync, one that reads yamlsync/2; or" in said
    assert snapshot(tree) == before


def test_what_would_be_left_behind_is_a_problem(make_database: MakeDatabase) -> None:
    path = Path(make_database(course(), "CREATE TABLE extra (x)", "ALTER TABLE steps ADD COLUMN hint TEXT"))
    before = path.read_bytes()
    done = run("migrate", "--force", path)
    assert done.returncode == 1
    assert "YS801 the table extra is not known, and would be lost" in done.stderr
    assert "YS801 the column steps.hint is not known, and would be lost" in done.stderr
    assert "--lossy" not in done.stderr
    assert path.read_bytes() == before


def test_damage_is_told_and_nothing_is_changed(built: Callable[..., Path]) -> None:
    path = built(1)
    data = bytearray(path.read_bytes())
    data[4096 * 2 : 4096 * 2 + 40] = b"\xff" * 40
    path.write_bytes(data)
    done = run("migrate", path)
    assert (done.returncode, "YS804" in done.stderr) == (1, True)
    assert path.read_bytes() == data


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_changes_beside_the_file_keep_it_from_being_migrated(built: Callable[..., Path], suffix: str) -> None:
    path = built(1)
    before = path.read_bytes()
    Path(f"{path}{suffix}").write_bytes(b"changes")
    done = run("migrate", "--force", path)
    assert (done.returncode, f"{suffix} stands beside the database" in done.stderr) == (2, True)
    assert path.read_bytes() == before


def test_usage_errors_name_the_known_versions(tree: Path, built: Callable[..., Path]) -> None:
    path = built(2)
    for number in (3, 0, -1):
        done = run("migrate", "--to", number, path)
        said = f"there is no schema {number}; known are schema 1 and schema 2"
        assert (done.returncode, said in done.stderr) == (2, True)
    done = run("migrate", "--to", 2, tree)
    assert (done.returncode, "there is no yamlsync/2; known is yamlsync/1" in done.stderr) == (2, True)
    done = run("migrate", "--signature-out", "out", tree)
    assert (done.returncode, "a directory holds no signature" in done.stderr) == (2, True)
    assert run("migrate", "--to", "one", path).returncode == 2


def test_what_is_no_workshop_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "empty.db").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    execute(tmp_path / "other.db", "CREATE TABLE precious (x)")
    for name, said in [
        ("gone", "gone does not exist"),
        ("gone.db", "gone.db does not exist"),
        ("notes.txt", "notes.txt is no workshop"),
        ("empty.db", "empty.db is empty"),
        ("folder", "folder holds no workshop"),
        ("other.db", "other.db is no workshop database"),
    ]:
        done = run("migrate", tmp_path / name)
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.db", "folder", "notes.txt", "other.db"]


def test_a_change_that_comes_meanwhile_is_not_lost(
    built: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = built(1)

    def slowly(target: str, *arguments: object, **options: object) -> object:
        execute(path, "INSERT INTO custom_state VALUES ('late', 'key', 'value')")
        return build(target, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("yamlsync.migration.build", slowly)
    with pytest.raises(OperationError, match="was changed while it was migrated"):
        migrate_database(str(path), MigrationOptions(2))
    contents = read_database(str(path)).contents
    assert contents is not None
    assert [row.workspace_id for row in contents.custom_states] == ["late", "student"]


# Files.


def test_the_mode_is_kept_and_a_link_is_followed(built: Callable[..., Path], tmp_path: Path) -> None:
    path = built(1)
    path.chmod(0o640)
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "link.db"
    link.symlink_to(path)
    assert run("migrate", link).returncode == 0
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert artifact_of(path) is not None
    assert list((tmp_path / "links").iterdir()) == [link]


def test_a_directory_of_the_newest_version_is_left_as_it_is(tree: Path) -> None:
    before = snapshot(tree)
    done = run("migrate", "tree/", cwd=tree.parent)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        "tree/: yamlsync/1, the newest; unchanged\n",
    )
    assert run("migrate", "--to", 1, "--dry-run", tree).returncode == 0
    assert snapshot(tree) == before
    path = tree / "workshop.yaml"
    path.write_text(path.read_text().replace("version", "verzion"))
    done = run("migrate", tree)
    assert (done.returncode, "YS107 the key verzion is not known here" in done.stderr) == (1, True)


def test_a_disk_that_takes_no_more_leaves_it_as_it_was(built: Callable[..., Path], tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    place = tmp_path / "place"
    place.mkdir()
    path = place / "course.db"
    shutil.copy(built(1), path)
    before = path.read_bytes()
    done = run(
        "migrate", path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384))
    )
    assert (done.returncode, "cannot be written" in done.stderr) == (2, True)
    assert path.read_bytes() == before
    assert list(place.iterdir()) == [path]


# Killed.


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed after a fork")
def test_killed_at_any_moment_it_is_old_or_new(built: Callable[..., Path], tmp_path: Path) -> None:
    old = built(1).read_bytes()
    place = tmp_path / "place"
    place.mkdir()
    target, number = place / "course.db", 0

    def work() -> None:
        assert migrate_database(str(target), MigrationOptions(2)).problems == ()

    target.write_bytes(old)
    work()
    new = target.read_bytes()
    while True:
        number += 1
        target.write_bytes(old)
        done = not killed_at(number, place, work)
        assert target.read_bytes() in (old, new)
        work()
        assert target.read_bytes() == new != old
        assert [path.name for path in place.iterdir()] == ["course.db"]
        if done:
            break
    assert number > 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed after a fork")
def test_killed_at_any_moment_the_signature_is_in_the_database_or_saved(signed: Path, tmp_path: Path) -> None:
    old = signed.read_bytes()
    artifact = artifact_of(signed)
    assert artifact is not None
    saved = {"out": artifact.statement, "out.sig": artifact.signature}
    place = tmp_path / "place"
    target, number = place / "course.db", 0

    def work() -> None:
        options = MigrationOptions(1, signature_out=str(place / "out"))
        assert not migrate_database(str(target), options).refused

    while True:
        number += 1
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        target.write_bytes(old)
        done = not killed_at(number, place, work)
        if target.read_bytes() != old:
            assert {name: (place / name).read_text() for name in saved} == saved
        work()
        assert {name: (place / name).read_text() for name in saved} == saved
        assert artifact_of(target) is None
        # What the dead process left of saving goes with its next saving; of the database, nothing is left.
        assert {path.name for path in place.iterdir()} - {"course.db", *saved} <= stages_of(place / "out")
        if done:
            break
    assert number > 15


def stages_of(path: Path) -> set[str]:
    prefix = f".yamlsync-{zlib.crc32(os.fsencode(path.name)):08x}-"
    return {each.name for each in path.parent.iterdir() if each.name.startswith(prefix)}


def test_the_real_command_killed_at_random_moments(built: Callable[..., Path], tmp_path: Path) -> None:
    old = built(1).read_bytes()
    place = tmp_path / "place"
    place.mkdir()
    target = place / "course.db"
    for number in range(12):
        target.write_bytes(old)
        process = subprocess.Popen(
            [sys.executable, "-m", "yamlsync", "migrate", str(target)], stderr=subprocess.DEVNULL
        )
        time.sleep(0.03 + 0.02 * number)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert read_database(str(target)).contents == course(progress=True)
        assert run("migrate", target).returncode == 0
        assert artifact_of(target) == Artifact(digests_of(course()).content, "yamlsync/1")
        assert [path.name for path in place.iterdir()] == ["course.db"]

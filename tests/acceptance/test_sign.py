"""`yamlsync sign` and `--sums` as their users meet them; checked with other people's tools alone (SIG)."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.command import course, killed_at, run
from tests.acceptance.small_course import edit, write_course
from tests.acceptance.test_obstacles import as_somebody, small_disk  # noqa: F401 - fixtures
from tests.signatures.conftest import make_key, public
from yamlsync.database.read import read_database
from yamlsync.import_ import ImportOptions, import_
from yamlsync.records import CustomState
from yamlsync.signing import sign_database
from yamlsync.statement import parse_statement

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None or shutil.which("sha256sum") is None,
    reason="ssh-keygen or sha256sum is not installed",
)

MakeDatabase = Callable[..., str]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    (tmp_path / "keys").mkdir()
    return make_key(tmp_path / "keys", "key")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return write_course(tmp_path / "small")


@pytest.fixture
def database(tree: Path, tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    assert run("import", tree, tmp_path / "out" / "small.db").returncode == 0
    return tmp_path / "out" / "small.db"


def taken_out(database: Path, folder: Path) -> tuple[Path, Path]:
    """The statement and the signature, by plain SQL."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(database)) as connection:
        for name in ("statement", "signature"):
            query = "SELECT value FROM artifact WHERE key = ?"
            (folder / name).write_bytes(connection.execute(query, (name,)).fetchone()[0].encode())
    return folder / "statement", folder / "signature"


def verified(statement: Path, signature: Path, allowed: Path, who: str, namespace: str = "yamlsync") -> bool:
    """What plain ssh-keygen says."""
    done = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", who, "-n", namespace, "-s", signature],
        input=statement.read_bytes(), capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode == 0


def test_plain_ssh_keygen_verifies_what_plain_sql_takes_out(
    database: Path, key: Path, tmp_path: Path
) -> None:
    done = run("sign", database, "--key", key)
    told = subprocess.run(["ssh-keygen", "-l", "-f", key], capture_output=True, text=True, check=True)
    fingerprint = told.stdout.split()[1]
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{database}: signed with {fingerprint} (ed25519)\n"
    statement, signature = taken_out(database, tmp_path / "taken")
    digest = run("digest", database).stdout.strip()
    assert statement.read_text() == (
        f'yamlsync statement 1\nworkshop "small"\nversion "v1"\ncontent {digest}\n'
    )
    allowed = tmp_path / "allowed"
    allowed.write_text(f"ann@example.org {public(key)}\n")
    assert verified(statement, signature, allowed, "ann@example.org")
    assert not verified(statement, signature, allowed, "bob@example.org")
    assert not verified(statement, signature, allowed, "ann@example.org", "git")
    statement.write_text(statement.read_text().replace("v1", "v2", 1))
    assert not verified(statement, signature, allowed, "ann@example.org")


def test_the_source_commit_is_signed_too(tree: Path, key: Path, tmp_path: Path) -> None:
    database, commit = tmp_path / "c.db", "0123456789" * 4
    run("import", "--source-commit", commit, tree, database)
    run("sign", "--key", key, database)
    statement, _ = taken_out(database, tmp_path / "taken")
    found = parse_statement(statement.read_text())
    assert found is not None
    assert found.source_commit == commit


def test_signing_again_changes_nothing(database: Path, key: Path) -> None:
    first = run("sign", database, "--key", key)
    before = database.read_bytes()
    again = run("sign", database, "--key", key)
    assert (again.returncode, again.stderr) == (0, first.stderr.replace(")\n", "), unchanged\n"))
    assert database.read_bytes() == before
    other = run("sign", database, "--key", make_key(key.parent, "other"))
    fingerprint = first.stderr.split()[3]
    assert other.stderr.endswith(f"(ed25519), in place of the signature with {fingerprint}\n")


def test_quiet_says_nothing(database: Path, key: Path) -> None:
    done = run("-q", "sign", database, "--key", key, "--sums", database.parent / "SHA256SUMS")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("arguments", [(), ("--key",)])
def test_without_a_key_the_usage_is_told(database: Path, arguments: tuple[str, ...]) -> None:
    done = run("sign", database, *arguments, env={"YAMLSYNC_SIGN_KEY": "key", "YAMLSYNC_KEY": "key"})
    assert done.returncode == 2
    assert "--key" in done.stderr


def test_help_tells_how_a_key_is_made(database: Path) -> None:
    assert "ssh-keygen -t ed25519 -f key" in " ".join(run("sign", "--help").stdout.split())


def test_a_changed_definition_is_refused_and_a_signed_one_is_seen_by_import(
    database: Path, tree: Path, key: Path
) -> None:
    run("sign", database, "--key", key)
    edit(tree / "steps" / "one.yaml", "Step one", "Step 1")
    done = run("import", tree, database)
    assert (done.returncode, "was signed, and the new one is not" in done.stderr) == (0, True)
    with closing(sqlite3.connect(database)) as connection, connection:
        assert connection.execute("SELECT * FROM artifact WHERE key = 'signature'").fetchall() == []
        connection.execute("UPDATE steps SET title = 'quick fix' WHERE id = 'two'")
    before = database.read_bytes()
    done = run("sign", database, "--key", key)
    assert done.returncode == 2
    assert "was changed since it was built" in done.stderr
    assert "yamlsync status" in done.stderr
    assert database.read_bytes() == before


def test_a_change_that_is_meant_is_signed_after_the_way_that_the_refusal_names(
    make_database: MakeDatabase, key: Path, tmp_path: Path
) -> None:
    database, tree = tmp_path / "a course.db", tmp_path / "DIR"
    run("export", make_database(course()), tree)
    run("import", tree, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE steps SET title = 'better' WHERE id = 'step-2'")
    refused = run("sign", database, "--key", key)
    assert refused.returncode == 2
    status = f"yamlsync status '{database}' DIR"
    assert refused.stderr.endswith(
        f"help: {status} tells how the change gets into the YAML; import it then, and sign\n"
    )
    told = run(*shlex.split(status)[1:], cwd=tmp_path)
    assert told.stdout.startswith("database ahead\n")
    export = f"yamlsync export '{database}' DIR"
    assert export in told.stderr
    for command in (
        shlex.split(export)[1:],
        ("import", "DIR", database),
        ("sign", database, "--key", key),
    ):
        done = run(*command, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    found = read_database(str(database)).contents
    assert found is not None
    assert found.workshops[0].steps[1].title == "better"
    assert run("verify", database).returncode == 0


def test_a_database_that_says_of_itself_what_is_none_is_signed_after_the_way_that_the_refusal_names(
    tree: Path, database: Path, key: Path, tmp_path: Path
) -> None:
    run("import", "--force", tree, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM artifact WHERE key = 'content_digest'")
        connection.execute("UPDATE steps SET title = 'better' WHERE id = 'two'")
        connection.execute("INSERT INTO custom_state VALUES ('student', 'answer', '42')")
    refused = run("sign", "out/small.db", "--key", key, cwd=tmp_path)
    commands = (
        "yamlsync export --state out/small.db NEW",
        "yamlsync import --state NEW out/small.db",
    )
    assert f"by way of a new folder: {commands[0]}, then {commands[1]}\n" in refused.stderr
    for command in (*commands, f"yamlsync sign out/small.db --key '{key}'"):
        done = run(*shlex.split(command)[1:], cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    found = read_database(str(database)).contents
    assert found is not None
    assert [step.title for step in found.workshops[0].steps] == ["Step one", "better", "Step three"]
    assert found.custom_states == (CustomState("student", "answer", "42"),)


def test_the_program_sqlite3_and_ssh_keygen_are_all_that_is_needed(
    database: Path, key: Path, tmp_path: Path
) -> None:
    if shutil.which("sqlite3") is None:
        pytest.skip("sqlite3 is not installed")
    run("sign", database, "--key", key)
    query = "SELECT writefile(key, value) FROM artifact WHERE key IN ('statement', 'signature')"
    subprocess.run(["sqlite3", database, query], cwd=tmp_path, capture_output=True, check=True)
    allowed = tmp_path / "allowed"
    allowed.write_text(f"ann@example.org {public(key)}\n")
    assert verified(tmp_path / "statement", tmp_path / "signature", allowed, "ann@example.org")


def test_problems_end_with_1_and_other_refusals_with_2(database: Path, key: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE steps SET title = x'00' WHERE id = 'two'")
    done = run("sign", database, "--key", key)
    assert (done.returncode, "YS806" in done.stderr) == (1, True)
    for arguments in [
        (tmp_path / "none.db", "--key", key),
        (tmp_path, "--key", key),
        (key, "--key", key),
        (database, "--key", database),
    ]:
        done = run("sign", *arguments)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stderr
        assert "help:" in done.stderr


def test_sums_are_kept_by_import_and_sign(tree: Path, key: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "README").write_text("read me\n")
    sums = subprocess.run(["sha256sum", "README"], cwd=out, capture_output=True, check=True).stdout
    (out / "SHA256SUMS").write_bytes(b"# a release\n" + sums)
    for name in ("small.db", "back\\slash.db", "two\nlines.db", "-q.db", " a .db"):
        for command in (("import", tree, f"out/{name}"), ("sign", "--key", key, f"out/{name}")):
            done = run(*command, "--sums", "out/SHA256SUMS", cwd=tmp_path)
            assert done.returncode == 0, done.stderr
            checked = subprocess.run(
                ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=out, capture_output=True, check=False
            )
            assert (checked.returncode, checked.stderr) == (0, b"")
    text = (out / "SHA256SUMS").read_bytes()
    assert text.startswith(b"# a release\n" + sums)
    assert text.count(b"\n") == 7
    again = run("import", tree, "out/small.db", "--sums", "out/SHA256SUMS", cwd=tmp_path)
    assert again.stderr.endswith("out/SHA256SUMS: the line of out/small.db, unchanged\n")
    assert (out / "SHA256SUMS").read_bytes() == text


def test_an_import_that_refuses_sets_no_line(tree: Path, database: Path, tmp_path: Path) -> None:
    (tree / "workshop.yaml").write_text("id: [\n")
    done = run("import", tree, database, "--sums", tmp_path / "SHA256SUMS")
    assert done.returncode == 1
    assert not (tmp_path / "SHA256SUMS").exists()


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        ("small/workshop.yaml", "small/workshop.yaml is part of a workshop"),
        ("other.db", "other.db is part of a workshop"),
        ("out/small.db", "out/small.db is the database itself"),
        ("out", "out is a folder"),
        ("out/pipe", "out/pipe cannot be read: it is no file"),
        ("keys/key", "keys/key is no file of sums: it has no line that sha256sum -c reads"),
    ],
)
def test_sums_that_would_stand_in_a_wrong_place_are_refused_before_anything_is_done(
    database: Path, tmp_path: Path, key: Path, sums: str, said: str
) -> None:
    shutil.copy(database, tmp_path / "other.db")
    os.mkfifo(tmp_path / "out" / "pipe")
    before, private = database.read_bytes(), key.read_bytes()
    edit(tmp_path / "small" / "steps" / "one.yaml", "Step one", "Step 1")
    for command in (("sign", "out/small.db", "--key", key), ("import", "small", "out/small.db")):
        done = run(*command, "--sums", sums, cwd=tmp_path)
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
        assert (database.read_bytes(), key.read_bytes()) == (before, private)


def test_check_and_sums_do_not_go_together(tree: Path, database: Path) -> None:
    done = run("import", "--check", tree, database, "--sums", "SHA256SUMS")
    assert (done.returncode, "sha256sum -c FILE" in done.stderr) == (2, True)


def test_where_sums_cannot_be_written_the_database_is_done_and_that_is_said(
    database: Path, key: Path, tmp_path: Path
) -> None:
    before = database.read_bytes()
    done = run("sign", database, "--key", key, "--sums", tmp_path / "none" / "SHA256SUMS")
    assert done.returncode == 2
    assert f"{database} is done, but its line in {tmp_path}/none/SHA256SUMS could not be set" in done.stderr
    assert "create it first" in done.stderr
    assert database.read_bytes() != before
    assert taken_out(database, tmp_path / "taken")[1].read_text().startswith("-----BEGIN SSH SIGNATURE")


def test_sums_that_are_read_only_are_left(
    database: Path,
    key: Path,
    as_somebody: Callable[..., subprocess.CompletedProcess[str]],  # noqa: F811 - the fixture
) -> None:
    sums = database.parent / "SHA256SUMS"
    kept = f"# kept\n{'0' * 64}  other.db\n"
    sums.write_text(kept)
    sums.chmod(0o444)
    done = as_somebody("sign", database, "--key", key, "--sums", sums)
    assert (done.returncode, "Permission denied" in done.stderr) == (2, True)
    assert sums.read_text() == kept


def test_sums_hold_the_hash_of_the_file_that_is_there(database: Path, key: Path, tmp_path: Path) -> None:
    run("sign", database, "--key", key, "--sums", tmp_path / "SHA256SUMS")
    digest = hashlib.sha256(database.read_bytes()).hexdigest()
    assert (tmp_path / "SHA256SUMS").read_text() == f"{digest}  out/small.db\n"


needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are killed after a fork, which is missing here"
)


@needs_fork
def test_killed_at_any_file_operation_the_old_or_the_signed_file_is_there(database: Path, key: Path) -> None:
    place, old = database.parent, database.read_bytes()

    def work() -> None:
        assert sign_database(str(database), str(key)).problems == ()

    work()
    new = database.read_bytes()
    number = 0
    while True:
        number += 1
        database.write_bytes(old)
        done = not killed_at(number, place, work)
        assert database.read_bytes() in (old, new)
        work()
        assert database.read_bytes() == new
        assert [path.name for path in place.iterdir()] == ["small.db"]
        if done:
            break
    assert number > 8


@needs_fork
def test_the_real_command_killed_at_random_moments(database: Path, key: Path) -> None:
    old = database.read_bytes()
    assert run("sign", database, "--key", key).returncode == 0
    new = database.read_bytes()
    chance = random.Random(4)
    seen = set()
    for _ in range(15):
        database.write_bytes(old)
        process = subprocess.Popen(
            [sys.executable, "-m", "yamlsync", "sign", database, "--key", key], stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.05, 0.35))
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen.add(database.read_bytes())
        assert run("sign", database, "--key", key).returncode == 0
        assert database.read_bytes() == new
        assert [path.name for path in database.parent.iterdir()] == ["small.db"]
    assert seen <= {old, new}


def test_a_full_disk_leaves_the_old_file(
    small_disk: Path,  # noqa: F811 - the fixture
    key: Path,
    make_database: MakeDatabase,
    tmp_path: Path,
) -> None:
    run("export", make_database(course(30)), tmp_path / "tree")
    database = small_disk / "course.db"
    assert run("import", tmp_path / "tree", database).returncode == 0
    before = database.read_bytes()
    filling = small_disk / "filling"
    with filling.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(b"x" * 512)
    done = run("sign", database, "--key", key, "--sums", small_disk / "SHA256SUMS")
    assert done.returncode == 2, done.stderr
    assert "full" in done.stderr or "No space left on device" in done.stderr
    assert database.read_bytes() == before
    assert sorted(path.name for path in small_disk.iterdir()) == ["course.db", "filling"]


def test_a_limit_on_the_size_of_files_leaves_the_old_file(database: Path, key: Path) -> None:
    before = database.read_bytes()
    done = run(
        "sign", database, "--key", key,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384)),
    )  # fmt: skip
    assert (done.returncode, "cannot be written" in done.stderr) == (2, True), done.stderr
    assert database.read_bytes() == before


def test_a_folder_that_takes_nothing_leaves_the_old_file(
    database: Path,
    key: Path,
    as_somebody: Callable[..., subprocess.CompletedProcess[str]],  # noqa: F811 - the fixture
) -> None:
    before = database.read_bytes()
    database.parent.chmod(0o555)
    try:
        done = as_somebody("sign", database, "--key", key)
    finally:
        database.parent.chmod(0o755)
    assert (done.returncode, "Permission denied" in done.stderr) == (2, True)
    assert database.read_bytes() == before


def test_signing_again_what_import_built_anew_gives_the_same_bytes(
    tree: Path, key: Path, tmp_path: Path
) -> None:
    built = []
    for name in ("one.db", "two.db"):
        import_(str(tree), str(tmp_path / name), ImportOptions())
        sign_database(str(tmp_path / name), str(key))
        built.append((tmp_path / name).read_bytes())
    assert built[0] == built[1]


def test_without_ssh_keygen_the_help_says_what_to_install(database: Path, key: Path, tmp_path: Path) -> None:
    done = run("sign", database, "--key", key, env={"PATH": str(tmp_path / "none")})
    assert (done.returncode, "install OpenSSH" in done.stderr) == (2, True)

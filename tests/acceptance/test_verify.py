"""`yamlsync verify` as its users meet it (VER-1, VER-2, VER-30, VER-41)."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from tests.acceptance.command import course, run
from tests.conftest import ROOT
from tests.signed import ADA, allow, artifact_for, new_key, sign_artifact, statement_for, write
from yamlsync.digest import digests_of
from yamlsync.schemas.verification import QUESTIONS, VERDICTS, schema, schema_text
from yamlsync.verification.answers import Verdict

MakeDatabase = Callable[..., str]
CONTENT = digests_of(course()).content
VALIDATOR = Draft7Validator(schema())

needs_keygen = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


@pytest.fixture
def tree(make_database: MakeDatabase, tmp_path: Path) -> Path:
    """A directory with an exported workshop."""
    assert run("export", make_database(course(), name="source.db"), tmp_path / "tree").returncode == 0
    return tmp_path / "tree"


@pytest.fixture
def built(tree: Path, tmp_path: Path) -> Path:
    """A database that was built from it."""
    assert run("import", tree, tmp_path / "course.db").returncode == 0
    return tmp_path / "course.db"


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_key(tmp_path_factory.mktemp("key") / "key")


@pytest.fixture
def signed(key: Path, tmp_path: Path) -> Path:
    artifact = sign_artifact(artifact_for(course()), str(statement_for(course())), key)
    return write(tmp_path / "signed.db", course(), artifact)


def change(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


def test_each_answer_is_a_line(built: Path) -> None:
    before = built.read_bytes()
    done = run("verify", built)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "file        yes        a whole SQLite database\n"
        "schema      yes        schema 2\n"
        "references  yes        each names a row that is there\n"
        "values      yes        4 steps\n"
        f"digest      yes        {CONTENT}\n"
        "signature   note       not signed\n"
    )
    assert built.read_bytes() == before
    assert run("-q", "verify", built).stdout == done.stdout


def test_a_working_copy_with_progress_is_verified_as_it_is(built: Path) -> None:
    change(built, "INSERT INTO runtime_state VALUES ('s', 'step-1', 'active', NULL, NULL)")
    assert run("verify", built).returncode == 0


def test_a_no_has_its_problems_on_stderr(built: Path) -> None:
    change(built, "UPDATE steps SET title = 'x' WHERE id = 'step-2'")
    done = run("verify", built)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert re.fullmatch(
        "digest      no         y1:[0-9a-f]{64}, not what the database was written with", lines[4]
    )
    assert len(lines) == 6
    place = f'{built}: table steps, row id "step-2"'
    assert done.stderr == (
        f"{place}: YS814 the step is not as it was built\n"
        "   = help: ask whoever publishes it for the file as it was built; how a change that is meant gets "
        f"into the YAML tells: yamlsync status {built} DIR\n"
    )


def test_verdicts_are_coloured_where_that_is_wanted_and_columns_stay(built: Path) -> None:
    done = run("--color", "always", "verify", built)
    assert done.stdout.startswith("file        \x1b[32m\x1b[1myes\x1b[0m        a whole")
    plain = re.sub(r"\x1b\[[0-9]*m", "", done.stdout)
    assert plain == run("verify", built).stdout


def test_what_a_terminal_would_act_on_is_escaped(tmp_path: Path) -> None:
    path = write(tmp_path / "course.db", course(), artifact_for(course()), ("\x1b[31mkey", "v"))
    done = run("--color", "never", "verify", path)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    assert '"\\x1b[31mkey" has no meaning here' in done.stderr


@pytest.mark.parametrize("journal", ["-wal", "-journal"])
def test_changes_beside_the_file_keep_it_from_being_tried(journal: str, built: Path) -> None:
    Path(f"{built}{journal}").write_bytes(b"x" * 64)
    done = run("verify", built)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{built}{journal} stands beside the database" in done.stderr


def test_a_database_in_wal_mode_cannot_be_tried(built: Path) -> None:
    change(built, "PRAGMA journal_mode=WAL")
    done = run("verify", built)
    assert done.returncode == 2
    assert "is in WAL mode" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.db",), "none.db does not exist"),
        (("course.db", "--against", "none"), "none does not exist"),
        (("course.db", "--against", "none.db"), "none.db does not exist"),
        (("course.db", "--sums", "none"), "none does not exist"),
        (("course.db", "--identity", "ada"), "--identity asks who signed, and only --allowed-signers FILE"),
        (("course.db", "--signature-out", "out"), "course.db is not signed, so there is nothing to be taken"),
        (("tree",), "tree is a folder, not a database"),
        (("course.db", "--output-format", "xml"), "'xml' is not one of 'text', 'json'"),
    ],
)
def test_what_could_not_be_tried_ends_with_2_and_says_why(
    arguments: tuple[str, ...], message: str, built: Path, tmp_path: Path
) -> None:
    done = run("verify", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert not (tmp_path / "out").exists()


def test_it_is_held_against_a_directory_and_a_database(
    built: Path, tree: Path, make_database: MakeDatabase
) -> None:
    for other in (tree, make_database(course(progress=True), name="other.db")):
        done = run("verify", built, "--against", other)
        assert done.returncode == 0
        assert done.stdout.endswith(f"against     yes        says what {other} says\n")
    step = tree / "steps" / "step-2.yaml"
    step.write_text(step.read_text().replace("Title one", "Title two"))
    done = run("verify", built, "--against", tree)
    assert done.returncode == 1
    assert done.stdout.endswith(f"against     no         1 difference from {tree}\n")
    assert done.stderr.startswith(
        f'{built}: table steps, row id "step-2", column title: '
        'YS815 step "step-2", title: "Title two" became "Title one"\n'
    )


def test_problems_of_what_it_is_held_against_are_told_where_they_are(
    built: Path, tree: Path, tmp_path: Path
) -> None:
    step = tree / "steps" / "step-2.yaml"
    step.write_text(step.read_text().replace("title:", "titel:"))
    done = run("verify", "course.db", "--against", "tree", cwd=tmp_path)
    assert done.returncode == 1
    assert "against     no         tree has 1 problem itself\n" in done.stdout
    assert "tree/steps/step-2.yaml:2:1: YS107" in done.stderr
    assert "2 | titel: Title one" in done.stderr


def test_sums_are_those_of_sha256sum(built: Path, tmp_path: Path) -> None:
    sums = tmp_path / "SHA256SUMS"
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not installed")
    with sums.open("wb") as file:
        subprocess.run(["sha256sum", "course.db"], cwd=tmp_path, stdout=file, check=True)
    done = run("verify", "course.db", "--sums", "SHA256SUMS", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.endswith("sums        yes        as SHA256SUMS says\n")
    change(built, "VACUUM", "PRAGMA user_version=2", "INSERT INTO custom_state VALUES ('s', 'k', 'v')")
    done = run("verify", "course.db", "--sums", "SHA256SUMS", cwd=tmp_path)
    assert done.returncode == 1
    assert "course.db: YS816 its bytes are not those that SHA256SUMS was made of" in done.stderr


def told(*arguments: object, code: int) -> dict[str, object]:
    """The JSON of a run, which is what its schema says."""
    done = run("verify", *arguments, "--output-format", "json")
    assert done.returncode == code
    found: dict[str, object] = json.loads(done.stdout)
    VALIDATOR.validate(found)
    return found


def test_json_says_the_same(built: Path, tree: Path, tmp_path: Path) -> None:
    found = told(built, "--against", tree, code=0)
    assert {name: found[name] for name in ("database", "schema", "content_digest", "verdict")} == {
        "database": str(built),
        "schema": 2,
        "content_digest": CONTENT,
        "verdict": "yes",
    }
    change(built, "UPDATE steps SET title = 'x' WHERE id = 'step-2'")
    found = told(built, "--against", tree, code=1)
    answers = found["answers"]
    assert isinstance(answers, list)
    assert [(each["question"], each["verdict"], len(each["problems"])) for each in answers] == [
        ("file", "yes", 0),
        ("schema", "yes", 0),
        ("references", "yes", 0),
        ("values", "yes", 0),
        ("digest", "no", 1),
        ("signature", "note", 0),
        ("against", "no", 1),
    ]
    assert answers[4]["problems"][0]["cell"] == {"table": "steps", "row": 'id "step-2"', "column": None}
    built.write_bytes(built.read_bytes()[:9000])
    found = told(built, code=1)
    assert (found["schema"], found["content_digest"], found["verdict"]) == (None, None, "no")


def test_the_schema_is_what_is_kept_in_the_standard() -> None:
    kept = (ROOT / "spec" / "schemas" / "verification.schema.json").read_bytes()
    assert kept == schema_text().encode(), "run python -m yamlsync.schemas to write spec/schemas anew"
    Draft7Validator.check_schema(schema())
    assert [verdict.value for verdict in Verdict] == list(VERDICTS)


def test_the_schema_refuses_what_is_no_verification(built: Path, tmp_path: Path) -> None:
    good = told(built, code=0)
    for name, value in [("verdict", "note"), ("schema", 0), ("content_digest", "y1:"), ("more", 1)]:
        assert not VALIDATOR.is_valid(good | {name: value}), name
    for name in good:
        assert not VALIDATOR.is_valid({key: value for key, value in good.items() if key != name}), name
    answer = {"question": "file", "verdict": "yes", "message": "", "problems": []}
    assert VALIDATOR.is_valid(good | {"answers": [answer] * 6})
    for part in ({"question": "all"}, {"verdict": "maybe"}, {"problems": None}):
        assert not VALIDATOR.is_valid(good | {"answers": [answer | part] * 6}), part


@needs_keygen
def test_plain_ssh_keygen_says_the_same_of_what_was_taken_out(
    signed: Path, key: Path, tmp_path: Path
) -> None:
    signers = allow(tmp_path / "signers", key)
    out = tmp_path / "statement"
    done = run("verify", signed, "--allowed-signers", signers, "--identity", ADA, "--signature-out", out)
    assert done.returncode == 0
    assert f"signature   yes        signed by {ADA} with the key SHA256:" in done.stdout
    assert out.read_text() == str(statement_for(course()))
    command = done.stderr.splitlines()[-1].strip()
    assert command == (f"ssh-keygen -Y verify -f {signers} -I {ADA} -n yamlsync -s {out}.sig < {out}")
    for expected, text in ((0, None), (255, "other\n")):
        if text is not None:
            out.write_text(text)
        plain = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
        assert plain.returncode == expected, plain.stderr


@needs_keygen
def test_another_identity_is_refused(signed: Path, key: Path, tmp_path: Path) -> None:
    signers = allow(tmp_path / "signers", key)
    done = run("verify", signed, "--allowed-signers", signers, "--identity", "bob")
    assert done.returncode == 1
    assert "YS827" in done.stderr


@needs_keygen
def test_where_the_database_cannot_be_read_no_signature_is_taken_out(signed: Path, tmp_path: Path) -> None:
    change(signed, "DROP TABLE custom_state")
    done = run("verify", signed, "--signature-out", tmp_path / "out")
    assert done.returncode == 1
    assert "out was not written: nobody knows whether" in done.stderr
    assert not (tmp_path / "out").exists()


@needs_keygen
def test_the_allowed_signers_are_not_called_as_what_was_signed(signed: Path, tmp_path: Path) -> None:
    done = run("verify", signed, "--signature-out", tmp_path / "out")
    assert done.stderr.splitlines()[-1] == (
        f"  ssh-keygen -Y verify -f ALLOWED_SIGNERS -I WHO -n yamlsync -s {tmp_path}/out.sig < {tmp_path}/out"
    )


@needs_keygen
def test_without_ssh_keygen_the_answers_are_told_as_far_as_there_are_any(
    signed: Path, key: Path, tmp_path: Path
) -> None:
    nowhere = {"PATH": str(tmp_path / "none")}
    done = run("verify", signed, env=nowhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        "signature   note       signed by SHA256:[^ ]{43}, it says, and nobody could judge that: "
        "ssh-keygen is not installed",
        done.stdout.splitlines()[5],
    )
    signers = allow(tmp_path / "signers", key)
    done = run("verify", signed, "--allowed-signers", signers, env=nowhere)
    assert (done.returncode, done.stderr) == (
        2, "error: ssh-keygen is not installed\n  = help: install OpenSSH, 8.2 or later\n"
    )  # fmt: skip
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["file", "yes"],
        ["schema", "yes"],
        ["references", "yes"],
        ["values", "yes"],
        ["digest", "yes"],
    ]
    arguments = ("--allowed-signers", signers, "--output-format", "json")
    done = run("verify", signed, *arguments, env=nowhere)
    assert (done.returncode, done.stdout) == (2, "")


def test_what_is_no_file_of_sums_cannot_be_asked(built: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("# notes\n")
    done = run("verify", built, "--sums", tmp_path / "notes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "notes is no file of sums: it has no line that sha256sum -c reads" in done.stderr


def test_the_questions_of_the_schema_are_those_that_are_asked(
    built: Path, tree: Path, tmp_path: Path
) -> None:
    (tmp_path / "SHA256SUMS").write_text("")
    done = run("verify", built, "--against", tree, "--sums", tmp_path / "SHA256SUMS")
    assert tuple(line.split()[0] for line in done.stdout.splitlines()) == QUESTIONS

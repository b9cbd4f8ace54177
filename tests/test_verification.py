"""Verifying: what it answers of whole, changed, signed and damaged databases (VER-1 to VER-22)."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.acceptance.command import course
from tests.conftest import ROOT
from tests.signed import (
    ADA,
    COMMIT,
    allow,
    artifact_for,
    new_key,
    sign_artifact,
    signed_text,
    statement_for,
    write,
)
from yamlsync.artifact import Artifact
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError
from yamlsync.opening import Opened
from yamlsync.problems import Cell, Problem
from yamlsync.records import Contents, Metadata, Step
from yamlsync.verification.against import against_answer
from yamlsync.verification.answers import Answer, Verdict, Verification
from yamlsync.verification.content import content_answer
from yamlsync.verification.verifying import UntriedError, VerifyOptions, verify

MakeDatabase = Callable[..., str]
CONTENT = digests_of(course()).content
NOTHING = VerifyOptions()

needs_keygen = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_key(tmp_path_factory.mktemp("key") / "key")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A database as import builds it."""
    return write(tmp_path / "course.db", course(), artifact_for(course()))


@pytest.fixture
def signed(key: Path, tmp_path: Path) -> Path:
    """The same, signed."""
    artifact = sign_artifact(artifact_for(course()), str(statement_for(course())), key)
    return write(tmp_path / "signed.db", course(), artifact)


@pytest.fixture
def vouched(key: Path, tmp_path: Path) -> VerifyOptions:
    """Who is to have signed."""
    return VerifyOptions(allowed_signers=str(allow(tmp_path / "signers", key)), identity=ADA)


def change(path: Path, *statements: str) -> Path:
    """Changes a database as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


def verdicts(found: Verification) -> dict[str, str]:
    return {answer.question: answer.verdict.value for answer in found.answers}


def told(found: Verification) -> list[tuple[str, str, str]]:
    """The question, the code and the place of each problem, without the path of the database."""
    return [
        (answer.question, problem.code, str(problem.place).removeprefix(found.database).removeprefix(": "))
        for answer in found.answers
        for problem in answer.problems
    ]


def only_problem(path: Path, options: VerifyOptions = NOTHING) -> Problem:
    (problem,) = verify(str(path), options).problems
    return problem


def test_a_built_database_is_right(built: Path) -> None:
    assert verify(str(built), NOTHING) == Verification(
        str(built),
        2,
        CONTENT,
        (
            Answer("file", Verdict.YES, "a whole SQLite database"),
            Answer("schema", Verdict.YES, "schema 2"),
            Answer("references", Verdict.YES, "each names a row that is there"),
            Answer("values", Verdict.YES, "4 steps"),
            Answer("digest", Verdict.YES, CONTENT),
            Answer("signature", Verdict.NOTE, "not signed"),
        ),
    )


def test_a_database_of_schema_1_is_right_as_far_as_it_can_tell(make_database: MakeDatabase) -> None:
    found = verify(make_database(course()), NOTHING)
    assert (found.schema, found.content_digest, found.failed) == (1, CONTENT, False)
    assert found.answers[1] == Answer(
        "schema",
        Verdict.NOTE,
        "schema 1, in another spelling: the application_id is 0, not 1498239833, and 1 more",
    )
    assert found.answers[4] == Answer(
        "digest", Verdict.NOTE, f"{CONTENT}; schema 1 carries no digest to compare it with"
    )


def test_several_workshops_are_counted(tmp_path: Path) -> None:
    one = course().workshops[0]
    contents = Contents((one, evolve(one, id="empty", steps=())))
    found = verify(str(write(tmp_path / "two.db", contents, artifact_for(contents))), NOTHING)
    assert found.answers[3] == Answer("values", Verdict.YES, "2 workshops, 4 steps")


def test_a_damaged_file_is_told_and_nothing_else_is_asked(built: Path, tmp_path: Path) -> None:
    data = bytearray(built.read_bytes())
    data[4096 * 3 : 4096 * 3 + 8] = b"\xff" * 8
    built.write_bytes(data)
    found = verify(str(built), evolve(NOTHING, against=str(tmp_path)))
    assert (found.schema, found.content_digest, found.failed) == (None, None, True)
    assert {code for _, code, _ in told(found)} == {"YS804"}
    assert [(answer.question, answer.verdict, answer.message) for answer in found.answers] == [
        ("file", Verdict.NO, "damaged"),
        *(
            (question, Verdict.NOT_ASKED, "depends on file")
            for question in ("schema", "references", "values", "digest", "signature", "against")
        ),
    ]


@pytest.mark.parametrize(
    ("statements", "problem"),
    [
        (["CREATE VIEW v AS SELECT 1"], ("schema", "YS801", "")),
        (["CREATE TABLE notes (x)"], ("schema", "YS801", "")),
        (["DROP TABLE custom_state"], ("schema", "YS802", "table custom_state")),
        (["ALTER TABLE steps ADD COLUMN extra"], ("schema", "YS801", "table steps, column extra")),
        (["PRAGMA user_version=3"], ("schema", "YS811", "")),
    ],
)
def test_another_structure_is_told_and_no_content_is_asked(
    statements: list[str], problem: tuple[str, str, str], built: Path
) -> None:
    found = verify(str(change(built, *statements)), NOTHING)
    assert told(found) == [problem]
    assert verdicts(found) == {
        "file": "not asked",
        "schema": "no",
        "references": "not asked",
        "values": "not asked",
        "digest": "not asked",
        "signature": "not asked",
    }
    assert found.schema == (None if problem[1] == "YS811" else 2)
    assert "--lossy" not in (found.problems[0].help or "")


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (
            ["UPDATE navigation SET next_step_id = 'gone' WHERE step_id = 'step-1'"],
            ("references", "YS805", 'table navigation, row step_id "step-1", column next_step_id'),
        ),
        (
            ["UPDATE steps SET markdown = x'ff' WHERE id = 'step-2'"],
            ("values", "YS806", 'table steps, row id "step-2", column markdown'),
        ),
        (
            ["UPDATE steps SET title = CAST(x'ff' AS TEXT) WHERE id = 'step-2'"],
            ("values", "YS807", 'table steps, row id "step-2", column title'),
        ),
        (
            [
                "DELETE FROM navigation",
                "DELETE FROM step_metadata",
                "DELETE FROM steps",
                "DELETE FROM workshop",
            ],
            ("values", "YS809", "table workshop"),
        ),
    ],
)
def test_a_cell_that_is_wrong_is_named(
    statements: list[str], expected: tuple[str, str, str], built: Path
) -> None:
    found = verify(str(change(built, *statements)), NOTHING)
    assert told(found) == [expected]
    assert verdicts(found) == {
        "file": "yes",
        "schema": "note",
        "references": "no" if expected[0] == "references" else "yes",
        "values": "not asked" if expected[0] == "references" else "no",
        "digest": "not asked",
        "signature": "not asked",
    }


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "spec/vectors/database").iterdir()))
def test_verifying_tells_what_reading_tells(name: str, tmp_path: Path) -> None:
    vector = ROOT / "spec" / "vectors" / "database" / name
    with closing(sqlite3.connect(tmp_path / "course.db")) as connection:
        connection.executescript((vector / "database.sql").read_text(encoding="utf-8"))
    found = verify(str(tmp_path / "course.db"), NOTHING)
    expected = json.loads((vector / "problems.json").read_text(encoding="utf-8"))
    # What cannot be written as YAML is nothing to verifying.
    codes = sorted(each["code"] for each in expected if each["code"] != "YS810")
    assert sorted(code for _, code, _ in told(found)) == codes


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("CREATE INDEX mine ON steps (title)", "the index mine is not part of the schema"),
        ("PRAGMA application_id=1", "the application_id is 1, not 1498239833"),
        ("PRAGMA user_version=1", "the user_version is 1, not 2"),
    ],
)
def test_one_of_ours_that_is_spelled_in_another_way_is_refused(
    statement: str, message: str, built: Path
) -> None:
    found = verify(str(change(built, statement)), NOTHING)
    assert verdicts(found)["schema"] == "no"
    assert verdicts(found)["digest"] == "yes"
    assert [(problem.code, problem.message, problem.place) for problem in found.problems] == [
        ("YS812", message, Cell(str(built)))
    ]


CHANGED = "is not as it was built"
NEW = Step("new", "New", "org/course:new", 4)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["UPDATE steps SET title = 'Other' WHERE id = 'step-2'"], [("steps", 'id "step-2"')]),
        (["UPDATE steps SET markdown = NULL WHERE id = 'step-2'"], [("steps", 'id "step-2"')]),
        (["UPDATE steps SET goss_spec = '' WHERE id = 'step-1'"], [("steps", 'id "step-1"')]),
        (["UPDATE step_metadata SET value = 'x' WHERE step_id = 'step-4'"], [("steps", 'id "step-4"')]),
        (["DELETE FROM navigation WHERE step_id = 'step-3'"], [("steps", 'id "step-3"')]),
        (["UPDATE workshop SET version = 'v2'"], [("workshop", 'id "course"')]),
        (
            ["UPDATE steps SET position = 9 WHERE id = 'step-4'", "UPDATE workshop SET name = 'N'"],
            [("workshop", 'id "course"'), ("steps", 'id "step-4"')],
        ),
    ],
)
def test_a_changed_part_is_named(statements: list[str], expected: list[tuple[str, str]], built: Path) -> None:
    found = verify(str(change(built, *statements)), NOTHING)
    assert verdicts(found)["digest"] == "no"
    assert found.content_digest not in (None, CONTENT)
    assert [(problem.code, problem.place) for problem in found.problems] == [
        ("YS814", Cell(str(built), table, row)) for table, row in expected
    ]
    assert all(problem.message.endswith(CHANGED) for problem in found.problems)


def test_a_part_that_is_new_and_one_that_is_gone_are_named(tmp_path: Path) -> None:
    contents = Contents((evolve(course(3).workshops[0], steps=(*course(3).workshops[0].steps, NEW)),))
    path = write(tmp_path / "course.db", contents, artifact_for(course()))
    found = verify(str(path), NOTHING)
    assert [(problem.message, problem.place) for problem in found.problems] == [
        (
            "what the workshop says of itself is not as it was built",
            Cell(str(path), "workshop", 'id "course"'),
        ),
        ("the step is not as it was built", Cell(str(path), "steps", 'id "step-3"')),
        ("this step is not one that the database was built with", Cell(str(path), "steps", 'id "new"')),
        ("the step that the database was built with is gone", Cell(str(path), "steps", 'id "step-4"')),
    ]


def artifact_cell(path: Path, key: str) -> Cell:
    return Cell(str(path), "artifact", f'key "{key}"', "value")


def test_without_an_origin_a_change_is_told_all_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "course.db", course(word="two"), Artifact(CONTENT))
    other = digests_of(course(word="two")).content
    problem = only_problem(path)
    assert (problem.code, problem.place) == ("YS814", artifact_cell(path, "content_digest"))
    assert problem.message == f"the content has the digest {other}, and was written with {CONTENT}"
    assert not verify(str(write(path, course(), Artifact(CONTENT))), NOTHING).failed


@pytest.mark.parametrize(
    ("digest", "message"),
    [
        (None, "there is no content_digest to compare the content with"),
        ("y2:" + "0" * 64, '"y2:' + "0" * 64 + '" is no digest of the version y1'),
        ("", '"" is no digest of the version y1'),
    ],
)
def test_without_a_digest_of_our_version_the_answer_is_no(
    digest: str | None, message: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "course.db", course(), evolve(artifact_for(course()), content_digest=digest))
    problem = only_problem(path)
    assert (problem.code, problem.message) == ("YS814", message)
    assert problem.place == artifact_cell(path, "content_digest")


def test_another_content_digest_over_parts_that_agree_is_told_at_its_place(tmp_path: Path) -> None:
    other = digests_of(course(word="two")).content
    path = write(tmp_path / "course.db", course(), evolve(artifact_for(course()), content_digest=other))
    assert (only_problem(path).code, only_problem(path).place) == (
        "YS814",
        artifact_cell(path, "content_digest"),
    )


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("note", "mine", 'the key "note" has no meaning here'),
        ("format", "yamlsync/one", '"yamlsync/one" is no format of a directory'),
        ("source_commit", "HEAD", '"HEAD" is no name of a commit'),
        ("step:step-1", "abc", '"abc" is no digest of the version y1'),
        (
            "step:step-1",
            CONTENT,
            'the origin has another digest of the step "step-1", though the content is as it was written',
        ),
        (
            "step:gone",
            CONTENT,
            'the origin has the step "gone", which is not there, though the content is as it was written',
        ),
        (
            "workshop:course",
            None,
            'the origin leaves out the workshop "course", though the content is as it was written',
        ),
    ],
)
def test_a_defect_of_what_it_says_of_itself_is_told(
    key: str, value: str | None, message: str, built: Path
) -> None:
    change(built, f"DELETE FROM artifact WHERE key = '{key}'")
    if value is not None:
        change(built, f"INSERT INTO artifact VALUES ('{key}', '{value}')")
    found = verify(str(built), NOTHING)
    assert verdicts(found)["digest"] == "no"
    assert [(problem.code, problem.message, problem.place) for problem in found.problems] == [
        ("YS813", message, artifact_cell(built, key))
    ]
    assert f"{CONTENT}, as written; artifact is not in order" == found.answers[4].message


def test_what_may_be_missing_is_no_defect(tmp_path: Path) -> None:
    path = write(tmp_path / "course.db", course(), Artifact(CONTENT, "yamlsync/2", "a" * 64))
    assert not verify(str(path), NOTHING).failed


@given(strategies.contents(), strategies.contents())
def test_content_is_right_exactly_if_it_is_what_was_written(one: Contents, other: Contents) -> None:
    answer = content_answer(artifact_for(one), digests_of(other), "course.db")
    same = one.workshops == other.workshops
    assert (answer.verdict is Verdict.YES) is same
    if not same:
        parts = {**digests_of(one).parts, **digests_of(other).parts}
        assert answer.problems
        assert {problem.code for problem in answer.problems} == {"YS814"}
        assert len(answer.problems) <= len(parts)


@needs_keygen
def test_a_signature_of_one_who_is_allowed_is_right(signed: Path, vouched: VerifyOptions) -> None:
    for options in (vouched, evolve(vouched, identity=None)):
        found = verify(str(signed), options)
        assert verdicts(found)["signature"] == "yes"
        assert found.answers[5].message.startswith(f"signed by {ADA} with the key SHA256:")
        assert not found.failed


@needs_keygen
def test_without_allowed_signers_a_right_signature_is_a_note_that_names_its_key(signed: Path) -> None:
    answer = verify(str(signed), NOTHING).answers[5]
    assert answer.verdict is Verdict.NOTE
    assert answer.message.startswith("signed by SHA256:")
    assert answer.message.endswith(", for whom nobody vouches: name --allowed-signers FILE")


@needs_keygen
def test_a_signature_survives_all_that_changes_no_definition(signed: Path, vouched: VerifyOptions) -> None:
    for statements in (
        ["PRAGMA page_size=512", "VACUUM"],
        ["INSERT INTO runtime_state VALUES ('student', 'step-1', 'active', '2026-02-01T10:00:00Z', NULL)"],
        ["INSERT INTO custom_state VALUES ('student', 'answer', '42')", "REINDEX", "ANALYZE"],
        ["PRAGMA auto_vacuum=FULL", "VACUUM"],
    ):
        found = verify(str(change(signed, *statements)), vouched)
        assert (found.content_digest, found.problems) == (CONTENT, ())
        assert verdicts(found)["signature"] == "yes"


@needs_keygen
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE steps SET title = title || ' ' WHERE id = 'step-3'",
        "UPDATE navigation SET unlock_condition = '' WHERE step_id = 'step-1'",
        "UPDATE steps SET position = 40 WHERE id = 'step-4'",
        "UPDATE workshop SET version = 'v2'",
    ],
)
def test_a_signature_breaks_on_any_changed_definition(
    statement: str, signed: Path, vouched: VerifyOptions
) -> None:
    found = verify(str(change(signed, statement)), vouched)
    assert verdicts(found)["digest"] == "no"
    assert verdicts(found)["signature"] == "no"
    assert found.problems[-1].code == "YS826"


PUBLISHED = "ask whoever publishes it for the file as it was signed"


def test_who_verifies_is_not_told_to_sign(built: Path, make_database: MakeDatabase, tmp_path: Path) -> None:
    (tmp_path / "signers").write_text("")
    options = VerifyOptions(allowed_signers=str(tmp_path / "signers"))
    assert only_problem(built, options).help == (
        f"{PUBLISHED}; they sign it with: yamlsync sign {built} --key KEY"
    )
    old = make_database(course(), name="an old one.db")
    assert only_problem(Path(old), options).help == (
        "schema 1 can hold no signature: ask whoever publishes it for a signed file; "
        f"they make one with: yamlsync migrate '{old}', and yamlsync sign '{old}' --key KEY"
    )
    with pytest.raises(OperationError, match="is not signed") as caught:
        verify(str(built), VerifyOptions(signature_out=str(tmp_path / "out")))
    assert caught.value.help == PUBLISHED


def test_what_is_not_signed_is_refused_where_a_signer_is_asked_for(
    built: Path, make_database: MakeDatabase, tmp_path: Path
) -> None:
    signers = tmp_path / "signers"
    signers.write_text("")
    options = VerifyOptions(allowed_signers=str(signers))
    problem = only_problem(built, options)
    assert (problem.code, problem.place) == ("YS821", artifact_cell(built, "signature"))
    old = make_database(course(), name="old.db")
    (problem,) = verify(old, options).problems
    assert (problem.code, problem.place) == ("YS821", Cell(old))


@needs_keygen
@pytest.mark.parametrize("half", ["statement", "signature"])
def test_half_of_a_signature_is_refused(half: str, signed: Path) -> None:
    change(signed, f"DELETE FROM artifact WHERE key = '{half}'")
    kept = "signature" if half == "statement" else "statement"
    found = verify(str(signed), NOTHING)
    assert told(found) == [("signature", "YS813", f'table artifact, row key "{kept}", column value')]
    assert found.problems[0].help == PUBLISHED


@needs_keygen
@pytest.mark.parametrize(
    ("who", "options", "identity", "code"),
    [
        (ADA, 'valid-before="20200101"', ADA, "YS825"),
        (ADA, 'valid-after="29990101"', None, "YS825"),
        (ADA, 'namespaces="git,file"', ADA, "YS828"),
        (ADA, "", "bob@example.org", "YS827"),
        (ADA, 'valid-before="never"', ADA, "YS829"),
    ],
)
def test_each_refusal_by_the_allowed_signers_has_its_own_code(
    who: str, options: str, identity: str | None, code: str, signed: Path, key: Path, tmp_path: Path
) -> None:
    signers = allow(tmp_path / "signers", key, who, options)
    problem = only_problem(signed, VerifyOptions(allowed_signers=str(signers), identity=identity))
    assert (problem.code, problem.place) == (code, artifact_cell(signed, "signature"))
    assert problem.help


@needs_keygen
def test_a_signer_whom_nobody_knows_is_refused(signed: Path, tmp_path: Path) -> None:
    signers = allow(tmp_path / "signers", new_key(tmp_path / "other"))
    assert only_problem(signed, VerifyOptions(allowed_signers=str(signers))).code == "YS824"


@needs_keygen
def test_a_signature_of_another_namespace_is_refused(
    key: Path, tmp_path: Path, vouched: VerifyOptions
) -> None:
    artifact = sign_artifact(artifact_for(course()), str(statement_for(course())), key, "git")
    path = write(tmp_path / "course.db", course(), artifact)
    for options in (vouched, NOTHING):
        assert only_problem(path, options).code == "YS823"


@needs_keygen
@pytest.mark.parametrize("damage", ["none", "other"])
def test_a_signature_that_is_none_or_does_not_fit_is_refused(
    damage: str, key: Path, tmp_path: Path, vouched: VerifyOptions
) -> None:
    signature = "anything" if damage == "none" else signed_text(key, b"another text")
    artifact = evolve(artifact_for(course()), statement=str(statement_for(course())), signature=signature)
    path = write(tmp_path / "course.db", course(), artifact)
    for options in (vouched, NOTHING):
        problem = only_problem(path, options)
        assert (problem.code, problem.help) == ("YS822", PUBLISHED)


def replaced(line: str, contents: Contents) -> str:
    """A statement in which one line is another."""
    statement = statement_for(contents)
    match line:
        case "workshop":
            return str(evolve(statement, workshops=(("other", "v1"),)))
        case "version":
            return str(evolve(statement, workshops=(("course", "v0"),)))
        case "content":
            return str(evolve(statement, content_digest="y1:" + "0" * 64))
        case "commit":
            return str(evolve(statement, source_commit=None))
        case _:
            return "I owe Bob 10 euros.\n"


@needs_keygen
@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("workshop", 'its workshop is "other", here it is "course"'),
        ("version", 'its version of "course" is "v0", here it is "v1"'),
        ("content", f"its content is y1:{'0' * 64}, here it is {CONTENT}"),
        ("commit", f'its commit is none, here it is "{COMMIT}"'),
        ("all", "it says nothing of a workshop"),
    ],
)
def test_a_replaced_statement_is_refused_and_its_lines_are_named(
    line: str, said: str, key: Path, tmp_path: Path, vouched: VerifyOptions
) -> None:
    artifact = sign_artifact(artifact_for(course()), replaced(line, course()), key)
    path = write(tmp_path / "course.db", course(), artifact)
    for options in (vouched, NOTHING):
        problem = only_problem(path, options)
        assert (problem.code, problem.place) == ("YS826", artifact_cell(path, "statement"))
        assert problem.message == f"the signature is of another statement: {said}"
        assert problem.help == f"{PUBLISHED}; if the change is meant, they sign it anew"
        answer = verify(str(path), options).answers[5]
        assert (answer.verdict, answer.message) == (Verdict.NO, "the signature is of another statement")


@needs_keygen
def test_a_commit_that_was_put_in_afterwards_is_not_signed(signed: Path, vouched: VerifyOptions) -> None:
    change(signed, f"UPDATE artifact SET value = '{'f' * 40}' WHERE key = 'source_commit'")
    problem = only_problem(signed, vouched)
    assert problem.code == "YS826"
    assert problem.message.endswith(f'its commit is "{COMMIT}", here it is "{"f" * 40}"')


@needs_keygen
def test_an_unknown_signer_of_a_replaced_statement_is_told_as_both(key: Path, tmp_path: Path) -> None:
    artifact = sign_artifact(artifact_for(course()), replaced("content", course()), key)
    path = write(tmp_path / "course.db", course(), artifact)
    signers = allow(tmp_path / "signers", new_key(tmp_path / "other"))
    found = verify(str(path), VerifyOptions(allowed_signers=str(signers)))
    assert [problem.code for problem in found.problems] == ["YS824", "YS826"]


@needs_keygen
def test_allowed_signers_that_are_not_there_are_an_error(signed: Path, tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="cannot be read"):
        verify(str(signed), VerifyOptions(allowed_signers=str(tmp_path / "none")))


NO_KEYGEN = ", it says, and nobody could judge that: "


@needs_keygen
@pytest.mark.parametrize(
    ("program", "why"),
    [
        (None, "ssh-keygen is not installed"),
        ("#!/bin/sh\nexit 127\n", "ssh-keygen failed, with exit code 127"),
        ("#!/bin/sh\nexit 1\n", "this ssh-keygen is too old: it does not know -Y check-novalidate"),
        ("no program", "ssh-keygen could not be run: Exec format error"),
    ],
)
def test_without_ssh_keygen_all_but_the_signer_is_told(
    program: str | None, why: str, signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_with = verify(str(signed), NOTHING)
    key = told_with.answers[5].message.split(",")[0]
    (tmp_path / "bin").mkdir()
    if program is not None:
        (tmp_path / "bin" / "ssh-keygen").write_text(program)
        (tmp_path / "bin" / "ssh-keygen").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    found = verify(str(signed), NOTHING)
    answer = Answer("signature", Verdict.NOTE, f"{key}{NO_KEYGEN}{why}")
    assert key.startswith("signed by SHA256:")
    assert found == evolve(told_with, answers=(*told_with.answers[:5], answer))
    change(signed, "UPDATE steps SET title = 'x' WHERE id = 'step-2'")
    assert [problem.code for problem in verify(str(signed), NOTHING).problems] == ["YS814", "YS826"]


@needs_keygen
def test_without_ssh_keygen_what_is_no_signature_of_ours_is_refused_all_the_same(
    key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = str(statement_for(course()))
    ours = artifact_for(course())
    git = write(tmp_path / "git.db", course(), sign_artifact(ours, statement, key, "git"))
    none = write(tmp_path / "none.db", course(), evolve(ours, statement=statement, signature="anything"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [only_problem(path).code for path in (git, none)] == ["YS823", "YS822"]


@needs_keygen
def test_without_ssh_keygen_nobody_can_tell_an_allowed_signer_and_all_else_is_answered(
    signed: Path, vouched: VerifyOptions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "SHA256SUMS").write_text("")
    options = evolve(vouched, against=str(signed), sums=str(tmp_path / "SHA256SUMS"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UntriedError, match="ssh-keygen is not installed") as caught:
        verify(str(signed), options)
    assert caught.value.help == "install OpenSSH, 8.2 or later"
    assert verdicts(caught.value.answered) == {
        "file": "yes",
        "schema": "yes",
        "references": "yes",
        "values": "yes",
        "digest": "yes",
        "against": "yes",
        "sums": "no",
    }
    out = tmp_path / "out"
    with pytest.raises(UntriedError):
        verify(str(signed), evolve(options, signature_out=str(out)))
    assert not out.exists()


@needs_keygen
def test_an_unreadable_line_of_the_allowed_signers_is_named(signed: Path, key: Path, tmp_path: Path) -> None:
    signers = tmp_path / "signers"
    # The .pub file itself, as it is most often taken for one.
    signers.write_text("# who may\n\n" + Path(f"{key}.pub").read_text())
    problem = only_problem(signed, VerifyOptions(allowed_signers=str(signers)))
    assert problem.code == "YS824"
    assert problem.message.endswith(" is not among the allowed signers; line 3 could not be read")
    assert (problem.help or "").endswith(
        "a line has a name, the kind of the key and the key: ann@example.org ssh-ed25519 AAAA..."
    )


def compared(old: Contents, new: Contents) -> Answer:
    return against_answer(new, "new.db", "old", Opened(old, (), ""))


BRING = "to see which of the two was changed, and how to bring them together"


@pytest.mark.parametrize(
    ("workshop", "root", "help"),
    [
        ("old.db", "", "see which of the two is right, and ask whoever publishes it for that one"),
        (
            "a b",
            "a b",
            f"{BRING}: yamlsync status new.db 'a b'",
        ),
    ],
)
def test_which_of_two_is_right_is_for_status_to_tell(workshop: str, root: str, help: str) -> None:
    answer = against_answer(course(word="two"), "new.db", workshop, Opened(course(), (), root))
    assert {problem.help for problem in answer.problems} == {help}


def test_each_difference_is_told_at_its_cell() -> None:
    (old,) = course().workshops
    one, two, three, _ = old.steps
    assert three.navigation is not None
    steps = (
        evolve(one, title="Title two", markdown=None, navigation=None),
        evolve(two, metadata=(Metadata("hint.1", "look two"), Metadata("hint.2", "x"))),
        evolve(three, navigation=evolve(three.navigation, unlock_condition=None)),
        Step("new", "N", "img", 4),
    )
    new = Contents((evolve(old, version="v2", steps=steps),))
    answer = compared(course(), new)
    assert (answer.verdict, answer.message) == (Verdict.NO, "9 differences from old")
    assert {problem.code for problem in answer.problems} == {"YS815"}
    assert [str(problem.place) for problem in answer.problems] == [
        'new.db: table workshop, row id "course", column version',
        'new.db: table steps, row id "step-1", column title',
        'new.db: table steps, row id "step-1", column markdown',
        'new.db: table navigation, row step_id "step-1"',
        'new.db: table step_metadata, row step_id "step-2", key "hint.1", column value',
        'new.db: table step_metadata, row step_id "step-2", key "hint.2"',
        'new.db: table navigation, row step_id "step-3", column unlock_condition',
        'new.db: table steps, row id "step-4"',
        'new.db: table steps, row id "new"',
    ]
    assert answer.problems[1].message == 'step "step-1", title: "Title one" became "Title two"'


@given(strategies.contents(), strategies.contents())
def test_two_contents_differ_in_a_cell_exactly_if_they_differ(one: Contents, other: Contents) -> None:
    answer = compared(one, other)
    assert (answer.verdict is Verdict.YES) is (one.workshops == other.workshops)
    assert (answer.verdict is Verdict.YES) is (not answer.problems)
    for problem in answer.problems:
        assert isinstance(problem.place, Cell)
        assert problem.place.table is not None


@given(strategies.contents(), st.data())
def test_one_changed_text_is_found_in_its_cell(contents: Contents, data: st.DataObject) -> None:
    workshop = data.draw(st.sampled_from(contents.workshops))
    if not workshop.steps:
        return
    step = data.draw(st.sampled_from(workshop.steps))
    column = data.draw(st.sampled_from(["title", "image_tag", "markdown", "goss_spec"]))
    changed: Any = {column: (getattr(step, column) or "") + "x"}
    steps = tuple(evolve(each, **changed) if each is step else each for each in workshop.steps)
    workshops = tuple(evolve(each, steps=steps) if each is workshop else each for each in contents.workshops)
    (problem,) = compared(contents, Contents(workshops)).problems
    assert isinstance(problem.place, Cell)
    assert (problem.place.table, problem.place.column) == ("steps", column)


def test_names_that_are_shown_alike_hide_no_difference() -> None:
    (old,) = course(1).workshops
    step = old.steps[0]
    keys = (Metadata("\x01", "same"), Metadata("\\x01", "one"))
    others = (Metadata("\x01", "other"), Metadata("\\x01", "one"))
    one = Contents((evolve(old, steps=(evolve(step, metadata=keys),)),))
    other = Contents((evolve(old, steps=(evolve(step, metadata=others),)),))
    assert compared(one, other).verdict is Verdict.NO


def test_sums_are_asked_whatever_else_is_wrong(built: Path, tmp_path: Path) -> None:
    import hashlib

    sums = tmp_path / "SHA256SUMS"
    options = VerifyOptions(sums=str(sums))
    with pytest.raises(OperationError, match="does not exist"):
        verify(str(built), options)
    again = f"take the database and {sums} again from where they are published"
    for text, message in (
        ("", f"{sums} has no line of it"),
        (f"{'0' * 64}  course.db\n", f"its bytes are not those that {sums} was made of"),
    ):
        sums.write_text(text)
        found = verify(str(built), options)
        assert told(found) == [("sums", "YS816", "")]
        assert [(problem.message, problem.help) for problem in found.problems] == [(message, again)]
    sums.write_text("what the course is about\n")
    with pytest.raises(OperationError, match="is no file of sums"):
        verify(str(built), options)
    sums.write_text(f"{hashlib.sha256(built.read_bytes()).hexdigest()}  course.db\n")
    assert verify(str(built), options).answers[-1] == Answer("sums", Verdict.YES, f"as {sums} says")
    change(built, "CREATE TABLE notes (x)")
    found = verify(str(built), options)
    assert told(found) == [("schema", "YS801", ""), ("sums", "YS816", "")]

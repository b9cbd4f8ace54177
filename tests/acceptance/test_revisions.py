"""`REV:PATH` wherever a WORKSHOP stands: digest, import, verify, check (CLI-30, GIT-35 to GIT-38)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.command import course, run
from tests.git.repository import Made, make

MakeDatabase = Callable[..., str]


@pytest.fixture
def made(tmp_path: Path, make_database: MakeDatabase) -> Made:
    """A repository with a workshop in course/, its database beside it, and a commit that spoils a step."""
    made = make(tmp_path / "top")
    source = make_database(course(progress=True), name="source.db")
    assert run("export", "--state", source, made.top / "course").returncode == 0
    made.commit({".gitignore": b".yamlsync/\n", "course.db": Path(source).read_bytes()})
    made.git("tag", "v1.0")
    step = made.top / "course" / "steps" / "step-1.yaml"
    step.write_bytes(step.read_bytes().replace(b"title: ", b"titel: "))
    made.commit({})
    return made


SPOILED = """\
HEAD:course/steps/step-1.yaml:2:1: YS107 the key titel is not known here
   |
 2 | titel: Title one
   | ^^^^^
   = help: did you mean title?
"""


def test_the_digest_of_a_revision_is_that_of_its_directory_and_its_database(made: Made) -> None:
    made.git("checkout", "-q", "v1.0")
    expected = run("digest", "--steps", "course", cwd=made.top).stdout
    assert expected.startswith("y1:")
    for name in ("v1.0:course", "HEAD:./course/", "v1.0:course.db", "main~1:course"):
        done = run("digest", "--steps", name, cwd=made.top)
        assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")
    below = run("-C", made.top / "course", "digest", "--steps", "v1.0:./")
    assert (below.returncode, below.stdout) == (0, expected)


def test_problems_in_a_revision_are_told_with_their_lines(made: Made) -> None:
    done = run("digest", "HEAD:course", cwd=made.top)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{SPOILED}1 problem\n")
    (made.top / "course" / "steps" / "step-1.yaml").unlink()
    done = run("import", "HEAD:course", "new.db", cwd=made.top)
    assert (done.returncode, done.stderr) == (1, f"{SPOILED}1 problem; nothing was changed\n")
    assert not (made.top / "new.db").exists()
    done = run("verify", "course.db", "--against", "HEAD:course", cwd=made.top)
    assert (done.returncode, done.stderr) == (1, SPOILED)
    assert "against     no         HEAD:course has 1 problem itself" in done.stdout


def test_a_database_built_from_a_revision_is_the_one_that_is_built_from_its_directory(made: Made) -> None:
    made.git("checkout", "-q", "v1.0")
    commit = made.git("rev-parse", "v1.0")
    for options in ([], ["--state"], ["--schema", "1"], ["--source-commit", commit]):
        assert run("import", *options, "course", "one.db", "--force", cwd=made.top).returncode == 0
        done = run("import", *options, "v1.0:course", "two.db", "--force", cwd=made.top)
        assert (done.returncode, done.stderr) == (0, "two.db: 4 steps\n")
        assert (made.top / "one.db").read_bytes() == (made.top / "two.db").read_bytes()
        checked = run("import", "--check", *options, "v1.0:course", "one.db", cwd=made.top)
        assert (checked.returncode, checked.stdout) == (0, "")
        (made.top / "one.db").unlink()
        (made.top / "two.db").rename(made.top / "last.db")
    assert run("verify", "last.db", "--against", "v1.0:course", cwd=made.top).returncode == 0


def test_the_source_commit_of_a_revision_has_to_be_true(made: Made) -> None:
    first, second = made.git("rev-parse", "v1.0"), made.git("rev-parse", "HEAD")
    made.git("checkout", "-q", "v1.0")
    third = made.commit({"README.md": b"x"})
    # Another commit with the same files is as true.
    assert run("import", "--source-commit", third, "v1.0:course", "a.db", cwd=made.top).returncode == 0
    done = run("import", "--source-commit", second, "v1.0:course", "b.db", "--force", cwd=made.top)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        f"error: the files in v1.0:course are not those of commit {second[:7]}…: steps/step-1.yaml"
    )
    done = run("import", "--source-commit", "1" * len(first), "v1.0:course", "b.db", cwd=made.top)
    assert done.returncode == 2
    assert "is not in this repository" in done.stderr
    assert not (made.top / "b.db").exists()


def test_progress_counts_for_the_source_commit_where_it_is_read(made: Made) -> None:
    made.git("checkout", "-q", "v1.0")
    made.git("rm", "-r", "-q", "course/state")
    commit = made.commit({})
    done = run("import", "--source-commit", commit, "v1.0:course", "a.db", cwd=made.top)
    assert done.returncode == 0
    done = run("import", "--state", "--source-commit", commit, "v1.0:course", "b.db", cwd=made.top)
    assert done.returncode == 2
    assert "are not those of commit" in done.stderr


def test_what_import_cannot_take_from_a_revision_is_refused(made: Made) -> None:
    done = run("import", "v1.0:course.db", "new.db", cwd=made.top)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "error: v1.0:course.db is a file, and no folder of a workshop",
    )
    done = run("import", "v1.0:course", "notes.md", cwd=made.top)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "error: notes.md is not named like a database",
    )


def test_a_database_that_differs_from_a_revision_is_told_of_without_a_status(made: Made) -> None:
    done = run("import", "--check", "v1.0:course", "course.db", cwd=made.top)
    assert done.returncode in (0, 1)
    edited = made.top / "course" / "workshop.yaml"
    edited.write_bytes(edited.read_bytes().replace(b"Course one", b"Course two"))
    step = made.top / "course" / "steps" / "step-1.yaml"
    step.write_bytes(step.read_bytes().replace(b"titel: ", b"title: "))
    made.commit({})
    done = run("import", "--check", "--state", "HEAD:course", "course.db", cwd=made.top)
    assert done.returncode == 1
    assert "status" not in done.stderr
    done = run("verify", "course.db", "--against", "HEAD:course", cwd=made.top)
    assert done.returncode == 1
    assert "1 difference from HEAD:course" in done.stdout


def test_check_tells_what_is_wrong_in_a_revision(made: Made) -> None:
    done = run("check", "HEAD:course", cwd=made.top)
    assert (done.returncode, done.stdout) == (1, SPOILED)
    assert done.stderr == "3 of 4 steps could be looked into: 1 error\n"
    both = run("check", "--output-format", "json", "HEAD:course", "course", cwd=made.top)
    assert [each["path"] for each in json.loads(both.stdout)] == [
        "HEAD:course/steps/step-1.yaml",
        "course/steps/step-1.yaml",
    ]
    for name in ("v1.0:course", "v1.0:course.db"):
        found = run("check", "--output-format", "concise", name, cwd=made.top)
        expected = run("check", "--output-format", "concise", name.removeprefix("v1.0:"), cwd=made.top)
        if name.endswith(".db"):
            assert found.stdout == expected.stdout.replace("course.db", name)
        else:
            assert "YS107" not in found.stdout


def test_places_in_revisions_stay_as_they_are_for_programs(made: Made) -> None:
    environment = {"GITHUB_WORKSPACE": str(made.top)}
    done = run("check", "--output-format", "github", "HEAD:./", cwd=made.top / "course", env=environment)
    assert done.stdout.startswith("::error file=HEAD%3A./steps/step-1.yaml,line=2,")


def test_the_settings_of_a_revision_are_those_in_it(made: Made) -> None:
    made.git("checkout", "-q", "v1.0")
    bad = made.top / "course" / "steps" / "step-1.yaml"
    bad.write_bytes(bad.read_bytes() + b"metadata:\n  hint.01: x\n")
    made.commit({"pyproject.toml": b"[project]\n"})
    found = run("check", "--output-format", "concise", "HEAD:course", cwd=made.top).stdout.split()
    code = next(word for word in found if word.startswith("YS"))
    made.commit({"yamlsync.toml": f'[per-file-ignores]\n"course/steps/*" = ["{code}"]\n'.encode()})
    (made.top / "yamlsync.toml").write_text('select = ["nonsense"]\n', encoding="utf-8")
    assert code in run("check", "--output-format", "concise", "HEAD~:course", cwd=made.top).stdout
    assert code not in run("check", "--output-format", "concise", "HEAD:course", cwd=made.top).stdout
    made.commit({})
    done = run("check", "HEAD:course", cwd=made.top)
    assert done.returncode == 2
    assert 'error: HEAD:yamlsync.toml: select: there is no rule "NONSENSE"' in done.stderr
    (made.top / "yamlsync.toml").unlink()
    (made.top / "yamlsync.toml").symlink_to("pyproject.toml")
    made.commit({})
    done = run("check", "HEAD:course", cwd=made.top)
    assert done.returncode == 2
    assert "HEAD:yamlsync.toml cannot be read: it is a link, and links are not followed" in done.stderr


@pytest.mark.parametrize(
    ("option", "why"), [("--fix", "mends files"), ("--watch", "waits for files to be saved")]
)
def test_nothing_in_a_revision_is_mended_or_watched(made: Made, option: str, why: str) -> None:
    done = run("check", option, "HEAD:course", cwd=made.top)
    assert done.returncode == 2
    assert f"Error: {option} {why}, and HEAD:course is in Git: name the directory itself" in done.stderr


def test_of_a_revision_single_files_are_not_checked(made: Made) -> None:
    done = run("check", "HEAD:course/steps/step-1.yaml", cwd=made.top)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: HEAD:course/steps/step-1.yaml is no SQLite database",
        "  = help: name a workshop's database, or the folder of its files",
    ]


def test_what_cannot_be_read_from_git_ends_with_2(made: Made, tmp_path: Path) -> None:
    for name in (
        "nope:course",
        "HEAD:nope",
        "HEAD~7:course",
        ":course",
        "HEAD:/etc",
        "HEAD:../x",
        "HEAD:course/steps",
    ):
        for command in (
            ["digest", name],
            ["check", name],
            ["import", name, "new.db"],
            ["verify", "course.db", "--against", name],
        ):
            done = run(*command, cwd=made.top)
            assert done.returncode == 2, command
            assert "error: " in done.stderr
            assert "= help: " in done.stderr
    assert not (made.top / "new.db").exists()
    done = run("digest", "--", "-x:course", cwd=made.top)
    assert done.stderr.startswith('error: "-x" is no revision: it begins with -')
    done = run("digest", "HEAD:course", cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        f"error: there is no Git repository around {tmp_path}",
    )
    done = run("digest", "HEAD:course", cwd=made.top, env={"PATH": ""})
    assert (done.returncode, done.stderr) == (2, "error: git is not installed\n  = help: install git\n")


def test_a_path_that_looks_like_a_drive_is_a_path(made: Made) -> None:
    for name in ("C:\\courses", "C:/courses"):
        done = run("digest", name, cwd=made.top)
        assert (done.returncode, done.stderr.splitlines()[0]) == (2, f"error: {name} does not exist")

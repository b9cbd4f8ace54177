"""`yamlsync import` as its users meet it (CLI, SQL-50, SQL-60)."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.command import course, run
from tests.conftest import ROOT
from yamlsync.database.read import read_database
from yamlsync.database.schema import APPLICATION_ID

MakeDatabase = Callable[..., str]


@pytest.fixture
def tree(make_database: MakeDatabase, tmp_path: Path) -> Path:
    """A directory with an exported workshop."""
    assert run("export", make_database(course(), name="source.db"), tmp_path / "tree").returncode == 0
    return tmp_path / "tree"


def test_a_database_is_built(tree: Path, tmp_path: Path) -> None:
    done = run("import", tree, tmp_path / "course.db")
    assert (done.returncode, done.stdout) == (0, "")
    assert "course.db: 4 steps" in done.stderr
    assert read_database(str(tmp_path / "course.db")).contents == course()
    with closing(sqlite3.connect(tmp_path / "course.db")) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_same_tree_gives_the_same_bytes(tree: Path, tmp_path: Path) -> None:
    built = []
    for number, environment in enumerate(
        [
            {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
        ]
    ):
        copy = tmp_path / f"copy-{number}"
        copy.mkdir()
        names = list(tree.rglob("*.yaml"))
        random.Random(number).shuffle(names)
        for path in names:
            place = copy / path.relative_to(tree)
            place.parent.mkdir(exist_ok=True)
            shutil.copy(path, place)
        previous = os.umask(0o077 if number else 0o002)
        try:
            assert run("import", copy, tmp_path / f"{number}.db", env=environment).returncode == 0
        finally:
            os.umask(previous)
        built.append((tmp_path / f"{number}.db").read_bytes())
    assert built[0] == built[1]


def test_an_unchanged_database_is_left_as_it_is(tree: Path, tmp_path: Path) -> None:
    run("import", tree, tmp_path / "course.db")
    before = (tmp_path / "course.db").stat()
    done = run("import", tree, tmp_path / "course.db")
    assert "4 steps, unchanged" in done.stderr
    after = (tmp_path / "course.db").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_size) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_size,
    )


def test_check_says_what_differs_by_step_and_field(
    tree: Path, tmp_path: Path, make_database: MakeDatabase
) -> None:
    database = make_database(course(3, word="two"))
    before = Path(database).read_bytes()
    done = run("import", "--check", "--schema", 1, tree, database)
    assert done.returncode == 1
    assert 'step "step-1", title: "Title two" became "Title one"' in done.stdout
    assert 'step "step-4": is new' in done.stdout
    assert done.stderr == f"to build it anew: yamlsync import --schema 1 {tree} {database}\n"
    assert Path(database).read_bytes() == before
    same = make_database(course(progress=True), name="same.db")
    assert run("import", "--check", "--schema", 1, tree, same).returncode == 0
    done = run("import", "--check", tree, same)
    assert (done.returncode, done.stdout) == (1, "the database: has schema 1, not 2\n")
    assert run("import", "--check", tree, tmp_path / "none.db").returncode == 2


def test_the_command_that_builds_it_anew_works_in_a_shell(tree: Path, tmp_path: Path) -> None:
    assert run("import", tree, tmp_path / "my course.db").returncode == 0
    edit = tree / "steps" / "step-1.yaml"
    edit.write_text(edit.read_text().replace("Title one", "Title two"))
    stale = ["import", "--check", "--state", tree, "my course.db"]
    done = run(*stale, cwd=tmp_path)
    assert (done.returncode, run("-q", *stale, cwd=tmp_path).stderr) == (1, "")
    command = done.stderr.strip().partition("yamlsync ")[2]
    assert command == f"import --state {tree} 'my course.db'"
    shell = f"{sys.executable} -m yamlsync {command}"
    assert subprocess.run(shell, shell=True, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    done = run(*stale, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("name", ["README.md", "workshop.YAML", "a.yml", "a.toml", "a.json"])
def test_a_text_is_not_made_a_database(tree: Path, name: str, force: list[str]) -> None:
    for there in (False, True):
        if there:
            (tree / name).write_bytes(b"")
        done = run("import", *force, tree, tree / name)
        assert done.returncode == 2
        assert f"{name} is not named like a database" in done.stderr
        assert "import DIR DB" in done.stderr
    assert (tree / name).read_bytes() == b""


def test_a_database_may_be_called_anything_else(tree: Path, tmp_path: Path) -> None:
    for name in ("course", "course.sqlite", "course.sqlite3", "course.v1"):
        assert run("import", tree, tmp_path / name).returncode == 0


def test_arguments_the_other_way_round_are_told(
    tree: Path, tmp_path: Path, make_database: MakeDatabase
) -> None:
    database = make_database(course(), name="course.data")
    (tmp_path / "notes.txt").write_text("mine")
    for swapped in ((database, tree), (database, tmp_path / "new"), (tmp_path / "notes.txt", tree)):
        for options in ([], ["--check"]):
            done = run("import", *options, *swapped)
            assert done.returncode == 2
            assert "the arguments are the other way round: import takes DIR DB" in done.stderr
    done = run("import", tmp_path / "notes.txt", tmp_path / "new.db")
    assert (done.returncode, "is a file, not a folder" in done.stderr) == (2, True)
    assert sorted(path.name for path in tmp_path.glob("new*")) == []


def test_check_holds_the_schema_against_the_seed(tree: Path, make_database: MakeDatabase) -> None:
    done = run("import", "--check", tree, make_database(course(), "CREATE TABLE extra (x)"))
    assert done.returncode == 1
    assert "YS801 the table extra is not known" in done.stderr


def test_a_database_with_progress_is_not_replaced(tree: Path, make_database: MakeDatabase) -> None:
    database = make_database(course(word="two", progress=True))
    before = Path(database).read_bytes()
    done = run("import", tree, database)
    assert done.returncode == 2
    assert "holds 2 rows of students' progress, which would be lost" in done.stderr
    assert Path(database).read_bytes() == before
    assert run("import", "--force", tree, database).returncode == 0
    assert read_database(database).contents == course()


def test_progress_travels_with_state(tree: Path, tmp_path: Path, make_database: MakeDatabase) -> None:
    database = make_database(course(progress=True))
    assert run("export", "--state", database, tree).returncode == 0
    assert run("import", "--state", tree, database).returncode == 0
    assert read_database(database).contents == course(progress=True)
    assert run("import", tree, tmp_path / "bare.db").returncode == 0
    assert read_database(str(tmp_path / "bare.db")).contents == course()


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_what_is_no_database_is_never_replaced(tree: Path, tmp_path: Path, force: list[str]) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("mine, and longer than a header\n" * 20)
    done = run("import", *force, tree, notes)
    assert (done.returncode, "is no SQLite database" in done.stderr) == (2, True)
    assert notes.read_text().startswith("mine")
    done = run("import", *force, tree, tmp_path)
    assert (done.returncode, "is a folder" in done.stderr) == (2, True)


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_a_database_with_changes_beside_it_is_never_replaced(
    tree: Path, make_database: MakeDatabase, suffix: str
) -> None:
    database = make_database(course(word="two"))
    Path(database + suffix).write_bytes(b"changes")
    done = run("import", "--force", tree, database)
    assert done.returncode == 2
    assert f"{suffix} stands beside the database" in done.stderr
    assert "PRAGMA journal_mode=DELETE" in done.stderr


def test_another_program_s_database_is_not_replaced_without_force(tree: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE precious (x)")
    done = run("import", tree, tmp_path / "other.db")
    assert (done.returncode, "it has none of the tables" in done.stderr) == (2, True)
    assert run("import", "--force", tree, tmp_path / "other.db").returncode == 0


def test_a_link_to_a_database_is_followed(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "real" / "course.db")
    assert run("import", tree, tmp_path / "link.db").returncode == 0
    assert (tmp_path / "link.db").is_symlink()
    assert read_database(str(tmp_path / "real" / "course.db")).contents == course()


def test_modes_obey_the_umask_and_are_kept(tree: Path, tmp_path: Path, make_database: MakeDatabase) -> None:
    previous = os.umask(0o027)
    try:
        run("import", tree, tmp_path / "new.db")
    finally:
        os.umask(previous)
    assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o640
    old = Path(make_database(course(word="two"), name="old.db"))
    old.chmod(0o600)
    run("import", tree, old)
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


def test_names_that_a_uri_would_misread(tree: Path, tmp_path: Path) -> None:
    for name in ["a?mode=rw.db", "a#b.db", "a%41.db", "é ü.db"]:
        assert run("import", tree, tmp_path / name).returncode == 0
        assert run("export", tmp_path / name, tmp_path / f"{name}.out").returncode == 0


def test_problems_are_shown_with_their_lines(tree: Path, tmp_path: Path) -> None:
    step = tree / "steps" / "step-3.yaml"
    step.write_text(step.read_text().replace("unlock_condition", "unlock_conditon"))
    workshop = tree / "workshop.yaml"
    workshop.write_text(workshop.read_text() + "  - step-9\n")
    done = run("import", "tree", "course.db", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "tree/steps/step-3.yaml:5:3: YS107 the key unlock_conditon is not known here\n"
        "   |\n"
        ' 5 |   unlock_conditon: steps["step-2"].completed\n'
        "   |   ^^^^^^^^^^^^^^^\n"
        "   = help: did you mean unlock_condition?\n"
        'tree/workshop.yaml:11:5: YS123 the step "step-9" has no file steps/step-9.yaml\n'
        "    |\n"
        " 11 |   - step-9\n"
        "    |     ^^^^^^\n"
        "   = help: add the file, whose name ends in .yaml, or delete the line\n"
        "2 problems; nothing was changed\n"
    )
    assert not (tmp_path / "course.db").exists()


def test_hostile_text_reaches_no_terminal(tree: Path, tmp_path: Path) -> None:
    step = tree / "steps" / "step-1.yaml"
    step.write_bytes(step.read_bytes().replace(b"title: Title one", b'"\\x1b[31mred": \x1b[31mTitle'))
    done = run("import", tree, tmp_path / "course.db", env={"FORCE_COLOR": ""})
    assert done.returncode == 1
    assert "\x1b" not in done.stderr


def test_the_sample_workshop_is_canonical_but_for_its_comments(tmp_path: Path) -> None:
    assert run("import", ROOT / "sample-workshop", tmp_path / "sample.db").returncode == 0
    done = run("export", "--check", tmp_path / "sample.db", ROOT / "sample-workshop")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_journal_of_a_file_that_is_gone_is_not_left_to_be_rolled_back(
    tree: Path, tmp_path: Path, suffix: str, force: list[str]
) -> None:
    (tmp_path / f"course.db{suffix}").write_bytes(b"old pages")
    done = run("import", *force, tree, tmp_path / "course.db")
    assert done.returncode == 2
    assert "remove it: its database is gone" in done.stderr
    assert not (tmp_path / "course.db").exists()


def test_a_linked_database_is_read_with_what_stands_beside_it(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    database = make_database(course())
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "link.db").symlink_to(database)
    assert run("export", tmp_path / "links" / "link.db", tmp_path / "out").returncode == 0
    Path(database + "-journal").write_bytes(b"old pages")
    done = run("export", tmp_path / "links" / "link.db", tmp_path / "other")
    assert (done.returncode, "-journal stands beside" in done.stderr) == (2, True)


def test_a_folder_that_a_user_made_is_not_swept_away(tree: Path, tmp_path: Path) -> None:
    for name in (".yamlsync-backup", ".yamlsync-00000000-0123456789ab", ".course.db.yamlsync-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.txt").write_text("mine")
    assert run("import", tree, tmp_path / "course.db").returncode == 0
    assert len(list(tmp_path.glob(".*/mine.txt"))) == 3


def test_a_closed_output_is_no_difference(tree: Path, make_database: MakeDatabase) -> None:
    database = make_database(course())
    command = f"{sys.executable} -m yamlsync import --check --schema 1 {tree} {database} >&-"
    assert subprocess.run(["sh", "-c", command], capture_output=True, check=False).returncode == 0

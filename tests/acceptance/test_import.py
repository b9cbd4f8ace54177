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
from tests.acceptance.small_course import edit, write_course
from tests.conftest import ROOT
from yamlsync.database.read import read_database
from yamlsync.database.schema import APPLICATION_ID

MakeDatabase = Callable[..., str]
ANEW = "to build it anew: yamlsync import "
SEE = "to see which side changed, and what to do: "
COMMIT = "0123456789" * 4
STATE = "format: yamlsync/1\nworkspace: ann\ncustom:\n  - key: k\n    value: v\n"


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
    # It does not say what it was built from, so an import would refuse to replace it.
    assert done.stderr == f"{SEE}yamlsync status {database} {tree}\n"
    assert Path(database).read_bytes() == before
    same = make_database(course(progress=True), name="same.db")
    assert run("import", "--check", "--schema", 1, tree, same).returncode == 0
    done = run("import", "--check", tree, same)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = run("import", "--check", "--schema", 2, tree, same)
    assert (done.returncode, done.stdout) == (1, "the database: has schema 1, not 2\n")
    assert done.stderr == f"{ANEW}--keep-state --schema 2 {tree} {same}\n"
    assert run("import", "--check", tree, tmp_path / "none.db").returncode == 2


def test_the_command_that_builds_it_anew_works_in_a_shell(tree: Path, tmp_path: Path) -> None:
    assert run("import", tree, tmp_path / "my course.db").returncode == 0
    edited(tree)
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
    assert "says something else, and does not tell what it was built from" in done.stderr
    assert "to keep the progress: --keep-state; to drop all of this: --force\n" in done.stderr
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


# The schema is kept.


def schema_of(database: object) -> int:
    return read_database(str(database)).schema


def edited(tree: Path, old: str = "Title one", new: str = "Title two") -> None:
    edit(tree / "steps" / "step-1.yaml", old, new)


def sql(database: object, *statements: str) -> None:
    with closing(sqlite3.connect(str(database), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_database_keeps_its_schema_unless_another_is_asked_for(
    tree: Path, tmp_path: Path, make_database: MakeDatabase
) -> None:
    foreign = make_database(course(), name="foreign.db")
    done = run("import", tree, "foreign.db", cwd=tmp_path)
    assert (done.returncode, done.stderr, schema_of(foreign)) == (0, "foreign.db: 4 steps\n", 1)
    assert run("import", "--check", tree, foreign).returncode == 0
    edited(tree)
    done = run("import", "--force", tree, "foreign.db", cwd=tmp_path)
    assert (done.returncode, done.stderr, schema_of(foreign)) == (0, "foreign.db: 4 steps\n", 1)
    done = run("import", "--schema", 2, tree, "foreign.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "foreign.db: 4 steps, schema 1 became schema 2\n")
    assert schema_of(foreign) == 2
    edited(tree, "Title two", "Title three")
    done = run("import", tree, "foreign.db", cwd=tmp_path)
    assert (done.returncode, done.stderr, schema_of(foreign)) == (0, "foreign.db: 4 steps\n", 2)
    done = run("import", "--force", "--schema", 1, tree, "foreign.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "foreign.db: 4 steps, schema 2 became schema 1\n")
    assert schema_of(foreign) == 1


def test_a_database_that_cannot_be_read_gets_the_newest_schema_by_force(
    tree: Path, make_database: MakeDatabase
) -> None:
    database = make_database(course(), "CREATE VIEW v AS SELECT 1")
    done = run("import", tree, database)
    assert (done.returncode, "cannot be read, so nobody knows" in done.stderr) == (2, True)
    assert run("import", "--force", tree, database).returncode == 0
    assert schema_of(database) == 2


def test_a_newer_database_is_refused_with_what_to_install(tree: Path, tmp_path: Path) -> None:
    assert run("import", tree, tmp_path / "course.db").returncode == 0
    sql(tmp_path / "course.db", "PRAGMA user_version = 3")
    done = run("import", tree, "course.db", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: course.db cannot be read, so nobody knows what would be lost: ")
    assert done.stderr.endswith("  = help: install a newer yamlsync, one that reads schema 3\n")


# What an import leaves as it is.


def artifact(database: object) -> dict[str, str]:
    with closing(sqlite3.connect(str(database))) as connection:
        return dict(connection.execute("SELECT key, value FROM artifact").fetchall())


def test_what_would_only_lose_a_source_commit_and_a_signature_is_left(tree: Path, tmp_path: Path) -> None:
    database = tmp_path / "course.db"
    assert run("import", "--source-commit", COMMIT, tree, database).returncode == 0
    for claims in ([], ["signature", "statement"]):
        sql(database, *(f"INSERT INTO artifact VALUES ('{key}', 'x')" for key in claims))
        before = database.read_bytes()
        for options, more in (
            ([], ""),
            (["--source-commit", COMMIT], ""),
            (["--keep-state", "--schema", 2], ", 0 rows of progress kept"),
        ):
            done = run("import", *options, tree, "course.db", cwd=tmp_path)
            assert (done.returncode, done.stderr) == (0, f"course.db: 4 steps, unchanged{more}\n")
            assert database.read_bytes() == before
    # Another commit is another database, and the signature is not of that one.
    done = run("import", "--source-commit", COMMIT[::-1], tree, "course.db", cwd=tmp_path)
    assert done.stderr == (
        "warning: course.db was signed, and the new one is not\n"
        "  = help: sign it: yamlsync sign course.db --key KEY\n"
        "course.db: 4 steps\n"
    )
    assert artifact(database)["source_commit"] == COMMIT[::-1]
    assert "signature" not in artifact(database)


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_source_commit_and_a_signature_that_are_lost_are_told(
    tree: Path, tmp_path: Path, force: list[str]
) -> None:
    database = tmp_path / "my course.db"
    assert run("import", "--source-commit", COMMIT, tree, database).returncode == 0
    sql(database, "INSERT INTO artifact VALUES ('signature', 'x')")
    if not force:
        edited(tree)
    done = run("import", *force, tree, "my course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        0,
        (
            "warning: my course.db was signed, and the new one is not\n"
            "  = help: sign it: yamlsync sign 'my course.db' --key KEY\n"
            "my course.db: 4 steps, without the source commit of the old one\n"
        ),
    )


# The source commit is that of the files.


@pytest.fixture
def repository(tree: Path) -> Path:
    """A repository with the workshop in `tree`, committed."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    git(tree.parent, "init", "-q")
    git(tree.parent, "add", "tree")
    git(tree.parent, "commit", "-q", "-m", "x")
    return tree.parent


def git(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return done.stdout.strip()


def test_a_source_commit_that_has_the_files_is_kept(repository: Path) -> None:
    commit = git(repository, "rev-parse", "HEAD")
    # What is no file of the workshop, and what Git does not hold of progress, does not matter.
    (repository / "tree" / "state").mkdir()
    (repository / "tree" / "state" / "ann.yaml").write_text(STATE)
    (repository / "tree" / "notes.txt").write_text("mine")
    git(repository, "commit", "-q", "--allow-empty", "-m", "later")
    step = repository / "tree" / "steps" / "step-1.yaml"
    step.write_bytes(step.read_bytes().replace(b"\n", b"\r\n"))
    done = run("import", "--source-commit", commit, "tree", "course.db", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "course.db: 4 steps\n")
    assert artifact(repository / "course.db")["source_commit"] == commit
    done = run("import", "--check", "--source-commit", commit, "tree", "course.db", cwd=repository)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    head = git(repository, "rev-parse", "HEAD")
    done = run("import", "--check", "--source-commit", head, "tree", "course.db", cwd=repository)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        f"the database: does not say that it was built from commit {head}\n",
        f"{ANEW}--source-commit {head} tree course.db\n",
    )
    assert run("import", "--check", "tree", "course.db", cwd=repository).returncode == 0


@pytest.mark.parametrize("options", [[], ["--force"], ["--check"]])
def test_a_source_commit_that_has_other_files_is_refused(repository: Path, options: list[str]) -> None:
    commit = git(repository, "rev-parse", "HEAD")
    assert run("import", repository / "tree", repository / "course.db").returncode == 0
    before = (repository / "course.db").read_bytes()

    def refused(*more: str) -> str:
        named = ["--source-commit", commit, "tree", "course.db"]
        done = run("import", *options, *more, *named, cwd=repository)
        assert (done.returncode, done.stdout) == (2, "")
        assert (repository / "course.db").read_bytes() == before
        return done.stderr

    help = "  = help: commit them, or name the commit that has them; or leave --source-commit out\n"
    error = f"error: the files in tree are not those of commit {commit[:7]}…: "
    edited(repository / "tree")
    assert refused() == f"{error}steps/step-1.yaml\n{help}"
    assert run("step", "rm", "--force", "tree", "step-4", cwd=repository).returncode == 0
    assert run("step", "add", "tree", "new", cwd=repository).returncode == 0
    assert refused() == (f"{error}steps/new.yaml, steps/step-1.yaml, steps/step-4.yaml and 1 more\n{help}")
    git(repository, "reset", "-q", "--hard")
    (repository / "tree" / "steps" / "new.yaml").unlink()
    (repository / "tree" / "state").mkdir()
    (repository / "tree" / "state" / "ann.yaml").write_text(STATE)
    assert refused("--state") == f"{error}state/ann.yaml\n{help}"


@pytest.mark.parametrize("options", [[], ["--force"], ["--check"]])
def test_a_source_commit_that_is_not_there_is_refused(repository: Path, options: list[str]) -> None:
    tag = git(repository, "hash-object", "-w", "tree/workshop.yaml")
    for commit in (COMMIT, COMMIT + "0" * 24, tag):
        done = run("import", *options, "--source-commit", commit, "tree", "course.db", cwd=repository)
        assert (done.returncode, done.stderr) == (
            2,
            (
                f"error: commit {commit} is not in this repository\n"
                "  = help: fetch it, in a shallow clone with: git fetch --unshallow; or name another commit\n"
            ),
        )
    assert not (repository / "course.db").exists()


def test_a_link_to_a_directory_does_not_lead_past_its_repository(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "link").symlink_to(repository / "tree")
    done = run("import", "--source-commit", COMMIT, "link", "course.db", cwd=elsewhere)
    assert (done.returncode, "is not in this repository" in done.stderr) == (2, True)
    commit = git(repository, "rev-parse", "HEAD")
    assert run("import", "--source-commit", commit, "link", "course.db", cwd=elsewhere).returncode == 0


def test_outside_of_git_a_source_commit_is_taken_as_it_is(tree: Path, tmp_path: Path) -> None:
    assert run("import", "--source-commit", COMMIT, tree, tmp_path / "course.db").returncode == 0
    assert artifact(tmp_path / "course.db")["source_commit"] == COMMIT


def test_in_schema_1_there_is_no_room_for_a_source_commit(
    tree: Path, tmp_path: Path, make_database: MakeDatabase
) -> None:
    make_database(course())
    for options in ([], ["--check"], ["--force"], ["--schema", 1]):
        target = "new.db" if "--schema" in options else "course.db"
        done = run("import", *options, "--source-commit", COMMIT, tree, target, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (
            2,
            (
                "error: a database of schema 1 has no room for a source commit\n"
                "  = help: leave --source-commit out, or build one that has: --schema 2\n"
            ),
        )
    done = run("import", "--schema", 2, "--source-commit", COMMIT, tree, "course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "course.db: 4 steps, schema 1 became schema 2\n")


# Progress is kept.


def test_progress_is_kept_where_that_is_asked_for(tree: Path, tmp_path: Path) -> None:
    database = tmp_path / "course.db"
    done = run("import", "--keep-state", tree, "course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "course.db: 4 steps, 0 rows of progress kept\n")
    sql(
        database,
        "INSERT INTO runtime_state VALUES ('ann', 'step-1', 'completed', 1.5, NULL)",
        "INSERT INTO runtime_state VALUES ('ann', 'step-2', 'active', 7, '2026-02-01')",
        "INSERT INTO custom_state VALUES ('bob', 'x', '')",
    )
    rows = read_database(str(database)).contents
    assert rows is not None
    # Progress in state/ is other progress, and not asked for.
    (tree / "state").mkdir()
    (tree / "state" / "ann.yaml").write_text(STATE)
    done = run("import", "--keep-state", tree, "course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "course.db: 4 steps, unchanged, 3 rows of progress kept\n")
    edited(tree)
    done = run("import", tree, "course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        (
            "error: course.db holds 3 rows of students' progress, which would be lost\n"
            "  = help: to keep it: --keep-state; to drop it: --force\n"
        ),
    )
    done = run("import", "--check", tree, "course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, f"{ANEW}--keep-state {tree} course.db\n")
    done = run("import", "--keep-state", tree, "course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "course.db: 4 steps, 3 rows of progress kept\n")
    found = read_database(str(database)).contents
    assert found is not None
    assert (found.runtime_states, found.custom_states) == (rows.runtime_states, rows.custom_states)
    assert found.workshops[0].steps[0].title == "Title two"


def test_progress_with_a_step_that_is_gone_is_named_and_dropped_by_force_alone(
    tree: Path, tmp_path: Path
) -> None:
    database = tmp_path / "course.db"
    assert run("import", tree, database).returncode == 0
    sql(
        database,
        "INSERT INTO runtime_state VALUES ('ann', 'step-4', 'active', NULL, NULL)",
        "INSERT INTO runtime_state VALUES ('ann', 'step-1', 'completed', NULL, NULL)",
        "INSERT INTO custom_state VALUES ('bob', 'x', '')",
    )
    assert run("step", "rm", "--force", tree, "step-4").returncode == 0
    before = database.read_bytes()
    done = run("import", "--keep-state", tree, "course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        (
            "error: course.db holds 1 row of progress with steps that the YAML does not have, which would be "
            'lost: step "step-4" of workspace "ann"\n'
            "  = help: to keep it: put the steps back into the YAML; to drop these rows alone: --force\n"
        ),
    )
    done = run("import", "--check", tree, "course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, f"{SEE}yamlsync status course.db {tree}\n")
    assert database.read_bytes() == before
    done = run("import", "--keep-state", "--force", tree, "course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        0,
        "course.db: 3 steps, 2 rows of progress kept, 1 row dropped\n",
    )


def test_progress_is_kept_or_read_and_not_both(tree: Path, tmp_path: Path) -> None:
    for other, said in (("--state", "give one of them"), ("--check", "leave one of them out")):
        done = run("import", "--keep-state", other, tree, tmp_path / "course.db")
        assert (done.returncode, said in done.stderr) == (2, True)
    assert not (tmp_path / "course.db").exists()


def test_a_database_of_schema_1_keeps_its_progress_too(tree: Path, make_database: MakeDatabase) -> None:
    database = make_database(course(progress=True))
    done = run("import", "--keep-state", tree, database)
    assert (done.returncode, done.stderr) == (0, f"{database}: 4 steps, 2 rows of progress kept\n")
    reading = read_database(database)
    assert (reading.schema, reading.contents) == (1, course(progress=True))


# Another workshop.


@pytest.mark.parametrize("schema", [1, 2])
def test_a_database_of_another_workshop_is_not_replaced_without_force(
    tree: Path, tmp_path: Path, schema: int
) -> None:
    other = write_course(tmp_path / "other")
    assert run("import", "--schema", schema, other, tmp_path / "other.db").returncode == 0
    before = (tmp_path / "other.db").read_bytes()
    for options in ([], ["--keep-state"], ["--state"]):
        done = run("import", *options, "tree", "other.db", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (
            2,
            (
                'error: other.db holds another workshop, "other"\n'
                "  = help: to keep it: name another database; to drop it: --force\n"
            ),
        )
    done = run("import", "--check", "tree", "other.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, f"{SEE}yamlsync status other.db tree\n")
    assert (tmp_path / "other.db").read_bytes() == before
    assert run("import", "--force", "tree", "other.db", cwd=tmp_path).returncode == 0
    assert read_database(str(tmp_path / "other.db")).contents == course()


# What --check says of what a database says of itself.


def test_check_asks_a_migrated_database_for_no_origin(
    tree: Path, tmp_path: Path, make_database: MakeDatabase
) -> None:
    database = make_database(course())
    assert run("migrate", database).returncode == 0
    done = run("import", "--check", tree, database)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("statement", "said", "is_built"),
    [
        (
            "UPDATE artifact SET value = 'y1:0' WHERE key = 'step:step-2'",
            'was built from YAML that said something else than this: step "step-2"',
            True,
        ),
        (
            "DELETE FROM artifact WHERE key = 'step:step-2'",
            'was built from YAML that said something else than this: step "step-2"',
            True,
        ),
        (
            "INSERT INTO artifact VALUES ('step:step-9', 'y1:0')",
            'was built from YAML that said something else than this: step "step-9"',
            True,
        ),
        (
            "UPDATE artifact SET value = 'y1:0' WHERE key = 'content_digest'",
            "says that it was written with other content than the YAML has",
            True,
        ),
        (
            "DELETE FROM artifact WHERE key = 'content_digest'",
            "does not say with what content it was written",
            True,
        ),
        (
            "UPDATE artifact SET value = 'yamlsync/0' WHERE key = 'format'",
            'says that it is of the format "yamlsync/0", not yamlsync/1',
            True,
        ),
        ("DELETE FROM artifact WHERE key = 'format'", "does not say of which format it is", True),
        ("PRAGMA user_version = 1", "the user_version is 1, not 2", True),
        (
            "INSERT INTO artifact VALUES ('theirs', '')",
            'has the key "theirs" in artifact, which is not known',
            False,
        ),
    ],
)
def test_check_says_in_words_what_a_database_says_of_itself(
    tree: Path, tmp_path: Path, statement: str, said: str, is_built: bool
) -> None:
    assert run("import", tree, tmp_path / "course.db").returncode == 0
    sql(tmp_path / "course.db", statement)
    done = run("import", "--check", "tree", "course.db", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, f"the database: {said}\n")
    assert done.stderr == (
        f"{ANEW}tree course.db\n" if is_built else f"{SEE}yamlsync status course.db tree\n"
    )
    # The command that is named does it; where none is, there is none without force.
    done = run("import", "tree", "course.db", cwd=tmp_path)
    assert done.returncode == (0 if is_built else 2)
    assert run("import", "--check", "tree", "course.db", cwd=tmp_path).returncode == (0 if is_built else 1)


def test_check_sends_to_status_where_the_database_was_changed(tree: Path, tmp_path: Path) -> None:
    assert run("import", tree, tmp_path / "my course.db").returncode == 0
    sql(tmp_path / "my course.db", "UPDATE steps SET title = 'x' WHERE id = 'step-2'")
    done = run("import", "--check", "tree", "my course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, f"{SEE}yamlsync status 'my course.db' tree\n")
    done = run("import", "tree", "my course.db", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        2,
        (
            'error: my course.db was changed since it was built, which would be lost: step "step-2"\n'
            "  = help: to keep it, see what it is: yamlsync status 'my course.db' tree; to drop it: --force\n"
        ),
    )


# Names.


def test_errors_name_the_database_as_its_user_does(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("mine, and longer than a header\n" * 20)
    (tmp_path / "real.db").write_text("mine, and longer than a header\n" * 20)
    (tmp_path / "link.db").symlink_to("real.db")
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "gone.db-journal").write_bytes(b"old pages")
    for name, said in (
        ("notes.db", "error: notes.db is no SQLite database\n"),
        ("./folder.db/", "error: ./folder.db/ is a folder, not a database\n"),
        ("gone.db", "error: gone.db-journal stands beside the database"),
        # Of a link, it is about the file behind it.
        ("link.db", f"error: {tmp_path / 'real.db'} is no SQLite database\n"),
    ):
        done = run("import", "--force", "tree", name, cwd=tmp_path)
        assert (done.returncode, done.stderr[: len(said)]) == (2, said)


@pytest.mark.parametrize("odd", ["/", "/.", "/../course.db"])
def test_odd_ways_to_name_a_database_do_not_hide_it(tree: Path, tmp_path: Path, odd: str) -> None:
    assert run("import", tree, tmp_path / "course.db").returncode == 0
    sql(tmp_path / "course.db", "INSERT INTO custom_state VALUES ('ann', 'x', '')")
    before = (tmp_path / "course.db").read_bytes()
    done = run("import", "tree", f"course.db{odd}", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "course.db").read_bytes()) == (2, before)

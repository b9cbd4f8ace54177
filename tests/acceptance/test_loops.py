"""The everyday loops of authors and pipelines, end to end: the real command in real repositories (STA)."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from attrs import frozen

from tests.acceptance.command import course, run
from tests.acceptance.small_course import edit, write_course
from yamlsync.database.read import read_database
from yamlsync.export import Exported, ExportOptions, export

MakeDatabase = Callable[..., str]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@frozen
class Repository:
    """A Git repository with `course/` and, beside what Git holds, `course.db`; a shell in it."""

    root: Path

    @property
    def steps(self) -> Path:
        return self.root / "course" / "steps"

    def shell(self, script: str, *, fails: bool = False) -> subprocess.CompletedProcess[str]:
        """Runs a script as a user would type it."""
        yamlsync = f'yamlsync() {{ {shlex.quote(sys.executable)} -m yamlsync "$@"; }}'
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
            "HOME": str(self.root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ann",
            "GIT_AUTHOR_EMAIL": "ann@example.org",
            "GIT_COMMITTER_NAME": "Ann",
            "GIT_COMMITTER_EMAIL": "ann@example.org",
        }
        command = ["sh", "-e", "-c", f"{yamlsync}\n{script}"]
        done = subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done

    def status(self, database: str = "course.db") -> tuple[list[str], list[str]]:
        """What status answers, and the commands that it names."""
        done = self.shell(f"yamlsync status {database} course || test $? = 1")
        commands = [line for line in done.stderr.splitlines() if line.startswith("  ")]
        inline = [
            f"yamlsync {line.split(': yamlsync ')[1]}"
            for line in done.stderr.splitlines()
            if ": yamlsync " in line
        ]
        return done.stdout.splitlines(), commands or inline

    def commit(self) -> None:
        self.shell("git add --all . && git commit --quiet --message change")

    def sql(self, *statements: str, database: str = "course.db") -> None:
        """What a pipeline does to the database."""
        with closing(sqlite3.connect(self.root / database, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    def held(self, query: str, database: str = "course.db") -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.root / database)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Its database was built from the first commit, and says so."""
    found = Repository(tmp_path / "repository")
    found.root.mkdir()
    write_course(found.root / "course")
    (found.root / ".gitignore").write_text("*.db\n*.db.*\n")
    found.shell("git init --quiet --initial-branch main")
    found.commit()
    found.shell('yamlsync import --source-commit "$(git rev-parse HEAD)" course course.db')
    return found


TAG = "UPDATE steps SET image_tag = 'org/course:build-7' WHERE id = 'one'"
IN_SYNC: tuple[list[str], list[str]] = (["in sync"], [])


def test_authors_edit_and_rebuild(repository: Repository) -> None:
    edit(repository.steps / "one.yaml", "title: Step one", "title: The first step")
    answer, commands = repository.status()
    assert answer == ["YAML ahead", 'step "one": YAML ahead: title']
    assert commands == ["yamlsync import course course.db"]
    repository.shell(commands[0])
    assert repository.held("SELECT title FROM steps WHERE id = 'one'") == [("The first step",)]
    assert repository.status() == IN_SYNC


def test_a_pipeline_changes_the_database_and_exports(repository: Repository) -> None:
    repository.sql(TAG)
    answer, commands = repository.status()
    assert answer == ["database ahead", 'step "one": database ahead: image_tag']
    assert commands == ["yamlsync export course.db course"]
    # Whoever builds now, by habit or in CI, loses nothing.
    refused = repository.shell("yamlsync import course course.db", fails=True)
    assert refused.returncode == 2
    assert 'was changed since it was built, which would be lost: step "one"' in refused.stderr
    repository.shell(commands[0])
    assert repository.shell("git diff --stat").stdout.splitlines()[0].split()[0] == "course/steps/one.yaml"
    repository.commit()
    # Then the database is told that the YAML has its change.
    answer, commands = repository.status()
    assert (answer, commands) == (["in sync"], ["yamlsync import course course.db"])
    before = read_database(str(repository.root / "course.db")).contents
    repository.shell(commands[0])
    assert read_database(str(repository.root / "course.db")).contents == before
    assert repository.status() == IN_SYNC
    # And so the next edit is built as ever.
    edit(repository.steps / "one.yaml", "title: Step one", "title: The first step")
    repository.shell("yamlsync import course course.db")
    assert repository.held("SELECT title, image_tag FROM steps WHERE id = 'one'") == [
        ("The first step", "org/course:build-7")
    ]


def test_a_pipeline_that_forgot_to_build_again_loses_no_edit(repository: Repository) -> None:
    repository.sql(TAG)
    repository.shell("yamlsync export course.db course")
    repository.commit()
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    answer, commands = repository.status()
    assert answer == ["YAML ahead", 'step "two": YAML ahead: title']
    # It was changed since it was built; but what it was changed to is in the YAML, which status knows.
    assert commands == ["yamlsync import course course.db"]
    # Of a step that the export brought, nobody knows which came last: the build or the export.
    edit(repository.steps / "one.yaml", "title: Step one", "title: First")
    assert repository.status()[0] == [
        "they differ, and nothing tells which changed",
        'step "one": differs: title',
        'step "two": YAML ahead: title',
    ]


def both_at_once(repository: Repository, *edits: tuple[str, str, str], answer: list[str]) -> None:
    """An author commits, a pipeline changes the database, and what status says brings both together."""
    for name, old, new in edits:
        edit(repository.steps / f"{name}.yaml", old, new)
    repository.commit()
    repository.sql(TAG)
    said, commands = repository.status()
    assert said == ["both changed", *answer]
    refused = repository.shell("yamlsync import course course.db", fails=True)
    assert 'was changed since it was built, which would be lost: step "one"' in refused.stderr
    assert "--force" not in "".join(commands)
    repository.shell("\n".join(commands))
    assert repository.status() == IN_SYNC
    assert repository.shell("git status --porcelain").stdout == ""
    (built,) = repository.held("SELECT value FROM artifact WHERE key = 'source_commit'")
    assert built == (repository.shell("git rev-parse main").stdout.strip(),)
    assert repository.shell("git branch --list from-database").stdout == ""


def test_both_at_once_in_two_steps(repository: Repository) -> None:
    both_at_once(
        repository,
        ("two", "title: Step two", "title: Second"),
        answer=['step "one": database ahead: image_tag', 'step "two": YAML ahead: title'],
    )
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == [
        ("Step one", "org/course:build-7"),
        ("Second", "org/course:two"),
    ]


def test_both_at_once_in_one_step(repository: Repository) -> None:
    both_at_once(
        repository,
        ("one", "Make the file.", "Make the file, and look at it."),
        answer=['step "one": both changed: image_tag, markdown (line 3)'],
    )
    assert repository.held("SELECT image_tag, markdown FROM steps WHERE id = 'one'") == [
        ("org/course:build-7", "# Step one\n\nMake the file, and look at it.\n")
    ]


def test_both_at_once_and_a_new_step_at_the_front(repository: Repository) -> None:
    repository.shell("yamlsync step add course zero --first")
    both_at_once(
        repository,
        answer=[
            'workshop "course": YAML ahead: steps ("zero" in the YAML alone)',
            'step "zero": YAML ahead: new',
            'step "one": database ahead: image_tag',
        ],
    )
    assert repository.held("SELECT id, image_tag FROM steps ORDER BY position LIMIT 2")[0][0] == "zero"
    assert repository.held("SELECT image_tag FROM steps WHERE id = 'one'") == [("org/course:build-7",)]


def test_what_git_cannot_merge_is_for_people(repository: Repository) -> None:
    edit(repository.steps / "one.yaml", "image_tag: org/course:one", "image_tag: org/course:mine")
    repository.commit()
    repository.sql(TAG)
    said, commands = repository.status()
    assert said == ["both changed", 'step "one": both changed: image_tag']
    merge = next(number for number, line in enumerate(commands) if " merge " in line)
    repository.shell("\n".join(commands[: merge + 1]), fails=True)
    # Nothing is built from a file with a conflict in it.
    assert repository.shell("yamlsync import course course.db", fails=True).returncode == 1
    assert repository.held("SELECT image_tag FROM steps WHERE id = 'one'") == [("org/course:build-7",)]
    repository.shell("git checkout --quiet --theirs course/steps/one.yaml")
    repository.commit()
    repository.shell("\n".join(commands[merge + 1 :]))
    assert repository.held("SELECT image_tag FROM steps WHERE id = 'one'") == [("org/course:build-7",)]
    assert repository.status() == IN_SYNC


def test_the_same_where_no_commit_is_known(repository: Repository) -> None:
    repository.shell("yamlsync import --force course course.db")
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    repository.sql(TAG)
    commands = "\n".join(repository.status()[1])
    assert "git -C course switch --create from-database COMMIT\n" in commands
    repository.shell(commands.replace("COMMIT", "main~1"))
    assert repository.status() == IN_SYNC
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == [
        ("Step one", "org/course:build-7"),
        ("Second", "org/course:two"),
    ]


def test_without_git_both_are_brought_together_by_hand(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".git")
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.sql(TAG)
    exported, compared, imported = repository.status()[1]
    repository.shell(exported)
    assert "+image_tag: org/course:build-7" in repository.shell(compared, fails=True).stdout
    edit(repository.steps / "one.yaml", "org/course:one", "org/course:build-7")
    repository.shell(imported)
    assert repository.status() == IN_SYNC


PROGRESS = "INSERT INTO runtime_state VALUES ('ann', 'one', 'completed', '2026-02-01T10:00:00Z', NULL)"
ROW = [("ann", "one", "completed", "2026-02-01T10:00:00Z", None)]


def test_a_working_copy_gets_the_new_course_and_keeps_its_progress(repository: Repository) -> None:
    shutil.copy(repository.root / "course.db", repository.root / "ann.db")
    repository.sql(PROGRESS, database="ann.db")
    assert repository.status("ann.db") == IN_SYNC
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    answer, commands = repository.status("ann.db")
    assert answer == ["YAML ahead", 'step "two": YAML ahead: title']
    refused = repository.shell("yamlsync import course ann.db", fails=True)
    assert "holds 1 row of students' progress, which would be lost" in refused.stderr
    repository.shell("\n".join(commands))
    assert repository.held("SELECT * FROM runtime_state", "ann.db") == ROW
    assert repository.held("SELECT title FROM steps WHERE id = 'two'", "ann.db") == [("Second",)]
    assert repository.status("ann.db") == IN_SYNC


def test_a_working_copy_that_a_pipeline_changed_keeps_its_progress_out_of_git(repository: Repository) -> None:
    repository.sql(PROGRESS, TAG)
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    repository.shell("\n".join(repository.status()[1]))
    assert repository.held("SELECT * FROM runtime_state") == ROW
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == [
        ("Step one", "org/course:build-7"),
        ("Second", "org/course:two"),
    ]
    assert "state" not in repository.shell("git log --all --name-only").stdout


def test_a_database_that_does_not_tell_what_it_was_built_from(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    repository = Repository(tmp_path)
    repository.shell("git init --quiet --initial-branch main")
    make_database(course())
    repository.shell("yamlsync export course.db course")
    edit(repository.steps / "step-2.yaml", "Title one", "Mine")
    assert repository.status()[0] == ["YAML ahead", 'step "step-2": YAML ahead: title']
    refused = repository.shell("yamlsync import course course.db", fails=True)
    assert "does not tell what it was built from" in refused.stderr
    edit(repository.steps / "step-2.yaml", "Mine", "Title one")
    # The same content loses nothing, and from then on the database tells.
    repository.shell("yamlsync import course course.db")
    edit(repository.steps / "step-2.yaml", "Title one", "Mine")
    repository.shell("yamlsync import course course.db")
    assert repository.status() == IN_SYNC


def exported(repository: Repository) -> Exported:
    """An export by the function behind the command, whose warnings these tests are about."""
    here = os.getcwd()
    os.chdir(repository.root)
    try:
        return export("course.db", "course", ExportOptions())
    finally:
        os.chdir(here)


def test_an_edit_that_an_export_undoes_is_named(repository: Repository) -> None:
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    edit(repository.steps / "one.yaml", "title:", "# A comment is no edit of what it says.\ntitle:")
    repository.commit()
    repository.sql(TAG)
    done = exported(repository)
    assert done.written == ("steps/one.yaml", "steps/two.yaml")
    assert done.undone == ("steps/two.yaml",)
    assert "title: Second" in repository.shell("git show HEAD:course/steps/two.yaml").stdout


def test_what_only_the_database_changed_undoes_nothing_in_a_fresh_clone(repository: Repository) -> None:
    assert not (repository.root / "course" / ".yamlsync").exists()
    repository.sql("UPDATE steps SET image_tag = 'x'")
    done = exported(repository)
    assert (len(done.written), done.undone) == (3, ())


def test_an_edit_that_an_export_undoes_is_named_where_only_the_export_is_known(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    repository = Repository(tmp_path)
    repository.shell("git init --quiet --initial-branch main")
    make_database(course())
    repository.shell("yamlsync export course.db course")
    edit(repository.steps / "step-2.yaml", "Title one", "Mine")
    repository.commit()
    repository.sql("UPDATE steps SET image_tag = 'x'")
    assert exported(repository).undone == ("steps/step-2.yaml",)
    # And with the record of an older version, which has the hashes of files alone.
    record = repository.root / "course" / ".yamlsync" / "written.json"
    edit(repository.steps / "step-3.yaml", "Title one", "Mine")
    repository.commit()
    record.write_text(record.read_text().replace('"origin"', '"unknown"'))
    repository.sql("UPDATE steps SET image_tag = 'y'")
    assert exported(repository).undone == ("steps/step-3.yaml",)


def test_what_is_forced_is_not_named(repository: Repository) -> None:
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    done = run("export", "--force", "course.db", "course", cwd=repository.root)
    assert (done.returncode, "undone" in done.stderr, "warning" in done.stderr) == (0, False, False)

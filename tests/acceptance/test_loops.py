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
from attrs import evolve, frozen

from tests.acceptance.command import course
from tests.acceptance.small_course import edit, write_course
from yamlsync.database.read import read_database

MakeDatabase = Callable[..., str]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@frozen
class Repository:
    """A Git repository with a course and, beside or in it, a database; a shell beside both.

    `root` is the folder of the shell. `top` is that of the repository, `directory` that of the course and
    `database` the database, by the names that a user in `root` gives them.
    """

    root: Path
    top: str = "."
    directory: str = "course"
    database: str = "course.db"

    @property
    def steps(self) -> Path:
        return self.root / self.directory / "steps"

    def shell(self, script: str, *, fails: bool = False) -> subprocess.CompletedProcess[str]:
        """Runs a script as a user would type it."""
        yamlsync = f'yamlsync() {{ {shlex.quote(sys.executable)} -m yamlsync "$@"; }}'
        temporary = self.root.parent / "temporary"
        temporary.mkdir(exist_ok=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
            "HOME": str(self.root),
            "TMPDIR": str(temporary),
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

    def git(self, command: str) -> str:
        """What git answers in the repository."""
        return self.shell(f"git -C {shlex.quote(self.top)} {command}").stdout.strip()

    def head(self) -> str:
        return self.git("rev-parse HEAD")

    def _status(self, database: str) -> subprocess.CompletedProcess[str]:
        names = f"{shlex.quote(database or self.database)} {shlex.quote(self.directory)}"
        return self.shell(f"yamlsync status {names} || test $? = 1")

    def advice(self, database: str = "") -> str:
        return self._status(database).stderr

    def status(self, database: str = "") -> tuple[list[str], list[str]]:
        """What status answers, and the commands that it names."""
        done = self._status(database)
        commands = [line for line in done.stderr.splitlines() if line.startswith("  ")]
        inline = [
            f"yamlsync {line.split(': yamlsync ')[1]}"
            for line in done.stderr.splitlines()
            if ": yamlsync " in line
        ]
        return done.stdout.splitlines(), commands or inline

    def bring_together(self) -> None:
        """Runs the recipe that status prints, as it is printed, and sees that it leaves nothing behind."""
        commands = self.status()[1]
        assert "--force" not in "".join(commands[:-1])
        self.shell("\n".join(commands))
        assert self.status() == IN_SYNC
        assert self.source_commit() == self.head()
        assert self.git("status --porcelain -- '*.yaml'") == ""
        assert self.git("worktree list --porcelain").count("worktree ") == 1
        assert [*(self.root.parent / "temporary").iterdir()] == []

    def commit(self) -> None:
        self.git("add --all .")
        self.git("commit --quiet --message change")

    def sql(self, *statements: str, database: str = "") -> None:
        """What a pipeline does to the database."""
        with closing(
            sqlite3.connect(self.root / (database or self.database), isolation_level=None)
        ) as connection:
            for statement in statements:
                connection.execute(statement)

    def held(self, query: str, database: str = "") -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.root / (database or self.database))) as connection:
            return connection.execute(query).fetchall()

    def source_commit(self, database: str = "") -> object:
        ((commit,),) = self.held("SELECT value FROM artifact WHERE key = 'source_commit'", database)
        return commit


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


IMPORT = 'yamlsync import --source-commit "$(git -C course rev-parse HEAD)" course course.db'
TAG = "UPDATE steps SET image_tag = 'org/course:build-7' WHERE id = 'one'"
IN_SYNC: tuple[list[str], list[str]] = (["in sync"], [])


def test_authors_edit_and_rebuild(repository: Repository) -> None:
    edit(repository.steps / "one.yaml", "title: Step one", "title: The first step")
    answer, commands = repository.status()
    assert answer == ["YAML ahead", 'step "one": YAML ahead: title']
    assert commands == [IMPORT]
    assert "says, commit the YAML, and then: yamlsync import" in repository.advice()
    repository.commit()
    assert "says: yamlsync import" in repository.advice()
    repository.shell(commands[0])
    assert repository.held("SELECT title FROM steps WHERE id = 'one'") == [("The first step",)]
    assert repository.source_commit() == repository.head()
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
    assert (answer, commands) == (["in sync"], [IMPORT])
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
    assert commands == [IMPORT]
    # Of a step that the export brought, nobody knows which came last: the build or the export.
    edit(repository.steps / "one.yaml", "Make the file.", "Make it.")
    assert repository.status()[0] == [
        "they differ, and nothing tells which changed",
        'step "one": differs: markdown (line 3)',
        'step "two": YAML ahead: title',
    ]
    # Git sees that what the database says is in the YAML.
    repository.commit()
    repository.bring_together()
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == MERGED
    assert repository.held("SELECT markdown FROM steps WHERE id = 'one'") == [("# Step one\n\nMake it.\n",)]


def test_a_pipeline_that_took_back_what_it_exported_is_asked_which_is_meant(repository: Repository) -> None:
    repository.sql(TAG)
    repository.shell("yamlsync export course.db course")
    repository.commit()
    repository.sql("UPDATE steps SET image_tag = 'org/course:one' WHERE id = 'one'")
    answer, commands = repository.status()
    assert answer == ["they differ, and nothing tells which changed", 'step "one": differs: image_tag']
    assert commands == [IMPORT, "yamlsync export course.db course"]
    before = (repository.root / "course.db").read_bytes()
    for command, tag in zip(commands, ("org/course:build-7", "org/course:one"), strict=True):
        (repository.root / "course.db").write_bytes(before)
        repository.shell(command)
        assert f"image_tag: {tag}\n" in (repository.steps / "one.yaml").read_text()
        assert repository.status()[0] == ["in sync"]


def both_at_once(repository: Repository, *edits: tuple[str, str, str], answer: list[str]) -> None:
    """An author commits, a pipeline changes the database, and what status says brings both together."""
    for name, old, new in edits:
        edit(repository.steps / f"{name}.yaml", old, new)
    repository.commit()
    repository.sql(TAG)
    assert repository.status()[0] == ["both changed", *answer]
    refused = repository.shell("yamlsync import course course.db", fails=True)
    assert 'was changed since it was built, which would be lost: step "one"' in refused.stderr
    repository.bring_together()
    assert repository.head() == repository.git("rev-parse main")
    assert repository.git("branch --list") == "* main"


def test_both_at_once_in_two_steps(repository: Repository) -> None:
    both_at_once(
        repository,
        ("two", "title: Step two", "title: Second"),
        answer=['step "one": database ahead: image_tag', 'step "two": YAML ahead: title'],
    )
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == MERGED


MERGED = [("Step one", "org/course:build-7"), ("Second", "org/course:two")]


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


def test_it_is_a_recipe_of_few_lines(repository: Repository) -> None:
    built = repository.head()
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    repository.sql(TAG)
    assert (
        repository.advice()
        == f"""\
to bring both together, let Git merge; where it stops, resolve what conflicts, commit,
and go on with the line that follows:
  copy=$(mktemp -d) &&
  git -C course worktree add --detach "$copy" {built} &&
  yamlsync export course.db "$copy"/course &&
  git -C "$copy" add --all . &&
  git -C "$copy" commit --no-verify --message 'What the database says' &&
  git -C course cherry-pick --keep-redundant-commits "$(git -C "$copy" rev-parse HEAD)" &&
  yamlsync import --source-commit "$(git -C "$copy" rev-parse HEAD)" "$copy"/course course.db &&
  {IMPORT} &&
  git -C course worktree remove --force "$copy"
"""
    )


@pytest.mark.parametrize(("tracked", "head"), [(False, "main"), (True, "detached")])
@pytest.mark.parametrize(
    "names",
    [
        ("repository", "repository/course", "repository/course.db"),
        ("repository", "repository/course", "repository/course/course.db"),
        ("repository", "repository", "repository/course.db"),
        ("my repository", "my repository/it's a course", 'my repository/the "new" one.db'),
        ("repository", "repository/deep/course", "elsewhere.db"),
    ],
    ids=["beside", "inside", "top", "odd names", "elsewhere"],
)
def test_both_at_once_wherever_the_database_is(
    names: tuple[str, str, str], tracked: bool, head: str, tmp_path: Path
) -> None:
    root = tmp_path / "home"
    root.mkdir()
    repository = Repository(root, *names)
    write_course(root / repository.directory)
    (root / repository.top / ".gitignore").write_text("" if tracked else "*.db\n")
    repository.shell(f"git init --quiet --initial-branch main {shlex.quote(repository.top)}")
    repository.commit()
    quoted = f"{shlex.quote(repository.directory)} {shlex.quote(repository.database)}"
    commit = repository.head()
    repository.shell(f"yamlsync import --source-commit {commit} {quoted}")
    if tracked and repository.database != "elsewhere.db":
        repository.commit()
    if head == "detached":
        repository.git("switch --quiet --detach main")
    # And once more: what the first run did is in nobody's way.
    for title, old, tag in [("Second", "Step two", "build-7"), ("Twice", "Second", "build-8")]:
        edit(repository.steps / "two.yaml", f"title: {old}", f"title: {title}")
        repository.sql(f"UPDATE steps SET image_tag = 'org/course:{tag}' WHERE id = 'one'")
        said = repository.advice()
        assert said.startswith("commit what you changed in the YAML; then, to bring both together, let Git")
        # Whoever does not commit loses nothing, and starts anew.
        stopped = repository.shell("\n".join(repository.status()[1]), fails=True)
        assert "= help: commit" in stopped.stderr or "commit your changes or stash them" in stopped.stderr
        assert f"title: {title}\n" in (repository.steps / "two.yaml").read_text()
        repository.git("add '*.yaml'")
        repository.git("commit --quiet --message 'What the YAML says'")
        if repository.status() != IN_SYNC:
            shutil.rmtree(tmp_path / "temporary")
            repository.git("worktree prune")
            repository.bring_together()
        assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == [
            ("Step one", f"org/course:{tag}"),
            (title, "org/course:two"),
        ]


def test_both_at_once_in_a_shallow_clone(repository: Repository) -> None:
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    edit(repository.steps / "three.yaml", "title: Step three", "title: Third")
    repository.commit()
    repository.shell('git clone --quiet --depth 1 "file://$PWD" ../clone && cp course.db ../clone/')
    clone = Repository(repository.root.parent / "clone")
    clone.sql(TAG)
    built = repository.git("rev-parse main~2")
    assert clone.advice().startswith(
        f"the database was built from {built}, which is not in this repository;\n"
        "where that is a shallow clone:\n  git -C course fetch --unshallow\nto bring both together"
    )
    clone.bring_together()
    assert clone.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == MERGED


def test_both_at_once_with_a_history_that_was_written_anew(repository: Repository) -> None:
    """The commit that the database was built from is no ancestor of what it is to be built from."""
    repository.git("switch --quiet --create topic")
    edit(repository.steps / "three.yaml", "title: Step three", "title: Third")
    repository.commit()
    repository.shell(IMPORT)
    repository.git("switch --quiet main")
    repository.git("merge --quiet --squash topic")
    edit(repository.steps / "three.yaml", "title: Third", "title: Third, squashed")
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    repository.sql(TAG)
    repository.bring_together()
    assert repository.held("SELECT title FROM steps ORDER BY position") == [
        ("Step one",),
        ("Second",),
        ("Third, squashed",),
    ]


def test_both_at_once_where_each_commit_is_checked(repository: Repository) -> None:
    """A hook that holds the database against the YAML has nothing to say about what the database says."""
    hook = repository.root / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n")
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.git("add --all .")
    repository.git("commit --quiet --no-verify --message change")
    hook.chmod(0o755)
    repository.sql(TAG)
    repository.bring_together()
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == MERGED


def conflict(repository: Repository) -> tuple[list[str], int]:
    """Both sides change one value; the commands of status, and the number of the one that stops."""
    edit(repository.steps / "one.yaml", "image_tag: org/course:one", "image_tag: org/course:mine")
    repository.commit()
    repository.sql(TAG)
    said, commands = repository.status()
    assert said == ["both changed", 'step "one": both changed: image_tag']
    return commands, next(number for number, line in enumerate(commands) if " cherry-pick " in line)


def test_what_git_cannot_merge_is_for_people(repository: Repository) -> None:
    commands, pick = conflict(repository)
    stopped = repository.shell(
        "\n".join([*commands[:pick], "echo copy=$copy &&", *commands[pick:]]), fails=True
    )
    (copy,) = [line for line in stopped.stdout.splitlines() if line.startswith("copy=")]
    # Nothing is built from a file with a conflict in it, nor while there is one.
    assert repository.source_commit() == repository.git("rev-parse main~1")
    assert repository.shell("yamlsync import course course.db", fails=True).returncode == 1
    assert repository.held("SELECT image_tag FROM steps WHERE id = 'one'") == [("org/course:build-7",)]
    repository.shell("git checkout --quiet --theirs course/steps/one.yaml")
    repository.commit()
    repository.shell("\n".join([copy, *commands[pick + 1 :]]))
    assert repository.held("SELECT image_tag FROM steps WHERE id = 'one'") == [("org/course:build-7",)]
    assert repository.status() == IN_SYNC


def test_a_recipe_that_was_given_up_is_started_anew(repository: Repository) -> None:
    commands, _ = conflict(repository)
    before = (repository.root / "course.db").read_bytes()
    repository.shell("\n".join(commands), fails=True)
    repository.git("cherry-pick --abort")
    assert (repository.root / "course.db").read_bytes() == before
    assert repository.status() == (["both changed", 'step "one": both changed: image_tag'], commands)
    edit(repository.steps / "one.yaml", "image_tag: org/course:mine", "image_tag: org/course:one")
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    repository.shell("\n".join(repository.status()[1]))
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == MERGED


def test_a_recipe_of_which_the_end_was_forgotten_is_started_anew(repository: Repository) -> None:
    edit(repository.steps / "one.yaml", "Make the file.", "Make it.")
    repository.commit()
    repository.sql(TAG)
    commands = repository.status()[1]
    repository.shell("\n".join(commands[:6]).removesuffix(" &&"))
    # Git has the merge, and the database does not know.
    assert repository.status()[0] == ["both changed", 'step "one": both changed: markdown (line 3)']
    repository.shell("\n".join(repository.status()[1]))
    assert repository.held("SELECT image_tag, markdown FROM steps WHERE id = 'one'") == [
        ("org/course:build-7", "# Step one\n\nMake it.\n")
    ]
    assert repository.status() == IN_SYNC


def test_the_same_where_no_commit_is_known(repository: Repository) -> None:
    repository.sql("DELETE FROM artifact WHERE key = 'source_commit'")
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    repository.sql(TAG)
    assert repository.advice().startswith(
        "COMMIT is the one whose YAML the database was built from, or that has its last export:\n"
        "  git -C course log -- .\n"
    )
    commands = "\n".join(repository.status()[1])
    assert 'git -C course worktree add --detach "$copy" COMMIT &&\n' in commands
    # A wrong one is noticed.
    refused = repository.shell(commands.replace("COMMIT", "main"), fails=True)
    assert "course/steps/two.yaml: YS133 the YAML was edited since" in refused.stderr
    repository.shell(commands.replace("COMMIT", "main~1"))
    assert repository.status() == IN_SYNC
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == MERGED


def test_the_same_with_a_database_of_schema_1(repository: Repository) -> None:
    repository.shell("yamlsync import --force --schema 1 course course.db")
    repository.shell("yamlsync export course.db course")
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    repository.sql(TAG)
    answer, commands = repository.status()
    assert answer[0] == "both changed"
    repository.shell("\n".join(commands).replace("COMMIT", "main~1"))
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == MERGED
    assert repository.held("SELECT count(*) FROM sqlite_master WHERE name = 'artifact'") == [(0,)]


def test_without_git_both_are_brought_together_by_hand(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".git")
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.sql(TAG)
    copied, exported, compared, imported = repository.status()[1]
    shown = repository.shell(f"{copied}\n{exported}\n{compared}", fails=True).stdout
    assert ("+image_tag: org/course:build-7" in shown, "Only in" in shown) == (True, False)
    edit(repository.steps / "one.yaml", "org/course:one", "org/course:build-7")
    repository.shell(imported)
    assert repository.status() == IN_SYNC


def test_without_git_nobody_holds_what_a_database_that_is_ahead_replaces(repository: Repository) -> None:
    shutil.rmtree(repository.root / ".git")
    repository.sql(TAG)
    refused = repository.shell("yamlsync export course.db course", fails=True)
    assert "course/steps/one.yaml: YS131 nobody else holds this file as it stands" in refused.stderr
    assert repository.advice() == (
        "to take over what the database says, though nobody else holds the YAML that it replaces:\n"
        "  yamlsync export --force course.db course\n"
    )
    repository.shell(repository.status()[1][0])
    assert repository.status()[1] == ["yamlsync import course course.db"]
    # What an export wrote, it may replace.
    repository.shell("yamlsync import course course.db")
    repository.sql("UPDATE steps SET image_tag = 'x' WHERE id = 'one'")
    assert repository.status()[1] == ["yamlsync export course.db course"]
    repository.shell("yamlsync export course.db course")


def test_a_comment_that_is_not_committed_is_to_be_committed_before_an_export(repository: Repository) -> None:
    edit(repository.steps / "one.yaml", "title:", "# Mine.\ntitle:")
    repository.sql(TAG)
    assert repository.advice() == (
        "to take over what the database says, commit the YAML, and then: yamlsync export course.db course\n"
    )
    repository.shell("yamlsync export course.db course", fails=True)
    repository.commit()
    repository.shell(repository.status()[1][0])
    assert "# Mine.\n" in (repository.steps / "one.yaml").read_text()


PROGRESS = "INSERT INTO runtime_state VALUES ('ann', 'one', 'completed', '2026-02-01T10:00:00Z', NULL)"
ROW = [("ann", "one", "completed", "2026-02-01T10:00:00Z", None)]


def test_a_working_copy_gets_the_new_course_and_keeps_its_progress(repository: Repository) -> None:
    for name in ("ann", "bob"):
        shutil.copy(repository.root / "course.db", repository.root / f"{name}.db")
        repository.sql(PROGRESS.replace("ann", name), database=f"{name}.db")
    assert repository.status("ann.db") == IN_SYNC
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    for name in ("ann", "bob"):
        answer, commands = repository.status(f"{name}.db")
        assert answer == ["YAML ahead", 'step "two": YAML ahead: title']
        refused = repository.shell(f"yamlsync import course {name}.db", fails=True)
        assert "holds 1 row of students' progress, which would be lost" in refused.stderr
        repository.shell("\n".join(commands))
        assert repository.held("SELECT * FROM runtime_state", f"{name}.db") == [(name, *ROW[0][1:])]
        assert repository.held("SELECT title FROM steps WHERE id = 'two'", f"{name}.db") == [("Second",)]
        assert repository.status(f"{name}.db") == IN_SYNC
    assert not (repository.root / "course" / "state").exists()


def test_a_working_copy_that_a_pipeline_changed_keeps_its_progress_out_of_git(repository: Repository) -> None:
    repository.sql(PROGRESS, TAG)
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.commit()
    repository.bring_together()
    assert repository.held("SELECT * FROM runtime_state") == ROW
    assert repository.held("SELECT title, image_tag FROM steps WHERE id != 'three'") == MERGED
    assert "state" not in repository.git("log --all --name-only")


def test_a_database_that_does_not_tell_what_it_was_built_from(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    repository.root.mkdir()
    repository.shell("git init --quiet --initial-branch main")
    shutil.move(make_database(course()), repository.root)
    repository.shell("yamlsync export course.db course && yamlsync migrate course.db")
    (repository.root / ".gitignore").write_text("*.db\n*.bak*\n")
    repository.commit()
    edit(repository.steps / "step-2.yaml", "Title one", "Mine")
    repository.commit()
    assert repository.status()[0] == ["YAML ahead", 'step "step-2": YAML ahead: title']
    refused = repository.shell("yamlsync import course course.db", fails=True)
    assert "does not tell what it was built from" in refused.stderr
    repository.git("revert --no-edit HEAD")
    # The same content loses nothing, and from then on the database tells.
    assert repository.advice() == f"to let the database know that the YAML says the same: {IMPORT}\n"
    repository.shell(IMPORT)
    assert repository.status() == IN_SYNC
    edit(repository.steps / "step-2.yaml", "Title one", "Mine")
    repository.commit()
    assert repository.status()[1] == [IMPORT]
    repository.shell(IMPORT)
    assert repository.status() == IN_SYNC


def test_a_database_of_schema_1_that_is_exported_has_the_yaml_forced_upon_it(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    repository.root.mkdir()
    shutil.move(make_database(course()), repository.root)
    repository.shell("yamlsync export course.db course")
    assert repository.status() == IN_SYNC
    edit(repository.steps / "step-2.yaml", "Title one", "Mine")
    answer, commands = repository.status()
    assert answer == ["YAML ahead", 'step "step-2": YAML ahead: title']
    assert commands == ["yamlsync import --force --keep-state course course.db"]
    repository.shell(commands[0])
    assert repository.status()[0] == ["in sync"]


UNDONE = "YS133 the YAML was edited since the database and it last said the same, which an export would undo"


def test_an_export_that_would_undo_an_edit_is_refused(repository: Repository) -> None:
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    edit(repository.steps / "one.yaml", "title:", "# A comment is no edit of what it says.\ntitle:")
    repository.commit()
    repository.sql(TAG)
    refused = repository.shell("yamlsync export course.db course", fails=True)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"course/steps/two.yaml: {UNDONE}\n"
        "   = help: how to bring both together, says: yamlsync status DB DIR; "
        "to undo the edit, which Git keeps: --force\n"
        "1 problem; nothing was changed\n"
    )
    assert repository.git("status --porcelain") == ""
    assert not (repository.root / "course" / ".yamlsync").exists()
    # To be told what would change is nobody's loss.
    told = repository.shell("yamlsync export --check course.db course", fails=True)
    assert told.stdout == (
        "course/steps/one.yaml: not what the database says\n"
        "course/steps/two.yaml: not what the database says\n"
    )
    forced = repository.shell("yamlsync export --force course.db course")
    assert forced.stderr == (
        "warning: course/steps/two.yaml: an edit that Git holds was replaced by what the database says\n"
        "  = help: to see it: git -C course diff -- steps/two.yaml\n"
        "course: wrote 2 files, removed 0, left 2 as they were\n"
    )
    assert "-title: Second\n" in repository.shell("git -C course diff -- steps/two.yaml").stdout
    assert "# A comment" in (repository.steps / "one.yaml").read_text()


def test_a_pipeline_that_exports_an_old_database_is_stopped(repository: Repository) -> None:
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    repository.shell("yamlsync step rm course three")
    repository.commit()
    refused = repository.shell("yamlsync export course.db course", fails=True)
    assert [line.split(": ")[0] for line in refused.stderr.splitlines() if "YS133" in line] == [
        "course/steps/two.yaml",
        # The list of steps is an edit too.
        "course/workshop.yaml",
    ]


def test_a_workshop_that_was_removed_does_not_come_back_unseen(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    repository.root.mkdir()
    repository.shell("git init --quiet --initial-branch main")
    workshops = course(2).workshops
    other = evolve(workshops[0], id="other", steps=())
    third = evolve(workshops[0], id="third", steps=())
    shutil.move(make_database(evolve(course(2), workshops=(*workshops, other, third))), repository.root)
    repository.shell("yamlsync export course.db course && yamlsync import course course.db")
    edit(repository.root / "course" / "workshops.yaml", "  - other\n", "")
    shutil.rmtree(repository.root / "course" / "workshops" / "other")
    repository.commit()
    repository.sql("UPDATE steps SET image_tag = 'x'")
    refused = repository.shell("yamlsync export course.db course", fails=True)
    assert [line for line in refused.stderr.splitlines() if "YS13" in line] == [
        f"course/workshops.yaml: {UNDONE}"
    ]


def test_what_both_changed_alike_is_no_edit_that_is_undone(repository: Repository) -> None:
    edit(repository.steps / "one.yaml", "image_tag: org/course:one", "image_tag: org/course:build-7")
    repository.commit()
    repository.sql(TAG, "UPDATE steps SET title = 'Second' WHERE id = 'two'")
    repository.shell("yamlsync export course.db course")
    assert repository.git("status --porcelain") == "M course/steps/two.yaml"


def test_what_only_the_database_changed_undoes_nothing_in_a_fresh_clone(repository: Repository) -> None:
    assert not (repository.root / "course" / ".yamlsync").exists()
    repository.sql("UPDATE steps SET image_tag = 'x'")
    done = repository.shell("yamlsync export course.db course")
    assert done.stderr == "course: wrote 3 files, removed 0, left 1 as they were\n"


def test_an_edit_that_an_export_would_undo_is_known_by_the_last_export_too(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    repository.root.mkdir()
    repository.shell("git init --quiet --initial-branch main")
    shutil.move(make_database(course()), repository.root)
    repository.shell("yamlsync export course.db course")
    edit(repository.steps / "step-2.yaml", "Title one", "Mine")
    repository.commit()
    repository.sql("UPDATE steps SET image_tag = 'x'")
    refused = repository.shell("yamlsync export course.db course", fails=True)
    assert "course/steps/step-2.yaml: YS133" in refused.stderr
    # The record of an older version has the hashes of files alone: then nobody knows, and it is told only.
    record = repository.root / "course" / ".yamlsync" / "written.json"
    record.write_text(record.read_text().replace('"origin"', '"unknown"'))
    done = repository.shell("yamlsync export course.db course")
    assert "warning: course/steps/step-2.yaml: an edit that Git holds was replaced" in done.stderr
    assert done.stderr.count("warning") == 1


def test_a_pipeline_asks_first_and_stops_where_people_have_to_look(repository: Repository) -> None:
    ask = """\
case "$(yamlsync -q status course.db course | head -n 1)" in
  'in sync' | 'database ahead') ;;
  *) yamlsync status course.db course; exit 1 ;;
esac
"""
    assert repository.shell(ask).stdout == ""
    repository.sql(TAG)
    assert repository.shell(ask).stdout == ""
    edit(repository.steps / "two.yaml", "title: Step two", "title: Second")
    assert repository.shell(ask, fails=True).stdout.startswith("both changed\n")
    edit(repository.steps / "two.yaml", "title: Second", "titel: Second")
    assert "YS107" in repository.shell(ask, fails=True).stderr

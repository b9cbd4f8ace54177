"""`yamlsync export` as its users meet it: real files, real Git repositories (CLI, LAY-70, PUB)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from tests.acceptance.command import course, run, snapshot
from yamlsync.publish.locking import locked
from yamlsync.records import Contents, Workshop

MakeDatabase = Callable[..., str]


@pytest.fixture
def database(make_database: MakeDatabase) -> str:
    return make_database(course())


@pytest.fixture
def repository(tmp_path: Path, database: str) -> Path:
    """A Git repository with an exported and committed workshop in `course/`."""
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q")
    assert run("export", database, root / "course").returncode == 0
    commit(root)
    return root


def git(root: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "core.autocrlf=false"]
    command = ["git", "-C", str(root), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "change")


def test_a_fresh_directory(database: str, tmp_path: Path) -> None:
    done = run("export", database, tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, "")
    assert "wrote 5 files, removed 0, left 0 as they were" in done.stderr
    assert (tmp_path / "out" / "steps" / "step-3.yaml").read_text() == (
        "id: step-3\ntitle: Title one\nimage_tag: org/course:step-3\n"
        'navigation:\n  unlock_condition: steps["step-2"].completed\n'
        "goss_spec: |\n  file:\n    /tmp/x:\n      exists: true\n"
        "markdown: |\n  # Step\n\n" + "  Some prose that goes on for a while.\n" * 40 + "  one\n"
    )


def test_nothing_changed_writes_nothing(database: str, tmp_path: Path) -> None:
    run("export", database, tmp_path / "out")
    before = {path: path.stat() for path in (tmp_path / "out").rglob("*")}
    done = run("export", database, tmp_path / "out")
    assert "wrote 0 files, removed 0, left 5 as they were" in done.stderr
    after = {path: path.stat() for path in (tmp_path / "out").rglob("*")}
    assert {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in before.items()} == {
        path: (stat.st_ino, stat.st_mtime_ns) for path, stat in after.items()
    }


def test_quiet_and_verbose(database: str, tmp_path: Path) -> None:
    assert run("-q", "export", database, tmp_path / "quiet").stderr == ""
    assert (
        "wrote " + str(tmp_path / "verbose" / "steps" / "step-1.yaml")
        in run("-v", "export", database, tmp_path / "verbose").stderr
    )


def test_check_writes_nothing_and_says_what_differs(
    database: str, tmp_path: Path, make_database: MakeDatabase
) -> None:
    out = tmp_path / "out"
    missing = run("export", "--check", database, out)
    assert missing.returncode == 1
    assert "workshop.yaml: not what the database says" in missing.stdout
    assert not out.exists()
    run("export", database, out)
    assert run("export", "--check", database, out).returncode == 0
    before = snapshot(out)
    other = make_database(course(3, word="two"), name="other.db")
    differs = run("export", "--check", other, out)
    assert differs.returncode == 1
    assert "steps/step-4.yaml: not in the database" in differs.stdout
    assert snapshot(out) == before


def test_comments_are_kept_and_files_of_steps_that_went_are_removed(
    repository: Path, make_database: MakeDatabase
) -> None:
    step = repository / "course" / "steps" / "step-1.yaml"
    step.write_text("# for beginners\n" + step.read_text())
    (repository / "course" / "steps" / "notes.txt").write_text("foreign")
    (repository / "course" / "README.md").write_text("foreign")
    commit(repository)
    done = run("export", make_database(course(2, word="two"), name="new.db"), repository / "course")
    assert done.returncode == 0, done.stderr
    assert step.read_text().startswith("# for beginners\nid: step-1\ntitle: Title two\n")
    assert sorted(snapshot(repository / "course")) == [
        "README.md", "steps/notes.txt", "steps/step-1.yaml", "steps/step-2.yaml", "workshop.yaml"
    ]  # fmt: skip


def test_what_a_person_edited_is_not_overwritten_unseen(
    repository: Path, make_database: MakeDatabase
) -> None:
    step = repository / "course" / "steps" / "step-2.yaml"
    step.write_text(step.read_text().replace("Title one", "My title"))
    before = snapshot(repository / "course")
    new = make_database(course(word="two"), name="new.db")
    refused = run("export", new, "course", cwd=repository)
    assert refused.returncode == 1
    assert "course/steps/step-2.yaml: YS131 the file was edited since export wrote it" in refused.stderr
    assert "1 problem; nothing was changed" in refused.stderr
    assert snapshot(repository / "course") == before
    # Git holds it then; but that the YAML does not show it any more is to be seen too.
    commit(repository)
    refused = run("export", new, "course", cwd=repository)
    assert refused.returncode == 1
    assert "course/steps/step-2.yaml: YS133 the YAML was edited since the database and it" in refused.stderr
    assert run("export", "--force", new, "course", cwd=repository).returncode == 0
    assert "Title two" in step.read_text()


def test_force_overwrites_an_edit(repository: Path, make_database: MakeDatabase) -> None:
    step = repository / "course" / "steps" / "step-2.yaml"
    step.write_text("broken: [")
    new = make_database(course(word="two"), name="new.db")
    assert run("export", new, repository / "course").returncode == 1
    assert run("export", "--force", new, repository / "course").returncode == 0
    assert "Title two" in step.read_text()


def test_what_export_wrote_itself_may_be_replaced_without_git(
    database: str, tmp_path: Path, make_database: MakeDatabase
) -> None:
    run("export", database, tmp_path / "out")
    new = make_database(course(3, word="two"), name="new.db")
    assert run("export", new, tmp_path / "out").returncode == 0
    assert "Title two" in (tmp_path / "out" / "steps" / "step-2.yaml").read_text()


def test_files_of_unknown_origin_are_not_replaced(
    database: str, tmp_path: Path, make_database: MakeDatabase
) -> None:
    run("export", database, tmp_path / "out")
    (tmp_path / "out" / ".yamlsync" / "written.json").write_text("{not json")
    refused = run("export", make_database(course(word="two"), name="new.db"), tmp_path / "out")
    assert refused.returncode == 1
    assert "steps/step-2.yaml: YS131 nobody else holds this file as it stands" in refused.stderr


def test_comments_of_a_removed_file_are_named_unless_git_holds_them(
    repository: Path, make_database: MakeDatabase
) -> None:
    step = repository / "course" / "steps" / "step-4.yaml"
    step.write_text("# mine\n" + step.read_text())
    new = make_database(course(3), name="new.db")
    refused = run("export", new, repository / "course")
    assert refused.returncode == 1
    assert "steps/step-4.yaml: YS131 the file would be removed, and its comments with it" in refused.stderr
    commit(repository)
    assert run("export", new, repository / "course").returncode == 0
    assert not step.exists()


def test_a_checkout_with_crlf_counts_as_committed(repository: Path, make_database: MakeDatabase) -> None:
    for path in (repository / "course").rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert (
        run("export", make_database(course(word="two"), name="new.db"), repository / "course").returncode == 0
    )


def test_variables_of_a_git_hook_do_not_lead_astray(
    repository: Path, tmp_path: Path, make_database: MakeDatabase
) -> None:
    (tmp_path / "elsewhere").mkdir()
    git(tmp_path / "elsewhere", "init", "-q")
    environment = {
        "GIT_DIR": str(tmp_path / "elsewhere" / ".git"),
        "GIT_WORK_TREE": str(tmp_path / "elsewhere"),
    }
    (repository / "course" / ".yamlsync" / "written.json").unlink()
    new = make_database(course(word="two"), name="new.db")
    assert run("export", new, repository / "course", env=environment).returncode == 0


def test_git_ignores_what_export_keeps_for_itself(repository: Path) -> None:
    assert git(repository, "status", "--porcelain", "--ignored").split() == ["!!", "course/.yamlsync/"]


def test_progress_is_left_in_the_database_unless_asked_for(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    database = make_database(course(progress=True))
    done = run("export", database, tmp_path / "out")
    assert "2 rows of students' progress left in the database" in done.stderr
    assert not (tmp_path / "out" / "state").exists()
    assert run("export", "--state", database, tmp_path / "out").returncode == 0
    state = tmp_path / "out" / "state" / "student.yaml"
    assert state.read_text() == (
        "format: yamlsync/1\nworkspace: student\nsteps:\n  - id: step-1\n    status: completed\n"
        '    started_at: "2026-02-01T10:00:00Z"\ncustom:\n  - key: answer\n    value: "42"\n'
    )
    run("export", make_database(course(progress=False), name="bare.db"), tmp_path / "out")
    assert state.exists()


def test_progress_in_a_git_repository_is_warned_of(repository: Path, make_database: MakeDatabase) -> None:
    done = run("export", "--state", make_database(course(progress=True), name="p.db"), repository / "course")
    assert "warning: students' progress is written into a Git repository" in done.stderr


def test_several_workshops(make_database: MakeDatabase, tmp_path: Path) -> None:
    contents = course()
    several = evolve(contents, workshops=(*contents.workshops, Workshop("Ünother", "Other", "v1", 7)))
    database = make_database(several)
    assert run("export", database, tmp_path / "out").returncode == 0
    assert (tmp_path / "out" / "workshops.yaml").read_text() == (
        "format: yamlsync/1\nworkshops:\n  - course\n  - Ünother\n"
    )
    assert (tmp_path / "out" / "workshops" / "%c3%9cnother" / "workshop.yaml").exists()
    assert run("import", "--check", "--schema", 1, tmp_path / "out", database).returncode == 0


def test_a_database_in_a_revision_is_written_into_a_file_first(repository: Path) -> None:
    done = run("export", "HEAD:course.db", repository / "out", cwd=repository)
    assert (done.returncode, done.stdout, done.stderr.splitlines()) == (
        2,
        "",
        [
            "error: HEAD:course.db is in a revision, and export takes the file of a database",
            "  = help: write it into a file first: git show HEAD:course.db > FILE.db, and export that",
        ],
    )
    assert not (repository / "out").exists()


def test_a_link_is_not_followed(database: str, tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    run("export", database, out)
    (out / "steps").rename(elsewhere)
    (out / "steps").symlink_to(elsewhere)
    done = run("export", "--force", database, out)
    assert done.returncode == 1
    assert "steps: YS128 this is a link, and links are not followed" in done.stderr
    (out / "steps").unlink()
    elsewhere.rename(out / "steps")
    (out / "steps" / "step-1.yaml").rename(elsewhere)
    (out / "steps" / "step-1.yaml").symlink_to(elsewhere)
    done = run("export", "--force", database, out)
    assert "steps/step-1.yaml: YS128 this is a link, and links are not followed" in done.stderr


def test_a_linked_folder_of_our_own_is_not_followed(
    database: str, tmp_path: Path, make_database: MakeDatabase
) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    run("export", database, out)
    elsewhere.mkdir()
    for path in (out / ".yamlsync").iterdir():
        path.unlink()
    (out / ".yamlsync").rmdir()
    (out / ".yamlsync").symlink_to(elsewhere)
    done = run("export", "--force", make_database(course(word="two"), name="new.db"), out)
    assert done.returncode == 2
    assert ".yamlsync is a link, which is not followed" in done.stderr
    assert list(elsewhere.iterdir()) == []


def test_two_exports_at_once(database: str, tmp_path: Path, make_database: MakeDatabase) -> None:
    out = tmp_path / "out"
    run("export", database, out)
    new = make_database(course(word="two"), name="new.db")
    with locked(str(out / ".yamlsync" / "lock")):
        done = run("export", new, out)
    assert done.returncode == 2
    assert f"another process is writing into {out}" in done.stderr
    assert run("export", new, out).returncode == 0


def test_many_exports_at_once_leave_one_of_them_whole(tmp_path: Path, make_database: MakeDatabase) -> None:
    databases = [make_database(course(word=f"word-{number}"), name=f"{number}.db") for number in range(6)]
    from concurrent.futures import ThreadPoolExecutor

    for _ in range(3):
        with ThreadPoolExecutor(6) as pool:
            done = list(pool.map(lambda database: run("export", database, tmp_path / "out"), databases))
        assert {each.returncode for each in done} <= {0, 2}, [each.stderr for each in done]
        assert any(
            run("export", "--check", database, tmp_path / "out").returncode == 0 for database in databases
        )
        assert [path.name for path in tmp_path.iterdir() if ".yamlsync-" in path.name] == []


def test_a_journal_from_a_pull_request_does_nothing(repository: Path, make_database: MakeDatabase) -> None:
    own = repository / "course" / ".yamlsync"
    (own / "stage").mkdir()
    (own / "stage" / "0").write_text("evil\n")
    victim = repository / "victim.txt"
    victim.write_text("precious")
    for path in [
        "../victim.txt",
        "/etc/passwd",
        "steps/../../victim.txt",
        "README.md",
        ".yamlsync/lock",
        "steps/.x.yaml",
    ]:
        (own / "journal.json").write_text(json.dumps({"record": "0", "changes": [[path, None, "0"]]}))
        done = run("export", make_database(course(word="two"), name="new.db"), repository / "course")
        assert done.returncode == 2
        assert "is not what an export wrote" in done.stderr
        (repository / "new.db").unlink(missing_ok=True)
        Path(make_database(name="x.db")).unlink()
        Path(done.args[-2]).unlink()
    assert victim.read_text() == "precious"
    (own / "journal.json").write_text(
        json.dumps({"record": "0", "changes": [["steps/step-1.yaml", None, None]]})
    )
    git(repository, "add", "-f", "course/.yamlsync/journal.json")
    done = run("export", make_database(course(word="two"), name="new.db"), repository / "course")
    assert done.returncode == 2
    assert "is committed to Git, which no interrupted export does" in done.stderr
    assert (repository / "course" / "steps" / "step-1.yaml").exists()
    reading = run("import", repository / "course", repository / "out.db")
    assert reading.returncode == 2
    assert "was interrupted" in reading.stderr


def test_what_cannot_be_tried(database: str, tmp_path: Path) -> None:
    for arguments, said in [
        (("export", tmp_path / "none.db", tmp_path / "out"), "none.db does not exist"),
        (("export", tmp_path, tmp_path / "out"), "is a folder, not a database"),
        (("export", __file__, tmp_path / "out"), "is no SQLite database"),
        (("export", database, tmp_path / "none" / "out"), "none does not exist"),
        (("export", database, __file__), "is a file, not a folder"),
        (("export", database), "Missing argument 'DIR'"),
        (("exprot", database), "No such command 'exprot'"),
        (("-C", tmp_path / "none", "export", database, "out"), "No such file or directory"),
    ]:
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_order_of_the_files_system_and_the_environment_do_not_matter(
    database: str, tmp_path: Path
) -> None:
    trees = []
    for number, environment in enumerate(
        [
            {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
        ]
    ):
        previous = os.umask(0o077 if number else 0o002)
        try:
            assert run("export", database, tmp_path / str(number), env=environment).returncode == 0
        finally:
            os.umask(previous)
        trees.append(snapshot(tmp_path / str(number)))
    assert trees[0] == trees[1]


def test_new_files_obey_the_umask_and_replaced_ones_keep_their_mode(
    database: str, tmp_path: Path, make_database: MakeDatabase
) -> None:
    previous = os.umask(0o027)
    try:
        run("export", database, tmp_path / "out")
    finally:
        os.umask(previous)
    step = tmp_path / "out" / "steps" / "step-1.yaml"
    assert step.stat().st_mode & 0o777 == 0o640
    step.chmod(0o604)
    run("export", make_database(course(word="two"), name="new.db"), tmp_path / "out")
    assert step.stat().st_mode & 0o777 == 0o604


def test_an_empty_database_file_and_one_without_workshops(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    done = run("export", empty, tmp_path / "out")
    assert (done.returncode, "is empty" in done.stderr) == (2, True)
    done = run("export", make_database(Contents(())), tmp_path / "out")
    assert (done.returncode, "YS809 there is no workshop in it" in done.stderr) == (1, True)


def test_another_course_is_not_replaced_by_mistake(repository: Path, make_database: MakeDatabase) -> None:
    contents = course(2)
    other = make_database(Contents((evolve(contents.workshops[0], id="other"),)), name="other.db")
    before = snapshot(repository / "course")
    refused = run("export", other, repository / "course")
    assert refused.returncode == 1
    assert 'workshop.yaml: YS132 the directory holds another workshop, "course"' in refused.stderr
    assert snapshot(repository / "course") == before
    both = evolve(contents, workshops=(*contents.workshops, evolve(contents.workshops[0], id="x", steps=())))
    assert run("export", make_database(both, name="both.db"), repository / "course").returncode == 0
    assert run("export", "--force", other, repository / "course").returncode == 0


@pytest.mark.parametrize("name", ["stage", "lock", "written.json", "journal.json"])
def test_links_in_our_own_folder_lead_nowhere(
    name: str, database: str, tmp_path: Path, make_database: MakeDatabase
) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "precious.txt").write_text("precious")
    out = tmp_path / "out"
    run("export", database, out)
    own = out / ".yamlsync" / name
    own.unlink(missing_ok=True)
    own.symlink_to(victim if name == "stage" else victim / "precious.txt")
    run("export", make_database(course(word="two"), name="new.db"), out)
    assert (victim / "precious.txt").read_text() == "precious"
    assert [path.name for path in victim.iterdir()] == ["precious.txt"]


@pytest.mark.parametrize(
    "path", ["steps/pipe.yaml", ".yamlsync/lock", ".yamlsync/journal.json", ".yamlsync/written.json"]
)
def test_a_pipe_hangs_nothing(path: str, database: str, tmp_path: Path, make_database: MakeDatabase) -> None:
    out = tmp_path / "out"
    run("export", database, out)
    (out / path).unlink(missing_ok=True)
    os.mkfifo(out / path)
    new = make_database(course(word="two"), name="new.db")
    for command in (
        ("export", new, out),
        ("export", "--check", new, out),
        ("import", out, tmp_path / "x.db"),
    ):
        assert run(*command, timeout=20).returncode in (0, 1, 2)
    os.mkfifo(tmp_path / "pipe.db")
    assert run("export", tmp_path / "pipe.db", tmp_path / "y", timeout=20).returncode == 2


def test_names_of_files_do_not_act_on_the_terminal(database: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("export", database, out)
    (out / "steps" / "\x1b]0;x\x07.yaml").write_text("id: x\n")
    done = run("export", "--check", database, out)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    assert "\\x1b]0;x\\x07.yaml: not in the database" in done.stdout


def test_a_directory_of_a_newer_format_is_not_written_over(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    """LAY-82."""
    database, tree = make_database(course()), tmp_path / "out"
    assert run("export", database, tree).returncode == 0
    edit = tree / "workshop.yaml"
    edit.write_text(edit.read_text().replace("yamlsync/1", "yamlsync/2") + "audience: beginners\n")
    before = snapshot(tree)
    done = run("export", make_database(course(word="two"), name="two.db"), tree)
    assert (done.returncode, snapshot(tree)) == (1, before)
    assert "YS110 this is of format yamlsync/2, and yamlsync" in done.stderr
    assert "install a newer yamlsync, or run again with --force" in done.stderr
    assert run("export", "--force", database, tree).returncode == 0
    assert "format: yamlsync/1\n" in edit.read_text()

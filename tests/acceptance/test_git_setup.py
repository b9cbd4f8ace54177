"""`yamlsync git install`, and then git's own commands, as their users meet them (GIT-40 to GIT-64)."""

from __future__ import annotations

import os
import pty
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.acceptance.command import course, run
from tests.git.repository import Made, make
from yamlsync.converters import contents_to_rows
from yamlsync.database.write import write_database
from yamlsync.export import ExportOptions, export

IDENTITY = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
OLD, NEW = "-title: Title one\n+title: Title two\n", "+title: Title one\n-title: Title two\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that nobody's settings have a part in it."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    return place


def build(path: Path, word: str = "one") -> None:
    path.unlink(missing_ok=True)
    write_database(str(path), contents_to_rows(course(2, word=word)))


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A repository with a database and its files: as they were, then with other words, both committed."""
    # A name that a shell would take apart.
    repository = make(tmp_path / "Ann's $HOME %d repository")
    for word in ("one", "two"):
        build(repository.top / "course.db", word)
        done = export(str(repository.top / "course.db"), str(repository.top / "course"), ExportOptions())
        assert done.problems == ()
        repository.commit({})
    return repository


@pytest.fixture
def installed(made: Made) -> Made:
    assert run("git", "install", cwd=made.top).returncode == 0
    made.commit({}, "attributes")
    return made


def git(made: Made, *arguments: str, **options: str) -> str:
    done = subprocess.run(
        ["git", *IDENTITY, *arguments],
        cwd=made.top,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | options,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def edit(made: Made, path: str, old: str, new: str) -> None:
    place = made.top / path
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new), encoding="utf-8")


def test_install_status_and_uninstall(made: Made) -> None:
    before = (made.top / ".git" / "config").read_bytes()
    done = run("git", "status", cwd=made.top)
    assert (done.returncode, done.stdout.count(": missing")) == (1, 4)
    assert "yamlsync git install" in done.stderr
    done = run("-v", "git", "install", "--semantic", cwd=made.top / "course")
    assert (done.returncode, done.stdout) == (0, "")
    assert "set diff.yamlsync-step.command in the local configuration\n" in done.stderr
    assert done.stderr.endswith(".gitattributes: commit it\n")
    assert run("git", "install", cwd=made.top).stderr == "all was set up already\n"
    done = run("git", "status", cwd=made.top)
    assert (done.returncode, done.stderr, done.stdout.count(": set")) == (0, "", 5)
    done = run("git", "uninstall", cwd=made.top)
    assert (done.returncode, done.stderr) == (0, "taken back\n")
    assert (made.top / ".git" / "config").read_bytes() == before
    assert git(made, "status", "--short") == ""
    assert run("git", "uninstall", cwd=made.top).stderr == "nothing was set up\n"


@pytest.mark.parametrize("command", ["install", "uninstall", "status"])
def test_outside_of_a_repository_it_cannot_be_tried(tmp_path: Path, command: str) -> None:
    (tmp_path / "plain").mkdir()
    done = run("git", command, tmp_path / "plain")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is in no Git repository" in done.stderr


def test_what_is_in_the_way_is_said_with_what_to_do(made: Made) -> None:
    made.git("config", "diff.yamlsync-db.textconv", "sqlite3 .dump")
    done = run("git", "install", cwd=made.top)
    assert done.returncode == 2
    assert 'diff.yamlsync-db.textconv is "sqlite3 .dump" in ' in done.stderr
    assert "--unset-all diff.yamlsync-db.textconv" in done.stderr
    made.git("config", "--unset-all", "diff.yamlsync-db.textconv")
    assert run("git", "install", cwd=made.top).returncode == 0


def test_the_attributes_of_a_new_workshop_in_a_folder_are_told(made: Made) -> None:
    (made.top / "new").mkdir()
    (made.top / "new" / ".gitattributes").write_text("*.db binary\n", encoding="ascii")
    shutil.copy(made.top / "course.db", made.top / "new" / "x.db")
    done = run("git", "install", cwd=made.top)
    assert done.returncode == 0
    assert "git shows new/x.db in another way" in done.stderr
    assert run("git", "status", cwd=made.top).returncode == 1
    # What the help says.
    assert run("git", "install", "--attributes", "local", cwd=made.top).returncode == 0
    assert run("git", "status", cwd=made.top).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "hunk"),
    [
        (("log", "-p", "--", "course.db"), OLD),
        (("show", "HEAD~1", "--", "course.db"), OLD),
        (("diff", "HEAD~2", "HEAD~1", "--", "course.db"), OLD),
        (("diff", "HEAD~1", "HEAD~2", "--", "course.db"), NEW[18:] + NEW[:18]),
        (("log", "-p", "-G", "Title two", "--", "course.db"), OLD),
    ],
)
def test_git_shows_a_database_as_yaml(installed: Made, arguments: tuple[str, ...], hunk: str) -> None:
    said = git(installed, *arguments)
    assert hunk in said
    assert "@@ steps/step-1.yaml\n" in said
    assert "Binary files" not in said


def test_the_worktree_and_the_index_are_shown(installed: Made) -> None:
    build(installed.top / "course.db", "three")
    expected = "-title: Title two\n+title: Title three\n"
    assert expected in git(installed, "diff")
    assert git(installed, "diff", "--cached") == ""
    installed.git("add", "course.db")
    assert git(installed, "diff") == ""
    assert expected in git(installed, "diff", "--cached")
    assert expected in git(installed, "commit", "-v", "-m", "x", "--dry-run")
    build(installed.top / "course.db", "four")
    assert "-title: Title three\n+title: Title four\n" in git(installed, "diff")


def test_a_new_and_a_removed_database_are_shown(installed: Made) -> None:
    shutil.copy(installed.top / "course.db", installed.top / "-odd 'na$me`.db")
    (installed.top / "course.db").unlink()
    installed.git("add", "-A")
    said = git(installed, "diff", "--cached", "--no-renames")
    assert said.count("+id: step-1\n") == said.count("-id: step-1\n") == 1


def test_stash_and_its_pop_keep_the_bytes_and_show_yaml(installed: Made) -> None:
    build(installed.top / "course.db", "three")
    edit(installed, "course/steps/step-1.yaml", "Title two", "Title three")
    wanted = {path: (installed.top / path).read_bytes() for path in ("course.db", "course/steps/step-1.yaml")}
    git(installed, "stash")
    assert git(installed, "status", "--short") == ""
    hunk = "-title: Title two\n+title: Title three\n"
    assert git(installed, "stash", "show", "-p", "--textconv").count(hunk) == 3
    assert git(installed, "diff", "stash^", "stash").count(hunk) == 3
    # Here git asks for a text only where it is told to.
    assert "Binary files" in git(installed, "stash", "show", "-p")
    git(installed, "stash", "pop")
    assert {path: (installed.top / path).read_bytes() for path in wanted} == wanted
    for arguments in (("stash", "push", "--keep-index"), ("stash", "pop", "--index")):
        git(installed, *arguments)
    assert {path: (installed.top / path).read_bytes() for path in wanted} == wanted


@pytest.mark.parametrize("options", [(), ("--semantic",)])
@pytest.mark.parametrize("kind", ["format-patch", "diff"])
def test_patches_can_still_be_applied(made: Made, options: tuple[str, ...], kind: str) -> None:
    made.commit({})
    assert run("git", "install", "--attributes", "local", *options, cwd=made.top).returncode == 0
    data = (made.top / "course.db").read_bytes()
    if kind == "format-patch":
        patch = git(made, "format-patch", "-1", "--stdout", "HEAD~1")
        assert "GIT binary patch" in patch
    else:
        # What git shows people is no patch; that is asked for.
        patch = git(made, "diff", "--binary", "--no-textconv", "--no-ext-diff", "HEAD~2", "HEAD~1")
    git(made, "checkout", "-q", "-b", "other", "HEAD~2")
    done = subprocess.run(
        ["git", *IDENTITY, *(["am"] if kind == "format-patch" else ["apply"])],
        cwd=made.top,
        input=patch,
        text=True,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (made.top / "course.db").read_bytes() == data
    assert "Title two" in (made.top / "course" / "steps" / "step-1.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [(), ("--semantic",)])
def test_rebase_cherry_pick_and_merge_work_on_bytes(made: Made, options: tuple[str, ...]) -> None:
    assert run("git", "install", "--attributes", "local", *options, cwd=made.top).returncode == 0
    data = (made.top / "course.db").read_bytes()
    git(made, "branch", "topic")
    git(made, "reset", "-q", "--hard", "HEAD~1")
    made.commit({"other.txt": b"x\n"})
    git(made, "cherry-pick", "topic")
    assert (made.top / "course.db").read_bytes() == data
    git(made, "reset", "-q", "--hard", "HEAD~1")
    git(made, "checkout", "-q", "topic")
    subprocess.run(["git", *IDENTITY, "rebase", "-q", "--apply", "main"], cwd=made.top, check=True)
    assert (made.top / "course.db").read_bytes() == data


@pytest.mark.parametrize("options", [(), ("--semantic",)])
def test_parts_of_a_step_can_be_added(made: Made, options: tuple[str, ...]) -> None:
    assert run("git", "install", "--attributes", "local", *options, cwd=made.top).returncode == 0
    edit(made, "course/steps/step-1.yaml", "Title two", "Title three")
    path = made.top / "course" / "steps" / "step-1.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# the end\n", encoding="utf-8")
    done = subprocess.run(
        ["git", "add", "-p"], cwd=made.top, input="y\nn\n", text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    staged = git(made, "diff", "--cached", "--no-ext-diff")
    assert "+title: Title three\n" in staged
    assert "the end" not in staged


def test_a_database_cannot_be_added_in_parts_and_that_is_no_failure(installed: Made) -> None:
    build(installed.top / "course.db", "three")
    done = subprocess.run(
        ["git", "add", "-p"], cwd=installed.top, input="y\n", text=True, capture_output=True, check=False
    )
    assert (done.returncode, "Only binary files changed" in done.stdout + done.stderr) == (0, True)


def test_blame_and_grep_read_the_yaml(installed: Made) -> None:
    said = git(installed, "blame", "--textconv", "-s", "course.db")
    first, second = (installed.git("rev-parse", f"HEAD~{n}")[:7] for n in (2, 1))
    named = [line.split(" ")[0].lstrip("^") for line in said.splitlines() if "title: Title two" in line]
    assert [second.startswith(name[:7]) for name in named] == [True, True]
    assert any(first.startswith(line.split(" ")[0].lstrip("^")[:7]) for line in said.splitlines())
    assert git(installed, "grep", "--textconv", "-n", "Title two", "--", "course.db").splitlines() == [
        "course.db:13:title: Title two",
        "course.db:61:title: Title two",
    ]


def test_a_log_goes_on_past_what_cannot_be_shown(installed: Made) -> None:
    good = (installed.top / "course.db").read_bytes()
    damaged = good[: 4096 * 2] + bytes(4096) + good[4096 * 3 :]
    with closing(sqlite3.connect(installed.top / "foreign.db")) as connection:
        connection.execute("CREATE TABLE t (x)")
    for number, data in enumerate([damaged, b"", b"\0\1", b"text\n", good]):
        installed.commit({"course.db": data}, f"number {number}")
    said = git(installed, "log", "-p", "--reverse")
    for number in range(5):
        assert f"    number {number}\n" in said
    for line in ("+# not shown: the database has problems", "+# no text, and no SQLite database", "+text"):
        assert f"\n{line}\n" in said
    assert "+# not shown: it is no workshop database" in said or "+# not shown: it " in said


def test_hunks_of_steps_are_named_by_their_key_or_heading(made: Made) -> None:
    path = "course/steps/step-2.yaml"
    text = "".join(f"  ## Part {part}\n\n" + "  Some prose.\n" * 12 for part in range(4))
    edit(made, path, "markdown: |\n", "markdown: |\n" + text)
    goss = "".join(f"    /tmp/{n}:\n      exists: true\n" for n in range(9))
    edit(made, path, "goss_spec: |\n  file:\n", "goss_spec: |\n  file:\n" + goss)
    made.commit({})
    assert run("git", "install", "--attributes", "local", cwd=made.top).returncode == 0
    place = made.top / path
    lines = place.read_text(encoding="utf-8").split("\n")
    lines[lines.index("    /tmp/8:")] = "    /tmp/eight:"
    lines[lines.index("  ## Part 2") + 9] = "  Other prose."
    place.write_text("\n".join(lines), encoding="utf-8")
    heads = [line.rpartition("@@ ")[2] for line in git(made, "diff").splitlines() if line.startswith("@@")]
    assert heads == ["goss_spec", "## Part 2"]


def test_steps_are_told_in_words_where_that_is_asked_for(made: Made) -> None:
    assert run("git", "install", "--semantic", "--attributes", "local", cwd=made.top).returncode == 0
    edit(made, "course/steps/step-1.yaml", "Title two", "Title three")
    edit(made, "course/steps/step-2.yaml", "look two", "look three")
    said = git(made, "diff")
    assert said.startswith("diff --git a/course/steps/step-1.yaml b/course/steps/step-1.yaml\nindex ")
    assert "    title: “Title two” became “Title three”\n" in said
    assert "    hint 1: “look two” became “look three”\n" in said
    # By itself, git asks for words in git diff alone.
    made.git("commit", "-qam", "x")
    assert "-title: Title two\n+title: Title three\n" in git(made, "log", "-p", "-1")
    assert "“Title three”" in git(made, "log", "-p", "-1", "--ext-diff")
    assert "“Title three”" in git(made, "show", "--ext-diff")
    assert "-title: Title two\n" in git(made, "diff", "--no-ext-diff", "HEAD~1")


def test_new_removed_and_renamed_steps_and_conflicts_do_not_stop_a_diff(made: Made) -> None:
    assert run("git", "install", "--semantic", "--attributes", "local", cwd=made.top).returncode == 0
    made.commit({})
    steps = made.top / "course" / "steps"
    git(made, "mv", "course/steps/step-1.yaml", "course/steps/begin.yaml")
    edit(made, "course/steps/begin.yaml", "id: step-1", "id: begin")
    (steps / "step-2.yaml").unlink()
    (steps / "new.yaml").write_text("id: new\ntitle: New\nimage_tag: i\n", encoding="utf-8")
    made.git("add", "-A")
    said = git(made, "diff", "--cached", "-M")
    assert "rename from course/steps/step-1.yaml\nrename to course/steps/begin.yaml\n" in said
    assert "was “step-1”" in said
    assert "deleted file mode 100644\n" in said
    assert "new file mode 100644\n" in said
    assert "\n+id: new\n" in said
    made.git("commit", "-qm", "x")
    git(made, "checkout", "-q", "-b", "other")
    made.commit({"course/steps/new.yaml": b"id: new\ntitle: Ours\nimage_tag: i\n"})
    git(made, "checkout", "-q", "main")
    made.commit({"course/steps/new.yaml": b"id: new\ntitle: Theirs\nimage_tag: i\n"})
    subprocess.run(["git", *IDENTITY, "merge", "other"], cwd=made.top, capture_output=True, check=False)
    assert "* Unmerged path course/steps/new.yaml\n" in git(made, "diff", "--ours", "--", "course")
    git(made, "diff")


def test_a_file_that_is_no_step_is_shown_as_git_would(made: Made) -> None:
    made.commit({"ci/steps/build.yaml": b"kind: Task\nspec:\n  a: 1\n"})
    assert run("git", "install", "--semantic", "--attributes", "local", cwd=made.top).returncode == 0
    (made.top / "ci" / "steps" / "build.yaml").write_bytes(b"kind: Task\nspec:\n  a: 2\n\xff\n")
    done = subprocess.run(["git", "diff"], cwd=made.top, capture_output=True, check=True)
    assert b"# not told in words, since the old file is no step: ci/steps/build.yaml" in done.stdout
    assert b"\n-  a: 1\n+  a: 2\n+\xff\n" in done.stdout


def test_colours_are_as_git_has_them(made: Made) -> None:
    assert run("git", "install", "--semantic", "--attributes", "local", cwd=made.top).returncode == 0
    edit(made, "course/steps/step-1.yaml", "Title two", "Title three")
    escape = "\x1b["
    assert escape not in git(made, "diff")
    assert escape in git(made, "-c", "color.ui=always", "diff")
    assert escape not in git(made, "-c", "color.diff=always", "-c", "color.ui=never", "diff")
    made.git("config", "color.diff", "always")
    assert escape in git(made, "diff")
    assert escape not in git(made, "-c", "color.diff=never", "diff")


@pytest.mark.parametrize(("setting", "colored"), [("auto", True), ("never", False)])
def test_in_a_pager_there_are_colours_unless_git_wants_none(made: Made, setting: str, colored: bool) -> None:
    assert run("git", "install", "--semantic", "--attributes", "local", cwd=made.top).returncode == 0
    made.git("config", "color.ui", setting)
    edit(made, "course/steps/step-1.yaml", "Title two", "Title three")
    pager = made.top.parent / "seen"
    parent, child = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "GIT_PAGER": f"cat > '{pager}'"}
    done = subprocess.run(
        ["git", "diff"], cwd=made.top, stdout=child, stderr=subprocess.PIPE, env=environment, check=False
    )
    os.close(child)
    os.close(parent)
    assert (done.returncode, done.stderr) == (0, b"")
    seen = pager.read_text(encoding="utf-8")
    assert "Title three" in seen
    assert ("\x1b[" in seen) is colored


def test_a_pager_that_has_seen_enough_is_no_error(made: Made) -> None:
    assert run("git", "install", "--semantic", "--attributes", "local", cwd=made.top).returncode == 0
    (made.top / "course" / "steps" / "big.yaml").write_bytes(b"x\n" * 200_000)
    made.git("add", "-N", ".")
    with subprocess.Popen(
        ["git", "diff", "--", "course"], cwd=made.top, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_nothing_in_the_worktree_is_run(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = made.top / "trapped"
    code = f"open({str(trap)!r}, 'w')\n"
    names = ["yamlsync.py", "attrs.py", "attr.py", "click.py", "sqlite3.py", "sitecustomize.py", "json.py"]
    for name in names:
        (made.top / name).write_text(code, encoding="utf-8")
    for name in ("yamlsync", "cattrs"):
        (made.top / name).mkdir()
        (made.top / name / "__init__.py").write_text(code, encoding="utf-8")
    # Not in the worktree, for python -m imports from where it is run.
    done = run("git", "install", "--semantic", made.top, cwd=made.top.parent)
    assert done.returncode == 0, done.stderr
    build(made.top / "course.db", "three")
    edit(made, "course/steps/step-1.yaml", "Title two", "Title three")
    for variables in ({}, {"PYTHONPATH": "."}, {"PYTHONPATH": str(made.top), "PYTHONSAFEPATH": ""}):
        said = git(made, "diff", **variables)
        assert "+title: Title three\n" in said
        assert "became “Title three”" in said
    assert not trap.exists()


def test_a_teammate_without_yamlsync_sees_what_git_shows_by_itself(
    installed: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mate = Made(tmp_path / "mate")
    git(installed, "clone", "-q", str(installed.top), str(mate.top))
    # No Python, and no yamlsync.
    tools = tmp_path / "tools"
    tools.mkdir()
    git_program = shutil.which("git")
    assert git_program is not None
    (tools / "git").symlink_to(git_program)
    monkeypatch.setenv("PATH", str(tools))
    said = git(mate, "log", "-p")
    assert "Binary files a/course.db and b/course.db differ" in said
    assert "-title: Title one\n+title: Title two\n" in said
    assert "diff." not in git(mate, "config", "--local", "--list").replace("core.", "")


def test_a_cache_of_git_is_not_believed_by_another_version(installed: Made) -> None:
    installed.git("config", "diff.yamlsync-db.cachetextconv", "true")
    kept = git(installed, "show", "HEAD~1", "--", "course.db")
    assert git(installed, "notes", "--ref", "textconv/yamlsync-db", "list") != ""
    assert git(installed, "show", "HEAD~1", "--", "course.db") == kept
    # As if the version before had written that.
    key = "diff.yamlsync-db.textconv"
    old = installed.git("config", key).replace("--by ", "--by 0.0.")
    installed.git("config", key, "printf 'old %s\\n'; : " + old)
    assert "title" not in git(installed, "show", "HEAD~1", "--", "course.db")
    installed.git("config", "--unset", key)
    assert run("git", "install", cwd=installed.top).returncode == 0
    assert git(installed, "show", "HEAD~1", "--", "course.db") == kept


def test_what_git_calls_never_fails(made: Made) -> None:
    for arguments in (
        ("textconv", "--", "missing.db"),
        ("textconv", "--by", "9.9", "--", "--version"),
        ("diff-driver", "--"),
        ("diff-driver", "--", "steps/x.yaml"),
        ("diff-driver", "--", "x", "missing", "0", "100644", "gone", "0", "100644"),
    ):
        done = run("git", *arguments, cwd=made.top)
        assert (done.returncode, done.stderr) == (0, ""), arguments
    assert "No such file" in done.stdout


def test_what_git_calls_is_not_listed(made: Made) -> None:
    said = run("git", "--help").stdout
    assert "install" in said
    assert "textconv" not in said
    assert "diff-driver" not in said


@pytest.mark.parametrize("seconds", [0.05, 0.1, 0.15, 0.2])
@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_what_was_killed_can_be_run_again(made: Made, command: str, seconds: float) -> None:
    if command == "uninstall":
        assert run("git", "install", cwd=made.top).returncode == 0
    process = subprocess.Popen([sys.executable, "-m", "yamlsync", "git", command], cwd=made.top)
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    process.wait()
    assert run("git", command, cwd=made.top).returncode == 0
    assert [path.name for path in made.top.iterdir() if path.name.startswith(".yamlsync")] == []
    assert run("git", "status", cwd=made.top).returncode == (0 if command == "install" else 1)

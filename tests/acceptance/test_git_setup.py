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
from attrs import define, field

from tests.acceptance.command import course, run
from tests.git.repository import Made, make
from yamlsync.converters import contents_to_rows
from yamlsync.database.write import write_database
from yamlsync.export import ExportOptions, export

IDENTITY = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
WORDS = ("--attributes", "local", "--semantic")
OLD, NEW = "-title: Title one\n+title: Title two\n", "+title: Title one\n-title: Title two\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, so that nobody's settings have a part in it."""
    set_home(tmp_path / "home", monkeypatch)


def set_home(place: Path, patch: pytest.MonkeyPatch) -> None:
    place.mkdir()
    patch.setenv("HOME", str(place))
    patch.delenv("XDG_CONFIG_HOME", raising=False)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        patch.delenv(name)


def build(path: Path, word: str = "one") -> None:
    path.unlink(missing_ok=True)
    write_database(str(path), contents_to_rows(course(2, word=word)))


@define
class Repositories:
    """Repositories by the options of their install, made once and copied for each test."""

    folder: Path
    templates: dict[tuple[str, ...] | None, Path] = field(factory=dict)

    def copied(self, to: Path, options: tuple[str, ...] | None = None) -> Made:
        """One with a database and its files: as they were, then with other words, both committed."""
        if options not in self.templates:
            self.templates[options] = self._made(options)
        # A name that a shell would take apart.
        top = to / "Ann's $HOME %d repository"
        shutil.copytree(self.templates[options], top, symlinks=True)
        return Made(top)

    def _made(self, options: tuple[str, ...] | None) -> Path:
        if options is not None:
            place = self.folder / f"{len(self.templates)}"
            repository = self.copied(place)
            assert run("git", "install", *options, cwd=repository.top).returncode == 0
            return repository.top
        repository = make(self.folder / "plain")
        for word in ("one", "two"):
            build(repository.top / "course.db", word)
            done = export(str(repository.top / "course.db"), str(repository.top / "course"), ExportOptions())
            assert done.problems == ()
            repository.commit({})
        return repository.top


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Repositories:
    return Repositories(tmp_path_factory.mktemp("templates"))


@pytest.fixture
def made(repositories: Repositories, tmp_path: Path) -> Made:
    return repositories.copied(tmp_path)


@pytest.fixture
def installed(repositories: Repositories, tmp_path: Path) -> Made:
    """One in which the lines are committed."""
    repository = repositories.copied(tmp_path, ())
    repository.commit({}, "attributes")
    return repository


@pytest.fixture
def worded(repositories: Repositories, tmp_path: Path) -> Made:
    """One in which steps are told in words, in this clone alone."""
    return repositories.copied(tmp_path, WORDS)


@pytest.fixture(params=[(), ("--semantic",)])
def local(repositories: Repositories, tmp_path: Path, request: pytest.FixtureRequest) -> Made:
    return repositories.copied(tmp_path, ("--attributes", "local", *request.param))


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


def test_a_workshop_of_init_in_a_folder_is_shown_by_the_lines_at_the_top(made: Made) -> None:
    assert run("init", "new", cwd=made.top).returncode == 0
    shutil.copy(made.top / "course.db", made.top / "new" / "x.db")
    assert run("git", "install", cwd=made.top).returncode == 0
    done = run("git", "status", cwd=made.top)
    assert (done.returncode, done.stdout.count(": set")) == (0, 4)
    assert git(made, "check-attr", "diff", "merge", "text", "--", "new/x.db").splitlines() == [
        "new/x.db: diff: yamlsync-db",
        "new/x.db: merge: unset",
        "new/x.db: text: unset",
    ]


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


@pytest.mark.parametrize("kind", ["format-patch", "diff"])
def test_patches_can_still_be_applied(local: Made, kind: str) -> None:
    local.commit({})
    data = (local.top / "course.db").read_bytes()
    if kind == "format-patch":
        patch = git(local, "format-patch", "-1", "--stdout", "HEAD~1")
        assert "GIT binary patch" in patch
    else:
        # What git shows people is no patch; that is asked for.
        patch = git(local, "diff", "--binary", "--no-textconv", "--no-ext-diff", "HEAD~2", "HEAD~1")
    git(local, "checkout", "-q", "-b", "other", "HEAD~2")
    done = subprocess.run(
        ["git", *IDENTITY, *(["am"] if kind == "format-patch" else ["apply"])],
        cwd=local.top,
        input=patch,
        text=True,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (local.top / "course.db").read_bytes() == data
    assert "Title two" in (local.top / "course" / "steps" / "step-1.yaml").read_text(encoding="utf-8")


def test_rebase_cherry_pick_and_merge_work_on_bytes(local: Made) -> None:
    data = (local.top / "course.db").read_bytes()
    git(local, "branch", "topic")
    git(local, "reset", "-q", "--hard", "HEAD~1")
    local.commit({"other.txt": b"x\n"})
    git(local, "cherry-pick", "topic")
    assert (local.top / "course.db").read_bytes() == data
    git(local, "reset", "-q", "--hard", "HEAD~1")
    git(local, "checkout", "-q", "topic")
    subprocess.run(["git", *IDENTITY, "rebase", "-q", "--apply", "main"], cwd=local.top, check=True)
    assert (local.top / "course.db").read_bytes() == data


def test_parts_of_a_step_can_be_added(local: Made) -> None:
    edit(local, "course/steps/step-1.yaml", "Title two", "Title three")
    path = local.top / "course" / "steps" / "step-1.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# the end\n", encoding="utf-8")
    done = subprocess.run(
        ["git", "add", "-p"], cwd=local.top, input="y\nn\n", text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    staged = git(local, "diff", "--cached", "--no-ext-diff")
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


def test_steps_are_told_in_words_where_that_is_asked_for(worded: Made) -> None:
    edit(worded, "course/steps/step-1.yaml", "Title two", "Title three")
    edit(worded, "course/steps/step-2.yaml", "look two", "look three")
    said = git(worded, "diff")
    assert said.startswith("diff --git a/course/steps/step-1.yaml b/course/steps/step-1.yaml\nindex ")
    assert "    title: “Title two” became “Title three”\n" in said
    assert "    hint 1: “look two” became “look three”\n" in said
    # By itself, git asks for words in git diff alone.
    worded.git("commit", "-qam", "x")
    assert "-title: Title two\n+title: Title three\n" in git(worded, "log", "-p", "-1")
    assert "“Title three”" in git(worded, "log", "-p", "-1", "--ext-diff")
    assert "“Title three”" in git(worded, "show", "--ext-diff")
    assert "-title: Title two\n" in git(worded, "diff", "--no-ext-diff", "HEAD~1")


def test_new_removed_and_renamed_steps_and_conflicts_do_not_stop_a_diff(worded: Made) -> None:
    worded.commit({})
    steps = worded.top / "course" / "steps"
    git(worded, "mv", "course/steps/step-1.yaml", "course/steps/begin.yaml")
    edit(worded, "course/steps/begin.yaml", "id: step-1", "id: begin")
    (steps / "step-2.yaml").unlink()
    (steps / "new.yaml").write_text("id: new\ntitle: New\nimage_tag: i\n", encoding="utf-8")
    worded.git("add", "-A")
    said = git(worded, "diff", "--cached", "-M")
    assert "rename from course/steps/step-1.yaml\nrename to course/steps/begin.yaml\n" in said
    assert "was step-1" in said
    assert "deleted file mode 100644\n" in said
    assert "new file mode 100644\n" in said
    assert "\n+id: new\n" in said
    worded.git("commit", "-qm", "x")
    git(worded, "checkout", "-q", "-b", "other")
    worded.commit({"course/steps/new.yaml": b"id: new\ntitle: Ours\nimage_tag: i\n"})
    git(worded, "checkout", "-q", "main")
    worded.commit({"course/steps/new.yaml": b"id: new\ntitle: Theirs\nimage_tag: i\n"})
    subprocess.run(["git", *IDENTITY, "merge", "other"], cwd=worded.top, capture_output=True, check=False)
    assert "* Unmerged path course/steps/new.yaml\n" in git(worded, "diff", "--ours", "--", "course")
    git(worded, "diff")


def test_a_file_that_is_no_step_is_shown_as_git_would(worded: Made) -> None:
    worded.commit({"ci/steps/build.yaml": b"kind: Task\nspec:\n  a: 1\n"})
    (worded.top / "ci" / "steps" / "build.yaml").write_bytes(b"kind: Task\nspec:\n  a: 2\n\xff\n")
    done = subprocess.run(["git", "diff"], cwd=worded.top, capture_output=True, check=True)
    assert b"# not told in words, since the old file is no step: ci/steps/build.yaml" in done.stdout
    assert b"\n-  a: 1\n+  a: 2\n+\xff\n" in done.stdout


def test_colours_are_as_git_has_them(worded: Made) -> None:
    edit(worded, "course/steps/step-1.yaml", "Title two", "Title three")
    escape = "\x1b["
    assert escape not in git(worded, "diff")
    assert escape in git(worded, "-c", "color.ui=always", "diff")
    assert escape not in git(worded, "-c", "color.diff=always", "-c", "color.ui=never", "diff")
    worded.git("config", "color.diff", "always")
    assert escape in git(worded, "diff")
    assert escape not in git(worded, "-c", "color.diff=never", "diff")


@pytest.mark.parametrize(("setting", "colored"), [("auto", True), ("never", False)])
def test_in_a_pager_there_are_colours_unless_git_wants_none(
    worded: Made, setting: str, colored: bool
) -> None:
    worded.git("config", "color.ui", setting)
    edit(worded, "course/steps/step-1.yaml", "Title two", "Title three")
    pager = worded.top.parent / "seen"
    parent, child = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "GIT_PAGER": f"cat > '{pager}'"}
    done = subprocess.run(
        ["git", "diff"], cwd=worded.top, stdout=child, stderr=subprocess.PIPE, env=environment, check=False
    )
    os.close(child)
    os.close(parent)
    assert (done.returncode, done.stderr) == (0, b"")
    seen = pager.read_text(encoding="utf-8")
    assert "Title three" in seen
    assert ("\x1b[" in seen) is colored


def test_a_pager_that_has_seen_enough_is_no_error(worded: Made) -> None:
    (worded.top / "course" / "steps" / "big.yaml").write_bytes(b"x\n" * 200_000)
    worded.git("add", "-N", ".")
    with subprocess.Popen(
        ["git", "diff", "--", "course"], cwd=worded.top, stdout=subprocess.PIPE, stderr=subprocess.PIPE
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


def test_where_yamlsync_is_gone_git_goes_on(made: Made, tmp_path: Path) -> None:
    # A virtual environment that is removed after the install.
    program = tmp_path / "it's gone" / "python"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="ascii")
    program.chmod(0o755)
    before = (made.top / ".git" / "config").read_bytes()
    code = "import sys; sys.executable = sys.argv[1]; from yamlsync.git_setup.installing import install; "
    code += "install('.', semantic=True, own=True)"
    subprocess.run([sys.executable, "-c", code, str(program)], cwd=made.top, check=True)
    edit(made, "course/steps/step-1.yaml", "Title two", "Title three")
    build(made.top / "course.db", "three")
    assert "became “Title three”" in git(made, "diff")
    shutil.rmtree(program.parent)
    said = git(made, "diff")
    assert "\n # with another one: yamlsync git install; to do without: git config --remove-section" in said
    assert f"\n-# object {made.git('rev-parse', 'HEAD:course.db')}\n" in said
    assert f"\n+# object {made.git('hash-object', 'course.db')}\n" in said
    assert "\n-title: Title two\n+title: Title three\n" in said
    assert "\x1b[31m-title: Title two" in git(made, "-c", "color.ui=always", "diff")
    assert "# object " in git(made, "show", "HEAD", "--", "course.db")
    assert git(made, "log", "-p", "--ext-diff").count("# not told in words: ") == 4
    assert "broken: " in run("git", "status", cwd=made.top).stdout
    # What they say.
    assert run("git", "install", cwd=made.top).returncode == 0
    assert "became “Title three”" in git(made, "diff")
    assert run("git", "uninstall", cwd=made.top).returncode == 0
    assert (made.top / ".git" / "config").read_bytes() == before


def test_what_is_to_be_committed_and_what_moved_is_said(made: Made) -> None:
    path, own = made.top / ".gitattributes", made.top / ".git" / "info" / "attributes"
    for place, said in (
        ("shared", f"wrote {path}: commit it\n"),
        ("local", f"wrote {own}\nthe lines are in {path}, too, and stay there\n"),
        ("shared", f"took the lines out of {own}: they are in {path}\n"),
    ):
        done = run("git", "install", "--attributes", place, cwd=made.top)
        assert (done.returncode, done.stderr.endswith(said)) == (0, True), done.stderr
    made.commit({})
    assert run("git", "uninstall", cwd=made.top).stderr == f"removed {path}: commit that\ntaken back\n"
    assert f"\n{path}: missing: removed here, still committed" in run("git", "status", cwd=made.top).stdout
    done = run("git", "uninstall", cwd=made.top)
    assert done.stderr.startswith(f"the lines are out of {path} here, and Git still has them: commit that\n")


def test_a_cache_of_git_is_not_believed_by_another_version(installed: Made) -> None:
    installed.git("config", "diff.yamlsync-db.cachetextconv", "true")
    kept = git(installed, "show", "HEAD~1", "--", "course.db")
    assert git(installed, "notes", "--ref", "textconv/yamlsync-db", "list") != ""
    assert git(installed, "show", "HEAD~1", "--", "course.db") == kept
    # As if the version before had written that.
    key = "diff.yamlsync-db.textconv"
    installed.git("config", key, "printf 'old\\n'; : --by 0.0.1 --")
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


@pytest.mark.parametrize("seconds", [0.06, 0.15])
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

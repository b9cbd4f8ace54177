"""`yamlsync diff` as its users meet it (DIF-1 to DIF-9)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.command import run
from tests.acceptance.small_course import edit, write_course
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> None:
    names = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
    names |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    environment = os.environ | names | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "A change")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two commits of a small course; the second has another title."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q")
    write_course(folder / "course")
    commit(folder)
    edit(folder / "course" / "steps" / "one.yaml", "title: Step one", "title: The first step")
    commit(folder)
    return folder


TITLE = """\
1 step changed

~ step 1 “The first step” (one)
    title: “Step one” became “The first step”
"""
HINT = """\
1 step changed

~ step 2 “Step two” (two)
    text: 1 line changed
      # Step two

    - Make the file.
    + Make the folder.
"""


def edit_text(repository: Path) -> None:
    edit(repository / "course" / "steps" / "two.yaml", "Make the file", "Make the folder")


def test_two_revisions_a_revision_and_a_directory_are_compared(repository: Path) -> None:
    for sides in (("HEAD~1:course", "HEAD:course"), ("HEAD~1:course", "course"), ("HEAD~1:course",)):
        done = run("diff", *sides, cwd=repository)
        assert (done.returncode, done.stdout, done.stderr) == (1, TITLE, "")


@pytest.mark.parametrize("old", ["HEAD:course", "course", "./course/", "HEAD:./course"])
def test_without_new_the_worktree_is_compared_with_git(old: str, repository: Path) -> None:
    edit_text(repository)
    done = run("diff", old, cwd=repository)
    assert (done.returncode, done.stdout, done.stderr) == (1, HINT, "")


def test_the_worktree_is_found_from_any_folder_of_the_repository(repository: Path) -> None:
    edit_text(repository)
    (repository / "docs").mkdir()
    for old in ("HEAD:course", "../course", "HEAD:../course"):
        assert run("diff", old, cwd=repository / "docs").stdout == HINT
    assert run("diff", "HEAD:", "..", cwd=repository / "course" / "steps").returncode == 2
    assert run("diff", ".", cwd=repository / "course").stdout == HINT


def test_a_database_is_compared_with_a_directory_and_with_itself_in_git(repository: Path) -> None:
    assert run("import", "course", "course.db", cwd=repository).returncode == 0
    commit(repository)
    edit_text(repository)
    assert run("diff", "course.db", "course", cwd=repository).stdout == HINT
    assert run("diff", "HEAD:course.db", "course", cwd=repository).stdout == HINT
    assert run("import", "course", "course.db", cwd=repository).returncode == 0
    assert run("diff", "course.db", cwd=repository).stdout == HINT
    assert run("diff", "HEAD:course.db", cwd=repository).stdout == HINT


def test_standard_input_is_a_database(repository: Path) -> None:
    assert run("import", "course", "course.db", cwd=repository).returncode == 0
    edit_text(repository)
    with (repository / "course.db").open("rb") as database:
        assert run("diff", "-", "course", cwd=repository, stdin=database).stdout == HINT
    with (repository / "course.db").open("rb") as database:
        done = run("diff", "HEAD:course", "-", cwd=repository, stdin=database)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "no change: HEAD:course and standard input say the same\n"


@pytest.mark.parametrize(
    ("arguments", "data", "told"),
    [
        (("-", "course"), b"", "standard input is empty"),
        (("-", "course"), b"no database", "standard input is no SQLite database"),
        (("-", "-"), b"", "standard input can be one of the two alone"),
        (("-",), b"", "NEW is missing"),
    ],
)
def test_what_else_comes_on_standard_input_cannot_be_tried(
    arguments: tuple[str, ...], data: bytes, told: str, repository: Path
) -> None:
    (repository / "input").write_bytes(data)
    with (repository / "input").open("rb") as file:
        done = run("diff", *arguments, cwd=repository, stdin=file)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_a_closed_standard_input_cannot_be_tried(repository: Path) -> None:
    program = "import os, sys; os.close(0); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-m", "yamlsync", "diff", "-", "course"]
    done = subprocess.run(
        [sys.executable, "-c", program, *command], cwd=repository, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0] == "error: standard input is closed"


@pytest.mark.parametrize("name", ["course/yamlsync.toml", "yamlsync.toml", "course/pyproject.toml"])
def test_settings_are_not_replaced_by_a_diff(name: str, repository: Path) -> None:
    (repository / name).write_text("# settings\n", encoding="utf-8")
    done = run("diff", "course", "-o", name, cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{name} is for settings, and no place for a diff" in done.stderr
    assert (repository / name).read_text(encoding="utf-8") == "# settings\n"


def test_a_damaged_database_on_standard_input_is_called_so(repository: Path) -> None:
    assert run("import", "course", "course.db", cwd=repository).returncode == 0
    data = bytearray((repository / "course.db").read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    (repository / "course.db").write_bytes(data)
    with (repository / "course.db").open("rb") as file:
        done = run("diff", "-", "course", cwd=repository, stdin=file)
    assert (done.returncode, done.stdout) == (1, "")
    assert "standard input" in done.stderr
    assert "yamlsync-" not in done.stderr


def test_equal_workshops_end_with_0_and_show_nothing(repository: Path) -> None:
    done = run("diff", "course", cwd=repository)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "no change: HEAD:course and course say the same\n"
    assert run("-q", "diff", "course", cwd=repository).stderr == ""


def test_comments_and_spelling_alone_are_told_in_one_line_and_are_no_change(repository: Path) -> None:
    edit(repository / "course" / "steps" / "two.yaml", "title: Step two", "title: 'Step two' # short")
    expected = "no change of content: only comments or spelling differ in 1 file: course/steps/two.yaml\n"
    for options in ((), ("--stat",)):
        done = run("diff", *options, "course", cwd=repository, env={"COLUMNS": "200"})
        assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")


def test_a_side_with_problems_is_told_as_they_are_elsewhere(repository: Path) -> None:
    edit(repository / "course" / "steps" / "two.yaml", "title:", "titel:")
    done = run("diff", "course", cwd=repository)
    assert (done.returncode, done.stdout) == (1, "")
    assert "course/steps/two.yaml:2:1: YS107" in done.stderr
    assert done.stderr.endswith("\n1 problem\nnothing was compared: course has problems\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("missing",), "missing does not exist"),
        (("course", "missing"), "missing does not exist"),
        (("HEAD:missing",), "there is no missing in HEAD"),
        (("HEAD:missing", "course"), "missing"),
        (("nobody:course",), "nobody"),
        (("--step", "tow", "HEAD~1:course"), 'did you mean "two"?'),
        (("--stat", "--word-diff", "course"), "--stat shows no lines"),
        (("--stat", "--output-format", "json", "course"), "go with the format text"),
        (("-o", "course/workshop.yaml", "course"), "is part of a workshop"),
    ],
)
def test_what_cannot_be_tried_ends_with_2(arguments: tuple[str, ...], told: str, repository: Path) -> None:
    done = run("diff", *arguments, cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told", "help"),
    [
        (("HEAD:cuorse",), "there is no cuorse in HEAD", "did you mean HEAD:course?"),
        (("HEAD",), '"HEAD" is a revision, and no workshop', "name one in it: HEAD:course"),
        (("course", "main"), '"main" is a revision, and no workshop', "name one in it: main:course"),
        (
            ("main..b:course",),
            '"main..b:course" is a range of revisions, and one side is one of them',
            "name both: main:course b:course",
        ),
        (
            ("main...b",),
            '"main...b" is a range of revisions, and one side is one of them',
            'name both: "$(git merge-base main b):course" b:course',
        ),
        *[
            (
                sides,
                "no revision stands before the colon: what is staged cannot be named here",
                "commit it first, or name a revision: HEAD:PATH",
            )
            for sides in ((":course",), (":0:course",), ("HEAD:course", ":course"))
        ],
        (("../nothing",), "../nothing does not exist", "name a workshop's database or its directory"),
    ],
)
def test_what_git_takes_and_is_no_side_is_explained(
    arguments: tuple[str, ...], told: str, help: str, repository: Path
) -> None:
    git(repository, "branch", "-M", "main")
    git(repository, "branch", "b")
    done = run("diff", *arguments, cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {told}\n  = help: {help}\n"


def test_the_top_of_the_repository_is_not_the_folder_one_stands_in(repository: Path) -> None:
    for old in ("HEAD:.", "HEAD:"):
        done = run("diff", old, cwd=repository / "course")
        assert (done.returncode, done.stderr.splitlines()) == (
            2,
            [
                f"error: {old} is the top of the repository, and no workshop is in it",
                "  = help: the folder you stand in is HEAD:./",
            ],
        )
    assert run("diff", "HEAD:./", cwd=repository / "course").returncode == 0


def test_a_folder_that_has_another_name_now_is_named(repository: Path) -> None:
    git(repository, "mv", "course", "lessons")
    done = run("diff", "HEAD:course", cwd=repository)
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [
            "error: course does not exist in the worktree, but HEAD:course does",
            "  = help: if it has another name now: yamlsync diff HEAD:course lessons",
        ],
    )
    assert run("diff", "HEAD:course", "lessons", cwd=repository).returncode == 0


def test_the_help_says_what_ends_with_what() -> None:
    words = " ".join(run("diff", "--help").stdout.split())
    assert "Ends with 0 where both say the same; with 1 where they do not, and where one of them has" in words
    assert "with 2 where it could not be tried" in words


def test_outside_of_git_new_has_to_be_named(tmp_path: Path) -> None:
    write_course(tmp_path / "course")
    for old in ("course", "HEAD:course"):
        done = run("diff", old, cwd=tmp_path)
        assert done.returncode == 2
        assert "name NEW" in done.stderr


def test_a_step_is_told_by_itself_by_its_old_and_its_new_id(repository: Path) -> None:
    assert run("step", "mv", "course", "three", "third", cwd=repository).returncode == 0
    edit_text(repository)
    told = [run("diff", "--step", id, "course", cwd=repository) for id in ("three", "third")]
    assert told[0].stdout == told[1].stdout
    assert told[0].stdout.startswith("→ step 3 “Step three” (third), was three")
    assert "two" not in told[0].stdout
    other = run("diff", "--step", "one", "course", cwd=repository)
    assert (other.returncode, other.stdout) == (0, "")
    both = run("diff", "--step", "two", "--step", "third", "course", cwd=repository)
    assert both.returncode == 1
    assert ("two" in both.stdout, "third" in both.stdout) == (True, True)


def test_stat_has_a_line_for_each_step(repository: Path) -> None:
    edit_text(repository)
    done = run("diff", "--stat", "HEAD~1:course", cwd=repository)
    assert (done.returncode, done.stdout.splitlines()) == (
        1,
        [
            "~ one | 0    title",
            "~ two | 2 +- 2 words",
            "2 steps changed; 1 line of text inserted (+), 1 line deleted (-)",
        ],
    )


def test_words_are_marked_in_lines(repository: Path) -> None:
    edit_text(repository)
    done = run("diff", "--word-diff", "-U0", "course", cwd=repository)
    assert done.stdout.splitlines()[4:] == [
        "    ⋯ 2 lines as before; under “Step two”:",
        "    ~ Make the [-file-]{+folder+}.",
    ]


def test_colours_are_as_the_environment_wants_them(repository: Path) -> None:
    edit_text(repository)
    coloured = run("diff", "course", cwd=repository, env={"FORCE_COLOR": "1", "NO_COLOR": ""}).stdout
    assert "\x1b[31m\x1b[1m\x1b[4mfile\x1b[0m" in coloured
    assert run("diff", "course", cwd=repository, env={"NO_COLOR": "1", "FORCE_COLOR": "1"}).stdout == HINT
    assert run("--color", "always", "diff", "course", cwd=repository).stdout == coloured


def test_a_narrow_terminal_and_one_without_our_signs_are_served(repository: Path) -> None:
    edit(repository / "course" / "steps" / "two.yaml", "Make the file.", "Make 漢字 and é, " + "ü " * 40)
    narrow = run("diff", "course", cwd=repository, env={"COLUMNS": "30"}).stdout
    assert all(len(line) <= 30 for line in narrow.splitlines())
    done = run("diff", "course", cwd=repository, env={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stdout.isascii(), done.stderr) == (1, True, "")
    assert '~ step 2 "Step two" (two)' in done.stdout
    assert r"+ Make \u6f22\u5b57 and \xe9" in done.stdout


def test_a_file_gets_the_same_in_utf_8_without_colours(repository: Path) -> None:
    edit_text(repository)
    environment = {"PYTHONIOENCODING": "ascii", "FORCE_COLOR": "1"}
    done = run("diff", "course", "-o", "../changes.txt", cwd=repository, env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert (repository.parent / "changes.txt").read_text(encoding="utf-8") == HINT


def test_a_reader_who_has_seen_enough_is_no_error(repository: Path) -> None:
    edit(
        repository / "course" / "steps" / "two.yaml",
        "Make the file.",
        "\n".join(f"\n  Line {number}" for number in range(20_000)),
    )
    command = [sys.executable, "-m", "yamlsync", "diff", "course"]
    with subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_json_is_json_for_programs(repository: Path) -> None:
    done = run("diff", "HEAD~1:course", "--output-format", "json", cwd=repository)
    assert done.returncode == 1
    assert "The first step" in json.dumps(json.loads(done.stdout))


@pytest.mark.parametrize("new", ["course", "HEAD:course"])
def test_annotations_stand_at_lines_of_files_as_ci_sees_them(new: str, repository: Path) -> None:
    environment = {"GITHUB_WORKSPACE": str(repository)}
    sides = ("HEAD~1:course", new) if ":" in new else ("HEAD~1:course", f"../{new}")
    (repository / "docs").mkdir()
    done = run("diff", *sides, "--output-format", "github", cwd=repository / "docs", env=environment)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("::notice file=course/steps/one.yaml,line=2,")


@pytest.mark.parametrize("output_format", ["markdown", "html"])
def test_pages_are_written_to_files_and_to_stdout_alike(output_format: str, repository: Path) -> None:
    if output_format == "html":
        pytest.importorskip("nh3")
    options = ("HEAD~1:course", "HEAD:course", "--output-format", output_format)
    shown = run("diff", *options, cwd=repository)
    written = run("diff", *options, "-o", "../page", cwd=repository)
    assert (shown.returncode, written.returncode, written.stdout) == (1, 1, "")
    assert (repository.parent / "page").read_text(encoding="utf-8") == shown.stdout
    assert "The first step" in shown.stdout


# Three real changes to the sample workshop.


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A repository with the sample workshop as `course`."""
    folder = tmp_path / "sample"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    shutil.copytree(ROOT / "sample-workshop", folder / "course")
    commit(folder)
    return folder


def test_an_edit_of_prose_shows_the_words_and_nothing_else(sample: Path) -> None:
    path = sample / "course" / "steps" / "deployments.yaml"
    edit(path, "dies or is emptied for maintenance", "dies or is drained for maintenance")
    edit(path, "kubectl get pods -l app=web --watch", "kubectl get pods --selector app=web --watch")
    done = run("diff", "course", cwd=sample, env={"COLUMNS": "100"})
    assert done.stdout.splitlines() == [
        "1 step changed",
        "",
        "~ step 3 “Keep pods running with a deployment” (deployments)",
        "    text: 2 lines changed",
        "    ⋯ 20 lines as before; under “Why a pod alone is not enough”:",
        '      It is gone and stays gone. (Clients before 1.34 print only `pod "first" deleted`.) The same',
        "      happens",
        "    - to a bare pod when its node dies or is emptied for maintenance. What you want is not *this*",
        "    - pod but",
        "    + to a bare pod when its node dies or is drained for maintenance. What you want is not *this*",
        "    + pod but",
        "      *always some pods like this one*, and the object that says so is a deployment:",
        "    ⋯ 65 lines as before; under “Take one away”:",
        "      │ ```bash",
        "    - │ kubectl get pods -l app=web --watch",
        "    + │ kubectl get pods --selector app=web --watch",
        "      │ ```",
        "    ⋯ 68 lines as before",
    ]


def split(sample: Path) -> None:
    """Splits `services` in two: `expose`, which keeps the most of it, and `tunnel`."""
    steps = sample / "course" / "steps"
    text = (steps / "services.yaml").read_text(encoding="utf-8")
    start, end = text.index("  ## Call it from your machine"), text.index("  ## Break it, mend it")
    rest = (text[:start] + text[end:]).replace("id: services", "id: expose")
    rest = rest.replace("title: Give pods a stable address", "title: Expose the pods")
    (steps / "expose.yaml").write_text(rest, encoding="utf-8")
    tunnel = (
        f"id: tunnel\ntitle: Reach the pods\nimage_tag: o/c:tunnel\nmarkdown: |\n{text[start:end].rstrip()}\n"
    )
    (steps / "tunnel.yaml").write_text(tunnel, encoding="utf-8")
    (steps / "services.yaml").unlink()
    edit(sample / "course" / "workshop.yaml", "  - services\n", "  - expose\n  - tunnel\n")
    for path in steps.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('steps["services"]', 'steps["expose"]'), encoding="utf-8")


def headings(text: str) -> list[str]:
    """The lines at the margin."""
    return [line for line in text.splitlines() if line and not line.startswith("   ")]


def test_a_split_of_a_step_is_a_rename_and_a_new_step(sample: Path) -> None:
    split(sample)
    done = run("diff", "course", cwd=sample, env={"COLUMNS": "100"})
    assert headings(done.stdout) == [
        "1 step added, 1 renamed",
        "→ step 4 “Expose the pods” (expose), was services, 95\N{NO-BREAK SPACE}% alike",
        "+ step 5 “Reach the pods” (tunnel), new",
        "  (the places of 6 steps, 3 links and 1 condition follow from this)",
    ]
    assert "    - ## Call it from your machine" in done.stdout.splitlines()
    assert "    + ## Call it from your machine" in done.stdout.splitlines()


def test_a_merge_of_two_branches_is_what_the_other_brought_in(sample: Path) -> None:
    git(sample, "checkout", "-q", "-b", "other")
    split(sample)
    commit(sample)
    git(sample, "checkout", "-q", "main")
    edit(sample / "course" / "steps" / "clean-up.yaml", "title: ", "title: Last of all, ")
    edit(sample / "course" / "workshop.yaml", "  - rollouts\n", "")
    edit(sample / "course" / "workshop.yaml", "  - first-pod\n", "  - rollouts\n  - first-pod\n")
    commit(sample)
    git(sample, "merge", "-q", "-m", "Merge", "other")
    brought = run("diff", "HEAD^1:course", "HEAD:course", cwd=sample, env={"COLUMNS": "100"}).stdout
    assert headings(brought)[0] == "1 step added, 1 renamed"
    ours = run("diff", "HEAD^2:course", "HEAD:course", cwd=sample, env={"COLUMNS": "100"}).stdout
    title = next(line for line in ours.splitlines() if "Last of all" in line)
    assert title.startswith("~ step 11 “Last of all, ")
    assert headings(ours)[:2] == [
        "1 step moved, 1 changed",
        "↕ step 2 “Roll out a change and take it back” (rollouts), moved from place 9, now behind welcome",
    ]

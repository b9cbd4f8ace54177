"""`yamlsync log` as its users meet it (LOG-1 to LOG-4)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.acceptance.command import run
from tests.git.repository import WORKSHOP, Made, course, make, run_git, step
from yamlsync.changes.applying import apply
from yamlsync.changes.plain import from_plain
from yamlsync.opening import open_workshop
from yamlsync.records import Workshop
from yamlsync.schemas.log import schema

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

DATE = "2026-03-04T23:06:07-05:00"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A course of two steps, and a commit with another title and version."""
    found = make(tmp_path / "repository")
    commit(found, course(), "Start")
    changed = course(a="New") | {"course/workshop.yaml": WORKSHOP.replace(b"v1", b"v2")}
    commit(found, changed, "Reword\n\nFor a reason.")
    return found


def commit(made: Made, files: dict[str, bytes], message: str, *options: str) -> str:
    made.commit(files, message)
    made.git("commit", "-q", "--amend", "--allow-empty", "--no-edit", "--date", DATE, *options)
    return made.git("rev-parse", "HEAD")


def names(made: Made) -> list[str]:
    return made.git("rev-list", "HEAD").split("\n")


def expected(made: Made) -> str:
    second, first = (name[:7] for name in names(made)[-2:])
    return f"""\
{second}  2026-03-04  Ann  Reword
    workshop “Course” (course)
      version: “v1” became “v2”
    ~ step 1 “New” (a)
        title: “Title” became “New”

{first}  2026-03-04  Ann  Start
    workshop “Course” (course), new, with 2 steps
"""


def test_a_directory_and_a_revision_have_their_history_from_wherever_it_is_asked(made: Made) -> None:
    (made.top / "aside").mkdir()
    for name, folder in (
        ("course", made.top),
        ("course/", made.top),
        ("HEAD:course", made.top),
        (".", made.top / "course"),
        ("../course", made.top / "aside"),
        ("HEAD:../course", made.top / "aside"),
        ("HEAD:./", made.top / "course"),
        (str(made.top / "course"), made.top.parent),
    ):
        done = run("log", name, cwd=folder)
        assert (done.returncode, done.stdout, done.stderr) == (0, expected(made), ""), name
    done = run("-C", made.top, "log", "course", cwd=made.top.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, expected(made), "")


def test_a_detached_head_and_an_older_revision_have_theirs(made: Made) -> None:
    wanted = expected(made)
    made.git("checkout", "-q", "--detach", "HEAD~1")
    assert run("log", "course", cwd=made.top).stdout == wanted.split("\n\n")[1]
    assert run("log", "main:course", cwd=made.top).stdout == wanted


def test_settings_of_git_and_its_variables_lead_nowhere_else(made: Made, tmp_path: Path) -> None:
    other = make(tmp_path / "other")
    commit(other, course(b="Other"), "Other")
    for key, value in {
        "log.showSignature": "true",
        "log.follow": "true",
        "format.pretty": "email",
        "alias.log": "!false",
        "alias.rev-list": "!false",
        "core.pager": "false",
        "i18n.logOutputEncoding": "UTF-16",
        "core.fsmonitor": "false",
    }.items():
        made.git("config", key, value)
    variables = {
        "GIT_DIR": str(other.top / ".git"),
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_ICASE_PATHSPECS": "1",
        "GIT_TRACE": "1",
    }
    done = run("log", "course", cwd=made.top, env=variables)
    assert (done.returncode, done.stdout, done.stderr) == (0, expected(made), "")


def test_a_replaced_commit_and_a_graft_play_no_part(made: Made) -> None:
    wanted, (second, first) = expected(made), names(made)
    made.git("replace", second, first)
    assert run("log", "course", cwd=made.top).stdout == wanted


def test_hostile_words_do_not_act(made: Made) -> None:
    author = "A\x1b]0;owned\x07\u202e"
    commit(made, course(a="Newer"), "\x1b[2Jsubject\u202e\u2066", f"--author={author} <a@b>")
    done = run("log", "course", "-n", "1", cwd=made.top)
    head = done.stdout.split("\n")[0]
    assert head.isprintable()
    assert head.endswith(r"  A\x1b]0;owned\x07\u202e  \x1b[2Jsubject\u202e\u2066")


def test_words_in_other_encodings_are_read(made: Made) -> None:
    made.git("config", "i18n.commitEncoding", "ISO-8859-1")
    files = course(a="Café")
    for path, data in files.items():
        (made.top / path).write_bytes(data)
    made.git("add", "-A")
    run_git(made.top, "commit", "-q", "-F", "-", "--date", DATE, input="Le café".encode("latin-1"))
    done = run("log", "course", "-n1", cwd=made.top)
    assert done.stdout.split("\n")[0].endswith("  Ann  Le café")


def test_steps_and_fields_are_told_alone(made: Made) -> None:
    second = names(made)[0][:7]
    done = run("log", "course", "--step", "a", "--field", "title", "-n1", cwd=made.top)
    assert done.stdout == (
        f"{second}  2026-03-04  Ann  Reword\n    ~ step 1 “New” (a)\n        title: “Title” became “New”\n"
    )
    done = run("log", "course", "--field", "version", "-n1", cwd=made.top)
    assert done.stdout.split("\n") == [
        f"{second}  2026-03-04  Ann  Reword",
        "    workshop “Course” (course)",
        "      version: “v1” became “v2”",
        "",
    ]
    first = names(made)[1][:7]
    done = run("log", "course", "--step", "b", cwd=made.top)
    assert done.stdout == f"{first}  2026-03-04  Ann  Start\n    + step 2 “Title” (b), new\n"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--step", "c"), '"c" is the id of no step in any of these commits'),
        (("--step", "a", "--step", "c"), '"c" is the id of no step in any of these commits'),
        (
            ("--field", "tilte"),
            '"tilte" is no field of a step or workshop, and in no commit a key of metadata',
        ),
        (
            ("--field", "hint.1"),
            '"hint.1" is no field of a step or workshop, and in no commit a key of metadata',
        ),
    ],
)
def test_a_step_or_a_field_that_never_was_cannot_be_told(
    arguments: tuple[str, ...], error: str, made: Made
) -> None:
    done = run("log", "course", *arguments, cwd=made.top)
    assert (done.returncode, done.stdout, done.stderr.split("\n")[0]) == (2, "", f"error: {error}")


def test_a_field_that_no_commit_changed_is_told_in_a_note(made: Made) -> None:
    done = run("log", "course", "--field", "goss_spec", cwd=made.top)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no commit to tell of\n")


def test_comments_and_spelling_are_told_where_asked_for(made: Made) -> None:
    spelled = {"course/steps/b.yaml": b"# a comment\n" + step("b", '"Title"')}
    name = commit(made, spelled, "Spelling")
    done = run("log", "course", cwd=made.top)
    note = "left out: 1 commit of comments or spelling alone (-v shows what they are)\n"
    assert (done.stdout, done.stderr) == (expected(made), note)
    done = run("-v", "log", "course", "-n1", cwd=made.top)
    assert done.stdout.split("\n") == [
        f"{name[:7]}  2026-03-04  Ann  Spelling",
        "    no change of content: only comments or spelling differ in 1 file:",
        f"      {name[:10]}:course/steps/b.yaml",
        "",
    ]
    assert done.stderr == ""


def test_a_commit_that_cannot_be_read_is_told_in_a_line(made: Made) -> None:
    broken = commit(made, {"course/steps/a.yaml": b"title: [x\n"}, "Broken")
    since = names(made)[1][:7]
    mended = commit(made, {"course/steps/a.yaml": step("a", "Mended")}, "Mended")
    done = run("log", "course", "-n2", cwd=made.top)
    lines = done.stdout.split("\n")
    assert lines[:4] == [
        f"{mended[:7]}  2026-03-04  Ann  Mended",
        f"    (since {since}: what is in between cannot be read)",
        "    ~ step 1 “Mended” (a)",
        "        title: “New” became “Mended”",
    ]
    assert lines[6].startswith(f"    cannot be read: {broken[:10]}:course/steps/a.yaml:")
    done = run("log", "course", "--field", "title", cwd=made.top)
    assert done.stderr == "warning: left out: 1 commit that cannot be read\n"


def test_a_shallow_clone_says_how_to_get_the_rest(made: Made, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    run_git(tmp_path, "clone", "-q", "--depth", "1", f"file://{made.top}", str(clone))
    done = run("log", "course", cwd=clone)
    assert done.returncode == 0
    assert done.stdout.split("\n") == [
        f"{names(made)[0][:7]}  2026-03-04  Ann  Reword",
        "    (here the history of this clone begins, with 2 steps)",
        "",
    ]
    warning, help, _ = done.stderr.split("\n")
    assert warning == "warning: this clone is shallow: the history before is not in it"
    assert help.startswith("  = help: fetch the rest: git fetch --unshallow; in GitHub Actions, ")
    done = run("log", "course", "--step", "a", cwd=clone)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_patch_shows_texts(made: Made) -> None:
    commit(made, {"course/steps/a.yaml": step("a", "New") + b"markdown: |\n  One line of a text.\n"}, "Text")
    commit(
        made, {"course/steps/a.yaml": step("a", "New") + b"markdown: |\n  Two line of a text.\n"}, "Another"
    )
    done = run("log", "course", "-n1", "-p", cwd=made.top)
    assert done.stdout.split("\n")[1:] == [
        "    1 step changed",
        "",
        "    ~ step 1 “New” (a)",
        "        text: 1 line changed",
        "        - One line of a text.",
        "        + Two line of a text.",
        "",
    ]


def test_json_is_right_by_its_schema(made: Made) -> None:
    commit(made, {"course/steps/a.yaml": b"title: [x\n"}, "Broken")
    done = run("log", "course", "--output-format", "json", cwd=made.top)
    document = json.loads(done.stdout)
    Draft202012Validator(schema()).validate(document)
    found = [(each["commit"], each["fate"], len(each["changes"])) for each in document]
    third, second, first = names(made)
    assert found == [(third, "unreadable", 0), (second, "changed", 2), (first, "new", 3)]
    assert document[1]["date"] == DATE
    workshops: tuple[Workshop, ...] = ()
    for each in reversed(document[1:]):
        lists = {name: each[name] for name in ("changes", "consequences")}
        workshops = apply(workshops, from_plain(lists).changes)
    opened = open_workshop(str(made.top / "course"))
    assert opened.contents is None
    made.git("checkout", "-q", "HEAD~1")
    opened = open_workshop(str(made.top / "course"))
    assert opened.contents is not None
    assert workshops == opened.contents.workshops
    made.git("checkout", "-q", "main")
    none = run("log", "course", "-n0", "--output-format", "json", cwd=made.top)
    assert none.stdout == "[]\n"
    wrong = run("log", "course", "-p", "--output-format", "json", cwd=made.top)
    assert (wrong.returncode, wrong.stdout) == (2, "")


def test_a_terminal_of_any_width_and_encoding_is_served(made: Made) -> None:
    for columns in ("1", "20", "200"):
        done = run("log", "course", cwd=made.top, env={"COLUMNS": columns})
        assert done.returncode == 0
        assert all(len(line) <= max(int(columns), 24) for line in done.stdout.split("\n"))
    done = run("log", "course", cwd=made.top, env={"PYTHONIOENCODING": "ascii"})
    assert 'version: "v1" became "v2"' in done.stdout
    done = run("--color", "always", "log", "course", "-n1", cwd=made.top)
    assert done.stdout.startswith(f"\x1b[33m\x1b[1m{names(made)[0][:7]}\x1b[0m  2026-03-04")


def test_a_reader_that_goes_is_no_error(made: Made) -> None:
    command = [sys.executable, "-m", "yamlsync", "log", "course"]
    process = subprocess.Popen(command, cwd=made.top, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()


def test_where_there_is_no_history_the_command_cannot_be_tried(made: Made, tmp_path: Path) -> None:
    for name, folder, words in (
        ("nowhere", made.top, "error: nowhere does not exist"),
        ("HEAD:nowhere", made.top, "error: there is no nowhere in HEAD"),
        (
            "main~7:course",
            made.top,
            'error: there is no revision "main~7": the history of main does not have it',
        ),
    ):
        done = run("log", name, cwd=folder)
        assert (done.returncode, done.stdout, done.stderr.split("\n")[0]) == (2, "", words)
    shutil.copytree(made.top / "course", tmp_path / "outside")
    done = run("log", "outside", cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": os.fspath(tmp_path)})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.split("\n")[0] == "error: outside is in no Git repository, so it has no history"

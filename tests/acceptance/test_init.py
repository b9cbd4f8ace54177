"""`yamlsync init` as its users meet it: real files, real tools that read them (AUT-1 to AUT-8)."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from tests.acceptance.command import killed_at, run, snapshot
from tests.acceptance.test_export import commit, git
from tests.conftest import ROOT
from yamlsync.cli.main import _COMMANDS
from yamlsync.errors import OperationError
from yamlsync.initialisation import initialise
from yamlsync.scaffold.facts import facts

COURSE = ["steps/hello.yaml", "steps/welcome.yaml", "steps/wrap-up.yaml", "workshop.yaml"]
AROUND = [
    ".editorconfig",
    ".gitattributes",
    ".github/workflows/workshop.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    ".vscode/step.schema.json",
    ".vscode/workshop.schema.json",
]
FACTS = facts("place", "2026-11-24T09:00:00Z")


def names(folder: Path) -> list[str]:
    return sorted(name for name in snapshot(folder) if not name.startswith(".git/"))


def test_a_new_workshop_passes_all_that_is_asked_of_one(tmp_path: Path) -> None:
    done = run("init", tmp_path / "kubernetes-101")
    assert (done.returncode, done.stdout) == (0, "")
    root = tmp_path / "kubernetes-101"
    assert names(root) == sorted(COURSE + AROUND)
    assert [path.name for path in tmp_path.iterdir()] == ["kubernetes-101"]
    check = run("check", "--fail-level", "hint", root)
    assert (check.returncode, check.stdout) == (0, "")
    built = run("import", ".", "kubernetes-101.db", cwd=root)
    assert built.returncode == 0, built.stderr
    exported = run("export", "--check", "kubernetes-101.db", ".", cwd=root)
    assert (exported.returncode, exported.stdout) == (0, "")
    assert b"name: Kubernetes 101\n" in (root / "workshop.yaml").read_bytes()


@pytest.mark.skipif("fmt" not in _COMMANDS, reason="there is no fmt yet")
def test_a_new_workshop_is_formatted(tmp_path: Path) -> None:
    assert run("init", tmp_path / "course").returncode == 0
    done = run("fmt", "--check", tmp_path / "course")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_last_three_lines_say_what_to_do_next_and_doing_it_works(tmp_path: Path) -> None:
    done = run("init", "my course", cwd=tmp_path)
    next_lines = done.stderr.splitlines()[-3:]
    commands = [line.partition(":")[2].strip() for line in next_lines]
    assert commands == [
        "yamlsync check 'my course'",
        "yamlsync step add 'my course' ID",
        "yamlsync import 'my course' 'my course'/my-course.db",
    ]
    for command in commands:
        ran = subprocess.run(
            command.replace("yamlsync", f"{sys.executable} -m yamlsync", 1),
            shell=True, cwd=tmp_path, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr


def test_git_sees_the_files_as_they_are_meant(tmp_path: Path) -> None:
    assert run("init", tmp_path / "course").returncode == 0
    root = tmp_path / "course"
    git(root, "init", "-q")
    (root / "course.db").write_bytes(b"built")
    commit(root)
    assert git(root, "ls-files").split() == sorted(COURSE + AROUND)
    attributes = git(root, "check-attr", "text", "eol", "diff", "--", "steps/hello.yaml", "x.db").splitlines()
    assert attributes == [
        "steps/hello.yaml: text: set",
        "steps/hello.yaml: eol: lf",
        "steps/hello.yaml: diff: unspecified",
        "x.db: text: unset",
        "x.db: eol: unspecified",
        # Free for yamlsync git install, also where the workshop is in a folder below its lines.
        "x.db: diff: unspecified",
    ]
    assert git(root, "check-ignore", "course.db").strip() == "course.db"


def test_pre_commit_takes_its_configuration(tmp_path: Path) -> None:
    pytest.importorskip("pre_commit")
    assert run("init", tmp_path / "course").returncode == 0
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"],
        cwd=tmp_path / "course", capture_output=True, text=True, check=False,
        env=os.environ | {"PRE_COMMIT_HOME": str(tmp_path / "cache")},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_commands_of_the_workflow_work(tmp_path: Path) -> None:
    assert run("init", tmp_path / "course").returncode == 0
    root = tmp_path / "course"
    workflow = yaml.safe_load((root / ".github" / "workflows" / "workshop.yml").read_text(encoding="utf-8"))
    commands = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    for command in commands:
        program, *arguments = command.split()
        if program == "yamlsync":
            done = run(*arguments, cwd=root)
            assert done.returncode == 0, done.stderr
    assert (root / "course.db").is_file()


def test_pieces_are_left_out_on_request(tmp_path: Path) -> None:
    assert run("init", tmp_path / "a", "--without", "ci", "--without", "editor").returncode == 0
    assert names(tmp_path / "a") == sorted(
        [*COURSE, ".editorconfig", ".gitattributes", ".gitignore", ".pre-commit-config.yaml"]
    )
    assert run("init", tmp_path / "b", "--only-course").returncode == 0
    assert names(tmp_path / "b") == COURSE
    assert run("init", tmp_path / "c", "--without", "nothing").returncode == 2
    assert not (tmp_path / "c").exists()


def test_what_is_said_of_the_workshop_is_in_it(tmp_path: Path) -> None:
    options = ["--id", "k8s basics", "--name", "Basics: one", "--image", "registry.example.org:5000/org/k8s"]
    done = run("init", tmp_path / "x", *options, env={"SOURCE_DATE_EPOCH": "1768469400"})
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "x" / "workshop.yaml").read_text(encoding="utf-8")
    assert "\nid: k8s basics #" in text
    assert '\nname: "Basics: one"\n' in text
    assert '\ncreated_at: "2026-01-15T09:30:00Z"\n' in text
    step = (tmp_path / "x" / "steps" / "hello.yaml").read_text(encoding="utf-8")
    assert "image_tag: registry.example.org:5000/org/k8s:hello\n" in step
    assert "/k8s-basics.db\n" in (tmp_path / "x" / ".gitignore").read_text(encoding="utf-8")
    assert run("check", "--fail-level", "hint", tmp_path / "x").returncode == 0


def test_without_a_word_it_was_made_now(tmp_path: Path) -> None:
    before = time.time()
    assert run("init", tmp_path / "x", env={"SOURCE_DATE_EPOCH": ""}).returncode == 0
    made = yaml.safe_load((tmp_path / "x" / "workshop.yaml").read_text(encoding="utf-8"))["created_at"]
    assert made.endswith("Z")
    seconds = time.mktime(time.strptime(made, "%Y-%m-%dT%H:%M:%SZ")) - time.timezone
    assert before - 2 <= seconds <= time.time() + 2


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["--id", " "], {}, 'the id " " is blank'),
        (["--image", "No Image"], {}, "is no repository of images"),
        ([], {"SOURCE_DATE_EPOCH": "soon"}, "SOURCE_DATE_EPOCH is 'soon', and no time"),
        ([], {"SOURCE_DATE_EPOCH": "9" * 30}, "and no time"),
    ],
)
def test_what_cannot_be_tried(
    arguments: list[str], environment: dict[str, str], said: str, tmp_path: Path
) -> None:
    done = run("init", tmp_path / "x", *arguments, env=environment)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        done = run("init", tmp_path / folder / "x", env={"SOURCE_DATE_EPOCH": "0", "TZ": f"UTC{len(folder)}"})
        assert done.returncode == 0
    assert snapshot(tmp_path / "a") == snapshot(tmp_path / "b")


def test_the_folder_one_is_in(tmp_path: Path) -> None:
    root = tmp_path / "git-basics"
    root.mkdir()
    (root / "README.md").write_text("mine", encoding="utf-8")
    (root / ".gitignore").write_text("mine too", encoding="utf-8")
    git(root, "init", "-q")
    done = run("init", ".", cwd=root)
    assert done.returncode == 0, done.stderr
    assert f"left {os.path.join('.', '.gitignore')} as it is" in done.stderr
    assert (root / ".gitignore").read_text(encoding="utf-8") == "mine too"
    assert names(root) == sorted([*COURSE, *AROUND, "README.md"])
    assert b"id: git-basics " in (root / "workshop.yaml").read_bytes()
    assert "yamlsync import . git-basics.db" in done.stderr
    assert run("check", "--fail-level", "hint", cwd=root).returncode == 0
    assert ".yamlsync" not in git(root, "status", "--porcelain", "-uall")


def test_below_the_top_of_a_repository_what_is_of_no_use_there_is_left_out(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for directory in (tmp_path / "new" / "course", tmp_path / "old"):
        (tmp_path / "old").mkdir(exist_ok=True)
        done = run("init", directory)
        assert done.returncode == 0, done.stderr
        assert "left ci out: it works at the top of the Git repository only" in done.stderr
        assert 'what to write at the top instead: "In pull requests" in the README' in done.stderr
        assert "\n## In pull requests\n" in (ROOT / "README.md").read_text(encoding="utf-8")
        assert (
            f".vscode works where {directory} itself is the folder that the editor has opened" in done.stderr
        )
        assert not {".github/workflows/workshop.yml", ".pre-commit-config.yaml"} & set(names(directory))
        assert ".gitattributes" in names(directory)
    assert "left ci out" not in run("init", tmp_path / "third", "--without", "ci").stderr
    bare = run("init", tmp_path / "fourth", "--only-course").stderr
    assert ("at the top" in bare, ".vscode" in bare) == (False, False)


def test_at_the_top_everything_works(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    said = run("init", ".", cwd=tmp_path).stderr
    assert ("at the top" in said, "has opened" in said) == (False, False)


def test_settings_are_put_around_a_workshop_that_is_there(tmp_path: Path) -> None:
    root = tmp_path / "x"
    assert run("init", root, "--only-course", "--id", "k8s basics").returncode == 0
    (root / ".editorconfig").write_text("mine", encoding="utf-8")
    before = snapshot(root)
    done = run("init", root, "--without", "course", "--without", "ci")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    after = snapshot(root)
    assert {path: after[path] for path in before} == before
    assert sorted(after) == sorted([*COURSE, *(path for path in AROUND if "workflows" not in path)])
    assert f"left {root / '.editorconfig'} as it is" in done.stderr
    # The database is called after the workshop, not after the folder.
    assert b"/k8s-basics.db\n" in after[".gitignore"]
    assert f"yamlsync import {root} {root / 'k8s-basics.db'}" in done.stderr
    assert f"{root}: settings, 7 files" in done.stderr
    assert not (root / ".yamlsync").exists()


def test_settings_are_put_around_a_workshop_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "workshop.yaml").write_text("id: [", encoding="utf-8")
    assert run("init", tmp_path / "x", "--without", "course").returncode == 0
    assert b"/x.db\n" in (tmp_path / "x" / ".gitignore").read_bytes()


def test_settings_alone_need_a_workshop_and_nothing_that_is_said_of_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for directory in ("empty", "new"):
        done = run("init", directory, "--without", "course", cwd=tmp_path)
        assert (done.returncode, "holds no workshop" in done.stderr) == (2, True)
        assert "leave --without course out" in done.stderr
    assert run("init", "course", "--only-course", cwd=tmp_path).returncode == 0
    before = snapshot(tmp_path)
    for options in (["--only-course"], ["--id", "x"], ["--name", "x"], ["--image", "x"]):
        done = run("init", "course", "--without", "course", *options, cwd=tmp_path)
        assert (done.returncode, "--without course" in done.stderr) == (2, True)
    assert snapshot(tmp_path) == before


def test_settings_that_cannot_all_be_written_are_taken_back(tmp_path: Path) -> None:
    root = tmp_path / "x"
    assert run("init", root, "--only-course").returncode == 0
    (root / ".vscode").symlink_to(tmp_path)
    before = snapshot(root)
    done = run("init", root, "--without", "course")
    assert (done.returncode, "is a link" in done.stderr) == (2, True)
    assert snapshot(root) == before
    assert sorted(path.name for path in root.iterdir()) == [".vscode", "steps", "workshop.yaml"]


@pytest.mark.parametrize("there", ["workshop.yaml", "workshops.yaml", "steps/", "state/a.yaml", "steps"])
def test_a_workshop_that_is_there_is_never_touched(there: str, tmp_path: Path) -> None:
    root = tmp_path / "x"
    root.mkdir()
    if there.endswith("/"):
        (root / there).mkdir()
    else:
        (root / there).parent.mkdir(exist_ok=True)
        (root / there).write_text("mine", encoding="utf-8")
    before = snapshot(tmp_path)
    done = run("init", root)
    assert done.returncode == 2
    assert f"holds a workshop, or part of one, already: {there.strip('/')}" in done.stderr
    assert "add --without course" in done.stderr
    assert snapshot(tmp_path) == before
    assert sorted(path.name for path in root.iterdir()) == [there.partition("/")[0]]


def test_a_file_or_a_link_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    for name in ("file", "nowhere", "file/below"):
        done = run("init", tmp_path / name)
        assert done.returncode == 2, done.stderr
    assert run("init", "").returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "nowhere"]


def test_a_link_among_the_folders_is_not_followed_and_all_is_taken_back(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    (root / ".vscode").symlink_to(other)
    done = run("init", root)
    assert done.returncode == 2
    assert ".vscode is a link, and links are not followed" in done.stderr
    assert [path.name for path in root.iterdir()] == [".vscode"]
    assert list(other.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_left_alone(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    root.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        for directory in (root, root / "new"):
            done = run("init", directory)
            assert done.returncode == 2
        assert list(root.iterdir()) == []
    finally:
        root.chmod(stat.S_IRWXU)


def test_a_full_disk_takes_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "README.md").write_text("mine", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("yamlsync.initialisation.stage_files", full)
    with pytest.raises(OperationError, match="No space left on device"):
        initialise(str(root), FACTS)
    monkeypatch.setattr("yamlsync.initialisation.sync_all", full)
    for directory in (root, tmp_path / "new" / "deep"):
        with pytest.raises(OperationError, match="No space left on device"):
            initialise(str(directory), FACTS)
    assert [path.name for path in tmp_path.rglob("*")] == ["root", "README.md"]


needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are killed after a fork, which is missing here"
)


@needs_fork
def test_killed_at_any_moment_a_new_directory_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    place, number = tmp_path / "place", 0
    target = place / "some" / "where"
    initialise(str(tmp_path / "whole"), FACTS)
    whole = snapshot(tmp_path / "whole")
    while True:
        number += 1
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        done = not killed_at(number, place, lambda: initialise(str(target), FACTS))
        if not (place / "some").exists():
            initialise(str(target), FACTS)
        assert snapshot(target) == whole
        left = [path.name for path in place.iterdir() if path.name != "some"]
        if left:
            # Killed with everything in place, but for the clearing away: the next one does that.
            shutil.rmtree(place / "some")
            initialise(str(target), FACTS)
        assert [path.name for path in place.iterdir()] == ["some"]
        if done:
            break
    assert number > 20


@needs_fork
def test_killed_at_any_moment_an_old_directory_gets_all_by_one_more_run(tmp_path: Path) -> None:
    place, number = tmp_path / "place", 0
    while True:
        number += 1
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        (place / "README.md").write_text("mine", encoding="utf-8")
        done = not killed_at(number, place, lambda: initialise(str(place), FACTS))
        now = snapshot(place)
        journal = (place / ".yamlsync" / "journal.json").exists()
        # Without its journal there is a workshop or there is none.
        assert journal or {name for name in now if name in COURSE} in (set(), set(COURSE))
        try:
            initialise(str(place), FACTS)
        except OperationError as error:
            assert journal or "workshop.yaml" in now
            assert "already" in error.message  # noqa: PT017 - it need not be raised
        assert sorted(snapshot(place)) == sorted([*COURSE, *AROUND, "README.md"])
        if done:
            break
    assert number > 40


@needs_fork
def test_the_real_command_killed_at_random_moments(tmp_path: Path) -> None:
    chance, place = random.Random(3), tmp_path / "place"
    for _ in range(10):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        process = subprocess.Popen(
            [sys.executable, "-m", "yamlsync", "init", str(place / "a" / "b")], stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.02, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if not (place / "a").exists():
            assert run("init", place / "a" / "b").returncode == 0
        assert names(place / "a" / "b") == sorted(COURSE + AROUND)


def test_the_schemas_are_those_that_are_printed(tmp_path: Path) -> None:
    assert run("init", tmp_path / "x").returncode == 0
    for name in ("workshop", "step"):
        printed = json.loads(run("schema", name).stdout)
        written = (tmp_path / "x" / ".vscode" / f"{name}.schema.json").read_text(encoding="utf-8")
        assert json.loads(written) == printed

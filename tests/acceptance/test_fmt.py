"""`yamlsync fmt` with the real command: what it writes, what it leaves, what it says (CLI-12 to CLI-16)."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from tests.acceptance.command import course, killed_at, run, snapshot
from tests.acceptance.test_obstacles import as_somebody  # The fixture.
from tests.cli.test_main import loaded_by
from yamlsync.formatting import format_files
from yamlsync.publish.locking import locked
from yamlsync.records import Contents

__all__ = ["as_somebody"]

MakeDatabase = Callable[..., str]

MESSY = b"\xef\xbb\xbf# top\r\ntitle: 'T'\r\nid:   a # behind\r\nimage_tag: \"i\""
TIDY = b"id: a # behind\n# top\ntitle: T\nimage_tag: i\n"
BROKEN = b'id: b\ntitle: "T\nimage_tag: i\n'
DIFF = """\
--- steps/a.yaml
+++ steps/a.yaml
@@ -1,3 +1,3 @@
+id: a
 title: T
-id:   a
 image_tag: i
"""


def step(root: Path, name: str, data: bytes) -> Path:
    path = root / "steps" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.fixture
def tree(make_database: MakeDatabase, tmp_path: Path) -> Path:
    """An exported course, in which nothing needs formatting."""
    done = run("export", "--state", make_database(course(progress=True)), tmp_path / "course")
    assert done.returncode == 0, done.stderr
    return tmp_path / "course"


def spoil(path: Path) -> bytes:
    """Gives a file another spelling; tells the one that it had."""
    good = path.read_bytes()
    path.write_bytes(good.replace(b"\n", b"\r\n").replace(b": ", b":   ", 1))
    return good


def facts(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*.yaml")}


def stages(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".yamlsync-*")]


def test_all_files_of_a_workshop_and_no_other(tree: Path) -> None:
    good = {path.relative_to(tree).as_posix(): spoil(path) for path in sorted(tree.rglob("*.yaml"))}
    assert {"workshop.yaml", "steps/step-1.yaml", "state/student.yaml"} <= good.keys()
    foreign = [tree / "compose.yaml", tree / "steps" / "notes.yml", tree / "images" / "a.yaml"]
    for path in foreign:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"a:   b\r\n")
    done = run("-v", "fmt", tree)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert {path: (tree / path).read_bytes() for path in good} == good
    assert all(path.read_bytes() == b"a:   b\r\n" for path in foreign)
    assert all(f"formatted {tree}/{path}\n" in done.stderr for path in good)
    assert f"{len(good)} files formatted, 0 left as they were\n" in done.stderr
    assert stages(tree) == []


def test_a_formatted_file_is_not_touched(tree: Path) -> None:
    os.utime(tree / "workshop.yaml", (1, 1))
    before = facts(tree)
    done = run("fmt", cwd=tree)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "0 files formatted, 6 left as they were\n"
    assert before == facts(tree)


def test_a_lone_file_needs_no_workshop_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = step(tmp_path, "a.yaml", MESSY)
    path.chmod(0o640)
    assert run("fmt", "steps/a.yaml", cwd=tmp_path).returncode == 0
    assert path.read_bytes() == TIDY
    assert path.stat().st_mode & 0o777 == 0o640
    path.write_bytes(MESSY)
    assert run("fmt", "a.yaml", cwd=tmp_path / "steps").returncode == 0
    assert path.read_bytes() == TIDY


def test_check_names_what_would_change_and_writes_nothing(tree: Path) -> None:
    spoil(tree / "steps" / "step-2.yaml")
    before, known = snapshot(tree), facts(tree)
    done = run("fmt", "--check", cwd=tree)
    assert (done.returncode, done.stdout) == (1, "steps/step-2.yaml\n")
    assert done.stderr == "1 file would be formatted, 5 left as they were\n"
    assert (before, known) == (snapshot(tree), facts(tree))
    assert run("fmt", "--check", "workshop.yaml", cwd=tree).returncode == 0


def test_diff_shows_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    path = step(tmp_path, "a.yaml", b"title: T\nid:   a\nimage_tag: i\n")
    done = run("fmt", "--diff", "steps/a.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, DIFF)
    assert path.read_bytes() == b"title: T\nid:   a\nimage_tag: i\n"
    colored = run("--color", "always", "fmt", "--diff", "--check", "steps/a.yaml", cwd=tmp_path)
    assert "\x1b[31m-id:   a\x1b[0m\n" in colored.stdout
    assert "\x1b[32m+id: a\x1b[0m\n" in colored.stdout
    path.write_bytes(b"id: a\ntitle: T\nimage_tag: i\n")
    done = run("fmt", "--diff", "steps/a.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
def test_patch_does_with_a_diff_what_fmt_does(tmp_path: Path) -> None:
    path = step(tmp_path, "a.yaml", MESSY)
    command = [sys.executable, "-m", "yamlsync", "fmt", "--diff", "steps/a.yaml"]
    diff = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout
    subprocess.run(["patch", "-p0", "--binary"], input=diff, cwd=tmp_path, check=True, capture_output=True)
    assert path.read_bytes() == TIDY


def test_a_terminal_is_shown_nothing_that_it_would_act_on(tmp_path: Path) -> None:
    step(tmp_path, "a.yaml", "title:   a\u202eb\r\nid: a\r\nimage_tag: i\r\n".encode())
    done = run("--color", "always", "fmt", "--diff", "steps/a.yaml", cwd=tmp_path)
    assert "-title:   a\ufffdb\ufffd\x1b[0m\n" in done.stdout


def test_files_that_cannot_be_read_are_told_and_the_others_formatted(tmp_path: Path) -> None:
    good = step(tmp_path, "a.yaml", MESSY)
    bad = step(tmp_path, "b.yaml", BROKEN)
    worse = step(tmp_path, "c.yaml", b"id: c\ntitle: \xff\nimage_tag: i\n")
    done = run("fmt", "steps/a.yaml", "steps/b.yaml", "steps/c.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "steps/b.yaml:2:8: YS103 " in done.stderr
    assert ' 2 | title: "T\n' in done.stderr
    assert "steps/c.yaml:2:8: YS101 " in done.stderr
    assert "1 file formatted, 0 left as they were; " in done.stderr
    assert "in 2 files not changed\n" in done.stderr
    assert good.read_bytes() == TIDY
    assert bad.read_bytes() == BROKEN
    assert worse.read_bytes().startswith(b"id: c\ntitle: \xff")
    quiet = run("-q", "fmt", "steps/a.yaml", "steps/b.yaml", cwd=tmp_path)
    assert quiet.returncode == 1
    assert "YS103" in quiet.stderr
    assert "formatted" not in quiet.stderr


def test_a_text_whose_lines_would_be_lost_is_left_and_told(tmp_path: Path) -> None:
    folded = b"title:   T\nid: b\nimage_tag: i\nmarkdown: >\n  # A\n  - b\n"
    good, bad = step(tmp_path, "a.yaml", MESSY), step(tmp_path, "b.yaml", folded)
    done = run("fmt", "steps/a.yaml", "steps/b.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "steps/b.yaml:4:11: YS304 warning: the lines of markdown are folded" in done.stderr
    assert "1 file formatted, 0 left as they were; 1 problem in 1 file not changed\n" in done.stderr
    assert (good.read_bytes(), bad.read_bytes()) == (TIDY, folded)
    assert run("fmt", "--check", "steps/b.yaml", cwd=tmp_path).returncode == 1
    bad.write_bytes(folded.replace(b">", b"|"))
    assert run("fmt", "steps/b.yaml", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("options", [[], ["--stdin-filename", "elsewhere/steps/a.yaml"]])
def test_stdin_goes_formatted_to_stdout(options: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "yamlsync", "fmt", *options, "-"]
    for text, code in ((MESSY, 0), (TIDY, 0)):
        done = subprocess.run(command, input=text, capture_output=True, check=False, cwd=tmp_path)
        assert (code, TIDY, b"") == (done.returncode, done.stdout, done.stderr)
    for text, code in ((MESSY, 1), (TIDY, 0)):
        done = subprocess.run([*command, "--check"], input=text, capture_output=True, check=False)
        said = options[-1] if options else "<stdin>"
        assert (code, f"{said}\n" if code else "") == (done.returncode, done.stdout.decode())
        done = subprocess.run([*command, "--diff"], input=text, capture_output=True, check=False)
        assert (code, bool(code)) == (done.returncode, done.stdout.startswith(f"--- {said}\n".encode()))
    assert list(tmp_path.iterdir()) == []


def test_stdin_with_problems_writes_nothing_to_stdout() -> None:
    done = run("fmt", "-", input=BROKEN.decode())
    assert (done.returncode, done.stdout) == (1, "")
    assert "<stdin>:2:8: YS103 " in done.stderr
    assert ' 2 | title: "T\n' in done.stderr
    named = run("fmt", "-", "--stdin-filename", "x/workshop.yaml", input="format: yamlsync/1\n")
    assert (named.returncode, named.stdout) == (1, "")
    assert "x/workshop.yaml:1:1: YS108 the key id is missing\n" in named.stderr
    for text in ("", "# only a comment\n", "\0", "[", "- a\n"):
        nothing = run("fmt", "-", input=text)
        assert (nothing.returncode, nothing.stdout) == (1, "")
        assert "<stdin>:1:" in nothing.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere does not exist"),
        (["steps/a.yaml", "nowhere"], "nowhere does not exist"),
        (["other.yaml"], "other.yaml is no file of a workshop"),
        (["empty"], "empty holds no workshop"),
        (["-", "steps/a.yaml"], "- stands for stdin"),
        (["--stdin-filename", "steps/a.yaml"], "write - as PATH"),
        (["-", "--stdin-filename", "other.yaml"], "other.yaml is no file of a workshop"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_tried_changes_nothing(arguments: list[str], said: str, tmp_path: Path) -> None:
    path = step(tmp_path, "a.yaml", MESSY)
    (tmp_path / "other.yaml").write_bytes(b"a:   b\n")
    (tmp_path / "empty").mkdir()
    done = run("fmt", *arguments, cwd=tmp_path, input="")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert path.read_bytes() == MESSY


def test_links_are_refused(tmp_path: Path) -> None:
    target = step(tmp_path / "elsewhere", "a.yaml", MESSY)
    root = tmp_path / "course"
    good = step(root, "a.yaml", MESSY)
    (root / "workshop.yaml").write_bytes(b"format: yamlsync/1\n")
    (root / "steps" / "b.yaml").symlink_to(target)
    for path in (".", "steps/b.yaml"):
        done = run("fmt", path, cwd=root)
        assert done.returncode == 1
        assert "steps/b.yaml: YS128 this is a link, and links are not followed\n" in done.stderr
    assert good.read_bytes() == TIDY
    assert (root / "steps" / "b.yaml").is_symlink()
    shutil.move(root / "steps", root / "moved")
    (root / "steps").symlink_to(target.parent)
    done = run("fmt", "steps/a.yaml", cwd=root)
    assert done.returncode == 1
    assert "steps: YS128 this is a link, and links are not followed\n" in done.stderr
    assert target.read_bytes() == MESSY


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "steps" / "a.yaml"
    path.parent.mkdir()
    os.mkfifo(path)
    done = run("fmt", "steps/a.yaml", cwd=tmp_path, timeout=20)
    assert done.returncode == 1
    assert "steps/a.yaml: YS128 this is not a file\n" in done.stderr


def test_files_that_may_not_be_read_or_written(
    as_somebody: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    good, guarded = step(tmp_path, "a.yaml", MESSY), step(tmp_path, "b.yaml", MESSY)
    names = [tmp_path / "steps" / name for name in ("a.yaml", "b.yaml")]
    for mode, said in ((0o444, "b.yaml is read-only, so nothing was changed"), (0, "b.yaml cannot be read")):
        guarded.chmod(mode)
        done = as_somebody("fmt", *names)
        assert done.returncode == 2
        assert said in done.stderr
        assert good.read_bytes() == MESSY
    guarded.chmod(0o444)
    assert as_somebody("fmt", "--check", *names).stdout.count("\n") == 2
    guarded.write_bytes(TIDY)
    assert as_somebody("fmt", *names).returncode == 0
    assert good.read_bytes() == TIDY
    good.write_bytes(MESSY)
    tmp_path.chmod(0o555)
    try:
        done = as_somebody("fmt", *names)
        assert done.returncode == 2
        assert "Permission denied" in done.stderr
    finally:
        tmp_path.chmod(0o755)
    assert good.read_bytes() == MESSY


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/course-\xff/steps"
    os.makedirs(folder)
    paths = [folder + b"/\xfe\xfd.yaml", folder + b"/broken-\xfe.yaml"]
    for path, data in zip(paths, (MESSY, BROKEN), strict=True):
        Path(os.fsdecode(path)).write_bytes(data)
    (Path(os.fsdecode(folder)).parent / "workshop.yaml").write_bytes(b"format: yamlsync/1\n")
    done = run("-v", "fmt", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "formatted course-\\udcff/steps/\\udcfe\\udcfd.yaml\n" in done.stderr
    assert "course-\\udcff/steps/broken-\\udcfe.yaml:2:8: YS103 " in done.stderr
    assert Path(os.fsdecode(paths[0])).read_bytes() == TIDY
    Path(os.fsdecode(paths[0])).write_bytes(MESSY)
    assert run("fmt", "--diff", os.fsdecode(paths[0]), cwd=tmp_path).returncode == 1


def test_a_folder_of_courses_each_file_once(tree: Path, tmp_path: Path) -> None:
    for name in ("other", "draft", ".hidden"):
        shutil.copytree(tree, tmp_path / name)
    several = tmp_path / "several"
    several.mkdir()
    (several / "workshops.yaml").write_bytes(b"workshops: [course]\nformat: yamlsync/1\n")
    shutil.copytree(tree, several / "workshops" / "course")
    (tmp_path / "yamlsync.toml").write_text('exclude = ["draft"]\n')
    good = spoil(tree / "workshop.yaml")
    for name in ("other", "draft", ".hidden", "several/workshops/course"):
        spoil(tmp_path / name / "workshop.yaml")
    done = run("fmt", "--check", ".", "course", "./course/workshop.yaml", tree, cwd=tmp_path)
    expected = ["course/workshop.yaml", "other/workshop.yaml", "several/workshops.yaml"]
    assert [*expected, "several/workshops/course/workshop.yaml"] == done.stdout.splitlines()
    assert run("fmt", cwd=tmp_path).returncode == 0
    assert good == (tmp_path / "several/workshops/course/workshop.yaml").read_bytes()
    assert good != (tmp_path / "draft" / "workshop.yaml").read_bytes()
    assert run("fmt", "draft/workshop.yaml", cwd=tmp_path).returncode == 0
    assert good == (tmp_path / "draft" / "workshop.yaml").read_bytes()


def test_export_leaves_what_was_formatted_alone(tree: Path, tmp_path: Path) -> None:
    spoil(tree / "steps" / "step-2.yaml")
    assert run("fmt", tree).returncode == 0
    done = run("export", "--state", tmp_path / "course.db", tree)
    assert done.returncode == 0, done.stderr
    assert "wrote 0 files" in done.stderr


@pytest.mark.parametrize("options", [[], ["--check"], ["--diff"]])
def test_an_export_at_work_keeps_it_out(options: list[str], tree: Path) -> None:
    spoil(tree / "workshop.yaml")
    before = snapshot(tree)
    with locked(str(tree / ".yamlsync" / "lock")):
        for path in (tree, tree / "workshop.yaml"):
            done = run("fmt", *options, path)
            assert (done.returncode, done.stdout) == (2, "")
            assert f"another process is writing into {tree}" in done.stderr
    assert before == snapshot(tree)
    with locked(str(tree / ".yamlsync" / "lock"), shared=True):
        assert run("fmt", tree).returncode == 0, "who only reads keeps nobody out"
    assert before != snapshot(tree)


def test_an_interrupted_export_is_completed_first(tree: Path) -> None:
    spoil(tree / "workshop.yaml")
    before = snapshot(tree)
    (tree / ".yamlsync" / "journal.json").write_text(json.dumps({"record": "", "changes": []}))
    done = run("fmt", tree)
    assert done.returncode == 2
    assert "was interrupted" in done.stderr
    assert "completes what was left" in done.stderr
    assert before == snapshot(tree)
    stdin = run("fmt", "-", "--stdin-filename", tree / "workshop.yaml", input="x")
    assert stdin.returncode == 1, "an editor's text is formatted all the same"


def test_no_export_comes_between_reading_and_writing(tree: Path, make_database: MakeDatabase) -> None:
    other = make_database(course(word="two", progress=True), name="other.db")
    code = (
        "import sys, time\n"
        "from yamlsync.publish import replacing\n"
        "old = replacing.sync_all\n"
        "def slow(*given):\n"
        "    print('at work', flush=True); sys.stdin.readline(); old(*given)\n"
        "replacing.sync_all = slow\n"
        "from yamlsync.cli.main import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    good = spoil(tree / "workshop.yaml")
    command = [sys.executable, "-c", code, "fmt", str(tree)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        done = run("export", "--state", "--force", other, tree)
        assert done.returncode == 2
        assert "another process" in done.stderr
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.wait(20) == 0
    assert good == (tree / "workshop.yaml").read_bytes()


def test_a_file_that_changes_meanwhile_is_not_overwritten(tree: Path) -> None:
    code = (
        "import sys\n"
        "from yamlsync.publish import replacing\n"
        "old = replacing.sync_all\n"
        "def late(*given):\n"
        "    open(sys.argv[2], 'ab').write(b'# late\\n'); old(*given)\n"
        "replacing.sync_all = late\n"
        "from yamlsync.cli.main import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    path = tree / "workshop.yaml"
    spoil(path)
    before = path.read_bytes()
    command = [sys.executable, "-c", code, "fmt", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "was changed while it was worked on" in done.stderr
    assert before + b"# late\n" == path.read_bytes()
    assert stages(tree) == []


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are killed after a fork, which is missing here"
)
def test_killed_at_any_moment_each_file_is_old_or_new(tree: Path, tmp_path: Path) -> None:
    new = snapshot(tree)
    for path in tree.rglob("*.yaml"):
        spoil(path)
    old = snapshot(tree)
    work, number = tmp_path / "work", 0
    while True:
        number += 1
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(tree, work)
        done = not killed_at(number, work, lambda: format_files([str(work)], write=True))
        seen = snapshot(work)
        left = {path for path in seen if ".yamlsync-" in path}
        assert all(seen[path] in (old[path], new[path]) for path in seen.keys() - left)
        format_files([str(work)], write=True)
        assert new == snapshot(work)
        assert stages(work) == []
        if done:
            break
    assert number > 20


def test_the_real_command_killed_at_random_moments(tree: Path, tmp_path: Path) -> None:
    new = snapshot(tree)
    for path in tree.rglob("*.yaml"):
        spoil(path)
    old, work = snapshot(tree), tmp_path / "work"
    chance = random.Random(5)
    for how in [signal.SIGKILL] * 8 + [signal.SIGTERM] * 4:
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(tree, work)
        with subprocess.Popen(
            [sys.executable, "-m", "yamlsync", "fmt", str(work)], stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(chance.uniform(0.05, 0.3))
            process.send_signal(how)
        seen = snapshot(work)
        assert all(data in (old[path], new[path]) for path, data in seen.items() if ".yamlsync-" not in path)
        assert how == signal.SIGKILL or stages(work) == []
        assert run("fmt", work).returncode == 0
        assert new == snapshot(work)
        assert stages(work) == []


def test_a_formatted_file_loads_only_what_it_needs(tree: Path) -> None:
    heavy = {"sqlite3", "ruamel.yaml", "ruamel", "cattrs", "difflib", "subprocess", "tempfile"}
    found = loaded_by("fmt", tree / "steps" / "step-1.yaml")
    assert "yamlsync.formatting" in found
    assert not found & heavy
    assert not loaded_by("fmt", "--diff", "--check", tree) & heavy


def make_newer(path: Path) -> bytes:
    """Makes a list one of the next format, in a spelling that is not ours."""
    text = path.read_bytes()
    path.write_bytes(text.replace(b"format: yamlsync/1\n", b"format:   yamlsync/2\nnew: [1]\n"))
    assert path.read_bytes() != text
    return path.read_bytes()


@pytest.mark.parametrize("option", [(), ("--check",), ("--diff",)])
def test_a_workshop_of_a_newer_format_is_left_and_that_is_told(tree: Path, option: tuple[str, ...]) -> None:
    newer = make_newer(tree / "workshop.yaml")
    spoil(tree / "steps" / "step-1.yaml")
    before = snapshot(tree)
    for named in ([tree], [tree / "workshop.yaml"], [tree / "steps"], [tree / "steps" / "step-1.yaml"]):
        done = run("fmt", *option, *named)
        assert (done.returncode, done.stdout) == (1, ""), done.stderr
        assert f"{tree}/workshop.yaml:1:11: YS110 this is of format yamlsync/2" in done.stderr
        assert done.stderr.count(": YS") == 1
        assert snapshot(tree) == before
    done = run("fmt", *option, "-", "--stdin-filename", "workshop.yaml", input=newer.decode())
    assert (done.returncode, done.stdout) == (1, "")
    assert "YS110" in done.stderr


def test_what_stands_beside_a_newer_workshop_of_several_is_formatted(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    (one,) = course().workshops
    other = evolve(
        one, id="other", steps=tuple(evolve(each, id=f"o-{each.id}", navigation=None) for each in one.steps)
    )
    tree = tmp_path / "several"
    assert run("export", make_database(Contents((one, other))), tree).returncode == 0
    make_newer(tree / "workshops" / "course" / "workshop.yaml")
    left = tree / "workshops" / "course" / "steps" / "step-1.yaml"
    mended = tree / "workshops" / "other" / "steps" / "o-step-1.yaml"
    spoil(left)
    kept, good = left.read_bytes(), spoil(mended)
    done = run("fmt", tree)
    assert done.returncode == 1
    assert (left.read_bytes(), mended.read_bytes()) == (kept, good)
    assert "1 file formatted" in done.stderr
    # Of a newer list of workshops, all are.
    make_newer(tree / "workshops.yaml")
    spoil(mended)
    before = snapshot(tree)
    assert run("fmt", tree).returncode == 1
    assert snapshot(tree) == before

"""What `fmt` says of the files that it formats (CLI-12)."""

from __future__ import annotations

from pathlib import Path

from tests.acceptance.command import run
from tests.acceptance.small_course import edit, write_course


def test_each_file_that_is_formatted_is_named(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    assert run("fmt", "course", cwd=tmp_path).returncode == 0
    for name in ("one", "three"):
        edit(course / "steps" / f"{name}.yaml", "title: ", "title:   ")
    check = run("fmt", "--check", "course", cwd=tmp_path)
    assert check.stdout == "course/steps/one.yaml\ncourse/steps/three.yaml\n"
    done = run("fmt", "course", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "formatted course/steps/one.yaml",
        "formatted course/steps/three.yaml",
        "2 files formatted, 2 left as they were",
    ]


def test_where_the_user_wants_quiet_none_is_named(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    edit(course / "steps" / "one.yaml", "title: ", "title:   ")
    done = run("-q", "fmt", course)
    assert (done.returncode, done.stderr) == (0, "")

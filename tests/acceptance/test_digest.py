"""`yamlsync digest` as its users meet it (DIG-20)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve

from tests.acceptance.command import course, run, snapshot
from tests.conftest import ROOT
from yamlsync.digest import digests_of
from yamlsync.records import Contents, Step, Workshop

MakeDatabase = Callable[..., str]


@pytest.fixture
def tree(make_database: MakeDatabase, tmp_path: Path) -> Path:
    """A directory with an exported workshop."""
    assert run("export", make_database(course(), name="source.db"), tmp_path / "tree").returncode == 0
    return tmp_path / "tree"


def digest_of(place: object) -> str:
    done = run("digest", place)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.removesuffix("\n")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_digest_of_a_database_and_of_its_directory_is_one_line(
    tree: Path, make_database: MakeDatabase, tmp_path: Path
) -> None:
    expected = digests_of(course()).content
    assert run("import", tree, tmp_path / "built.db").returncode == 0
    assert run("import", "--schema", "1", tree, tmp_path / "older.db").returncode == 0
    progress = make_database(course(progress=True), name="progress.db")
    for place in (tmp_path / "source.db", tree, tmp_path / "built.db", tmp_path / "older.db", progress):
        assert digest_of(place) == expected
    assert run("digest", tree).stdout == f"{expected}\n"


def test_comments_other_spelling_and_foreign_files_have_no_part_in_it(tree: Path) -> None:
    before = digest_of(tree)
    edit(
        tree / "workshop.yaml",
        "name: Course one\n",
        "# seen by authors only\nname:   'Course one' # behind\n",
    )
    path = tree / "steps" / "step-1.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (tree / "README.md").write_text("Nothing of ours.\n", encoding="utf-8")
    assert digest_of(tree) == before


def test_another_layout_of_the_file_has_no_part_in_it(tree: Path, tmp_path: Path) -> None:
    built = tmp_path / "built.db"
    assert run("import", tree, built).returncode == 0
    before = digest_of(built)
    with closing(sqlite3.connect(built)) as connection:
        connection.execute("PRAGMA page_size = 65536")
        connection.execute("VACUUM")
    assert digest_of(built) == before


def test_steps_name_the_one_that_was_changed(tree: Path) -> None:
    before = run("digest", "--steps", tree).stdout.splitlines()
    assert [line.partition("  ")[2] for line in before] == [
        "content",
        'workshop "course"',
        *(f'step "step-{number}"' for number in range(1, 5)),
    ]
    assert before[0].partition("  ")[0] == digest_of(tree)
    edit(tree / "steps" / "step-3.yaml", "title: Title one", "title: Title 0ne")
    after = run("digest", "--steps", tree).stdout.splitlines()
    differ = [new.partition("  ")[2] for old, new in zip(before, after, strict=True) if old != new]
    assert differ == ["content", 'workshop "course"', 'step "step-3"']


def test_ids_are_printed_in_ascii_whatever_the_terminal_takes(make_database: MakeDatabase) -> None:
    ids = ["\x7f\n", "é漢😀", '"\\', "\u2028"]
    steps = tuple(Step(id, "", "", index) for index, id in enumerate(ids))
    database = make_database(Contents((Workshop("", "", "", 0, steps),)))
    for encoding in ("ascii", "utf-8", "cp1252"):
        done = run("digest", "--steps", database, env={"PYTHONIOENCODING": encoding})
        assert [line.partition("  ")[2] for line in done.stdout.splitlines()] == [
            "content",
            'workshop ""',
            r'step "\u007f\n"',
            r'step "\u00e9\u6f22\ud83d\ude00"',
            r'step "\"\\"',
            r'step "\u2028"',
        ]


def test_several_workshops_are_listed_by_id_with_their_steps(make_database: MakeDatabase) -> None:
    other = Workshop("a-course", "Other", "v1", 1, (Step("x", "", "", 1),))
    contents = Contents((other, *course(2).workshops))
    done = run("digest", "--steps", make_database(contents))
    assert [line.partition("  ")[2] for line in done.stdout.splitlines()] == [
        "content",
        'workshop "a-course"',
        'step "x"',
        'workshop "course"',
        'step "step-1"',
        'step "step-2"',
    ]


def test_the_environment_has_no_part_in_it(tree: Path, tmp_path: Path) -> None:
    digests = set()
    for number, environment in enumerate(
        [
            {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
            {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"},
        ]
    ):
        place = tmp_path / f"a place {number}"
        shutil.copytree(tree, place)
        digests.add(run("digest", "--steps", place, env=environment).stdout)
    assert len(digests) == 1


def test_a_directory_with_problems_has_no_digest(tree: Path) -> None:
    edit(tree / "steps" / "step-2.yaml", "title: Title one", "titel: Title one")
    done = run("digest", tree)
    assert (done.returncode, done.stdout) == (1, "")
    assert "step-2.yaml:2:1" in done.stderr
    assert "YS1" in done.stderr
    # Nobody asked for a change.
    assert done.stderr.endswith("\n1 problem\n")


def test_a_damaged_database_has_no_digest(tree: Path, tmp_path: Path) -> None:
    built = tmp_path / "built.db"
    assert run("import", tree, built).returncode == 0
    data = bytearray(built.read_bytes())
    data[4096 * 2 : 4096 * 3] = bytes(4096)
    built.write_bytes(data)
    done = run("digest", built)
    assert (done.returncode, done.stdout) == (1, "")
    assert "YS8" in done.stderr


def test_a_database_with_content_that_no_digest_covers_has_none(make_database: MakeDatabase) -> None:
    done = run("digest", make_database(course(), "ALTER TABLE steps ADD COLUMN colour TEXT"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "colour" in done.stderr


@pytest.mark.parametrize("name", ["missing.db", "missing", "empty", "text.db"])
def test_what_is_no_workshop_cannot_be_tried(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.db").write_text("no database", encoding="ascii")
    done = run("digest", tmp_path / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_is_read_and_left_as_it_is(tree: Path, tmp_path: Path) -> None:
    built = tmp_path / "built.db"
    assert run("import", tree, built).returncode == 0
    os.chmod(built, stat.S_IRUSR)
    before, files = (built.read_bytes(), built.stat().st_mtime_ns), snapshot(tree)
    beside = sorted(os.listdir(tmp_path))
    assert digest_of(built) == digest_of(tree)
    assert (built.read_bytes(), built.stat().st_mtime_ns) == before
    assert snapshot(tree) == files
    assert sorted(os.listdir(tmp_path)) == beside


def test_a_reader_who_has_seen_enough_is_no_error(make_database: MakeDatabase) -> None:
    steps = tuple(Step(f"step-{number:05}", "", "", number) for number in range(5000))
    database = make_database(Contents((Workshop("w", "", "", 0, steps),)))
    command = [sys.executable, "-m", "yamlsync", "digest", "--steps", database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().endswith(b"content\n")
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_the_sample_has_the_same_digest_from_each_of_two_places(tmp_path: Path) -> None:
    digests = []
    for place in (tmp_path / "one", tmp_path / "another place"):
        shutil.copytree(ROOT / "sample-workshop", place / "sample")
        assert run("import", "sample", "sample.db", cwd=place).returncode == 0
        digests += [run("digest", name, cwd=place).stdout for name in ("sample", "sample.db")]
    assert len(set(digests)) == 1
    one, other = (place / "sample.db" for place in (tmp_path / "one", tmp_path / "another place"))
    assert one.read_bytes() == other.read_bytes()


def test_null_and_empty_are_told_apart(make_database: MakeDatabase) -> None:
    workshop = course(1).workshops[0]
    (step,) = workshop.steps
    digests = {
        digest_of(
            make_database(
                Contents((evolve(workshop, steps=(evolve(step, goss_spec=goss, markdown=text),)),)),
                name=f"{goss is None}-{text is None}.db",
            )
        )
        for goss in (None, "")
        for text in (None, "")
    }
    assert len(digests) == 4

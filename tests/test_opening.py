"""What a WORKSHOP names, asked once: files, and what stands in revisions (CLI-30)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings

from tests import strategies
from tests.acceptance.command import course
from tests.git.repository import Made, make
from yamlsync import spooling
from yamlsync.errors import OperationError
from yamlsync.layout.update import plan_update
from yamlsync.opening import (
    Database,
    Directory,
    RevisionDatabase,
    RevisionDirectory,
    locating,
    names_revision,
    open_workshop,
    read,
    read_database_at,
    reading_tree,
)
from yamlsync.problems import Place, Problem
from yamlsync.records import Contents
from yamlsync.tree import in_memory

MakeDatabase = Callable[..., str]
DEFINITION = evolve(course(), runtime_states=(), custom_states=())


def files_of(contents: Contents, folder: str = "") -> dict[str, bytes]:
    puts = plan_update(in_memory({}), contents, with_state=True).puts
    return {f"{folder}{path}": data for path, data in puts.items()}


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A repository to work in, with a workshop in course/ and its database beside it."""
    made = make(tmp_path / "top")
    monkeypatch.chdir(made.top)
    return made


def test_each_kind_of_workshop_is_told(made: Made, make_database: MakeDatabase) -> None:
    database = Path(make_database(course())).read_bytes()
    commit = made.commit({**files_of(course(), "course/"), "course.db": database})
    with locating() as locate:
        assert locate("course") == Directory("course")
        assert locate("course.db") == Database("course.db")
        assert locate("missing.db") == Database("missing.db")
        directory, stored = locate("HEAD:course"), locate("HEAD:course.db")
        assert isinstance(directory, RevisionDirectory)
        assert isinstance(stored, RevisionDatabase)
        assert (directory.name, directory.commit, directory.path) == ("HEAD:course", commit, "course")
        assert (stored.name, stored.commit, stored.path) == ("HEAD:course.db", commit, "course.db")
        # One process of git answers for both.
        assert directory.repository is stored.repository
        assert {each.names == {} for each in (locate("course"), locate("course.db"), stored)} == {True}
        assert directory.names.keys() == directory.tree.paths
        expected = read(Directory("course")).contents
        assert {read(each).contents for each in (directory, stored, Database("course.db"))} == {expected}
        with reading_tree(directory) as tree:
            assert tree == directory.tree
        with reading_tree(Directory("course")) as tree:
            assert tree.paths == directory.tree.paths
    assert open_workshop("HEAD:course").contents == open_workshop("course").contents == expected


@given(strategies.contents())
@settings(max_examples=15)
def test_a_revision_says_what_its_directory_says(
    tmp_path_factory: pytest.TempPathFactory, contents: Contents
) -> None:
    made = make(tmp_path_factory.mktemp("law"))
    made.commit(files_of(contents, "course/"))
    with pytest.MonkeyPatch.context() as patch, locating() as locate:
        patch.chdir(made.top)
        from_commit, from_directory = (
            read(locate(name), with_state=True) for name in ("HEAD:course", "course")
        )
        assert from_commit.contents == from_directory.contents == contents


def test_progress_is_read_from_a_directory_where_it_is_asked_for(made: Made) -> None:
    contents = course(progress=True)
    made.commit(files_of(contents, "course/"))
    with locating() as locate:
        for name in ("HEAD:course", "course"):
            assert read(locate(name), with_state=True).contents == contents
            assert read(locate(name)).contents == DEFINITION


def test_a_file_that_is_there_goes_first(made: Made) -> None:
    made.commit(files_of(course(), "course/"))
    assert names_revision("HEAD:course")
    (made.top / "HEAD:course").mkdir()
    assert not names_revision("HEAD:course")
    with locating() as locate:
        assert locate("HEAD:course") == Directory("HEAD:course")
    (made.top / "HEAD:course").rmdir()
    os.symlink("nowhere", made.top / "HEAD:course")
    with locating() as locate, pytest.raises(OperationError, match="HEAD:course is no workshop"):
        locate("HEAD:course")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("course", "course/steps/a.yaml"),
        ("course/", "course/steps/a.yaml"),
        (".", "steps/a.yaml"),
        ("HEAD:course", "HEAD:course/steps/a.yaml"),
        ("HEAD:./course/", "HEAD:./course/steps/a.yaml"),
    ],
)
def test_places_are_shown_as_the_workshop_was_named(made: Made, name: str, shown: str) -> None:
    made.commit(files_of(course(), "course/"))
    with locating() as locate:
        assert locate(name).shown("steps/a.yaml") == shown


def test_problems_in_a_revision_have_whole_places(made: Made) -> None:
    made.commit({"course/workshop.yaml": b"id: a\n"})
    opened = open_workshop("HEAD:course")
    assert opened.root == ""
    assert {problem.place.path for problem in opened.problems} == {"HEAD:course/workshop.yaml"}


def test_a_link_in_place_of_the_list_is_a_problem_and_not_a_missing_workshop(made: Made) -> None:
    made.commit(files_of(course(), "course/"))
    list_of_steps = made.top / "course" / "workshop.yaml"
    list_of_steps.rename(made.top / "elsewhere.yaml")
    list_of_steps.symlink_to("../elsewhere.yaml")
    made.commit({})
    told = open_workshop("HEAD:course").problems
    said, help = "this is a link, and links are not followed", "put the file or folder itself there"
    assert Problem("YS128", said, Place("HEAD:course/workshop.yaml"), help) in told


def test_a_folder_without_a_workshop_is_refused(made: Made) -> None:
    made.commit({"steps/a.yaml": b"", "other/README.md": b"x"})
    for name, help in (
        ("HEAD:", "name the folder of one: the files in steps/ belong to one"),
        ("HEAD:other", "name the folder of one"),
    ):
        with pytest.raises(OperationError) as raised:
            open_workshop(name)
        assert (raised.value.message, raised.value.help) == (
            f"{name} holds no workshop: there is no workshop.yaml in it",
            help,
        )


def test_a_database_in_git_has_its_problems_at_its_own_name(made: Made, make_database: MakeDatabase) -> None:
    path = make_database(course(), "DELETE FROM workshop")
    made.commit({"course.db": Path(path).read_bytes()})
    expected = [
        evolve(problem, place=evolve(problem.place, path="HEAD:course.db"))
        for problem in open_workshop(path).problems
    ]
    assert expected
    assert list(open_workshop("HEAD:course.db").problems) == expected


def test_a_database_of_wal_mode_is_refused_by_its_own_name(made: Made, make_database: MakeDatabase) -> None:
    path = make_database(course())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    made.commit({"course.db": Path(path).read_bytes()})
    with pytest.raises(OperationError) as raised:
        open_workshop("HEAD:course.db")
    assert (raised.value.message, raised.value.help) == (
        "HEAD:course.db is in WAL mode, so that one file may not be all of it",
        "write it into a file first: git show HEAD:course.db > FILE",
    )


def test_what_is_no_database_in_git_is_refused(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    made.commit(
        {
            "empty.db": b"",
            "text.db": b"x" * 200_000,
            "large.db": b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n",
            "header.db": b"SQLite format 3\0" + b"\0" * 200_000,
        }
    )
    help = "name a workshop's database, or the folder of its files"
    monkeypatch.setattr(spooling, "_MOST", 1 << 17)
    expected = {
        "HEAD:empty.db": ("HEAD:empty.db is empty", help),
        "HEAD:text.db": ("HEAD:text.db is no SQLite database", help),
        "HEAD:large.db": (
            "HEAD:large.db is kept by Git LFS: its content is not in Git",
            "check that revision out, and name the file",
        ),
        "HEAD:header.db": (
            "HEAD:header.db has more than 0 MiB",
            "write it into a file, and name that: git show HEAD:header.db > FILE",
        ),
    }
    found = {}
    for name in expected:
        with pytest.raises(OperationError) as raised:
            open_workshop(name)
        found[name] = raised.value.message, raised.value.help
    assert found == expected


def test_no_temporary_file_is_left(
    made: Made, make_database: MakeDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit({"course.db": Path(make_database(course())).read_bytes(), "text.db": b"x"})
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    with locating() as locate:
        found = read_database_at(locate("HEAD:course.db"))  # type: ignore[arg-type]
        assert found.contents == DEFINITION
        with pytest.raises(OperationError):
            read_database_at(locate("HEAD:text.db"))  # type: ignore[arg-type]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_outside_of_a_repository_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OperationError) as raised:
        open_workshop("HEAD:course")
    assert raised.value.message == f"there is no Git repository around {tmp_path}"
    assert raised.value.help == "run in one, or name it: yamlsync -C FOLDER …"

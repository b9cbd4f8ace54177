"""Commits and what they hold, read from Git's objects (LOG-11 to LOG-13)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.git.repository import Made, course, make, run_git
from yamlsync.git import Repository, RevisionFile, RevisionTree, open_repository
from yamlsync.git.history import Commit, commits_of, deleted, found_at, read_commit
from yamlsync.git.objects import Object

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

DATE = "2026-03-04T05:06:07+05:30"


@pytest.fixture
def made(tmp_path: Path) -> Made:
    found = make(tmp_path / "repository")
    found.commit(course(), "one")
    return found


@pytest.fixture
def repository(made: Made) -> Iterator[Repository]:
    with open_repository(str(made.top)) as found:
        yield found


def written(made: Made, data: bytes) -> str:
    """The name of a commit with any bytes."""
    arguments = ("hash-object", "-t", "commit", "-w", "--stdin", "--literally")
    return run_git(made.top, *arguments, input=data)


def commit_with(made: Made, *, author: bytes, message: bytes, more: bytes = b"") -> str:
    tree = made.git("rev-parse", "HEAD^{tree}").encode()
    return written(
        made, b"tree %s\nauthor %s\ncommitter A <a> 1 +0000\n%s\n%s" % (tree, author, more, message)
    )


def test_a_commit_says_who_when_and_what(made: Made, repository: Repository) -> None:
    parent = made.git("rev-parse", "HEAD")
    made.git("commit", "-q", "--allow-empty", "--author", "Jané <j@x>", "--date", DATE, "-m", "A\nB\n\nC")
    name = made.git("rev-parse", "HEAD")
    assert read_commit(repository, name) == Commit(name, (parent,), "Jané", DATE, "A B")


def test_a_commit_that_is_not_there_is_none(made: Made, repository: Repository) -> None:
    assert read_commit(repository, "1" * 40) is None
    assert read_commit(repository, made.git("rev-parse", "HEAD^{tree}")) is None


@pytest.mark.parametrize(
    ("encoding", "data"),
    [(b"ISO-8859-1", b"caf\xe9"), (b"UTF-16", "café".encode("utf-16")), (b"cp1252", b"caf\xe9")],
)
def test_it_is_read_in_its_encoding(encoding: bytes, data: bytes, made: Made, repository: Repository) -> None:
    author = b"Ann <a> 0 +0000"
    name = commit_with(made, author=author, message=data, more=b"encoding %s\n" % encoding)
    found = read_commit(repository, name)
    assert found is not None
    assert found.subject == "café"


@pytest.mark.parametrize("encoding", [b"no-such", b"rot13", b"hex", b"undefined", b"\xff", b"", b"../os"])
def test_an_encoding_that_is_none_is_taken_for_utf_8(
    encoding: bytes, made: Made, repository: Repository
) -> None:
    more = b"encoding %s\n" % encoding
    name = commit_with(
        made, author=b"Ann <a> 0 +0000", message="é\udcff".encode(errors="surrogateescape"), more=more
    )
    found = read_commit(repository, name)
    assert found is not None
    assert found.subject == "é\ufffd"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (b"Ann <a> 0 +0000", ("Ann", "1970-01-01T00:00:00+00:00")),
        (b"Ann <a> -1 -0130", ("Ann", "1969-12-31T22:29:59-01:30")),
        (b"Ann <a> 99999999999999999 +0000", ("Ann", "")),
        (b"Ann <a> 0 +9999", ("Ann", "")),
        (b"Ann <a>", ("Ann", "")),
        (b"<> 0 +0000", ("", "1970-01-01T00:00:00+00:00")),
        (b"A > B <a> 0 +0000", ("A > B", "1970-01-01T00:00:00+00:00")),
        (b"", ("", "")),
    ],
)
def test_any_author_is_read(
    author: bytes, expected: tuple[str, str], made: Made, repository: Repository
) -> None:
    found = read_commit(repository, commit_with(made, author=author, message=b"x"))
    assert found is not None
    assert (found.author, found.date) == expected


@given(st.binary(max_size=80), st.binary(max_size=20), st.binary(max_size=80))
def test_any_bytes_are_read_and_no_half_of_a_character_comes_out(
    author: bytes, encoding: bytes, message: bytes
) -> None:
    from yamlsync.git.history import _parsed

    data = b"tree x\nauthor %s\nencoding %s\n\n%s" % (author, encoding, message)
    found = _parsed(Object("1" * 40, "commit", data))
    assert f"{found.author}{found.subject}".encode() is not None


def test_commits_of_some_paths_are_listed_newest_first_with_unique_short_names(
    made: Made, repository: Repository
) -> None:
    made.commit({"README.md": b"x"}, "not ours")
    made.commit(course(a="New"), "two")
    names = made.git("rev-list", "HEAD").split("\n")
    found = commits_of(repository, names[0], ["course/steps"])
    assert [each.name for each in found] == [names[0], names[2]]
    assert [each.short for each in found] == [name[:7] for name in (names[0], names[2])]
    assert commits_of(repository, names[0], ["course/steps"], without=[names[2]]) == found[:1]


def test_settings_of_git_play_no_part(made: Made, repository: Repository) -> None:
    made.commit(course(a="New"), "two")
    before = commits_of(repository, made.git("rev-parse", "HEAD"), ["course/steps"])
    for key, value in {
        "log.showSignature": "true",
        "log.follow": "true",
        "log.decorate": "full",
        "log.date": "relative",
        "format.pretty": "fuller",
        "core.abbrev": "20",
        "core.pager": "false",
        "core.quotePath": "true",
        "alias.rev-list": "!false",
        "alias.log": "!false",
        "diff.external": "false",
        "diff.renames": "copies",
        "i18n.logOutputEncoding": "UTF-16",
        "color.ui": "always",
    }.items():
        made.git("config", key, value)
    assert commits_of(repository, made.git("rev-parse", "HEAD"), ["course/steps"]) == before
    assert len(before) == 2
    made.git("mv", "course", "moved")
    made.commit({}, "moved")
    old, new = made.git("rev-parse", "HEAD~1", "HEAD").split("\n")
    made.git("config", "diff.orderFile", "/nowhere")
    assert deleted(repository, old, new) == sorted(course())


@pytest.mark.parametrize("folder", ["course", "deep/er", "new\nline/x", "new\nline", os.fsdecode(b"b\xffd")])
def test_what_a_commit_has_at_a_path_is_found(folder: str, made: Made, repository: Repository) -> None:
    head = made.commit(course(f"{folder}/") | {"a.db": b"x"}, "two")
    found = found_at(repository, head, folder)
    assert isinstance(found, RevisionTree)
    assert found.tree.paths == {"workshop.yaml", "steps/a.yaml", "steps/b.yaml"}
    assert found.tree.read("workshop.yaml") == course()["course/workshop.yaml"]
    file = found_at(repository, head, "a.db")
    assert file == RevisionFile(made.git("rev-parse", "HEAD:a.db"), head)
    top = found_at(repository, head, "")
    assert isinstance(top, RevisionTree)
    assert top.name == made.git("rev-parse", "HEAD^{tree}")
    for path in ("nowhere", f"{folder}/nowhere", "a.db/x", "nowhere/x"):
        assert found_at(repository, head, path) is None


def test_links_and_submodules_are_no_workshops(made: Made, repository: Repository) -> None:
    (made.top / "link").symlink_to("course")
    made.git("update-index", "--add", "--cacheinfo", f"160000,{made.git('rev-parse', 'HEAD')},module")
    made.git("add", "link")
    made.git("commit", "-q", "-m", "two")
    head = made.git("rev-parse", "HEAD")
    assert found_at(repository, head, "link") is None
    assert found_at(repository, head, "module") is None

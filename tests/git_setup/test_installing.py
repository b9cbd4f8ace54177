"""Setting Git up and taking it back, in real repositories (GIT-40 to GIT-45)."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.git.repository import Made, make, run_git
from tests.git_setup.test_block import WRITTEN
from yamlsync import __version__
from yamlsync.errors import OperationError
from yamlsync.git.configuration import Setting
from yamlsync.git_setup.commands import Call
from yamlsync.git_setup.installing import Installed, Uninstalled, install, uninstall
from yamlsync.git_setup.keys import COMMAND, DATABASE_NAMES, STEP_NAMES, TEXTCONV, Caller

KEYS = (TEXTCONV, DATABASE_NAMES, STEP_NAMES)
NEW = WRITTEN.replace(b"begin", b"begin (new file)")
ME = Caller(sys.executable, __version__)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that nobody's settings have a part in it."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return place


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make(tmp_path / "repository")


def state(made: Made) -> dict[str, bytes]:
    """All bytes that an install may change."""
    paths = [made.top / ".gitattributes", made.top / ".git" / "config", made.top / ".git" / "info/attributes"]
    return {path.name: path.read_bytes() for path in paths if path.exists()}


def values(made: Made, key: str, *scope: str) -> list[str]:
    done = subprocess.run(
        ["git", "-C", str(made.top), "config", "-z", *scope, "--get-all", key],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.split("\0")[:-1]


def test_an_install_sets_keys_and_writes_lines(made: Made) -> None:
    path = str(made.top / ".gitattributes")
    assert install(str(made.top)) == Installed(KEYS, (), path, written=True, elsewhere=(), unheeded=())
    assert (made.top / ".gitattributes").read_bytes() == NEW
    assert values(made, TEXTCONV) == [ME.value(TEXTCONV)]
    assert values(made, COMMAND) == []


@pytest.mark.parametrize("semantic", [None, True])
@pytest.mark.parametrize("own", [None, True])
def test_a_second_install_changes_nothing(made: Made, semantic: bool | None, own: bool | None) -> None:
    install(str(made.top), semantic=semantic, own=own)
    before, times = state(made), [path.stat().st_mtime_ns for path in (made.top / ".git").iterdir()]
    # Without a word on it, all stays as it was asked for.
    done = install(str(made.top))
    assert (done.set, done.removed, done.written) == ((), (), False)
    assert state(made) == before
    assert [path.stat().st_mtime_ns for path in (made.top / ".git").iterdir()] == times


@pytest.mark.parametrize("data", [None, b"", b"*.png binary", b"\xef\xbb\xbf*.db binary\r\n# \xff\r\n"])
def test_an_uninstall_gives_back_what_was(made: Made, data: bytes | None) -> None:
    if data is not None:
        (made.top / ".gitattributes").write_bytes(data)
    before = state(made)
    install(str(made.top), semantic=True)
    assert state(made) != before
    path = str(made.top / ".gitattributes")
    gone = (path,) if data is None else ()
    assert uninstall(str(made.top)) == Uninstalled((*KEYS, COMMAND), (path,), (), gone=gone)
    assert state(made) == before
    assert uninstall(str(made.top)) == Uninstalled((), (), ())


def test_what_was_edited_in_between_stays(made: Made) -> None:
    made.git("config", "diff.yamlsync-db.cachetextconv", "true")
    (made.top / ".gitattributes").write_bytes(b"*.png binary\n*.jpg binary\n")
    install(str(made.top))
    data = (made.top / ".gitattributes").read_bytes().replace(b"*.jpg binary\n", b"*.gif binary\n")
    (made.top / ".gitattributes").write_bytes(data + b"*.pdf binary\n")
    made.git("config", "user.nick", "ann")
    left = uninstall(str(made.top)).left
    config = str(made.top / ".git" / "config")
    assert left == (Setting("diff.yamlsync-db.cachetextconv", "true", config),)
    assert (made.top / ".gitattributes").read_bytes() == b"*.png binary\n*.gif binary\n*.pdf binary\n"
    assert values(made, "user.nick") == ["ann"]


def test_words_for_steps_are_asked_for_and_given_up(made: Made) -> None:
    install(str(made.top))
    before = state(made)
    assert install(str(made.top), semantic=True).set == (COMMAND,)
    assert values(made, COMMAND) == [ME.value(COMMAND)]
    assert install(str(made.top), semantic=False).removed == (COMMAND,)
    assert state(made) == before


def test_lines_for_one_clone_alone(made: Made) -> None:
    # git init puts a file of examples there, or does not.
    before = state(made)
    path = made.top / ".git" / "info" / "attributes"
    assert install(str(made.top), own=True).attributes == str(path)
    assert not (made.top / ".gitattributes").exists()
    assert made.git("check-attr", "diff", "x.db") == "x.db: diff: yamlsync-db"
    uninstall(str(made.top))
    assert state(made) == before


def test_a_folder_for_the_lines_of_one_clone_is_made(made: Made) -> None:
    for path in (made.top / ".git" / "info").iterdir():
        path.unlink()
    (made.top / ".git" / "info").rmdir()
    install(str(made.top), own=True)
    assert made.git("check-attr", "diff", "x.db") == "x.db: diff: yamlsync-db"


def test_lines_that_are_committed_are_said_to_be_left_until_that_is_committed_too(made: Made) -> None:
    install(str(made.top))
    made.commit({})
    path = str(made.top / ".gitattributes")
    assert uninstall(str(made.top)) == Uninstalled(KEYS, (path,), (), gone=(path,), uncommitted=path)
    assert uninstall(str(made.top)) == Uninstalled((), (), (), uncommitted=path)
    made.commit({})
    assert uninstall(str(made.top)) == Uninstalled((), (), ())


def test_lines_of_one_clone_move_to_where_they_are_to_be_committed(made: Made) -> None:
    before = state(made)
    shared, own = made.top / ".gitattributes", made.top / ".git" / "info" / "attributes"
    install(str(made.top), own=True)
    done = install(str(made.top), own=False)
    assert (done.attributes, done.written, done.moved, done.beside) == (str(shared), True, str(own), "")
    uninstalled = {**state(made)}
    assert uninstalled.pop("attributes", b"") == before.get("attributes", b"")
    assert shared.read_bytes() == NEW
    assert uninstall(str(made.top)).attributes == (str(shared),)
    assert state(made) == before


def test_lines_that_are_committed_stay_beside_those_of_one_clone_and_both_are_taken_back(made: Made) -> None:
    before = state(made)
    shared, own = made.top / ".gitattributes", made.top / ".git" / "info" / "attributes"
    install(str(made.top))
    done = install(str(made.top), own=True)
    assert (done.attributes, done.written, done.moved, done.beside) == (str(own), True, "", str(shared))
    # Without a word on it, both stay; told where to stand, they stand there alone.
    assert (install(str(made.top)).written, install(str(made.top)).moved) == (False, "")
    assert install(str(made.top)).beside == str(own)
    assert install(str(made.top), own=False).moved == str(own)
    install(str(made.top), own=True)
    assert uninstall(str(made.top)).attributes == (str(shared), str(own))
    assert state(made) == before


def test_lines_of_one_clone_that_were_edited_are_not_moved(made: Made) -> None:
    install(str(made.top), own=True)
    path = made.top / ".git" / "info" / "attributes"
    path.write_bytes(path.read_bytes().replace(b"*.db", b"*.sqlite"))
    before = state(made)
    with pytest.raises(OperationError, match=r"attributes:\d+: .* were edited"):
        install(str(made.top), own=False)
    assert state(made) == before


def test_a_setting_as_it_was_written_once_is_renewed_and_taken_back(made: Made) -> None:
    before = state(made)
    install(str(made.top), semantic=True)
    after = state(made)
    for key, called in ((TEXTCONV, "textconv"), (COMMAND, "diff-driver")):
        made.git("config", key, Call(sys.executable, called, __version__).plain)
    assert install(str(made.top)).set == (TEXTCONV, COMMAND)
    assert state(made) == after
    made.git("config", TEXTCONV, Call("/gone/python", "textconv", "0.0.1").plain)
    assert uninstall(str(made.top)).removed == (*KEYS, COMMAND)
    assert state(made) == before


@pytest.mark.parametrize("key", [TEXTCONV, STEP_NAMES])
@pytest.mark.parametrize("value", ["cat", ""])
def test_a_setting_of_somebodys_own_is_refused_and_kept(made: Made, key: str, value: str) -> None:
    made.git("config", key, value)
    before = state(made)
    with pytest.raises(OperationError, match="did not write") as raised:
        install(str(made.top))
    assert key in raised.value.message
    assert f"--unset-all {key}" in (raised.value.help or "")
    assert state(made) == before
    assert [(each.key, each.value) for each in uninstall(str(made.top)).left] == [(key, value)]
    assert state(made) == before


def test_a_setting_beside_ours_is_refused_and_both_are_kept(made: Made) -> None:
    install(str(made.top))
    made.git("config", "--add", TEXTCONV, "cat")
    before = state(made)
    with pytest.raises(OperationError, match='"cat"'):
        install(str(made.top))
    assert state(made) == before
    assert uninstall(str(made.top)).removed == (DATABASE_NAMES, STEP_NAMES)
    assert values(made, TEXTCONV) == [ME.value(TEXTCONV), "cat"]


@pytest.mark.parametrize("caller", [Caller("/gone/python", __version__), Caller(sys.executable, "0.0.1")])
def test_a_setting_of_another_version_or_another_python_is_renewed(made: Made, caller: Caller) -> None:
    install(str(made.top))
    before = state(made)
    made.git("config", TEXTCONV, caller.value(TEXTCONV))
    assert install(str(made.top)).set == (TEXTCONV,)
    assert state(made) == before


@pytest.mark.parametrize(
    "line", [b"*.db diff=sqlite3\n", b"*.db -diff\n", b"**/steps/*.yaml diff=yaml\n", b"*.db diff\n"]
)
@pytest.mark.parametrize("own", [False, True])
def test_an_attribute_of_somebodys_own_is_not_overruled(made: Made, line: bytes, own: bool) -> None:
    (made.top / ".gitattributes").write_bytes(line)
    before = state(made)
    with pytest.raises(OperationError, match="would overrule") as raised:
        install(str(made.top), own=own)
    assert "or say diff=yamlsync-" in (raised.value.help or "")
    assert state(made) == before


def test_an_attribute_of_one_file_is_not_overruled(made: Made) -> None:
    made.commit({"apps/store.db": b"\0", ".gitattributes": b"apps/*.db diff=sqlite3\n"})
    before = state(made)
    with pytest.raises(OperationError, match=r"apps/store\.db \(diff: sqlite3\)"):
        install(str(made.top))
    assert state(made) == before
    # What the help says.
    (made.top / ".gitattributes").write_bytes(b"apps/*.db diff=yamlsync-db\n")
    assert install(str(made.top)).unheeded == ()


def test_an_attribute_of_the_users_own_file_is_not_overruled(made: Made, home: Path) -> None:
    (home / "attributes").write_bytes(b"*.db diff=sqlite3\n")
    made.git("config", "--global", "core.attributesFile", "~/attributes")
    before = state(made)
    with pytest.raises(OperationError, match="would overrule"):
        install(str(made.top))
    assert state(made) == before
    (home / "attributes").write_bytes(b"*.db binary\n")
    assert install(str(made.top)).written


def test_an_attribute_in_a_folder_below_keeps_the_last_word_and_is_told(made: Made) -> None:
    made.commit({"a/x.db": b"\0", "b/y.db": b"\0", "a/.gitattributes": b"*.db diff=sqlite3\n"})
    made.commit({"b/.gitattributes": b"*.db binary\n"})
    assert install(str(made.top)).unheeded == (("a/x.db", "sqlite3"), ("b/y.db", "binary"))
    with pytest.raises(OperationError, match="would overrule"):
        install(str(made.top), own=True)


def test_binary_only_says_that_nobody_could_show_it(made: Made) -> None:
    (made.top / ".gitattributes").write_bytes(b"*.db binary\n")
    install(str(made.top))
    assert made.git("check-attr", "diff", "text", "--", "x.db").split("\n") == [
        "x.db: diff: yamlsync-db",
        "x.db: text: unset",
    ]


@pytest.mark.parametrize("work", [install, uninstall])
def test_lines_of_ours_that_were_edited_are_left_to_whoever_did(made: Made, work: object) -> None:
    install(str(made.top))
    path = made.top / ".gitattributes"
    path.write_bytes(path.read_bytes().replace(b"*.db", b"*.sqlite"))
    before = state(made)
    with pytest.raises(OperationError, match=r"\.gitattributes:1: .* were edited"):
        work(str(made.top))  # type: ignore[operator]
    assert state(made) == before


def test_permissions_are_kept(made: Made) -> None:
    path = made.top / ".gitattributes"
    path.write_bytes(b"*.png binary\n")
    os.chmod(path, 0o640)
    install(str(made.top))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    uninstall(str(made.top))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_in_place_of_attributes_is_refused(made: Made) -> None:
    (made.top / "real").write_bytes(b"")
    (made.top / ".gitattributes").symlink_to("real")
    before = state(made)
    with pytest.raises(OperationError, match="it is a link"):
        install(str(made.top))
    assert state(made) == before


def test_a_link_in_place_of_the_attributes_of_the_clone_is_refused(made: Made, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (made.top / ".git" / "info").mkdir(exist_ok=True)
    (made.top / ".git" / "info" / "attributes").symlink_to(outside)

    with pytest.raises(OperationError, match="it is a link"):
        install(str(made.top), own=True)
    assert not outside.exists()


@pytest.mark.parametrize("place", ["config", "attributes"])
def test_a_file_that_may_only_be_read_stops_it_before_anything_is_changed(
    made: Made, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made.top / ".gitattributes").write_bytes(b"*.png binary\n")
    before = state(made)
    # Root may write everywhere.
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK or not str(path).endswith(place))
    with pytest.raises(OperationError, match="read-only"):
        install(str(made.top))
    monkeypatch.undo()
    assert state(made) == before


def test_a_lock_that_stays_stops_it_and_one_that_goes_does_not(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = made.top / ".git" / "config.lock"
    before = state(made)
    lock.touch()
    monkeypatch.setattr("yamlsync.git.configuration._TRIES", 2)
    with pytest.raises(OperationError, match="locked by another git") as raised:
        install(str(made.top))
    assert str(lock) in (raised.value.help or "")
    assert state(made) == before
    monkeypatch.setattr("yamlsync.git.configuration._TRIES", 200)
    threading.Timer(0.3, lock.unlink).start()
    assert install(str(made.top)).set == KEYS


def test_what_fails_in_the_middle_is_undone(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("0.0.1", "0.0.2"):
        made.git("config", "--add", TEXTCONV, Caller("/gone/python", version).value(TEXTCONV))
    before = state(made)

    def fail(*_: object) -> None:
        raise OperationError("the disk is full")

    monkeypatch.setattr("yamlsync.git_setup.installing.put_attributes", fail)
    with pytest.raises(OperationError, match="full"):
        install(str(made.top), semantic=True)
    assert state(made) == before


def test_several_installs_at_once_do_what_one_does(made: Made) -> None:
    command = [sys.executable, "-m", "yamlsync", "git", "install", "--semantic", str(made.top)]
    all_of_them = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [process.communicate()[1] for process in all_of_them]
    assert [process.returncode for process in all_of_them] == [0] * 4, said
    assert (made.top / ".gitattributes").read_bytes() == NEW
    assert [values(made, key) for key in (*KEYS, COMMAND)] == [[ME.value(key)] for key in (*KEYS, COMMAND)]
    assert [path.name for path in made.top.iterdir() if path.name.startswith(".yamlsync")] == []


def test_a_linked_worktree_shares_the_configuration_and_has_its_own_lines(made: Made) -> None:
    made.commit({"a.txt": b"a\n"})
    before = state(made)
    other = Made(made.top.parent / "other")
    made.git("worktree", "add", "-q", str(other.top))
    install(str(other.top))
    assert values(made, TEXTCONV) == [ME.value(TEXTCONV)]
    assert not (made.top / ".gitattributes").exists()
    assert (other.top / ".gitattributes").read_bytes() == NEW
    uninstall(str(other.top))
    install(str(other.top), own=True)
    assert made.git("check-attr", "diff", "x.db") == "x.db: diff: yamlsync-db"
    uninstall(str(other.top))
    assert state(made) == before


def test_settings_of_one_worktree_stay_and_are_told(made: Made) -> None:
    made.commit({"a.txt": b"a\n"})
    made.git("config", "extensions.worktreeConfig", "true")
    made.git("config", "--worktree", TEXTCONV, "cat")
    path = str(made.top / ".git" / "config.worktree")
    assert install(str(made.top)).elsewhere == (Setting(TEXTCONV, "cat", path),)
    assert values(made, TEXTCONV, "--local") == [ME.value(TEXTCONV)]
    uninstall(str(made.top))
    assert values(made, TEXTCONV) == ["cat"]


def test_settings_of_the_user_and_included_ones_stay_and_are_told(made: Made, home: Path) -> None:
    (home / ".gitconfig").write_text('[diff "yamlsync-db"]\n\ttextconv = cat\n', encoding="ascii")
    included = made.top / ".git" / "more"
    included.write_text('[diff "yamlsync-step"]\n\txfuncname = x\n', encoding="ascii")
    made.git("config", "include.path", "more")
    done = install(str(made.top))
    assert done.elsewhere == (
        Setting(TEXTCONV, "cat", str(home / ".gitconfig")),
        Setting(STEP_NAMES, "x", str(included)),
    )
    assert values(made, TEXTCONV)[-1] == ME.value(TEXTCONV)
    assert len(uninstall(str(made.top)).left) == 2
    assert included.read_bytes() == b'[diff "yamlsync-step"]\n\txfuncname = x\n'


def test_a_submodule_is_a_repository_of_its_own(made: Made, tmp_path: Path) -> None:
    inner = make(tmp_path / "inner")
    inner.commit({"a.txt": b"a\n"})
    made.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.top), "part")
    before = state(made)
    install(str(made.top / "part"))
    assert state(made) == before
    part = Made(made.top / "part")
    assert (values(part, TEXTCONV), values(made, TEXTCONV)) == ([ME.value(TEXTCONV)], [])
    assert part.git("check-attr", "diff", "x.db") == "x.db: diff: yamlsync-db"


def test_the_repository_around_a_folder_is_meant_whatever_the_environment_says(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make(tmp_path / "other")
    before = state(other)
    (made.top / "deep" / "er").mkdir(parents=True)
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.top))
    monkeypatch.setenv("GIT_CONFIG", str(other.top / ".git" / "config"))
    install(str(made.top / "deep" / "er"))
    assert state(other) == before
    assert (made.top / ".gitattributes").read_bytes() == NEW


def test_what_has_no_worktree_is_refused(made: Made, tmp_path: Path) -> None:
    made.commit({"a.txt": b"a\n"})
    bare = tmp_path / "bare.git"
    run_git(tmp_path, "clone", "-q", "--bare", str(made.top), str(bare))
    hidden = tmp_path / "hidden"
    run_git(tmp_path, "clone", "-q", "--bare", str(made.top), str(hidden / ".git"))
    (tmp_path / "plain").mkdir()
    for folder, said in ((bare, "bare"), (hidden, "bare"), (tmp_path / "plain", "no Git repository")):
        with pytest.raises(OperationError, match=said):
            install(str(folder))
    with pytest.raises(OperationError, match="is no folder"):
        install(str(tmp_path / "missing"))
    # A worktree of a bare repository is one like any other.
    run_git(hidden, "--git-dir", ".git", "worktree", "add", "-q", str(tmp_path / "tree"))
    install(str(tmp_path / "tree"))
    assert (tmp_path / "tree" / ".gitattributes").read_bytes() == NEW


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_somebody_else_is_refused(made: Made) -> None:
    before = state(made)
    for path in (made.top, made.top / ".git"):
        os.chown(path, 1234, 1234)
    with pytest.raises(OperationError, match="dubious ownership") as raised:
        install(str(made.top))
    assert "safe.directory" in (raised.value.help or "")
    assert state(made) == before


def test_a_python_that_has_no_yamlsync_is_not_told_to_git(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(made)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(OperationError, match="git cannot run /bin/false"):
        install(str(made.top))
    assert state(made) == before


def test_a_python_with_an_odd_path_is_run(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / 'it\'s "a" $HOME %d `x`'
    odd.mkdir()
    program = odd / "python"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    made.commit({"x.db": b"\0one"})
    install(str(made.top))
    made.commit({"x.db": b"\0other"})
    assert "-# 4 bytes, sha256" in made.git("show", "HEAD", "--", "x.db")

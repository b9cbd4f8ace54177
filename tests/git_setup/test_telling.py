"""What is set up, told (GIT-46)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.git.repository import Made, make
from yamlsync import __version__
from yamlsync.git_setup.commands import Call
from yamlsync.git_setup.installing import install, uninstall
from yamlsync.git_setup.keys import COMMAND, DATABASE_NAMES, STEP_NAMES, TEXTCONV, Caller
from yamlsync.git_setup.telling import Piece, State, tell


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return make(tmp_path / "repository")


def states(made: Made) -> dict[str, State]:
    return {piece.name.removeprefix(f"{made.top}/"): piece.state for piece in tell(str(made.top)).pieces}


def about(made: Made, name: str) -> str:
    return next(piece.about for piece in tell(str(made.top)).pieces if piece.name == name)


def test_where_nothing_is_set_up_all_is_missing(made: Made) -> None:
    told = tell(str(made.top))
    shared, own = made.top / ".gitattributes", made.top / ".git" / "info" / "attributes"
    assert told.pieces == (
        Piece(TEXTCONV, State.MISSING),
        Piece(DATABASE_NAMES, State.MISSING),
        Piece(STEP_NAMES, State.MISSING),
        Piece(COMMAND, State.NOT_SET),
        Piece("attributes", State.MISSING, f"neither in {shared} nor in {own}"),
    )
    assert not told.is_whole


@pytest.mark.parametrize("semantic", [False, True])
def test_after_an_install_all_is_set(made: Made, semantic: bool) -> None:
    made.commit({"a/x.db": b"\0", "a/steps/one.yaml": b"id: one\n"})
    install(str(made.top), semantic=semantic)
    told = tell(str(made.top))
    config = made.top / ".git" / "config"
    call = Piece(TEXTCONV, State.SET, f"in {config}, runs {sys.executable}")
    assert told.pieces == (
        call,
        Piece(DATABASE_NAMES, State.SET, f"in {config}"),
        Piece(STEP_NAMES, State.SET, f"in {config}"),
        Piece(COMMAND, State.SET, call.about) if semantic else Piece(COMMAND, State.NOT_SET),
        Piece(str(made.top / ".gitattributes"), State.SET),
    )
    assert told.is_whole


def test_lines_of_this_clone_alone_are_told_as_such(made: Made) -> None:
    install(str(made.top), own=True)
    assert about(made, str(made.top / ".git" / "info" / "attributes")) == "of this clone alone"
    assert tell(str(made.top)).is_whole


def test_lines_in_both_places_are_told_as_such(made: Made) -> None:
    install(str(made.top))
    install(str(made.top), own=True)
    shared, own = made.top / ".gitattributes", made.top / ".git" / "info" / "attributes"
    assert tell(str(made.top)).pieces[-2:] == (
        Piece(str(shared), State.SET),
        Piece(
            str(own),
            State.SET,
            f"of this clone alone; the same as in {shared}, over which they have the last word",
        ),
    )
    assert tell(str(made.top)).is_whole


@pytest.mark.parametrize("data", [None, b"*.png binary\n"])
def test_committed_lines_that_were_taken_out_are_told_until_that_is_committed(
    made: Made, data: bytes | None
) -> None:
    shared, own = made.top / ".gitattributes", made.top / ".git" / "info" / "attributes"
    if data is not None:
        shared.write_bytes(data)
    install(str(made.top))
    made.commit({})
    uninstall(str(made.top))
    what = "removed here" if data is None else "the lines are out here"
    left = f"{what}, still committed: to be done with them, commit that"
    assert tell(str(made.top)).pieces[-1] == Piece(str(shared), State.MISSING, left)
    made.commit({})
    neither = Piece("attributes", State.MISSING, f"neither in {shared} nor in {own}")
    assert tell(str(made.top)).pieces[-1] == neither


def test_in_a_fresh_clone_the_lines_are_there_and_the_keys_are_missing(made: Made, tmp_path: Path) -> None:
    install(str(made.top))
    made.commit({})
    made.git("clone", "-q", str(made.top), str(tmp_path / "clone"))
    clone = Made(tmp_path / "clone")
    assert states(clone) == {
        TEXTCONV: State.MISSING,
        DATABASE_NAMES: State.MISSING,
        STEP_NAMES: State.MISSING,
        COMMAND: State.NOT_SET,
        ".gitattributes": State.SET,
    }
    install(str(clone.top))
    assert clone.git("status", "--short") == ""
    assert tell(str(clone.top)).is_whole


@pytest.mark.parametrize(
    ("value", "state", "said"),
    [
        ("cat", State.FOREIGN, "'cat' in "),
        (
            Caller("/gone/python", __version__).value(TEXTCONV),
            State.BROKEN,
            "/gone/python is not there any more",
        ),
        (Caller("/bin/sh", __version__).value(TEXTCONV), State.SET, "runs /bin/sh"),
        (
            Caller(sys.executable, "0.0.1").value(TEXTCONV),
            State.OUTDATED,
            f"by yamlsync 0.0.1, and this is {__version__}",
        ),
        (
            Call(sys.executable, "textconv", __version__).plain,
            State.OUTDATED,
            "as an older yamlsync wrote it",
        ),
    ],
)
def test_other_values_are_told_apart(made: Made, value: str, state: State, said: str) -> None:
    install(str(made.top))
    made.git("config", TEXTCONV, value)
    assert states(made)[TEXTCONV] == state
    assert said in about(made, TEXTCONV)
    assert tell(str(made.top)).is_whole == (state is State.SET)


def test_a_value_of_the_user_counts_where_the_repository_has_none(made: Made, tmp_path: Path) -> None:
    install(str(made.top))
    made.git("config", "--global", TEXTCONV, "cat")
    assert states(made)[TEXTCONV] == State.SET
    made.git("config", "--unset", TEXTCONV)
    assert states(made)[TEXTCONV] == State.FOREIGN
    assert str(tmp_path / ".gitconfig") in about(made, TEXTCONV)


def test_files_that_other_attributes_are_about_are_told(made: Made) -> None:
    made.commit({"a/x.db": b"\0", "a/.gitattributes": b"*.db binary\n"})
    install(str(made.top))
    assert tell(str(made.top)).pieces[-1] == Piece("a/x.db", State.FOREIGN, "diff is binary")
    assert not tell(str(made.top)).is_whole


def test_lines_that_somebody_overruled_or_edited_are_told(made: Made) -> None:
    install(str(made.top))
    path = made.top / ".gitattributes"
    written = path.read_bytes()
    path.write_bytes(written + b"*.db -diff\n")
    assert states(made)[".gitattributes"] == State.FOREIGN
    path.write_bytes(written.replace(b"*.db", b"*.sqlite"))
    assert about(made, str(path)) == "edited from line 1 on"


def test_lines_that_somebody_wrote_by_hand_do_as_well(made: Made) -> None:
    install(str(made.top))
    hand = b"*.db diff=yamlsync-db\nsteps/*.yaml diff=yamlsync-step\n"
    (made.top / ".gitattributes").write_bytes(hand)
    assert states(made)["attributes"] == State.SET
    assert tell(str(made.top)).is_whole

"""Taking a signature out into two files: both or none, and over nothing else (VER-30 to VER-32)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.acceptance.command import snapshot
from yamlsync import detached
from yamlsync.detached import require_free, write_detached
from yamlsync.errors import OperationError

STATEMENT, SIGNATURE = "yamlsync statement 1\n…\n", "-----BEGIN SSH SIGNATURE-----\n"


def test_the_two_files_have_the_bytes_of_the_two_texts(tmp_path: Path) -> None:
    write_detached(str(tmp_path / "course"), STATEMENT, SIGNATURE)
    both = {"course": STATEMENT.encode(), "course.sig": SIGNATURE.encode()}
    assert snapshot(tmp_path) == both


def test_files_of_the_same_bytes_stay_and_a_missing_one_is_added(tmp_path: Path) -> None:
    target = tmp_path / "course"
    write_detached(str(target), STATEMENT, SIGNATURE)
    before = target.stat()
    Path(f"{target}.sig").unlink()
    write_detached(str(target), STATEMENT, SIGNATURE)
    after = target.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert Path(f"{target}.sig").read_text() == SIGNATURE


@pytest.mark.parametrize("name", ["course", "course.sig"])
@pytest.mark.parametrize("kind", ["text", "longer", "folder", "dangling", "pipe"])
def test_nothing_is_written_over_anything_else(name: str, kind: str, tmp_path: Path) -> None:
    other = tmp_path / name
    right = STATEMENT if name == "course" else SIGNATURE
    match kind:
        case "text":
            other.write_text("mine")
        case "longer":
            other.write_text(right + "x")
        case "folder":
            other.mkdir()
        case "dangling":
            other.symlink_to("nowhere")
        case _:
            os.mkfifo(other)
    names = sorted(os.listdir(tmp_path))
    with pytest.raises(OperationError, match="exists already, and says something else"):
        write_detached(str(tmp_path / "course"), STATEMENT, SIGNATURE)
    assert sorted(os.listdir(tmp_path)) == names


def test_a_link_to_a_file_of_the_same_bytes_is_as_good(tmp_path: Path) -> None:
    (tmp_path / "real").write_text(STATEMENT)
    (tmp_path / "course").symlink_to("real")
    write_detached(str(tmp_path / "course"), STATEMENT, SIGNATURE)
    assert (tmp_path / "course").is_symlink()


@pytest.mark.parametrize("name", ["steps/new.yaml", "workshop.yaml", "state", ".yamlsync/lock"])
def test_nothing_is_written_among_the_files_of_a_workshop(name: str, tmp_path: Path) -> None:
    (tmp_path / "workshop.yaml").write_text("format: yamlsync/1\n")
    before = snapshot(tmp_path)
    with pytest.raises(OperationError, match="is part of a workshop"):
        write_detached(str(tmp_path / name), STATEMENT, SIGNATURE)
    assert snapshot(tmp_path) == before


def test_a_file_that_comes_meanwhile_is_not_overwritten_and_the_first_goes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = detached._put

    def come_between(written: str, target: str) -> None:
        if target.endswith(".sig"):
            Path(target).write_text("mine")
        put(written, target)

    monkeypatch.setattr(detached, "_put", come_between)
    with pytest.raises(OperationError, match="exists already"):
        write_detached(str(tmp_path / "course"), STATEMENT, SIGNATURE)
    assert snapshot(tmp_path) == {"course.sig": b"mine"}


def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    write_detached(str(tmp_path / "course"), STATEMENT, SIGNATURE)
    assert sorted(snapshot(tmp_path)) == ["course", "course.sig"]


def places(folder: Path) -> dict[str, str | None]:
    """Where a signature may be meant to go, and what is said against it."""
    (folder / "course").mkdir()
    (folder / "course" / "workshop.yaml").write_text("format: yamlsync/1\n")
    (folder / "other").write_text("mine")
    (folder / "half.sig").write_text("mine")
    (folder / "both").write_text(STATEMENT)
    (folder / "both.sig").write_text(SIGNATURE)
    (folder / "one").write_text(STATEMENT)
    return {
        "new": None,
        "both": None,
        "one": None,
        "course": "exists already",
        "other": "exists already",
        "half": "half.sig exists already",
        "none/new": "none does not exist",
        "other/new": "cannot be written to .*: Not a directory",
        "": '"" is no name of a file',
        "none/": 'none/" is no name of a file',
        "course/steps/new.yaml": "is part of a workshop",
        "x" * 300: "cannot be written to .*: File name too long",
        "x" * 252: "cannot be written to .*: File name too long",
    }


def test_what_writing_would_refuse_is_told_without_writing(tmp_path: Path) -> None:
    for name, said in places(tmp_path).items():
        for work in (require_free, write_detached):
            before = snapshot(tmp_path)
            if said is not None:
                with pytest.raises(OperationError, match=said):
                    work(name and f"{tmp_path}/{name}", STATEMENT, SIGNATURE)
            else:
                work(f"{tmp_path}/{name}", STATEMENT, SIGNATURE)
            if said is not None or work is require_free:
                assert snapshot(tmp_path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only_is_told_without_writing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    for work in (require_free, write_detached):
        with pytest.raises(OperationError, match=r"nothing can be written in .*: Permission denied"):
            work(str(tmp_path / "new"), STATEMENT, SIGNATURE)
    tmp_path.chmod(0o700)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="does not exist"):
        write_detached(str(tmp_path / "none" / "course"), STATEMENT, SIGNATURE)


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(detached, "write_new", full)
    with pytest.raises(OperationError, match="No space left"):
        write_detached(str(tmp_path / "course"), STATEMENT, SIGNATURE)
    assert snapshot(tmp_path) == {}

"""The journal: what is completed after a crash, and what a person changed meanwhile (PUB)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from yamlsync.errors import OperationError
from yamlsync.publish import journal
from yamlsync.publish.directory import InterruptedExportError, reading
from yamlsync.publish.journal import Change, commit, stage_files, writing
from yamlsync.publish.record import file_hash

OLD, NEW = b"id: old\n", b"id: new\n"
PATH = "steps/a.yaml"


def not_tracked(root: str, path: str) -> bool:
    return False


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A directory with one step."""
    (tmp_path / "steps").mkdir()
    (tmp_path / PATH).write_bytes(OLD)
    return tmp_path


def changes() -> list[Change]:
    return [
        Change(PATH, file_hash(OLD), file_hash(NEW)),
        Change("workshops/x/steps/b.yaml", None, file_hash(NEW)),
    ]


def publish(root: Path) -> None:
    with writing(str(root), not_tracked):
        stage_files(str(root), {PATH: NEW, "workshops/x/steps/b.yaml": NEW})
        commit(str(root), changes(), b"{}\n")


def crash(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An export that dies right after its commit point."""

    class DiedError(BaseException):
        pass

    def die(*_: object) -> None:
        raise DiedError

    with monkeypatch.context() as patch, pytest.raises(DiedError):
        patch.setattr(journal, "_apply", die)
        publish(root)


def test_files_are_put_and_folders_made(root: Path) -> None:
    publish(root)
    assert (root / PATH).read_bytes() == NEW
    assert (root / "workshops" / "x" / "steps" / "b.yaml").read_bytes() == NEW
    assert sorted(path.name for path in (root / ".yamlsync").iterdir()) == [
        ".gitignore",
        "lock",
        "written.json",
    ]


def test_a_file_that_changed_meanwhile_stops_all(root: Path) -> None:
    with (
        pytest.raises(OperationError, match="was changed while the export was at work"),
        writing(str(root), not_tracked),
    ):
        stage_files(str(root), {PATH: NEW, "workshops/x/steps/b.yaml": NEW})
        (root / PATH).write_bytes(b"mine\n")
        commit(str(root), changes(), b"{}\n")
    assert (root / PATH).read_bytes() == b"mine\n"
    assert not (root / "workshops").exists()
    assert not (root / ".yamlsync").exists()


def test_after_a_crash_readers_say_so_and_the_next_writer_completes_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(root, monkeypatch)
    assert (root / PATH).read_bytes() == OLD
    with pytest.raises(InterruptedExportError, match="was interrupted"), reading(str(root)):
        pass
    with writing(str(root), not_tracked):
        assert (root / PATH).read_bytes() == NEW
    with reading(str(root)):
        pass


def test_what_a_person_changed_after_a_crash_is_not_overwritten(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash(root, monkeypatch)
    (root / PATH).write_bytes(b"mine\n")
    with (
        pytest.raises(OperationError, match="was changed after an export was interrupted"),
        writing(str(root), not_tracked),
    ):
        pass
    assert (root / PATH).read_bytes() == b"mine\n"
    assert not (root / "workshops").exists()
    (root / ".yamlsync" / "journal.json").unlink()
    with writing(str(root), not_tracked):
        assert (root / PATH).read_bytes() == b"mine\n"


def test_a_journal_that_git_tracks_does_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash(root, monkeypatch)
    # What is to be run works in any folder.
    refused = pytest.raises(OperationError, match="is committed to Git")
    with refused as caught, writing(str(root), lambda *_: True):
        pass
    assert caught.value.help == (
        f"remove it: git -C {root} rm --cached .yamlsync/journal.json, and look at who added it"
    )
    assert (root / PATH).read_bytes() == OLD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"changes": 1, "record": "x"}',
        '{"changes": [["steps/a.yaml"]], "record": "x"}',
        '{"changes": [[1, null, null]], "record": "x"}',
        '{"changes": [["../a.yaml", null, null]], "record": "x"}',
        '{"changes": [["steps/..", null, null]], "record": "x"}',
        '{"changes": [["steps/../../a.yaml", null, null]], "record": "x"}',
        '{"changes": [["/etc/passwd", null, null]], "record": "x"}',
        '{"changes": [["steps/a.txt", null, null]], "record": "x"}',
        '{"changes": [["steps/\\ud800.yaml", null, null]], "record": "x"}',
        '{"changes": [[".yamlsync/lock", null, null]], "record": "x"}',
        '{"changes": [["steps/a.yaml", null, null]], "record": 1}',
        "[" * 100_000,
    ],
)
def test_a_journal_of_another_make_is_refused(root: Path, text: str) -> None:
    own = root / ".yamlsync"
    own.mkdir()
    (own / "journal.json").write_text(text)
    with pytest.raises(OperationError, match="is not what an export wrote"), writing(str(root), not_tracked):
        pass
    assert (root / PATH).read_bytes() == OLD


def test_a_journal_whose_stage_is_gone_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash(root, monkeypatch)
    for path in (root / ".yamlsync" / "stage").iterdir():
        path.unlink()
    with pytest.raises(OperationError, match="its new text is gone"), writing(str(root), not_tracked):
        pass
    assert (root / PATH).read_bytes() == OLD


def test_the_journal_names_files_by_hash(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash(root, monkeypatch)
    written = json.loads((root / ".yamlsync" / "journal.json").read_text())
    assert written == {
        "record": file_hash(b"{}\n"),
        "changes": [[change.path, change.old, change.new] for change in changes()],
    }


@pytest.mark.parametrize("folder", ["steps", "workshops"])
def test_a_folder_that_is_a_link_is_not_written_through(root: Path, folder: str) -> None:
    elsewhere = root / "elsewhere"
    elsewhere.mkdir()
    (root / PATH).unlink()
    (root / "steps").rmdir()
    (root / folder).symlink_to(elsewhere)
    path = {"steps": PATH, "workshops": "workshops/x/workshop.yaml"}[folder]
    with (
        pytest.raises(OperationError, match="is a link, and links are not followed"),
        writing(str(root), not_tracked),
    ):
        stage_files(str(root), {path: NEW})
        commit(str(root), [Change(path, None, file_hash(NEW))], b"{}\n")
    assert list(elsewhere.iterdir()) == []
    assert not (root / ".yamlsync").exists()


def test_a_file_where_a_folder_should_be_leaves_no_journal(root: Path) -> None:
    (root / "workshops").write_text("mine")
    path = "workshops/x/workshop.yaml"
    with (
        pytest.raises(OperationError, match="is a file where a folder should be"),
        writing(str(root), not_tracked),
    ):
        stage_files(str(root), {path: NEW})
        commit(str(root), [Change(path, None, file_hash(NEW))], b"{}\n")
    assert (root / "workshops").read_text() == "mine"
    assert not (root / ".yamlsync").exists()

"""The file that takes the place of another has its permissions, or fewer."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamlsync.publish import permissions
from yamlsync.publish.journal import Change, commit, stage_files, writing
from yamlsync.publish.permissions import keep_permissions
from yamlsync.publish.record import file_hash
from yamlsync.publish.replacing import replace_files

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away"
)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("old")
    new.write_text("new")
    return old, new


def facts(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o666, 0o4711, 0o7777])
def test_the_mode_is_kept(pair: tuple[Path, Path], mode: int) -> None:
    old, new = pair
    old.chmod(mode)
    keep_permissions(str(old), str(new))
    assert facts(new) == facts(old)


def test_where_there_was_nothing_the_new_file_is_as_it_was_made(pair: tuple[Path, Path]) -> None:
    old, new = pair
    old.unlink()
    new.chmod(0o604)
    keep_permissions(str(old), str(new))
    assert stat.S_IMODE(new.stat().st_mode) == 0o604


@needs_root
def test_owner_and_group_are_kept_and_bits_that_a_change_of_owner_takes_away(
    pair: tuple[Path, Path],
) -> None:
    old, new = pair
    os.chown(old, 1234, 4321)
    old.chmod(0o6750)
    keep_permissions(str(old), str(new))
    assert facts(new) == (1234, 4321, 0o6750)


@needs_root
@pytest.mark.parametrize(
    ("may_give_group", "mode", "expected"),
    [
        (False, 0o6775, (0, 0, 0o755)),
        (False, 0o640, (0, 0, 0o600)),
        (False, 0o604, (0, 0, 0o600)),
        (False, 0o664, (0, 0, 0o644)),
        (True, 0o6770, (0, 4321, 0o2770)),
        (True, 0o640, (0, 4321, 0o640)),
    ],
)
def test_where_they_cannot_be_kept_nobody_may_do_more_than_before(
    pair: tuple[Path, Path],
    may_give_group: bool,
    mode: int,
    expected: tuple[int, int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = pair
    chown = os.chown
    chown(old, 1234, 4321)
    old.chmod(mode)

    def limited(path: str, owner: int, group: int) -> None:
        if owner != -1 or not may_give_group:
            raise PermissionError(1, "Operation not permitted", path)
        chown(path, owner, group)

    monkeypatch.setattr(os, "chown", limited)
    keep_permissions(str(old), str(new))
    assert facts(new) == expected


@given(mode=st.integers(0, 0o7777), same_owner=st.booleans(), same_group=st.booleans())
def test_no_mode_ever_has_a_bit_that_the_old_one_has_not(
    mode: int, same_owner: bool, same_group: bool
) -> None:
    result = os.stat_result((stat.S_IFREG | mode, *[0] * 9))
    found = permissions._mode(result, same_owner=same_owner, same_group=same_group)
    assert found & ~mode == 0
    assert found & 0o700 == mode & 0o700
    if same_owner and same_group:
        assert found == mode
    if not same_group:
        assert found & 0o7 == found >> 3 & 0o7 == mode & mode >> 3 & 0o7


@needs_root
def test_files_that_are_replaced_keep_owner_and_group(tmp_path: Path) -> None:
    path = tmp_path / "workshop.yaml"
    for number, replace in enumerate((_by_themselves, _by_a_journal)):
        path.write_bytes(b"old\n")
        os.chown(path, 1234, 4321)
        path.chmod(0o640)
        replace(tmp_path)
        assert (path.read_bytes(), facts(path)) == (b"new\n", (1234, 4321, 0o640)), number


def _by_themselves(root: Path) -> None:
    replace_files(str(root), {"workshop.yaml": b"old\n"}, {"workshop.yaml": b"new\n"})


def _by_a_journal(root: Path) -> None:
    with writing(str(root), lambda *_: False):
        stage_files(str(root), {"workshop.yaml": b"new\n"})
        commit(str(root), [Change("workshop.yaml", file_hash(b"old\n"), file_hash(b"new\n"))], b"{}")

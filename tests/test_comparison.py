"""What is told of two workshops depends neither on what holds them nor on what was read (DIF-1 to DIF-6)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from tests.acceptance.command import course
from yamlsync import git
from yamlsync.changes.comparing import diff
from yamlsync.comparison import Comparison, Unreadable, compare
from yamlsync.errors import OperationError
from yamlsync.layout.update import plan_update
from yamlsync.records import Contents
from yamlsync.relative import absolute, relative
from yamlsync.tree import in_memory

KINDS = ("database", "directory", "revision", "database in a revision")


def _write(folder: Path, contents: Contents) -> None:
    for path, data in plan_update(in_memory({}), contents, with_state=False).puts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def _edited(contents: Contents) -> Contents:
    """Another title, another text, a step more at the end and one less at the start."""
    workshop = relative(contents.workshops[0])
    _, second, third, *rest = workshop.steps
    last = evolve(rest[-1], id="last", title="The last", markdown="A text of its own.\n")
    steps = evolve(second, title="Another title"), evolve(third, markdown="# Other\n"), *rest, last
    return evolve(contents, workshops=(absolute(evolve(workshop, steps=steps)),))


@pytest.fixture
def places(
    tmp_path: Path, make_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], str]:
    """Gives the name of the old or the new workshop, as held in one of some ways."""
    old = course(6)
    sides = {"old": old, "new": _edited(old)}
    monkeypatch.chdir(tmp_path)
    _git(tmp_path, "init", "-q", "-b", "main")
    for name, contents in sides.items():
        _write(tmp_path / name, contents)
        _write(tmp_path / "course", contents)
        for path in (tmp_path / "course" / "steps").iterdir():
            if path.stem not in {step.id for step in contents.workshops[0].steps}:
                path.unlink()
        make_database(contents, name=f"{name}.db")
        (tmp_path / "held.db").write_bytes((tmp_path / f"{name}.db").read_bytes())
        _git(tmp_path, "add", "-A")
        _git(tmp_path, "commit", "-qm", name)
        _git(tmp_path, "tag", name)
    named = {
        "database": "{}.db",
        "directory": "{}",
        "revision": "{}:course",
        "database in a revision": "{}:held.db",
    }
    return lambda side, kind: named[kind].format(side)


def _compared(old: str, new: str, *, whole: bool = False) -> Comparison:
    found = compare(old, new, whole=whole)
    assert isinstance(found, Comparison)
    return found


def test_what_holds_the_two_does_not_matter(places: Callable[[str, str], str]) -> None:
    old = course(6)
    expected = diff(old.workshops, _edited(old).workshops)

    for left, right in product(KINDS, KINDS):
        for whole in (False, True):
            found = _compared(places("old", left), places("new", right), whole=whole)

            assert (left, right, found.changes) == (left, right, expected)
            assert (found.old.name, found.new.name) == (places("old", left), places("new", right))


def test_two_revisions_read_only_the_blobs_that_differ(
    places: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = git.Repository.read

    def noted(self: git.Repository, name: str, *arguments: Any) -> bytes:
        read.append(name)
        return whole(self, name, *arguments)

    monkeypatch.setattr(git.Repository, "read", noted)
    found = _compared("old:course", "new:course")

    assert found.new.unread == {"step-4", "step-5"}
    # The two lists; the first step, which went; the two that differ, on both sides; the last of the old side,
    # which has another neighbour now, and the one behind it.
    assert len(set(read)) == 2 + 1 + 2 * 2 + 1 + 1


def test_what_only_looks_other_is_named(tmp_path: Path) -> None:
    for name in ("old", "new"):
        _write(tmp_path / name, course())
    step = tmp_path / "new" / "steps" / "step-2.yaml"
    step.write_text("# A comment.\n" + step.read_text())
    listing = tmp_path / "new" / "workshop.yaml"
    listing.write_text(listing.read_text().replace("version: v1", 'version: "v1"'))

    found = _compared(str(tmp_path / "old"), str(tmp_path / "new"))

    assert not found.changes
    assert found.respelled == (str(step), str(listing))


@pytest.mark.parametrize("broken", ["old", "new"])
def test_a_side_with_problems_is_told_by_its_name(tmp_path: Path, broken: str) -> None:
    for name in ("old", "new"):
        _write(tmp_path / name, course())
    (tmp_path / broken / "steps" / "step-2.yaml").write_text("id: [\n")

    found = compare(str(tmp_path / "old"), str(tmp_path / "new"))

    assert isinstance(found, Unreadable)
    assert (found.name, found.root) == (str(tmp_path / broken),) * 2
    assert [problem.place.path for problem in found.problems] == ["steps/step-2.yaml"]


def test_a_side_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    _write(tmp_path / "old", course())

    with pytest.raises(OperationError, match="does not exist"):
        compare(str(tmp_path / "old"), str(tmp_path / "new"))

"""The content digest is equal exactly where the definitions are, and a part where its file is (DIG)."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.edits import KINDS, Changed, changes, in_order
from tests.laws.test_mending import document, shape
from tests.laws.test_round_trip import build, export, folder
from tests.respelling import respell
from yamlsync.artifact import artifact_rows, built_from
from yamlsync.converters import contents_to_rows
from yamlsync.database.read import read_database
from yamlsync.database.schema import SEED
from yamlsync.database.write import write_database
from yamlsync.digest import Digests, digests_of
from yamlsync.document.model import Block
from yamlsync.document.render import render
from yamlsync.layout.files import FORMAT, NONE
from yamlsync.layout.read import read_tree
from yamlsync.layout.write import to_files
from yamlsync.records import Contents, Metadata, Navigation, Step, Workshop
from yamlsync.tree import in_memory

Parts = dict[tuple[str, str], Any]

SOME = settings(max_examples=max(1, settings().max_examples // 3))
"""For a law that holds of each kind of change: left to chance, some kinds would hardly occur."""


def parts_that_differ(old: Parts, new: Parts) -> set[tuple[str, str]]:
    return {part for part in old.keys() | new.keys() if old.get(part) != new.get(part)}


# Equal, whatever holds them.


@given(strategies.contents())
def test_students_progress_has_no_part_in_it(contents: Contents) -> None:
    """DIG-7."""
    assert digests_of(contents) == digests_of(Contents(contents.workshops))


@given(strategies.contents(), st.randoms(use_true_random=False))
def test_a_database_has_the_digests_of_its_contents_in_each_layout(
    contents: Contents, chance: random.Random
) -> None:
    """DIG-2: schema, row order, row ids, page size, encoding, VACUUM."""
    digests = digests_of(contents)
    rows = contents_to_rows(contents)
    with folder() as path:
        foreign = _foreign(path, contents, chance)
        write_database(str(path / "1.db"), rows, schema=1)
        artifact: list[tuple[Any, ...]] = [*artifact_rows(built_from(digests, FORMAT))]
        write_database(str(path / "2.db"), rows | {"artifact": artifact}, schema=2)
        for name in (foreign, "1.db", "2.db"):
            assert digests_of_database(path / name) == digests


def _foreign(path: Path, contents: Contents, chance: random.Random) -> str:
    """The name of a database as another program may have left it."""
    encoding = chance.choice(["UTF-8", "UTF-16le", "UTF-16be"])
    # SQLite itself turns these two into U+FFFD where it stores UTF-16.
    assume(encoding == "UTF-8" or not re.search(r"\\uff(fe|ff)", ascii(contents)))
    schema = SEED if chance.random() < 0.5 else SEED.replace("\n);", "\n) WITHOUT ROWID;")
    size = chance.choice([512, 4096, 65536])
    build(
        str(path / "foreign.db"),
        _shuffled(contents, chance),
        schema,
        f"page_size = {size}",
        f"encoding = '{encoding}'",
    )
    if chance.random() < 0.5:
        with closing(sqlite3.connect(path / "foreign.db")) as connection:
            connection.execute("VACUUM")
    return "foreign.db"


def _shuffled(contents: Contents, chance: random.Random) -> Contents:
    def mixed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(rows, len(rows)))

    workshops = tuple(evolve(workshop, steps=mixed(workshop.steps)) for workshop in contents.workshops)
    return Contents(mixed(workshops), mixed(contents.runtime_states), mixed(contents.custom_states))


def digests_of_database(path: Path) -> Digests:
    reading = read_database(str(path))
    assert reading.problems == ()
    assert reading.contents is not None
    return digests_of(reading.contents)


@given(st.data(), strategies.contents(), st.randoms(use_true_random=False))
def test_a_directory_has_the_digests_of_its_contents_in_each_spelling(
    data: st.DataObject, contents: Contents, chance: random.Random
) -> None:
    """DIG-2: canonical, with comments, as people spell it, checked out with CRLF and a byte order mark."""
    files = export(contents)
    documents = {path: document(path, content) for path, content in files.items()}
    digests = digests_of(contents)
    commented = {
        path: render(data.draw(strategies.commented(block)), shape(path)) for path, block in documents.items()
    }
    respelled = {path: respell(block, shape(path), chance)[0] for path, block in documents.items()}
    windows = {path: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n") for path, content in files.items()}
    for spelled in (files, commented, respelled, windows):
        found = read_tree(in_memory(spelled), with_state=chance.random() < 0.5)
        assert found.problems == ()
        assert found.contents is not None
        assert digests_of(found.contents) == digests


# Different, whatever differs.


@pytest.mark.parametrize("kind", KINDS)
def test_any_change_of_a_definition_changes_its_digest(kind: str) -> None:
    """DIG-2."""

    @SOME
    @given(changes(kind))
    def every(changed: Changed) -> None:
        # By their texts: Python's == takes an integer for the real of the same size.
        assert repr(changed.before) != repr(changed.after)
        before, after = digests_of(changed.before), digests_of(changed.after)
        assert before.content != after.content
        assert parts_that_differ(before.parts, after.parts)

    every()


@given(strategies.contents(), strategies.contents())
def test_the_digests_of_two_definitions_are_equal_exactly_where_they_are(
    one: Contents, other: Contents
) -> None:
    """DIG-2."""
    same = repr(one.workshops) == repr(other.workshops)
    digests = digests_of(one), digests_of(other)
    assert (digests[0].content == digests[1].content) == same
    assert (digests[0].parts == digests[1].parts) == same


def test_there_is_a_change_of_each_field_of_a_definition() -> None:
    records = (Workshop, Step, Navigation, Metadata)
    names = {f"{record.__name__}.{field.name}" for record in records for field in fields(record)}
    assert {kind.partition(":")[0] for kind in KINDS} == names | {"Contents.workshops"}


# Each part by itself.


def files_of(contents: Contents) -> tuple[dict[tuple[str, str], bytes], Parts]:
    """The canonical file of each part; and its values, with `navigation: none` in each step without a row."""
    files: dict[tuple[str, str], bytes] = {}
    values: Parts = {}
    navigated = True
    for file in to_files(contents, with_state=False):
        if file.path == "workshops.yaml":
            continue
        found = file.block.values()
        kind = "workshop" if file.path.endswith("workshop.yaml") else "step"
        part = (kind, str(found["id"]))
        files[part] = render(file.block, shape(file.path))
        if kind == "workshop":
            navigated = found.pop("navigation", None) is None
        elif not navigated:
            found["navigation"] = NONE
        values[part] = sorted(_plain(found).items())
    return files, values


def _plain(values: dict[str, Any]) -> dict[str, str]:
    """Values as texts that tell all apart."""
    return {
        key: repr([(entry.key, entry.value) for entry in value.entries])
        if isinstance(value, Block)
        else repr(value)
        for key, value in values.items()
    }


def assert_parts_follow_files(one: Contents, other: Contents) -> None:
    by_digest = parts_that_differ(digests_of(one).parts, digests_of(other).parts)
    (files, values), (other_files, other_values) = files_of(one), files_of(other)
    assert by_digest == parts_that_differ(values, other_values)
    same = {part for part in files if _without_rows(one, part) == _without_rows(other, part)}
    assert by_digest & same == parts_that_differ(files, other_files) & same


def _without_rows(contents: Contents, part: tuple[str, str]) -> bool:
    """Whether a part is of a workshop of which `workshop.yaml` says `navigation: none`."""
    return any(
        bool(row.steps) and all(step.navigation is None for step in row.steps)
        for row in contents.workshops
        if part in {("workshop", row.id), *(("step", step.id) for step in row.steps)}
    )


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_change_those_parts_differ_whose_files_do(kind: str) -> None:
    """DIG-8."""

    @SOME
    @given(changes(kind))
    def every(changed: Changed) -> None:
        assert_parts_follow_files(changed.before, changed.after)

    every()


@given(strategies.contents(), strategies.contents())
def test_between_two_definitions_those_parts_differ_whose_files_do(one: Contents, other: Contents) -> None:
    """DIG-8."""
    assert_parts_follow_files(one, other)


@st.composite
def linear(draw: st.DrawFn) -> tuple[list[Step], Step]:
    """Steps to stand in a row, and one more."""
    steps = [step for row in draw(strategies.contents()).workshops for step in row.steps]
    assume(steps)
    return steps[1:], steps[0]


def in_a_row(steps: list[Step], first: int) -> Contents:
    """A workshop whose steps follow each other, with positions and links to match."""
    ids = [None, *(step.id for step in steps), None]
    rows = [
        evolve(
            step,
            position=first + index,
            navigation=Navigation(
                ids[index + 2], ids[index], step.navigation.unlock_condition if step.navigation else None
            ),
        )
        for index, step in enumerate(steps)
    ]
    return in_order([Workshop("course", "Course", "v1", "2026-01-15T09:30:00Z", tuple(rows))])


@given(linear(), st.integers(0, 6), st.integers(-3, 9))
def test_a_step_more_or_less_is_that_step_and_the_facts_of_its_workshop(
    steps: tuple[list[Step], Step], at: int, first: int
) -> None:
    """DIG-4, DIG-5."""
    others, one = steps
    without, with_it = in_a_row(others, first), in_a_row([*others[:at], one, *others[at:]], first)
    assume(others)
    differ = parts_that_differ(digests_of(without).parts, digests_of(with_it).parts)
    assert differ == {("workshop", "course"), ("step", one.id)}


@given(linear(), st.integers(0, 6), st.integers(0, 6))
def test_a_step_that_moves_changes_the_facts_of_its_workshop_alone(
    steps: tuple[list[Step], Step], old: int, new: int
) -> None:
    """DIG-4, DIG-5."""
    others, one = steps
    before, after = (in_a_row([*others[:at], one, *others[at:]], 1) for at in (old, new))
    differ = parts_that_differ(digests_of(before).parts, digests_of(after).parts)
    assert differ == (set() if before == after else {("workshop", "course")})

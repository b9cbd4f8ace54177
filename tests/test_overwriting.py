"""What an import over a database would lose, what it keeps, and what it sees of others (SQL-62 to SQL-68)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.acceptance.command import course
from yamlsync.artifact import artifact_rows, built_from
from yamlsync.converters import Rows, contents_to_rows
from yamlsync.database.read import read_database
from yamlsync.database.schema import ARTIFACT
from yamlsync.database.snapshot import Snapshot, snapshot_of
from yamlsync.database.write import write_database
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError
from yamlsync.export import ExportOptions, export
from yamlsync.import_ import ImportOptions, import_
from yamlsync.layout.files import FORMAT
from yamlsync.overwriting import Existing, keep_progress, losses_of, require_replaceable
from yamlsync.records import Contents, CustomState, RuntimeState

COMMIT = "0123456789" * 4
NAMES = ("my course.db", "it's")
ROW = "INSERT INTO custom_state VALUES ('ann', 'a', 'b')"
STATUS = """yamlsync status 'my course.db' 'it'"'"'s'"""


def built_rows(contents: Contents, source_commit: str | None = None) -> Rows:
    own = artifact_rows(built_from(digests_of(contents), FORMAT, source_commit))
    return contents_to_rows(contents) | {ARTIFACT.name: list(own)}


@pytest.fixture
def existing(tmp_path: Path) -> Callable[..., Existing]:
    """A database of schema 2 that was built from contents, with what SQL has changed in it since."""

    def make(contents: Contents, *statements: str) -> Existing:
        path = tmp_path / "existing.db"
        path.unlink(missing_ok=True)
        write_database(str(path), built_rows(evolve(contents, runtime_states=(), custom_states=())))
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for row in contents_to_rows(contents)["runtime_state"]:
                connection.execute("INSERT INTO runtime_state VALUES (?, ?, ?, ?, ?)", row)
            for row in contents_to_rows(contents)["custom_state"]:
                connection.execute("INSERT INTO custom_state VALUES (?, ?, ?)", row)
            for statement in statements:
                connection.execute(statement)
        return Existing(snapshot_of(str(path)), read_database(str(path), lossy=True))

    return make


def told(existing: Existing, new: Contents, **options: Any) -> tuple[str, str | None] | None:
    """The message and the help with which replacing it is refused."""
    try:
        require_replaceable(losses_of(existing, new, NAMES, **options), NAMES[0])
    except OperationError as error:
        return error.message, error.help
    return None


def test_what_is_as_it_was_built_loses_nothing(existing: Callable[..., Existing]) -> None:
    assert told(existing(course(3)), course(4, word="two")) is None


def test_no_file_and_one_that_is_replaced_by_force_unread_have_nothing_to_lose() -> None:
    assert told(Existing(None), course()) is None
    assert told(Existing(Snapshot(1, 2, b"")), course()) is None


@pytest.mark.parametrize(
    ("statements", "message", "help"),
    [
        (
            ["UPDATE steps SET title = 'x'"],
            (
                'was changed since it was built, which would be lost: step "step-1", step "step-2", '
                'step "step-3" and 1 more'
            ),
            f"to keep it, see what it is: {STATUS}; to drop it: --force",
        ),
        (
            ["DELETE FROM artifact WHERE key LIKE 'step:%' OR key LIKE 'workshop:%'"],
            (
                "says something else, and does not tell what it was built from, so nobody knows whether that "
                "is held anywhere"
            ),
            f"to keep it, see what it is: {STATUS}; to drop it: --force",
        ),
        (
            ["CREATE TABLE notes (x)", "INSERT INTO artifact VALUES ('theirs', '')"],
            'holds more than a workshop, which would be lost: the table notes, the key "theirs" of artifact',
            "to keep it: copy the database first; to drop it: --force",
        ),
        (
            [ROW],
            "holds 1 row of students' progress, which would be lost",
            "to keep it: --keep-state; to drop it: --force",
        ),
        (
            [ROW, "UPDATE steps SET title = 'x' WHERE id = 'step-2'", "CREATE TABLE notes (x)"],
            (
                "holds more than a workshop, which would be lost: the table notes; and it was changed since "
                'it was built, which would be lost: step "step-2"; and it holds 1 row of students\' '
                "progress, which would be lost"
            ),
            (
                "to keep the rest: copy the database first; to keep the changes, see what it is: "
                f"{STATUS}; to keep the progress: --keep-state; to drop all of this: --force"
            ),
        ),
    ],
)
def test_each_loss_is_told_with_the_way_to_keep_it(
    existing: Callable[..., Existing], statements: list[str], message: str, help: str
) -> None:
    found = told(existing(course(), *statements), course(word="two"))
    assert found == (f"my course.db {message}", help)


@pytest.mark.parametrize("statements", [[], ["DELETE FROM artifact"], ["UPDATE steps SET title = 'x'"]])
def test_another_workshop_is_refused_as_it_was_built_and_changed(
    existing: Callable[..., Existing], statements: list[str]
) -> None:
    other = evolve(course().workshops[0], id="other")
    help = "to keep it: name another database; to drop it: --force"
    found = told(existing(course(), *statements), Contents((other,)))
    assert found == ('my course.db holds another workshop, "course"', help)
    found = told(existing(course(progress=True), *statements), Contents((other,)))
    assert found == (
        'my course.db holds another workshop, "course", and 2 rows of students\' progress',
        help,
    )
    # One of several is enough.
    also = evolve(course(word="two").workshops[0], steps=())
    if statements == []:
        assert told(existing(course()), Contents((also, other))) is None


def test_progress_that_is_read_from_elsewhere_names_the_other_option(
    existing: Callable[..., Existing],
) -> None:
    new = evolve(course(progress=True), custom_states=(CustomState("student", "answer", "43"),))
    assert told(existing(course(progress=True)), new) == (
        "my course.db holds 1 row of students' progress, which would be lost",
        "to keep it: --keep-state instead of --state; to drop it: --force",
    )


def test_rows_of_steps_that_are_gone_are_named_and_counted(existing: Callable[..., Existing]) -> None:
    rows = tuple(RuntimeState(f"w{number}", "step-4", "active") for number in range(5))
    held = existing(evolve(course(progress=True), runtime_states=rows))
    assert held.reading is not None
    assert held.reading.contents is not None
    kept = keep_progress(held.reading.contents, course(3))
    assert kept.contents == evolve(course(3), custom_states=course(progress=True).custom_states)
    assert (kept.rows, kept.stepless) == (1, rows)
    assert told(held, kept.contents, stepless=kept.stepless) == (
        (
            "my course.db holds 5 rows of progress with steps that the YAML does not have, which would be "
            'lost: step "step-4" of workspace "w0", step "step-4" of workspace "w1", step "step-4" of '
            'workspace "w2" and 2 more'
        ),
        "to keep it: put the steps back into the YAML; to drop these rows alone: --force",
    )
    # What else would be lost comes with it: --force would drop that, too.
    changed = existing(
        evolve(course(progress=True), runtime_states=rows), "UPDATE steps SET title = 'x' WHERE id = 'step-1'"
    )
    found = told(changed, kept.contents, stepless=kept.stepless)
    assert found is not None
    assert "to drop all of this: --force" in str(found[1])


def stored(path: str) -> list[tuple[Any, ...]]:
    """All cells of progress with their types, as SQLite has them."""
    columns = {
        "runtime_state": ("workspace_id", "step_id", "status", "started_at", "completed_at"),
        "custom_state": ("workspace_id", "key", "value"),
    }
    with closing(sqlite3.connect(path)) as connection:
        return [
            row
            for table, names in columns.items()
            for row in connection.execute(
                f"SELECT {', '.join(f'{name}, typeof({name})' for name in names)} FROM {table} ORDER BY 1, 3"
            ).fetchall()
        ]


@settings(max_examples=50)
@given(strategies.contents(), st.data())
def test_every_row_of_progress_is_kept_as_it_is(held: Contents, data: st.DataObject) -> None:
    """SQL-68: by all types, whatever else the new database says; and only rows without their step go."""
    with tempfile.TemporaryDirectory() as folder:
        database, tree = os.path.join(folder, "course.db"), os.path.join(folder, "tree")
        write_database(database, built_rows(held))
        before = stored(database)
        used = {row.step_id for row in held.runtime_states}
        gone = set(data.draw(st.lists(st.sampled_from(sorted(used)), max_size=2))) if used else set()
        new = Contents(
            tuple(
                evolve(
                    workshop,
                    name=f"{workshop.name}!",
                    steps=tuple(
                        evolve(step, navigation=None) for step in workshop.steps if step.id not in gone
                    ),
                )
                for workshop in held.workshops
            )
        )
        source = os.path.join(folder, "source.db")
        write_database(source, built_rows(new))
        assert export(source, tree, ExportOptions()).problems == ()
        lost = [row for row in before if len(row) == 10 and row[2] in gone]
        if lost:
            with pytest.raises(OperationError, match="steps that the YAML does not have"):
                import_(tree, database, ImportOptions(keep_state=True))
            assert stored(database) == before
        done = import_(tree, database, ImportOptions(keep_state=True, force=bool(gone)))
        assert (done.kept, done.dropped) == (len(before) - len(lost), len(lost))
        assert stored(database) == [row for row in before if row not in lost]
        assert read_database(database).contents == keep_progress(held, new).contents


# What others do meanwhile.


@pytest.fixture
def pair(tmp_path: Path, make_database: Callable[..., str]) -> tuple[str, str]:
    """A directory, and a database with progress that was built from an older one."""
    assert export(make_database(course(), name="source.db"), str(tmp_path / "tree"), ExportOptions()).written
    database = str(tmp_path / "course.db")
    write_database(database, built_rows(course(word="two", progress=True)))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE runtime_state SET status = 'active'")
    return str(tmp_path / "tree"), database


def meanwhile(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Lets somebody do something while the new database is built."""

    def write_and_work(*arguments: Any) -> None:
        write_database(*arguments)
        work()

    monkeypatch.setattr("yamlsync.building.write_database", write_and_work)


@pytest.mark.parametrize("force", [False, True])
def test_a_student_who_goes_on_meanwhile_loses_nothing(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    tree, database = pair

    def go_on() -> None:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("INSERT INTO custom_state VALUES ('student', 'late', '1')")

    with monkeypatch.context() as patch:
        meanwhile(patch, go_on)
        with pytest.raises(OperationError) as caught:
            import_(tree, database, ImportOptions(keep_state=True, force=force))
    assert (caught.value.message, caught.value.help) == (
        f"{database} was changed while the new one was built",
        "run again",
    )
    assert import_(tree, database, ImportOptions(keep_state=True, force=force)).kept == 3
    assert ("student", "text", "late", "text", "1", "text") in stored(database)


def test_another_command_that_puts_a_file_of_the_same_header_there_is_seen(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tree, database = pair
    write_database(str(tmp_path / "a.db"), built_rows(course(word="two")))
    rows = built_rows(evolve(course(word="two"), custom_states=course(progress=True).custom_states))
    write_database(str(tmp_path / "b.db"), rows)
    assert (tmp_path / "a.db").read_bytes()[:100] == (tmp_path / "b.db").read_bytes()[:100]
    shutil.copy(tmp_path / "a.db", database)
    meanwhile(monkeypatch, lambda: os.replace(tmp_path / "b.db", database))
    with pytest.raises(OperationError, match="was changed while the new one was built"):
        import_(tree, database, ImportOptions())
    assert stored(database) == [("student", "text", "answer", "text", "42", "text")]


@pytest.mark.parametrize("was_there", [False, True])
def test_a_database_that_comes_or_goes_meanwhile_is_seen(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, was_there: bool
) -> None:
    tree, database = pair
    other = tmp_path / "other.db"
    os.rename(database, other)
    if was_there:
        os.rename(other, database)
    work = (lambda: os.remove(database)) if was_there else (lambda: os.rename(other, database))
    meanwhile(monkeypatch, work)
    with pytest.raises(OperationError, match="was changed while the new one was built"):
        import_(tree, database, ImportOptions(keep_state=True))
    assert os.path.exists(database) is not was_there


@pytest.mark.parametrize("force", [False, True])
def test_progress_that_cannot_be_read_cannot_be_kept_even_by_force(
    pair: tuple[str, str], force: bool
) -> None:
    tree, database = pair
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE runtime_state SET status = x'00'")
    before = Path(database).read_bytes()
    with pytest.raises(OperationError, match="cannot be read, so nobody knows what would be lost") as caught:
        import_(tree, database, ImportOptions(keep_state=True, force=force))
    assert caught.value.help == (
        "see that it can be spared, and run again with --force and without --keep-state"
    )
    assert Path(database).read_bytes() == before
    done = import_(tree, database, ImportOptions(force=True))
    assert (done.changed, stored(database)) == (True, [])


def test_a_database_that_changes_while_it_is_read_is_not_replaced_unread_by_force(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tree, database = pair

    def read_and_change(path: str, **_: bool) -> None:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("DELETE FROM custom_state")
        raise OperationError(f"{path} was changed by another program while it was read")

    monkeypatch.setattr("yamlsync.overwriting.read_database", read_and_change)
    with pytest.raises(OperationError, match="was changed by another program"):
        import_(tree, database, ImportOptions(force=True))

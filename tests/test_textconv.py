"""A database as one text (GIT-50 to GIT-54)."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given

from tests.acceptance.command import course
from tests.strategies import contents
from yamlsync.artifact import Artifact, artifact_rows
from yamlsync.converters import contents_to_rows
from yamlsync.database.write import write_database
from yamlsync.layout.carriable import uncarriable
from yamlsync.layout.files import shape_of
from yamlsync.layout.read import read_tree
from yamlsync.records import Contents, Metadata, Workshop
from yamlsync.textconv import as_text
from yamlsync.tree import in_memory

MakeDatabase = Callable[..., str]


def text(path: object) -> str:
    return b"".join(as_text(str(path))).decode()


def sum_of(path: object) -> str:
    data = Path(str(path)).read_bytes()
    return f"# {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}\n"


def files(said: str) -> dict[str, bytes]:
    """The files that a text consists of."""
    found: dict[str, bytes] = {}
    name = ""
    for line in said.encode().split(b"\n")[:-1]:
        if line.startswith(b"--- # "):
            name = line.removeprefix(b"--- # ").decode()
            found[name] = b""
        elif name:
            found[name] += line + b"\n"
    return found


@given(rows=contents())
def test_the_text_holds_all_that_the_definition_says(
    rows: Contents, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("database") / "course.db"
    write_database(str(path), contents_to_rows(rows))
    said = text(path)
    if uncarriable(rows, ""):
        assert said.startswith("# not shown: the database has problems\n# it: table step_metadata")
        return
    found = files(said)
    assert all(shape_of(name) for name in found)
    back = read_tree(in_memory(found), with_state=True)
    assert (back.contents, back.problems) == (evolve(rows, runtime_states=(), custom_states=()), ())


def test_a_small_one_in_full(make_database: MakeDatabase) -> None:
    small = Contents((Workshop("w", "Name", "v1", "2026-01-15", course(1).workshops[0].steps),))
    said = text(make_database(small))
    assert said.startswith(
        "# schema 1\n--- # workshop.yaml\nformat: yamlsync/1\nid: w\nname: Name\nversion: v1\n"
        'created_at: "2026-01-15"\nsteps:\n  - step-1\n--- # steps/step-1.yaml\nid: step-1\n'
        "title: Title one\nimage_tag: org/course:step-1\nmarkdown: |\n  # Step\n"
    )
    assert said.count("\n--- ") == 2


def test_where_a_file_stands_and_how_it_is_laid_out_have_no_part_in_it(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    path = make_database(course())
    other = tmp_path / "git-blob-x_course.db"
    shutil.copy(path, other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA page_size = 65536")
        connection.execute("VACUUM")
    assert text(other) == text(path)


def test_of_progress_only_the_number_of_rows_is_told(make_database: MakeDatabase) -> None:
    without, with_it = text(make_database(course())), text(make_database(course(progress=True), name="p.db"))
    line = "# not shown: 2 rows of students' progress\n"
    assert with_it == without.replace("# schema 1\n", f"# schema 1\n{line}")


def test_what_a_database_says_of_itself_is_told(tmp_path: Path) -> None:
    rows = contents_to_rows(course(1))
    rows["artifact"] = artifact_rows(Artifact("y1:x", source_commit="0" * 40, signature="seal"))
    write_database(str(tmp_path / "a.db"), rows)
    assert text(tmp_path / "a.db").splitlines()[:4] == [
        "# schema 2",
        f"# built from the commit {'0' * 40}",
        f"# signed, sha256 {hashlib.sha256(b'seal').hexdigest()}",
        "--- # workshop.yaml",
    ]


def test_what_the_format_has_no_place_for_is_named(make_database: MakeDatabase) -> None:
    path = make_database(course(1), "ALTER TABLE steps ADD COLUMN colour TEXT", "CREATE TABLE more (x)")
    start, _, rest = text(path).partition("--- # workshop.yaml\n")
    assert start == (
        "# schema 1\n# not shown: the table more\n# not shown: the column steps.colour\n" + sum_of(path)
    )
    assert "--- # steps/step-1.yaml\n" in rest


def test_a_damaged_one_tells_its_problems_and_the_same_ones_each_time(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    path = Path(make_database(course()))
    data = bytearray(path.read_bytes())
    data[4096 * 2 : 4096 * 3] = bytes(4096)
    path.write_bytes(data)
    said = text(path)
    assert said.startswith("# not shown: the database has problems\n# it: YS804 ")
    assert said.endswith(sum_of(path))
    assert str(tmp_path) not in said
    other = tmp_path / "another name.db"
    other.write_bytes(data)
    assert text(other) == said


def test_of_very_many_problems_the_first_are_told(make_database: MakeDatabase) -> None:
    columns = "(id, workshop_id, position, title, image_tag)"
    statements = [
        f"INSERT INTO steps {columns} VALUES ('s{n}', 'course', {n}, x'00', '')" for n in range(100)
    ]
    statements += [f"INSERT INTO step_metadata VALUES ('step-1', 'k{n}', x'00')" for n in range(7)]
    lines = text(make_database(course(1), *statements)).splitlines()
    assert len(lines) == 103
    assert lines[101] == "# and 7 more"


def test_a_key_that_yaml_cannot_carry_is_told(make_database: MakeDatabase) -> None:
    (workshop,) = course(1).workshops
    steps = (evolve(workshop.steps[0], metadata=(Metadata("k" * 2000, ""),)),)
    said = text(make_database(Contents((evolve(workshop, steps=steps),))))
    assert "YS810" in said


@pytest.mark.parametrize("statement", ["PRAGMA journal_mode=WAL", "DROP TABLE steps"])
def test_what_is_no_workshop_or_not_all_of_one_says_so(make_database: MakeDatabase, statement: str) -> None:
    path = make_database(course(1), statement)
    said = text(path)
    assert said.startswith("# not shown: ")
    assert said.endswith(sum_of(path))
    assert path not in said


def test_another_sqlite_file_is_told_apart_by_its_sum(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    said = []
    for value in (1, 2):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS t (x)")
            connection.execute("INSERT INTO t VALUES (?)", (value,))
        said.append(text(path))
        assert said[-1].endswith(sum_of(path))
    assert said[0] != said[1]
    assert all(each.startswith("# not shown: it ") for each in said)


@pytest.mark.parametrize("data", [b"", b"a: 1\n", "Zoë\r\n".encode(), b"\xff\xfe no nul"])
def test_a_text_that_is_named_as_databases_are_is_shown_as_it_is(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "list.db").write_bytes(data)
    assert b"".join(as_text(str(tmp_path / "list.db"))) == data


def test_other_bytes_are_told_apart_by_their_sum(tmp_path: Path) -> None:
    path = tmp_path / "thumbs.db"
    path.write_bytes(b"\xd0\xcf\0")
    assert text(path) == "# no text, and no SQLite database\n" + sum_of(path)


def test_a_file_that_is_not_there_is_no_failure(tmp_path: Path) -> None:
    assert text(tmp_path / "gone.db") == "# not shown: it cannot be read: No such file or directory\n"
    assert text(tmp_path) == "# not shown: it cannot be read: Is a directory\n"


def test_nothing_that_a_terminal_would_act_on_comes_from_a_schema(make_database: MakeDatabase) -> None:
    said = text(make_database(course(1), 'CREATE TABLE "a\x1b[31m\nb" (x)'))
    assert "# not shown: the table a\\x1b[31m\\nb\n" in said

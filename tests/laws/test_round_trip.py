"""The laws of the format (YAML-60 to YAML-65), each over everything that a database can hold."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import yaml
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from tests import strategies
from tests.conftest import insert
from yamlsync.converters import contents_to_rows
from yamlsync.database.read import read_database
from yamlsync.database.schema import SEED
from yamlsync.database.write import write_database
from yamlsync.document.canonical import read_formatted
from yamlsync.document.comments import bare, comments
from yamlsync.document.general import read_general
from yamlsync.document.model import Block
from yamlsync.document.reading import normalise, read
from yamlsync.document.render import render
from yamlsync.layout.files import STEP, shape_of
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import plan_update
from yamlsync.problems import Place
from yamlsync.records import Contents
from yamlsync.tree import in_memory


def export(contents: Contents, *, with_state: bool = True) -> dict[str, bytes]:
    return plan_update(in_memory({}), contents, with_state=with_state).puts


@contextmanager
def folder() -> Any:
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


@given(strategies.contents())
def test_law_1_a_database_comes_back_with_every_row(contents: Contents) -> None:
    """YAML-60."""
    with folder() as path:
        source, back = str(path / "a.db"), str(path / "b.db")
        build(source, contents, SEED)
        read_in = read_database(source)
        assert read_in.problems == ()
        assert read_in.contents == contents
        tree = read_tree(in_memory(export(contents)), with_state=True)
        assert tree.problems == ()
        assert tree.contents is not None
        write_database(back, contents_to_rows(tree.contents), schema=1)
        assert typed_rows(source) == typed_rows(back)


def build(path: str, contents: Contents, schema: str, *pragmas: str) -> None:
    """A database as another program would build it, not waiting for the disk."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("synchronous = OFF", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(f"BEGIN;{schema}")
        insert(connection, contents)
        connection.execute("COMMIT")


def typed_rows(path: str) -> dict[str, list[Any]]:
    """Every cell with its type, in an order that rows have by what they hold."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in tables
        }


@given(strategies.contents())
def test_law_1_without_state_the_definition_comes_back(contents: Contents) -> None:
    """YAML-60."""
    tree = read_tree(in_memory(export(contents, with_state=False)), with_state=False)
    assert tree.contents == evolve(contents, runtime_states=(), custom_states=())


@given(strategies.contents())
def test_law_2_a_canonical_tree_comes_back_byte_for_byte(contents: Contents) -> None:
    """YAML-61."""
    files = export(contents)
    tree = read_tree(in_memory(files), with_state=True)
    assert tree.contents is not None
    assert export(tree.contents) == files
    again = plan_update(in_memory(files), contents, with_state=True)
    assert (again.puts, again.deletes, again.unchanged) == ({}, frozenset(), len(files))


@given(strategies.files())
def test_law_3_formatting_twice_changes_nothing_and_loses_no_comment(file: tuple[str, Block]) -> None:
    """YAML-62."""
    path, block = file
    shape = shape_of(path)
    assert shape is not None
    once = render(block, shape)
    formatted = read(path, once, shape)
    assert isinstance(formatted, Block), formatted
    assert render(formatted, shape) == once
    assert bare(formatted) == bare(block)
    assert sorted(comments(formatted)) == sorted(comments(block))


@given(strategies.files())
def test_the_fast_reader_takes_what_is_formatted_and_reads_it_as_the_general_one(
    file: tuple[str, Block],
) -> None:
    """YAML-50."""
    path, block = file
    shape = shape_of(path)
    assert shape is not None
    data = render(block, shape)
    fast = read_formatted(data, shape)
    assert fast is not None
    general = read_general(path, data, shape)
    assert general.problems == ()
    assert general.block == fast


@given(st.data())
def test_whatever_the_fast_reader_takes_the_general_one_reads_the_same(data: st.DataObject) -> None:
    """YAML-50: also after the text was changed by hand."""
    path, block = data.draw(strategies.files())
    shape = shape_of(path)
    assert shape is not None
    text = bytearray(render(block, shape))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        piece = data.draw(
            st.sampled_from([b"", b" ", b"\n", b"#", b'"', b"'", b":", b"- ", b"|", b"x", b"\t", b"  "])
        )
        text[at : at + data.draw(st.integers(0, 2))] = piece
    fast = read_formatted(bytes(text), shape)
    if fast is not None:
        general = read_general(path, bytes(text), shape)
        assert general.problems == ()
        assert general.block == fast


@given(strategies.contents(), st.randoms(use_true_random=False))
def test_law_4_the_layout_of_the_file_does_not_matter(contents: Contents, chance: random.Random) -> None:
    """YAML-63: row order, page size, encoding, row ids, VACUUM."""
    encoding = chance.choice(["UTF-8", "UTF-16le", "UTF-16be"])
    # SQLite itself turns these two into U+FFFD where it stores UTF-16.
    assume(encoding == "UTF-8" or not re.search(r"\\uff(fe|ff)", ascii(contents)))
    schema = SEED if chance.random() < 0.5 else SEED.replace("\n);", "\n) WITHOUT ROWID;")
    with folder() as path:
        source = str(path / "a.db")
        size = chance.choice([512, 4096, 65536])
        build(source, _shuffled(contents, chance), schema, f"page_size = {size}", f"encoding = '{encoding}'")
        if chance.random() < 0.5:
            with closing(sqlite3.connect(source)) as connection:
                connection.execute("VACUUM")
        back = read_database(source)
        assert back.problems == ()
        assert back.contents == contents


def _shuffled(contents: Contents, chance: random.Random) -> Contents:
    def mixed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(rows, len(rows)))

    workshops = tuple(evolve(workshop, steps=mixed(workshop.steps)) for workshop in contents.workshops)
    return Contents(mixed(workshops), mixed(contents.runtime_states), mixed(contents.custom_states))


@given(strategies.contents())
def test_law_5_libyaml_reads_the_same_values(contents: Contents) -> None:
    """YAML-64: the parsers written in JavaScript have a test of their own."""
    for path, data in export(contents).items():
        shape = shape_of(path)
        assert shape is not None
        block = read(path, data, shape)
        assert isinstance(block, Block)
        assert plain(block) == yaml.load(data, yaml.CSafeLoader)


def plain(block: Block) -> Any:
    """What any YAML parser should make of a document."""
    if block.entries and block.entries[0].key is not None:
        return {entry.key: _plain_value(entry.value) for entry in block.entries}
    return [_plain_value(entry.value) for entry in block.entries]


def _plain_value(value: Any) -> Any:
    return plain(value) if isinstance(value, Block) else value


@given(st.binary(max_size=300) | strategies.texts(30).map(lambda text: text.encode()))
def test_law_6_any_bytes_give_a_document_or_problems(data: bytes) -> None:
    """YAML-65."""
    assert_document_or_problems(data)


def assert_document_or_problems(data: bytes) -> None:
    result = read("steps/x.yaml", data, STEP)
    if isinstance(result, Block):
        again = read("steps/x.yaml", render(result, STEP), STEP)
        assert isinstance(again, Block)
        assert bare(again) == bare(result)
        return
    assert result
    lines = normalise(data).decode(errors="replace").split("\n")
    for problem in result:
        assert problem.message
        assert problem.help
        assert isinstance(problem.place, Place)
        line, column = problem.place.line, problem.place.column
        if line is not None:
            assert 1 <= line <= len(lines) + 1
            assert column is not None
            assert column >= 1


_FRAGMENTS = [
    *[
        "id: x\n",
        "title: ",
        "image_tag: a\n",
        "markdown: |\n",
        "  text\n",
        "metadata:\n",
        "  a: ",
        "- ",
        "? ",
        ": ",
    ],
    *[
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "<<: ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "#",
    ],
    *[
        "|2-\n",
        ">+\n",
        "\\U00110000",
        '"\\ud800"',
        "\t",
        "\n",
        "  ",
        "\r",
        "\ufeff",
        "\x85",
        "null",
        "~",
        "0x1",
        "é",
    ],
    *["navigation: ", "next: ", "none\n", "position: ", "99999999999999999999\n", "1.5\n", "goss_spec: "],
]


@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=25).map("".join))
def test_law_6_pieces_of_yaml_give_a_document_or_problems(text: str) -> None:
    """YAML-65."""
    assert_document_or_problems(text.encode())


@given(strategies.contents(), strategies.contents(), st.data())
def test_an_export_over_another_workshop_says_the_new_and_keeps_each_comment(
    old: Contents, new: Contents, data: st.DataObject
) -> None:
    """LAY-70, YAML-47."""
    files = {}
    for path, content in export(old).items():
        shape = shape_of(path)
        assert shape is not None
        block = read(path, content, shape)
        assert isinstance(block, Block)
        files[path] = render(data.draw(strategies.commented(block)), shape)
    update = plan_update(in_memory(files), new, with_state=True)
    after = {path: content for path, content in files.items() if path not in update.deletes} | update.puts
    back = read_tree(in_memory(after), with_state=True)
    assert back.problems == ()
    assert back.contents == new
    for path in files.keys() & after.keys():
        assert _comments_of(path, files[path]) == _comments_of(path, after[path])


def _comments_of(path: str, data: bytes) -> list[str]:
    shape = shape_of(path)
    assert shape is not None
    block = read(path, data, shape)
    assert isinstance(block, Block)
    return sorted(comments(block))


@given(strategies.contents(), st.randoms(use_true_random=False))
def test_checkouts_with_crlf_or_a_byte_order_mark_read_the_same(
    contents: Contents, chance: random.Random
) -> None:
    """YAML-3."""
    files = {}
    for path, data in export(contents).items():
        changed = data.replace(b"\n", b"\r\n") if chance.random() < 0.7 else data
        files[path] = (b"\xef\xbb\xbf" if chance.random() < 0.5 else b"") + changed
    assert read_tree(in_memory(files), with_state=True).contents == contents


@given(strategies.contents())
def test_every_path_of_an_export_stays_in_the_directory_and_fits_any_file_system(contents: Contents) -> None:
    """LAY-20."""
    paths = list(export(contents))
    assert len({path.lower() for path in paths}) == len(paths)
    for path in paths:
        assert shape_of(path) is not None
        assert os.path.normpath(path) == path
        assert all(len(part) <= 255 for part in path.split("/"))
        assert path.isascii()

"""What formatting does to a file, however it was spelled and wherever its comments stood (YAML-62)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.laws.test_round_trip import export
from tests.respelling import respell
from yamlsync.document.canonical import read_formatted
from yamlsync.document.comments import bare, comments
from yamlsync.document.formatted_places import places_of
from yamlsync.document.general import read_general
from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.formatting import format_text
from yamlsync.formatting import respell as formatted
from yamlsync.layout.files import shape_of
from yamlsync.layout.read import read_tree
from yamlsync.records import Contents
from yamlsync.tree import in_memory

CHANCE = st.randoms(use_true_random=True)


def fmt(path: str, data: bytes) -> bytes:
    shape = shape_of(path)
    assert shape is not None
    new = formatted(path, data, shape)
    assert isinstance(new, bytes), (new, data.decode())
    return new


def document(path: str, data: bytes) -> Block:
    shape = shape_of(path)
    assert shape is not None
    block = read(path, data, shape)
    assert isinstance(block, Block)
    return block


@given(strategies.files(), CHANCE)
def test_any_spelling_keeps_its_values_and_every_comment(
    file: tuple[str, Block], chance: random.Random
) -> None:
    path, block = file
    shape = shape_of(path)
    assert shape is not None
    data, said, _ = respell(bare(block), shape, chance)
    once = fmt(path, data)
    assert bare(block) == bare(document(path, once))
    assert sorted(said) == sorted(comments(document(path, once)))
    assert once == fmt(path, once)


@given(strategies.files(), CHANCE)
def test_both_readers_and_the_places_agree_on_what_comes_out(
    file: tuple[str, Block], chance: random.Random
) -> None:
    """YAML-50."""
    path, block = file
    shape = shape_of(path)
    assert shape is not None
    once = fmt(path, respell(bare(block), shape, chance)[0])
    general = read_general(path, once, shape)
    fast = read_formatted(once, shape)
    assert fast is not None
    assert general.block == fast
    assert general.places == places_of(path, fast, shape)


@given(strategies.files(), CHANCE)
def test_a_tab_before_a_comment_is_refused_or_the_comment_is_kept(
    file: tuple[str, Block], chance: random.Random
) -> None:
    """YAML-71."""
    path, block = file
    shape = shape_of(path)
    assert shape is not None
    data, said, has_tab = respell(bare(block), shape, chance, tabs=True)
    new = formatted(path, data, shape)
    if isinstance(new, bytes):
        assert sorted(said) == sorted(comments(document(path, new)))
    else:
        assert has_tab
        assert "YS103" in {problem.code for problem in new}


@given(strategies.contents(), CHANCE)
def test_formatting_changes_no_record(contents: Contents, chance: random.Random) -> None:
    spelled = {}
    for path, data in export(contents).items():
        shape = shape_of(path)
        assert shape is not None
        spelled[path] = respell(document(path, data), shape, chance)[0]
    for files in (spelled, {path: fmt(path, data) for path, data in spelled.items()}):
        tree = read_tree(in_memory(files), with_state=True)
        assert tree.problems == ()
        assert tree.contents == contents


@given(strategies.contents())
def test_what_export_writes_is_formatted(contents: Contents) -> None:
    for path, data in export(contents).items():
        assert data == fmt(path, data)
        assert data == format_text(data), "the keys of a file tell what it is"


@given(st.binary(max_size=300) | strategies.texts(30).map(str.encode))
def test_any_bytes_are_formatted_or_refused(data: bytes) -> None:
    """YAML-65."""
    new = format_text(data)
    if isinstance(new, bytes):
        assert new == format_text(new)
    else:
        assert new


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{image_tag: i, "id": a, title: T}', "id: a\ntitle: T\nimage_tag: i\n"),
        ("format: yamlsync/1\nworkshops:\n- b\n- a\n", "format: yamlsync/1\nworkshops:\n  - b\n  - a\n"),
        (
            "workspace: w\nformat: yamlsync/1\nsteps: [{status: s, id: a}]\n",
            "format: yamlsync/1\nworkspace: w\nsteps:\n  - id: a\n    status: s\n",
        ),
        (
            "steps: []\nid: a\nname: b\nversion: c\nformat: yamlsync/1\ncreated_at: d\n",
            'format: yamlsync/1\nid: a\nname: b\nversion: c\ncreated_at: "d"\nsteps: []\n',
        ),
    ],
    ids=["step", "workshops", "progress", "workshop"],
)
def test_the_keys_of_a_text_tell_what_it_is(text: str, expected: str) -> None:
    assert expected.encode() == format_text(text.encode())

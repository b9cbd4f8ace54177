"""What `check --fix` does: no record changes, no comment goes, and nothing is left to mend (CHK-40)."""

from __future__ import annotations

import random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from tests.laws.test_round_trip import export
from tests.respelling import respell
from yamlsync.check import check
from yamlsync.document.comments import bare, comments
from yamlsync.document.model import Block, Entry, Fields, Value
from yamlsync.document.reading import read
from yamlsync.document.render import render
from yamlsync.layout.files import STEP, WORKSHOP, shape_of
from yamlsync.layout.read import WorkshopFile, read_tree
from yamlsync.records import Contents
from yamlsync.rules.mending import mend
from yamlsync.rules.selection import Selection
from yamlsync.tree import Tree, in_memory


def document(path: str, data: bytes) -> Block:
    block = read(path, data, shape(path))
    assert isinstance(block, Block), block
    return block


def shape(path: str) -> Fields:
    found = shape_of(path)
    assert found is not None
    return found


def said_twice(tree: Tree, chance: random.Random) -> dict[str, Block]:
    """The documents of a tree with entries in them that say what the order says already."""
    documents = {path: bare(document(path, tree.read(path))) for path in tree.paths}
    for workshop in read_tree(tree, with_state=True).workshops:
        for path, extra in _redundant(workshop, chance).items():
            documents[path] = _with(documents[path], extra, shape(path))
    return documents


def _redundant(workshop: WorkshopFile, chance: random.Random) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    if workshop.steps and workshop.header.first_position == 1 and chance.random() < 0.5:
        found[workshop.path] = {"first_position": 1}
    for file in workshop.steps:
        extra: dict[str, Value] = {}
        around = file.around
        if file.step.position == around.position and chance.random() < 0.5:
            extra["position"] = around.position
        written = file.block.values().get("navigation")
        if around.navigated and (written is None or isinstance(written, Block)):
            old = written.entries if written else ()
            keys = {entry.key for entry in old}
            new = [
                Entry(key, id)
                for key, id in (("next", around.next_id), ("prev", around.previous_id))
                if key not in keys and chance.random() < 0.5
            ]
            if new:
                order = {"next": 0, "prev": 1, "unlock_condition": 2}
                extra["navigation"] = Block(
                    tuple(sorted((*old, *new), key=lambda entry: order[entry.key or ""]))
                )
        found[file.path] = extra
    return found


def _with(block: Block, extra: dict[str, Value], shape: Fields) -> Block:
    entries = {entry.key: entry for entry in block.entries} | {
        key: Entry(key, value) for key, value in extra.items()
    }
    return Block(tuple(sorted(entries.values(), key=lambda entry: shape.ranks[entry.key or ""])))


@given(strategies.contents(), st.randoms(use_true_random=True))
def test_mending_takes_away_what_says_nothing_and_nothing_else(
    contents: Contents, chance: random.Random
) -> None:
    plain = evolve(contents, runtime_states=(), custom_states=())
    tree = in_memory(export(plain))
    documents = said_twice(tree, chance)
    spelled = {path: respell(block, shape(path), chance) for path, block in documents.items()}
    files = {path: data for path, (data, _, _) in spelled.items()}
    before = read_tree(in_memory(files), with_state=True)
    assert plain == before.contents

    fixes = check(in_memory(files), Selection(("YS3",))).fixes
    mended = {
        path: render(mend(document(path, data), fixes[path]), shape(path)) if path in fixes else data
        for path, data in files.items()
    }
    assert plain == read_tree(in_memory(mended), with_state=True).contents
    for path, (_, said, _) in spelled.items():
        assert sorted(said) == sorted(comments(document(path, mended[path]))), path
        if path in fixes:
            assert mended[path] == render(document(path, mended[path]), shape(path)), "it is formatted"
        if shape(path) in (STEP, WORKSHOP):
            assert bare(document(path, tree.read(path))) == bare(document(path, mended[path]))
    assert check(in_memory(mended), Selection(("YS3",))).fixes == {}

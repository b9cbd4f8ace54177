"""Trees to reshape: of every ugliness, with comments, and with entries that the order says already."""

from __future__ import annotations

from collections import Counter

from attrs import evolve
from hypothesis import strategies as st

from tests.strategies import commented, contents, ids
from yamlsync.document.comments import comments
from yamlsync.document.model import Block, Value
from yamlsync.document.reading import read
from yamlsync.document.render import render
from yamlsync.layout.files import NAVIGATION, STEP, shape_of
from yamlsync.layout.read import read_tree
from yamlsync.layout.write import to_files
from yamlsync.proof import prove
from yamlsync.records import Contents
from yamlsync.reshaping.conditions import _escaped
from yamlsync.reshaping.documents import with_value
from yamlsync.reshaping.found import Found, look
from yamlsync.reshaping.plan import Reshaping
from yamlsync.tree import Tree, in_memory, overlay

new_ids = ids()


@st.composite
def courses(draw: st.DrawFn) -> Contents:
    """Contents in which unlock conditions name steps, too."""
    made = draw(contents())
    names = [step.id for workshop in made.workshops for step in workshop.steps]
    if not names:
        return made
    workshops = []
    for workshop in made.workshops:
        steps = []
        for step in workshop.steps:
            if step.navigation is None or draw(st.booleans()):
                steps.append(step)
                continue
            condition = draw(conditions(names))
            steps.append(evolve(step, navigation=evolve(step.navigation, unlock_condition=condition)))
        workshops.append(evolve(workshop, steps=tuple(steps)))
    return evolve(made, workshops=tuple(workshops))


@st.composite
def conditions(draw: st.DrawFn, names: list[str]) -> str:
    """A condition that names steps, in quotes of several kinds."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        quote = draw(st.sampled_from(['"', "'", '"""', "'''"]))
        parts.append(f"steps[{quote}{_escaped(draw(st.sampled_from(names)), quote[0])}{quote}].completed")
    return draw(st.sampled_from([" && ", "||\n", " /* */ "])).join(parts)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A formatted tree without problems."""
    files = {}
    made = draw(courses())
    for file in to_files(made, with_state=True):
        shape = shape_of(file.path)
        assert shape is not None
        block = file.block
        if shape is STEP:
            block = draw(_redundant(made, block))
        data = render(draw(commented(block)), shape)
        again = read(file.path, data, shape)
        assert isinstance(again, Block)
        files[file.path] = render(again, shape)
    return in_memory(files)


@st.composite
def _redundant(draw: st.DrawFn, made: Contents, block: Block) -> Block:
    """The document with entries that say what follows from the order already."""
    step = next(
        step for workshop in made.workshops for step in workshop.steps if step.id == block.values()["id"]
    )
    if draw(st.integers(0, 3)) == 0:
        block = with_value(block, "position", step.position, STEP)
    if step.navigation is not None:
        value = block.values().get("navigation")
        inner = value if isinstance(value, Block) else Block(())
        if draw(st.integers(0, 3)) == 0:
            inner = with_value(inner, "next", step.navigation.next_step_id, NAVIGATION)
        if draw(st.integers(0, 3)) == 0:
            inner = with_value(inner, "prev", step.navigation.prev_step_id, NAVIGATION)
        if inner.entries:
            block = with_value(block, "navigation", inner, STEP)
    return block


def found(tree: Tree) -> Found:
    """What a right tree says."""
    seen = look(tree)
    assert isinstance(seen, Found), seen
    return seen


def reshaped(tree: Tree, plan: Reshaping) -> Tree:
    """The tree after a plan, which must say what was meant."""
    assert plan.problems == ()
    after = overlay(tree, in_memory(plan.puts), plan.deletes)
    back = read_tree(after, with_state=True)
    prove(plan.meant, back.contents, back.problems, with_state=True)
    return after


def files(tree: Tree) -> dict[str, bytes]:
    """The tree's files."""
    return {path: tree.read(path) for path in tree.paths}


def all_comments(tree: Tree) -> Counter[str]:
    """How often each comment stands in a tree."""
    return Counter(line for block in found(tree).blocks.values() for line in comments(block))


def step_ids(tree: Tree) -> list[str]:
    """The ids of all steps."""
    return [each.step.id for each in found(tree).steps()]


def value_at(data: bytes, path: str, *keys: str) -> Value:
    """A value in a file."""
    shape = shape_of(path)
    assert shape is not None
    value: Value | tuple[object, ...] = read(path, data, shape)
    for key in keys:
        assert isinstance(value, Block)
        value = value.values()[key]
    assert not isinstance(value, tuple)
    return value

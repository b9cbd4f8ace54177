"""Two definitions of which one is an edit of the other, for laws of everything that compares workshops."""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import strategies as st

from tests import strategies
from tests.edits import KINDS
from yamlsync.records import Workshop

Sides: TypeAlias = tuple[tuple[Workshop, ...], tuple[Workshop, ...]]

DEFINITIONS = strategies.contents(with_state=False)


@st.composite
def edited(draw: st.DrawFn) -> Sides:
    """A definition, and what some edits of some kinds make of it."""
    before = draw(DEFINITIONS)
    after = before
    for _ in range(draw(st.integers(1, 6))):
        after = KINDS[draw(st.sampled_from(sorted(KINDS)))](draw, after) or after
    return before.workshops, after.workshops


def any_two() -> st.SearchStrategy[Sides]:
    """Two definitions that have nothing to do with each other."""
    workshops = DEFINITIONS.map(lambda contents: contents.workshops)
    return st.tuples(workshops, workshops)

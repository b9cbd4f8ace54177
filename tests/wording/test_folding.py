"""What is far from a change is folded, and counted; the heading above a change is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wording.texts import PAIRS
from yamlsync.wording.folding import Folded, folded, section_of
from yamlsync.wording.passages import Kept, passages

OLD = (
    "# Course\n\n"
    + "intro\n" * 5
    + "\n## Create the pod\n\n"
    + "text\n" * 6
    + "last\n\n"
    + "more\n" * 5
    + "end\n"
)
NEW = OLD.replace("last", "other")


@given(PAIRS, st.integers(0, 4))
def test_only_kept_lines_are_left_out_and_they_are_counted(pair: tuple[str, str], context: int) -> None:
    found = passages(*pair)
    shown = folded(found, context)
    assert [each for each in shown if not isinstance(each, Kept | Folded)] == [
        passage for passage in found if not isinstance(passage, Kept)
    ]
    kept = sum(len(passage.new) for passage in found if isinstance(passage, Kept))
    of_shown = sum(len(each.new) for each in shown if isinstance(each, Kept))
    left_out = sum(each.count for each in shown if isinstance(each, Folded))
    assert kept == of_shown + left_out
    assert all(each.count > 1 for each in shown if isinstance(each, Folded))


@given(PAIRS)
def test_with_context_enough_nothing_is_left_out(pair: tuple[str, str]) -> None:
    found = passages(*pair)
    if len(found) > 1:
        assert found == folded(found, 1000)


def test_a_fold_tells_the_heading_above_the_change() -> None:
    shown = folded(passages(OLD, NEW))
    folds = [each for each in shown if isinstance(each, Folded)]
    assert folds == [Folded(14, "Create the pod"), Folded(5)]


def test_a_heading_that_is_shown_is_not_told() -> None:
    shown = folded(passages(OLD, NEW), context=8)
    assert shown[0] == Folded(8, "")


def test_a_text_that_is_kept_is_one_fold() -> None:
    assert folded(passages(OLD, OLD)) == (Folded(OLD.count("\n")),)


@pytest.mark.parametrize(("index", "expected"), [(0, "Course"), (1, "Create the pod"), (3, "Create the pod")])
def test_each_passage_stands_under_a_heading(index: int, expected: str) -> None:
    found = passages(OLD, NEW)
    assert section_of(found, index) == expected

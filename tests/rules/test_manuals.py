"""Each rule's manual is executed: what it says fails does, by that rule alone, and what passes is clean."""

from __future__ import annotations

import re

import pytest

from yamlsync.check import check
from yamlsync.rules.registry import codes, rule
from yamlsync.rules.selection import Selection
from yamlsync.tree import in_memory

from .examples import examples, tree_of


@pytest.mark.parametrize("code", codes())
def test_the_manual_says_what_the_rule_finds_and_shows_it(code: str) -> None:
    manual = rule(code).__doc__ or ""
    title, blank, first, *_ = manual.splitlines()
    assert re.fullmatch(r"[A-Z].+\.", title), "the first line is a sentence"
    assert (blank, bool(first)) == ("", True)
    assert code == rule(code).ID
    assert rule(code).SEVERITY in ("error", "warning", "hint")


@pytest.mark.parametrize(
    ("code", "verdict", "text"), [(code, *each) for code in codes() for each in examples(rule(code))]
)
def test_the_examples_of_a_manual_hold(code: str, verdict: str, text: str) -> None:
    found = check(in_memory(tree_of(text)), Selection())
    told = {problem.code for problem in found.problems}
    assert told == ({code} if verdict == "Fails" else set()), found.problems


def test_the_course_that_examples_are_put_into_is_clean() -> None:
    assert check(in_memory(tree_of("")), Selection()).problems == ()

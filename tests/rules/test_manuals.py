"""Each rule's manual is executed: what it says fails does, by that rule alone, and what passes is clean."""

from __future__ import annotations

import re

import pytest

from yamlsync.check import check
from yamlsync.rules.reader import told_by_the_reader
from yamlsync.rules.registry import codes, rule, rules
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


WITHOUT_EXAMPLES = [
    "YS101",  # Bytes that are no text.
    "YS102",  # Characters that would not stand in a Python file either. It shows what passes.
    "YS105",  # 32 levels, 16 MiB: larger than a manual.
    "YS113",  # Marks of a conflict: Git and editors would take them for one in our own file.
    "YS128",  # A link, a device.
    *("YS131", "YS132", "YS133"),  # What an export does to a directory.
    "YS404",  # What is not installed.
    *("YS701", "YS702", "YS704", "YS705"),  # Texts that are too large are too large for a manual.
    *(code for code in codes() if code.startswith("YS8")),  # Databases.
]


def test_every_rule_has_examples_but_those_that_yaml_cannot_show() -> None:
    verdicts = {code: {verdict for verdict, _ in examples(rule(code))} for code in codes()}
    assert [code for code in codes() if verdicts[code] != {"Fails", "Passes"}] == WITHOUT_EXAMPLES


@pytest.mark.parametrize(
    ("code", "verdict", "text"), [(code, *each) for code in codes() for each in examples(rule(code))]
)
def test_the_examples_of_a_manual_hold(code: str, verdict: str, text: str) -> None:
    found = check(in_memory(tree_of(text)), Selection())
    told = {problem.code for problem in found.problems}
    assert told == ({code} if verdict == "Fails" else set()), found.problems


@pytest.mark.parametrize("text", ["", "# workshops.yaml\n"])
def test_the_courses_that_examples_are_put_into_are_clean(text: str) -> None:
    assert check(in_memory(tree_of(text)), Selection()).problems == ()


def test_what_an_example_leaves_out_is_supplied_unless_it_says_otherwise() -> None:
    files = tree_of(
        "# steps/one.yaml\n"
        "title: First\n"
        "# steps/two.yaml, all of it\n"
        "id: two\n"
        "# steps/three.yaml is not there\n"
    )
    assert sorted(files) == ["steps/one.yaml", "steps/two.yaml", "workshop.yaml"]
    assert (
        files["steps/one.yaml"] == b"id: one\nimage_tag: org/course:one\ntitle: First\nmarkdown: Read on.\n"
    )
    assert files["steps/two.yaml"] == b"id: two\n"


def test_no_rule_looks_for_what_the_reader_tells() -> None:
    told = [code for code in codes() if rule(code).check is told_by_the_reader]
    run = [each.ID for each in rules(lambda _: True)]
    assert sorted([*told, *run]) == list(codes())

"""Specs of real workshops, of the sample, and such as nobody means well with."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest

from tests.conftest import ROOT
from yamlsync.check import check
from yamlsync.database.read import read_database
from yamlsync.layout.update import plan_update
from yamlsync.publish.directory import directory_tree
from yamlsync.rules.goss.inspection import inspect
from yamlsync.rules.selection import Selection
from yamlsync.tree import in_memory

FAMILY = Selection(("YS501", "YS502", "YS503", "YS504", "YS505", "YS506", "YS507", "YS508", "YS509", "YS51"))


def test_the_sample_has_nothing_to_tell() -> None:
    assert check(directory_tree(str(ROOT / "sample-workshop")), FAMILY).problems == ()


def test_real_specs_have_no_mistakes_but_files_of_variables_that_are_no_specs(corpus_database: Path) -> None:
    contents = read_database(str(corpus_database)).contents
    assert contents is not None
    tree = in_memory(dict(plan_update(in_memory({}), contents, with_state=False).puts))
    problems = check(tree, FAMILY).problems
    assert {problem.code for problem in problems} <= {"YS503", "YS513", "YS514"}
    specs = [step.goss_spec for workshop in contents.workshops for step in workshop.steps if step.goss_spec]
    types = re.compile(
        r"^(?:command|dns|file|gossfile|http|matching|package|port|service|user):", re.MULTILINE
    )
    for spec in specs:
        if types.search(spec):
            assert {each.code for each in inspect(spec)} <= {"YS514"}


PORTS = 3000
HOSTILE = {
    "unknown types": "".join(f"k{number}: 1\n" for number in range(30_000)),
    "unknown attributes": "port:\n" + "".join(f"  p{n}:\n    listning: true\n" for n in range(10_000)),
    "anchors beside unknown types": "".join(f"k{n}: 1\n" for n in range(5000))
    + "".join(f"m{n}: &m{n} 1\n" for n in range(5000)),
    "a key of a megabyte": "command:\n  " + "x" * 1_000_000 + ":\n    exit-status: 0\n",
    "patterns": "command:\n  a:\n    exit-status: 0\n    stdout:\n" + "    - /(a/\n" * 30_000,
    "a long number": f"command:\n  a:\n    exit-status: {'9' * 500_000}\n    timeout: {'0' * 500_000}\n",
    "a bomb of aliases": "x: &a0 [1]\n"
    + "".join(f"x{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 80))
    + "matching:\n  m: {content: *a79, matches: *a79}\n",
    "a bomb of merges": "x: &a0 {listening: true}\n"
    + "".join(f"x{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 80))
    + "port:\n  m: *a79\n",
    "a chain of matchers": "x: &a0 {not: 1}\n"
    + "".join(f"x{n}: &a{n} {{not: *a{n - 1}}}\n" for n in range(1, 4000))
    + "matching:\n  m: {matches: *a3999}\n",
    "a chain of merges": "x: &a0 {listening: true}\n"
    + "".join(f"x{n}: &a{n} {{<<: *a{n - 1}, k{n}: 1}}\n" for n in range(1, 4000))
    + "port:\n  m: *a3999\n",
    "a mapping merged often": f"x: &a {{{', '.join(f'k{n}: 1' for n in range(PORTS))}}}\nport:\n"
    + "".join(f"  p{n}: {{<<: *a}}\n" for n in range(PORTS)),
}


@pytest.mark.parametrize("spec", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_specs_are_looked_at_in_a_moment(spec: str) -> None:
    start = process_time()
    assert len(inspect(spec)) <= 100
    assert process_time() - start < 10

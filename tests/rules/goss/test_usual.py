"""What is taken for right by its form is found right by reading it (GOSS-4)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.prose import goss_spec
from yamlsync.document.foreign.reading import read_foreign
from yamlsync.rules.goss.finding import Findings
from yamlsync.rules.goss.inspection import _Inspection
from yamlsync.rules.goss.usual import is_usual

RIGHT = (
    "command:\n  kubectl get pods:\n    exec: kubectl get pods -A\n    exit-status: 0\n"
    "    stdout:\n      - Running\n      - /web.*ready/\n    timeout: 10000\n"
    'file:\n  /tmp/x.yaml:\n    exists: true\n    mode: "0644"\n    contents:\n      - /kind.*/\n'
)

_LINES = """\
command:
file:
port:
  kubectl get pods:
  'kubectl get pods':
  'a: b':
  'it''s':
  ''':
  a:
  /tmp/x:
  true:
  no:
  1:
  ' x':
  'x':
  x:
  x y:
    exec: kubectl get
    exec: true
    exit-status: 0
    exit-status: 010
    exit-status: 1
    stdout:
    stderr:
    timeout: 1000
    timeout: 50
      - Running
      - yes
      - /a.*b/
      - /a*/
      - /*a/
      - /.**/
      - //
      - /a b/
      - a, b
      - on
    exists: true
    exists: false
    mode: "0644"
    mode: 0644
    filetype: file
    filetype: dir
    contents:

#
    title: x"""
LINES = st.sampled_from(_LINES.split("\n"))


def found(spec: str) -> list[str]:
    findings = Findings()
    _Inspection(findings, read_foreign(spec), None).run()
    return [each.code for each in findings.found]


def test_the_usual_form_is_taken() -> None:
    assert is_usual(RIGHT)
    assert sum(is_usual(goss_spec(random.Random(seed))) for seed in range(100)) > 90


@given(st.lists(LINES, max_size=14), st.booleans())
def test_nothing_is_found_in_what_is_usual(lines: list[str], newline: bool) -> None:
    spec = "\n".join(lines) + "\n" * newline
    if is_usual(spec):
        assert found(spec) == []


@given(st.data())
def test_nothing_is_found_in_what_is_still_usual_when_it_was_changed(data: st.DataObject) -> None:
    lines = RIGHT.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["insert", "delete", "replace", "double"])):
            case "insert":
                lines.insert(at, data.draw(LINES))
            case "delete" if len(lines) > 1:
                del lines[at]
            case "replace":
                lines[at] = data.draw(LINES)
            case _:
                lines.insert(at, lines[at])
    spec = "\n".join(lines)
    if is_usual(spec):
        assert found(spec) == []


@given(
    st.text(alphabet="abyno/.*:' -=#,0\\[", min_size=1, max_size=12),
    st.sampled_from(["  {}:", "      - {}", "    exec: {}"]),
)
def test_nothing_is_found_in_odd_words(word: str, form: str) -> None:
    for line in RIGHT.split("\n"):
        if line.startswith(form.partition("{")[0]):
            spec = RIGHT.replace(line, form.format(word), 1)
            if is_usual(spec):
                assert found(spec) == []


@pytest.mark.parametrize(
    "spec",
    [
        RIGHT.replace("/tmp/x.yaml", "kubectl get pods"),
        RIGHT.replace("exit-status: 0", "exit-status: zero"),
        RIGHT.replace("  kubectl get pods:", "  true:"),
        RIGHT + "port:\n",
        RIGHT.removesuffix("\n"),
        "",
    ],
)
def test_what_is_not_surely_right_is_read(spec: str) -> None:
    assert not is_usual(spec)

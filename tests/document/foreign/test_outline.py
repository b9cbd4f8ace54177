"""The quick reader: whatever it takes, the general reader reads the same; and it takes what is usual."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from yamlsync.database.read import read_database
from yamlsync.document.foreign.general import read_any
from yamlsync.document.foreign.outline import outline
from yamlsync.document.foreign.parts import ForeignText, Part
from yamlsync.layout.read import read_tree
from yamlsync.publish.directory import directory_tree

USUAL = """\
---
# Two files, and what a command says.
file:
  /etc/hosts:
    exists: true
    mode: "0644"
    contents: ["localhost", 127.0.0.1]
  '/tmp/it''s here':
    exists: false # not yet

command:
  echo "a:b" c#1:
    exec: |
      set -e

        echo "$1"
    exit-status: {le: 1}
    stdout:
    - /^a.*:b$/
    - "tab\\there \\"quoted\\""
    stderr: []
    skip:
"""


def shape(part: Part | None) -> Any:
    """All that a part says, and where."""
    if part is None:
        return None
    if part.token is not None:
        return part.start, part.end, part.token, part.style
    if part.pairs is not None:
        return part.start, part.end, [(shape(key), shape(value)) for key, value in part.pairs]
    return part.start, part.end, [shape(item) for item in part.items or ()]


def told(text: ForeignText) -> Any:
    duplicates = [(shape(second), shape(first)) for second, first in text.duplicates]
    return shape(text.root), text.fault, duplicates, text.anchors, text.tags


def agrees(text: str) -> bool:
    """Whether the quick reader took the text; if so, as the general one reads it."""
    quick = outline(text)
    if quick is None:
        return False
    assert told(read_any(text)) == told(quick)
    return True


words = st.sampled_from(
    [
        "a",
        "exists",
        "tcp:22",
        "http://x/: y",
        "/etc/hosts",
        "it's",
        "0644",
        "-x",
        "- y",
        "a #b",
        "a: b",
        "~",
        "é",
    ]
) | st.text("ab:#-'\"[]{},&*!|>%@ \\/.\n\t", max_size=6)
scalars = st.one_of(
    words,
    words.map(lambda word: "'" + word.replace("'", "''") + "'"),
    words.map(lambda word: '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'),
    st.sampled_from(
        ["[]", "{}", "[a, 'b c', 1.2]", "{gt: 5}", "[a, [b]]", "|", "|-", "", " ", "# c", "&a b", "*a"]
    ),
)


@st.composite
def blocks(draw: st.DrawFn, depth: int = 0) -> list[str]:
    """Lines of a mapping or a list."""
    lines: list[str] = []
    is_list = draw(st.booleans()) and depth > 0
    for _ in range(draw(st.integers(1, 3))):
        start = "- " if is_list else f"{draw(scalars)}:"
        kind = draw(st.sampled_from(["scalar", "scalar", "block", "literal", "comment"]))
        if kind == "block" and depth < 3 and not is_list:
            inner = draw(blocks(depth + 1))
            shift = " " * draw(st.sampled_from([2, 2, 2, 0, 4, 1]))
            lines += [start, *(shift + line for line in inner)]
        elif kind == "literal" and not is_list:
            text = draw(st.lists(words, min_size=1, max_size=3))
            lines += [
                f"{start} |{draw(st.sampled_from(['', '-', '+', '2']))}",
                *(f"  {line}" for line in text),
            ]
        elif kind == "comment":
            lines += [draw(st.sampled_from(["# c", "  # c", "", "   "])), f"{start} x"]
        else:
            lines.append(f"{start} {draw(scalars)}")
    return lines


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A usual text in which a few places were changed."""
    text = draw(st.sampled_from([USUAL, "\n".join(draw(blocks()))]))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 3)))
        text = text[:start] + draw(words) + text[end:]
    return text


@given(blocks().map("\n".join))
def test_what_it_takes_the_general_reader_reads_the_same(text: str) -> None:
    agrees(text)
    agrees(text + "\n")


@given(mutated())
def test_so_it_does_after_a_slip_of_the_keyboard(text: str) -> None:
    agrees(text)


def test_it_takes_what_is_usual() -> None:
    assert agrees(USUAL)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x b\n",
        "a: *x\n",
        "a: !x b\n",
        "a: >\n  b\n",
        "a:\n  b\n",
        "a: b\n  c\n",
        "a: b: c\n",
        "? a\n: b\n",
        "<<: {a: b}\n",
        "a: [b, [c]]\n",
        "a: {b: c, d: e}\n",
        "a: 'b\n  c'\n",
        "a:\tb\n",
        "a: b\n---\nc: d\n",
        "a: b\n...\n",
        "- - a\n",
        "- a: b\n",
        "a: b\r\n",
        "a: b\x85c: d\n",
        "a",
        f"{'k' * 600}: a\n",
        "\n".join(" " * level + "a:" for level in range(102)),
    ],
)
def test_it_declines_what_it_is_not_sure_of(text: str) -> None:
    assert outline(text) is None


def test_it_reads_the_specs_of_the_sample() -> None:
    specs = [file.step.goss_spec for file in files(ROOT / "sample-workshop") if file.step.goss_spec]
    assert len(specs) >= 9
    assert all(agrees(spec) for spec in specs)


def test_it_reads_real_specs_as_the_general_reader_does(corpus_database: Path) -> None:
    contents = read_database(str(corpus_database)).contents
    assert contents is not None
    for workshop in contents.workshops:
        for step in workshop.steps:
            agrees(step.goss_spec or "")


def files(folder: Path) -> Any:
    return read_tree(directory_tree(str(folder)), with_state=False).workshops[0].steps

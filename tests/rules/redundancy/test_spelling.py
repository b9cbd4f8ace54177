"""Texts that are other texts than they seem to be: folded, cut off, lost in comments (NAV-23 to NAV-26)."""

from __future__ import annotations

import time

import pytest

from tests.rules.course import HEADER, files, found, places
from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.layout.files import STEP
from yamlsync.problems import Problem
from yamlsync.rules.redundancy.folding import folds


def problems(more: str) -> tuple[Problem, ...]:
    """What is found in a step whose fourth line is the first of `more`."""
    return found(files({"one": "", "two": more, "three": ""}))


@pytest.mark.parametrize(
    ("more", "line", "column", "end", "said"),
    [
        ("markdown: >\n  # A\n  b\n", 4, 11, 12, "line 6 is joined"),
        ("markdown: >-\n  a\n  - b\n", 4, 11, 12, "line 6 is joined"),
        ("markdown: >2\n    a\n  b\n  > c\n", 4, 11, 12, "line 7 is joined"),
        ("markdown: >\n  ```\n  ls\n  ```\n", 4, 11, 12, "line 6 is joined"),
        ("markdown: >\n  a\n\n  | a |\n  | - |\n", 4, 11, 12, "line 8 is joined"),
        ("markdown: >\n  7. a\n  8. b\n", 4, 11, 12, "line 6 is joined"),
        ("markdown: >\n  Title\n  =====\n", 4, 11, 12, "line 6 is joined"),
        ("markdown: a\n  - b\n", 4, 11, 12, "line 5 is joined"),
        ("markdown:\n  a\n\n  b\n  * c\n", 5, 3, 4, "line 8 is joined"),
        ("markdown: 'a\n\n  b\n\n      c'\n", 4, 11, 13, "line 8 loses its indentation"),
        ('markdown: "a\n  # b"\n', 4, 11, 13, "line 5 is joined"),
        ("goss_spec: >\n  file: {}\n  port: {}\n", 4, 12, 13, "line 6 is joined"),
        ("goss_spec: 'file:\n  /a: {exists: true}'\n", 4, 12, 18, "line 5 is joined"),
        ("metadata:\n  solve: >\n    cd /a\n    ls\n", 5, 10, 11, "line 7 is joined"),
        ("metadata:\n  solve: cd /a\n    ls\n", 5, 10, 15, "line 6 is joined"),
        ("metadata:\n  explain: >\n    a\n    # b\n", 5, 12, 13, "line 7 is joined"),
        ('{"x": 1}\n'.replace('{"x": 1}', '"markdown" : "a\n  - b"'), 4, 14, 16, "line 5 is joined"),
    ],
)
def test_a_text_whose_lines_are_lost_is_told_where_the_bar_belongs(
    more: str, line: int, column: int, end: int, said: str
) -> None:
    told = problems(more)
    assert places(told) == [("YS304", "steps/two.yaml", line, column, end)]
    assert said in told[0].message
    assert "write |" in (told[0].help or "")


@pytest.mark.parametrize(
    "more",
    [
        "markdown: >\n  A long sentence\n  that goes on, 1. and # and - so.\n\n  One\n  more.\n",
        "markdown: >\n  a\n\n    # deeper lines\n    - stay lines\n\n  b\n",
        "markdown: >\n  In the year\n  2026. It was so.\n",
        "markdown: A plain sentence\n  that goes on\n  and on.\n",
        "markdown: 'In quotes\n\n  two paragraphs.'\n",
        'markdown: "\\\n  # a\\n\\\n  - b\\n\\\n  "\n',
        "markdown: |\n  # a\n  - b\n",
        "goss_spec: >\n  file:\n    /a:\n      exists: true\n",
        "metadata:\n  hint.1: >\n    a\n    - b\n  solve: |\n    a\n    b\n",
        "metadata:\n  solve: one command\nmarkdown: >\n  one line\n",
        "markdown: |\n  x\n\n  markdown: >\n    # a\n    b\nmetadata:\n  solve: |\n    x\n",
    ],
)
def test_prose_may_be_folded_and_lines_behind_a_bar_are_lines(more: str) -> None:
    assert problems(more) == ()


def test_a_comment_says_that_a_text_is_meant_so() -> None:
    assert problems("# yamlsync: ignore YS304\nmarkdown: >\n  # A\n  b\n") == ()


def test_long_folded_texts_are_looked_at_in_their_length() -> None:
    for line in ("  a\n", "  - a\n", "\n", "  a\n\n", "       a\n"):
        data = b"id: a\nimage_tag: i\ntitle: t\nmarkdown: >\n  a\n" + line.encode() * 20_000 + b"  a\n"
        block = read("steps/a.yaml", data, STEP)
        assert isinstance(block, Block)
        start = time.perf_counter()
        folds("steps/a.yaml", data, block)
        assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("more", "line", "column", "end"),
    [
        ("metadata:\n  note: C # sharp\n", 5, 11, 18),
        ("metadata:\n  note: two\n    lines  # sharp \n", 6, 12, 19),
        ("metadata: {note: a # b\n  }\n", 4, 20, 23),
    ],
)
def test_a_text_that_a_comment_cuts_off_is_a_hint(more: str, line: int, column: int, end: int) -> None:
    told = problems(more)
    assert places(told) == [("YS305", "steps/two.yaml", line, column, end)]
    assert told[0].severity == "hint"


def test_titles_and_names_may_be_cut_off_too() -> None:
    tree = files({"one": ""}, HEADER.replace("A course", "Course #1"))
    tree["steps/one.yaml"] = tree["steps/one.yaml"].replace(b"Step one", b"Issue #1 and C # sharp")
    assert places(found(tree)) == [
        ("YS305", "steps/one.yaml", 2, 14, 30),
        ("YS305", "workshop.yaml", 3, 14, 16),
    ]


@pytest.mark.parametrize(
    "more",
    [
        "metadata:\n  note: 'a' # b\n",
        'metadata:\n  note: "a # b"\n',
        "metadata:\n  # b\n  note: a\n",
        "metadata:\n  note: a#b\n",
        "metadata: # b\n  note: a\n",
        "metadata:\n  difficulty: easy # b\n  duration: 20m # b\n",
        "metadata:\n  note: | # b\n    a\n",
        "position: 20 # b\n",
    ],
)
def test_whole_texts_with_comments_are_let_be(more: str) -> None:
    assert problems(more) == ()


@pytest.mark.parametrize(
    ("more", "line", "column", "end"),
    [
        ("markdown: |\n# Merge\n", 5, 1, 8),
        ("markdown: |\n\n  # merge it\n# b\n".replace("  # merge", "# merge"), 6, 1, 11),
        ("markdown: |\n# Merge\nposition: 20\n", 5, 1, 8),
        ("markdown: |\n  # Merge\n\n  Text.\n\n## two\n\n# Three\n", 9, 1, 7),
        ("markdown: |\n  Text.\n # Merge it\n", 6, 2, 12),
        ("markdown: | # Merge\n  Text.\n", 4, 13, 20),
        ("markdown:\n  # Merge\n  Text.\n", 5, 3, 10),
    ],
)
def test_a_heading_that_is_a_comment_is_told_at_the_comment(
    more: str, line: int, column: int, end: int
) -> None:
    assert places(problems(more)) == [("YS306", "steps/two.yaml", line, column, end)]


@pytest.mark.parametrize(
    "more",
    [
        "markdown: |\n  Text.\n# This is the end.\n",
        "markdown: |\n  Text.\n# at the end\n",
        "markdown: |\n  Text.\n# TODO write more\n",
        "markdown: |\n  Text.\n#no heading\n# -----\n#\n",
        "markdown: |\n  Text.\n# Why it comes late\nposition: 20\n",
        "# Why it is so\nmarkdown: |\n  Text.\n",
        "markdown: | # a comment\n  Text.\n",
        "markdown: Text.\n# At the end\n".replace("At", "at"),
        "position: 20\n# Merge\n",
    ],
)
def test_comments_that_are_meant_are_let_be(more: str) -> None:
    assert problems(more) == ()


@pytest.mark.parametrize(
    ("more", "key", "line", "column"),
    [
        ("navigation:\n  next:\n", "next", 5, 3),
        ("navigation:\n  next: # nothing\n", "next", 5, 3),
        ("navigation:\n  prev:\nmarkdown: Text.\n", "prev", 5, 3),
        ("navigation: {next: , prev: null}\n", "next", 4, 14),
    ],
)
def test_nothing_behind_a_link_is_told(more: str, key: str, line: int, column: int) -> None:
    told = found(files({"one": "", "two": more, "three": ""}), "YS307")
    assert places(told) == [("YS307", "steps/two.yaml", line, column, column + 4)]
    assert told[0].help is not None
    assert told[0].help.startswith("write null if the course is to ")


@pytest.mark.parametrize("null", ["null", "~", "NULL", "Null # why"])
def test_a_written_null_is_meant(null: str) -> None:
    assert found(files({"one": "", "two": f"navigation:\n  next: {null}\n", "three": ""}), "YS307") == ()


def test_nothing_where_the_order_says_nothing_is_told_as_redundant() -> None:
    tree = files({"one": "navigation:\n  prev:\n", "two": "navigation:\n  next:\n"})
    assert [problem.code for problem in found(tree)] == ["YS301", "YS301"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("metadata:\n  duration: 10\n", "YS731"),
        ("metadata:\n  optional: yes\n", "YS731"),
        ("metadata:\n  difficulty: 1\n", "YS731"),
        ("metadata:\n  optional: true\n", "YS303"),
    ],
)
def test_a_value_in_another_form_is_told_once(more: str, code: str) -> None:
    assert [problem.code for problem in problems(more)] == [code]


def test_a_date_that_is_none_is_told_once_and_help_is_yaml() -> None:
    def told(date: str) -> list[tuple[str, str | None]]:
        tree = files({"one": ""}, HEADER.replace('"2026-01-15T09:30:00Z"', date))
        return [(problem.code, problem.help) for problem in found(tree)]

    assert [code for code, _ in told("2026-13-01")] == ["YS735"]
    assert [code for code, _ in told('2026-11-24T09:52:54Z"')] == ["YS735"]
    assert told("2026-11-24") == [("YS303", 'put it in quotes: "2026-11-24"')]
    quoted = problems('metadata:\n  note: 2026-01-15 9"\n')
    assert quoted[0].help == "put it in quotes: '2026-01-15 9\"'"


@pytest.mark.parametrize("more", ['markdown: ""\n', "markdown: |\n\n", 'markdown: " \\n"\n'])
def test_a_blank_text_is_told(more: str) -> None:
    assert [(each.code, each.message) for each in problems(more)] == [
        ("YS718", "the text of the step is blank")
    ]


def test_a_step_without_a_text_is_told_where_most_others_have_one() -> None:
    text = "markdown: Text.\n"
    tree = files({"one": text, "two": "", "three": text})
    assert places(found(tree)) == [("YS718", "steps/two.yaml", 1, 1, 3)]
    assert found(files({"one": text, "two": ""})) == ()
    assert found(files({"one": "", "two": ""})) == ()

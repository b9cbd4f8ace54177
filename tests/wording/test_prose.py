"""What each line of a Markdown text is, held against a whole parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.wording.texts import markdown_of_the_corpus
from yamlsync.wording.prose import Block, Kind, blocks

LINES = st.lists(
    st.sampled_from(
        [
            "text", "more text", "", "", "```", "```sh", "~~~", "   ```", "  ```", "````", "# H", "## H ##",
            "- item", "  - sub", "1. one", "   cont", "> quote", "> ```", "===", "---", "***", "- ```", "#no",
            "`` ` ``",
        ]
    ),
    max_size=9,
)  # fmt: skip
OURS = {"fence": "fence", "heading_open": "heading"}


def kinds(text: str) -> list[Kind]:
    return [block.kind for block in blocks(text.split("\n"))]


def parsed(text: str) -> list[str]:
    """Which lines are in a fence or a heading, as markdown-it-py says."""
    found = [""] * (text.count("\n") + 1)
    for token in MarkdownIt("commonmark").parse(text):
        if token.map and token.type in OURS:
            for number in range(*token.map):
                found[number] = OURS[token.type]
    return found


def scanned(text: str) -> list[str]:
    words = {"fence": "fence", "code": "fence", "heading": "heading"}
    return [words.get(kind, "") for kind in kinds(text)]


@given(LINES)
def test_fences_and_headings_are_those_of_a_parser(lines: list[str]) -> None:
    text = "\n".join(lines)
    # A parser does not say which blank lines end an open fence.
    expected = [
        kind if line.strip(" >") else "" for kind, line in zip(parsed(text), lines or [""], strict=True)
    ]
    actual = [
        kind if line.strip(" >") else "" for kind, line in zip(scanned(text), lines or [""], strict=True)
    ]
    assert expected == actual


def test_fences_and_headings_of_real_texts_are_those_of_a_parser() -> None:
    texts = markdown_of_the_corpus()
    if not texts:
        pytest.skip("the corpus is missing")
    for text in texts:
        plain = text.replace("{{execute}}", "").replace("{{exec}}", "").replace("{{copy}}", "")
        lines = plain.split("\n")
        for number, (expected, actual) in enumerate(zip(parsed(plain), scanned(text), strict=True)):
            assert expected == actual or not lines[number].strip(), lines[max(number - 3, 0) : number + 2]


def test_lines_are_told_apart() -> None:
    text = (
        "# Title ##\n\nText\n\n- one\n- two\n  more\n\n> said\n\na | b\n--|--\n1 | 2\n\n***\n\n"
        "<details>\nx\n</details>\n\n    code\n\nUnder\n====="
    )
    expected: list[Kind] = [
        "heading", "blank", "prose", "blank", "list", "list", "list", "blank", "quote", "blank",
        "table", "table", "table", "blank", "rule", "blank", "html", "html", "html", "blank",
        "code", "blank", "heading", "heading",
    ]  # fmt: skip
    assert expected == kinds(text)


def test_a_fence_tells_its_language_on_each_line() -> None:
    expected = (Block("fence", "sh x"), Block("code", "sh x"), Block("code", "sh x"), Block("fence", "sh x"))
    assert expected == blocks(["``` sh x", "# no heading", "", "```"])


def test_a_heading_tells_its_title_and_level() -> None:
    expected = (Block("heading", "Create the pod", 2), Block("heading", "C#", 1), Block("heading", "", 1))
    assert expected == blocks(["## Create the pod ##", "# C#", "#"])


def test_a_fence_in_a_list_ends_with_the_list() -> None:
    assert kinds("1. one\n\n   ```\n   code\n\ntext") == ["list", "blank", "fence", "code", "code", "prose"]


def test_an_action_behind_a_closing_mark_is_no_text() -> None:
    assert kinds("```sh\nls\n```{{exec}}\ntext") == ["fence", "code", "fence", "prose"]

"""The summary of a step: counts, a table, and nothing of an author's that Markdown would act on (CHK-53)."""

from __future__ import annotations

import re

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.reporters.odd import ODD, problems
from yamlsync.printable import printable
from yamlsync.problems import Problem
from yamlsync.reporters.summary import MOST, summarise

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def cells(page: str) -> list[list[str]]:
    """The rows of the page's only table as they are shown, without the heading; all else is plain words."""
    rows: list[list[str]] = []
    for token in MARKDOWN.parse(page):
        if token.type == "tr_open":
            rows.append([])
        if token.type == "inline" and rows:
            kinds = {child.type for child in token.children or []}
            assert kinds <= {"text", "text_special", "html_inline"}, kinds
            tags = {child.content for child in token.children or [] if child.type == "html_inline"}
            assert tags <= {"<code>", "</code>", "<!-- -->"}, tags
            shown = [child.content for child in token.children or [] if child.type != "html_inline"]
            rows[-1].append("".join(shown))
    return rows[1:]


def test_the_counts_stand_first_and_each_finding_is_a_row() -> None:
    page = summarise((ODD[0], ODD[2], ODD[9], ODD[10]))
    assert page.split("\n")[:4] == ["", "### yamlsync check", "", "1 error, 2 warnings, 1 hint"]
    assert cells(page) == [
        ["YS204", "error", "steps/a.yaml:3:28", 'names step "onne"', 'did you mean "one"?'],
        ["YS716", "warning", "steps/a.yaml:4:11", "over several lines", ""],
        ["YS301", "warning", "b.yaml:7:3", "next says nothing new", "delete it"],
        ["YS601", "hint", "b.yaml:8:1", "[a](http://example.org) @octocat #1", "<b>"],
    ]


def test_nothing_found_is_said_without_a_table() -> None:
    assert summarise(()) == "\n### yamlsync check\n\nNothing to find fault with.\n"


def test_no_mention_no_address_and_no_link_is_left_for_a_filter_to_find() -> None:
    evil = "@octocat me@example.org www.example.org https://example.org [a](b) ![i](j) #1 :smile: $x$"
    page = summarise((evolve(ODD[0], message=evil),))
    row = page.split("\n")[-2]
    assert "@" not in row
    assert "&#64;<!-- -->octocat" in row
    assert not re.search(r"www\.|://|\]\(|:[a-z]|#[0-9]+(?!;|[0-9])", row)


def test_a_long_text_is_cut() -> None:
    (row,) = cells(summarise((evolve(ODD[0], message="x" * 10_000),)))
    assert row[3] == "x" * 499 + "\u2026"


def test_a_page_ends_before_it_is_too_large_and_says_what_is_left_out() -> None:
    many = tuple(evolve(ODD[0], message=f"number {number}") for number in range(10_000))
    page = summarise(many)
    told = len(cells(page))
    assert 500 < told < 10_000
    assert len(page.encode()) < MOST + 100 < 1 << 18
    assert page.endswith(f"\n\n{10_000 - told} more are left out here; the log has all.\n")


@given(st.lists(problems, min_size=1, max_size=4))
def test_every_text_is_shown_as_it_prints(found: list[Problem]) -> None:
    rows = cells(summarise(tuple(found)))
    assert len(rows) == len(found)
    for row, problem in zip(rows, found, strict=True):
        code, severity, *texts = row
        assert (code, severity) == (problem.code, problem.severity)
        wanted = [str(problem.place), problem.message, problem.help or ""]
        assert list(map(unspaced, texts)) == [unspaced(printable(text)) for text in wanted]


def unspaced(text: str) -> str:
    """A text as it is compared: blanks at the ends of a cell are lost."""
    return text.replace(" ", "")

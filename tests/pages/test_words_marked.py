"""Marks around words that were deleted and inserted (PRE-30 to PRE-35)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pages.outline import outline
from yamlsync.pages.markdown import code, plain, render
from yamlsync.pages.seen import seen
from yamlsync.pages.words_marked import mark_words

_MARK = re.compile(r"<(?:ins|del)(?: class=\"[a-z]+\")?>|</(?:ins|del)>")
_TOLD = re.compile(
    r'<(ins|del) class="(?:target|sign)">[^<]*</\1>'
    r'|<span class="target">(?:[^<]|</?(?:ins|del)[^<>]*>)*</span>'
)

_TEXTS = st.lists(
    st.sampled_from(
        [
            "a pod",
            " is",
            " **small**",
            " `ls`",
            "\n\n",
            "# ",
            "- ",
            " [x](http://a.example/1)",
            " é&<",
            "```\nb: c\n```\n",
            " [x](http://a.example/2)",
            "![p](q.png)",
            "> ",
            "\n",
            " 日本語",
            "  \n",
            "    ",
            "  - ",
            "<p>",
            "<http://a.example/3>",
            ", ",
            ".",
            "|a|b|\n|-|-|\n|c|d|\n",
        ]
    ),
    max_size=25,
).map("".join)


def unmarked(html: str) -> str:
    return _MARK.sub("", _TOLD.sub("", html))


@settings(max_examples=60)
@given(_TEXTS, _TEXTS)
def test_without_the_marks_both_are_as_they_were(old: str, new: str) -> None:
    before, after = render(old), render(new)
    marked = mark_words(before, after)
    assert (unmarked(marked.before), unmarked(marked.after)) == (before, after)
    assert "<ins" not in marked.before
    assert "<del" not in marked.after


@settings(max_examples=60)
@given(_TEXTS, _TEXTS)
def test_marks_stand_around_text_only(old: str, new: str) -> None:
    marked = mark_words(render(old), render(new))
    for html, tag in ((marked.before, "del"), (marked.after, "ins")):
        assert outline(html).strangers() == []
        for inside in re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL):
            assert "<" not in inside
            assert inside


@given(_TEXTS)
def test_what_is_equal_has_no_marks(text: str) -> None:
    marked = mark_words(render(text), render(text))
    assert (marked.before, marked.after, marked.visible) == (render(text), render(text), False)


def marks(old: str, new: str) -> tuple[str, str]:
    marked = mark_words(render(old), render(new))
    return str(marked.before).strip(), str(marked.after).strip()


def test_words_are_marked_with_the_blanks_between_them() -> None:
    assert marks("A pod is the thing that runs.", "A pod is a group which runs.") == (
        "<p>A pod is <del>the thing that</del> runs.</p>",
        "<p>A pod is <ins>a group which</ins> runs.</p>",
    )


def test_a_word_in_another_dress_is_another_word() -> None:
    assert marks("a pod", "a **pod**") == (
        "<p>a <del>pod</del></p>",
        "<p>a <strong><ins>pod</ins></strong></p>",
    )


def test_a_link_that_changed_its_target_alone_is_told() -> None:
    rel = 'rel="noopener noreferrer nofollow"'
    assert marks("[x](http://a.example/?a&b)", "[x](http://a.example/2)") == (
        (
            f'<p><a href="http://a.example/?a&amp;b" {rel}>x</a>'
            '<span class="target"> (http://a.example/<del>?a&amp;b</del>)</span></p>'
        ),
        (
            f'<p><a href="http://a.example/2" {rel}>x</a>'
            '<span class="target"> (http://a.example/<ins>2</ins>)</span></p>'
        ),
    )


def test_words_that_are_no_link_any_more_are_marked_with_their_target() -> None:
    before, after = marks("see [x](http://a.example/1) now", "see x now")
    assert '<del>x</del></a><del class="target"> (http://a.example/1)</del> now' in before
    assert after == "<p>see x now</p>"


def test_an_address_that_is_shown_is_marked_where_it_stands() -> None:
    before, after = marks("<http://a.example/1>", "<http://a.example/2>")
    assert ">http://a.example/<del>1</del></a></p>" in before
    assert ">http://a.example/<ins>2</ins></a></p>" in after


def test_in_code_blanks_count() -> None:
    marked = mark_words(code("a:\n  b\n", ""), code("a:\n    b\n", ""))
    assert '<del class="blank">  </del>b' in marked.before
    assert '<ins class="blank">    </ins>b' in marked.after


def test_what_is_not_seen_is_not_marked() -> None:
    assert not mark_words(render("- a\n- b"), render("* a\n* b\n\n\n")).visible


@given(_TEXTS, _TEXTS)
def test_a_difference_is_visible_where_a_browser_shows_one_and_nowhere_else(old: str, new: str) -> None:
    before, after = render(old), render(new)
    marked = mark_words(before, after)
    assert marked.visible == (seen(before) != seen(after))
    assert marked.visible or not marked.kinds


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("Two.  \nOne", "Two.\nOne", ["a line break"]),
        ("- a\n  - b", "- a\n- b", ["the nesting of a list"]),
        ("```\na:\n  b: c\n```", "```\na:\n    b: c\n```", ["the indentation in code"]),
        ("```\na: b\n```", "```\na:  b\n```", ["white space in code"]),
        ("```\na\n```", "```\na\n\n```", ["white space in code"]),
        ("a *b*", "a **b**", ["the style of words, such as bold or code"]),
        ("[x](http://a.example/1)", "[x](http://a.example/2)", ["where a link leads"]),
        ("- a\n- b", "- a\n\n- b", ["the spacing of a list"]),
        ("3. a", "4. a", ["the numbers of a list"]),
        ("|a|\n|-|\n|b|", "|a|\n|-:|\n|b|", ["the alignment of a table"]),
        ("- a\n- b", "- a\n  b", ["where an item, a paragraph or the like begins"]),
        ("well-known", "well - known", ["white space between words"]),
        ('[x](http://a.example "y")', '[x](http://a.example "z")', ["the layout"]),
        ("a *b*  \nc", "a b\nc", ["a line break", "the style of words, such as bold or code"]),
        ("a pod", "a *node*", []),
    ],
)
def test_what_differs_besides_words_is_told(old: str, new: str, kinds: list[str]) -> None:
    marked = mark_words(render(old), render(new))
    assert (marked.visible, list(marked.kinds)) == (True, kinds)
    back = mark_words(render(new), render(old))
    assert (back.visible, back.kinds) == (True, marked.kinds)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb", "a b"),
        ("- a\n- b", "* a\n* b\n\n\n"),
        ("*a*", "_a_"),
        ("# A", "A\n="),
        ("```\na\n```", "~~~\na\n~~~"),
        ("1. a\n2. b", "1. a\n1. b"),
        ("a\\\nb", "a  \nb"),
        ("> a\nb", "> a\n> b"),
    ],
)
def test_what_only_who_types_sees_is_no_difference(old: str, new: str) -> None:
    marked = mark_words(render(old), render(new))
    assert (marked.visible, marked.kinds) == (False, ())
    assert (marked.before, marked.after) == (render(old), render(new))


def test_what_has_no_letters_is_marked_by_a_sign() -> None:
    assert marks("Two.  \nOne", "Two.\nOne") == (
        '<p>Two.<del class="sign">↵</del><br>\nOne</p>',
        "<p>Two.\nOne</p>",
    )
    assert '<li><del class="sign">¶</del>b</li>' in marks("- a\n- b", "- a\n  b")[0]
    assert marks("well-known", "well - known")[1] == (
        '<p>well<ins class="blank"> </ins>-<ins class="blank"> </ins>known</p>'
    )
    assert '\n<ins class="end">\n</ins>b' in marks("```\na\nb\n```", "```\na\n\nb\n```")[1]


def test_long_texts_are_marked_and_very_long_ones_told() -> None:
    some = plain("word " * 30_000)
    assert mark_words(some, plain("word " * 30_000 + "more")).visible
    most = plain("word " * 120_000)
    marked = mark_words(most, plain("other " * 120_000))
    assert marked.note == "These texts are too long to have their words compared."
    assert marked.before == most

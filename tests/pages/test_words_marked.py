"""Marks around words that were deleted and inserted (PRE-30 to PRE-34)."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pages.outline import outline
from yamlsync.pages.markdown import code, plain, render
from yamlsync.pages.words_marked import mark_words

_MARK = re.compile(r"<(?:ins|del)(?: class=\"target\")?>|</(?:ins|del)>")
_TOLD = re.compile(r'<(ins|del) class="target">[^<]*</\1>')

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
            ", ",
            ".",
            "|a|b|\n|-|-|\n|c|d|\n",
        ]
    ),
    max_size=25,
).map("".join)


def unmarked(html: str) -> str:
    return _MARK.sub("", _TOLD.sub("", html))


@settings(max_examples=300)
@given(_TEXTS, _TEXTS)
def test_without_the_marks_both_are_as_they_were(old: str, new: str) -> None:
    before, after = render(old), render(new)
    marked = mark_words(before, after)
    assert (unmarked(marked.before), unmarked(marked.after)) == (before, after)
    assert "<ins" not in marked.before
    assert "<del" not in marked.after


@settings(max_examples=300)
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
            f'<p><a href="http://a.example/?a&amp;b" {rel}><del>x</del></a>'
            '<del class="target"> (http://a.example/?a&amp;b)</del></p>'
        ),
        (
            f'<p><a href="http://a.example/2" {rel}><ins>x</ins></a>'
            '<ins class="target"> (http://a.example/2)</ins></p>'
        ),
    )


def test_in_code_blanks_count() -> None:
    marked = mark_words(code("a:\n  b\n", ""), code("a:\n    b\n", ""))
    assert "<del>  </del>b" in marked.before
    assert "<ins>    </ins>b" in marked.after


def test_what_is_not_seen_is_not_marked() -> None:
    assert not mark_words(render("- a\n- b"), render("* a\n* b\n\n\n")).visible


def test_long_texts_are_marked_and_very_long_ones_told() -> None:
    some = plain("word " * 30_000)
    assert mark_words(some, plain("word " * 30_000 + "more")).visible
    most = plain("word " * 120_000)
    marked = mark_words(most, plain("other " * 120_000))
    assert marked.note == "These texts are too long to have their words compared."
    assert marked.before == most

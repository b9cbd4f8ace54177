"""Whole pages: their policy, their style, and what stands between backticks (PRE-45)."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.acceptance.command import course
from tests.pages.outline import outline
from yamlsync.errors import OperationError
from yamlsync.in_words.typed import typed
from yamlsync.pages import extra
from yamlsync.pages.ticks import ticks
from yamlsync.preview import preview_page, problem_page


def _sha(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_allows_the_pages_own_style_and_nothing_else() -> None:
    page = preview_page(course())
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    policies = [value for tag, name, value in outline(page).attributes if value.startswith("default-src")]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{_sha(style[1])}'; img-src data:; "  # noqa: ISC004
        "base-uri 'none'; form-action 'none'"
    ]
    assert "<script" not in page
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_the_same_course_gives_the_same_page() -> None:
    assert preview_page(course()) == preview_page(course())


def test_a_page_of_problems_shows_them_as_they_are() -> None:
    assert "&lt;b&gt; is wrong" in problem_page("1 problem", "<b> is wrong")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name == "nh3" else object())
    with pytest.raises(OperationError) as raised:
        extra.require_html("preview")
    assert raised.value.message == "preview needs nh3, which is not installed"
    assert raised.value.help == "install the extra: pip install 'yamlsync[html]'"


def test_what_was_cut_within_what_is_typed_is_told_apart_as_well() -> None:
    assert ticks("a line matches `/^x/`, `/^<…") == ("a line matches <code>/^x/</code>, <code>/^&lt;…</code>")
    assert ticks("a `b` and so on…") == "a <code>b</code> and so on…"
    assert ticks("one ` alone") == "one ` alone"


@given(st.text(min_size=1))
def test_what_is_typed_is_told_apart_whole(text: str) -> None:
    html = ticks(f"the command {typed(text)} ends")
    match = re.fullmatch(r"the command <code>(.*)</code> ends", html, re.DOTALL)
    assert match is not None
    assert unescape(match[1]) == text

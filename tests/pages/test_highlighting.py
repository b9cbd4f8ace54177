"""Colours for code lose no character and take no long time (PRE-25)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from yamlsync.pages.highlighting import _LANGUAGES, highlighted

_HARD = ("\n", "a\n", " \n", "@", '"\\', "$(", "//", "<!--", "a=", "'")


@given(st.sampled_from([*_LANGUAGES, "BASH", "unknown", ""]), st.text(max_size=200))
def test_what_is_coloured_reads_as_before(language: str, text: str) -> None:
    assert Markup(highlighted(text, language)).striptags().split() == Markup.escape(text).striptags().split()


def test_yaml_has_colours() -> None:
    assert highlighted("a: 'b' # c", "yml") == (
        '<span class="hl-keyword">a</span>: <span class="hl-string">&#39;</span>'
        '<span class="hl-string">b</span>'
        '<span class="hl-string">&#39;</span> <span class="hl-comment"># c</span>'
    )


@pytest.mark.parametrize("language", sorted(set(_LANGUAGES.values())))
def test_code_that_wants_to_take_long_does_not(language: str) -> None:
    start = time.process_time()
    for pattern in _HARD:
        highlighted((pattern * 8_000)[:8_000], language)
        line = (pattern * 200)[:200].replace("\n", " ")
        highlighted((f"{line}\n" * 100)[:8_000], language)
    assert time.process_time() - start < 30

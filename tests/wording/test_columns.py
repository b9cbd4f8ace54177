"""Columns of a terminal: what is wide is counted as wide, nothing is cut in two, nothing acts on one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wording.texts import TEXTS
from yamlsync.wording.columns import expanded, safe, truncated, width, wrapped
from yamlsync.wording.graphemes import graphemes

ANY = TEXTS | st.text()
SHOWN = ANY.map(safe)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("pod", 3), ("", 0), ("中文", 4), ("한글", 4), ("\uff46\uff55", 4), ("ｱ", 1), ("กำ", 1), ("é…“", 3),
        ("e\u0301", 1), ("👩‍💻", 2), ("🏳️‍🌈", 2), ("🇩🇪", 2), ("👍🏽", 2), ("❤️", 2), ("1\ufe0f\u20e3", 2),
        ("क्षि", 2),
    ],
)  # fmt: skip
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u00a0b", "a\\xa0b"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("a\tb", "a\\tb"),
        ("a\u3164b", "a\\u3164b"),
        ("x\u200dy", "x\\u200dy"),
        ("👩‍💻 🏳️‍🌈 e\u0301", "👩‍💻 🏳️‍🌈 e\u0301"),
        ("👍\U000e0061\U000e007f", "👍\\U000e0061\\U000e007f"),
    ],
)
def test_what_is_not_seen_or_acts_is_shown_as_an_escape(text: str, expected: str) -> None:
    assert safe(text) == expected


@given(ANY)
def test_nothing_in_a_safe_text_acts_on_a_terminal(text: str) -> None:
    shown = safe(text)
    assert all(character.isprintable() or character == "\u200d" for character in shown)
    assert safe(shown) == shown


@given(SHOWN, SHOWN)
def test_two_texts_are_as_wide_as_both(one: str, other: str) -> None:
    assert width(f"{one} |{other}" if other else one) <= width(one) + width(other) + 2
    assert width(one) == sum(width(character) for character in graphemes(one))


@given(SHOWN, st.integers(0, 20))
def test_a_truncated_text_fits_and_is_the_start_of_it(text: str, columns: int) -> None:
    short = truncated(text, columns)
    assert width(short) <= columns
    if short != text:
        assert width(text) > columns
        start = list(graphemes(short.removesuffix("…")))
        assert start == list(graphemes(text))[: len(start)]


@given(SHOWN, st.integers(2, 20))
def test_the_parts_of_a_wrapped_text_fit_and_are_the_text(text: str, columns: int) -> None:
    parts = wrapped(text, columns)
    assert text == "".join(parts)
    assert all(width(part.rstrip(" ")) <= columns for part in parts)
    assert list(graphemes(text)) == [character for part in parts for character in graphemes(part)]


def test_a_text_is_broken_behind_blanks_where_that_is_possible() -> None:
    assert wrapped("one two three", 8) == ("one two ", "three")
    assert wrapped("onetwothree", 8) == ("onetwoth", "ree")
    assert wrapped("中文字", 4) == ("中文", "字")


def test_tabs_go_to_the_next_stop() -> None:
    assert expanded("a\tb\t\tc", 4) == "a   b       c"
    assert expanded("中\tb", 4) == "中  b"
    assert expanded("\tx", 4, start=3) == " x"


@given(ANY.filter(lambda text: "\t" in text), st.integers(1, 8))
def test_an_expanded_text_has_no_tabs_and_the_same_rest(text: str, tab: int) -> None:
    shown = expanded(text, tab)
    assert "\t" not in shown
    assert shown.replace(" ", "") == text.replace("\t", "").replace(" ", "")

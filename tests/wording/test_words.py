"""Words and characters: what is one for a reader is one here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wording.texts import PAIRS, TEXTS
from yamlsync.wording.graphemes import graphemes
from yamlsync.wording.words import Run, likeness, runs, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Run `ls -l` now.", ["Run", " ", "`", "ls", " ", "-", "l", "`", " ", "now", "."]),
        ("a  b\t\n c", ["a", "  ", "b", "\t\n ", "c"]),
        ("naïve nai\u0308ve", ["naïve", " ", "nai\u0308ve"]),
        ("a\u00a0b", ["a", "\u00a0", "b"]),
        ("a\u200bb", ["a", "\u200b", "b"]),
        ("中文 and กำ", ["中", "文", " ", "and", " ", "กำ"]),
        ("한국어 글", ["한국어", " ", "글"]),
        ("हिन्दी भाषा", ["हिन्दी", " ", "भाषा"]),
        ("👩‍💻🏳️‍🌈🇩🇪🇫🇷👍🏽", ["👩‍💻", "🏳️‍🌈", "🇩🇪", "🇫🇷", "👍🏽"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert expected == words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e\u0301x", ["e\u0301", "x"]),
        ("\r\n\n\r", ["\r\n", "\n", "\r"]),
        ("🇩🇪🇫🇷🇬", ["🇩🇪", "🇫🇷", "🇬"]),
        ("👩‍👩‍👧‍👦!", ["👩‍👩‍👧‍👦", "!"]),
        ("\u1112\u1161\u11ab글", ["\u1112\u1161\u11ab", "글"]),
        ("1\ufe0f\u20e32", ["1\ufe0f\u20e3", "2"]),
        ("\x1b\u0301", ["\x1b", "\u0301"]),
    ],
)
def test_a_text_is_cut_into_characters(text: str, expected: list[str]) -> None:
    assert expected == list(graphemes(text))


@given(TEXTS | st.text())
def test_words_and_characters_are_the_text_and_words_cut_no_character(text: str) -> None:
    found, characters = words(text), list(graphemes(text))
    assert text == "".join(found) == "".join(characters)
    assert characters == [character for word in found for character in graphemes(word)]


@given(PAIRS)
def test_runs_are_the_two_texts_both_ways_round(pair: tuple[str, str]) -> None:
    old, new = pair
    found, others = runs(old, new), runs(new, old)
    assert old == "".join(run.text for run in found if run.act != "inserted")
    assert new == "".join(run.text for run in found if run.act != "deleted")
    kept = [run.text for run in found if run.act == "kept"]
    assert kept == [run.text for run in others if run.act == "kept"]
    assert 0 <= likeness(found) <= 1
    assert likeness(found) == likeness(others)


def test_of_one_change_the_deleted_stands_first_and_blanks_do_not_part_it() -> None:
    expected = (Run("deleted", "old words"), Run("inserted", "new terms"), Run("kept", " here"))
    assert expected == runs("old words here", "new terms here")


def test_what_is_not_seen_says_so() -> None:
    assert [run.is_unseen for run in runs("a b", "a\u00a0b")] == [False, True, True, False]


def test_likeness_is_of_words_and_not_of_blanks() -> None:
    assert likeness(runs("aaaa bb", "aaaa   cc")) == pytest.approx(8 / 12)

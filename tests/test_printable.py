"""Texts made fit to be shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yamlsync.printable import printable, shortened, shown


def test_of_a_long_text_the_beginning_is_shown() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "abc…"
    assert shown("abcd", 3) == '"abc…"'
    assert shown("x" * 100) == f'"{"x" * 80}…"'
    assert shortened("\x1b" * 4, 3) == "\\x1b\\x1b\\x1b…"


@given(st.text())
def test_what_is_shown_prints_and_stays_short(text: str) -> None:
    assert shortened(text, 8).isprintable()
    assert len(shortened(text, 8)) <= 8 * len("\\U00000000") + 1
    assert shortened(text, len(text)) == printable(text)

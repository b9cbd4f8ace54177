"""Where each character of a text stands in any spelling that the format writes or reads on whole lines."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from yamlsync.document import spelling
from yamlsync.document.locating import Locator
from yamlsync.document.model import Block, Entry
from yamlsync.document.render import render
from yamlsync.layout.files import STEP
from yamlsync.problems import Place


def located(spelled: str, offset: int) -> tuple[int | None, ...]:
    locator = Locator("f", f"title: {spelled}\n".encode(), STEP)
    place = locator.place(("title", "="), (offset, offset + 1))
    return place.line, place.column, place.end_line, place.end_column


@given(strategies.texts(40).filter(bool), st.data())
def test_what_stands_at_the_place_of_a_character_spells_it(text: str, data: st.DataObject) -> None:
    file = render(Block((Entry("markdown", text),)), STEP)
    locator = Locator("f", file, STEP)
    offset = data.draw(st.integers(0, len(text) - 1))
    place = locator.place(("markdown", "="), (offset, offset + 1))
    lines = file.decode().split("\n")
    assert place.line is not None
    assert place.column is not None
    assert place.end_column is not None
    shown = lines[place.line - 1][place.column - 1 : place.end_column - 1]
    character = text[offset]
    if shown.startswith("\\"):
        quoted = shown if shown != "\\ " else " "
        assert quoted in (" ", spelling.double_quoted(character)[1:-1], escaped(character))
    elif shown == "''":
        assert character == "'"
    else:
        assert shown == ("" if character == "\n" else character)


def escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


@pytest.mark.parametrize(
    ("spelled", "offset", "place"),
    [
        ('"ab\\u200b b"', 2, (1, 11, 1, 17)),
        ('"ab\\u200b b"', 3, (1, 17, 1, 18)),
        ('"a\\r\\x85b"', 2, (1, 12, 1, 16)),
        ("'it''s'", 2, (1, 11, 1, 13)),
        ("'it''s'", 3, (1, 13, 1, 14)),
        ('"\\\n  one\\n\\\n  two\\\n  "', 4, (3, 3, 3, 4)),
        ("|\n  one\n  two", 4, (3, 3, 3, 4)),
        ("|2\n     one\n  two", 3, (2, 6, 2, 7)),
        ("plain", 2, (1, 10, 1, 11)),
    ],
)
def test_a_range_holds_the_whole_spelling_of_its_characters(
    spelled: str, offset: int, place: tuple[int, ...]
) -> None:
    assert place == located(spelled, offset)


def test_what_lines_were_joined_in_is_told_as_a_whole() -> None:
    whole = Locator("f", b'title: "one\n  two"\n', STEP).place(("title", "="), (5, 6))
    assert Place("f", 1, 8, 2, 7) == whole


@pytest.mark.parametrize("quote", ['"', "'"])
def test_many_findings_in_a_long_text_are_placed_in_no_time(quote: str) -> None:
    start = time.monotonic()
    locator = Locator("f", f"title: {quote}{'x' * 1_000_000}{quote}\n".encode(), STEP)
    for offset in range(999_000, 1_000_000):
        assert locator.place(("title", "="), (offset, offset + 1)).column == offset + 9
    assert time.monotonic() - start < 5

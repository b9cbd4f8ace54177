"""Places: those that are counted in a formatted file are those that the general reader finds."""

from __future__ import annotations

from hypothesis import given

from tests import strategies
from yamlsync.document.canonical import read_formatted
from yamlsync.document.formatted_places import places_of
from yamlsync.document.general import read_general
from yamlsync.document.model import Block
from yamlsync.document.reading import locate
from yamlsync.document.render import render
from yamlsync.layout.files import STEP, shape_of


@given(strategies.files())
def test_counted_places_are_those_that_the_general_reader_finds(file: tuple[str, Block]) -> None:
    path, block = file
    shape = shape_of(path)
    assert shape is not None
    data = render(block, shape)
    formatted = read_formatted(data, shape)
    assert formatted is not None
    assert places_of(path, formatted, shape) == read_general(path, data, shape).places


def test_a_file_that_is_not_formatted_has_its_places_too() -> None:
    data = b"\xef\xbb\xbfimage_tag: i\r\n\r\n\r\nid:   a\r\ntitle: T"
    places = locate("steps/a.yaml", data, STEP)
    assert (places["id",].line, places["id", "="].column) == (4, 7)


def test_a_checkout_with_crlf_has_the_places_of_its_lines() -> None:
    data = b"id: a\r\ntitle: T\r\nimage_tag: i\r\nmarkdown: |\r\n  # T\r\n  \xc3\xa9\r\n"
    place = locate("steps/a.yaml", data, STEP)["markdown", "="]
    assert (place.line, place.column, place.end_line, place.end_column) == (4, 11, 6, 4)

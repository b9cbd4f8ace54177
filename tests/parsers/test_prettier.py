"""Prettier with its defaults leaves formatted files alone, comments and all (YAML-64)."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.parsers.test_javascript import Parse, expected, has_long_key, parse, seen
from tests.respelling import respell
from yamlsync.document.comments import bare, comments
from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.formatting import respell as formatted
from yamlsync.layout.files import shape_of

__all__ = ["parse"]  # The fixture.

_ENDS_IN_BLANKS = re.compile(rb"[ \t]\n(?:\n? *#[^\n]*\n)+\Z")


def rearranges(block: Block, data: bytes) -> bool:
    """The known rest: long keys, and comments at the end behind a literal block that ends in blanks."""
    return has_long_key(block) or _ENDS_IN_BLANKS.search(data) is not None


def assert_left_alone(parse: Parse, path: str, data: bytes) -> None:
    shape = shape_of(path)
    assert shape is not None
    block = read(path, data, shape)
    assert isinstance(block, Block)
    answer = parse(data)
    made = answer.pop("prettier").encode()
    if made != data:
        assert rearranges(block, data), made.decode()
        again = read(path, made, shape)
        assert isinstance(again, Block)
        assert bare(block) == bare(again)
        assert sorted(comments(block)) == sorted(comments(again))
    for parser, value in answer.items():
        assert seen(value, expected(block)) == expected(block), parser


def test_formatted_files_with_comments_anywhere_are_left_alone(parse: Parse) -> None:
    @settings(max_examples=80)
    @given(strategies.files(), st.randoms(use_true_random=True))
    def every_spelling(file: tuple[str, Block], chance: random.Random) -> None:
        path, block = file
        shape = shape_of(path)
        assert shape is not None
        data = formatted(path, respell(bare(block), shape, chance)[0], shape)
        assert isinstance(data, bytes)
        assert_left_alone(parse, path, data)

    every_spelling()


def test_a_blank_line_that_prettier_takes_away_is_none_of_ours(parse: Parse) -> None:
    head = "format: yamlsync/1\nworkspace: w\ncustom:\n  - key: a\n    value: b\n"
    spelled = f"{head}\n  # above\n\n  # the last\n  - key: c\n    value: d\n    # closing\n"
    shape = shape_of("state/w.yaml")
    assert shape is not None
    data = formatted("state/w.yaml", spelled.encode(), shape)
    assert f"{head}\n  # above\n  # the last\n  - key: c\n    value: d\n    # closing\n".encode() == data
    assert_left_alone(parse, "state/w.yaml", data)

"""Ids as file names (LAY-20 to LAY-25)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import strategies
from yamlsync.filenames import LIMIT, file_name

_RESERVED = {"con", "prn", "aux", "nul"}
_RESERVED |= {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("step-1-intro", "step-1-intro"),
        ("01-intro", "01-intro"),
        ("a.b_c", "a.b_c"),
        ("", "%"),
        (".", "%2e"),
        ("..", "%2e%2e"),
        ("a.", "a%2e"),
        ("-a", "%2da"),
        ("A", "!a"),
        ("CON", "!c!o!n"),
        ("con", "%63on"),
        ("con.foo", "%63on.foo"),
        ("conx", "conx"),
        ("a/b", "a%2fb"),
        ("a\\b", "a%5cb"),
        ("É", "%c3%89"),
        ("a\0", "a%00"),
        ("%", "%25"),
        ("!a", "%21a"),
        ("~", "%7e"),
    ],
)
def test_names_are_spelled_as_the_standard_says(id: str, name: str) -> None:
    assert file_name(id) == name


def test_long_names_are_cut_before_an_escape_and_end_in_a_hash() -> None:
    assert file_name("x" * LIMIT) == "x" * LIMIT
    name = file_name("x" * 149 + "É" * 100)
    assert re.fullmatch(r"x{149}%~[0-9a-f]{32}", name)


@given(strategies.ids())
def test_every_file_system_holds_the_name(id: str) -> None:
    name = file_name(id)
    assert 1 <= len(name) <= LIMIT
    assert re.fullmatch(r"[a-z0-9!%~_.-]+", name)
    assert name[0] not in ".-"
    assert name[-1] != "."
    assert name.partition(".")[0] not in _RESERVED


@given(st.lists(strategies.ids(), unique=True, min_size=2, max_size=40))
def test_different_ids_have_different_names_even_without_case(ids: list[str]) -> None:
    assert len({file_name(id).lower() for id in ids}) == len(ids)

"""Rows ⇄ records, strictly (REC-10)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from tests import strategies
from yamlsync.converters import Rows, contents_to_rows, rows_to_contents
from yamlsync.records import Contents


@given(strategies.contents())
def test_records_become_rows_and_rows_become_records(contents: Contents) -> None:
    assert rows_to_contents(contents_to_rows(contents)) == contents


@given(strategies.contents())
def test_the_order_of_rows_does_not_matter(contents: Contents) -> None:
    rows = {name: list(reversed(table)) for name, table in contents_to_rows(contents).items()}
    assert rows_to_contents(rows) == contents


def rows(**changes: list[tuple[Any, ...]]) -> Rows:
    plain: Rows = {
        "workshop": [("w", "Name", "v1", "2026-01-15")],
        "steps": [("s", "w", 1, "Title", None, "img", None)],
        "step_metadata": [("s", "hint.1", "look")],
        "navigation": [("s", None, None, None)],
        "runtime_state": [("u", "s", "active", 1, None)],
        "custom_state": [("u", "k", "v")],
    }
    return plain | changes


def test_the_plain_rows_are_fine() -> None:
    assert rows_to_contents(rows()).workshops[0].steps[0].title == "Title"


@pytest.mark.parametrize(
    "wrong",
    [
        {"workshop": [("w", 12, "v1", "2026")]},
        {"workshop": [("w", "Name", "v1", None)]},
        {"workshop": [("w", "Name", "v1", True)]},
        {"workshop": [("w", "Name", "v1", b"2026")]},
        {"steps": [("s", "w", "1", "Title", None, "img", None)]},
        {"steps": [("s", "w", True, "Title", None, "img", None)]},
        {"steps": [("s", "w", 1.0, "Title", None, "img", None)]},
        {"steps": [("s", "w", 1, True, None, "img", None)]},
        {"steps": [("s", "w", 1, "Title", b"text", "img", None)]},
        {"step_metadata": [("s", "hint.1", 12)]},
        {"step_metadata": [("s", "hint.1", None)]},
        {"navigation": [("s", 12, None, None)]},
        {"runtime_state": [("u", "s", "active", b"1", None)]},
        {"custom_state": [("u", "k", None)]},
    ],
    ids=str,
)
def test_no_value_is_turned_into_another_type(wrong: dict[str, list[tuple[Any, ...]]]) -> None:
    with pytest.raises(TypeError, match="should stand"):
        rows_to_contents(rows(**wrong))

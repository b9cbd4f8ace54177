"""What SQLite does to dates, asked of SQLite itself (SQL-12)."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamlsync.affinity import becomes_integer, becomes_number

_NUMBERISH = st.text(st.sampled_from("0123456789+-.eE \t\n\v\f\rxXaf_\0\xa0\u0661"), max_size=9)


def stored(value: object) -> tuple[str, object]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (d DATETIME)")
        connection.execute("INSERT INTO t VALUES (?)", (value,))
        row: tuple[str, object] = connection.execute("SELECT typeof(d), d FROM t").fetchone()
        return row


@given(_NUMBERISH | st.floats().map(str) | st.integers().map(str))
def test_a_text_becomes_a_number_exactly_when_we_say_so(text: str) -> None:
    assert becomes_number(text) == (stored(text)[0] != "text")


@pytest.mark.parametrize("text", ["12", " 12 ", "1.5", ".5", "5.", "+5", "-0", "1e5", "1E-5", "010", "1e999"])
def test_numbers_in_every_spelling_become_numbers(text: str) -> None:
    assert becomes_number(text)
    assert stored(text)[0] != "text"


def test_a_long_run_of_digits_is_told_in_no_time() -> None:
    start = time.monotonic()
    assert not becomes_number("9" * 1_000_000 + "x")
    assert time.monotonic() - start < 2


@given(st.floats(allow_nan=False) | st.sampled_from([-(2.0**63), 2.0**63, -0.0, 1e15, 2.0**62]))
def test_a_real_becomes_an_integer_exactly_when_we_say_so(value: float) -> None:
    kind, back = stored(value)
    assert becomes_integer(value) == (kind == "integer")
    assert back == value

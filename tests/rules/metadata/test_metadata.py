"""Metadata and facts: forms of values, numbers, near misses, dates (META)."""

from __future__ import annotations

import json
from itertools import product
from string import ascii_lowercase
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.examples import tree_of
from yamlsync.check import check
from yamlsync.problems import Place, Problem
from yamlsync.rules.metadata.keys import wrong_form
from yamlsync.rules.metadata.nearest import meant, within
from yamlsync.rules.selection import Selection
from yamlsync.tree import in_memory


def found(metadata: dict[str, str]) -> list[Problem]:
    lines = "".join(f"  {json.dumps(key)}: {json.dumps(value)}\n" for key, value in metadata.items())
    tree = in_memory(tree_of(f"# steps/two.yaml\nmetadata:\n{lines}"))
    return list(check(tree, Selection(select=("YS73", "YS74"))).problems)


def dated(created_at: str) -> list[Problem]:
    tree = in_memory(tree_of(f"# workshop.yaml\ncreated_at: {created_at}\n"))
    return list(check(tree, Selection(select=("YS735",))).problems)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("difficulty", value) for value in ("easy", "medium", "hard")),
        *(("duration", value) for value in ("1m", "25m", "90m", "1h", "12h", "1h5m", "1h30m")),
        *(("optional", value) for value in ("true", "false")),
        ("group", "side steps"),
        ("tags", "kubectl"),
        ("tags", "kubectl, service mesh,pods"),
        ("hint.1", "Look\nagain."),
        ("hint", ""),  # A near miss, and no key of the series.
        ("audience", " "),
    ],
)
def test_a_value_in_its_keys_form_is_fine(key: str, value: str) -> None:
    assert wrong_form(key, value) is None


@pytest.mark.parametrize(
    ("key", "value", "help"),
    [
        ("difficulty", "Easy", "write easy"),
        ("difficulty", "beginner", "write easy, medium or hard"),
        ("duration", "25", "write 25m"),
        ("duration", "25 min", "write 25m"),
        ("duration", "90 Minutes", "write 1h30m"),
        ("duration", "1:30", "write 1h30m"),
        ("duration", "PT20M", "write 20m"),
        ("duration", "2 hours", "write 2h"),
        ("duration", "0m", "write hours and minutes, such as 25m, 1h or 1h30m"),
        ("duration", "1h60m", "write 2h"),
        ("duration", "soon", "write hours and minutes, such as 25m, 1h or 1h30m"),
        ("duration", "", "write hours and minutes, such as 25m, 1h or 1h30m"),
        ("optional", "yes", 'write "true" or "false", in quotes'),
        ("group", "a\nb", "write it on one line"),
        ("tags", "a,,b", "write words with commas between them: kubectl, pods"),
        ("objective.1", " \n", "write a text, or delete the key"),
        ("solve", "", "write a text, or delete the key"),
    ],
)
def test_a_value_in_another_form_has_help(key: str, value: str, help: str) -> None:
    wrong = wrong_form(key, value)
    assert wrong is not None
    assert help == wrong.help


def test_the_place_of_a_wrong_form_is_its_value() -> None:
    [problem] = found({"difficulty": "Easy"})
    assert problem.place == Place("steps/two.yaml", 5, 17, 5, 23)
    assert (problem.code, problem.severity) == ("YS731", "warning")
    assert problem.message == 'difficulty: "Easy" is no difficulty'


@pytest.mark.parametrize(
    ("keys", "code", "key", "help"),
    [
        (["hint.1", "hint.3", "hint.5"], "YS732", 6, "write hint.2 too, or give this one that number"),
        (["hint.2"], "YS732", 5, "write hint.1 too, or give this one that number"),
        (["objective.1", "objective.3"], "YS732", 6, "write objective.2 too, or give this one that number"),
        (["hint.0", "hint.1", "hint.4"], "YS733", 5, "write hint.1, and one more for each that follows"),
        (["hint.01", "hint.02", "hint.04"], "YS733", 5, "write hint.1"),
        (["hint.1", "hint.02"], "YS733", 6, "write hint.2"),
    ],
)
def test_a_series_gives_one_finding(keys: list[str], code: str, key: int, help: str) -> None:
    [problem] = found(dict.fromkeys(keys, "x"))
    assert (problem.code, problem.help) == (code, help)
    assert isinstance(problem.place, Place)
    assert (problem.place.line, problem.place.column) == (key, 3)


@given(st.integers(0, 30))
def test_numbers_from_one_on_are_fine(count: int) -> None:
    assert found({f"hint.{number}": "x" for number in range(1, count + 1)} | {"k": "x"}) == []


@pytest.mark.parametrize(
    ("key", "right"),
    [
        ("dificulty", "difficulty"),
        ("difficlty", "difficulty"),
        ("Difficulty", "difficulty"),
        ("diffculy", "difficulty"),
        ("durration", "duration"),
        ("gruop", "group"),
        ("slove", "solve"),
        ("hint1", "hint.1"),
        ("Hint.1", "hint.1"),
        ("hints.1", "hint.1"),
        ("hint_02", "hint.2"),
        ("hint", "hint.1"),
        ("hints", "hint.1"),
        ("objectives", "objective.1"),
        ("obective.3", "objective.3"),
        ("optinal", "optional"),
        ("hint.1 ", "hint.1"),
    ],
)
def test_a_near_miss_has_the_key_that_was_meant(key: str, right: str) -> None:
    assert right == meant(key)


@pytest.mark.parametrize(
    "key",
    [
        *("difficulty", "hint.12", "hint.012", "solve", "tags"),
        *("author", "language", "tag", "mint", "tint.1", "time", "level", "resolve", "options", "grouping"),
        *("hint.1.de", "hint.title", "solve.1", "x-hint.1", "diff", "", "1", "hint.one", "h" * 50),
    ],
)
def test_a_key_with_a_meaning_or_one_of_its_own_is_no_near_miss(key: str) -> None:
    assert meant(key) is None


def test_a_near_miss_is_a_hint_at_its_key_unless_the_right_one_is_there() -> None:
    [problem] = found({"dificulty": "easy"})
    assert problem.place == Place("steps/two.yaml", 5, 3, 5, 14)
    assert (problem.code, problem.severity, problem.help) == ("YS734", "hint", 'did you mean "difficulty"?')
    assert found({"difficulty": "easy", "dificulty": "easy"}) == []


@given(
    st.dictionaries(
        st.text(max_size=12) | st.sampled_from(["hint.1", "hint.0", "tags"]), st.text(max_size=30)
    )
)
def test_any_metadata_are_judged(metadata: dict[str, str]) -> None:
    for problem in found(metadata):
        assert problem.code.startswith("YS")
        assert problem.help


@pytest.mark.parametrize(
    "created_at",
    [
        *('"2026-01-15"', '"2026-01-15T09:30:00Z"', '"2026-01-15t09:30:00.123456789z"'),
        *('"2026-01-15 10:30:00+01:00"', '"2026-01-15 09:30:00"', '"2026-01-15T09:30"', '"2024-02-29"'),
        *("1768469400", "2461055.5", '"2016-12-31T23:59:60Z"', '"0000-01-01"'),
    ],
)
def test_a_date_is_fine(created_at: str) -> None:
    assert dated(created_at) == []


@pytest.mark.parametrize(
    "text",
    [
        *("15.01.2026", "2026-1-15", "2026-01-15T25:00:00Z", "2026-02-30", "2025-02-29", "2026-13-01"),
        *(
            "yesterday",
            "2026-01-15T09:30:00+0100",
            "Thu Jan 15 09:30:00 2026",
            "2026-01-15T09:30:00 CET",
            "2026-W03",
        ),
    ],
)
def test_what_is_no_date_is_told_with_an_example(text: str) -> None:
    [problem] = dated(f'"{text}"')
    assert problem.message == f'"{text}" is no date'
    assert problem.place == Place("workshop.yaml", 5, 13, 5, 15 + len(text)) or isinstance(
        problem.place, Place
    )
    assert "2026-01-15T09:30:00Z" in (problem.help or "")


def distance(one: str, other: str) -> int:
    """The letters to put in, take out, change, or swap with the next, to make one word of the other."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, counterpart in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and counterpart == one[i - 2]:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 3))
def test_words_are_within_as_many_slips_as_their_distance(one: str, other: str, slips: int) -> None:
    assert within(one, other, slips) == (distance(one, other) <= slips)


@pytest.mark.parametrize(
    "keys",
    [
        [f"dificult{''.join(each)}" for each in product(ascii_lowercase, repeat=3)],
        [f"hnt{n}" for n in range(40_000)],
        [f"hint{n}" for n in range(40_000)],
    ],
)
def test_many_keys_that_may_be_near_take_little_time(keys: list[str]) -> None:
    start = process_time()
    for key in keys:
        meant(key)
    assert process_time() - start < 1

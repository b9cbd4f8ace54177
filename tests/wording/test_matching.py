"""What is matched: as much as can be, in order, both ways round alike, and never long in the making."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wording.texts import markdown_of_the_corpus
from yamlsync.wording.matching import anchored, matched
from yamlsync.wording.words import words

ITEMS = st.lists(st.sampled_from("abcdef"), max_size=20)
MANY = 200_000


def longest(old: Sequence[str], new: Sequence[str]) -> int:
    """The length of the longest common subsequence, as every textbook has it."""
    above = [0] * (len(new) + 1)
    for item in old:
        row = [0]
        for number, other in enumerate(new):
            row.append(above[number] + 1 if item == other else max(above[number + 1], row[number]))
        above = row
    return above[-1]


def assert_sound(old: Sequence[Hashable], new: Sequence[Hashable], pairs: Sequence[tuple[int, int]]) -> None:
    assert [old[row] for row, _ in pairs] == [new[column] for _, column in pairs]
    assert all(one[0] < next_[0] and one[1] < next_[1] for one, next_ in itertools.pairwise(pairs))


@given(ITEMS, ITEMS)
def test_as_many_as_possible_are_matched(old: list[str], new: list[str]) -> None:
    pairs = list(matched(old, new))
    assert_sound(old, new, pairs)
    assert longest(old, new) == len(pairs)


@given(ITEMS, ITEMS, st.sampled_from([matched, anchored]))
def test_the_other_way_round_the_same_are_matched(
    old: list[str], new: list[str], match: Callable[[list[str], list[str]], Iterator[tuple[int, int]]]
) -> None:
    assert [(row, column) for column, row in match(new, old)] == list(match(old, new))


@given(ITEMS)
def test_all_of_two_equal_ones_is_matched(items: list[str]) -> None:
    assert [(number, number) for number in range(len(items))] == list(matched(items, items))


def test_what_stands_once_in_both_comes_before_what_is_more() -> None:
    old, new = ["once", "x", "x"], ["x", "x", "once"]
    assert list(matched(old, new)) == [(1, 0), (2, 1)]
    assert list(anchored(old, new)) == [(0, 2)]


def test_items_without_an_order_are_matched_too() -> None:
    assert list(matched([None, "a"], ["a", 1])) == [(1, 0)]


@cache
def hostile() -> dict[str, tuple[list[str], list[str]]]:
    numbers = random.Random(1)
    some = [str(numbers.randrange(5)) for _ in range(MANY)]
    up = [str(number) for number in range(MANY)]
    return {
        "all equal": (["x"] * MANY, ["a", *["x"] * (MANY // 3), "b", *["x"] * (MANY // 3), "c"]),
        "periodic": ([str(n % 1000) for n in range(MANY)], [str(n * 7919 % 1000) for n in range(MANY)]),
        "shifted": ([str(n % 9000) for n in range(MANY)], [str((n + 4000) % 9000) for n in range(MANY)]),
        "reversed": (up, up[::-1]),
        "reversed in pairs": ([str(n // 2) for n in range(MANY)], [str(n // 2) for n in range(MANY)][::-1]),
        "peeled": (up, [str(n // 2) for n in range(MANY)]),
        "two kinds": (
            [numbers.choice("ab") for _ in range(MANY)],
            [numbers.choice("ab") for _ in range(MANY)],
        ),
        "few in many": (some[:1000], some[::-1]),
        "edited": (some, [item for item in some if numbers.random() > 0.05]),
    }


@pytest.mark.parametrize(
    "name",
    [
        "all equal", "periodic", "shifted", "reversed", "reversed in pairs", "peeled", "two kinds",
        "few in many", "edited",
    ],
)  # fmt: skip
def test_no_items_take_long(name: str) -> None:
    old, new = hostile()[name]
    start = time.monotonic()
    pairs = list(matched(old, new))
    taken = time.monotonic() - start
    assert_sound(old, new, pairs)
    assert taken < 30


def test_long_ones_lose_little_to_windows() -> None:
    old, new = hostile()["edited"]
    assert len(list(matched(old, new))) >= 0.99 * len(new)


def edit(text: str, texts: Sequence[str], numbers: random.Random) -> str:
    """A text as somebody may have changed it: about one line in ten."""
    lines = text.split("\n")
    for _ in range(max(3, len(lines) // 10)):
        place, other = numbers.randrange(len(lines)), numbers.randrange(len(lines))
        of_line = lines[place].split(" ")
        match numbers.randrange(5):
            case 0:
                lines[place : place + 1] = []
                lines = lines or [""]
            case 1:
                lines[place:place] = numbers.choice(texts).split("\n")[: numbers.randrange(1, 6)]
            case 2:
                numbers.shuffle(of_line)
                lines[place] = " ".join(of_line)
            case 3:
                lines[place], lines[other] = lines[other], lines[place]
            case _:
                of_line[numbers.randrange(len(of_line))] = "other"
                lines[place] = " ".join(of_line)
    return "\n".join(lines)


def test_no_fewer_words_of_real_texts_are_kept_than_difflib_keeps() -> None:
    texts = markdown_of_the_corpus()
    if not texts:
        pytest.skip("the corpus is missing")
    numbers = random.Random(5)
    ours = theirs = 0
    for text in texts:
        old = [word for word in words(text) if not word.isspace()]
        new = [word for word in words(edit(text, texts, numbers)) if not word.isspace()]
        ours += len(list(matched(old, new)))
        theirs += sum(
            block.size for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        )
    assert ours >= theirs > 0

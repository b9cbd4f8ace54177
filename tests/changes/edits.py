"""Edits of a text as authors make them, of a given part of its words or lines at most."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeAlias

Edit: TypeAlias = Callable[[Random, str, float, Sequence[str]], str]
"""A text, the part of it that is edited, and the words that may come in."""


def _tokens(text: str) -> tuple[list[str], list[int]]:
    """What a text is made of, and which of it are words."""
    tokens = re.findall(r"\S+|\s+", text)
    return tokens, [index for index, token in enumerate(tokens) if not token.isspace()]


def words_replaced(random: Random, text: str, part: float, others: Sequence[str]) -> str:
    """Words here and there are other ones."""
    tokens, words = _tokens(text)
    for index in random.sample(words, int(len(words) * part)):
        tokens[index] = random.choice(others)
    return "".join(tokens)


def _block(random: Random, words: Sequence[int], part: float) -> Sequence[int]:
    size = int(len(words) * part)
    start = random.randint(0, len(words) - size)
    return words[start : start + size]


def block_replaced(random: Random, text: str, part: float, others: Sequence[str]) -> str:
    """One passage is another."""
    tokens, words = _tokens(text)
    for index in _block(random, words, part):
        tokens[index] = random.choice(others)
    return "".join(tokens)


def block_removed(random: Random, text: str, part: float, others: Sequence[str]) -> str:
    """One passage is gone."""
    tokens, words = _tokens(text)
    gone = set(_block(random, words, part))
    return "".join(token for index, token in enumerate(tokens) if index not in gone)


def words_inserted(random: Random, text: str, part: float, others: Sequence[str]) -> str:
    """There are more words, here and there."""
    tokens, words = _tokens(text)
    for index in sorted(random.choices(words or [0], k=int(len(words) * part)), reverse=True):
        tokens[index:index] = [random.choice(others), " "]
    return "".join(tokens)


def _line(random: Random, others: Sequence[str]) -> str:
    return " ".join(random.choices(others, k=random.randint(4, 40)))


def lines_replaced(random: Random, text: str, part: float, others: Sequence[str]) -> str:
    """Whole lines are other ones, of any length."""
    lines = text.split("\n")
    full = [index for index, line in enumerate(lines) if line.strip()]
    for index in random.sample(full, int(len(full) * part)):
        lines[index] = _line(random, others)
    return "\n".join(lines)


def lines_inserted(random: Random, text: str, part: float, others: Sequence[str]) -> str:
    """There are more lines, of any length."""
    lines = text.split("\n")
    for _ in range(int(sum(bool(line.strip()) for line in lines) * part)):
        lines.insert(random.randint(0, len(lines)), _line(random, others))
    return "\n".join(lines)


def paragraphs_shuffled(random: Random, text: str, part: float, others: Sequence[str]) -> str:
    """All paragraphs are there, in another order, and words in them are other ones."""
    paragraphs = text.split("\n\n")
    random.shuffle(paragraphs)
    return words_replaced(random, "\n\n".join(paragraphs), part, others)


EDITS: Mapping[str, Edit] = {
    edit.__name__: edit
    for edit in (
        words_replaced,
        block_replaced,
        block_removed,
        words_inserted,
        lines_replaced,
        lines_inserted,
        paragraphs_shuffled,
    )
}

"""How much two steps have in common: shares of their words and lines, in percent (DIF-30 to DIF-32).

All is counted in whole numbers, so that it is the same on each machine and in each language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from attrs import frozen

MIN_IN_COMMON = 8
"""With fewer words in common, steps are not alike: half a sentence may be the same by chance."""

MIN_MARKDOWN = 12
"""With fewer words, a markdown does not stand for its step by itself."""

MIN_LINES = 3
"""Fewer lines in common count as none: many steps may begin with them."""

MIN_LINE = 12
"""A shorter line, such as a bracket or the fence of a code block, says too little to be counted."""

# Fixed ranges, since what Unicode calls a letter grows with each of its versions. The languages of East
# Asia write no spaces: there each character is a word.
_WORD = re.compile("[0-9A-Z_a-z\u00c0-\u1fff]+|[\u2e80-\u2fff\u3040-\U0010ffff]")


@frozen
class Bag:
    """Words or lines, each with how often it is there, and how many they are in all."""

    times: Counter[str]
    size: int


def bag(items: Iterable[str]) -> Bag:
    """The bag of these words or lines."""
    times = Counter(items)
    return Bag(times, times.total())


class Profile:
    """A step's texts as they are compared. Lines are counted only where they are asked for."""

    def __init__(self, markdown: str, others: Iterable[str]) -> None:
        self._markdown = markdown
        words = _WORD.findall(markdown)
        self.markdown = bag(words)
        self.words = bag(words + _WORD.findall("\n".join(others)))

    @cached_property
    def lines(self) -> Bag:
        """The lines of the markdown that are long enough, without the blanks around them."""
        lines = (line.strip(" \t\r") for line in self._markdown.split("\n"))
        return bag(line for line in lines if len(line) >= MIN_LINE)

    @cached_property
    def work(self) -> int:
        """How many words and lines are looked up at most, when it is compared with another."""
        return len(self.words.times) + self._markdown.count("\n")


def likeness(old: Profile, new: Profile) -> int:
    """How alike two steps are, from 0 to 100 (DIF-31, DIF-32).

    The greater of the shares of words and of lines that their markdowns have in common; where one of the
    two has hardly any markdown, the share of words that all their texts have in common.
    """
    if min(old.markdown.size, new.markdown.size) < MIN_MARKDOWN:
        return share(old.words, new.words, at_least=MIN_IN_COMMON)
    if not (by_words := share(old.markdown, new.markdown, at_least=MIN_IN_COMMON)):
        return 0
    return max(by_words, share(old.lines, new.lines, at_least=MIN_LINES))


def share(old: Bag, new: Bag, *, at_least: int = 1) -> int:
    """What two bags have in common, as a percentage of what is in both together, rounded down.

    What is there often is in common as often as it is in both. Fewer than `at_least` count as none.
    """
    both = old.times.keys() & new.times.keys()
    common = sum(map(min, map(old.times.__getitem__, both), map(new.times.__getitem__, both)))
    return 200 * common // (old.size + new.size) if common >= at_least else 0

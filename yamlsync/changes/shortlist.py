"""Which steps are worth comparing, where they are too many to compare each with each (DIF-35)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from yamlsync.changes.shares import Profile

MAX_WORK = 1_000_000
"""How many words and lines are looked up at most: to compare each with each, and to find the likely ones."""

LIKELY = 3
"""How many steps of the other side each is compared with, where they are too many."""


def shortlist(old: Mapping[str, Profile], new: Mapping[str, Profile]) -> set[tuple[str, str]]:
    """The ids of steps to compare, an old and a new one each; the same ones from both sides.

    All of them while that takes little work. Else for each step those that have the most rare words in
    common with it. A word is rare if few pairs have it in common: as many words count, the rarest
    first, as there is work allowed for.
    """
    if len(new) * _work(old) + len(old) * _work(new) <= MAX_WORK:
        return {(left, right) for left in old for right in new}
    olds, news = _holders(old), _holders(new)
    pairs = {word: len(ids) * len(news[word]) for word, ids in olds.items() if word in news}
    limit = _limit(pairs)
    rare = {word for word, times in pairs.items() if times <= limit}
    found = set(_likely(old, news, rare))
    found.update((left, right) for right, left in _likely(new, olds, rare))
    return found


def _work(profiles: Mapping[str, Profile]) -> int:
    return sum(profile.work for profile in profiles.values())


def _holders(profiles: Mapping[str, Profile]) -> dict[str, list[str]]:
    """The ids of the steps that each word stands in."""
    found: dict[str, list[str]] = defaultdict(list)
    for id, profile in profiles.items():
        for word in profile.words.times:
            found[word].append(id)
    return found


def _limit(pairs: Mapping[str, int]) -> int:
    """How many pairs may have a word in common that counts as rare."""
    limit = work = 0
    for times, words in sorted(Counter(pairs.values()).items()):
        work += times * words
        if work > MAX_WORK:
            break
        limit = times
    return limit


def _likely(
    profiles: Mapping[str, Profile], holders: Mapping[str, list[str]], rare: set[str]
) -> Iterator[tuple[str, str]]:
    for id, profile in profiles.items():
        shared = Counter(chain.from_iterable(holders[word] for word in profile.words.times.keys() & rare))
        # Sorting numbers alone is much faster than sorting all that have them.
        least = min(sorted(shared.values())[-LIKELY:], default=0)
        likely = [(-times, other) for other, times in shared.items() if times >= least]
        for _, other in sorted(likely)[:LIKELY]:
            yield id, other

"""Steps that are the same though their ids are not, found by likeness of content (DIF-30 to DIF-35)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import chain
from operator import itemgetter
from typing import TypeAlias

from attrs import field, frozen

from yamlsync.changes.shares import MIN_IN_COMMON, Bag, Profile, likeness, share
from yamlsync.changes.shortlist import shortlist

MIN_LIKENESS = 50
"""Half of the words or lines. Of a text in which 40 in 100 are replaced, 60 in 100 are in common."""

Pair: TypeAlias = tuple[str, str]
"""An old and a new id."""

Merit: TypeAlias = tuple[int, int]
"""How much two steps have in common of what is their own, and of all; negative: the best comes first."""


def _in_a_tuple(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(rows)


Group: TypeAlias = tuple[Sequence[str], Sequence[str]]
"""Old ids and new ones, both sorted."""


@frozen
class Candidate:
    """What a step is known by when its id is not: its texts.

    `metadata` has the keys and values in their order (REC-5); `before` and `after` are the ids of its
    neighbours in its order, None at either end.
    """

    id: str
    title: str
    image_tag: str
    metadata: tuple[tuple[str, str], ...] = field(converter=_in_a_tuple)
    goss_spec: str | None
    markdown: str | None
    before: str | None
    after: str | None


@frozen
class Rename:
    """A step with another id. `percent` is how much of its content is in common, from 50 to 100."""

    old_id: str
    new_id: str
    percent: int


def renames(removed: Iterable[Candidate], added: Iterable[Candidate]) -> tuple[Rename, ...]:
    """The steps whose ids are gone that are there still under ids that are new, in the order of old ids.

    Each step is in one rename at most. Seen from the new side it is the same answer, mirrored; the order of
    the arguments' items changes nothing. An id is in one of them, once.

    Time and memory grow with the length of all texts together, whatever they say, and with n log n of the
    number of steps: where comparing each with each would look up more than `shortlist.MAX_WORK` words and
    lines, a step is compared with a handful that have rare words in common with it. A thousand steps of
    2 KB against a thousand take a second, one of 10 MB against one of 7 MB some seconds.
    """
    matching = _Matching(removed, added)
    matching.pair_equals(_with_image)
    matching.pair_equals(_without_image)
    matching.pair_likes()
    return tuple(Rename(*pair, percent) for pair, percent in sorted(matching.found.items()))


def _with_image(step: Candidate) -> object:
    return step.title, step.metadata, step.goss_spec, step.markdown, step.image_tag


def _without_image(step: Candidate) -> object:
    """None for a step that says nothing: without its image it is like any other that says nothing."""
    texts = step.title, step.metadata, step.goss_spec, step.markdown
    return texts if any(texts) else None


class _Matching:
    """The renames found so far. Each of its methods takes the best pair that is left, again and again."""

    def __init__(self, removed: Iterable[Candidate], added: Iterable[Candidate]) -> None:
        self._old = {step.id: step for step in removed}
        self._new = {step.id: step for step in added}
        self._new_ids: dict[str, str] = {}
        self._old_ids: dict[str, str] = {}
        self.found: dict[Pair, int] = {}

    def pair_equals(self, content: Callable[[Candidate], object]) -> None:
        """Takes pairs whose content is equal: those with the same neighbours first, then by their ids."""
        olds = {id: content(step) for id, step in self._old.items() if id not in self._new_ids}
        news = {id: content(step) for id, step in self._new.items() if id not in self._old_ids}

        def merit(pair: Pair) -> Merit | None:
            equal = olds.get(pair[0]) is not None and olds[pair[0]] == news.get(pair[1])
            return (-100, -100) if equal else None

        # Not each with each: of a thousand copies of one step, that would be a million pairs.
        groups = [part for group in _grouped(olds, news) for part in self._parts(*group)]
        self._take([self._by_ids(*group) for group in groups], merit)

    def pair_likes(self) -> None:
        """Takes pairs that are alike, those first that have the most in common of what is not in all."""
        olds = _profiles(step for id, step in self._old.items() if id not in self._new_ids)
        news = _profiles(step for id, step in self._new.items() if id not in self._old_ids)
        common = _common_words([*olds.values(), *news.values()])
        old_own, new_own = _own_words(olds, common), _own_words(news, common)
        merits: dict[Pair, Merit] = {}
        for pair in shortlist(olds, news):
            percent = likeness(olds[pair[0]], news[pair[1]])
            if percent >= MIN_LIKENESS:
                old, new = old_own[pair[0]], new_own[pair[1]]
                own = share(old, new) if old.size + new.size else percent
                merits[pair] = (-own, -percent)
        self._take([iter((pair,)) for pair in merits], merits.get)

    def _take(self, sources: Sequence[Iterator[Pair]], merit: Callable[[Pair], Merit | None]) -> None:
        """Takes the best pair whose steps are free, until none is left.

        Each of `sources` gives the best of its pairs that are free, whenever it is asked. What is taken makes
        the neighbours of other steps the same: their pairs rise.
        """
        heap: list[tuple[Merit, int, list[str], Pair, int]] = []

        def push(pair: Pair | None, source: int = -1) -> None:
            if pair is not None and self._is_free(pair) and (worth := merit(pair)) is not None:
                heappush(heap, (worth, -self._same_neighbours(pair), sorted(pair), pair, source))

        for source, others in enumerate(sources):
            push(next(others, None), source)
        while heap:
            (_, percent), _, _, pair, source = heappop(heap)
            if self._is_free(pair):
                self._new_ids[pair[0]] = pair[1]
                self._old_ids[pair[1]] = pair[0]
                self.found[pair] = -percent
                old, new = self._old[pair[0]], self._new[pair[1]]
                for neighbours in ((old.before, new.before), (old.after, new.after)):
                    if neighbours[0] is not None and neighbours[1] is not None:
                        push((neighbours[0], neighbours[1]))
            if source >= 0:
                push(next(sources[source], None), source)

    def _is_free(self, pair: Pair) -> bool:
        return (
            pair[0] in self._old
            and pair[1] in self._new
            and pair[0] not in self._new_ids
            and pair[1] not in self._old_ids
        )

    def _same_neighbours(self, pair: Pair) -> int:
        """3 for both, 2 for the one before, 1 for the one after: of two halves the first is the step."""
        (before, after), new = self._place(pair[0]), self._new[pair[1]]
        return 2 * (before == new.before) + (after == new.after)

    def _place(self, old: str) -> tuple[str | None, str | None]:
        """The neighbours of a step of the old side, by their ids on the new side as far as known."""
        step = self._old[old]
        before = None if step.before is None else self._new_ids.get(step.before, step.before)
        after = None if step.after is None else self._new_ids.get(step.after, step.after)
        return before, after

    def _parts(self, olds: Sequence[str], news: Sequence[str]) -> Iterator[Group]:
        """Of steps with equal content: all of them, and those with the same neighbours, both or one."""
        yield olds, news
        parts: dict[object, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        places = [(0, id, *self._place(id)) for id in olds]
        places += [(1, id, self._new[id].before, self._new[id].after) for id in news]
        for side, id, before, after in places:
            for part in ((before, after), (before, True), (after, False)):
                parts[part][side].append(id)
        yield from parts.values()

    def _by_ids(self, olds: Sequence[str], news: Sequence[str]) -> Iterator[Pair]:
        """The first two steps that are free, each time it is asked: one of the last two is taken by then."""
        left = right = 0
        while True:
            while left < len(olds) and olds[left] in self._new_ids:
                left += 1
            while right < len(news) and news[right] in self._old_ids:
                right += 1
            if left == len(olds) or right == len(news):
                return
            yield olds[left], news[right]


def _grouped(olds: Mapping[str, object], news: Mapping[str, object]) -> list[Group]:
    """The ids of steps with equal content, in their order."""
    groups: dict[object, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, contents in enumerate((olds, news)):
        for id, content in sorted(contents.items(), key=itemgetter(0)):
            if content is not None:
                groups[content][side].append(id)
    return [group for group in groups.values() if all(group)]


def _profiles(steps: Iterable[Candidate]) -> dict[str, Profile]:
    found = {}
    for step in steps:
        metadata = (text for row in step.metadata for text in row)
        profile = Profile(step.markdown or "", (step.title, *metadata, step.goss_spec or ""))
        if profile.words.size >= MIN_IN_COMMON:
            found[step.id] = profile
    return found


def _common_words(profiles: Sequence[Profile]) -> set[str]:
    """The words that more than half of the steps have, and more than two: those of a template."""
    holders = Counter(chain.from_iterable(profile.words.times for profile in profiles))
    return {word for word, steps in holders.items() if steps > max(2, len(profiles) / 2)}


def _own_words(profiles: Mapping[str, Profile], common: set[str]) -> dict[str, Bag]:
    found = {}
    for id, profile in profiles.items():
        words = {word: times for word, times in profile.words.times.items() if word not in common}
        found[id] = Bag(Counter(words), sum(words.values()))
    return found

"""Text → words; two texts → the words that were kept, deleted and inserted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from attrs import frozen

from yamlsync.wording.graphemes import graphemes, is_simple, parts
from yamlsync.wording.matching import matched
from yamlsync.wording.unseen import is_seen

Act: TypeAlias = Literal["kept", "deleted", "inserted"]

_SPACELESS = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts that put no blanks between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese."""

_ASCII = re.compile(r"[A-Za-z0-9]+|[ \t\r\n]+|[\s\S]")
_SIMPLE = re.compile(rf"[^\W_{_SPACELESS}]+|[ \t\r\n]+|[\s\S]")
_SPACELESS_CHARACTER = re.compile(f"[{_SPACELESS}]")
_BLANK = frozenset(" \t\r\n")


@frozen
class Run:
    """A part of a text that was kept, deleted or inserted as a whole. It never cuts a character in two."""

    act: Act
    text: str

    @property
    def is_unseen(self) -> bool:
        """Whether a reader sees nothing of it: white space and invisible characters only."""
        return not is_seen(self.text)


def words(text: str) -> list[str]:
    """The text cut into words, runs of white space, and single other characters; together they are the text.

    Where a script has no blanks between words, each character is one.
    """
    if text.isascii():
        return _ASCII.findall(text)
    if is_simple(text):
        return _SIMPLE.findall(text)
    found: list[str] = []
    for part in parts(text):
        new = _SIMPLE.findall(part) if is_simple(part) else list(_joined(graphemes(part)))
        if found and new and _sort(found[-1]) and _sort(found[-1]) == _sort(new[0]):
            # The cut between two parts may be within a word.
            new[0] = found.pop() + new[0]
        found += new
    return found


def _joined(characters: Iterable[str]) -> Iterator[str]:
    """Characters put together to words, by what their first code point is."""
    word, of = "", ""
    for character in characters:
        sort = _sort(character)
        if word and (sort != of or not sort):
            yield word
            word = ""
        word, of = word + character, sort
    if word:
        yield word


def _sort(word: str) -> str:
    """What joins a character, or what begins with it, to one like it; empty where nothing does."""
    first = word[0]
    if first in _BLANK and word[-1] in _BLANK:
        return "blank"
    return "letter" if first.isalnum() and not is_spaceless(first) else ""


def is_spaceless(character: str) -> bool:
    """Whether a character belongs to a script that has no blanks between words."""
    return _SPACELESS_CHARACTER.match(character) is not None


def runs(old: str, new: str) -> tuple[Run, ...]:
    """What was kept, deleted and inserted: kept and deleted runs are the old text, kept and inserted the new.

    Of one change what was deleted stands first.
    """
    before, after = words(old), words(new)
    return tuple(_told(before, after, _pairs(before, after)))


def likeness(of: Sequence[Run]) -> float:
    """How much of two texts is kept, from 0 to 1: by the characters of their words, white space left out."""
    kept = sum(_weight(run.text) for run in of if run.act == "kept")
    total = sum(_weight(run.text) * (2 if run.act == "kept" else 1) for run in of)
    return 2 * kept / total if total else 1.0


def _weight(text: str) -> int:
    return sum(map(len, text.split()))


def _pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Words that are kept, and the white space beside them: this counts for nothing by itself."""
    rows = [number for number, word in enumerate(old) if word[0] not in _BLANK]
    columns = [number for number, word in enumerate(new) if word[0] not in _BLANK]
    found = matched([old[row] for row in rows], [new[column] for column in columns])
    return with_blanks(
        [(rows[one], columns[other]) for one, other in found],
        [word if word[0] in _BLANK else None for word in old],
        [word if word[0] in _BLANK else None for word in new],
    )


def with_blanks(
    pairs: Iterable[tuple[int, int]], old: Sequence[str | None], new: Sequence[str | None]
) -> list[tuple[int, int]]:
    """Pairs, and between every two of them those of equal blanks that stand next to one of the two.

    `old` and `new` have None for what is not blank.
    """
    found: list[tuple[int, int]] = []
    start, begin = 0, 0
    for end, stop in [*pairs, (len(old), len(new))]:
        while start < end and begin < stop and old[start] is not None and old[start] == new[begin]:
            found.append((start, begin))
            start, begin = start + 1, begin + 1
        last, final = end, stop
        while (
            last > start and final > begin and old[last - 1] is not None and old[last - 1] == new[final - 1]
        ):
            last, final = last - 1, final - 1
        found += zip(range(last, end), range(final, stop), strict=True)
        if end < len(old):
            found.append((end, stop))
        start, begin = end + 1, stop + 1
    return found


def _told(old: list[str], new: list[str], pairs: list[tuple[int, int]]) -> Iterator[Run]:
    kept: list[str] = []
    gone: list[str] = []
    come: list[str] = []
    at, to = 0, 0
    for end, stop in [*pairs, (len(old), len(new))]:
        if end > at or stop > to:
            text = "".join(kept)
            kept = []
            # White space alone between two changes is no rest for the eye.
            joins = text.isspace() and ((gone and end > at) or (come and stop > to))
            if joins and (gone or come):
                gone.append(text)
                come.append(text)
            else:
                yield from _change(gone, come)
                gone, come = [], []
                if text:
                    yield Run("kept", text)
            gone += old[at:end]
            come += new[to:stop]
        if end < len(old):
            kept.append(old[end])
        at, to = end + 1, stop + 1
    yield from _change(gone, come)
    if kept:
        yield Run("kept", "".join(kept))


def _change(gone: list[str], come: list[str]) -> Iterator[Run]:
    if gone:
        yield Run("deleted", "".join(gone))
    if come:
        yield Run("inserted", "".join(come))

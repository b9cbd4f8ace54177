"""Whether places in Markdown are in code: by the lines alone where that is certain (TXT-13, TXT-15)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from yamlsync.rules.texts.fences import closed_fences
from yamlsync.rules.texts.markdown import structure


def outside_fences(text: str, places: Sequence[int]) -> list[int]:
    """The places that are not in a block of code for certain, as far as the lines alone tell."""
    fences = closed_fences(text)
    return list(places) if not fences else [place for place in places if not _holds(fences, place)]


def in_code(text: str, places: Sequence[int], *, spans: bool) -> list[int]:
    """The places that are in a block of code, and with `spans` also those in code within a line.

    Places are in order. Where the text is too long to be looked into, only what is certain is told.
    """
    outside = set(outside_fences(text, places))
    inside = [place for place in places if place not in outside]
    if not outside:
        return inside
    fences = closed_fences(text)
    if fences is not None and not any(_may_be_code(text, place, spans=spans) for place in outside):
        return inside
    markdown = structure(text)
    if markdown is None:
        return inside
    ranges = list(markdown.code_blocks())
    if spans:
        ranges += markdown.code_spans(sorted(outside))
    ranges.sort()
    return [place for place in places if place not in outside or _holds(ranges, place)]


def _holds(ranges: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether one of the ranges, in order and apart from each other, holds a place."""
    index = bisect_right(ranges, place, key=itemgetter(0)) - 1
    return index >= 0 and ranges[index][0] <= place < ranges[index][1]


def _may_be_code(text: str, place: int, *, spans: bool) -> bool:
    """Whether a place outside of fences may be in code: its line is indented, its paragraph has backticks."""
    line = text.rfind("\n", 0, place) + 1
    if text[line : line + 1] in (" ", "\t", ">", "-", "*", "+") or text[line : line + 1].isdigit():
        return True
    if not spans:
        return False
    start, end = text.rfind("\n\n", 0, place), text.find("\n\n", place)
    return "`" in text[max(start, 0) : end if end >= 0 else len(text)]

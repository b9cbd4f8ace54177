"""What a check asks, before and after → words; two that differ never read the same (DIF-51)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

from yamlsync.changes.checks import Value
from yamlsync.renditions.quoting import Brief, brief, named, pair, quoted_pair

T = TypeVar("T")


def spelled(value: Value, most: int) -> Brief:
    """A value of a check on one line: plain words and numbers as they are, texts in quotes."""
    if isinstance(value, str):
        return Brief(named(value, most), brief(value, most).is_cut)
    return brief(_plain(value), most)


def both(old: Value, new: Value, most: int) -> tuple[Brief, Brief]:
    """Two values that differ, of long ones the part in which they begin to; what is read differs too."""
    first, second = spelled(old, most), spelled(new, most)
    is_cut = first.is_cut or second.is_cut
    texts = first.text, second.text
    if isinstance(old, str) and isinstance(new, str):
        if texts != (old, new):
            texts = quoted_pair(old, new, most)
    elif not isinstance(old, str) and not isinstance(new, str):
        texts = pair(_plain(old), _plain(new), most)
    if texts[0] == texts[1] and type(old) is not type(new):
        texts = f"{texts[0]} ({_TYPES[type(old)]})", f"{texts[1]} ({_TYPES[type(new)]})"
    elif texts[0] == texts[1]:
        texts = exactly(old, new, most)
    return Brief(texts[0], is_cut), Brief(texts[1], is_cut)


def exactly(old: Value, new: Value, most: int) -> tuple[str, str]:
    """Two values that differ as they are spelled in JSON, of ASCII: there no two values are alike.

    `most` is 8 or more, or what differs might be left out.
    """
    return pair(_in_ascii(old), _in_ascii(new), most)


def clashes(
    gone: Iterable[tuple[T, Hashable]], come: Iterable[tuple[T, Hashable]]
) -> tuple[tuple[T, T], ...]:
    """Pairs of what is gone and what came of which the same would be read; this stands beside each."""
    same: dict[Hashable, tuple[list[T], list[T]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((gone, come)):
        for each, read in items:
            same[read][side].append(each)
    found: list[tuple[T, T]] = []
    for before, after in same.values():
        if before and after:
            count = max(len(before), len(after))
            found += ((before[n % len(before)], after[n % len(after)]) for n in range(count))
    return tuple(found)


def _plain(value: Value) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _in_ascii(value: Value) -> str:
    return json.dumps(value, sort_keys=True, default=str)


_TYPES: dict[type, str] = {
    type(None): "nothing",
    bool: "true or false",
    str: "a text",
    int: "a number",
    float: "a number with a fraction",
    list: "a list",
    dict: "a mapping",
}

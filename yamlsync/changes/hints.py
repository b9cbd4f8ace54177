"""What changed in a step's hints: a hint put in front moves the others, and changes none (DIF-16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from yamlsync.changes.model import HintChanged, HintMoved
from yamlsync.records import metadata_order

_HINT = re.compile(r"hint\.[0-9]+\Z")


def is_hint(key: str) -> bool:
    """Whether a key of the metadata is that of a hint (META-1)."""
    return _HINT.match(key) is not None


def hint_changes(
    step: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[HintChanged | HintMoved]:
    """The changes of the hints among the metadata, in the order of their keys."""
    keys = sorted({key for key in (*old, *new) if is_hint(key)}, key=metadata_order)
    differing = [key for key in keys if old.get(key) != new.get(key)]
    waiting: dict[str, list[str]] = {}
    for key in differing:
        if key in new:
            waiting.setdefault(new[key], []).append(key)
    moved: dict[str, str] = {}
    for key in differing:
        if key in old and waiting.get(old[key]):
            moved[key] = waiting[old[key]].pop(0)
    arrived = set(moved.values())
    for key in differing:
        if key in moved:
            yield HintMoved(step, key, moved[key], old[key])
        left = None if key in moved else old.get(key)
        right = None if key in arrived else new.get(key)
        if left != right:
            yield HintChanged(step, key, left, right)

"""A step's goss spec → what it asks, a sentence for each resource (PRE-10 to PRE-12)."""

from __future__ import annotations

from functools import lru_cache

from attrs import frozen

from yamlsync.document.foreign.reading import read_foreign
from yamlsync.in_words.matchers import matched_by
from yamlsync.in_words.resources import KINDS, Attributes
from yamlsync.in_words.typed import MOST_PARTS, parts_in, spelled, typed
from yamlsync.rules.goss.finding import Findings
from yamlsync.rules.goss.merging import Merging
from yamlsync.rules.goss.scalars import is_set

_MOST = 1_000
"""Resources of one spec that are told."""


@frozen
class Check:
    """A resource: its kind and key as they are typed, the sentence, and what else is asked of it.

    What is typed stands between backticks. `more` are clauses without a full stop.
    """

    kind: str
    key: str
    words: str
    more: tuple[str, ...] = ()


@frozen
class Checks:
    """All resources of a spec in order; or, in `unread`, why they cannot be told."""

    told: tuple[Check, ...]
    unread: str = ""


@lru_cache(maxsize=4096)
def checks_in_words(spec: str) -> Checks:
    """What a spec asks. Never raises: a spec that cannot be read has the reason in `unread`."""
    if "{{" in spec:
        return Checks((), "it is a template, and what it asks is known only when it runs")
    read = read_foreign(spec)
    if read.fault is not None:
        return Checks((), f"it is not YAML: {read.fault.message}")
    if read.root is None or not read.root.pairs:
        return Checks((), "it asks nothing")
    if parts_in(read.root, {}) > MOST_PARTS:
        return Checks((), "it is too long to be told")
    merging = Merging(Findings())
    told: list[Check] = []
    for name, resources in merging.pairs(read.root):
        if resources.pairs is None:
            told.append(
                Check(name.token or "", "", f"{typed(spelled(name))} is {typed(spelled(resources))}.")
            )
            continue
        for key, resource in merging.pairs(resources):
            if len(told) == _MOST:
                return Checks((*told, Check("", "", "There is more, which is not told here.")))
            attributes = {each.token or "": part for each, part in merging.pairs(resource)}
            told.append(_told(name.token or "", key.token or "", attributes))
    return Checks(tuple(told))


def _told(kind: str, key: str, attributes: Attributes) -> Check:
    left = dict(attributes)
    skipped = (skip := left.pop("skip", None)) is not None and is_set(skip)
    title = left.pop("title", None)
    left.pop("meta", None)
    left.pop("marks", None)
    words, more = KINDS[kind](key, left) if kind in KINDS else (f"{typed(kind)} {typed(key)}", [])
    more += [f"{typed(name)} {matched_by(part)}" for name, part in left.items()]
    if title is not None and title.token:
        words = f"{title.token.strip().rstrip(':.')}: {words}"
    return Check(kind, key, f"{words}{' (skipped)' * skipped}.", tuple(more))

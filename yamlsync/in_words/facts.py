"""What the metadata of a step says, where its keys have a meaning (META-1) → words and lists (PRE-14)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yamlsync.records import Metadata

_DURATION = re.compile(r"(?:([1-9][0-9]?)h)?(?:([1-9][0-9]{0,2})m)?")
_NUMBER = re.compile(r"[0-9]+")


def fact(metadata: Sequence[Metadata], key: str) -> str:
    """The value of a key; "" where the step does not have it, or says nothing there."""
    return next((each.value for each in metadata if each.key == key and each.value.strip()), "")


def series(metadata: Sequence[Metadata], name: str) -> tuple[str, ...]:
    """The values of `name.1`, `name.2` and so on, in the order in which records stand (REC-5)."""
    return tuple(
        each.value
        for each in metadata
        if each.key.startswith(f"{name}.")
        and _NUMBER.fullmatch(each.key[len(name) + 1 :])
        and each.value.strip()
    )


def duration_in_words(duration: str) -> str:
    """`1h30m` as "1 hour 30 minutes"; what is no duration (META-3) as it is."""
    match = _DURATION.fullmatch(duration)
    if not duration or match is None:
        return duration
    words = [
        f"{number} {unit}{'s' * (number != '1')}"
        for number, unit in zip(match.groups(), ("hour", "minute"), strict=True)
        if number
    ]
    return " ".join(words)


def tags(metadata: Sequence[Metadata]) -> tuple[str, ...]:
    """The words of `tags` (META-6)."""
    return tuple(tag.strip() for tag in fact(metadata, "tags")[:10_000].split(",") if tag.strip())

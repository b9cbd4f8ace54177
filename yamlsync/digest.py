"""The content digest: one name for what a workshop says, whatever holds it (DIG-1 to DIG-9)."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator
from functools import cached_property

from attrs import frozen

from yamlsync.records import Contents, Date, Navigation, Step, Workshop, with_neighbours

PREFIX = "y1:"
"""What a digest begins with: the version of these rules."""

_TEXT_FORM = re.compile(r"y1:[0-9a-f]{64}\Z")
_FOLLOWS = b"D"
"""A value that the order of the steps says already."""


@frozen
class WorkshopDigest:
    """The digests of one workshop: of its own facts, and of each step by its id, in their order."""

    id: str
    facts: str
    steps: dict[str, str]
    digest: str


@frozen(slots=False)
class Digests:
    """The content digest, and those below it. Each is `y1:` and 64 hexadecimal digits."""

    content: str
    workshops: tuple[WorkshopDigest, ...]

    @cached_property
    def parts(self) -> dict[tuple[str, str], str]:
        """The digest of each part by its kind, `workshop` (its own facts) or `step`, and its id."""
        found: dict[tuple[str, str], str] = {}
        for workshop in self.workshops:
            found["workshop", workshop.id] = workshop.facts
            found |= {("step", step_id): digest for step_id, digest in workshop.steps.items()}
        return found


def is_digest(text: str) -> bool:
    """Whether a text is a digest of the version that is computed here."""
    return _TEXT_FORM.match(text) is not None


def digests_of(contents: Contents) -> Digests:
    """The digests of a definition. Students' progress has no part in them."""
    workshops = tuple(_workshop(workshop) for workshop in contents.workshops)
    pairs = (_text(workshop.id) + _bytes(workshop.digest) for workshop in workshops)
    return Digests(_digest("content", pairs), workshops)


def _workshop(workshop: Workshop) -> WorkshopDigest:
    steps = {
        step.id: _digest("step", _step(step, *around)) for step, *around in with_neighbours(workshop.steps)
    }
    facts = _digest("facts", _facts(workshop))
    whole = _digest("workshop", map(_bytes, [facts, *steps.values()]))
    return WorkshopDigest(workshop.id, facts, steps, whole)


def _facts(workshop: Workshop) -> Iterator[bytes]:
    steps = workshop.steps
    yield _list(6)
    yield _text(workshop.id)
    yield _text(workshop.name)
    yield _text(workshop.version)
    yield _date(workshop.created_at)
    yield _integer(steps[0].position) if steps else _FOLLOWS
    yield _list(len(steps))
    for step in steps:
        yield _text(step.id)


def _step(step: Step, before: Step | None, after: Step | None) -> Iterator[bytes]:
    yield _list(8)
    yield _text(step.id)
    yield _text(step.title)
    yield _text(step.image_tag)
    follows = before is None or step.position == before.position + 1
    yield _FOLLOWS if follows else _integer(step.position)
    yield from _navigation(step.navigation, before, after)
    yield _list(len(step.metadata))
    for key, value in sorted((row.key, row.value) for row in step.metadata):
        yield _list(2)
        yield _text(key)
        yield _text(value)
    yield _optional(step.goss_spec)
    yield _optional(step.markdown)


def _navigation(row: Navigation | None, before: Step | None, after: Step | None) -> Iterator[bytes]:
    if row is None:
        yield _NULL
        return
    yield _list(3)
    for step_id, neighbour in ((row.next_step_id, after), (row.prev_step_id, before)):
        expected = neighbour.id if neighbour else None
        yield _FOLLOWS if step_id == expected else _optional(step_id)
    yield _optional(row.unlock_condition)


_NULL = b"N"


def _text(value: str) -> bytes:
    data = value.encode()
    return b"T" + len(data).to_bytes(8, "big") + data


def _optional(value: str | None) -> bytes:
    return _NULL if value is None else _text(value)


def _integer(value: int) -> bytes:
    return b"I" + value.to_bytes(8, "big", signed=True)


def _date(value: Date) -> bytes:
    if isinstance(value, str):
        return _text(value)
    return _integer(value) if isinstance(value, int) else b"R" + struct.pack(">d", value)


def _list(count: int) -> bytes:
    return b"L" + count.to_bytes(8, "big")


def _digest(kind: str, parts: Iterable[bytes]) -> str:
    """The digest of parts that nothing else can be put together from, apart from those of other kinds."""
    return PREFIX + hashlib.sha256(f"yamlsync digest 1: {kind}\n".encode() + b"".join(parts)).hexdigest()


def _bytes(digest: str) -> bytes:
    return bytes.fromhex(digest.removeprefix(PREFIX))

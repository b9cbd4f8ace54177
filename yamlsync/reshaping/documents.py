"""Changes of one document that leave each comment beside what it is about (AUT-23)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from attrs import evolve

from yamlsync.document.comments import comments
from yamlsync.document.model import Block, Entry, Fields, Value
from yamlsync.layout.files import NAVIGATION, STEP, WORKSHOP
from yamlsync.layout.step import Around
from yamlsync.layout.workshop import Header
from yamlsync.records import Step


def with_value(block: Block, key: str, value: Value, shape: Fields) -> Block:
    """A mapping that says `value` under `key`; a key that is new gets its canonical place."""
    entries = list(block.entries)
    for index, entry in enumerate(entries):
        if entry.key == key:
            entries[index] = evolve(entry, value=value)
            return evolve(block, entries=tuple(entries))
    rank = shape.ranks[key]
    place = sum(shape.ranks[entry.key or ""] < rank for entry in entries)
    entries.insert(place, Entry(key, value))
    return evolve(block, entries=tuple(entries))


def without(block: Block, key: str) -> Block:
    """A mapping without a key. Its comments go to the key that followed it, or close the block."""
    index = next(number for number, entry in enumerate(block.entries) if entry.key == key)
    left = tuple(comments(Block((block.entries[index],))))
    return _without_item(block, index, left)


def _without_item(block: Block, index: int, left: tuple[str, ...]) -> Block:
    """A block without an entry; the lines of it that are `left` stand above what followed it."""
    before, after = block.entries[:index], block.entries[index + 1 :]
    if not after:
        return Block(before, (*left, *block.closing))
    following = evolve(after[0], above=(*left, *after[0].above))
    return Block((*before, following, *after[1:]), block.closing)


def settle(block: Block, step: Step, around: Around, *, changed: frozenset[str] = frozenset()) -> Block:
    """The document of a step that says the position and the links of `step` in its place.

    Only what does not say them yet is changed. An entry in `changed` (`next`, `prev`), whose neighbour
    is another than before, goes where the order now says the same.
    """
    block = _settle_key(block, "position", step.position, around.position, STEP)
    if step.navigation is None:
        return block
    value = block.values().get("navigation")
    old = value if isinstance(value, Block) else Block(())
    new = old
    for key, meant, implied in (
        ("next", step.navigation.next_step_id, around.next_id),
        ("prev", step.navigation.prev_step_id, around.previous_id),
    ):
        new = _settle_key(new, key, meant, implied, NAVIGATION, drop=key in changed)
    if new is old:
        return block
    block = with_value(block, "navigation", new, STEP)
    return block if new.entries else without(block, "navigation")


def _settle_key(
    block: Block, key: str, meant: Value, implied: Value, shape: Fields, *, drop: bool = False
) -> Block:
    values = block.values()
    if key not in values:
        return block if meant == implied else with_value(block, key, meant, shape)
    if values[key] == meant and not (drop and meant == implied):
        return block
    return without(block, key) if meant == implied else with_value(block, key, meant, shape)


def settle_header(block: Block, header: Header) -> Block:
    """The document of a workshop that says its first position; nothing of steps where there are none."""
    if not header.step_ids:
        for key in ("first_position", "navigation"):
            if key in block.values():
                block = without(block, key)
        return block
    return _settle_key(block, "first_position", header.first_position, 1, WORKSHOP)


def listed(block: Block) -> Block:
    """The list of steps in the document of a workshop."""
    return cast(Block, block.values()["steps"])


def relisted(block: Block, steps: Block) -> Block:
    """The document of a workshop with another list; comments that an empty list cannot hold stand above."""
    if not steps.entries and steps.closing:
        left = tuple(line for line in steps.closing if line)
        entries = tuple(
            evolve(entry, above=(*entry.above, *left)) if entry.key == "steps" else entry
            for entry in block.entries
        )
        block, steps = evolve(block, entries=entries), Block(())
    return with_value(block, "steps", steps, WORKSHOP)


def attached(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines above an item: those that a blank line parts from it, and those that stand beside it.

    The first are about what follows, such as the heading of a part of the course: they stay.
    """
    for index in range(len(entry.above) - 1, -1, -1):
        if not entry.above[index]:
            return entry.above[: index + 1], entry.above[index + 1 :]
    return (), entry.above


def taken(steps: Block, step_id: str) -> tuple[Block, Entry]:
    """The list without an item, and the item with its comments."""
    index = next(number for number, entry in enumerate(steps.entries) if entry.value == step_id)
    staying, own = attached(steps.entries[index])
    return _without_item(steps, index, staying), evolve(steps.entries[index], above=own)


def placed(steps: Block, index: int, items: Sequence[Entry], *, below_heading: bool) -> Block:
    """The list with items at `index`; `below_heading`: below what a blank line parts from the item there."""
    before, after = steps.entries[:index], steps.entries[index:]
    if below_heading and after:
        staying, own = attached(after[0])
        after = (evolve(after[0], above=own), *after[1:])
        items = [evolve(items[0], above=(*staying, *items[0].above)), *items[1:]]
    return Block((*before, *items, *after), steps.closing)

"""Steps put elsewhere in the list (AUT-37 to AUT-39)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from yamlsync.document.model import Block
from yamlsync.errors import OperationError
from yamlsync.layout.read import StepFile, WorkshopFile
from yamlsync.printable import quoted
from yamlsync.reshaping.documents import listed, placed, relisted, taken
from yamlsync.reshaping.found import Found
from yamlsync.reshaping.place import Spot, relinked
from yamlsync.reshaping.plan import Draft, Reshaping, with_steps, written_positions
from yamlsync.reshaping.positions import kept, mended
from yamlsync.reshaping.words import explicit_links, link_words, order_words


def order(found: Found, moved: Sequence[str], spot: Spot) -> Reshaping:
    """Plans that steps stand, in the order in which they are named, at another place of their list.

    Raises OperationError where the request cannot be met.
    """
    workshop = _workshop(found, moved, spot)
    old_ids = workshop.header.step_ids
    going = set(moved)
    rest = [id for id in old_ids if id not in going]
    index = spot.index(rest)
    ids = (*rest[:index], *moved, *rest[index:])
    if ids == old_ids:
        return Draft(found).plan(found.contents, ())
    files = {each.step.id: each for each in workshop.steps}
    first, positions = _positions(workshop, ids, files)
    header = evolve(workshop.header, first_position=first, step_ids=ids)
    steps = [
        evolve(files[id].step, position=position, navigation=relinked(files[id], previous_id, next_id))
        for id, previous_id, next_id, position in zip(
            ids, (None, *ids), (*ids[1:], None), positions, strict=False
        )
    ]
    draft = Draft(found)
    listing = _reordered(listed(workshop.block), moved, index, spot)
    draft.blocks[workshop.path] = relisted(workshop.block, listing)
    changed = _changed_sides(old_ids, ids)
    pairs = [(files[step.id].path, step) for step in steps]
    draft.settle(workshop.path, header, pairs, changed)
    remarks = [*order_words(old_ids, ids), *_staying_links([files[id] for id in ids], changed)]
    return draft.plan(with_steps(found.contents, workshop, steps), remarks)


def _workshop(found: Found, moved: Sequence[str], spot: Spot) -> WorkshopFile:
    owner = found.owner(moved[0])
    named = [*moved] if spot.beside is None else [*moved, spot.beside]
    for index, id in enumerate(named):
        if found.owner(id) is not owner:
            raise OperationError(
                f"{quoted(moved[0])} and {quoted(id)} are steps of two workshops",
                "name steps of one: each workshop has a list of its own",
            )
        if id in named[:index]:
            raise OperationError(f"{quoted(id)} is named twice", "name each step once")
    return owner


def _positions(
    workshop: WorkshopFile, ids: Sequence[str], files: dict[str, StepFile]
) -> tuple[int, list[int]]:
    """Positions as the files say them where that fits, else the same ones dealt out in the new order."""
    first = workshop.header.first_position
    as_written = kept(first, written_positions((id, files[id].block) for id in ids))
    if as_written is not None:
        return first, as_written
    dealt = [each.step.position for each in workshop.steps]
    return mended(first, list(zip(ids, dealt, strict=True)))


def _reordered(steps: Block, moved: Sequence[str], index: int, spot: Spot) -> Block:
    items = []
    for id in moved:
        steps, item = taken(steps, id)
        items.append(item)
    return placed(steps, index, items, below_heading=spot.below_heading)


def _changed_sides(old: Sequence[str], new: Sequence[str]) -> dict[str, frozenset[str]]:
    """For each step, which of its neighbours are others than before: `next`, `prev`."""
    before, after = _neighbours(old), _neighbours(new)
    return {id: frozenset(key for key in after[id] if after[id][key] != before[id][key]) for id in new}


def _neighbours(ids: Sequence[str]) -> dict[str, dict[str, str | None]]:
    return {
        id: {"next": next_id, "prev": previous_id}
        for id, previous_id, next_id in zip(ids, (None, *ids), (*ids[1:], None), strict=False)
    }


def _staying_links(files: Sequence[StepFile], changed: dict[str, frozenset[str]]) -> Iterator[str]:
    """Links that files say themselves, and that do not lead where the new order does."""
    neighbours = _neighbours([each.step.id for each in files])
    for each in files:
        id = each.step.id
        for key, target in explicit_links(each.block).items():
            if key in changed[id] and target != neighbours[id][key]:
                yield link_words(each, key, target)

"""A step under another id, everywhere that it is named (AUT-28 to AUT-32)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from attrs import evolve

from yamlsync.document.model import Block, Entry, Fields, ListOf
from yamlsync.errors import OperationError
from yamlsync.image_names import fit_for_tag
from yamlsync.layout.files import NAVIGATION, STATE, STEP, step_path
from yamlsync.printable import quoted
from yamlsync.records import Navigation, Step
from yamlsync.reshaping.conditions import renamed
from yamlsync.reshaping.documents import listed, relisted, with_value
from yamlsync.reshaping.found import Found, folder_of
from yamlsync.reshaping.plan import Draft, Reshaping, with_runtime, with_steps, written_positions
from yamlsync.reshaping.positions import kept, kept_or_mended
from yamlsync.reshaping.words import name_doubts
from yamlsync.rules.images.reference import parse


def move(found: Found, old: str, new: str, *, image_tag: bool = False) -> Reshaping:
    """Plans that the step `old` is called `new`; with `image_tag`, so is the tag of its image.

    Raises OperationError where the request cannot be met.
    """
    workshop, file = found.owner(old), found.step(old)
    found.require_free(new)
    step_image = _image_tag(file.step.image_tag, new) if image_tag else file.step.image_tag
    draft = Draft(found)
    for path, block in found.blocks.items():
        draft.blocks[path] = _block(block, old, new)
    if image_tag:
        draft.blocks[file.path] = with_value(draft.blocks[file.path], "image_tag", step_image, STEP)
    path = step_path(folder_of(workshop), new)
    draft.move(file.path, path)
    meant = found.contents
    for each in found.workshops:
        meant = with_steps(meant, each, [_step(row.step, old, new, step_image) for row in each.steps])
    rows = (evolve(row, step_id=new) if row.step_id == old else row for row in found.contents.runtime_states)
    meant = with_runtime(meant, rows)
    remarks = [f"{quoted(old)} is now {quoted(new)}"]
    pairs = [
        (path if each is file else each.path, _step(each.step, old, new, step_image))
        for each in workshop.steps
    ]
    wanted = written_positions((step.id, draft.blocks[its_path]) for its_path, step in pairs)
    if kept(workshop.header.first_position, wanted) is None:
        remarks.append(f"positions are written anew: by its new id {quoted(new)} would stand elsewhere")
    first, positions = kept_or_mended(workshop.header.first_position, wanted)
    ids = tuple(id for id, _ in wanted)
    header = evolve(workshop.header, first_position=first, step_ids=ids)
    pairs = [
        (its_path, evolve(step, position=position))
        for (its_path, step), position in zip(pairs, positions, strict=True)
    ]
    draft.settle(workshop.path, header, pairs)
    meant = with_steps(meant, workshop, [step for _, step in pairs])
    remarks += _image_words(file.step.image_tag, step_image, old, renames=image_tag)
    planned = draft.mentions(draft.plan(meant, remarks), old)
    return evolve(planned, doubts=tuple(name_doubts(new, found.step_ids())))


def _block(block: Block, old: str, new: str) -> Block:
    """The document with another id wherever it names the step; the same one where it does not."""
    values = block.values()
    if "workspace" in values:
        return _state(block, old, new)
    if "format" in values:
        return _listing(block, old, new)
    if values["id"] == old:
        block = with_value(block, "id", new, STEP)
    navigation = values.get("navigation")
    if not isinstance(navigation, Block):
        return block
    links = navigation
    for key in ("next", "prev"):
        if key in links.values() and links.values()[key] == old:
            links = with_value(links, key, new, NAVIGATION)
    condition = links.values().get("unlock_condition")
    if condition is not None:
        changed = renamed(cast(str, condition), old, new)
        if changed != condition:
            links = with_value(links, "unlock_condition", changed, NAVIGATION)
    return block if links is navigation else with_value(block, "navigation", links, STEP)


def _listing(block: Block, old: str, new: str) -> Block:
    steps = listed(block)
    if old not in steps.items():
        return block
    entries = (evolve(entry, value=new) if entry.value == old else entry for entry in steps.entries)
    return relisted(block, evolve(steps, entries=tuple(entries)))


def _state(block: Block, old: str, new: str) -> Block:
    steps = block.values().get("steps")
    if not isinstance(steps, Block) or old not in map(_state_id, steps.entries):
        return block
    in_order = [*map(_state_id, steps.entries)] == sorted(map(_state_id, steps.entries))
    entries = [
        evolve(entry, value=with_value(cast(Block, entry.value), "id", new, _STATE_ITEM))
        if _state_id(entry) == old
        else entry
        for entry in steps.entries
    ]
    if in_order:
        entries.sort(key=_state_id)
    return with_value(block, "steps", evolve(steps, entries=tuple(entries)), STATE)


_STATE_ITEM = cast(Fields, cast(ListOf, STATE.keys["steps"]).item)


def _state_id(entry: Entry) -> str:
    return cast(str, cast(Block, entry.value).values()["id"])


def _step(step: Step, old: str, new: str, image_tag: str) -> Step:
    """The record with another id wherever it names the step."""
    navigation = step.navigation
    if navigation is not None:
        condition = navigation.unlock_condition
        navigation = Navigation(
            new if navigation.next_step_id == old else navigation.next_step_id,
            new if navigation.prev_step_id == old else navigation.prev_step_id,
            None if condition is None else renamed(condition, old, new),
        )
    if step.id != old:
        return evolve(step, navigation=navigation)
    return evolve(step, id=new, image_tag=image_tag, navigation=navigation)


def _image_tag(image_tag: str, new: str) -> str:
    reference = parse(image_tag)
    if reference.fault is not None:
        raise OperationError(
            f"the image tag {quoted(image_tag)} is no reference to an image: {reference.fault.message}",
            f"mend it first ({reference.fault.help}), or leave --image-tag out",
        )
    return f"{reference.name}:{fit_for_tag(new)}"


def _image_words(before: str, after: str, old: str, *, renames: bool) -> Iterator[str]:
    digest = parse(before).digest
    if renames:
        yield f"the image is now {after}"
        if digest:
            yield f"its digest, {digest}, is left out: that was of the image before"
    elif parse(before).tag == fit_for_tag(old):
        yield f"the image is still {before}; --image-tag renames it too"

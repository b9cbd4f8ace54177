"""A step taken out, and what led to it led past it (AUT-33 to AUT-36)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from attrs import evolve

from yamlsync.document.locating import Locator
from yamlsync.document.model import Block
from yamlsync.layout.files import STATE, STEP
from yamlsync.layout.read import StepFile, WorkshopFile
from yamlsync.printable import quoted
from yamlsync.problems import Problem, in_order
from yamlsync.records import Navigation, Step
from yamlsync.reshaping.documents import listed, relisted, taken
from yamlsync.reshaping.found import Found
from yamlsync.reshaping.plan import Draft, Reshaping, refused, with_steps, written_positions
from yamlsync.reshaping.positions import kept_or_mended
from yamlsync.reshaping.words import explicit_links, order_words
from yamlsync.rules.conditions.steps_named import steps_named
from yamlsync.rules.course import CONDITION


def remove(found: Found, step_id: str) -> Reshaping:
    """Plans that a step goes, or says what has to be edited first.

    Raises OperationError where there is no such step.
    """
    workshop, gone = found.owner(step_id), found.step(step_id)
    problems = in_order([*_conditions(found, gone), *_progress(found, step_id)])
    if problems:
        return refused(found, problems)
    draft = Draft(found)
    del draft.blocks[gone.path]
    listing, item = taken(listed(workshop.block), step_id)
    draft.blocks[workshop.path] = relisted(workshop.block, listing)
    remarks: list[str] = []
    links = _links_past(workshop, gone)
    meant = found.contents
    for each in found.workshops:
        files = [file for file in each.steps if file is not gone]
        ids = tuple(file.step.id for file in files)
        first, positions = _positions(each, files) if each is workshop else (each.header.first_position, None)
        header = evolve(each.header, first_position=first, step_ids=ids)
        steps = []
        for index, file in enumerate(files):
            step = _led_past(file.step, step_id, links)
            remarks += _link_words(file, step, step_id, workshop)
            steps.append(step if positions is None else evolve(step, position=positions[index]))
        draft.settle(each.path, header, [(file.path, step) for file, step in zip(files, steps, strict=True)])
        meant = with_steps(meant, each, steps)
    old_ids = workshop.header.step_ids
    remarks = [*order_words(old_ids, [id for id in old_ids if id != step_id]), *remarks]
    beside = [line for line in (*item.above, item.behind) if line]
    if beside:
        remarks.append(f"what stood beside it in {workshop.path} goes with it: {' '.join(beside)}")
    return draft.mentions(draft.plan(meant, remarks, frozenset({gone.path})), step_id)


def _positions(workshop: WorkshopFile, files: list[StepFile]) -> tuple[int, list[int]]:
    """Positions as the files say them; the first step brings its own."""
    wanted = written_positions((file.step.id, file.block) for file in files)
    first = workshop.header.first_position
    if files and (written := wanted[0][1]) is not None:
        first = written
    return kept_or_mended(first if files else 1, wanted)


def _links_past(workshop: WorkshopFile, gone: StepFile) -> Navigation:
    """Where the step led; where it led nowhere of its own, its neighbours in the list."""
    ids = workshop.header.step_ids
    index = ids.index(gone.step.id)
    next_id = ids[index + 1] if index + 1 < len(ids) else None
    previous_id = ids[index - 1] if index else None
    links = gone.step.navigation or Navigation(next_id, previous_id)
    return Navigation(
        next_id if links.next_step_id == gone.step.id else links.next_step_id,
        previous_id if links.prev_step_id == gone.step.id else links.prev_step_id,
    )


def _led_past(step: Step, gone_id: str, links: Navigation) -> Step:
    navigation = step.navigation
    if navigation is None:
        return step
    if navigation.next_step_id == gone_id:
        navigation = evolve(navigation, next_step_id=links.next_step_id)
    if navigation.prev_step_id == gone_id:
        navigation = evolve(navigation, prev_step_id=links.prev_step_id)
    return evolve(step, navigation=navigation)


def _link_words(file: StepFile, step: Step, gone_id: str, workshop: WorkshopFile) -> Iterator[str]:
    """Links that the list does not say by itself."""
    if file.step.navigation is None or step.navigation is None:
        return
    said = explicit_links(file.block)
    ids = [id for id in workshop.header.step_ids if id != gone_id]
    place = ids.index(step.id) if step.id in ids else None
    for key, old, new, shift, way in (
        ("next", file.step.navigation.next_step_id, step.navigation.next_step_id, 1, "on"),
        ("prev", file.step.navigation.prev_step_id, step.navigation.prev_step_id, -1, "back"),
    ):
        if old != gone_id:
            continue
        implied = None
        if place is not None and 0 <= place + shift < len(ids):
            implied = ids[place + shift]
        if key in said or new != implied:
            target = "no step" if new is None else quoted(new)
            yield f"{quoted(step.id)} now leads {way} to {target}, as {quoted(gone_id)} did"


def _conditions(found: Found, gone: StepFile) -> Iterator[Problem]:
    for each in found.steps():
        navigation = each.step.navigation
        condition = navigation.unlock_condition if navigation else None
        if each is gone or condition is None or "steps" not in condition:
            continue
        named = [one for one in steps_named(condition) if one.id == gone.step.id]
        if named:
            locator = Locator(each.path, found.tree.read(each.path), STEP)
            for one in named:
                yield Problem(
                    "YS204",
                    f"the unlock condition names {quoted(gone.step.id)}, which is to be removed",
                    locator.place(CONDITION, (one.start, one.end)),
                    "write a condition without it first",
                )


def _progress(found: Found, step_id: str) -> Iterator[Problem]:
    for path, block in found.blocks.items():
        if "workspace" not in block.values():
            continue
        items = block.values().get("steps")
        for index, item in enumerate(items.items() if isinstance(items, Block) else ()):
            if cast(Block, item).values()["id"] == step_id:
                yield Problem(
                    "YS202",
                    f"a student has progress with {quoted(step_id)}, which is to be removed",
                    Locator(path, found.tree.read(path), STATE).place(("steps", index, "id", "=")),
                    "delete it from the file first, if it can be spared",
                )

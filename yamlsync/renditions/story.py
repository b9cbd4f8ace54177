"""Changes → what a reader is told, workshop by workshop and step by step, in their order (DIF-50)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, TypeVar

from attrs import frozen

from yamlsync.changes import model
from yamlsync.changes.hints import is_hint
from yamlsync.changes.model import Change, Changes, Consequence
from yamlsync.records import Step, Workshop, metadata_order

T = TypeVar("T")

State = Literal["same", "added", "removed", "moved", "renamed", "changed"]
"""What became of a step; of several, the first that is true of it."""


@frozen
class StepStory:
    """One step of either side. `old` and `new` are its records, None where it is not there.

    A place is counted from 1 among the steps of its workshop. `changes` are its edits; those that only follow
    from others are in `following`. `is_known` tells whether its texts were read.
    """

    id: str
    old: Step | None
    new: Step | None
    old_place: int | None
    new_place: int | None
    rename: model.StepRenamed | None
    move: model.StepMoved | None
    changes: tuple[Change, ...]
    following: tuple[Change | Consequence, ...]
    is_known: bool

    @property
    def state(self) -> State:
        """What became of it, in one word."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "removed"
        if self.rename is not None:
            return "renamed"
        if self.move is not None:
            return "moved"
        return "changed" if self.changes else "same"

    @property
    def title(self) -> str:
        """Its title, the new one where there are two; its id where it was not read, or has none."""
        step = self.new or self.old
        return (step.title if step else "") or self.id


@frozen
class WorkshopStory:
    """One workshop of either side. `steps` are all of its steps: a removed one stands where it stood."""

    id: str
    old: Workshop | None
    new: Workshop | None
    changes: tuple[Change, ...]
    steps: tuple[StepStory, ...]

    @property
    def told(self) -> tuple[StepStory, ...]:
        """The steps that there is something to tell of."""
        return tuple(step for step in self.steps if step.state != "same")


@frozen
class Story:
    """All workshops of both sides, in the order of the new side; removed ones first."""

    workshops: tuple[WorkshopStory, ...]

    def __bool__(self) -> bool:
        return any(
            workshop.old is None or workshop.new is None or workshop.changes or workshop.told
            for workshop in self.workshops
        )


def story_of(
    old: Sequence[Workshop], new: Sequence[Workshop], changes: Changes, unread: frozenset[str] = frozenset()
) -> Story:
    """The changes between two sides, told in their order. `unread` are the steps known by their ids alone."""
    return _Teller(old, new, changes, unread).story()


class _Teller:
    def __init__(
        self, old: Sequence[Workshop], new: Sequence[Workshop], changes: Changes, unread: frozenset[str]
    ) -> None:
        self.sides = old, new
        self.unread = unread
        self.changes = changes.changes
        self.renames = {each.new_id: each for each in self._of(model.StepRenamed)}
        self.moves = {each.step: each for each in self._of(model.StepMoved)}
        self.new_ids = {each.old_id: each.new_id for each in self.renames.values()}
        self.old_step = {step.id: (place, step) for each in old for place, step in enumerate(each.steps, 1)}
        self.new_step = {step.id: step for each in new for step in each.steps}
        self.of_step: dict[str, list[Change | Consequence]] = {}
        self.of_workshop: dict[str, list[Change]] = {}
        for change in (*changes.changes, *changes.consequences):
            if (step := getattr(change, "step", None)) is not None and isinstance(step, str):
                self.of_step.setdefault(step, []).append(change)
            elif isinstance(change, model.WorkshopFieldChanged | model.Renumbered):
                self.of_workshop.setdefault(change.workshop, []).append(change)
            elif isinstance(change, model.WorkshopRenamed):
                self.of_workshop.setdefault(change.new_id, []).append(change)

    def _of(self, kind: type[T]) -> Iterator[T]:
        return (change for change in self.changes if isinstance(change, kind))

    def story(self) -> Story:
        removed = {each.workshop.id for each in self._of(model.WorkshopRemoved)}
        added = {each.workshop.id for each in self._of(model.WorkshopAdded)}
        old_ids = {each.new_id: each.old_id for each in self._of(model.WorkshopRenamed)}
        lefts = {workshop.id: workshop for workshop in self.sides[0]}
        found = [self._workshop(lefts[id], None) for id in lefts if id in removed]
        for workshop in self.sides[1]:
            old = None if workshop.id in added else lefts[old_ids.get(workshop.id, workshop.id)]
            found.append(self._workshop(old, workshop))
        return Story(tuple(found))

    def _workshop(self, old: Workshop | None, new: Workshop | None) -> WorkshopStory:
        id = new.id if new else old.id if old else ""
        changes = self.of_workshop.get(id, []) if new else []
        return WorkshopStory(
            id,
            old,
            new,
            tuple(change for change in changes if not self._is_following(change)),
            tuple(self._steps(old, new)),
        )

    def _steps(self, old: Workshop | None, new: Workshop | None) -> Iterator[StepStory]:
        gone = {change.step.id for change in self._of(model.StepRemoved)}
        behind: dict[str | None, list[StepStory]] = {}
        before: str | None = None
        for place, step in enumerate(old.steps if old else (), 1):
            if step.id in gone:
                told = StepStory(step.id, step, None, place, None, None, None, (), (), is_known=True)
                behind.setdefault(before, []).append(told)
            elif (id := self.new_ids.get(step.id, step.id)) not in self.moves:
                # A step that moved away is no mark of where something stood.
                before = id
        yield from behind.pop(None, ())
        for place, step in enumerate(new.steps if new else (), 1):
            yield self._step(place, step)
            yield from behind.pop(step.id, ())
        for rest in behind.values():
            yield from rest

    def _step(self, place: int, step: Step) -> StepStory:
        rename = self.renames.get(step.id)
        old_place, old = self.old_step.get(rename.old_id if rename else step.id, (None, None))
        edits: list[Change] = []
        quiet: list[Change] = []
        found = self.of_step.get(step.id, ())
        shifts = old is not None and _only_shifts(found, old, step)
        for change in found:
            if isinstance(change, model.PlaceFollowed | model.LinkFollowed | model.StepMoved):
                continue
            is_quiet = self._is_following(change) or (shifts and isinstance(change, model.HintMoved))
            (quiet if is_quiet else edits).append(change)
        consequences = [each for each in found if isinstance(each, model.PlaceFollowed | model.LinkFollowed)]
        move = self.moves.get(step.id)
        known = step.id not in self.unread
        changes = tuple(edits), (*quiet, *consequences)
        return StepStory(step.id, old, step, old_place, place, rename, move, *changes, is_known=known)

    def _is_following(self, change: Change) -> bool:
        """Whether it follows from other changes, or is none for those who learn and teach (DIF-19)."""
        match change:
            case model.Renumbered(_, old, new):
                return old == new
            case model.LinkChanged(_, _, old, new):
                return (None if old is None else self.new_ids.get(old, old)) == new
            case model.ConditionChanged(_, str(old), str(new)):
                return any(id in old for id in self.new_ids) and self._with_new_ids(old) == new
            case model.PositionChanged(step):
                return self._stands_still(step)
        return False

    def _with_new_ids(self, condition: str) -> str:
        """A condition in which the steps have their new ids, where they stand in quotes."""
        pattern = "|".join(map(re.escape, self.new_ids))
        return re.sub(rf"(?<=[\"'])(?:{pattern})(?=[\"'])", lambda match: self.new_ids[match[0]], condition)

    def _stands_still(self, step_id: str) -> bool:
        """Whether a step has the same position, though it is written on one side alone."""
        rename = self.renames.get(step_id)
        _, old = self.old_step[rename.old_id if rename else step_id]
        return old.position == self.new_step[step_id].position


def _only_shifts(changes: Sequence[Change | Consequence], old: Step, new: Step) -> bool:
    """Whether hints have other numbers since one came or went, and stand in the same order."""
    if not any(isinstance(each, model.HintChanged) and None in (each.old, each.new) for each in changes):
        return False
    moved = {each.old_key: each.new_key for each in changes if isinstance(each, model.HintMoved)}
    left, right = ({row.key: row.value for row in step.metadata if is_hint(row.key)} for step in (old, new))
    arrived = set(moved.values())
    stayed = {key: key for key in left if key in right and key not in moved and key not in arrived}
    pairs = sorted((metadata_order(key), metadata_order(other)) for key, other in (moved | stayed).items())
    return all(one[1] < other[1] for one, other in pairwise(pairs))

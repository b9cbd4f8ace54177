"""The closed set of changes (DIF-10 to DIF-19); `spec/schemas/diff.schema.json` has their form in JSON.

A change names a step by the id that it has on the new side, a removed one by its old id. A place in the order
is told by the step before it, None for the first place; `old_after` is an id of the old side, `new_after` one
of the new side.
"""

from __future__ import annotations

from typing import TypeAlias

import attrs
from attrs import frozen

from yamlsync.changes.checks import CheckChange
from yamlsync.records import Date, with_type
from yamlsync.relative import RelativeNavigation, RelativeStep


@frozen
class WorkshopFacts:
    """A workshop's own facts, without its steps."""

    id: str
    name: str
    version: str
    created_at: Date = attrs.field(eq=with_type)
    first_position: int


@frozen
class WorkshopAdded:
    """A workshop that is new. Its steps are added, or moved into it, one by one."""

    workshop: WorkshopFacts


@frozen
class WorkshopRemoved:
    """A workshop that is gone. Its steps are removed, or moved out of it, one by one."""

    workshop: WorkshopFacts


@frozen
class WorkshopRenamed:
    """A workshop with another id."""

    old_id: str
    new_id: str


@frozen
class WorkshopFieldChanged:
    """Another `name`, `version`, `created_at` or `first_position` of a workshop."""

    workshop: str
    field: str
    old: Date = attrs.field(eq=with_type)
    new: Date = attrs.field(eq=with_type)


@frozen
class Numbering:
    """Positions at even distances: of the first step, and from each to the next."""

    first: int
    gap: int


@frozen
class Renumbered:
    """Positions that are at even distances on both sides, and must be written again for other reasons.

    Where `old` and `new` are equal they follow from the order.
    """

    workshop: str
    old: Numbering
    new: Numbering


@frozen
class StepAdded:
    """A step that is new."""

    workshop: str
    step: RelativeStep
    new_after: str | None


@frozen
class StepRemoved:
    """A step that is gone."""

    workshop: str
    step: RelativeStep
    old_after: str | None


@frozen
class StepRenamed:
    """A step with another id; `likeness` is what share of its content stayed, at most 100 (DIF-32)."""

    old_id: str
    new_id: str
    likeness: int


@frozen
class StepMoved:
    """A step at another place among those that stayed, or in another workshop."""

    step: str
    old_workshop: str
    old_after: str | None
    new_workshop: str
    new_after: str | None


@frozen
class TitleChanged:
    """Another title."""

    step: str
    old: str
    new: str


@frozen
class ImageChanged:
    """Another container image."""

    step: str
    old: str
    new: str


@frozen
class TextChanged:
    """Another text for students to read; None where there is none."""

    step: str
    old: str | None
    new: str | None


@frozen
class GossChanged:
    """Other checks of a student's work, as texts and, where both can be read, check by check."""

    step: str
    old: str | None
    new: str | None
    checks: tuple[CheckChange, ...] | None


@frozen
class MetadataChanged:
    """Another value of a key that is no hint; None where the key is not there."""

    step: str
    key: str
    old: str | None
    new: str | None


@frozen
class HintChanged:
    """Another text of a hint (META-1); None where the hint is not there."""

    step: str
    key: str
    old: str | None
    new: str | None


@frozen
class HintMoved:
    """A hint that is now given earlier or later, with the same text."""

    step: str
    old_key: str
    new_key: str
    value: str


@frozen
class ConditionChanged:
    """Another condition for a step to open; None where it is open to all."""

    step: str
    old: str | None
    new: str | None


@frozen
class LinkChanged:
    """Another `next` or `prev` of a step: where it leads, and whether it follows the order in doing so.

    Where it leads to the same step as before, only the following changed.
    """

    step: str
    field: str
    old: str | None
    new: str | None
    old_follows: bool
    new_follows: bool


@frozen
class NavigationChanged:
    """A row of navigation that is there on one side alone; None on the other."""

    step: str
    old: RelativeNavigation | None
    new: RelativeNavigation | None


@frozen
class PositionChanged:
    """Another written position; None where it follows from the step before."""

    step: str
    old: int | None
    new: int | None


Change: TypeAlias = (
    WorkshopAdded
    | WorkshopRemoved
    | WorkshopRenamed
    | WorkshopFieldChanged
    | Renumbered
    | StepAdded
    | StepRemoved
    | StepRenamed
    | StepMoved
    | TitleChanged
    | ImageChanged
    | TextChanged
    | GossChanged
    | MetadataChanged
    | HintChanged
    | HintMoved
    | ConditionChanged
    | LinkChanged
    | NavigationChanged
    | PositionChanged
)


@frozen
class PlaceFollowed:
    """A step that is at another place among the steps, counted from 1, since others came, went or moved."""

    step: str
    old: int
    new: int


@frozen
class LinkFollowed:
    """A `next` or `prev` that leads to another step, since it follows the order or a step's new id."""

    step: str
    field: str
    old: str | None
    new: str | None


Consequence: TypeAlias = PlaceFollowed | LinkFollowed


@frozen
class Changes:
    """All that differs between two workshops, and what follows from it without anybody's doing.

    `changes` alone make the new side of the old one. They are in the order of DIF-20.
    """

    changes: tuple[Change, ...] = ()
    consequences: tuple[Consequence, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)

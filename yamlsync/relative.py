"""A workshop as its files say it: what follows from the order of its steps has no value of its own (DIF-10).

Records that are compared in this form differ only where somebody changed something: a step that is put in
front changes neither the positions nor the links of others.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from attrs import field, frozen

from yamlsync.records import Date, Metadata, Navigation, Step, Workshop, with_neighbours, with_type


class Follows(Enum):
    """The value of a link that leads to the neighbour in the order of the steps."""

    ORDER = "order"


Link: TypeAlias = str | Follows | None
"""The id of a step, NULL, or whichever step is the neighbour."""


@frozen
class RelativeNavigation:
    """A row of navigation."""

    next: Link = Follows.ORDER
    prev: Link = Follows.ORDER
    unlock_condition: str | None = None


@frozen
class RelativeStep:
    """A step; `position` is None in the first one, and where it is one more than that of the step before."""

    id: str
    title: str
    image_tag: str
    position: int | None = None
    navigation: RelativeNavigation | None = None
    metadata: tuple[Metadata, ...] = ()
    goss_spec: str | None = None
    markdown: str | None = None


@frozen
class RelativeWorkshop:
    """A workshop; its steps stand in their order, which is all that places most of them."""

    id: str
    name: str
    version: str
    created_at: Date = field(eq=with_type)
    first_position: int = 1
    steps: tuple[RelativeStep, ...] = ()


def relative(workshop: Workshop) -> RelativeWorkshop:
    """A workshop in its relative form."""
    steps = workshop.steps
    return RelativeWorkshop(
        workshop.id,
        workshop.name,
        workshop.version,
        workshop.created_at,
        steps[0].position if steps else 1,
        tuple(_relative_step(*each) for each in with_neighbours(steps)),
    )


def absolute(workshop: RelativeWorkshop) -> Workshop:
    """The workshop of which `relative` makes this one, but for links and positions that say the obvious."""
    ids = [step.id for step in workshop.steps]
    position = workshop.first_position - 1
    steps = []
    for step, before, after in zip(workshop.steps, (None, *ids), (*ids[1:], None), strict=False):
        position = position + 1 if step.position is None else step.position
        row = step.navigation
        navigation = None
        if row is not None:
            links = _target(row.next, after), _target(row.prev, before)
            navigation = Navigation(*links, row.unlock_condition)
        steps.append(
            Step(
                step.id,
                step.title,
                step.image_tag,
                position,
                navigation,
                step.metadata,
                step.goss_spec,
                step.markdown,
            )
        )
    return Workshop(workshop.id, workshop.name, workshop.version, workshop.created_at, tuple(steps))


def _relative_step(step: Step, before: Step | None, after: Step | None) -> RelativeStep:
    follows = before is None or step.position == before.position + 1
    row = step.navigation
    navigation = None
    if row is not None:
        links = _link(row.next_step_id, after), _link(row.prev_step_id, before)
        navigation = RelativeNavigation(*links, row.unlock_condition)
    return RelativeStep(
        step.id,
        step.title,
        step.image_tag,
        None if follows else step.position,
        navigation,
        step.metadata,
        step.goss_spec,
        step.markdown,
    )


def _link(step_id: str | None, neighbour: Step | None) -> Link:
    return Follows.ORDER if step_id == (neighbour.id if neighbour else None) else step_id


def _target(link: Link, neighbour: str | None) -> str | None:
    return neighbour if isinstance(link, Follows) else link

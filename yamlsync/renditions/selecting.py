"""A story → that of some of its steps (DIF-7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from attrs import evolve

from yamlsync.errors import OperationError
from yamlsync.printable import shown
from yamlsync.renditions.story import StepStory, Story


def only(story: Story, ids: Collection[str]) -> Story:
    """The story of some steps, named by the ids that they have or had.

    Raises OperationError for an id that no step has.
    """
    wanted = set(ids)
    known = {id for workshop in story.workshops for step in workshop.steps for id in _ids(step)}
    for id in ids:
        if id not in known:
            raise OperationError(f"{shown(id)} is the id of no step on either side", _help(id, known))
    workshops = (
        evolve(workshop, changes=(), steps=tuple(step for step in workshop.steps if wanted & _ids(step)))
        for workshop in story.workshops
    )
    return Story(tuple(workshop for workshop in workshops if workshop.steps))


def _ids(step: StepStory) -> set[str]:
    return {record.id for record in (step.old, step.new) if record is not None}


def _help(id: str, known: Iterable[str]) -> str:
    # Imported late: who makes no mistakes needs no advice.
    from yamlsync.layout.finding import nearest

    near = nearest(id, sorted(known))
    return f"did you mean {shown(near)}?" if near else "yamlsync digest --steps lists the ids of a workshop"

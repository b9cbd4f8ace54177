"""A comparison → all that its page shows, in the order of the page (DIF-71)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from yamlsync.comparison import Comparison, Side
from yamlsync.records import Workshop
from yamlsync.renditions.counting import plural
from yamlsync.renditions.headings import counts, followed
from yamlsync.renditions.page.drawing import Graph, draw_steps
from yamlsync.renditions.page.facts import workshop_rows
from yamlsync.renditions.page.rows import Row
from yamlsync.renditions.page.sections import Section, beside, section
from yamlsync.renditions.story import State, StepStory, Story, WorkshopStory, story_of


@frozen
class Compared:
    """One of the two that were compared: its name, and what stands in it."""

    name: str
    holds: tuple[str, ...]


@frozen
class Counted:
    """How many steps became what, and the id of the first of them."""

    state: State
    words: str
    first: str


@frozen
class Unchanged:
    """A step that there is nothing to tell of."""

    place: int
    title: str
    id: str


@frozen
class WorkshopShown:
    """What is shown of a workshop. `state` is "added", "removed" or "changed"."""

    id: str
    name: str
    state: State
    facts: tuple[Row, ...]
    counts: tuple[Counted, ...]
    followed: str
    graph: Graph | None
    sections: tuple[Section, ...]
    unchanged: tuple[Unchanged, ...]


@frozen
class Overview:
    """A page: what was compared, and what is told of each workshop with changes."""

    title: str
    old: Compared
    new: Compared
    is_equal: bool
    workshops: tuple[WorkshopShown, ...]
    respelled: tuple[str, ...]


def overview(comparison: Comparison) -> Overview:
    """All that the page shows."""
    sides = comparison.old, comparison.new
    story = story_of(sides[0].workshops, sides[1].workshops, comparison.changes, comparison.new.unread)
    telling = _Telling(comparison, story)
    return Overview(
        _title(sides),
        _compared(sides[0]),
        _compared(sides[1]),
        not comparison.changes,
        tuple(telling.workshops()),
        comparison.respelled,
    )


def _compared(side: Side) -> Compared:
    return Compared(side.name, tuple(map(_held, side.workshops)))


def _title(sides: tuple[Side, Side]) -> str:
    names = list(
        dict.fromkeys(workshop.name or workshop.id for side in reversed(sides) for workshop in side.workshops)
    )
    return names[0] if names and len(sides[1].workshops) <= 1 and len(sides[0].workshops) <= 1 else ""


def _held(workshop: Workshop) -> str:
    name = workshop.name or workshop.id
    id = f" ({workshop.id})" if name != workshop.id else ""
    return f"{name}{id}, version {workshop.version}, {plural(len(workshop.steps), 'step')}"


class _Telling:
    def __init__(self, comparison: Comparison, story: Story) -> None:
        self.comparison = comparison
        self.story = story
        steps = (step for workshop in story.workshops for step in workshop.steps)
        self.new_ids = {step.rename.old_id: step.id for step in steps if step.rename}
        # With one workshop its name is the heading of the page.
        self.beside = beside(comparison, below=3 if len(story.workshops) == 1 else 4)

    def workshops(self) -> Iterator[WorkshopShown]:
        """The workshops that there is something to tell of."""
        for number, workshop in enumerate(self.story.workshops, 1):
            is_whole = workshop.old is None or workshop.new is None
            if workshop.changes or workshop.told or is_whole:
                yield self._workshop(workshop, f"graph-{number}")

    def _workshop(self, story: WorkshopStory, name: str) -> WorkshopShown:
        record = story.new or story.old
        if record is None:
            raise AssertionError("a workshop of neither side")
        return WorkshopShown(
            story.id,
            record.name or story.id,
            "added" if story.old is None else "removed" if story.new is None else "changed",
            workshop_rows(story),
            tuple(self._counts(story)),
            followed(story),
            draw_steps(story, self.new_ids, self.comparison.new.unread, name) if story.steps else None,
            tuple(section(step, self.beside) for step in story.told),
            tuple(_unchanged(step) for step in story.steps if step.state == "same"),
        )

    def _counts(self, story: WorkshopStory) -> Iterator[Counted]:
        for state, count in counts(story).items():
            first = next(step for step in story.steps if step.state == state)
            yield Counted(state, f"{plural(count, 'step')} {state}", first.id)


def _unchanged(step: StepStory) -> Unchanged:
    return Unchanged(step.new_place or 0, step.title, step.id)

"""What became of workshops and steps as a whole: headings, and the summary of all (DIF-50)."""

from __future__ import annotations

from collections import Counter

from yamlsync.changes.model import (
    ConditionChanged,
    HintMoved,
    LinkChanged,
    LinkFollowed,
    PlaceFollowed,
    PositionChanged,
)
from yamlsync.renditions.counting import plural
from yamlsync.renditions.quoting import named, quote
from yamlsync.renditions.story import State, StepStory, Story, WorkshopStory
from yamlsync.renditions.words import alike, place

SIGNS: dict[State, str] = {
    "added": "+",
    "removed": "\N{MINUS SIGN}",
    "renamed": "→",
    "moved": "↕",
    "changed": "~",
    "same": " ",
}
TEXT_SIGNS: dict[State, str] = SIGNS | {"removed": "-"}
"""What can be searched for in a terminal."""
ASCII_SIGNS: dict[State, str] = TEXT_SIGNS | {"renamed": "=", "moved": ">"}
STATE_COLORS: dict[State, str] = {
    "added": "green",
    "removed": "red",
    "renamed": "cyan",
    "moved": "cyan",
    "changed": "yellow",
}
"""What a terminal shows a step in; the signs say the same without colours."""


def name_of(step: StepStory) -> str:
    """A step by its place on the side where it is, its title and, if that is another text, its id."""
    where = step.old_place if step.new is None else step.new_place
    # Git shows a step from its file alone, which does not say where it stands.
    number = "step" if where is None else f"step {where}"
    record = step.new or step.old
    title = record.title if record else ""
    if not title or title == step.id:
        return f"{number} {quote(title) if title else named(step.id)}"
    return f"{number} {quote(title)} ({named(step.id)})"


def fates(step: StepStory) -> tuple[str, ...]:
    """What became of the step itself, each in a clause; nothing where only what is in it changed."""
    if step.state in ("added", "removed"):
        return ("new" if step.state == "added" else "removed",)
    told = []
    if step.rename:
        told.append(", ".join([f"was {named(step.rename.old_id)}", *alike(step.rename.likeness)]))
    if move := step.move:
        is_away = move.old_workshop != move.new_workshop
        start = f"from workshop {named(move.old_workshop)}" if is_away else f"from place {step.old_place}"
        told.append(f"moved {start}, now {place(move.new_after)}")
    return tuple(told)


def heading(step: StepStory) -> str:
    """A step by name, and what became of it."""
    return ", ".join((name_of(step), *fates(step)))


def workshop_heading(workshop: WorkshopStory) -> str:
    """A workshop by name, and what became of it."""
    record = workshop.new or workshop.old
    name = record.name if record else ""
    told = f"workshop {quote(name)} ({named(workshop.id)})" if name and name != workshop.id else ""
    told = told or f"workshop {quote(name) if name else named(workshop.id)}"
    if workshop.old is None or workshop.new is None:
        return f"{told}, {'new' if workshop.old is None else 'removed'}"
    return told


def counts(of: Story | WorkshopStory) -> dict[State, int]:
    """How many steps became what; without those that are the same."""
    workshops = of.workshops if isinstance(of, Story) else (of,)
    found = Counter(step.state for workshop in workshops for step in workshop.steps)
    return {state: found[state] for state in _ORDER if found[state]}


_ORDER: tuple[State, ...] = ("added", "removed", "renamed", "moved", "changed")


def summary(of: Story | WorkshopStory) -> str:
    """All in one line: `2 steps added, 1 removed, 3 changed`; empty where there is nothing to tell."""
    workshops = of.workshops if isinstance(of, Story) else (of,)
    told: list[str] = []
    if isinstance(of, Story):
        new = sum(workshop.old is None for workshop in workshops)
        gone = sum(workshop.new is None for workshop in workshops)
        told += _listed([(new, "added"), (gone, "removed")], "workshop")
    told += _listed([(count, state) for state, count in counts(of).items()], "step")
    changed = sum(len(workshop.changes) for workshop in workshops)
    if changed:
        itself = "the workshop itself" if len(workshops) == 1 else "workshops themselves"
        told.append(f"{plural(changed, 'change')} to {itself}")
    return ", ".join(told)


def _listed(numbers: list[tuple[int, str]], noun: str) -> list[str]:
    """Numbers and what became of so many; only the first says of what."""
    told = [(count, state) for count, state in numbers if count]
    return [
        f"{plural(count, noun) if index == 0 else f'{count:,}'} {state}"
        for index, (count, state) in enumerate(told)
    ]


def followed(workshop: WorkshopStory) -> str:
    """What follows from the changes without anybody's doing, counted; empty where nothing does."""
    found = Counter(_FOLLOWING[type(change)] for step in workshop.steps for change in step.following)
    told = [plural(found[noun], noun) for noun in ("hint", "link", "condition", "position") if found[noun]]
    if places := found["place"]:
        told.insert(0, f"the place{'' if places == 1 else 's'} of {plural(places, 'step')}")
    verb = "follows" if found.total() == 1 else "follow"
    return f"{' and '.join(filter(None, [', '.join(told[:-1]), told[-1]]))} {verb} from this" if told else ""


_FOLLOWING: dict[type, str] = {
    PlaceFollowed: "place",
    HintMoved: "hint",
    LinkFollowed: "link",
    LinkChanged: "link",
    ConditionChanged: "condition",
    PositionChanged: "position",
}

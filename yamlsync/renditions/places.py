"""A change → the lines of the new side's files in which it is seen; the files are handed in (DIF-67)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from attrs import frozen

from yamlsync.changes import model
from yamlsync.changes.model import Change
from yamlsync.document.locating import Locator
from yamlsync.document.model import Fields, Path
from yamlsync.layout.files import (
    STEP,
    WORKSHOP,
    WORKSHOPS,
    WORKSHOPS_PATH,
    step_path,
    workshop_folder,
    workshop_path,
)
from yamlsync.renditions.story import StepStory, Story, WorkshopStory
from yamlsync.wording.lines import Line, lines
from yamlsync.wording.passages import Changed, Deleted, Inserted, Kept, Passage

_GAP = 3
"""So many lines that were kept between two changes part them."""


@frozen
class Lines:
    """Lines of a file of the new side, by its path in the workshop; the numbers count from 1, both included.

    Without numbers it is the file as a whole.
    """

    path: str
    first: int | None = None
    last: int | None = None


@frozen
class Stretch:
    """Changes of a text that stand close together, and their lines in the new text, counted from 1.

    Where lines are only gone, it is the line before them, or the first.
    """

    passages: tuple[Passage, ...]
    first: int
    last: int


def stretches(passages: Sequence[Passage]) -> tuple[Stretch, ...]:
    """All changes of a text."""
    groups: list[list[Passage]] = []
    is_apart = True
    for passage in passages:
        if isinstance(passage, Kept):
            is_apart = is_apart or len(passage.new) >= _GAP
            if not is_apart:
                groups[-1].append(passage)
        elif is_apart:
            groups.append([passage])
            is_apart = False
        else:
            groups[-1].append(passage)
    numbers = _numbers(passages)
    return tuple(_stretch(group, numbers) for group in groups)


def stretch_of(names: Sequence[str], text: str, found: Sequence[Stretch]) -> Stretch:
    """Which of some stretches is about the check with one of these names in a new goss spec of that `text`.

    It is one in which the name stands; else the first below the name, where what the check asks is written;
    else the first.
    """
    for name in filter(None, names):
        for stretch in found:
            if any(name in line.text for passage in stretch.passages for line in _changed(passage)):
                return stretch
        for number, line in enumerate(text.split("\n"), 1):
            if name in line:
                return next((each for each in found if each.last >= number), found[0])
    return found[0]


def _changed(passage: Passage) -> tuple[Line, ...]:
    return (
        passage.lines if isinstance(passage, Deleted) else () if isinstance(passage, Kept) else _new(passage)
    )


def _stretch(group: list[Passage], numbers: dict[int, int]) -> Stretch:
    if isinstance(group[-1], Kept):
        group = group[:-1]
    found = [line.number for passage in group for line in _new(passage)]
    before = max(numbers[id(group[0])], 1)
    return Stretch(tuple(group), found[0] if found else before, found[-1] if found else before)


def _numbers(passages: Sequence[Passage]) -> dict[int, int]:
    """By each passage, the number of the last line before it."""
    counts = accumulate((len(_new(passage)) for passage in passages), initial=0)
    return {id(passage): count for passage, count in zip(passages, counts, strict=False)}


def _new(passage: Passage) -> tuple[Line, ...]:
    match passage:
        case Deleted():
            return ()
        case Inserted(new) | Kept(_, new) | Changed(_, new, _, _):
            return new


class Places:
    """The places of a story's changes. `read` gives the bytes of a file of the new side by its path in it."""

    def __init__(self, story: Story, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._locators: dict[str, Locator | None] = {}
        self._are_several = sum(workshop.new is not None for workshop in story.workshops) > 1

    def of_workshop(self, workshop: WorkshopStory, change: Change | None = None) -> Lines:
        """Where a workshop is told of, or one of its own changes."""
        if workshop.new is None:
            return self._first(*self._list(), [("workshops",), ("id", "=")])
        wanted: list[Path] = [("id", "=")]
        if isinstance(change, model.WorkshopFieldChanged):
            wanted = [(change.field, "="), ("steps",), *wanted]
        elif isinstance(change, model.Renumbered):
            wanted = [("steps",), *wanted]
        return self._first(self._path(workshop), WORKSHOP, wanted)

    def of_step(self, workshop: WorkshopStory, step: StepStory) -> Lines:
        """Where it is seen what became of a step: its title, its new id, or its line in the list of steps."""
        if workshop.new is None:
            return self.of_workshop(workshop)
        if step.state in ("removed", "moved"):
            return self._in_list(workshop, step)
        wanted: list[Path] = [("title", "=")] if step.state == "added" else [("id", "=")]
        return self._first(self._step_path(workshop, step), STEP, wanted)

    def of_change(self, workshop: WorkshopStory, step: StepStory, change: Change) -> Lines:
        """Where one change of a step is seen that is on both sides."""
        return self._first(self._step_path(workshop, step), STEP, list(_paths(change)))

    def of_stretch(self, workshop: WorkshopStory, step: StepStory, change: Change, found: Stretch) -> Lines:
        """Where a part of a text is seen, the Markdown or the goss spec of a step."""
        if not isinstance(change, model.TextChanged | model.GossChanged) or not change.new:
            return self.of_change(workshop, step, change)
        locator = self._locator(self._step_path(workshop, step), STEP)
        if locator is None:
            return Lines(self._step_path(workshop, step))
        texts = [line.whole for line in lines(change.new, markdown=False)]
        starts = [0, *accumulate(map(len, texts))]
        last = min(found.last, len(texts))
        start, end = starts[min(found.first, last) - 1], starts[last]
        key = "markdown" if isinstance(change, model.TextChanged) else "goss_spec"
        # Without the line break behind the last one: that may be spelled in any way.
        text = change.new[start:end].rstrip("\r\n")
        place = locator.place((key, "="), (start, start + max(len(text), 1)))
        return Lines(place.path, place.line, place.end_line)

    def _in_list(self, workshop: WorkshopStory, step: StepStory) -> Lines:
        """The line of a step in the list of steps; of one that is gone, the line before it."""
        before = None
        for each in workshop.steps:
            before = each.new_place if each.new is not None else before
            if each is step:
                break
        wanted: list[Path] = [("steps",)] if before is None else [("steps", before - 1), ("steps",)]
        return self._first(self._path(workshop), WORKSHOP, wanted)

    def _path(self, workshop: WorkshopStory) -> str:
        return workshop_path(self._folder(workshop))

    def _step_path(self, workshop: WorkshopStory, step: StepStory) -> str:
        return step_path(self._folder(workshop), step.id)

    def _folder(self, workshop: WorkshopStory) -> str:
        return workshop_folder(workshop.id) if self._are_several else ""

    def _list(self) -> tuple[str, Fields]:
        return (WORKSHOPS_PATH, WORKSHOPS) if self._are_several else (workshop_path(""), WORKSHOP)

    def _first(self, path: str, shape: Fields, wanted: Sequence[Path]) -> Lines:
        """The first of some paths that stands in a file."""
        locator = self._locator(path, shape)
        if locator is None:
            return Lines(path)
        for each in (*wanted, ("id",)):
            place = locator.place(each)
            if place.line is not None:
                return Lines(path, place.line, place.end_line if each[-1] == "=" else place.line)
        return Lines(path)

    def _locator(self, path: str, shape: Fields) -> Locator | None:
        if path not in self._locators:
            data = self._read(path)
            self._locators[path] = None if data is None else Locator(path, data, shape)
        return self._locators[path]


def _paths(change: Change) -> Iterator[Path]:
    """Where a change of a step is looked for, in turn."""
    match change:
        case model.TitleChanged():
            yield ("title", "=")
        case model.ImageChanged():
            yield ("image_tag", "=")
        case model.TextChanged():
            yield ("markdown", "=")
        case model.GossChanged():
            yield ("goss_spec", "=")
        case (
            model.MetadataChanged(_, key, _, _)
            | model.HintChanged(_, key, _, _)
            | model.HintMoved(_, _, key, _)
        ):
            yield ("metadata", key, "=")
            yield ("metadata",)
        case model.ConditionChanged():
            yield ("navigation", "unlock_condition", "=")
            yield ("navigation",)
        case model.LinkChanged(_, field):
            yield ("navigation", field, "=")
            yield ("navigation",)
        case model.NavigationChanged():
            yield ("navigation",)
        case model.PositionChanged():
            yield ("position", "=")

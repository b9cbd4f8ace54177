"""What changed, as annotations at the lines of a pull request; the files are handed in (DIF-67, DIF-68)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from attrs import frozen

from yamlsync.changes import model
from yamlsync.changes.model import Change, GossChanged, TextChanged, WorkshopRenamed
from yamlsync.comparison import Comparison
from yamlsync.opening import Directory, Located, RevisionDirectory
from yamlsync.renditions.check_words import ToldCheck, told_checks
from yamlsync.renditions.counting import counted, plural, text_passages
from yamlsync.renditions.diff_lines import diff_lines
from yamlsync.renditions.headings import fates, name_of, workshop_heading
from yamlsync.renditions.places import Lines, Places, Stretch, stretch_of, stretches
from yamlsync.renditions.story import StepStory, Story, WorkshopStory, story_of
from yamlsync.renditions.words import sentence
from yamlsync.reporters.commands import command
from yamlsync.wording.columns import truncated, width
from yamlsync.wording.folding import section_of
from yamlsync.wording.passages import new_text, old_text

MOST = 10
"""Annotations of one kind that GitHub shows for one step of a job."""

_VALUE = 200
_LONGEST_CHECK = 300
_VALUE_OF_LONG_CHECK = 60
"""So much of each value that both have room in the longest sentence."""

_MOST_LINES = 1_000
"""Characters of the lines that are shown where a sentence on a check leaves something out."""

_WORDS = {"added": "this step is new", "removed": "this step is gone; it stood here"}

_RANKS: tuple[tuple[type[Change], ...], ...] = (
    (model.ConditionChanged, model.LinkChanged, model.NavigationChanged),
    (model.TextChanged, model.GossChanged, model.TitleChanged, model.ImageChanged),
    (model.HintChanged, model.HintMoved),
)
_WHOLE, _FATE, _FIRST_RANK = 0, 1, 2
_LAST_RANK = _FIRST_RANK + len(_RANKS)


@frozen
class _Note:
    """One annotation; the lower its rank, the more it matters.

    Only of one that is shown the message is made, and the place looked for.
    """

    rank: int
    title: str
    message: Callable[[], str]
    place: Callable[[], Lines]


def render(
    comparison: Comparison,
    read: Callable[[str], bytes | None],
    seen: Callable[[str], str] = str,
) -> str:
    """The changes that matter most, at most `MOST`, one in a line; the last one says how many more there are.

    `read` gives the bytes of a file of the new side by its path in the workshop, None where there is none.
    `seen` makes of a path as seen from the working directory one as seen from the repository.
    """
    sides = comparison.old.workshops, comparison.new.workshops
    story = story_of(*sides, comparison.changes, comparison.new.unread)
    notes = sorted(_notes(story, Places(story, read)), key=lambda note: note.rank)
    shown = notes if len(notes) <= MOST else notes[: MOST - 1]
    lines = [_command(note, comparison.new.located, seen) for note in shown]
    if more := len(notes) - len(shown):
        words = f"{plural(more, 'more change')} without an annotation: GitHub shows {MOST}"
        lines.append(command("notice", {"title": "yamlsync diff"}, words))
    return "\n".join(lines)


def _command(note: _Note, located: Located, seen: Callable[[str], str]) -> str:
    properties: dict[str, str] = {}
    if isinstance(located, Directory | RevisionDirectory):
        lines = note.place()
        if isinstance(located, Directory):
            properties["file"] = seen(located.shown(lines.path))
        else:
            # In a revision it is named from the top of the repository as it is.
            properties["file"] = f"{located.path}/{lines.path}".lstrip("/")
        if lines.first is not None:
            properties |= {"line": str(lines.first), "endLine": str(lines.last or lines.first)}
    return command("notice", properties | {"title": f"yamlsync diff: {note.title}"}, note.message())


def _notes(story: Story, places: Places) -> Iterator[_Note]:
    for workshop in story.workshops:
        if workshop.old is None or workshop.new is None:
            # Of its steps nothing is told that this does not say.
            words = f"{workshop_heading(workshop)}: {plural(len(workshop.steps), 'step')}"
            place = partial(places.of_workshop, workshop)
            yield _Note(_WHOLE, workshop_heading(workshop), partial(str, words), place)
            continue
        for each in workshop.changes:
            rank = _WHOLE if isinstance(each, WorkshopRenamed) else _LAST_RANK
            place = partial(places.of_workshop, workshop, each)
            yield _Note(rank, workshop_heading(workshop), partial(sentence, each, _VALUE), place)
        for step in workshop.told:
            yield from _of_step(workshop, step, places)


def _of_step(workshop: WorkshopStory, step: StepStory, places: Places) -> Iterator[_Note]:
    name = name_of(step)
    if told := fates(step):
        rank = _WHOLE if step.state in ("added", "removed") else _FATE
        words = _WORDS.get(step.state) or "; ".join(told)
        yield _Note(rank, name, partial(str, words), partial(places.of_step, workshop, step))
    for change in step.changes:
        if isinstance(change, TextChanged) and change.old is not None and change.new:
            yield from _of_text(workshop, step, change, places)
        elif isinstance(change, GossChanged) and change.old is not None and change.new:
            yield from _of_checks(workshop, step, change, places)
        else:
            place = partial(places.of_change, workshop, step, change)
            yield _Note(_rank(change), name, partial(_message, change), place)


def _message(change: Change) -> str:
    words = sentence(change, _VALUE)
    return truncated(words, _LONGEST_CHECK) if isinstance(change, GossChanged) else words


def _of_text(
    workshop: WorkshopStory, step: StepStory, change: TextChanged, places: Places
) -> Iterator[_Note]:
    """A text by the stretches that changed."""
    found = stretches(text_passages(change))
    for number, each in enumerate(found):
        rank = _rank(change) if number == 0 else _LAST_RANK
        place = partial(places.of_stretch, workshop, step, change, each)
        words = partial(_text_message, change, each, is_alone=len(found) == 1)
        yield _Note(rank, name_of(step), words, place)


def _text_message(change: TextChanged, found: Stretch, *, is_alone: bool) -> str:
    words = sentence(change, _VALUE) if is_alone else f"text: {_counted(change, found)}"
    title = _section(change, found)
    return f"{words}, under “{title}”" if title else words


def _of_checks(
    workshop: WorkshopStory, step: StepStory, change: GossChanged, places: Places
) -> Iterator[_Note]:
    """Checks one by one; all at the first stretch that changed where they cannot be told so."""
    found = stretches(text_passages(change))
    all_told = list(told_checks(change, _VALUE))
    if any(width(each.whole) > _LONGEST_CHECK for each in all_told):
        short = told_checks(change, _VALUE_OF_LONG_CHECK)
        all_told = [
            brief if width(each.whole) > _LONGEST_CHECK else each
            for each, brief in zip(all_told, short, strict=True)
        ]
    if not all_told:
        place = partial(places.of_stretch, workshop, step, change, found[0])
        yield _Note(_rank(change), name_of(step), partial(_message, change), place)
    ranks = [_LAST_RANK] * len(all_told) + [_rank(change)]
    for told in all_told:
        rank = _FIRST_RANK if told.is_gone else ranks.pop()
        stretch = cache(partial(stretch_of, told.names, change.new or "", found))
        words = partial(_check_message, told, stretch)
        yield _Note(
            rank, name_of(step), words, partial(_place_of_check, workshop, step, change, places, stretch)
        )


def _check_message(told: ToldCheck, stretch: Callable[[], Stretch]) -> str:
    """What became of a check; where that leaves something out, the lines below it."""
    words = truncated(told.whole, _LONGEST_CHECK)
    if not told.is_cut and words == told.whole:
        return words
    return "\n".join([words, *diff_lines(stretch().passages, _MOST_LINES, 0)])


def _place_of_check(
    workshop: WorkshopStory,
    step: StepStory,
    change: GossChanged,
    places: Places,
    stretch: Callable[[], Stretch],
) -> Lines:
    return places.of_stretch(workshop, step, change, stretch())


def _counted(change: TextChanged, found: Stretch) -> str:
    return counted(TextChanged(change.step, old_text(found.passages), new_text(found.passages)))


def _section(change: TextChanged, found: Stretch) -> str:
    # Imported late: most annotations are of no text.
    from yamlsync.renditions.quoting import brief

    passages = text_passages(change)
    index = next(number for number, each in enumerate(passages) if each is found.passages[0])
    return brief(section_of(passages, index), 80).text


def _rank(change: Change) -> int:
    if isinstance(change, GossChanged) and not change.new:
        return _FIRST_RANK
    return next(
        (rank for rank, kinds in enumerate(_RANKS, _FIRST_RANK) if isinstance(change, kinds)), _LAST_RANK
    )

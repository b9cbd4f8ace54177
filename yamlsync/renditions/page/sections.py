"""A step that there is something to tell of → what its section shows (DIF-72)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from yamlsync.changes import model
from yamlsync.changes.hints import is_hint
from yamlsync.comparison import Comparison
from yamlsync.relative import RelativeStep
from yamlsync.renditions.counting import plural
from yamlsync.renditions.headings import fates
from yamlsync.renditions.page.facts import Titles, changed_facts, hint_rows, titles_of, whole_facts
from yamlsync.renditions.page.raw import Raw, raw_change, raw_text
from yamlsync.renditions.page.rows import Row
from yamlsync.renditions.page.texts import TextShown, changed_text, whole_text
from yamlsync.renditions.story import State, StepStory
from yamlsync.renditions.words import sentence, sentences

if TYPE_CHECKING:
    from yamlsync.renditions.page.checks import ChecksShown

_MOST, _MOST_OF_ONE = 16, 3
"""Sentences in the table of all steps: of a step, and of one change."""


@frozen
class Section:
    """What is shown of a step. `side` is "both" or where it is; `other` is the old id of a renamed one."""

    other: str | None
    state: State
    side: str
    title: str
    id: str
    place: int
    fates: tuple[str, ...]
    told: tuple[str, ...]
    files: tuple[str, ...]
    facts: tuple[Row, ...]
    text: TextShown | None
    hints: tuple[Row, ...]
    checks: ChecksShown | None
    spec: Raw | None
    following: tuple[str, ...]


@frozen
class Beside:
    """What a section needs besides its step.

    `files` are the paths of the steps' files on both sides, by ids; `whole` has the added and the removed
    steps by theirs. Headings in texts are put `below` levels lower.
    """

    titles: Titles
    files: tuple[Mapping[str, str], Mapping[str, str]]
    whole: Mapping[str, RelativeStep]
    below: int


def beside(comparison: Comparison, *, below: int) -> Beside:
    """What all sections of a page need."""
    changes = comparison.changes.changes
    whole = {
        each.step.id: each.step for each in changes if isinstance(each, model.StepAdded | model.StepRemoved)
    }
    titles = titles_of(comparison.old.workshops, comparison.new.workshops)
    return Beside(titles, (comparison.old.files, comparison.new.files), whole, below)


def section(story: StepStory, beside: Beside) -> Section:
    """The section of a step."""
    is_whole = story.old is None or story.new is None
    parts = _whole(story, beside) if is_whole else _changed(story, beside)
    return Section(
        other=story.rename.old_id if story.rename else None,
        state=story.state,
        side="old" if story.new is None else "new" if story.old is None else "both",
        title=story.title,
        id=story.id,
        place=(story.old_place if story.new is None else story.new_place) or 0,
        fates=() if is_whole else fates(story),
        told=_holding(story.state, beside.whole[story.id]) if is_whole else _told(story),
        files=_files(story, beside.files),
        facts=parts.facts,
        text=parts.text,
        hints=hint_rows(story),
        checks=parts.checks,
        spec=parts.spec,
        following=tuple(map(sentence, story.following)),
    )


@frozen
class _Parts:
    facts: tuple[Row, ...]
    text: TextShown | None = None
    checks: ChecksShown | None = None
    spec: Raw | None = None


def _changed(story: StepStory, beside: Beside) -> _Parts:
    parts = _Parts(changed_facts(story, beside.titles))
    for change in story.changes:
        if isinstance(change, model.TextChanged):
            parts = evolve(parts, text=changed_text(change, below=beside.below))
        elif isinstance(change, model.GossChanged):
            # Imported late, here and below: it reads goss specs, and most changes are none of checks.
            from yamlsync.renditions.page.checks import changed_checks

            parts = evolve(parts, checks=changed_checks(change), spec=raw_change(change))
    return parts


def _whole(story: StepStory, beside: Beside) -> _Parts:
    step, is_new = beside.whole[story.id], story.old is None
    parts = _Parts(whole_facts(step, beside.titles.new if is_new else beside.titles.old, is_new=is_new))
    if step.markdown is not None:
        parts = evolve(parts, text=whole_text(step.markdown, below=beside.below))
    if step.goss_spec is not None:
        from yamlsync.renditions.page.checks import all_checks

        parts = evolve(parts, checks=all_checks(step.goss_spec, is_new=is_new), spec=raw_text(step.goss_spec))
    return parts


def _told(story: StepStory) -> tuple[str, ...]:
    """What became of a step, in sentences for the table of all."""
    told = [*fates(story)]
    for change in story.changes:
        found = sentences(change)
        more = len(found) - _MOST_OF_ONE
        told += (*found[:_MOST_OF_ONE], f"and {more} more in the checks") if more > 1 else found
    more = len(told) - _MOST
    return (*told[:_MOST], f"and {more} more") if more > 1 else tuple(told)


def _holding(state: State, step: RelativeStep) -> tuple[str, ...]:
    """What is in a whole step: `new, with 3 hints and 1 check`."""
    # Imported late: most steps that are told are whole on neither side.
    from yamlsync.in_words.checks import checks_in_words
    from yamlsync.in_words.typed import joined

    hints = sum(is_hint(each.key) for each in step.metadata)
    checks = len(checks_in_words(step.goss_spec).told) if step.goss_spec else 0
    lines = len((step.markdown or "").splitlines())
    told = [f"{plural(lines, 'line')} of text"] if lines else []
    told += [plural(count, noun) for count, noun in ((hints, "hint"), (checks, "check")) if count]
    word = "new" if state == "added" else state
    return (f"{word}, with {joined(told)}" if told else word,)


def _files(story: StepStory, files: tuple[Mapping[str, str], Mapping[str, str]]) -> tuple[str, ...]:
    old_id = story.rename.old_id if story.rename else story.id
    paths = (files[0].get(old_id) if story.old else None, files[1].get(story.id) if story.new else None)
    shown = [str(PurePosixPath(path)) for path in paths if path]
    return tuple(dict.fromkeys(shown))

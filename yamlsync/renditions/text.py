"""What changed, as text for a terminal (DIF-50 to DIF-56)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yamlsync.changes import model
from yamlsync.changes.model import Change, Consequence
from yamlsync.comparison import Comparison
from yamlsync.renditions.counting import text_passages
from yamlsync.renditions.headings import (
    ASCII_SIGNS,
    STATE_COLORS,
    TEXT_SIGNS,
    followed,
    heading,
    summary,
    workshop_heading,
)
from yamlsync.renditions.passage_text import INDENT, passage_lines
from yamlsync.renditions.respelling import respelled_words
from yamlsync.renditions.step_text import whole_step
from yamlsync.renditions.story import StepStory, Story, WorkshopStory, story_of
from yamlsync.renditions.view import View
from yamlsync.renditions.words import fact, is_cut, sentence, sentences
from yamlsync.wording.columns import width
from yamlsync.wording.passages import passages

_MOST = 400
"""How much is shown of a value that is told in a sentence and nowhere else."""


def render(comparison: Comparison, view: View | None = None) -> str:
    """All that changed; "" where nothing did. No line break at the end."""
    sides = comparison.old.workshops, comparison.new.workshops
    story = story_of(*sides, comparison.changes, comparison.new.unread)
    return render_story(story, comparison.respelled, view or View())


def render_story(story: Story, respelled: Sequence[str], view: View, *, is_part: bool = False) -> str:
    """The same of a story; of a part of one, without a summary, and its new steps whole."""
    lines: list[str] = []
    if (told := summary(story)) and not is_part:
        lines += view.paragraph(told, bold=True)
    for workshop in story.workshops:
        lines += _workshop(workshop, view, is_alone=len(story.workshops) == 1, is_part=is_part)
    if respelled:
        lines += ["", *view.paragraph(respelled_words(respelled, alone=not lines))]
    return "\n".join(lines).strip("\n")


def _workshop(workshop: WorkshopStory, view: View, *, is_alone: bool, is_part: bool) -> Iterator[str]:
    is_same = workshop.old is not None and workshop.new is not None and not workshop.changes
    if is_same and not workshop.told:
        return
    if not (is_alone and is_same):
        yield ""
        yield from view.paragraph(workshop_heading(workshop), bold=True)
        for change in workshop.changes:
            yield from _change(change, view)
    for step in workshop.told:
        yield ""
        yield from _step(step, view, is_whole=is_part)
    if not is_part and (words := followed(workshop)):
        yield ""
        yield from view.paragraph(f"({words})", "  ", dim=True)


def step_text(step: StepStory, view: View | None = None) -> str:
    """One step by itself, whole where it is new or gone. No line break at the end."""
    return "\n".join(_step(step, view or View(), is_whole=True))


def _step(step: StepStory, view: View, *, is_whole: bool) -> Iterator[str]:
    signs = TEXT_SIGNS if view.has_signs else ASCII_SIGNS
    color = STATE_COLORS.get(step.state)
    start = view.style(signs[step.state], fg=color, bold=True)
    yield from view.paragraph(heading(step), "  ", f"{start} ", fg=color, bold=True)
    if step.old is None or step.new is None:
        yield from whole_step(step, view, is_whole=is_whole)
        return
    for change in step.changes:
        yield from _change(change, view)


def _change(change: Change | Consequence, view: View) -> Iterator[str]:
    match change:
        case model.TextChanged():
            yield from _told(sentence(change), view)
            yield from passage_lines(text_passages(change), view)
        case model.GossChanged():
            for words in sentences(change, _MOST):
                yield from _told(words, view)
            if is_cut(change, _MOST):
                yield from passage_lines(text_passages(change), view, is_code=True)
        case _:
            yield from _value(change, view)


def _value(change: Change | Consequence, view: View) -> Iterator[str]:
    """A change of a value: in a sentence, or line by line where this is longer than one."""
    told = fact(change)
    is_marked = view.word_diff and told is not None and told.old is not None and told.new is not None
    if told is None or (_is_short(change, view) and not is_marked):
        for words in sentences(change, _MOST):
            yield from _told(words, view)
        return
    became = " is new" if told.old is None else " is gone" if told.new is None else ""
    yield from _told(f"{told.label}{became}:", view)
    changed = passages(told.old or "", told.new or "", markdown=False)
    yield from passage_lines(changed, view, flows=False)


def _is_short(change: Change | Consequence, view: View) -> bool:
    if is_cut(change, _MOST):
        return False
    # An image is told by what differs of it, however long it is.
    is_image = isinstance(change, model.ImageChanged)
    return is_image or width(sentence(change, _MOST)) <= view.columns(len(INDENT))


def _told(words: str, view: View) -> Iterator[str]:
    yield from view.paragraph(words, f"{INDENT}  ", INDENT)

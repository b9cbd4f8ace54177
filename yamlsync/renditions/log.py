"""What one commit did to a workshop, as text for a terminal (LOG-20 to LOG-23)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from yamlsync.changes import model
from yamlsync.changes.model import Change
from yamlsync.renditions.counting import plural, text_passages
from yamlsync.renditions.entries import Entry, Told
from yamlsync.renditions.headings import ASCII_SIGNS, STATE_COLORS, TEXT_SIGNS, heading, workshop_heading
from yamlsync.renditions.passage_text import INDENT
from yamlsync.renditions.quoting import brief, quote
from yamlsync.renditions.respelling import respelled_words
from yamlsync.renditions.story import StepStory, Story, WorkshopStory
from yamlsync.renditions.text import render_story
from yamlsync.renditions.view import View
from yamlsync.renditions.words import sentences
from yamlsync.wording.folding import section_of
from yamlsync.wording.passages import Kept

_MARGIN = "    "
_MOST_NAME, _MOST_SUBJECT, _MOST_PROBLEM = 40, 240, 400
_MOST_PLACES = 20
"""Changes of a text that are looked for below a heading that they have in common."""


def render(told: Told, view: View, *, is_patch: bool = False, is_part: bool = False) -> str:
    """One commit, without a line break at the end.

    With `is_patch` texts are shown as `diff` shows them. `is_part` says that only some steps are told of.
    """
    entry = told.entry
    narrow = evolve(view, width=view.columns(len(_MARGIN)))
    lines = [line for words in _notes(entry) for line in narrow.paragraph(f"({words})", " ", "", dim=True)]
    if entry.fate == "unreadable":
        lines += narrow.paragraph(_unreadable(entry), "  ", "", fg="red")
    elif entry.fate != "cut":
        lines += _told(entry, told.story, narrow, is_patch=is_patch, is_part=is_part)
    return "\n".join([*_head(entry, view), *(f"{_MARGIN}{line}" if line else "" for line in lines)])


def _head(entry: Entry, view: View) -> Iterator[str]:
    commit = entry.commit
    author = brief(commit.author, _MOST_NAME).text or "nobody"
    words = f"{commit.date[:10] or 'no date'}  {author}  {brief(commit.subject, _MOST_SUBJECT).text}".rstrip()
    start = view.style(entry.short, fg="yellow", bold=True)
    yield from view.paragraph(words, " " * (len(entry.short) + 2), f"{start}  ")


def _notes(entry: Entry) -> Iterator[str]:
    """What a reader has to know of what is told below."""
    if entry.fate == "cut":
        count = sum(len(each.steps) for each in entry.comparisons[0].new.workshops)
        yield f"here the history of this clone begins, with {plural(count, 'step')}"
    if entry.moved_from is not None:
        yield f"moved from {_folder(entry.moved_from)} to {_folder(entry.path)}"
    if entry.is_merge and len(entry.comparisons) > 1:
        yield "merge: only what no side had before"
    if entry.since:
        yield f"since {entry.since}: what is in between cannot be read"
    elif entry.since == "":
        yield "told whole: nothing before it can be read"


def _folder(path: str) -> str:
    return quote(path) if path else "the top of the repository"


def _unreadable(entry: Entry) -> str:
    if not entry.problems:
        return brief(f"cannot be read: {entry.failure}", _MOST_PROBLEM).text
    first = entry.problems[0]
    words = f"{first.place}: {first.code} {first.message}"
    start = plural(len(entry.problems), "problem") if len(entry.problems) > 1 else ""
    return brief(f"cannot be read: {f'{start}, the first: ' if start else ''}{words}", _MOST_PROBLEM).text


def _told(entry: Entry, story: Story, view: View, *, is_patch: bool, is_part: bool) -> list[str]:
    lines: list[str] = []
    if is_patch:
        lines += render_story(story, entry.respelled, view, is_part=is_part).splitlines()
    else:
        for workshop in story.workshops:
            lines += _workshop(workshop, view, is_alone=len(story.workshops) == 1, is_part=is_part)
    if not lines and entry.respelled:
        lines += view.paragraph(respelled_words(entry.respelled, alone=True), "  ", "")
    elif not lines and entry.fate == "removed":
        lines.append("removed; what it was cannot be read")
    elif not lines and entry.moved_from is None:
        lines.append("no change of content")
    return lines


def _workshop(workshop: WorkshopStory, view: View, *, is_alone: bool, is_part: bool) -> Iterator[str]:
    is_same = workshop.old is not None and workshop.new is not None
    told = workshop.told
    if is_same and not told and not workshop.changes:
        return
    if not (is_alone and is_same and not workshop.changes) and not (is_part and is_alone):
        words = workshop_heading(workshop)
        if not is_same and not is_part:
            # All steps of what is new, or gone, would say no more than that.
            state = "added" if workshop.old is None else "removed"
            count = sum(step.state == state for step in told)
            words += f", with {plural(count, 'step')}" if count else ""
            told = tuple(step for step in told if step.state != state)
        yield from view.paragraph(words, "  ", "", bold=True)
    for change in workshop.changes:
        yield from _change(change, "  ", view)
    for step in told:
        yield from _step(step, view)


def _step(step: StepStory, view: View) -> Iterator[str]:
    signs = TEXT_SIGNS if view.has_signs else ASCII_SIGNS
    color = STATE_COLORS.get(step.state)
    start = view.style(signs[step.state], fg=color, bold=True)
    yield from view.paragraph(heading(step), "  ", f"{start} ", fg=color, bold=True)
    for change in step.changes:
        yield from _change(change, INDENT, view)


def _change(change: Change, indent: str, view: View) -> Iterator[str]:
    for words in sentences(change):
        yield from view.paragraph(f"{words}{_section(change)}", f"{indent}  ", indent)


def _section(change: Change) -> str:
    """The heading that a change of a text stands under, where it is one for all that changed."""
    if not isinstance(change, model.TextChanged) or change.old is None or change.new is None:
        return ""
    passages = text_passages(change)
    places = [index for index, passage in enumerate(passages) if not isinstance(passage, Kept)]
    if len(places) > _MOST_PLACES:
        return ""
    sections = {section_of(passages, index) for index in places}
    found = sections.pop()
    return f", under {quote(found)}" if found and not sections else ""

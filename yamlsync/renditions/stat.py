"""How much of each step changed, one line for each, as `git diff --stat` shows files (DIF-57)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from yamlsync.changes import model
from yamlsync.changes.model import Change
from yamlsync.renditions.check_words import renamed_checks
from yamlsync.renditions.counting import plural, text_passages
from yamlsync.renditions.headings import ASCII_SIGNS, STATE_COLORS, TEXT_SIGNS, summary, workshop_heading
from yamlsync.renditions.respelling import respelled_words
from yamlsync.renditions.stat_names import both_names
from yamlsync.renditions.story import State, StepStory, Story, WorkshopStory
from yamlsync.renditions.view import View
from yamlsync.renditions.words import fact
from yamlsync.wording.columns import truncated, width
from yamlsync.wording.lines import lines
from yamlsync.wording.passages import Changed, Deleted, Inserted, count

_MOST_BAR = 24
_LEAST_NAME = 8
_LEAST_WORDS = 10


@frozen
class _Row:
    """One line: a step or a workshop, lines of its text that are new and gone, and what else changed.

    `was` is the name that it had, where that is another; both are printable.
    """

    state: State
    name: str
    was: str
    inserted: int
    deleted: int
    words: str

    @property
    def total(self) -> int:
        return self.inserted + self.deleted


def render_story(story: Story, respelled: Sequence[str], view: View, *, is_part: bool = False) -> str:
    """A line for each step that changed, and the sum of all; "" where nothing did."""
    rows = {workshop.id: list(_rows(workshop, view)) for workshop in story.workshops}
    every = [row for some in rows.values() for row in some]
    table = _Table.of(every, view)
    found: list[str] = []
    for workshop in story.workshops:
        if len(story.workshops) > 1 and (rows[workshop.id] or not _is_same(workshop)):
            found += view.paragraph(workshop_heading(workshop), bold=True)
        found += [table.line(row) for row in rows[workshop.id]]
    if summary(story) and not is_part:
        found += view.paragraph(_sum(story, every))
    if respelled:
        found += view.paragraph(respelled_words(respelled, alone=not found))
    return "\n".join(found)


def _is_same(workshop: WorkshopStory) -> bool:
    return workshop.old is not None and workshop.new is not None and not workshop.changes


def _sum(story: Story, rows: Sequence[_Row]) -> str:
    inserted, deleted = sum(row.inserted for row in rows), sum(row.deleted for row in rows)
    told = [summary(story)]
    if inserted:
        told.append(f"{plural(inserted, 'line')} of text inserted (+)")
    if deleted:
        told.append(f"{plural(deleted, 'line')}{'' if inserted else ' of text'} deleted (-)")
    return "; ".join(filter(None, [told[0], ", ".join(told[1:])]))


def _rows(workshop: WorkshopStory, view: View) -> Iterator[_Row]:
    if workshop.changes:
        yield _workshop_row(workshop, view)
    for step in workshop.told:
        yield _row(step, view)


def _workshop_row(workshop: WorkshopStory, view: View) -> _Row:
    """The line of a workshop itself: what of it changed."""
    renamed = [each.old_id for each in workshop.changes if isinstance(each, model.WorkshopRenamed)]
    name = view.authors(workshop.id)
    was, name = (f"workshop {view.authors(renamed[0])}", name) if renamed else ("", f"workshop {name}")
    words = ", ".join(filter(None, map(_noun_of_workshop, workshop.changes)))
    state: State = "renamed" if renamed else "changed"
    return _Row(state, name, was, 0, 0, words)


def _noun_of_workshop(change: Change) -> str:
    match change:
        case model.WorkshopRenamed():
            return "id"
        case model.Renumbered():
            return "positions"
        case _:
            told = fact(change)
            return told.label if told else ""


def _row(step: StepStory, view: View) -> _Row:
    name = view.authors(step.id)
    was = view.authors(step.rename.old_id) if step.rename else ""
    inserted, deleted = 0, 0
    if step.old is None or step.new is None:
        record = step.new or step.old
        total = len(lines(record.markdown or "", markdown=False)) if record else 0
        inserted, deleted = (total, 0) if step.old is None else (0, total)
        return _Row(step.state, name, "", inserted, deleted, "new" if step.old is None else "removed")
    for change in step.changes:
        if isinstance(change, model.TextChanged):
            counts = count(text_passages(change))
            inserted, deleted = counts.inserted, counts.deleted
    return _Row(step.state, name, was, inserted, deleted, ", ".join(_words(step)))


def _words(step: StepStory) -> Iterator[str]:
    """What changed besides the lines of the text."""
    if step.move:
        yield "moved"
    found = Counter(noun for change in step.changes for noun in _nouns(change))
    for noun, number in found.items():
        yield plural(number, noun) if noun in _COUNTED else noun


_COUNTED = frozenset({"hint", "check", "word"})


def _nouns(change: Change) -> list[str]:
    """What a change is of, once for each that counts."""
    match change:
        case model.TextChanged():
            return ["word"] * _changed_words(change)
        case model.GossChanged(_, _, _, some) if some:
            names = {(each.resource, each.name) for each in some}
            return ["check"] * (len(names) - len(renamed_checks(some)))
        case model.HintChanged() | model.HintMoved():
            return ["hint"]
    return [_NOUNS.get(type(change), "")] if type(change) in _NOUNS else []


_NOUNS: dict[type, str] = {
    model.TitleChanged: "title",
    model.ImageChanged: "image",
    model.GossChanged: "checks",
    model.MetadataChanged: "metadata",
    model.ConditionChanged: "condition",
    model.LinkChanged: "links",
    model.NavigationChanged: "navigation",
    model.PositionChanged: "position",
}


def _changed_words(change: model.TextChanged) -> int:
    """How many words were deleted and inserted, within lines and with them."""
    number = 0
    for passage in text_passages(change):
        match passage:
            case Changed():
                number += sum(len(run.text.split()) for run in passage.runs if run.act != "kept")
            case Deleted(some) | Inserted(some):
                number += sum(len(line.text.split()) for line in some)
    return number


@frozen
class _Table:
    """The columns of all lines: of names, of numbers, of bars, and what is left for words."""

    view: View
    name: int
    number: int
    bar: int
    words: int
    most: int

    @classmethod
    def of(cls, rows: Sequence[_Row], view: View) -> _Table:
        most = max((row.total for row in rows), default=0)
        number = len(str(most))
        # Sign and blank, " | ", the number, a blank.
        left = view.columns(2 + 3 + number + 1)
        # As Git has it: names have five parts of eight, for without them a bar is of nothing.
        most_name = max(left * 5 // 8, _LEAST_NAME)
        name = min(max((width(both_names(row.was, row.name)) for row in rows), default=0), most_name)
        left = max(left - name, 0)
        wanted = max((width(row.words) for row in rows), default=0)
        bar = min(most, _MOST_BAR)
        if wanted and bar + 1 + wanted > left:
            bar = min(bar, left // 2)
        words = max(left - bar - 1, 0)
        if words < min(wanted, _LEAST_WORDS):
            bar, words = min(most, _MOST_BAR, left), 0
        return cls(view, name, number, bar, words, most)

    def line(self, row: _Row) -> str:
        view = self.view
        sign = (TEXT_SIGNS if view.has_signs else ASCII_SIGNS)[row.state]
        name = both_names(row.was, row.name, self.name, view.signs("…"))
        name += " " * (self.name - width(name))
        plus, minus = self._marks(row)
        bar = view.style("+" * plus, fg="green") * bool(plus) + view.style("-" * minus, fg="red") * bool(
            minus
        )
        pad = " " * (self.bar - plus - minus)
        words = truncated(row.words, self.words, view.signs("…"))
        sign = view.style(sign, fg=STATE_COLORS.get(row.state), bold=True)
        text = f"{sign} {name} | {row.total:>{self.number}} {bar}"
        return f"{text}{pad} {words}" if words else text.rstrip(" ")

    def _marks(self, row: _Row) -> tuple[int, int]:
        """How many signs stand for the lines that are new, and for those that are gone."""
        if self.most <= self.bar:
            return row.inserted, row.deleted
        total = max(row.total * self.bar // self.most, (row.inserted > 0) + (row.deleted > 0))
        if not row.total:
            return 0, 0
        plus = min(max(round(total * row.inserted / row.total), row.inserted > 0), total - (row.deleted > 0))
        return plus, total - plus

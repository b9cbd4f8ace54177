"""What a step says beside its texts, as it was and as it is: title, image, condition, links (DIF-73)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from yamlsync.changes import model
from yamlsync.changes.hints import is_hint
from yamlsync.in_words.conditions import condition_in_words
from yamlsync.in_words.typed import typed
from yamlsync.records import Workshop
from yamlsync.relative import Follows, Link, RelativeNavigation, RelativeStep
from yamlsync.renditions.page.rows import Row, row, said
from yamlsync.renditions.story import StepStory, WorkshopStory
from yamlsync.renditions.words import fact

_HINT = "hint."
_BY_ORDER = "by the order of the steps"


@frozen
class Titles:
    """The titles of the steps of both sides, by their ids."""

    old: Mapping[str, str]
    new: Mapping[str, str]


def titles_of(old: Sequence[Workshop], new: Sequence[Workshop]) -> Titles:
    """The titles of all steps of both sides."""
    return Titles(*({step.id: step.title for each in side for step in each.steps} for side in (old, new)))


def workshop_rows(story: WorkshopStory) -> tuple[Row, ...]:
    """What changed of a workshop itself."""
    return tuple(_workshop_rows(story))


def _workshop_rows(story: WorkshopStory) -> Iterator[Row]:
    for change in story.changes:
        match change:
            case model.WorkshopRenamed(old, new):
                yield row("Id", old, new, typed=True)
            case model.Renumbered(_, before, after):
                yield said("Positions", _numbers(before), _numbers(after))
            case model.WorkshopFieldChanged():
                if told := fact(change):
                    yield row(_capital(told.label), told.old, told.new)


def _numbers(numbering: model.Numbering) -> str:
    first, gap = numbering.first, numbering.gap
    return f"{first}, {first + gap}, {first + 2 * gap} and so on"


def changed_facts(story: StepStory, titles: Titles) -> tuple[Row, ...]:
    """What changed of a step on both sides, hints and texts left out."""
    rows: list[Row] = []
    if story.rename:
        rows.append(row("Id", story.rename.old_id, story.rename.new_id, typed=True))
    if story.move:
        rows.append(_moved(story, story.move, titles))
    for change in story.changes:
        rows += _fact(change, titles)
    return tuple(rows)


def _moved(story: StepStory, move: model.StepMoved, titles: Titles) -> Row:
    old = _place(story.old_place, move.old_after, titles.old)
    new = _place(story.new_place, move.new_after, titles.new)
    if move.old_workshop != move.new_workshop:
        old, new = (
            f"{told}, in workshop {id}" for told, id in ((old, move.old_workshop), (new, move.new_workshop))
        )
    return said("Place", old, new)


def _place(place: int | None, after: str | None, titles: Mapping[str, str]) -> str:
    return f"{place}, " + ("the first step" if after is None else f"after {_titled(after, titles)}")


def _fact(change: model.Change, titles: Titles) -> Iterator[Row]:
    match change:
        case model.TitleChanged(_, old, new):
            yield row("Title", old, new)
        case model.ImageChanged(_, old, new):
            yield row("Image", old, new, typed=True)
        case model.MetadataChanged(_, key, before, after):
            yield row(typed(key), before, after)
        case model.ConditionChanged(_, before, after):
            yield _condition(before, after, titles)
        case model.LinkChanged(_, field, before, after, old_follows, new_follows):
            yield said(
                _LINKS.get(field, field),
                _link(before, titles.old, follows=old_follows),
                _link(after, titles.new, follows=new_follows),
            )
        case model.NavigationChanged(_, first, second):
            yield from _navigation(first, second, titles)
        case model.PositionChanged(_, number, other):
            yield said("Position", _position(number), _position(other))


_LINKS = {"next": "Leads to", "prev": "Leads back to"}


def _condition(old: str | None, new: str | None, titles: Titles) -> Row:
    notes = (_meaning(old, titles.old), _meaning(new, titles.new))
    if old is None or new is None:
        always = said("Opens when", "always", "always")
        told = row("Opens when", old, new, typed=True, notes=notes)
        return Row(told.label, told.old or always.old, told.new or always.new)
    return row("Opens when", old, new, typed=True, notes=notes)


def _meaning(condition: str | None, titles: Mapping[str, str]) -> str:
    told = condition_in_words(condition, titles) if condition is not None else None
    return told or ""


def _link(to: str | None, titles: Mapping[str, str], *, follows: bool) -> str:
    where = "nowhere" if to is None else _titled(to, titles)
    return f"{where}, {_BY_ORDER}" if follows else where


def _titled(id: str, titles: Mapping[str, str]) -> str:
    title = titles.get(id) or id
    return f"“{title}” ({id})" if title != id else f"“{id}”"


def _navigation(
    old: RelativeNavigation | None, new: RelativeNavigation | None, titles: Titles
) -> Iterator[Row]:
    no = RelativeNavigation(None, None)
    yield said("Navigation", *("none" if each is None else "the step leads to others" for each in (old, new)))
    for label, first, second in (
        ("Leads to", (old or no).next, (new or no).next),
        ("Leads back to", (old or no).prev, (new or no).prev),
    ):
        if any(not isinstance(each, Follows) for each in (first, second)) and first != second:
            yield said(label, _relative_link(first, titles.old), _relative_link(second, titles.new))
    conditions = (old or no).unlock_condition, (new or no).unlock_condition
    if conditions[0] != conditions[1]:
        yield _condition(*conditions, titles)


def _relative_link(link: Link, titles: Mapping[str, str]) -> str:
    if isinstance(link, Follows):
        return f"the neighbour, {_BY_ORDER}"
    return _link(link, titles, follows=False)


def _position(position: int | None) -> str:
    return "one more than that of the step before" if position is None else f"{position:,}"


def whole_facts(step: RelativeStep, titles: Mapping[str, str], *, is_new: bool) -> tuple[Row, ...]:
    """All facts of a step that is on one side alone; what follows from the order is left out."""

    def one(label: str, value: str, *, is_typed: bool = False, note: str = "") -> Row:
        values = (None, value) if is_new else (value, None)
        return row(label, *values, typed=is_typed, notes=(note, note))

    rows = [one("Image", step.image_tag, is_typed=True)]
    row_of_links = step.navigation or RelativeNavigation()
    for label, link in (("Leads to", row_of_links.next), ("Leads back to", row_of_links.prev)):
        if not isinstance(link, Follows):
            rows.append(one(label, _link(link, titles, follows=False)))
    if step.position is not None:
        rows.append(one("Position", _position(step.position)))
    condition = row_of_links.unlock_condition
    if condition is not None:
        rows.append(one("Opens when", condition, is_typed=True, note=_meaning(condition, titles)))
    rows += [one(typed(each.key), each.value) for each in step.metadata if not is_hint(each.key)]
    return tuple(rows)


def hint_rows(story: StepStory) -> tuple[Row, ...]:
    """The hints that changed; of a step on one side alone all of them."""
    rows: list[Row] = []
    for change in story.changes:
        match change:
            case model.HintChanged(_, key, old, new):
                rows.append(row(_hint(key), old, new))
            case model.HintMoved(_, old_key, new_key, value):
                notes = (f"as {_hint(old_key).lower()}", f"now {_hint(new_key).lower()}, with the same text")
                rows.append(
                    row(f"{_hint(old_key)} → {new_key.removeprefix(_HINT)}", value, value, notes=notes)
                )
    if story.old is None or story.new is None:
        step = story.new or story.old
        for each in step.metadata if step else ():
            if is_hint(each.key):
                values = (None, each.value) if story.new else (each.value, None)
                rows.append(row(_hint(each.key), *values))
    return tuple(rows)


def _hint(key: str) -> str:
    number = key.removeprefix(_HINT)
    return f"Hint {number}" if number != key else typed(key)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

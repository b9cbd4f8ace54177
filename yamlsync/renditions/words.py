"""A change → a plain sentence, the same in each rendition (DIF-51). Which step it is of, the heading says.

Sentences are one line that a terminal can show, without a full stop; what authors wrote stands between
“ and ”, and only a part of it where it is long. Ids stand as they are where they are plainly one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from yamlsync.changes import model
from yamlsync.changes.model import Change, Consequence
from yamlsync.records import Date
from yamlsync.relative import Follows, Link, RelativeNavigation
from yamlsync.renditions.check_words import check_sentences, tells_all
from yamlsync.renditions.counting import counted
from yamlsync.renditions.quoting import brief, named, pair, quote, quoted_pair

_MOST_SENTENCES = 4
_ALL = 100

_IMAGE_MOST = 120
"""How much is shown of an image's name at least: what differs of it stands at its end."""


@frozen
class Fact:
    """One value that became another, as it was written; None where there is none."""

    label: str
    old: str | None
    new: str | None


def sentence(change: Change | Consequence, most: int = 80) -> str:
    """A change in one line. `most` is how much is shown of each value."""
    told = sentences(change, most)
    more = len(told) - _MOST_SENTENCES
    return "; ".join(told[:_MOST_SENTENCES]) + (f"; and {more} more" if more > 0 else "")


def sentences(change: Change | Consequence, most: int = 80) -> tuple[str, ...]:
    """A change in as many lines as it takes: one but for checks."""
    if isinstance(change, model.GossChanged):
        return check_sentences(change, most)
    return (_sentence(change, most),)


def is_cut(change: Change | Consequence, most: int = 80) -> bool:
    """Whether a sentence leaves something out of a value, which is to be shown besides."""
    if isinstance(change, model.GossChanged):
        return not tells_all(change, most)
    told = fact(change)
    most = max(most, _IMAGE_MOST) if isinstance(change, model.ImageChanged) else most
    values = (told.old, told.new) if told else (change.value,) if isinstance(change, model.HintMoved) else ()
    return any(value is not None and brief(value, most).is_cut for value in values)


def fact(change: Change | Consequence) -> Fact | None:  # noqa: PLR0911 - one for each change
    """The value that a change is of, where it is a single one."""
    match change:
        case model.TitleChanged(_, old, new):
            return Fact("title", old, new)
        case model.ImageChanged(_, old, new):
            return Fact("image", old, new)
        case model.ConditionChanged(_, old, new):
            return Fact("opens when", old, new)
        case model.HintChanged(_, key, old, new):
            return Fact(_hint(key), old, new)
        case model.MetadataChanged(_, key, old, new):
            return Fact(f"metadata {named(key)}", old, new)
        case model.WorkshopFieldChanged(_, name, first, second):
            return Fact(_FIELDS.get(name, name), _date(first, second), _date(second, first))
    return None


_FIELDS = {"first_position": "first position"}


def _date(value: Date, other: Date) -> str:
    """A date as it is written; with its type where only this differs."""
    text = value if isinstance(value, str) else repr(value)
    if type(value) is type(other) or text != (other if isinstance(other, str) else repr(other)):
        return text
    return f"{text} ({ {str: 'a text', int: 'a whole number', float: 'a number'}[type(value)] })"


def _sentence(change: Change | Consequence, most: int) -> str:  # noqa: PLR0911, PLR0912 - one for each change
    match change:
        case model.ImageChanged(_, old, new):
            return _image(old, new, max(most, _IMAGE_MOST))
        case model.ConditionChanged(_, old, new):
            first, second = pair(old, new, most)
            return f"opens {_when(new, second)} instead of {_when(old, first)}"
        case model.TextChanged(_, None, _):
            return f"text is new: {counted(change)}"
        case model.TextChanged(_, _, None):
            return f"text is gone: {counted(change)}"
        case model.TextChanged():
            return f"text: {counted(change)}"
        case model.HintMoved(_, old_key, new_key, _):
            return f"{_hint(old_key)} is now {_hint(new_key)}"
        case model.LinkChanged():
            return _link(change)
        case model.LinkFollowed(_, name, before, after):
            return f"{name} {_leads(name, after)} instead of {_to(before)}"
        case model.PlaceFollowed(_, before, after):
            return f"stands at place {after} instead of {before}"
        case model.NavigationChanged(_, None, row):
            return "; ".join(["navigation is new", *_row(row, most)])
        case model.NavigationChanged(_, row, _):
            return "; ".join(["navigation is gone", *(f"no longer {each}" for each in _row(row, most))])
        case model.PositionChanged(_, before, after):
            return _position(before, after)
        case model.Renumbered(_, old, new):
            if old == new:
                return f"positions are {_numbering(new)}, as before"
            return f"positions: {_numbering(old)} became {_numbering(new)}"
    told = fact(change)
    return _fact(told, most) if told else _whole(change)


def _fact(told: Fact, most: int) -> str:
    if told.old is None:
        return f"{told.label} is new: {quote(told.new or '', most)}"
    if told.new is None:
        return f"{told.label} is gone: {quote(told.old, most)}"
    first, second = quoted_pair(told.old, told.new, most)
    return f"{told.label}: {first} became {second}"


def _whole(change: Change | Consequence) -> str:  # noqa: PLR0911 - one for each change
    """What became of a whole step or workshop: where this is told without a heading."""
    match change:
        case model.WorkshopAdded(workshop):
            return f"workshop {named(workshop.id)} is new"
        case model.WorkshopRemoved(workshop):
            return f"workshop {named(workshop.id)} is gone"
        case model.WorkshopRenamed(old_id, new_id):
            return f"id: {named(old_id)} became {named(new_id)}"
        case model.StepAdded(_, step, after):
            return f"step {named(step.id)} is new, {place(after)}"
        case model.StepRemoved(_, step, after):
            return f"step {named(step.id)} is gone; it stood {place(after)}"
        case model.StepRenamed(old_id, new_id, likeness):
            return ", ".join([f"step {named(old_id)} is now {named(new_id)}", *alike(likeness)])
        case model.StepMoved(step, old_workshop, _, new_workshop, after):
            away = f" from workshop {named(old_workshop)}" if old_workshop != new_workshop else ""
            return f"step {named(step)} moved{away}, now {place(after)}"
    raise AssertionError(f"a change without words: {change}")


def place(after: str | None) -> str:
    """A place in the order, by the step before it."""
    return "first" if after is None else f"behind {named(after)}"


def alike(likeness: int) -> Iterator[str]:
    """How much of a step stayed that has another id; nothing where that is all, as mostly."""
    if likeness < _ALL:
        yield f"{likeness}\N{NO-BREAK SPACE}% alike"


def _hint(key: str) -> str:
    return f"hint {key.removeprefix('hint.')}" if key.startswith("hint.") else named(key)


def _when(condition: str | None, shown: str) -> str:
    return "always" if condition is None else f"when {shown}"


_IMAGE = re.compile(r"(?P<name>[^@]*?)(?::(?P<tag>[^:/@]*))?(?:@(?P<digest>.*))?\Z", re.DOTALL)


def _image(old: str, new: str, most: int) -> str:
    """What changed of a reference, where it is one part of it."""
    before, after = (match.groupdict() if (match := _IMAGE.match(each)) else {} for each in (old, new))
    differing = [part for part in ("name", "tag", "digest") if before.get(part) != after.get(part)]
    if len(differing) == 1 and before.get("name") and after.get("name"):
        part = differing[0]
        first, second = before[part], after[part]
        if first and second and part == "name":
            tag = f", with the tag {quote(before['tag'], most)} as before" if before["tag"] else ""
            return "image: {} became {}{}".format(*quoted_pair(first, second, most), tag)
        of = f" of {named(before['name'], most)}"
        if first and second:
            return "image: {} {} became {}{}".format(part, *quoted_pair(first, second, most), of)
        if first or second:
            what = (
                f"no longer the {part} {quote(first, most)}"
                if first
                else f"now the {part} {quote(second, most)}"
            )
            return f"image: {what}{of}"
    return "image: {} became {}".format(*quoted_pair(old, new, most))


def _leads(name: str, to: str | None) -> str:
    if to is None:
        return "leads nowhere"
    return f"leads {'back ' if name == 'prev' else ''}to {named(to)}"


def _to(step: str | None) -> str:
    return "nowhere" if step is None else f"to {named(step)}"


def _link(change: model.LinkChanged) -> str:
    leads = _leads(change.field, change.new)
    if change.old == change.new:
        still = f"{change.field} still {leads}"
        if change.new_follows:
            return f"{still}, now because of the order of the steps"
        return f"{still}, now whatever the order of the steps"
    by = ", by the order of the steps" if change.new_follows and not change.old_follows else ""
    return f"{change.field} {leads} instead of {_to(change.old)}{by}"


def _row(row: RelativeNavigation | None, most: int) -> Iterator[str]:
    """What a row of navigation says that does not follow from the order of the steps."""
    if row is None:
        return
    links: tuple[tuple[str, Link], ...] = (("next", row.next), ("prev", row.prev))
    for name, link in links:
        if not isinstance(link, Follows):
            yield f"{name} {_leads(name, link)}"
    if row.unlock_condition is not None:
        yield f"opens when {brief(row.unlock_condition, most).text}"


def _position(old: int | None, new: int | None) -> str:
    if old is None:
        return f"position: {new}, no longer one more than that of the step before"
    if new is None:
        return f"position: one more than that of the step before, no longer {old}"
    return f"position: {old} became {new}"


def _numbering(numbering: model.Numbering) -> str:
    first, gap = numbering.first, numbering.gap
    return f"{first}, {first + gap}, {first + 2 * gap} …"

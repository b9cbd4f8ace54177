"""One change of a definition: of each field of each record, as small as it can be, and never none at all.

Each kind of change is `RECORD.FIELD: WHAT`. What comes out is a definition that a database can hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from attrs import evolve, frozen
from hypothesis import assume
from hypothesis import strategies as st

from tests import strategies
from yamlsync.affinity import MIN_INTEGER, becomes_number
from yamlsync.document import spelling
from yamlsync.document.limits import MAX_KEY
from yamlsync.records import (
    Contents,
    Date,
    Metadata,
    Navigation,
    Step,
    Workshop,
    metadata_order,
    step_order,
)

Change: TypeAlias = Callable[[st.DrawFn, Contents], Contents | None]
"""Gives None where there is nothing to change in this way."""

KINDS: dict[str, Change] = {}

_CHARACTERS = st.sampled_from(["a", " ", "\n", "\0", "é", "\u0301", "😀", "\ufeff", "0"])


@frozen
class Changed:
    """A definition before and after a change, without progress."""

    before: Contents
    after: Contents


@st.composite
def changes(draw: st.DrawFn, kind: str) -> Changed:
    """Any definition that has room for a change of this kind, and the change."""
    with_conditions = draw(st.booleans())
    before = draw(strategies.contents(with_state=False))
    if with_conditions:
        before = _with_conditions(before)
    after = KINDS[kind](draw, before)
    assume(after is not None)
    assert after is not None
    return Changed(before, after)


def _with_conditions(contents: Contents) -> Contents:
    """With a condition in each row of navigation: left to chance, they are rare."""
    return in_order(
        evolve(
            row,
            steps=tuple(
                evolve(step, navigation=step.navigation and evolve(step.navigation, unlock_condition="a b"))
                for step in row.steps
            ),
        )
        for row in contents.workshops
    )


def changed(*kinds: str) -> Callable[[Change], Change]:
    """Names a change."""

    def register(change: Change) -> Change:
        for kind in kinds:
            KINDS[kind] = change
        return change

    return register


def in_order(workshops: Iterable[Workshop]) -> Contents:
    """The workshops as contents, in the order of REC-4 to REC-6."""
    found = []
    for row in sorted(workshops, key=lambda row: row.id):
        steps = [
            evolve(step, metadata=tuple(sorted(step.metadata, key=lambda each: metadata_order(each.key))))
            for step in sorted(row.steps, key=lambda step: step_order(step.position, step.id))
        ]
        found.append(evolve(row, steps=tuple(steps)))
    return Contents(tuple(found))


# Values.


def _edited(draw: st.DrawFn, text: str) -> str:
    """A text with one character more, one less, or another one."""
    at = draw(st.integers(0, len(text)))
    how = draw(st.sampled_from(["more", "less", "another"])) if at < len(text) else "more"
    if how == "less":
        return text[:at] + text[at + 1 :]
    character = draw(_CHARACTERS)
    # Another one that is the same becomes one more.
    return text[:at] + character + text[at + (how == "another" and text[at] != character) :]


def _null_or_empty(text: str | None) -> str | None:
    return None if text == "" else ""


def _of_another_type(draw: st.DrawFn, date: Date) -> Date:
    if not isinstance(date, str) and date == MIN_INTEGER:
        # The only number that both can be; Python's == does not tell them apart.
        return float(MIN_INTEGER) if isinstance(date, int) else MIN_INTEGER
    return draw(strategies.dates().filter(lambda other: type(other) is not type(date)))


# Where they stand.


def _steps(contents: Contents) -> list[Step]:
    return [step for workshop in contents.workshops for step in workshop.steps]


def _with_workshop(contents: Contents, old: Workshop, new: Workshop) -> Contents:
    return in_order(new if row is old else row for row in contents.workshops)


def _with_step(contents: Contents, old: Step, *new: Step) -> Contents:
    return in_order(
        evolve(row, steps=tuple(each for step in row.steps for each in (new if step is old else (step,))))
        for row in contents.workshops
    )


def _relinked(contents: Contents, old: str, new: str | None) -> Contents:
    """With each link to `old` leading to `new`."""

    def relink(row: Navigation | None) -> Navigation | None:
        if row is None:
            return None
        following = new if row.next_step_id == old else row.next_step_id
        return evolve(
            row, next_step_id=following, prev_step_id=new if row.prev_step_id == old else row.prev_step_id
        )

    return in_order(
        evolve(row, steps=tuple(evolve(step, navigation=relink(step.navigation)) for step in row.steps))
        for row in contents.workshops
    )


def _pick(draw: st.DrawFn, found: list[Any]) -> Any:
    return draw(st.sampled_from(found)) if found else None


# Contents and workshops.


@changed("Contents.workshops: one more")
def _workshop_more(draw: st.DrawFn, contents: Contents) -> Contents | None:
    taken = {row.id for row in contents.workshops}
    new = draw(strategies.ids().filter(lambda id: id not in taken))
    return in_order([*contents.workshops, Workshop(new, "", "", 0)])


@changed("Contents.workshops: one less")
def _workshop_less(draw: st.DrawFn, contents: Contents) -> Contents | None:
    if len(contents.workshops) == 1:
        return None
    gone: Workshop = _pick(draw, list(contents.workshops))
    left = in_order(row for row in contents.workshops if row is not gone)
    for step in gone.steps:
        left = _relinked(left, step.id, None)
    return left


@changed("Workshop.id: a character")
def _workshop_id(draw: st.DrawFn, contents: Contents) -> Contents | None:
    row: Workshop = _pick(draw, list(contents.workshops))
    new = _edited(draw, row.id)
    taken = new in {other.id for other in contents.workshops}
    return None if taken else _with_workshop(contents, row, evolve(row, id=new))


def _text_of_workshop(name: str) -> Change:
    def change(draw: st.DrawFn, contents: Contents) -> Contents | None:
        row = _pick(draw, list(contents.workshops))
        return _with_workshop(contents, row, evolve(row, **{name: _edited(draw, getattr(row, name))}))

    return change


for _name in ("name", "version"):
    changed(f"Workshop.{_name}: a character")(_text_of_workshop(_name))


@changed("Workshop.created_at: a character")
def _date_text(draw: st.DrawFn, contents: Contents) -> Contents | None:
    row: Workshop | None = _pick(draw, [w for w in contents.workshops if isinstance(w.created_at, str)])
    if row is None:
        return None
    new = _edited(draw, str(row.created_at))
    return None if becomes_number(new) else _with_workshop(contents, row, evolve(row, created_at=new))


@changed("Workshop.created_at: another number")
def _date_number(draw: st.DrawFn, contents: Contents) -> Contents | None:
    row: Workshop | None = _pick(draw, [w for w in contents.workshops if not isinstance(w.created_at, str)])
    if row is None:
        return None
    old = row.created_at
    new = draw(
        strategies.dates().filter(lambda other: type(other) is type(old) and other != old)
        if isinstance(old, float)
        else strategies.integers().filter(lambda other: other != old)
    )
    return _with_workshop(contents, row, evolve(row, created_at=new))


@changed("Workshop.created_at: another type")
def _date_type(draw: st.DrawFn, contents: Contents) -> Contents | None:
    row: Workshop = _pick(draw, list(contents.workshops))
    new = _of_another_type(draw, row.created_at)
    return _with_workshop(contents, row, evolve(row, created_at=new))


@changed("Workshop.steps: one more")
def _step_more(draw: st.DrawFn, contents: Contents) -> Contents | None:
    row: Workshop = _pick(draw, list(contents.workshops))
    taken = {step.id for step in _steps(contents)}
    new = draw(strategies.ids().filter(lambda id: id not in taken))
    navigation = draw(st.none() | st.just(Navigation(None, None)))
    step = Step(new, "", "", draw(strategies.integers()), navigation)
    return _with_workshop(contents, row, evolve(row, steps=(*row.steps, step)))


@changed("Workshop.steps: one less")
def _step_less(draw: st.DrawFn, contents: Contents) -> Contents | None:
    step: Step | None = _pick(draw, _steps(contents))
    return None if step is None else _relinked(_with_step(contents, step), step.id, None)


@changed("Workshop.steps: two change places")
def _steps_exchanged(draw: st.DrawFn, contents: Contents) -> Contents | None:
    row: Workshop = _pick(draw, list(contents.workshops))
    pairs = [(a, b) for a in row.steps for b in row.steps if a.position < b.position]
    if not pairs:
        return None
    one, other = draw(st.sampled_from(pairs))
    places = {one.id: other.position, other.id: one.position}
    steps = tuple(evolve(step, position=places.get(step.id, step.position)) for step in row.steps)
    return _with_workshop(contents, row, evolve(row, steps=steps))


@changed("Workshop.steps: one in another workshop")
def _step_elsewhere(draw: st.DrawFn, contents: Contents) -> Contents | None:
    step: Step | None = _pick(draw, _steps(contents))
    others = [row for row in contents.workshops if step not in row.steps]
    if step is None or not others:
        return None
    target: Workshop = _pick(draw, others)
    return in_order(
        evolve(row, steps=(*row.steps, step))
        if row is target
        else evolve(row, steps=tuple(each for each in row.steps if each is not step))
        for row in contents.workshops
    )


# Steps.


@changed("Step.id: a character")
def _step_id(draw: st.DrawFn, contents: Contents) -> Contents | None:
    step: Step | None = _pick(draw, _steps(contents))
    if step is None:
        return None
    new = _edited(draw, step.id)
    if new in {other.id for other in _steps(contents)}:
        return None
    return _relinked(_with_step(contents, step, evolve(step, id=new)), step.id, new)


def _text_of_step(name: str) -> Change:
    def change(draw: st.DrawFn, contents: Contents) -> Contents | None:
        step = _pick(draw, [step for step in _steps(contents) if getattr(step, name) is not None])
        if step is None:
            return None
        return _with_step(contents, step, evolve(step, **{name: _edited(draw, getattr(step, name))}))

    return change


def _null_of_step(name: str) -> Change:
    def change(draw: st.DrawFn, contents: Contents) -> Contents | None:
        step = _pick(draw, [step for step in _steps(contents) if not getattr(step, name)])
        if step is None:
            return None
        return _with_step(contents, step, evolve(step, **{name: _null_or_empty(getattr(step, name))}))

    return change


for _name in ("title", "image_tag", "goss_spec", "markdown"):
    changed(f"Step.{_name}: a character")(_text_of_step(_name))
for _name in ("goss_spec", "markdown"):
    changed(f"Step.{_name}: null or empty")(_null_of_step(_name))


@changed("Step.position: another")
def _position(draw: st.DrawFn, contents: Contents) -> Contents | None:
    step: Step | None = _pick(draw, _steps(contents))
    if step is None:
        return None
    old = step.position
    new = draw(strategies.integers().filter(lambda other: other != old))
    return _with_step(contents, step, evolve(step, position=new))


@changed("Step.navigation: a row or none")
def _row(draw: st.DrawFn, contents: Contents) -> Contents | None:
    step: Step | None = _pick(draw, _steps(contents))
    if step is None:
        return None
    if step.navigation is not None:
        return _with_step(contents, step, evolve(step, navigation=None))
    (workshop,) = (row for row in contents.workshops if step in row.steps)
    at = workshop.steps.index(step)
    linear = Navigation(
        workshop.steps[at + 1].id if at + 1 < len(workshop.steps) else None,
        workshop.steps[at - 1].id if at else None,
    )
    row = draw(st.sampled_from([linear, Navigation(None, None), Navigation(step.id, step.id, "")]))
    return _with_step(contents, step, evolve(step, navigation=row))


@changed("Step.metadata: one more")
def _metadata_more(draw: st.DrawFn, contents: Contents) -> Contents | None:
    step: Step | None = _pick(draw, _steps(contents))
    if step is None:
        return None
    taken = {row.key for row in step.metadata}
    key = draw(strategies.keys().filter(lambda key: key not in taken))
    return _with_step(contents, step, evolve(step, metadata=(*step.metadata, Metadata(key, ""))))


@changed("Step.metadata: one less")
def _metadata_less(draw: st.DrawFn, contents: Contents) -> Contents | None:
    step: Step | None = _pick(draw, [step for step in _steps(contents) if step.metadata])
    if step is None:
        return None
    gone = _pick(draw, list(step.metadata))
    left = tuple(row for row in step.metadata if row is not gone)
    return _with_step(contents, step, evolve(step, metadata=left))


@changed("Step.metadata: two values change places")
def _metadata_exchanged(draw: st.DrawFn, contents: Contents) -> Contents | None:
    found = [
        (step, one, other)
        for step in _steps(contents)
        for one in step.metadata
        for other in step.metadata
        if one.value < other.value
    ]
    if not found:
        return None
    step, one, other = draw(st.sampled_from(found))
    values = {one.key: other.value, other.key: one.value}
    rows = tuple(Metadata(row.key, values.get(row.key, row.value)) for row in step.metadata)
    return _with_step(contents, step, evolve(step, metadata=rows))


# Navigation and metadata.


def _link(name: str) -> Change:
    def change(draw: st.DrawFn, contents: Contents) -> Contents | None:
        step = _pick(draw, [step for step in _steps(contents) if step.navigation])
        if step is None:
            return None
        old = getattr(step.navigation, name)
        targets = [id for id in (None, *(each.id for each in _steps(contents))) if id != old]
        row = evolve(step.navigation, **{name: draw(st.sampled_from(targets))})
        return _with_step(contents, step, evolve(step, navigation=row))

    return change


for _name in ("next_step_id", "prev_step_id"):
    changed(f"Navigation.{_name}: another")(_link(_name))


@changed("Navigation.unlock_condition: a character")
def _condition(draw: st.DrawFn, contents: Contents) -> Contents | None:
    found = [s for s in _steps(contents) if s.navigation and s.navigation.unlock_condition is not None]
    step: Step | None = _pick(draw, found)
    if step is None or step.navigation is None:
        return None
    row = evolve(step.navigation, unlock_condition=_edited(draw, step.navigation.unlock_condition or ""))
    return _with_step(contents, step, evolve(step, navigation=row))


@changed("Navigation.unlock_condition: null or empty")
def _no_condition(draw: st.DrawFn, contents: Contents) -> Contents | None:
    found = [s for s in _steps(contents) if s.navigation and not s.navigation.unlock_condition]
    step: Step | None = _pick(draw, found)
    if step is None or step.navigation is None:
        return None
    row = evolve(step.navigation, unlock_condition=_null_or_empty(step.navigation.unlock_condition))
    return _with_step(contents, step, evolve(step, navigation=row))


@changed("Metadata.key: a character")
def _key(draw: st.DrawFn, contents: Contents) -> Contents | None:
    step: Step | None = _pick(draw, [step for step in _steps(contents) if step.metadata])
    if step is None:
        return None
    old: Metadata = _pick(draw, list(step.metadata))
    new = _edited(draw, old.key)
    if new in {row.key for row in step.metadata} or len(spelling.key(new)) > MAX_KEY:
        return None
    rows = tuple(Metadata(new, row.value) if row is old else row for row in step.metadata)
    return _with_step(contents, step, evolve(step, metadata=rows))


@changed("Metadata.value: a character")
def _value(draw: st.DrawFn, contents: Contents) -> Contents | None:
    step: Step | None = _pick(draw, [step for step in _steps(contents) if step.metadata])
    if step is None:
        return None
    old: Metadata = _pick(draw, list(step.metadata))
    new = _edited(draw, old.value)
    rows = tuple(Metadata(row.key, new) if row is old else row for row in step.metadata)
    return _with_step(contents, step, evolve(step, metadata=rows))

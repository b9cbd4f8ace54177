"""Changes on the workshops that they start from → the workshops that they lead to (DIF-21)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from attrs import define, evolve

from yamlsync.changes.comparing import carried, facts_of
from yamlsync.changes.model import (
    Change,
    ConditionChanged,
    GossChanged,
    HintChanged,
    HintMoved,
    ImageChanged,
    LinkChanged,
    MetadataChanged,
    NavigationChanged,
    PositionChanged,
    Renumbered,
    StepAdded,
    StepMoved,
    StepRemoved,
    StepRenamed,
    TextChanged,
    TitleChanged,
    WorkshopAdded,
    WorkshopFieldChanged,
    WorkshopRemoved,
    WorkshopRenamed,
)
from yamlsync.changes.pairing import places
from yamlsync.printable import quoted
from yamlsync.records import Metadata, Workshop, metadata_order, step_order
from yamlsync.relative import (
    Follows,
    RelativeNavigation,
    RelativeStep,
    RelativeWorkshop,
    absolute,
    relative,
)

T = TypeVar("T")

_FIELDS = {
    TitleChanged: "title",
    ImageChanged: "image_tag",
    TextChanged: "markdown",
    GossChanged: "goss_spec",
    PositionChanged: "position",
}


class MismatchError(ValueError):
    """Changes that do not start from these workshops, or contradict one another; the message says where."""


def apply(workshops: Sequence[Workshop], changes: Iterable[Change]) -> tuple[Workshop, ...]:
    """The workshops that changes lead to. The order in which they are given does not matter.

    Raises MismatchError where they were not made from these workshops.
    """
    given: dict[type, list[Any]] = {}
    for change in changes:
        given.setdefault(type(change), []).append(change)

    def of(kind: type[T]) -> list[T]:
        return cast("list[T]", given.get(kind, []))

    work = _Work.of(workshops)
    renames = {each.old_id: each.new_id for each in of(StepRenamed)}
    old_ids = {new_id: old_id for old_id, new_id in renames.items()}
    for removed in of(StepRemoved):
        work.remove(removed)
    for moved in of(StepMoved):
        work.take_out(moved, old_ids.get(moved.step, moved.step))
    work.rename(renames)
    work.change_workshops(of(WorkshopRemoved), of(WorkshopRenamed), of(WorkshopAdded))
    work.place(of(StepAdded), of(StepMoved))
    for fact in of(WorkshopFieldChanged):
        work.set_fact(fact)
    for kind, name in _FIELDS.items():
        changed: Any
        for changed in of(kind):
            work.set_field(changed.step, name, changed.old, changed.new)
    for navigation in of(NavigationChanged):
        work.set_field(navigation.step, "navigation", work.renamed(navigation.old), navigation.new)
    for link in of(LinkChanged):
        work.set_link(link)
    for condition in of(ConditionChanged):
        work.set_row(condition.step, "unlock_condition", condition.old, condition.new)
    work.set_metadata([*of(MetadataChanged), *of(HintChanged)], of(HintMoved))
    for renumbered in of(Renumbered):
        work.renumber(renumbered)
    return work.done()


@define
class _Work:
    """The workshops as far as they are changed: without their steps, the ids of these in order, the steps."""

    workshops: dict[str, RelativeWorkshop]
    orders: dict[str, list[str]]
    steps: dict[str, RelativeStep]
    befores: dict[str, str | None]
    new_step: dict[str, str]

    @classmethod
    def of(cls, workshops: Sequence[Workshop]) -> _Work:
        forms = [relative(workshop) for workshop in workshops]
        return cls(
            {form.id: evolve(form, steps=()) for form in forms},
            {form.id: [step.id for step in form.steps] for form in forms},
            {step.id: step for form in forms for step in form.steps},
            {step_id: place.after for step_id, place in places(workshops).items()},
            {},
        )

    def remove(self, change: StepRemoved) -> None:
        self._leave(change.workshop, change.step.id, change.old_after)
        _require(self.steps.pop(change.step.id) == change.step, change.step.id, "is another one")

    def take_out(self, change: StepMoved, old_id: str) -> None:
        self._leave(change.old_workshop, old_id, change.old_after)

    def _leave(self, workshop: str, step_id: str, after: str | None) -> None:
        order = self.orders.get(workshop, [])
        _require(step_id in order and self.befores[step_id] == after, step_id, "is not at its old place")
        order.remove(step_id)

    def rename(self, new_step: dict[str, str]) -> None:
        for old_id in new_step:
            _require(old_id in self.steps, old_id, "is not there to be renamed")
        self.new_step = new_step
        self.steps = {
            step.id: step
            for step in (
                evolve(step, id=new_step.get(id, id), navigation=self.renamed(step.navigation))
                for id, step in self.steps.items()
            )
        }
        self.orders = {id: [new_step.get(each, each) for each in order] for id, order in self.orders.items()}

    def renamed(self, row: RelativeNavigation | None) -> RelativeNavigation | None:
        if row is None:
            return None
        links = carried(row.next, self.new_step), carried(row.prev, self.new_step)
        return RelativeNavigation(*links, row.unlock_condition)

    def change_workshops(
        self, removed: list[WorkshopRemoved], renamed: list[WorkshopRenamed], added: list[WorkshopAdded]
    ) -> None:
        for gone in removed:
            workshop = self.workshops.pop(gone.workshop.id, None)
            known = workshop is not None and facts_of(workshop) == gone.workshop
            _require(known and not self.orders.pop(gone.workshop.id), gone.workshop.id, "cannot be removed")
        taken = [(each.new_id, self._popped(each.old_id)) for each in renamed]
        for new_id, (workshop, order) in taken:
            self._put(evolve(workshop, id=new_id), order)
        for new in added:
            facts = new.workshop
            of = facts.id, facts.name, facts.version, facts.created_at, facts.first_position
            self._put(RelativeWorkshop(*of), [])

    def _popped(self, id: str) -> tuple[RelativeWorkshop, list[str]]:
        _require(id in self.workshops, id, "is not there to be renamed")
        return self.workshops.pop(id), self.orders.pop(id)

    def _put(self, workshop: RelativeWorkshop, order: list[str]) -> None:
        _require(workshop.id not in self.workshops, workshop.id, "is there already")
        self.workshops[workshop.id] = workshop
        self.orders[workshop.id] = order

    def place(self, added: list[StepAdded], moved: list[StepMoved]) -> None:
        waiting: dict[tuple[str, str | None], str] = {}
        for change in added:
            _require(change.step.id not in self.steps, change.step.id, "is there already")
            self.steps[change.step.id] = change.step
            waiting[change.workshop, change.new_after] = change.step.id
        for move in moved:
            waiting[move.new_workshop, move.new_after] = move.step
        _require(len(waiting) == len(added) + len(moved), "", "two steps are to stand at one place")
        for workshop, order in self.orders.items():
            placed: list[str] = []
            for before in (None, *order):
                current = before
                if current is not None:
                    placed.append(current)
                while (next_id := waiting.pop((workshop, current), None)) is not None:
                    placed.append(next_id)
                    current = next_id
            self.orders[workshop] = placed
        _require(not waiting, next(iter(waiting.values()), ""), "has no place")

    def set_fact(self, change: WorkshopFieldChanged) -> None:
        workshop = self.workshops.get(change.workshop)
        known = workshop is not None and getattr(workshop, change.field) == change.old
        _require(known, change.workshop, f"has another {change.field}")
        fact: dict[str, Any] = {change.field: change.new}
        self.workshops[change.workshop] = evolve(self.workshops[change.workshop], **fact)

    def set_field(self, step_id: str, name: str, old: object, new: object) -> None:
        step = self._step(step_id)
        _require(getattr(step, name) == old, step_id, f"has another {name}")
        value: dict[str, Any] = {name: new}
        self.steps[step_id] = evolve(step, **value)

    def set_row(self, step_id: str, name: str, old: object, new: object) -> None:
        row = self._step(step_id).navigation
        if row is None:
            raise MismatchError(f"{quoted(step_id)} has no navigation")
        _require(getattr(row, name) == old, step_id, f"has another {name}")
        value: dict[str, Any] = {name: new}
        self.steps[step_id] = evolve(self.steps[step_id], navigation=evolve(row, **value))

    def set_link(self, change: LinkChanged) -> None:
        old = Follows.ORDER if change.old_follows else carried(change.old, self.new_step)
        new = Follows.ORDER if change.new_follows else change.new
        self.set_row(change.step, change.field, old, new)

    def set_metadata(self, changed: list[MetadataChanged | HintChanged], moved: list[HintMoved]) -> None:
        leaving = [(each.step, each.key, each.old) for each in changed if each.old is not None]
        leaving += [(each.step, each.old_key, each.value) for each in moved]
        coming = [(each.step, each.key, each.new) for each in changed if each.new is not None]
        coming += [(each.step, each.new_key, each.value) for each in moved]
        touched = {step_id for step_id, *_ in (*leaving, *coming)}
        rows = {id: {row.key: row.value for row in self._step(id).metadata} for id in touched}
        for step_id, key, value in leaving:
            _require(rows[step_id].pop(key, None) == value, step_id, f"has another {key}")
        for step_id, key, value in coming:
            _require(key not in rows[step_id], step_id, f"has {key} already")
            rows[step_id][key] = value
        for step_id, values in rows.items():
            keys = sorted(values, key=metadata_order)
            metadata = tuple(Metadata(key, values[key]) for key in keys)
            self.steps[step_id] = evolve(self.steps[step_id], metadata=metadata)

    def renumber(self, change: Renumbered) -> None:
        first, gap = change.new.first, change.new.gap
        workshop = self.workshops.get(change.workshop)
        if workshop is None:
            raise MismatchError(f"{quoted(change.workshop)} is not there")
        self.workshops[change.workshop] = evolve(workshop, first_position=first)
        for index, step_id in enumerate(self.orders[change.workshop]):
            position = None if gap == 1 or index == 0 else first + gap * index
            self.steps[step_id] = evolve(self.steps[step_id], position=position)

    def _step(self, step_id: str) -> RelativeStep:
        _require(step_id in self.steps, step_id, "is not there")
        return self.steps[step_id]

    def done(self) -> tuple[Workshop, ...]:
        found = []
        for id in sorted(self.workshops):
            steps = tuple(self.steps[step_id] for step_id in self.orders[id])
            workshop = absolute(evolve(self.workshops[id], steps=steps))
            order = [step_order(step.position, step.id) for step in workshop.steps]
            _require(order == sorted(order), id, "has positions that contradict the order of its steps")
            found.append(workshop)
        return tuple(found)


def _require(holds: bool, id: str, what: str) -> None:
    if not holds:
        raise MismatchError(f"{quoted(id)} {what}" if id else what)

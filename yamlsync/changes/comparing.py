"""Two workshops → what changed between them (DIF-10 to DIF-20)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from attrs import field, frozen

from yamlsync.changes.hints import hint_changes, is_hint
from yamlsync.changes.model import (
    Change,
    Changes,
    ConditionChanged,
    Consequence,
    GossChanged,
    ImageChanged,
    LinkChanged,
    LinkFollowed,
    MetadataChanged,
    NavigationChanged,
    Numbering,
    PlaceFollowed,
    PositionChanged,
    Renumbered,
    StepAdded,
    StepMoved,
    StepRemoved,
    StepRenamed,
    TextChanged,
    TitleChanged,
    WorkshopAdded,
    WorkshopFacts,
    WorkshopFieldChanged,
    WorkshopRemoved,
    WorkshopRenamed,
)
from yamlsync.changes.moves import stayed
from yamlsync.changes.pairing import Placed, paired_workshops, places, renamed_steps
from yamlsync.changes.structures import check_changes
from yamlsync.records import Metadata, Navigation, Workshop
from yamlsync.relative import Follows, Link, RelativeStep, RelativeWorkshop, relative

FACTS = ("name", "version", "created_at", "first_position")
"""The fields of a workshop that change one by one."""


def diff(old: Sequence[Workshop], new: Sequence[Workshop]) -> Changes:
    """All that changed from one to the other. `apply` makes the new side of the old one with it."""
    return _Comparison.of(old, new).changes()


@frozen
class _Side:
    workshops: tuple[Workshop, ...]
    relative: tuple[RelativeWorkshop, ...]
    places: dict[str, Placed]

    @classmethod
    def of(cls, workshops: Sequence[Workshop]) -> _Side:
        return cls(tuple(workshops), tuple(map(relative, workshops)), places(workshops))

    def step(self, step_id: str) -> RelativeStep:
        place = self.places[step_id]
        return self.relative[place.workshop].steps[place.index]

    def navigation(self, step_id: str) -> Navigation | None:
        place = self.places[step_id]
        return self.workshops[place.workshop].steps[place.index].navigation


@frozen
class _Comparison:
    """Two sides, and what became of the ids of the old one: those of workshops and those of steps."""

    old: _Side
    new: _Side
    new_workshop: dict[str, str]
    new_step: dict[str, str]
    renames: dict[str, StepRenamed]
    old_step: dict[str, str] = field()

    @classmethod
    def of(cls, old: Sequence[Workshop], new: Sequence[Workshop]) -> _Comparison:
        left, right = _Side.of(old), _Side.of(new)
        found = renamed_steps(old, new)
        new_step = {id: id for id in left.places if id in right.places}
        new_step |= {each.old_id: each.new_id for each in found}
        renames = {each.new_id: StepRenamed(each.old_id, each.new_id, each.percent) for each in found}
        old_step = {new_id: old_id for old_id, new_id in new_step.items()}
        return cls(left, right, paired_workshops(old, new), new_step, renames, old_step)

    def changes(self) -> Changes:
        """Removed workshops first, then the others in their order on the new side (DIF-20)."""
        stay = self._staying()
        old_workshop = {new_id: old_id for old_id, new_id in self.new_workshop.items()}
        lefts = {workshop.id: workshop for workshop in self.old.relative}
        found: list[Change] = []
        consequences: list[Consequence] = []
        for workshop in self.old.relative:
            if workshop.id not in self.new_workshop:
                found.append(WorkshopRemoved(facts_of(workshop)))
                found += self._removed(workshop)
        for workshop in self.new.relative:
            old = lefts[old_workshop[workshop.id]] if workshop.id in old_workshop else None
            if old is None:
                found.append(WorkshopAdded(facts_of(workshop)))
            elif old.id != workshop.id:
                found.append(WorkshopRenamed(old.id, workshop.id))
            own = [change for step in workshop.steps for change in self._step(workshop.id, step, stay)]
            facts, steps = _numbered(old, workshop, own)
            found += facts
            found += self._removed(old) if old is not None else ()
            found += steps
            consequences += self._consequences(workshop, stay, steps)
        return Changes(tuple(found), tuple(consequences))

    def _removed(self, workshop: RelativeWorkshop) -> Iterator[Change]:
        for step in workshop.steps:
            if step.id not in self.new_step:
                yield StepRemoved(workshop.id, step, self.old.places[step.id].after)

    def _staying(self) -> frozenset[str]:
        """The new ids of the steps that are on both sides and were not moved."""
        pairs: dict[tuple[str, str], tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {}
        for side, number in ((self.old, 0), (self.new, 1)):
            for step_id in side.places:
                old_id = step_id if number == 0 else self.old_step.get(step_id)
                new_id = self.new_step.get(step_id) if number == 0 else step_id
                if old_id is None or new_id is None:
                    continue
                key = self._workshops_of(old_id, new_id)
                if key[0] == key[1]:
                    pairs.setdefault(key, ([], []))[number].append((old_id, new_id))
        return frozenset(new_id for old, new in pairs.values() for _, new_id in stayed(old, new))

    def _workshops_of(self, old_id: str, new_id: str) -> tuple[str, str]:
        """The workshops of a step, the old one by its new id, if it has one."""
        left = self.old.workshops[self.old.places[old_id].workshop].id
        right = self.new.workshops[self.new.places[new_id].workshop].id
        # An id that no workshop of the new side has, also where one took the old id of another.
        return self.new_workshop.get(left, f"\0{left}"), right

    def _step(self, workshop: str, step: RelativeStep, stay: frozenset[str]) -> Iterator[Change]:
        old_id = self.old_step.get(step.id)
        after = self.new.places[step.id].after
        if old_id is None:
            yield StepAdded(workshop, step, after)
            return
        if step.id in self.renames:
            yield self.renames[step.id]
        if step.id not in stay:
            before = self.old.places[old_id]
            yield StepMoved(step.id, self.old.workshops[before.workshop].id, before.after, workshop, after)
        old = self.old.step(old_id)
        if old != step:
            yield from self._fields(old, step)

    def _fields(self, old: RelativeStep, new: RelativeStep) -> Iterator[Change]:
        if old.title != new.title:
            yield TitleChanged(new.id, old.title, new.title)
        if old.image_tag != new.image_tag:
            yield ImageChanged(new.id, old.image_tag, new.image_tag)
        if old.position != new.position:
            yield PositionChanged(new.id, old.position, new.position)
        yield from self._navigation(old, new)
        yield from _metadata(new.id, old.metadata, new.metadata)
        if old.goss_spec != new.goss_spec:
            checks = check_changes(old.goss_spec, new.goss_spec)
            yield GossChanged(new.id, old.goss_spec, new.goss_spec, checks)
        if old.markdown != new.markdown:
            yield TextChanged(new.id, old.markdown, new.markdown)

    def _navigation(self, old: RelativeStep, new: RelativeStep) -> Iterator[Change]:
        left, right = old.navigation, new.navigation
        if left is None or right is None:
            if left is not right:
                yield NavigationChanged(new.id, left, right)
            return
        rows = self.old.navigation(old.id), self.new.navigation(new.id)
        for name in ("next", "prev"):
            link, other = getattr(left, name), getattr(right, name)
            if carried(link, self.new_step) != other:
                was, becomes = (getattr(row, f"{name}_step_id") for row in rows)
                follows = link is Follows.ORDER, other is Follows.ORDER
                yield LinkChanged(new.id, name, was, becomes, *follows)
        if left.unlock_condition != right.unlock_condition:
            yield ConditionChanged(new.id, left.unlock_condition, right.unlock_condition)

    def _consequences(
        self, workshop: RelativeWorkshop, stay: frozenset[str], changes: Iterable[Change]
    ) -> Iterator[Consequence]:
        edited = {(change.step, change.field) for change in changes if isinstance(change, LinkChanged)}
        for index, step in enumerate(workshop.steps):
            old_id = self.old_step.get(step.id)
            if old_id is None:
                continue
            place = self.old.places[old_id].index
            if step.id in stay and place != index:
                yield PlaceFollowed(step.id, place + 1, index + 1)
            rows = self.old.navigation(old_id), self.new.navigation(step.id)
            if rows[0] is None or rows[1] is None:
                continue
            for name in ("next", "prev"):
                left, right = (getattr(row, f"{name}_step_id") for row in rows)
                if left != right and (step.id, name) not in edited:
                    yield LinkFollowed(step.id, name, left, right)


def facts_of(workshop: RelativeWorkshop) -> WorkshopFacts:
    """A workshop's own facts."""
    facts = workshop.id, workshop.name, workshop.version, workshop.created_at, workshop.first_position
    return WorkshopFacts(*facts)


def carried(link: Link, new_step: Mapping[str, str]) -> Link:
    """Where a link leads when the steps have their new ids."""
    return new_step.get(link, link) if isinstance(link, str) else link


def _numbered(
    old: RelativeWorkshop | None, new: RelativeWorkshop, steps: list[Change]
) -> tuple[list[Change], list[Change]]:
    """The changes of a workshop's facts, and those of its steps; positions may be told as one (DIF-18)."""
    facts: list[Change] = []
    for name in FACTS if old is not None else ():
        left: Any = getattr(old, name)
        right: Any = getattr(new, name)
        # By type too: Python takes some integers for reals.
        if (type(left), left) != (type(right), right):
            facts.append(WorkshopFieldChanged(new.id, name, left, right))
    before, after = numbering(old) if old else None, numbering(new)
    if before and after and (before.gap > 1 or after.gap > 1):
        rest: list[Change] = [change for change in steps if not isinstance(change, PositionChanged)]
        own: list[Change] = [
            change
            for change in facts
            if not (isinstance(change, WorkshopFieldChanged) and change.field == "first_position")
        ]
        if len(rest) < len(steps) or len(own) < len(facts):
            return [*own, Renumbered(new.id, before, after)], rest
    return facts, steps


def numbering(workshop: RelativeWorkshop) -> Numbering | None:
    """The distance of a workshop's positions, where it is the same everywhere (DIF-18)."""
    positions = [workshop.first_position]
    for step in workshop.steps[1:]:
        positions.append(positions[-1] + 1 if step.position is None else step.position)
    gaps = {right - left for left, right in pairwise(positions)}
    if len(gaps) != 1 or (gap := gaps.pop()) < 1 or (gap > 1 and len(positions) < 3):
        return None
    return Numbering(workshop.first_position, gap)


def _metadata(step: str, old: tuple[Metadata, ...], new: tuple[Metadata, ...]) -> Iterator[Change]:
    if old == new:
        return
    left, right = ({row.key: row.value for row in rows} for rows in (old, new))
    yield from hint_changes(step, left, right)
    for key in dict.fromkeys((*left, *right)):
        if left.get(key) != right.get(key) and not is_hint(key):
            yield MetadataChanged(step, key, left.get(key), right.get(key))

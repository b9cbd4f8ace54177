"""Which commits are told, and what of them: all, or some steps, by all their ids, and fields (LOG-30)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, evolve, field

from yamlsync.changes import model
from yamlsync.changes.model import Change
from yamlsync.errors import OperationError
from yamlsync.history.opening import History
from yamlsync.printable import shown
from yamlsync.renditions.entries import Entry, Told, told_of
from yamlsync.renditions.fields import FIELDS, fields_of
from yamlsync.renditions.story import StepStory, Story


@define
class Selection:
    """Goes with one walk through a history, from the newest commit on.

    `steps` are ids that steps have in the newest commit, and grow by those that they had before. `quiet`
    counts the commits of comments or spelling alone, which are left out unless `with_quiet`. `unread` counts
    those that cannot be read; `is_cut` says that the history goes on outside of this clone.
    """

    steps: set[str]
    fields: frozenset[str]
    with_quiet: bool = False
    quiet: int = field(default=0, init=False)
    unread: int = field(default=0, init=False)
    is_cut: bool = field(default=False, init=False)
    _known: set[str] = field(factory=set, init=False)

    @property
    def is_part(self) -> bool:
        """Whether it leaves out anything on purpose."""
        return bool(self.steps or self.fields)

    def told(self, entries: Iterable[Entry]) -> Iterator[Told]:
        """The commits that are told, and what is told of each."""
        for entry in entries:
            found = self._select(entry)
            if self._is_told(found):
                yield found

    def require_fields(self) -> None:
        """Raises OperationError for a field that none of the commits knows; after all of them."""
        for name in sorted(self.fields - self._known - set(FIELDS)):
            near = _near(name, {*FIELDS, *self._known})
            raise OperationError(
                f"{shown(name)} is no field of a step or workshop, and in no commit a key of metadata",
                near or f"fields are {', '.join(FIELDS)}, and keys of metadata",
            )

    def _select(self, entry: Entry) -> Told:
        """What is told of a commit; what is known by then of ids and fields grows."""
        changes = [change for each in entry.comparisons for change in each.changes.changes]
        if self.fields:
            self._known.update(*map(fields_of, changes))
        if self.steps:
            _learn(self.steps, changes)
        found = told_of(entry, self._keeps if self.is_part else None)
        return evolve(found, story=_of_steps(found.story, self.steps)) if self.steps else found

    def _keeps(self, change: Change) -> bool:
        is_of_step = not self.steps or not self.steps.isdisjoint(_named(change))
        return is_of_step and (not self.fields or not self.fields.isdisjoint(fields_of(change)))

    def _is_told(self, found: Told) -> bool:
        entry = found.entry
        if entry.fate == "cut":
            self.is_cut = True
            return not self.is_part
        if entry.fate == "unreadable":
            self.unread += 1
            return not self.is_part
        if found.story or (not self.is_part and (entry.moved_from is not None or entry.fate != "changed")):
            return True
        if self.is_part or entry.is_merge:
            return False
        self.quiet += 1
        return self.with_quiet


def _learn(ids: set[str], changes: Iterable[Change]) -> None:
    """Adds the ids that steps had before they got one of these."""
    ids |= {each.old_id for each in changes if isinstance(each, model.StepRenamed) and each.new_id in ids}


def _of_steps(story: Story, ids: set[str]) -> Story:
    workshops = []
    for workshop in story.workshops:
        steps = tuple(step for step in workshop.steps if ids & _ids(step))
        if steps:
            # That the workshop is new, or gone, is told of its steps.
            record = workshop.new or workshop.old
            workshops.append(evolve(workshop, old=record, new=record, changes=(), steps=steps))
    return Story(tuple(workshops))


def _ids(step: StepStory) -> set[str]:
    return {record.id for record in (step.old, step.new) if record is not None}


def newest_ids(history: History, ids: Iterable[str]) -> set[str]:
    """The ids that steps have in the newest commit, or had at last, by any that they have had.

    Raises OperationError for an id that no step has had. Where none is of a former time, no commit is read.
    """
    wanted = set(ids)
    found = wanted & history.step_ids()
    if found == wanted:
        return found
    waiting = wanted - found
    renames: list[model.StepRenamed] = []
    seen: set[str] = set()
    for entry in history.entries():
        changes = [change for each in entry.comparisons for change in each.changes.changes]
        for change in changes:
            for id in waiting & set(_named(change)):
                waiting.discard(id)
                found.add(_newest(id, [*renames, change]))
        if not waiting:
            return found
        renames += [change for change in changes if isinstance(change, model.StepRenamed)]
        seen.update(*map(_named, changes))
    id = min(waiting)
    near = _near(id, seen)
    raise OperationError(
        f"{shown(id)} is the id of no step in any of these commits",
        near or "yamlsync digest --steps lists the ids of a workshop",
    )


def _newest(id: str, renames: list[Change]) -> str:
    """The last id of a step, by changes from the newest to the one that it was found in."""
    for each in reversed(renames):
        if isinstance(each, model.StepRenamed) and each.old_id == id:
            id = each.new_id
    return id


def _named(change: Change) -> tuple[str, ...]:
    """The ids of the steps that a change is of."""
    match change:
        case model.StepAdded(_, step) | model.StepRemoved(_, step):
            return (step.id,)
        case model.StepRenamed(old_id, new_id):
            return (old_id, new_id)
    step_id = getattr(change, "step", None)
    return (step_id,) if isinstance(step_id, str) else ()


def _near(name: str, known: set[str]) -> str:
    # Imported late: who makes no mistakes needs no advice.
    from yamlsync.layout.finding import nearest

    near = nearest(name, sorted(known))
    return f"did you mean {shown(near)}?" if near else ""

"""What one commit did to a workshop → the story that is told of it, of all or of a part (LOG-20)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from yamlsync.changes import model
from yamlsync.changes.model import Change, Changes
from yamlsync.comparison import Comparison
from yamlsync.git.history import Commit
from yamlsync.problems import Problem
from yamlsync.renditions.counting import text_passages
from yamlsync.renditions.story import StepStory, Story, WorkshopStory, story_of
from yamlsync.wording.passages import Changed, Deleted, Inserted

Fate = Literal["changed", "new", "removed", "cut", "unreadable"]
"""What became of the workshop as a whole. At a commit where it is `cut`, the history of the clone begins."""

Key: TypeAlias = tuple[object, ...]


@frozen
class Entry:
    """One commit, and what it did to the workshop at `path` from the top of the repository.

    `short` is the commit's unique short name. `comparisons` are those with each parent that has the workshop;
    with nothing where it is new, removed or cut. `moved_from` is the path that it had in the parent, where it
    is another. `since` is the short name of an older commit that it was compared with, for the parent cannot
    be read; "" where none can. Of an unreadable one, `problems` say why, or for a database `failure`.
    """

    commit: Commit
    short: str
    path: str
    fate: Fate
    comparisons: tuple[Comparison, ...] = ()
    moved_from: str | None = None
    since: str | None = None
    problems: tuple[Problem, ...] = ()
    failure: str = ""

    @property
    def is_merge(self) -> bool:
        """Whether it has several parents."""
        return len(self.commit.parents) > 1

    @property
    def respelled(self) -> tuple[str, ...]:
        """The files in which only comments or spelling changed."""
        return self.comparisons[0].respelled if len(self.comparisons) == 1 else ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, of a merge those from its first parent."""
        return self.comparisons[0].changes.changes if self.comparisons else ()


@frozen
class Told:
    """What is told of a commit: some of its changes, or all, and the story that they make."""

    entry: Entry
    changes: Changes
    story: Story


def told_of(entry: Entry, keep: Callable[[Change], bool] | None = None) -> Told:
    """What is told of a commit; of a merge what no parent had (LOG-22); with `keep`, those changes alone."""
    if not entry.comparisons:
        return Told(entry, Changes(), Story(()))
    first, *others = entry.comparisons
    story = story_of(first.old.workshops, first.new.workshops, first.changes, first.new.unread)
    if not others and keep is None:
        return Told(entry, first.changes, story)
    changes = first.changes.changes
    if others:
        found = [{key_of(change): change for change in each.changes.changes} for each in others]
        changes = tuple(change for change in changes if _is_of_merge(change, found))
    if keep is not None:
        changes = tuple(filter(keep, changes))
    return Told(entry, Changes(changes), selected(story, {key_of(change) for change in changes}))


def _is_of_merge(change: Change, others: Sequence[Mapping[Key, Change]]) -> bool:
    """Whether what changed from the first parent changed from all others too."""
    key = key_of(change)
    same = [other[key] for other in others if key in other]
    return len(same) == len(others) and _meet([change, *same])


def key_of(change: Change) -> Key:  # noqa: PLR0911 - one for each change
    """What a change is of: two changes that lead to the same side are of the same if it is equal."""
    match change:
        case model.WorkshopAdded(workshop) | model.WorkshopRemoved(workshop):
            return (type(change), workshop.id)
        case model.WorkshopFieldChanged(workshop, name):
            return (type(change), workshop, name)
        case model.WorkshopRenamed(_, new_id) | model.StepRenamed(_, new_id):
            return (type(change), new_id)
        case model.Renumbered(workshop):
            return (type(change), workshop)
        case model.StepAdded(_, step) | model.StepRemoved(_, step):
            return (type(change), step.id)
        case model.MetadataChanged(step, key) | model.HintChanged(step, key) | model.HintMoved(step, _, key):
            # That a hint moved is an edit of it like another.
            return (model.MetadataChanged, step, key)
        case model.LinkChanged(step, name):
            return (type(change), step, name)
        case _:
            return (type(change), change.step)


def _meet(changes: Collection[Change]) -> bool:
    """Whether changes of the same from several parents are one that was made in the merge itself.

    A text that parents have edited at different places differs from each of them, though nobody wrote
    anything anew: only lines count that are new, or gone, seen from every parent.
    """
    texts = [each for each in changes if isinstance(each, model.TextChanged | model.GossChanged)]
    if len(texts) < len(changes) or not texts[0].new or len({each.old for each in texts}) == 1:
        return True
    new, gone = zip(*map(_lines, texts), strict=True)
    return bool(set.intersection(*new) or set.intersection(*gone))


def _lines(change: model.TextChanged | model.GossChanged) -> tuple[set[int], set[str]]:
    """The numbers of the lines that are new, and the lines that are gone."""
    new: set[int] = set()
    gone: set[str] = set()
    for passage in text_passages(change):
        match passage:
            case Inserted(some) | Changed(_, some):
                new |= {line.number for line in some if not line.is_blank}
            case Deleted(some):
                gone |= {line.text for line in some if not line.is_blank}
    return new, gone


def selected(story: Story, keys: Collection[Key]) -> Story:
    """The story of some changes alone. Whatever came or went otherwise is as if it had been there."""
    return Story(tuple(_workshop(each, keys) for each in story.workshops))


def _workshop(workshop: WorkshopStory, keys: Collection[Key]) -> WorkshopStory:
    old, new = workshop.old, workshop.new
    if old is None and (model.WorkshopAdded, workshop.id) not in keys:
        old = new
    if new is None and (model.WorkshopRemoved, workshop.id) not in keys:
        new = old
    changes = tuple(change for change in workshop.changes if key_of(change) in keys)
    return evolve(workshop, old=old, new=new, changes=changes, steps=tuple(_steps(workshop, keys)))


def _steps(workshop: WorkshopStory, keys: Collection[Key]) -> Iterator[StepStory]:
    for step in workshop.steps:
        if step.new is None:
            if (model.StepRemoved, step.id) in keys:
                yield step
        elif step.old is None:
            yield step if (model.StepAdded, step.id) in keys else evolve(step, old=step.new)
        else:
            yield evolve(
                step,
                rename=step.rename if (model.StepRenamed, step.id) in keys else None,
                move=step.move if (model.StepMoved, step.id) in keys else None,
                changes=tuple(change for change in step.changes if key_of(change) in keys),
            )

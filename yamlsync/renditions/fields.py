"""A change → the fields that it is of, by their names in the files and by those of groups (LOG-32)."""

from __future__ import annotations

import re

from yamlsync.changes import model
from yamlsync.changes.model import Change
from yamlsync.relative import RelativeNavigation, RelativeStep

FIELDS = (
    "id",
    "title",
    "image_tag",
    "position",
    "order",
    "navigation",
    "next",
    "prev",
    "unlock_condition",
    "metadata",
    "hint",
    "goss_spec",
    "markdown",
    "name",
    "version",
    "created_at",
    "first_position",
)
"""All names but those of keys of metadata, and of groups of them: `objective` is `objective.1` and so on."""

_NUMBERED = re.compile(r"(?P<group>.+)\.[0-9]+\Z", re.DOTALL)


def fields_of(change: Change) -> frozenset[str]:  # noqa: PLR0911 - one for each change
    """The names of the fields. A step or workshop that is new or gone is a change of all that it says."""
    match change:
        case model.StepAdded(_, step) | model.StepRemoved(_, step):
            return _of_step(step)
        case model.WorkshopAdded() | model.WorkshopRemoved():
            return frozenset({"id", "name", "version", "created_at", "first_position"})
        case model.WorkshopFieldChanged(_, name):
            return frozenset({name})
        case model.MetadataChanged(_, key) | model.HintChanged(_, key):
            return _of_key(key)
        case model.HintMoved(_, old_key, new_key):
            return _of_key(old_key) | _of_key(new_key)
        case model.LinkChanged(_, name):
            return frozenset({"navigation", name})
        case model.NavigationChanged(_, old, new):
            return _of_row(old or new)
    return _FIELDS[type(change)]


_FIELDS: dict[type, frozenset[str]] = {
    model.WorkshopRenamed: frozenset({"id"}),
    model.Renumbered: frozenset({"position", "first_position"}),
    model.StepRenamed: frozenset({"id"}),
    model.StepMoved: frozenset({"order"}),
    model.TitleChanged: frozenset({"title"}),
    model.ImageChanged: frozenset({"image_tag"}),
    model.TextChanged: frozenset({"markdown"}),
    model.GossChanged: frozenset({"goss_spec"}),
    model.ConditionChanged: frozenset({"navigation", "unlock_condition"}),
    model.PositionChanged: frozenset({"position"}),
}


def _of_step(step: RelativeStep) -> frozenset[str]:
    found = {"id", "title", "image_tag", "order"}
    if step.position is not None:
        found.add("position")
    if step.goss_spec is not None:
        found.add("goss_spec")
    if step.markdown is not None:
        found.add("markdown")
    return frozenset(found).union(_of_row(step.navigation), *(_of_key(row.key) for row in step.metadata))


def _of_row(row: RelativeNavigation | None) -> frozenset[str]:
    if row is None:
        return frozenset()
    condition = {"unlock_condition"} if row.unlock_condition is not None else set()
    return frozenset({"navigation", "next", "prev"} | condition)


def _of_key(key: str) -> frozenset[str]:
    """The key, and its group where it is one of several with numbers."""
    match = _NUMBERED.match(key)
    return frozenset({"metadata", key, match["group"]} if match else {"metadata", key})

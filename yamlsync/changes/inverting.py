"""The changes that lead back (DIF-22)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import fields

from yamlsync.changes import checks, model
from yamlsync.changes.model import Change

_PAIRS = (
    (model.WorkshopAdded, model.WorkshopRemoved),
    (model.StepAdded, model.StepRemoved),
    (checks.CheckAdded, checks.CheckRemoved),
)
_OPPOSITES: dict[type, type] = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_SIDE = re.compile(r"(?<![a-z])(?:old|new)(?![a-z])")


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What makes the old side of the new one. Their order is that of `changes`."""
    changes = tuple(changes)
    steps = {change.new_id: change.old_id for change in changes if isinstance(change, model.StepRenamed)}
    workshops = {
        change.new_id: change.old_id for change in changes if isinstance(change, model.WorkshopRenamed)
    }
    return tuple(_inverse(change, steps, workshops) for change in changes)


def _inverse(change: Change, steps: Mapping[str, str], workshops: Mapping[str, str]) -> Any:
    swapped = _swapped(change)
    if isinstance(change, model.WorkshopFieldChanged | model.Renumbered):
        swapped["workshop"] = workshops.get(change.workshop, change.workshop)
    elif isinstance(step := getattr(change, "step", None), str):
        swapped["step"] = steps.get(step, step)
    if isinstance(change, model.GossChanged) and change.checks is not None:
        swapped["checks"] = tuple(map(_inverse_check, change.checks))
    return _OPPOSITES.get(type(change), type(change))(**swapped)


def _inverse_check(change: checks.CheckChange) -> Any:
    swapped = _swapped(change)
    if isinstance(change, checks.CheckChanged):
        swapped["attributes"] = tuple(
            checks.AttributeChanged(**_swapped(attribute)) for attribute in change.attributes
        )
    return _OPPOSITES.get(type(change), type(change))(**swapped)


def _swapped(record: Any) -> dict[str, Any]:
    """The fields of a record, those of the old side under the names of the new one, and the other way."""
    return {
        _SIDE.sub(lambda side: "new" if side[0] == "old" else "old", field.name): getattr(record, field.name)
        for field in fields(type(record))
    }

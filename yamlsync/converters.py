"""Rows ⇄ records; cattrs makes the records, so strictly that no 12 becomes "12" (REC-10)."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from yamlsync.records import Contents, Date, metadata_order, step_order

if TYPE_CHECKING:
    from cattrs import Converter

Row: TypeAlias = tuple[Any, ...]
Rows: TypeAlias = dict[str, list[Row]]
"""The rows of each table, in the order of its columns in the seed (`yamlsync.database.schema`)."""


@cache
def make_converter() -> Converter:
    """The converter from plain nested data to records."""
    # Imported late: building a database has records already, and loading it takes 19 of 95 ms.
    from cattrs import Converter

    converter = Converter(detailed_validation=False, forbid_extra_keys=True)
    converter.register_structure_hook(str, _strict(str))
    converter.register_structure_hook(int, _strict(int))
    # cattrs has a way of its own with what may be None, at twice the time.
    converter.register_structure_hook_func(lambda kind: kind == str | None, _strict(str, type(None)))
    converter.register_structure_hook_func(lambda kind: kind == Date, _strict(str, int, float))
    converter.register_structure_hook_func(
        lambda kind: kind == Date | None, _strict(str, int, float, type(None))
    )
    return converter


def _strict(*kinds: type) -> Any:
    def structure(value: Any, _: Any) -> Any:
        # By identity: bool is an int to isinstance.
        if type(value) not in kinds:
            raise TypeError(
                f"{type(value).__name__} where {' or '.join(k.__name__ for k in kinds)} should stand"
            )
        return value

    return structure


def rows_to_contents(rows: Rows) -> Contents:
    """The records that rows say, in canonical order. The rows' own order is no content.

    Raises TypeError for a value of another type than its column's; rows that were checked have none.
    """
    navigation = {
        step_id: {"next_step_id": next_id, "prev_step_id": prev_id, "unlock_condition": condition}
        for step_id, next_id, prev_id, condition in rows["navigation"]
    }
    metadata: dict[str, list[dict[str, Any]]] = {}
    for step_id, key, value in rows["step_metadata"]:
        metadata.setdefault(step_id, []).append({"key": key, "value": value})
    steps: dict[str, list[dict[str, Any]]] = {}
    for step_id, workshop_id, position, title, markdown, image_tag, goss_spec in rows["steps"]:
        steps.setdefault(workshop_id, []).append(
            {
                "id": step_id,
                "title": title,
                "image_tag": image_tag,
                "position": position,
                "navigation": navigation.get(step_id),
                "metadata": sorted(metadata.get(step_id, ()), key=lambda row: metadata_order(row["key"])),
                "goss_spec": goss_spec,
                "markdown": markdown,
            }
        )
    plain = {
        "workshops": [
            {
                "id": workshop_id,
                "name": name,
                "version": version,
                "created_at": created_at,
                "steps": sorted(
                    steps.get(workshop_id, ()), key=lambda row: step_order(row["position"], row["id"])
                ),
            }
            for workshop_id, name, version, created_at in sorted(rows["workshop"], key=lambda row: row[0])
        ],
        "runtime_states": [
            {
                "workspace_id": workspace_id,
                "step_id": step_id,
                "status": status,
                "started_at": started_at,
                "completed_at": completed_at,
            }
            for workspace_id, step_id, status, started_at, completed_at in sorted(
                rows["runtime_state"], key=lambda row: row[:2]
            )
        ],
        "custom_states": [
            {"workspace_id": workspace_id, "key": key, "value": value}
            for workspace_id, key, value in sorted(rows["custom_state"], key=lambda row: row[:2])
        ],
    }
    contents = make_converter().structure(plain, Contents)
    _require_all(rows, contents)
    return contents


def _require_all(rows: Rows, contents: Contents) -> None:
    """No row may hang on nothing: it would be left out. Checked rows cannot, whatever made them."""
    steps = [step for workshop in contents.workshops for step in workshop.steps]
    kept = {
        "workshop": len(contents.workshops),
        "steps": len(steps),
        "step_metadata": sum(len(step.metadata) for step in steps),
        "navigation": sum(step.navigation is not None for step in steps),
        "runtime_state": len(contents.runtime_states),
        "custom_state": len(contents.custom_states),
    }
    lost = [name for name, count in kept.items() if count != len(rows[name])]
    if lost:
        raise OrphanError(lost[0])


class OrphanError(Exception):
    """A row refers to one that is not there; its table is named."""


def contents_to_rows(contents: Contents) -> Rows:
    """The rows of each table, in the order in which a database is built. Types are as they are in records."""
    rows: Rows = {"workshop": [], "steps": [], "step_metadata": [], "navigation": []}
    for workshop in contents.workshops:
        rows["workshop"].append(_WORKSHOP(workshop))
        for step in workshop.steps:
            rows["steps"].append((step.id, workshop.id, *_STEP(step)))
            rows["step_metadata"] += [(step.id, row.key, row.value) for row in step.metadata]
            if step.navigation is not None:
                rows["navigation"].append((step.id, *_NAVIGATION(step.navigation)))
    rows["runtime_state"] = [_RUNTIME_STATE(row) for row in contents.runtime_states]
    rows["custom_state"] = [_CUSTOM_STATE(row) for row in contents.custom_states]
    return rows


# The columns of each table that are fields of its record, in the table's order.
_WORKSHOP = attrgetter("id", "name", "version", "created_at")
_STEP = attrgetter("position", "title", "markdown", "image_tag", "goss_spec")
_NAVIGATION = attrgetter("next_step_id", "prev_step_id", "unlock_condition")
_RUNTIME_STATE = attrgetter("workspace_id", "step_id", "status", "started_at", "completed_at")
_CUSTOM_STATE = attrgetter("workspace_id", "key", "value")

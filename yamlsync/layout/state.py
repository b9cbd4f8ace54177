"""A workspace's progress ⇄ its document (LAY-50 to LAY-54)."""

from __future__ import annotations

from typing import cast

from yamlsync.document.model import Block, Entry
from yamlsync.layout.files import FORMAT
from yamlsync.layout.finding import Finding
from yamlsync.layout.formats import format_findings
from yamlsync.records import CustomState, Date, RuntimeState


def to_block(workspace_id: str, runtime: list[RuntimeState], custom: list[CustomState]) -> Block:
    """The canonical document of one workspace."""
    entries = [Entry("format", FORMAT), Entry("workspace", workspace_id)]
    if runtime:
        entries.append(Entry("steps", Block(tuple(Entry(None, _runtime_block(row)) for row in runtime))))
    if custom:
        items = (Block((Entry("key", row.key), Entry("value", row.value))) for row in custom)
        entries.append(Entry("custom", Block(tuple(Entry(None, item) for item in items))))
    return Block(tuple(entries))


def _runtime_block(row: RuntimeState) -> Block:
    entries = [Entry("id", row.step_id), Entry("status", row.status)]
    if row.started_at is not None:
        entries.append(Entry("started_at", row.started_at))
    if row.completed_at is not None:
        entries.append(Entry("completed_at", row.completed_at))
    return Block(tuple(entries))


def from_block(block: Block) -> tuple[str, list[RuntimeState], list[CustomState], list[Finding]]:
    """The workspace and its rows, in canonical order, and what is wrong with them."""
    values = block.values()
    workspace_id = cast(str, values["workspace"])
    runtime = [_runtime(workspace_id, item) for item in _mappings(values.get("steps"))]
    custom = [
        CustomState(workspace_id, cast(str, item["key"]), cast(str, item["value"]))
        for item in _mappings(values.get("custom"))
    ]
    findings = format_findings(block)
    if not runtime and not custom:
        findings.append(Finding("YS109", "the file holds no progress", ("workspace",), "delete the file"))
    findings += _twice([row.step_id for row in runtime], "steps", "id")
    findings += _twice([row.key for row in custom], "custom", "key")
    return (
        workspace_id,
        sorted(runtime, key=lambda row: row.step_id),
        sorted(custom, key=lambda row: row.key),
        findings,
    )


def _mappings(value: object) -> list[dict[str, object]]:
    return [cast(Block, item).values() for item in value.items()] if isinstance(value, Block) else []  # type: ignore[misc]


def _runtime(workspace_id: str, item: dict[str, object]) -> RuntimeState:
    return RuntimeState(
        workspace_id,
        cast(str, item["id"]),
        cast(str, item["status"]),
        cast("Date | None", item.get("started_at")),
        cast("Date | None", item.get("completed_at")),
    )


def _twice(names: list[str], key: str, field: str) -> list[Finding]:
    seen: set[str] = set()
    findings = []
    for index, name in enumerate(names):
        if name in seen:
            findings.append(
                Finding(
                    "YS106",
                    f'"{name}" stands in this list twice',
                    (key, index, field, "="),
                    "delete one of the two",
                )
            )
        seen.add(name)
    return findings

"""A workshop's own facts ⇄ workshop.yaml, and the list of several workshops (LAY-30 to LAY-37)."""

from __future__ import annotations

from typing import cast

from attrs import frozen

from yamlsync.document.model import Block, Entry
from yamlsync.layout.files import FORMAT, NONE
from yamlsync.layout.finding import Finding
from yamlsync.layout.formats import format_findings
from yamlsync.layout.step import Around
from yamlsync.records import Date, Step, Workshop


@frozen
class Header:
    """What workshop.yaml says."""

    id: str
    name: str
    version: str
    created_at: Date
    first_position: int
    navigated: bool
    step_ids: tuple[str, ...]


def header_of(workshop: Workshop) -> Header:
    """What workshop.yaml has to say of a workshop."""
    steps = workshop.steps
    return Header(
        workshop.id,
        workshop.name,
        workshop.version,
        workshop.created_at,
        steps[0].position if steps else 1,
        not steps or any(step.navigation is not None for step in steps),
        tuple(step.id for step in steps),
    )


def to_block(header: Header) -> Block:
    """The canonical document of a workshop."""
    entries = [
        Entry("format", FORMAT),
        Entry("id", header.id),
        Entry("name", header.name),
        Entry("version", header.version),
        Entry("created_at", header.created_at),
    ]
    if header.first_position != 1:
        entries.append(Entry("first_position", header.first_position))
    if not header.navigated:
        entries.append(Entry("navigation", NONE))
    entries.append(Entry("steps", Block(tuple(Entry(None, step_id) for step_id in header.step_ids))))
    return Block(tuple(entries))


def from_block(block: Block) -> tuple[Header, list[Finding]]:
    """What a document says of a workshop, and what is wrong with it."""
    values = block.values()
    step_ids = tuple(cast("list[str]", cast(Block, values["steps"]).items()))
    header = Header(
        cast(str, values["id"]),
        cast(str, values["name"]),
        cast(str, values["version"]),
        cast(Date, values["created_at"]),
        cast(int, values.get("first_position", 1)),
        "navigation" not in values,
        step_ids,
    )
    findings = format_findings(block) + list_findings(step_ids, "steps", "step")
    if not step_ids:
        findings += [
            Finding(
                "YS110", f"there are no steps, so {key} says nothing", (key,), "delete it, or list the steps"
            )
            for key in ("first_position", "navigation")
            if key in values
        ]
    return header, findings


def list_findings(ids: tuple[str, ...], key: str, what: str) -> list[Finding]:
    """The entries of a list that stand there a second time."""
    seen: set[str] = set()
    findings = []
    for index, id in enumerate(ids):
        if id in seen:
            findings.append(
                Finding(
                    "YS122", f'the {what} "{id}" is listed twice', (key, index), "delete one of the two lines"
                )
            )
        seen.add(id)
    return findings


def workshops_findings(block: Block, ids: tuple[str, ...]) -> list[Finding]:
    """What is wrong with the list of several workshops."""
    findings = format_findings(block) + list_findings(ids, "workshops", "workshop")
    if len(ids) == 1:
        help = "move the workshop's own files here, to the top, and delete this file"
        findings.append(Finding("YS121", "one workshop alone has no list", ("workshops",), help))
    return findings


def workshops_block(ids: tuple[str, ...]) -> Block:
    """The document that lists several workshops."""
    return Block((Entry("format", FORMAT), Entry("workshops", Block(tuple(Entry(None, id) for id in ids)))))


def arounds(header: Header, steps: tuple[Step, ...]) -> list[Around]:
    """For each step of a workshop, what its place in the order says of it."""
    ids = header.step_ids
    return [
        Around(
            header.first_position,
            header.navigated,
            None if index == 0 else (steps[index - 1].position, ids[index - 1]),
            None if index == 0 else ids[index - 1],
            ids[index + 1] if index + 1 < len(ids) else None,
        )
        for index in range(len(steps))
    ]

"""A step ⇄ its document. What follows from the order of the steps is left out (LAY-40 to LAY-47)."""

from __future__ import annotations

from typing import cast

from attrs import frozen

from yamlsync.affinity import MAX_INTEGER
from yamlsync.document.model import Block, Entry, Value
from yamlsync.layout.files import NONE
from yamlsync.layout.finding import Finding
from yamlsync.records import Metadata, Navigation, Step, step_order


@frozen
class Around:
    """What the list of steps says of one of them: its neighbours, and the step before it as read.

    `navigated` is False where the workshop has no navigation rows at all.
    """

    first_position: int
    navigated: bool
    before: tuple[int, str] | None
    previous_id: str | None
    next_id: str | None

    @property
    def position(self) -> int:
        """The position that needs no word."""
        return self.first_position if self.before is None else self.before[0] + 1


def to_block(step: Step, around: Around) -> Block:
    """The canonical document of a step."""
    entries = [Entry("id", step.id), Entry("title", step.title), Entry("image_tag", step.image_tag)]
    if step.position != around.position:
        entries.append(Entry("position", step.position))
    navigation = _navigation_value(step.navigation, around)
    if navigation is not None:
        entries.append(Entry("navigation", navigation))
    if step.metadata:
        entries.append(Entry("metadata", Block(tuple(Entry(row.key, row.value) for row in step.metadata))))
    if step.goss_spec is not None:
        entries.append(Entry("goss_spec", step.goss_spec))
    if step.markdown is not None:
        entries.append(Entry("markdown", step.markdown))
    return Block(tuple(entries))


def _navigation_value(navigation: Navigation | None, around: Around) -> Block | str | None:
    if navigation is None:
        return NONE if around.navigated else None
    entries = []
    if navigation.next_step_id != around.next_id:
        entries.append(Entry("next", navigation.next_step_id))
    if navigation.prev_step_id != around.previous_id:
        entries.append(Entry("prev", navigation.prev_step_id))
    if navigation.unlock_condition is not None:
        entries.append(Entry("unlock_condition", navigation.unlock_condition))
    return Block(tuple(entries)) if entries else None


def follower(step_id: str, around: Around) -> Step:
    """A step of which nothing is known but its place."""
    navigation = Navigation(around.next_id, around.previous_id) if around.navigated else None
    return Step(step_id, "", "", min(around.position, MAX_INTEGER), navigation)


def from_block(block: Block, around: Around) -> tuple[Step, list[Finding]]:
    """The step that a document says, in its place in the order, and what contradicts that place."""
    values = block.values()
    findings: list[Finding] = []
    step_id = cast(str, values["id"])
    metadata = values.get("metadata")
    step = Step(
        id=step_id,
        title=cast(str, values["title"]),
        image_tag=cast(str, values["image_tag"]),
        position=_position(step_id, cast("int | None", values.get("position")), around, findings),
        navigation=_navigation(values.get("navigation"), around, findings),
        metadata=tuple(
            Metadata(cast(str, entry.key), cast(str, entry.value)) for entry in cast(Block, metadata).entries
        )
        if metadata is not None
        else (),
        goss_spec=cast("str | None", values.get("goss_spec")),
        markdown=cast("str | None", values.get("markdown")),
    )
    return step, findings


def _position(step_id: str, written: int | None, around: Around, findings: list[Finding]) -> int:
    if written is None:
        if around.position <= MAX_INTEGER:
            return around.position
        message = "the position after the step before does not fit in 64 bits"
        findings.append(Finding("YS126", message, ("id",), "write smaller positions before it"))
        return MAX_INTEGER
    if around.before is None:
        if written != around.first_position:
            message = f"the first step's position is {around.first_position}, not {written}"
            help = f"delete this line; first_position: {written} in workshop.yaml says it, if it is meant"
            findings.append(Finding("YS126", message, ("position", "="), help))
    elif step_order(written, step_id) <= step_order(*around.before):
        position, before_id = around.before
        message = f'position {written} contradicts the list of steps: "{before_id}" before it has {position}'
        help = "delete this line to let the position follow from the list, or move the step in the list"
        findings.append(Finding("YS126", message, ("position", "="), help))
    return written


def _navigation(value: Value, around: Around, findings: list[Finding]) -> Navigation | None:
    if value is None:
        return Navigation(around.next_id, around.previous_id) if around.navigated else None
    if not around.navigated:
        message = "workshop.yaml says navigation: none, so no step can have navigation"
        help = "delete it here, or delete it in workshop.yaml and write it in each step that has none"
        findings.append(Finding("YS127", message, ("navigation",), help))
    if not isinstance(value, Block):
        return None
    values = value.values()
    return Navigation(
        cast("str | None", values.get("next", around.next_id)),
        cast("str | None", values.get("prev", around.previous_id)),
        cast("str | None", values.get("unlock_condition")),
    )

"""Which workshop and which step of the new side is which of the old: by ids, then by likeness (DIF-12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from yamlsync.changes.likeness import Candidate, Rename, renames
from yamlsync.records import Workshop


@frozen
class Placed:
    """A step where it stands: the place of its workshop and its own, both from 0, and the step before it."""

    workshop: int
    index: int
    after: str | None


def places(workshops: Sequence[Workshop]) -> dict[str, Placed]:
    """The place of each step by its id."""
    found = {}
    for number, workshop in enumerate(workshops):
        before = None
        for index, step in enumerate(workshop.steps):
            found[step.id] = Placed(number, index, before)
            before = step.id
    return found


def paired_workshops(old: Sequence[Workshop], new: Sequence[Workshop]) -> dict[str, str]:
    """The id of each workshop of the old side that is on the new side, and its id there.

    Those with other ids are paired by the number of ids of steps that they have in common; where there is
    but one on each side, they are always one workshop.
    """
    ids = {workshop.id for workshop in new}
    pairs = {workshop.id: workshop.id for workshop in old if workshop.id in ids}
    if len(old) == len(new) == 1:
        return {old[0].id: new[0].id}
    lefts = [workshop for workshop in old if workshop.id not in pairs]
    rights = [workshop for workshop in new if workshop.id not in pairs]
    taken: set[tuple[bool, str]] = set()
    for _, _, left, right in sorted(_likely(lefts, rights)):
        if not taken & {(False, left), (True, right)}:
            taken |= {(False, left), (True, right)}
            pairs[left] = right
    return pairs


def _likely(old: Sequence[Workshop], new: Sequence[Workshop]) -> Iterator[tuple[int, list[str], str, str]]:
    steps = [(workshop.id, {step.id for step in workshop.steps}) for workshop in new]
    for workshop in old:
        ids = {step.id for step in workshop.steps}
        for id, others in steps:
            if common := len(ids & others):
                # Sorted in the same way from both sides.
                yield -common, sorted((workshop.id, id)), workshop.id, id


def renamed_steps(old: Sequence[Workshop], new: Sequence[Workshop]) -> tuple[Rename, ...]:
    """The steps whose ids are on one side alone, as far as they are the same by likeness of content."""
    kept = {step.id for workshop in old for step in workshop.steps}
    kept &= {step.id for workshop in new for step in workshop.steps}
    return renames(_candidates(old, kept), _candidates(new, kept))


def _candidates(workshops: Sequence[Workshop], kept: set[str]) -> list[Candidate]:
    found = []
    for workshop in workshops:
        ids = [step.id for step in workshop.steps]
        for step, before, after in zip(workshop.steps, (None, *ids), (*ids[1:], None), strict=False):
            if step.id not in kept:
                metadata = [(row.key, row.value) for row in step.metadata]
                around = before, after
                texts = step.goss_spec, step.markdown
                found.append(Candidate(step.id, step.title, step.image_tag, metadata, *texts, *around))
    return found

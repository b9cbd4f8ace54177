"""A new step in the list, with a file of its own (AUT-25 to AUT-27)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import evolve, frozen

from yamlsync.document.model import Entry
from yamlsync.errors import OperationError
from yamlsync.image_names import fit_for_repository, fit_for_tag
from yamlsync.layout.files import step_path
from yamlsync.layout.read import StepFile, WorkshopFile
from yamlsync.layout.step import to_block
from yamlsync.layout.workshop import arounds
from yamlsync.printable import quoted
from yamlsync.records import Navigation, Step
from yamlsync.reshaping.documents import listed, placed, relisted
from yamlsync.reshaping.found import Found, folder_of, require_text
from yamlsync.reshaping.place import Spot, relinked
from yamlsync.reshaping.plan import Draft, Reshaping, with_steps, written_positions
from yamlsync.reshaping.positions import kept_or_mended
from yamlsync.reshaping.words import explicit_links, link_words, name_doubts, order_words
from yamlsync.rules.images.reference import parse


@frozen
class NewStep:
    """What the user asked for; None where a default does."""

    id: str
    spot: Spot
    workshop_id: str | None = None
    title: str | None = None
    image_tag: str | None = None
    condition: str | None = None


def add(found: Found, new: NewStep) -> Reshaping:
    """Plans a new step. Raises OperationError where the request cannot be met."""
    found.require_free(new.id)
    for text in (new.title, new.image_tag, new.condition):
        require_text(text or "")
    workshop = _workshop(found, new)
    if new.condition is not None and not workshop.header.navigated:
        raise OperationError(
            f"{workshop.path} says navigation: none, so no step can have a condition",
            "leave --condition out, or delete that line",
        )
    old_ids = workshop.header.step_ids
    index = new.spot.index(old_ids)
    ids = (*old_ids[:index], new.id, *old_ids[index:])
    blocks = [(each.step.id, each.block) for each in workshop.steps]
    wanted = list(written_positions(blocks))
    wanted.insert(index, (new.id, None))
    first, positions = kept_or_mended(workshop.header.first_position, wanted)
    header = evolve(workshop.header, first_position=first, step_ids=ids)
    steps = []
    for id, previous_id, next_id, position in zip(
        ids, (None, *ids), (*ids[1:], None), positions, strict=False
    ):
        if id == new.id:
            links = Navigation(next_id, previous_id, new.condition) if header.navigated else None
            steps.append(_step(new, workshop, position, links))
            continue
        file = workshop.steps[len(steps) - (len(steps) > index)]
        steps.append(evolve(file.step, position=position, navigation=relinked(file, previous_id, next_id)))
    path = step_path(folder_of(workshop), new.id)
    draft = Draft(found)
    draft.blocks[path] = to_block(steps[index], arounds(header, tuple(steps))[index])
    listing = placed(
        listed(workshop.block), index, [Entry(None, new.id)], below_heading=new.spot.below_heading
    )
    draft.blocks[workshop.path] = relisted(workshop.block, listing)
    paths = [each.path for each in workshop.steps]
    paths.insert(index, path)
    draft.settle(workshop.path, header, list(zip(paths, steps, strict=True)))
    before = workshop.steps[index - 1] if index else None
    after = workshop.steps[index] if index < len(old_ids) else None
    remarks = [*order_words(old_ids, ids), *_passed_by(before, after, new.id, navigated=header.navigated)]
    planned = draft.plan(with_steps(found.contents, workshop, steps), remarks)
    return evolve(planned, doubts=tuple(name_doubts(new.id, found.step_ids())))


def _workshop(found: Found, new: NewStep) -> WorkshopFile:
    if new.spot.beside is None:
        return found.workshop(new.workshop_id)
    owner = found.owner(new.spot.beside)
    if new.workshop_id is not None and found.workshop(new.workshop_id) is not owner:
        raise OperationError(
            f"{quoted(new.spot.beside)} is a step of the workshop {quoted(owner.header.id)}",
            "name a step of the workshop that the new one is for",
        )
    return owner


def _step(new: NewStep, workshop: WorkshopFile, position: int, links: Navigation | None) -> Step:
    title = _title(new.id) if new.title is None else new.title
    image_tag = new.image_tag
    if image_tag is None:
        image_tag = f"{_repository(workshop)}:{fit_for_tag(new.id)}"
    heading = f"# {' '.join(title.split())}".rstrip()
    return Step(new.id, title, image_tag, position, links, markdown=f"{heading}\n")


def _repository(workshop: WorkshopFile) -> str:
    """The repository of most images, the earliest of several; without any, one named after the workshop."""
    references = (parse(each.step.image_tag) for each in workshop.steps)
    counts = Counter(each.name for each in references if each.fault is None)
    return counts.most_common(1)[0][0] if counts else fit_for_repository(workshop.header.id)


def _title(step_id: str) -> str:
    words = step_id.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or step_id


def _passed_by(
    before: StepFile | None, after: StepFile | None, new_id: str, *, navigated: bool
) -> Iterator[str]:
    """The neighbours whose files do not lead to the new step."""
    if not navigated:
        return
    for file, key, way in ((before, "next", "on"), (after, "prev", "back")):
        if file is None:
            continue
        links = explicit_links(file.block)
        if file.step.navigation is None:
            yield f"{quoted(file.step.id)} has navigation: none: it does not lead {way} to {quoted(new_id)}"
        elif key in links:
            yield f"{link_words(file, key, links[key])}, past {quoted(new_id)}"

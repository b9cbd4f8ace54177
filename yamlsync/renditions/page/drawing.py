"""The graph of the steps of a workshop with what became of each, and of its links (DIF-73)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from yamlsync.changes import model
from yamlsync.pages.graph import Edge, EdgeKind, Node, draw
from yamlsync.pages.safe import SafeHtml
from yamlsync.records import Workshop
from yamlsync.renditions.story import StepStory, WorkshopStory
from yamlsync.rules.conditions.steps_named import steps_named

_Link = tuple[str, str, EdgeKind]

_WORDS: Mapping[type, str] = {
    model.TitleChanged: "title",
    model.ImageChanged: "image",
    model.TextChanged: "text",
    model.GossChanged: "checks",
    model.HintChanged: "hints",
    model.HintMoved: "hints",
    model.MetadataChanged: "metadata",
    model.ConditionChanged: "condition",
    model.LinkChanged: "links",
    model.NavigationChanged: "links",
    model.PositionChanged: "position",
}


@frozen
class Graph:
    """The graph of a workshop. `is_rewired` is whether a link in it is new or gone."""

    drawing: SafeHtml
    is_rewired: bool


def draw_steps(story: WorkshopStory, new_ids: Mapping[str, str], unread: frozenset[str], name: str) -> Graph:
    """The graph. `name` is one of its own in the page, `new_ids` has those of renamed steps by the old ones.

    Links of `unread` steps are taken to follow the order.
    """
    nodes = [Node(step.id, step.title, step.state, _note(step)) for step in story.steps]
    ids = {node.id for node in nodes}
    old = dict.fromkeys(each for each in _links(story.old, new_ids, unread) if ids.issuperset(each[:2]))
    new = dict.fromkeys(each for each in _links(story.new, {}, unread) if ids.issuperset(each[:2]))
    edges = [Edge(*link, state="same" if link in old else "added") for link in new]
    edges += [Edge(*link, state="removed") for link in old if link not in new]
    drawing = draw(
        nodes, edges, label="The steps and what became of them", name=name, folded="unchanged steps"
    )
    return Graph(drawing, any(edge.state != "same" for edge in edges))


def what_changed(step: StepStory) -> str:
    """The things that changed in a step, in a few words: `text, hints`."""
    return ", ".join(dict.fromkeys(_WORDS[type(change)] for change in step.changes if type(change) in _WORDS))


def _note(step: StepStory) -> str:
    if step.rename:
        return f"was {step.rename.old_id}"
    if step.move:
        is_away = step.move.old_workshop != step.move.new_workshop
        return f"from {step.move.old_workshop}" if is_away else f"from place {step.old_place}"
    return what_changed(step)


def _links(workshop: Workshop | None, new_ids: Mapping[str, str], unread: frozenset[str]) -> Iterator[_Link]:
    """What leads to what, and what must be done before what, by the ids that steps have in the page.

    As in the preview: a link back (`prev`) is none that a student follows.
    """
    steps = workshop.steps if workshop else ()
    for step, after in zip(steps, (*steps[1:], None), strict=False):
        here = new_ids.get(step.id, step.id)
        if step.id in unread:
            target = after.id if after else None
        else:
            target = step.navigation.next_step_id if step.navigation else None
        if target is not None:
            yield here, new_ids.get(target, target), "next"
        condition = step.navigation.unlock_condition if step.navigation else None
        for named in steps_named(condition) if condition else ():
            yield new_ids.get(named.id, named.id), here, "unlock"

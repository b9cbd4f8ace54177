"""The steps of a workshop and their links, old and new, as a graph that Mermaid draws (DIF-65)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from yamlsync.changes import model
from yamlsync.records import Step
from yamlsync.renditions.counting import plural
from yamlsync.renditions.escaping import size
from yamlsync.renditions.headings import SIGNS
from yamlsync.renditions.quoting import brief
from yamlsync.renditions.story import StepStory, WorkshopStory
from yamlsync.wording.columns import safe

_MOST_NODES = 60
_SHOWN = 40
"""Characters of a title, an id or a condition in a node."""

_OF_GRAPH = (
    model.LinkChanged,
    model.NavigationChanged,
    model.ConditionChanged,
)

_STYLES = {
    "added": "stroke:#2da44e,stroke-width:3px",
    "removed": "stroke:#cf222e,stroke-width:2px,stroke-dasharray:6 4",
    "renamed": "stroke:#0969da,stroke-width:3px",
    "moved": "stroke:#8250df,stroke-width:3px",
    "changed": "stroke:#9a6700,stroke-width:2px",
    "folded": "stroke-dasharray:2 3",
}
"""Lines alone: a page may be light or dark, and Mermaid chooses its other colours to go with it."""

# Mermaid puts signs of its own in place of these while it reads.
_OWN_SIGNS = frozenset("ﬂ°¶ß")


@frozen
class _Node:
    """A step, or several neighbours that are told as one."""

    name: str
    steps: tuple[StepStory, ...]
    is_folded: bool


def graph(workshop: WorkshopStory, most: int) -> str | None:
    """The graph, of at most `most` characters; None where none changed, or no such small one tells enough."""
    if not _is_changed(workshop):
        return None
    for nodes in (_MOST_NODES, _MOST_NODES // 2, _MOST_NODES // 4):
        text = "\n".join(_graph(workshop, nodes))
        if size(text) <= most:
            return text
    return None


def _is_changed(workshop: WorkshopStory) -> bool:
    """Whether steps came, went, moved or have other names, or links or conditions are others."""
    if workshop.old is None or workshop.new is None:
        # All of it is new or gone: the table says so.
        return False
    return any(
        step.state in ("added", "removed", "renamed", "moved")
        or step.move is not None
        or any(isinstance(change, _OF_GRAPH) for change in step.changes)
        for step in workshop.steps
    )


def _graph(workshop: WorkshopStory, most: int) -> Iterator[str]:
    nodes = _nodes(workshop.steps, most)
    # Of a file that was not read no title is known: then ids name all, so that none looks like another kind.
    by_title = all(step.is_known for step in workshop.steps)
    yield "flowchart TD"
    for node in nodes:
        style = "folded" if node.is_folded else node.steps[0].state
        yield f'  {node.name}["{_label(node, by_title=by_title)}"]' + (
            f":::{style}" if style in _STYLES else ""
        )
    yield from dict.fromkeys(_edges(nodes))
    used = {"folded" if node.is_folded else node.steps[0].state for node in nodes}
    yield from (f"  classDef {state} {style}" for state, style in _STYLES.items() if state in used)


def _nodes(steps: Sequence[StepStory], most: int) -> list[_Node]:
    """Steps that are the same are told as one node with their neighbours, and so is what is too much."""
    ends = _ends(steps)
    runs: list[list[StepStory]] = []
    is_open = False
    for step in steps:
        was_open, is_open = is_open, step.state == "same" and not ends & _ids(step)
        if was_open and is_open:
            runs[-1].append(step)
        else:
            runs.append([step])
    rest = [step for run in runs[most - 1 :] for step in run] if len(runs) > most else []
    if rest:
        runs = [*runs[: most - 1], rest]
    return [
        _Node(f"s{number}", tuple(run), len(run) > 1 or (run[0].state == "same" and not run[0].is_known))
        for number, run in enumerate(runs, 1)
    ]


def _ends(steps: Sequence[StepStory]) -> frozenset[tuple[str, str]]:
    """Where links lead that were changed, and where they led: these steps are told by themselves."""
    changes = [change for step in steps for change in step.changes if isinstance(change, model.LinkChanged)]
    return frozenset(
        (side, id)
        for each in changes
        for side, id in (("old", each.old), ("new", each.new))
        if id is not None
    )


def _ids(step: StepStory) -> frozenset[tuple[str, str]]:
    return frozenset(
        (side, each.id) for side, each in (("old", step.old), ("new", step.new)) if each is not None
    )


def _label(node: _Node, *, by_title: bool) -> str:
    step = node.steps[0]
    if not node.is_folded:
        return "<br/>".join(map(_spelled, _lines(step, by_title=by_title)))
    if changed := sum(each.state != "same" for each in node.steps):
        return _spelled(f"{plural(len(node.steps), 'more step')}, {changed:,} of them changed")
    first, last = (_name(each, by_title=by_title) for each in (step, node.steps[-1]))
    if len(node.steps) == 1:
        return _spelled(f"as before: {first}")
    told = (f"{plural(len(node.steps), 'step')} as before:", f"{first} … {last}")
    return "<br/>".join(map(_spelled, told))


def _name(step: StepStory, *, by_title: bool) -> str:
    return brief(step.title if by_title else step.id, _SHOWN).text


def _lines(step: StepStory, *, by_title: bool) -> Iterator[str]:
    where = step.old_place if step.new is None else step.new_place
    sign = f"{SIGNS[step.state]} " if step.state != "same" else ""
    yield f"{sign}{where} · {_name(step, by_title=by_title)}"
    if step.rename:
        yield f"was {brief(step.rename.old_id, _SHOWN).text}"
    if step.move:
        is_away = step.move.old_workshop != step.move.new_workshop
        start = brief(step.move.old_workshop, _SHOWN).text if is_away else f"place {step.old_place}"
        yield f"from {start}"
    condition = _condition(step.new)
    if condition != _condition(step.old) and step.new is not None:
        yield "opens always" if condition is None else f"opens when {brief(condition, _SHOWN).text}"


def _condition(step: Step | None) -> str | None:
    return step.navigation.unlock_condition if step and step.navigation else None


def _edges(nodes: Sequence[_Node]) -> Iterator[str]:
    """Where each step leads; dotted where it did, if that link was changed or an end of it is gone."""
    steps = [(step, node.name) for node in nodes for step in node.steps]
    new = {step.id: name for step, name in steps if step.new is not None}
    old = {step.old.id: name for step, name in steps if step.old is not None}
    order = [step.id for step, _ in steps if step.new is not None]
    for step, after in zip(
        [step for step, _ in steps if step.new is not None], [*order[1:], ""], strict=False
    ):
        if step.new is not None and step.new.navigation is not None:
            yield from _edge(new[step.id], "-->", new.get(step.new.navigation.next_step_id or ""))
        else:
            yield from _edge(new[step.id], "---", new.get(after))
    for step, name in steps:
        if step.new is None and step.old is not None and step.old.navigation is not None:
            row = step.old.navigation
            if before := old.get(row.prev_step_id or ""):
                yield from _edge(before, "-.->", name)
            yield from _edge(name, "-.->", old.get(row.next_step_id or ""))
        for change in step.changes:
            if isinstance(change, model.LinkChanged):
                yield from _changed_edges(change, name, old, new)


def _changed_edges(
    change: model.LinkChanged, name: str, old: dict[str, str], new: dict[str, str]
) -> Iterator[str]:
    """Where a link led that was changed; and where it leads, if it leads back."""
    back = "|prev|" if change.field == "prev" else ""
    yield from _edge(name, f"-.->{back}", old.get(change.old or ""))
    if back:
        yield from _edge(name, f"-->{back}", new.get(change.new or ""))


def _edge(start: str, line: str, end: str | None) -> Iterator[str]:
    if end is not None and end != start:
        yield f"  {start} {line} {end}"


def _spelled(text: str) -> str:
    """A text within a node's quotes: whatever is no letter and no digit is spelled as a number."""
    # What begins as a list does, some versions take for one, and refuse: this blank is none to them.
    return "".join(map(_character, safe(text))).replace(" ", "#160;", 1)


def _character(character: str) -> str:
    if character in _OWN_SIGNS or (character.isascii() and not character.isalnum() and character != " "):
        return f"#{ord(character)};"
    return character

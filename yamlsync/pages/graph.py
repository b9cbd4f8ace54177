"""The graph of steps as SVG: what leads to what, and what must be done before (PRE-41 to PRE-43)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias
from unicodedata import east_asian_width

from attrs import field, frozen
from markupsafe import Markup, escape

from yamlsync.pages.anchors import step_anchor
from yamlsync.pages.graph_layout import Box, Column, Layout, Link, Rows, head, line
from yamlsync.pages.safe import SafeHtml

State: TypeAlias = Literal["same", "added", "removed", "moved", "changed", "renamed"]
EdgeKind: TypeAlias = Literal["next", "unlock"]
EdgeState: TypeAlias = Literal["same", "added", "removed"]

SIGNS: Mapping[str, str] = {
    "same": "", "added": "+", "removed": "\u2212", "moved": "\u2195", "changed": "~", "renamed": "\u2192"
}  # fmt: skip
"""What a state is told by besides its colour."""

MOST_NODES = 300
"""Above it, runs of steps that nothing happened to are drawn as one."""


@frozen
class Node:
    """A step. `note` says more of its state, such as "was first-pod"."""

    id: str
    title: str
    state: State = "same"
    note: str = ""


@frozen
class Edge:
    """A link from one step to another, by their ids: "next", or "unlock" from what must be done before."""

    source: str
    target: str
    kind: EdgeKind = "next"
    state: EdgeState = "same"


@frozen
class _Drawn:
    """A node or a run of folded ones, in the order of the graph."""

    title: str
    below: str
    told: str
    state: State = "same"
    anchor: str | None = None
    folded: bool = field(default=False)


def draw(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    label: str,
    name: str = "graph",
    folded: str = "steps",
) -> SafeHtml:
    """A figure with the graph twice, of which a page shows one: rows on a broad screen, else a column.

    `label` is what a screen reader calls it, `name` begins the ids in it, `folded` names what is folded, as
    in "41 unchanged steps". Links whose ends are no nodes are left out. Ids stand once in `nodes`.
    """
    drawn, numbers = _folded(nodes, edges, folded)
    links = _links(edges, numbers)
    both = [
        _svg(drawn, links, layout, label, f"{name}-{word}", word)
        for word, layout in (("rows", Rows(len(drawn))), ("column", Column(len(drawn))))
    ]
    legend = _legend(links)
    return Markup('<figure class="graph">\n') + Markup("\n").join(both) + legend + Markup("</figure>\n")


def _folded(nodes: Sequence[Node], edges: Sequence[Edge], word: str) -> tuple[list[_Drawn], dict[str, int]]:
    """What is drawn, and the number in it of each step."""
    numbers: dict[str, int] = {}
    drawn: list[_Drawn] = []
    keep = {node.id for node in nodes} if len(nodes) <= MOST_NODES else _ends(nodes, edges)
    for run in _runs(nodes, keep):
        if len(run) > 1:
            told = f"{len(run):,} {word}"
            drawn.append(_Drawn(told, "", told, anchor=step_anchor(run[0].id), folded=True))
        else:
            drawn.append(_single(run[0]))
        numbers |= {node.id: len(drawn) - 1 for node in run}
    return drawn, numbers


def _single(node: Node) -> _Drawn:
    title = node.title.strip() or node.id
    state = "" if node.state == "same" else node.state
    told = f"{title} ({node.id})" + "".join(f", {each}" for each in (state, node.note) if each)
    return _Drawn(title, node.note or node.id, told, node.state, step_anchor(node.id))


def _ends(nodes: Sequence[Node], edges: Sequence[Edge]) -> set[str]:
    """The ids of steps that are shown one by one: changed ones, and where the order is left, if few are."""
    changed = {node.id for node in nodes if node.state != "same"}
    place = {node.id: number for number, node in enumerate(nodes)}
    odd = {
        id
        for edge in edges
        if edge.source in place and edge.target in place and place[edge.target] != place[edge.source] + 1
        for id in (edge.source, edge.target)
    }
    return changed | odd if len(changed | odd) <= MOST_NODES // 2 else changed


def _runs(nodes: Sequence[Node], keep: set[str]) -> Iterator[list[Node]]:
    run: list[Node] = []
    for node in nodes:
        if node.id in keep:
            yield from (run,) if run else ()
            run = []
            yield [node]
        else:
            run.append(node)
    yield from (run,) if run else ()


def _links(edges: Sequence[Edge], numbers: Mapping[str, int]) -> list[tuple[Link, Edge]]:
    """Each link once, as numbers of what is drawn."""
    made: dict[tuple[Link, str, str], Edge] = {}
    for edge in edges:
        if edge.source in numbers and edge.target in numbers:
            link = numbers[edge.source], numbers[edge.target]
            if link[0] != link[1]:
                made.setdefault((link, edge.kind, edge.state), edge)
    return [(link, edge) for (link, _, _), edge in made.items()]


def _svg(
    drawn: Sequence[_Drawn],
    links: Sequence[tuple[Link, Edge]],
    layout: Layout,
    label: str,
    name: str,
    word: str,
) -> Markup:
    parts = [
        Markup(
            '<svg class="graph-{}" role="group" aria-labelledby="{}-title" '
            'viewBox="0 0 {:g} {:g}" width="{:g}">\n<title id="{}-title">{}</title>\n'
        ).format(word, name, layout.width, layout.height, layout.width, name, label)
    ]
    for (_, edge), way in zip(links, layout.ways([link for link, _ in links]), strict=True):
        parts.append(
            Markup('<g class="edge {} {}"><path d="{}"/><polygon points="{}"/></g>\n').format(
                edge.kind, edge.state, line(way), head(way)
            )
        )
    columns = 25 if word == "rows" else 29
    parts += [_box(each, layout.box(number), columns, word == "rows") for number, each in enumerate(drawn)]
    return Markup("").join([*parts, Markup("</svg>\n")])


def _box(drawn: _Drawn, box: Box, columns: int, tall: bool) -> Markup:
    sign = SIGNS[drawn.state]
    lines = _lines(drawn.title, columns - 3 * bool(sign), 2 if tall else 1)
    y = box.top + (21 if len(lines) == 1 or not tall else 20)
    left = box.left + (32 if sign else 12)
    parts = [
        Markup('<a class="node {}{}" href="#{}"><title>{}</title>').format(
            drawn.state, " folded" if drawn.folded else "", drawn.anchor, drawn.told
        ),
        Markup('<rect x="{:g}" y="{:g}" width="{:g}" height="{:g}" rx="6"/>').format(
            box.left, box.top, box.width, box.height
        ),
    ]
    if sign:
        parts.append(
            Markup('<text class="sign" x="{:g}" y="{:g}">{}</text>').format(box.left + 11, y + 1, sign)
        )
    for number, text in enumerate(lines):
        parts.append(
            Markup('<text class="title" x="{:g}" y="{:g}">{}</text>').format(left, y + 17 * number, text)
        )
    if drawn.below:
        below = _lines(drawn.below, columns, 1)[0]
        parts.append(
            Markup('<text class="below" x="{:g}" y="{:g}">{}</text>').format(
                left, box.bottom - (9 if tall else 12), below
            )
        )
    return Markup("").join([*parts, Markup("</a>\n")])


def _lines(text: str, columns: int, most: int) -> list[str]:
    """A text in at most so many lines of a width, the last one cut."""
    lines = [""]
    for word in text[: columns * 4].split():
        joined = f"{lines[-1]} {word}".strip()
        if _width(joined) <= columns or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    was_cut = len(lines) > most or len(text) > columns * 4
    shown = [_cut(each, columns) for each in lines[:most]]
    if was_cut and not shown[-1].endswith("\u2026"):
        shown[-1] = _cut(f"{shown[-1]}\u2026", columns)
    return shown


def _cut(text: str, columns: int) -> str:
    if _width(text) <= columns:
        return text
    while text and _width(text) >= columns:
        text = text[:-1]
    return f"{text.rstrip()}\u2026"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _legend(links: Sequence[tuple[Link, Edge]]) -> Markup:
    kinds = {edge.kind for _, edge in links}
    if "unlock" not in kinds:
        return Markup("")
    samples = [
        Markup(
            '<span class="sample"><svg viewBox="0 0 34 10" width="34" aria-hidden="true">'
            '<g class="edge {} same"><path d="M1,5L28,5"/>'
            '<polygon points="33,5 24,9.5 24,0.5"/></g></svg> {}</span>'
        ).format(kind, escape(words))
        for kind, words in (("next", "leads to"), ("unlock", "must be done before"))
        if kind in kinds
    ]
    return Markup("<figcaption>") + Markup(" ").join(samples) + Markup("</figcaption>\n")

"""A workshop → the page that a student would read (PRE-1 to PRE-7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from yamlsync.in_words.checks import Checks, checks_in_words
from yamlsync.in_words.conditions import condition_in_words
from yamlsync.in_words.facts import duration_in_words, fact, series, tags
from yamlsync.opening import open_workshop
from yamlsync.pages.extra import require_html
from yamlsync.problems import Problem
from yamlsync.records import Contents, Step, Workshop
from yamlsync.rules.conditions.steps_named import steps_named


@frozen
class Previewed:
    """The page; or the problems of a workshop that cannot be read, seen from `root`."""

    page: str | None
    problems: tuple[Problem, ...]
    root: str


@frozen
class Beside:
    """A step that a link leads to. `named` is whether it is one of the course."""

    id: str
    title: str
    is_there: bool


@frozen
class ShownStep:
    """A step with all that a page says of it. `unlock` is in words, `condition` as it is typed.

    `text` is as `render` gives it, without a heading at its beginning that only says the title again.
    """

    step: Step
    number: int
    title: str
    text: str
    group: str
    starts_group: bool
    difficulty: str
    duration: str
    optional: bool
    tags: tuple[str, ...]
    objectives: tuple[str, ...]
    hints: tuple[str, ...]
    explain: str
    checks: Checks | None
    condition: str
    unlock: str | None
    previous: Beside | None
    next: Beside | None


@frozen
class ShownWorkshop:
    """A workshop, its steps, and its graph as HTML that is safe."""

    workshop: Workshop
    name: str
    steps: tuple[ShownStep, ...]
    graph: str


def preview(path: str, *, script: str = "") -> Previewed:
    """The page of what is at a path: a database, a directory or a revision.

    `script` is that of the server (`write_page`). Raises OperationError where it cannot be tried.
    """
    require_html("preview")
    opened = open_workshop(path)
    if opened.contents is None:
        return Previewed(None, opened.problems, opened.root)
    return Previewed(preview_page(opened.contents, script=script), (), opened.root)


def preview_page(contents: Contents, *, script: str = "") -> str:
    """The page of what a workshop says; of several, all, one after the other."""
    # Imported late: it is an extra.
    from yamlsync.pages.layout import write_page

    shown = [_workshop(workshop, number) for number, workshop in enumerate(contents.workshops, 1)]
    return write_page("preview.html", {"workshops": shown}, styles=("preview.css",), script=script)


def problem_page(title: str, report: str, *, script: str = "") -> str:
    """The page that stands for a workshop that cannot be read: `report` is shown as it is."""
    # Imported late: it is an extra.
    from yamlsync.pages.layout import write_page

    context = {"title": title, "report": report}
    return write_page("problems.html", context, styles=("preview.css",), script=script)


def _workshop(workshop: Workshop, number: int) -> ShownWorkshop:
    titles = {step.id: _title(step) for step in workshop.steps}
    steps = tuple(_steps(workshop.steps, titles))
    name = workshop.name.strip() or workshop.id
    return ShownWorkshop(workshop, name, steps, _graph(workshop, titles, name, number))


def _graph(workshop: Workshop, titles: Mapping[str, str], name: str, number: int) -> str:
    # Imported late: it is an extra.
    from yamlsync.pages.graph import Edge, Node, draw

    nodes = [Node(step.id, titles[step.id]) for step in workshop.steps]
    edges = [
        Edge(step.id, step.navigation.next_step_id)
        for step in workshop.steps
        if step.navigation is not None and step.navigation.next_step_id is not None
    ]
    edges += [
        Edge(named.id, step.id, "unlock")
        for step in workshop.steps
        if step.navigation is not None and step.navigation.unlock_condition
        for named in steps_named(step.navigation.unlock_condition)
    ]
    return draw(nodes, edges, label=f"The steps of {name}", name=f"graph-{number}")


def _title(step: Step) -> str:
    return step.title.strip() or step.id


def _text(step: Step) -> str:
    # Imported late: they are an extra.
    from yamlsync.pages.blocks import without_heading
    from yamlsync.pages.markdown import render

    text = step.markdown or ""
    return without_heading(render(text), _title(step)) if text.strip() else ""


def _steps(steps: Sequence[Step], titles: Mapping[str, str]) -> Iterator[ShownStep]:
    last_group = ""
    for number, step in enumerate(steps, 1):
        navigation = step.navigation
        condition = (navigation.unlock_condition if navigation else None) or ""
        group = fact(step.metadata, "group").strip()
        yield ShownStep(
            step=step,
            number=number,
            title=_title(step),
            text=_text(step),
            group=group,
            starts_group=group != last_group,
            difficulty=fact(step.metadata, "difficulty"),
            duration=duration_in_words(fact(step.metadata, "duration")),
            optional=fact(step.metadata, "optional") == "true",
            tags=tags(step.metadata),
            objectives=series(step.metadata, "objective"),
            hints=series(step.metadata, "hint"),
            explain=fact(step.metadata, "explain"),
            checks=checks_in_words(step.goss_spec) if step.goss_spec and step.goss_spec.strip() else None,
            condition=condition,
            unlock=condition_in_words(condition, titles),
            previous=_beside(navigation.prev_step_id if navigation else None, titles),
            next=_beside(navigation.next_step_id if navigation else None, titles),
        )
        last_group = group


def _beside(step_id: str | None, titles: Mapping[str, str]) -> Beside | None:
    if step_id is None:
        return None
    return Beside(step_id, titles.get(step_id, step_id), step_id in titles)

"""Whether a database says what another workshop says, and in which cells it does not (VER-20)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from yamlsync.compare import Difference, differences
from yamlsync.database.cells import describe_row
from yamlsync.database.schema import TABLES
from yamlsync.discovery import display_path
from yamlsync.opening import Opened
from yamlsync.printable import quoted, shell
from yamlsync.problems import Cell, Problem
from yamlsync.records import Contents, Step, Workshop
from yamlsync.verification.answers import Answer, Verdict, counted, refuse

_TABLES = {table.name: table for table in TABLES}


def against_answer(contents: Contents, path: str, workshop: str, opened: Opened) -> Answer:
    """The answer of `against`: `contents` are the database's, `opened` is what the workshop holds."""
    if opened.contents is None:
        seen = [_seen(problem, opened.root) for problem in opened.problems]
        return refuse("against", f"{workshop} has {counted(len(seen), 'problem')} itself", *seen)
    help = _help(path, workshop, opened)
    found = [evolve(problem, help=help) for problem in _differing(opened.contents, contents, path)]
    if not found and opened.contents.workshops != contents.workshops:
        # Names that are shown alike can hide one another.
        found = [Problem("YS815", "it says something else", Cell(path), help)]
    if found:
        return refuse("against", f"{counted(len(found), 'difference')} from {workshop}", *found)
    return Answer("against", Verdict.YES, f"says what {workshop} says")


def _help(path: str, workshop: str, opened: Opened) -> str:
    if not opened.root:
        return "see which of the two is right, and ask whoever publishes it for that one"
    command = f"yamlsync status {shell(path)} {shell(workshop)}"
    return f"to see which of the two was changed, and how to bring them together: {command}"


def _seen(problem: Problem, root: str) -> Problem:
    """A problem with its place as seen from the working directory."""
    place = problem.place
    return evolve(problem, place=evolve(place, path=display_path(root, place.path))) if root else problem


def _differing(old: Contents, new: Contents, path: str) -> Iterator[Problem]:
    """A problem for each difference. Each record is compared alone, so that its key is known for sure."""
    left = {workshop.id: workshop for workshop in old.workshops}
    right = {workshop.id: workshop for workshop in new.workshops}
    for id in dict.fromkeys([*left, *right]):
        one, other = left.get(id), right.get(id)
        row = describe_row(_TABLES["workshop"], [id])
        for difference in _between(_shells(one), _shells(other)):
            column = difference.where.removeprefix(f"workshop {quoted(id)}").removeprefix(", ")
            yield _problem(difference, Cell(path, "workshop", row, column or None))
        if one is not None and other is not None and one.steps != other.steps:
            yield from _steps(one, other, path)


def _steps(old: Workshop, new: Workshop, path: str) -> Iterator[Problem]:
    left = {step.id: step for step in old.steps}
    right = {step.id: step for step in new.steps}
    for id in dict.fromkeys([*left, *right]):
        one, other = left.get(id), right.get(id)
        if one != other:
            for difference in _between(_shells(new, one), _shells(new, other)):
                yield _problem(difference, _cell(difference.where, id, (one, other), path))


def _between(old: Sequence[Workshop], new: Sequence[Workshop]) -> Iterator[Difference]:
    return differences(Contents(tuple(old)), Contents(tuple(new)), with_state=False)


def _shells(workshop: Workshop | None, step: Step | None = None) -> list[Workshop]:
    """A workshop without its steps, or with one of them; nothing for nothing."""
    return [] if workshop is None else [evolve(workshop, steps=() if step is None else (step,))]


def _cell(where: str, id: str, steps: tuple[Step | None, ...], path: str) -> Cell:
    """The cell that a difference within a step names."""
    rest = where.removeprefix(f"step {quoted(id)}").removeprefix(", ")
    if rest.startswith("metadata "):
        keys = {quoted(row.key): row.key for step in steps if step for row in step.metadata}
        column = "value" if rest.endswith(", value") else None
        key = keys[rest.removeprefix("metadata ").removesuffix(", value")]
        return Cell(path, "step_metadata", describe_row(_TABLES["step_metadata"], [id, key]), column)
    table = _TABLES["navigation" if rest in ("navigation", *_TABLES["navigation"].names) else "steps"]
    return Cell(path, table.name, describe_row(table, [id]), rest if rest in table.names else None)


def _problem(difference: Difference, place: Cell) -> Problem:
    return Problem("YS815", str(difference), place)

"""A right tree before it is reshaped: its documents, its records, and whose each step is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from attrs import frozen

from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.errors import OperationError
from yamlsync.layout.files import STATE, is_state
from yamlsync.layout.finding import did_you_mean
from yamlsync.layout.read import StepFile, WorkshopFile, read_tree
from yamlsync.printable import quoted
from yamlsync.problems import Problem
from yamlsync.records import Contents
from yamlsync.tree import Tree


@frozen
class Found:
    """What a tree without problems says. `blocks` are the documents by path, `workshops.yaml` aside.

    `meant` is the path of the workshop that the user means where none is named, if there is one.
    """

    tree: Tree
    contents: Contents
    workshops: tuple[WorkshopFile, ...]
    blocks: Mapping[str, Block]
    meant: str | None = None

    def steps(self) -> Iterator[StepFile]:
        """The steps of all workshops."""
        for workshop in self.workshops:
            yield from workshop.steps

    def step_ids(self) -> list[str]:
        """The ids of the steps of all workshops."""
        return [id for workshop in self.workshops for id in workshop.header.step_ids]

    def step(self, step_id: str) -> StepFile:
        """The step with an id. Raises OperationError where there is none."""
        owner = self.owner(step_id)
        return next(each for each in owner.steps if each.step.id == step_id)

    def owner(self, step_id: str) -> WorkshopFile:
        """The workshop that a step is listed in. Raises OperationError where there is no such step."""
        for workshop in self.workshops:
            if step_id in workshop.header.step_ids:
                return workshop
        known = self.step_ids()
        raise OperationError(
            f"there is no step {quoted(step_id)}",
            did_you_mean(step_id, known, _listed("its steps are", known)),
        )

    def workshop(self, workshop_id: str | None) -> WorkshopFile:
        """The workshop with an id, or the one that is meant. Raises OperationError where that is none."""
        known = [workshop.header.id for workshop in self.workshops]
        if workshop_id is None:
            for workshop in self.workshops:
                if len(known) == 1 or workshop.path == self.meant:
                    return workshop
            raise OperationError(
                "the directory holds several workshops", _listed("say which, with --workshop:", known)
            )
        for workshop in self.workshops:
            if workshop.header.id == workshop_id:
                return workshop
        raise OperationError(
            f"there is no workshop {quoted(workshop_id)}",
            did_you_mean(workshop_id, known, _listed("there is", known)),
        )

    def require_free(self, step_id: str) -> None:
        """Raises OperationError where an id is that of a step already, or can be none."""
        require_text(step_id)
        for each in self.steps():
            if each.step.id == step_id:
                raise OperationError(
                    f"the step id {quoted(step_id)} is taken by {each.path}", "choose another id"
                )


def folder_of(workshop: WorkshopFile) -> str:
    """The folder, with a `/` at its end, that a workshop's files stand in; "" at the top."""
    return workshop.path.removesuffix("workshop.yaml")


def require_text(text: str) -> None:
    """Raises OperationError where an argument is no text, which no file could hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise OperationError(f"{quoted(text)} is not UTF-8", "write a text") from None


def look(tree: Tree) -> Found | tuple[Problem, ...]:
    """What a tree says, or all that is wrong with it, progress included."""
    reading = read_tree(tree, with_state=True)
    if reading.contents is None:
        return reading.problems
    blocks: dict[str, Block] = {}
    for workshop in reading.workshops:
        blocks[workshop.path] = workshop.block
        blocks |= {each.path: each.block for each in workshop.steps}
    for path in sorted(filter(is_state, tree.paths)):
        block = read(path, tree.read(path), STATE)
        # The reading above found no problem in it.
        blocks[path] = cast(Block, block)
    return Found(tree, reading.contents, reading.workshops, blocks)


_ENOUGH = 10


def _listed(what: str, names: Iterable[str]) -> str:
    shown = [quoted(name) for name in names]
    if not shown:
        return "there is none"
    more = ", …" if len(shown) > _ENOUGH else ""
    return f"{what} {', '.join(shown[:_ENOUGH])}{more}"

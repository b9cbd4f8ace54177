"""What rules look at: a workshop with its files, its records, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from yamlsync.document.model import Path
from yamlsync.layout.read import StepFile, TreeReading, WorkshopFile
from yamlsync.layout.workshop import Header
from yamlsync.tree import Tree

CONDITION: Path = ("navigation", "unlock_condition", "=")
"""Where an unlock condition stands in the file of a step."""


@frozen(slots=False)
class Course:
    """One workshop. Where it is not `whole`, steps are missing whose files could not be read.

    `elsewhere` has the ids of the steps of other workshops beside it, each with its workshop's id.
    `tree` has the files as they stand there.
    """

    file: WorkshopFile
    elsewhere: Mapping[str, str]
    tree: Tree = field(repr=False)

    @property
    def path(self) -> str:
        """The path of workshop.yaml."""
        return self.file.path

    @property
    def header(self) -> Header:
        """What workshop.yaml says."""
        return self.file.header

    @property
    def steps(self) -> tuple[StepFile, ...]:
        """The steps that could be read, in their order."""
        return self.file.steps

    @property
    def whole(self) -> bool:
        """Whether all steps could be read: without that, nobody can tell what leads where."""
        return self.file.whole

    @cached_property
    def step_files(self) -> Mapping[str, StepFile]:
        """The steps that could be read, by id."""
        return {each.step.id: each for each in self.steps}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The place of each listed step in the order, from 0, whether it could be read or not."""
        return {id: index for index, id in enumerate(self.header.step_ids)}

    def conditions(self) -> Iterator[tuple[StepFile, str]]:
        """The unlock conditions, each with the file of its step; their path is `CONDITION`."""
        for each in self.steps:
            navigation = each.step.navigation
            if navigation is not None and navigation.unlock_condition is not None:
                yield each, navigation.unlock_condition

    def texts(self) -> Iterator[tuple[StepFile, Path, str, str]]:
        """All texts of all steps: the step's file, the value's path, the name of its key, and the text."""
        for each in self.steps:
            step = each.step
            yield each, ("title", "="), "title", step.title
            for row in step.metadata:
                yield each, ("metadata", row.key, "="), "metadata", row.value
            if step.goss_spec is not None:
                yield each, ("goss_spec", "="), "goss_spec", step.goss_spec
            if step.markdown is not None:
                yield each, ("markdown", "="), "markdown", step.markdown


def courses(tree: Tree, reading: TreeReading) -> list[Course]:
    """The workshops of a tree, as far as they could be read."""
    owners = {id: file.header.id for file in reading.workshops for id in file.header.step_ids}
    found = []
    for file in reading.workshops:
        elsewhere = {id: owner for id, owner in owners.items() if owner != file.header.id}
        found.append(Course(file, elsewhere, tree))
    return found

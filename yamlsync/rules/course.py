"""What rules look at: a workshop with its files, its records, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from yamlsync.document.model import Block, Path
from yamlsync.layout.files import step_path
from yamlsync.layout.read import StepFile, TreeReading, WorkshopFile
from yamlsync.layout.workshop import Header
from yamlsync.rules.graph import Graph, graph
from yamlsync.rules.redundancy.folding import Fold, folds
from yamlsync.tree import Tree

CONDITION: Path = ("navigation", "unlock_condition", "=")
"""Where an unlock condition stands in the file of a step."""


@frozen(slots=False)
class Course:
    """One workshop. Where it is not `whole`, import refuses something of it: a list, a step, a link.

    `elsewhere` has the ids of the steps of other workshops beside it, each with its workshop's id.
    `tree` has the files as they stand there, `workshops` are all that are in it.
    """

    file: WorkshopFile
    elsewhere: Mapping[str, str]
    whole: bool
    tree: Tree = field(repr=False)
    workshops: tuple[WorkshopFile, ...] = field(default=(), repr=False)

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

    @cached_property
    def step_files(self) -> Mapping[str, StepFile]:
        """The steps that could be read, by id."""
        return {each.step.id: each for each in self.steps}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The place of each listed step in the order, from 0, whether it could be read or not."""
        return {id: index for index, id in enumerate(self.header.step_ids)}

    def has_step(self, id: str) -> bool:
        """Whether there is such a step here or in a workshop beside; one that no list names is there too."""
        if id in self.positions or id in self.elsewhere:
            return True
        try:
            path = step_path(self.path.removesuffix("workshop.yaml"), id)
        except UnicodeEncodeError:
            return False  # Half of a surrogate pair is in no file's name.
        return path in self.tree

    @cached_property
    def joined_texts(self) -> tuple[tuple[StepFile, bytes], ...]:
        """For each step all its texts, in one and in UTF-8: what is not in there is in none of them."""
        return tuple((each, _joined(each)) for each in self.steps)

    @cached_property
    def folded(self) -> Mapping[str, tuple[Fold, ...]]:
        """For each file in which texts were folded that do not bear it: these texts."""
        found = ((each.path, folds(each.path, self.tree.read(each.path), each.block)) for each in self.steps)
        return {path: tuple(some) for path, some in found if some}

    def is_folded(self, file: StepFile, at: Path) -> bool:
        """Whether the text at a path is among them."""
        return any(fold.at == at[:-1] for fold in self.folded.get(file.path, ()))

    @cached_property
    def is_linear(self) -> bool:
        """Whether navigation is what the order says throughout: then there is nothing to find in it."""
        if not self.header.navigated:
            return False
        return all(_follows_the_order(each) for each in self.steps)

    @property
    def has_ways(self) -> bool:
        """Whether it can be told where navigation leads, and there is anything to tell of it."""
        return self.whole and self.header.navigated and not self.is_linear

    @cached_property
    def graph(self) -> Graph:
        """Which step leads where."""
        return graph(self.file)

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


def _joined(file: StepFile) -> bytes:
    step = file.step
    condition = step.navigation.unlock_condition if step.navigation else None
    texts = [step.id, step.title, condition or "", step.goss_spec or "", step.markdown or ""]
    for row in step.metadata:
        texts += (row.key, row.value)
    return "\n".join(texts).encode()


def _follows_the_order(file: StepFile) -> bool:
    navigation = file.block.values().get("navigation")
    if isinstance(navigation, Block):
        return all(entry.key == "unlock_condition" for entry in navigation.entries)
    return navigation is None


def courses(tree: Tree, reading: TreeReading) -> list[Course]:
    """The workshops of a tree, as far as they could be read."""
    owners = {id: file.header.id for file in reading.workshops for id in file.header.step_ids}
    found = []
    for file in reading.workshops:
        own = frozenset(file.header.step_ids)
        elsewhere = {id: owner for id, owner in owners.items() if id not in own}
        # Nobody can tell where steps lead while one of them, or a link between them, is not known.
        folder = file.path.removesuffix("workshop.yaml")
        wrong = any(problem.place.path.startswith(folder) for problem in reading.problems)
        found.append(Course(file, elsewhere, file.whole and not wrong, tree, reading.workshops))
    return found

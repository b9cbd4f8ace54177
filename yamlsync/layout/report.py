"""Findings in documents → problems with places; a file's places are looked up once, when it has a finding."""

from __future__ import annotations

from attrs import define, field

from yamlsync.document.locating import Locator
from yamlsync.layout.files import shape_of
from yamlsync.layout.finding import Finding
from yamlsync.problems import Problem
from yamlsync.tree import Tree


@define
class Report:
    """All problems of a tree, in the order in which they were met."""

    tree: Tree
    problems: list[Problem] = field(factory=list)
    _locators: dict[str, Locator] = field(factory=dict)

    def add(self, *problems: Problem) -> None:
        """Takes problems whose places are known."""
        self.problems += problems

    def find(self, path: str, *findings: Finding) -> None:
        """Takes findings in a document that could be read."""
        shape = shape_of(path)
        if not findings or shape is None:
            return
        if path not in self._locators:
            self._locators[path] = Locator(path, self.tree.read(path), shape)
        for finding in findings:
            place = self._locators[path].place(finding.at)
            self.add(Problem(finding.code, finding.message, place, finding.help))

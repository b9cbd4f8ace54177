"""Findings in documents → problems with places; a file's places are looked up once, when it has a finding."""

from __future__ import annotations

from attrs import define, field

from yamlsync.document.model import Path
from yamlsync.document.reading import locate
from yamlsync.layout.files import shape_of
from yamlsync.layout.finding import Finding
from yamlsync.problems import Place, Problem
from yamlsync.tree import Tree


@define
class Report:
    """All problems of a tree, in the order in which they were met."""

    tree: Tree
    problems: list[Problem] = field(factory=list)
    _places: dict[str, dict[Path, Place]] = field(factory=dict)

    def add(self, *problems: Problem) -> None:
        """Takes problems whose places are known."""
        self.problems += problems

    def find(self, path: str, *findings: Finding) -> None:
        """Takes findings in a document that could be read."""
        shape = shape_of(path)
        if not findings or shape is None:
            return
        if path not in self._places:
            self._places[path] = locate(path, self.tree.read(path), shape)
        places = self._places[path]
        for finding in findings:
            place = places.get(finding.at) or places.get(finding.at[:1]) or Place(path)
            self.add(Problem(finding.code, finding.message, place, finding.help))

"""Which texts a workshop has, and where; and how many findings one of them gives at the most (TXT-10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from attrs import frozen

from yamlsync.document.model import Path
from yamlsync.layout.read import StepFile
from yamlsync.rules.course import CONDITION, Course
from yamlsync.rules.diagnostic import Diagnostic

MOST = 10
"""Findings of one rule in one text. Who pasted a thousand odd characters knows after ten."""

_KINDS_OF_METADATA = {"explain": "markdown", "solve": "code"}


@frozen
class Place:
    """Where a text stands: the file and the path in it; its kind is "markdown", "code" or "plain"."""

    file: str
    at: Path
    kind: str = "plain"

    def findings(self, spans: Iterable[tuple[int, int, str]], help: str) -> Iterator[Diagnostic]:
        """A finding for each range of characters and its message, as many as one text gives."""
        first = list(islice(spans, MOST + 1))
        for number, (start, end, message) in enumerate(first[:MOST], 1):
            said = f"{message}; there are more in this text" if number == MOST < len(first) else message
            yield Diagnostic(self.file, self.at, said, help, (start, end))


def odd_texts(course: Course, is_odd: Callable[[bytes], bool]) -> Iterator[tuple[Place, str]]:
    """Every text of a workshop but image tags and dates, of those files where `is_odd` says that of UTF-8.

    Nearly all files have nothing odd, and to ask once for each takes a tenth of the time.
    """
    header = course.header
    for key, text in (("id", header.id), ("name", header.name), ("version", header.version)):
        if is_odd(text.encode()):
            yield Place(course.path, (key, "=")), text
    for file, data in course.joined_texts:
        if is_odd(data):
            yield from _texts_of(file)


def _texts_of(file: StepFile) -> Iterator[tuple[Place, str]]:
    step = file.step
    yield Place(file.path, ("id", "=")), step.id
    yield Place(file.path, ("title", "=")), step.title
    if step.navigation is not None and step.navigation.unlock_condition is not None:
        yield Place(file.path, CONDITION), step.navigation.unlock_condition
    for row in step.metadata:
        yield Place(file.path, ("metadata", row.key)), row.key
        kind = _KINDS_OF_METADATA.get(row.key, "plain")
        yield Place(file.path, ("metadata", row.key, "="), kind), row.value
    if step.goss_spec is not None:
        yield Place(file.path, ("goss_spec", "="), "code"), step.goss_spec
    if step.markdown is not None:
        yield Place(file.path, ("markdown", "="), "markdown"), step.markdown


def markdown_texts(course: Course) -> Iterator[tuple[Place, str]]:
    """The texts in Markdown: the steps' own, and `explain`. Of one whose lines are lost, YS304 speaks."""
    for file in course.steps:
        for row in file.step.metadata:
            if row.key == "explain" and not course.is_folded(file, ("metadata", row.key, "=")):
                yield Place(file.path, ("metadata", row.key, "="), "markdown"), row.value
        if file.step.markdown is not None and not course.is_folded(file, ("markdown", "=")):
            yield Place(file.path, ("markdown", "="), "markdown"), file.step.markdown

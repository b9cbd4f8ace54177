"""The use case: a tree → all findings of all rules, but for what its comments silence (CHK-10 to 19)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeAlias

from attrs import define, evolve, field, frozen

from yamlsync.document.locating import Locator
from yamlsync.document.model import Block, Path
from yamlsync.layout.files import shape_of
from yamlsync.layout.read import TreeReading, read_tree
from yamlsync.problems import Cell, Place, Problem, in_order
from yamlsync.records import Contents
from yamlsync.rules.course import Course, courses
from yamlsync.rules.diagnostic import Diagnostic, Fix
from yamlsync.rules.registry import Rule, rules
from yamlsync.rules.selection import Selection
from yamlsync.rules.suppression import Suppressions, suppressions, useless
from yamlsync.tree import Tree, in_memory

Fixes: TypeAlias = dict[str, tuple[tuple[Path, Fix], ...]]
"""For each file that can be mended without changing a record: the paths in it, and how."""


class Places(Protocol):
    """Where what a rule finds stands: in the text of a file, or in a cell of a database."""

    def place(self, file: str, at: Path, within: tuple[int, int] | None) -> Place | Cell:
        """The place of a path in a file's document."""

    def comment(self, file: str, at: Path, text: str, *, below: bool) -> Place | Cell:
        """The place of a comment that stands at the entry at a path, or `below` the last."""


@frozen
class Checked:
    """What was found in a tree, in order; and how it can be mended where that is safe.

    `workshops` and `steps` are the paths of the files that the rules have looked into.
    """

    problems: tuple[Problem, ...]
    fixes: Fixes
    workshops: frozenset[str]
    steps: frozenset[str]


def check(tree: Tree, selection: Selection) -> Checked:
    """Runs the selected rules on all that could be read of `tree`.

    What import refuses is always among the findings: it cannot be silenced.
    """
    tree = _remembered(tree)
    return _check(tree, read_tree(tree, with_state=True), selection, _Texts(tree))


def _remembered(tree: Tree) -> Tree:
    """The tree, each of whose files is read once: rules look at what its document was made of."""
    known: dict[str, bytes] = {}

    def read(path: str) -> bytes:
        data = known.get(path)
        if data is None:
            data = known[path] = tree.read(path)
        return data

    return evolve(tree, read=read)


def check_contents(contents: Contents, database: str, selection: Selection) -> Checked:
    """Runs the selected rules on what a database says; the places are its cells."""
    # Imported late: who checks files has no cells.
    from yamlsync.layout.cells import Cells
    from yamlsync.layout.update import plan_update

    tree = in_memory(plan_update(in_memory({}), contents, with_state=False).puts)
    reading = read_tree(tree, with_state=False)
    return _check(tree, reading, selection, Cells.of(database, reading.workshops))


def _check(tree: Tree, reading: TreeReading, selection: Selection, places: Places) -> Checked:
    report = _Report(places, list(reading.problems), whole=reading.contents is not None)
    for course in courses(tree, reading):
        report.look_into(course, selection)
    fixes = {path: tuple(found) for path, found in report.fixes.items()}
    return Checked(
        in_order(report.problems),
        fixes,
        frozenset(file.path for file in reading.workshops),
        frozenset(each.path for file in reading.workshops for each in file.steps),
    )


@define
class _Report:
    """What the rules find, on its way to being told. `whole` says whether all could be read."""

    places: Places
    problems: list[Problem]
    whole: bool
    fixes: dict[str, list[tuple[Path, Fix]]] = field(factory=dict)

    def look_into(self, course: Course, selection: Selection) -> None:
        """Runs the rules on one workshop."""
        comments = {path: suppressions(block) for path, block in _documents(course)}
        unsure: set[str] = set()
        for rule in rules(selection.covers):
            for found in rule.check(course):
                unsure.update(getattr(rule, "STANDS_FOR", ()))
                # Comments first: one that is right is not called useless because settings say the same.
                suppressed = comments.get(found.file)
                if suppressed is not None and suppressed.silences(found, rule.ID):
                    continue
                if not selection.ignores(rule.ID, found.file):
                    self._add(rule, found)
        for path, suppressed in comments.items():
            self._comments(path, suppressed, selection, tuple(unsure))

    def _comments(
        self, path: str, suppressed: Suppressions, selection: Selection, unsure: tuple[str, ...]
    ) -> None:
        """Comments that silence nothing: what they were for is gone, or was never there."""

        def ran(code: str) -> bool:
            # Some rules say nothing of a course that could not be read whole.
            return self.whole and selection.covers(code) and not code.startswith(unsure)

        for code, found in useless(suppressed, ran):
            if selection.covers(code) and not selection.ignores(code, path):
                ignore = found.ignore
                place = self.places.comment(path, ignore.at, ignore.comment, below=not ignore.covers)
                self.problems.append(Problem(code, found.message, place, found.help, "warning"))

    def _add(self, rule: Rule, found: Diagnostic) -> None:
        place = found.place or self.places.place(found.file, found.at, found.within)
        # What is found in a database has no file that could be mended.
        fixable = found.fix is not None and isinstance(place, Place)
        self.problems.append(Problem(rule.ID, found.message, place, found.help, rule.SEVERITY, fixable))
        if fixable and found.fix is not None:
            self.fixes.setdefault(found.file, []).append((found.at, found.fix))


def _documents(course: Course) -> Iterator[tuple[str, Block]]:
    yield course.path, course.file.block
    for each in course.steps:
        yield each.path, each.block


@define
class _Texts:
    """The places in the files of a tree; a file is searched only when something in it is to be told."""

    tree: Tree
    _locators: dict[str, Locator] = field(factory=dict)

    def place(self, file: str, at: Path, within: tuple[int, int] | None) -> Place:
        return self._locator(file).place(at, within)

    def comment(self, file: str, at: Path, text: str, *, below: bool) -> Place:
        return self._locator(file).comment(at, text, below=below)

    def _locator(self, path: str) -> Locator:
        if path not in self._locators:
            shape = shape_of(path)
            if shape is None:
                raise AssertionError(f"{path} is no file of a workshop")
            self._locators[path] = Locator(path, self.tree.read(path), shape)
        return self._locators[path]

"""Tree → contents: all files of a workshop directory, and every problem in them (LAY)."""

from __future__ import annotations

import re
from typing import cast

from attrs import define, field, frozen

from yamlsync.affinity import MAX_INTEGER
from yamlsync.document.model import Block, Fields
from yamlsync.document.reading import read
from yamlsync.filenames import file_name
from yamlsync.layout import state, step, workshop
from yamlsync.layout.files import (
    STATE,
    STEP,
    SUFFIX,
    WORKSHOP,
    WORKSHOPS,
    WORKSHOPS_PATH,
    is_state,
    shape_of,
    state_path,
    step_path,
    workshop_folder,
    workshop_path,
)
from yamlsync.layout.finding import Finding, nearest
from yamlsync.layout.formats import format_problem, other_format
from yamlsync.layout.references import References
from yamlsync.layout.report import Report
from yamlsync.layout.step import Around
from yamlsync.problems import Place, Problem, in_order
from yamlsync.records import Contents, CustomState, RuntimeState, Step, Workshop
from yamlsync.tree import Tree

_ENOUGH = 20
_SUFFIX = re.compile(r"\.(?:ya?ml|md)\Z", re.IGNORECASE)
_UNREAD = Block(())
_ID_LINE = re.compile(rb"^id:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)


@frozen
class StepFile:
    """A step that could be read: its file's document, and the record that it says in its place."""

    path: str
    block: Block
    step: Step
    around: Around


@frozen
class WorkshopFile:
    """A workshop whose own file could be read, with those of its steps that could be."""

    path: str
    block: Block
    header: workshop.Header
    steps: tuple[StepFile, ...]

    @property
    def whole(self) -> bool:
        """Whether every step that the list names could be read."""
        return len(self.steps) == len(self.header.step_ids)

    def record(self) -> Workshop:
        """The record that the files say."""
        header = self.header
        steps = tuple(file.step for file in self.steps)
        return Workshop(header.id, header.name, header.version, header.created_at, steps)


@frozen
class TreeReading:
    """What a tree says, or all that is wrong with it; and whatever of it could be read."""

    contents: Contents | None
    problems: tuple[Problem, ...]
    workshops: tuple[WorkshopFile, ...]


def read_tree(tree: Tree, *, with_state: bool, unread: frozenset[str] = frozenset()) -> TreeReading:
    """Reads all files of ours in `tree`; progress only `with_state`.

    The files of steps in `unread` are not opened: each stands for a step without texts that follows the
    order, and whose id is all that is known of it.
    """
    report = Report(tree)
    report.add(*(problem for problem in tree.problems if with_state or not is_state(problem.place.path)))
    reader = _TreeReader(tree, report, unread)
    workshops = tuple(reader.workshops())
    reader.see_to_the_rest(workshops)
    runtime, custom = reader.states() if with_state else ((), ())
    problems = in_order(report.problems)
    if problems:
        return TreeReading(None, problems, workshops)
    return TreeReading(Contents(tuple(file.record() for file in workshops), runtime, custom), (), workshops)


@define
class _TreeReader:
    """Follows the lists; `_steps` has the file of each step id that a list names."""

    tree: Tree
    report: Report
    unread: frozenset[str]
    _steps: dict[str, str] = field(factory=dict)
    _read: set[str] = field(factory=set)
    _of_other_format: set[str] = field(factory=set)
    _lists_are_whole: bool = True
    _unlisted: set[str] | None = None
    _advised: int = 0

    @property
    def _alone(self) -> bool:
        return WORKSHOPS_PATH not in self.tree

    def workshops(self) -> list[WorkshopFile]:
        single, several = workshop_path(""), WORKSHOPS_PATH
        if (single in self.tree) == (several in self.tree):
            self._lists_are_whole = False
            self.report.add(_which_list(single, several, both=single in self.tree))
            return []
        if single in self.tree:
            return [file for file in [self._workshop("", None)] if file]
        block = self._document(several, WORKSHOPS)
        if block is None:
            self._lists_are_whole = False
            return []
        ids = tuple(cast("list[str]", cast(Block, block.values()["workshops"]).items()))
        self.report.find(several, *workshop.workshops_findings(block, ids))
        files = []
        for index, id in enumerate(ids):
            path = workshop_path(workshop_folder(id))
            if path not in self.tree:
                message = f'the workshop "{id}" has no file {path}'
                finding = Finding("YS123", message, ("workshops", index), "add the file, or delete the line")
                self.report.find(several, finding)
            elif path not in self._read and (file := self._workshop(workshop_folder(id), id)):
                files.append(file)
        return sorted(files, key=lambda file: file.header.id)

    def see_to_the_rest(self, workshops: tuple[WorkshopFile, ...]) -> None:
        """What can be told only when all lists are known: files that none names, steps that none has."""
        if not self._lists_are_whole:
            return
        for path in sorted(self.tree.paths - self._read):
            if shape_of(path) is STEP:
                help = "add its id to steps: in workshop.yaml, or keep drafts outside of steps/"
                self.report.add(Problem("YS124", "no list names this step", Place(path), help))
            elif shape_of(path) is WORKSHOP:
                help = "add its id to workshops: in workshops.yaml, or delete the folder"
                self.report.add(Problem("YS124", "no list names this workshop", Place(path), help))
        # A step whose file is there is named rightly: what is wrong is the list, and that is told.
        files = (path for path in self.tree.paths if shape_of(path) is STEP)
        there = frozenset(path.rpartition("/")[2].removesuffix(SUFFIX) for path in files)
        references = References(self._steps, there, alone=self._alone)
        for file in workshops:
            for each in file.steps:
                if each.step.navigation:
                    self.report.find(each.path, *references.of_step(each.step))

    def states(self) -> tuple[tuple[RuntimeState, ...], tuple[CustomState, ...]]:
        runtime: list[RuntimeState] = []
        custom: list[CustomState] = []
        references = References(self._steps, alone=self._alone)
        for path in sorted(filter(is_state, self.tree.paths)):
            block = self._document(path, STATE)
            if block is None:
                continue
            workspace_id, runtime_rows, custom_rows, findings = state.from_block(block)
            if state_path(workspace_id) != path:
                message = f'the workspace is "{workspace_id}", whose file would be {state_path(workspace_id)}'
                help = "rename the file, or write the workspace it names"
                findings.append(Finding("YS125", message, ("workspace", "="), help))
            if self._lists_are_whole:
                findings += references.of_state(block)
            self.report.find(path, *findings)
            runtime += runtime_rows
            custom += custom_rows
        return (
            tuple(sorted(runtime, key=lambda row: (row.workspace_id, row.step_id))),
            tuple(sorted(custom, key=lambda row: (row.workspace_id, row.key))),
        )

    def _document(self, path: str, shape: Fields) -> Block | None:
        self._read.add(path)
        data = self.tree.read(path)
        result = read(path, data, shape)
        written = other_format(result, data) if "format" in shape.keys else None
        if written is not None:
            # All else in it may mean anything: only this is worth saying.
            self._of_other_format.add(path)
            self.report.find(path, format_problem(written))
        elif isinstance(result, Block):
            return result
        else:
            self.report.add(*result)
        return None

    def _workshop(self, folder: str, id: str | None) -> WorkshopFile | None:
        path = workshop_path(folder)
        block = self._document(path, WORKSHOP)
        if block is None:
            # Its steps' files are read all the same, for the problems in them, if they are of our format.
            self._lists_are_whole = False
            known = path not in self._of_other_format
            for other in sorted(self.tree.paths):
                if known and other.startswith(f"{folder}steps/") and shape_of(other) is STEP:
                    self._document(other, STEP)
            return None
        header, findings = workshop.from_block(block)
        if id is not None and header.id != id:
            message = f'the id is "{header.id}", but workshops.yaml lists "{id}"'
            help = f"write {id}, or rename the folder and the entry of the list"
            findings.append(Finding("YS125", message, ("id", "="), help))
        self.report.find(path, *findings)
        return WorkshopFile(path, block, header, tuple(self._steps_of(folder, header)))

    def _steps_of(self, folder: str, header: workshop.Header) -> list[StepFile]:
        # A step that is listed twice counts where it is listed first.
        lines = {id: index for index, id in reversed(tuple(enumerate(header.step_ids)))}
        ids = tuple(dict.fromkeys(header.step_ids))
        listed = {step_path(folder, id) for id in ids}
        steps: list[StepFile] = []
        before: tuple[int, str] | None = None
        for id, previous_id, next_id in zip(ids, (None, *ids), (*ids[1:], None), strict=False):
            around = Around(header.first_position, header.navigated, before, previous_id, next_id)
            file = self._step(folder, id, lines[id], around, listed)
            # Where a step cannot be read, the next one is held against the place it would have.
            before = (file.step.position, id) if file else (min(around.position, MAX_INTEGER), id)
            if file:
                steps.append(file)
        return steps

    def _step(self, folder: str, id: str, index: int, around: Around, listed: set[str]) -> StepFile | None:
        path, listing = step_path(folder, id), workshop_path(folder)
        if id in self._steps:
            self._read.add(path)
            message = f'the step id "{id}" is taken by {self._steps[id]}'
            self.report.find(
                listing, Finding("YS129", message, ("steps", index), "give one of the two another id")
            )
            return None
        self._steps[id] = path
        if any(problem.place.path == path for problem in self.tree.problems):
            return None  # It is there, and no file: that was said.
        if path not in self.tree:
            help = self._advise_name(folder, path, id, listed)
            self.report.find(
                listing, Finding("YS123", f'the step "{id}" has no file {path}', ("steps", index), help)
            )
            return None
        if path in self.unread:
            self._read.add(path)
            return StepFile(path, _UNREAD, step.follower(id, around), around)
        block = self._document(path, STEP)
        return None if block is None else self._step_of(block, path, listing, id, around)

    def _step_of(self, block: Block, path: str, listing: str, id: str, around: Around) -> StepFile | None:
        written = block.values()["id"]
        if written != id:
            message = f'the id is "{written}", but the file is that of "{id}"'
            help = f"write {id}, or rename the file and the entry in {listing}"
            self.report.find(path, Finding("YS125", message, ("id", "="), help))
            return None
        row, findings = step.from_block(block, around)
        if findings:
            self.report.find(path, *findings)
        return StepFile(path, block, row, around)

    def _advise_name(self, folder: str, path: str, id: str, listed: set[str]) -> str:
        """Help for a file that is missing: perhaps it is there, under the name that a person would choose."""
        if self._unlisted is None:
            self._unlisted = {other for other in self.tree.paths - listed if shape_of(other) is STEP}
        parts = [part.strip() for part in re.split(r" - |,", id)] if id.count(" - ") + id.count(",") else []
        if parts and all(step_path(folder, part) in self._unlisted for part in parts):
            self._read.update(step_path(folder, part) for part in parts)
            return f"write each id behind a dash of its own, all indented alike: - {parts[0]}"
        bare = _SUFFIX.sub("", id.rpartition("/")[2])
        if bare != id and step_path(folder, bare) in self.tree:
            self._read.add(step_path(folder, bare))
            return f"write {bare}: the list has ids, without folder and {SUFFIX}"
        self._advised += 1
        names = {other.rpartition("/")[2].removesuffix(SUFFIX).casefold(): other for other in self._unlisted}
        near = id.casefold() if id.casefold() in names else None
        if near is None and self._advised <= _ENOUGH:
            near = nearest(id.casefold(), names)
        if near is None:
            return f"add the file, whose name ends in {SUFFIX}, or delete the line"
        # That no list names this file is the same mistake, seen from its other end.
        found = names[near]
        self._read.add(found)
        written = self._id_in(found)
        if written == id:
            return f"rename {found} to {path}"
        # Where the file's name is that of the id in it, the list is what is wrong.
        name = found.rpartition("/")[2].removesuffix(SUFFIX)
        return f'did you mean "{name if written is None or file_name(written) != name else written}"?'

    def _id_in(self, path: str) -> str | None:
        """The id that a step's file has, also where it cannot be read as a whole."""
        data = self.tree.read(path)
        block = read(path, data, STEP)
        if isinstance(block, Block):
            return cast(str, block.values()["id"])
        match = _ID_LINE.search(data)
        return match[1].decode(errors="replace") if match else None


def _which_list(single: str, several: str, *, both: bool) -> Problem:
    if both:
        return Problem(
            "YS121", f"there are both {single} and {several}", Place(several), "keep the one that is meant"
        )
    help = "name the folder of a workshop, or export one"
    return Problem("YS121", f"there is neither {single} nor {several}", Place(single), help)

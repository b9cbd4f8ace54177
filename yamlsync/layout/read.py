"""Tree → contents: all files of a workshop directory, and every problem in them (LAY)."""

from __future__ import annotations

import re
from typing import cast

from attrs import define, field, frozen

from yamlsync.affinity import MAX_INTEGER
from yamlsync.document.model import Block, Fields
from yamlsync.document.reading import locate, read
from yamlsync.layout import state, step, workshop
from yamlsync.layout.files import (
    FORMAT,
    STATE,
    STEP,
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
from yamlsync.layout.finding import Finding, did_you_mean
from yamlsync.layout.step import Around
from yamlsync.problems import Place, Problem, in_order
from yamlsync.records import Contents, CustomState, RuntimeState, Step, Workshop
from yamlsync.tree import Tree

_FORMAT_LINE = re.compile(rb"^format:[ \t]*[\"']?(yamlsync/[0-9]+)", re.MULTILINE)


@frozen
class TreeReading:
    """What a tree says, or all that is wrong with it."""

    contents: Contents | None
    problems: tuple[Problem, ...]


def read_tree(tree: Tree, *, with_state: bool) -> TreeReading:
    """Reads all files of ours in `tree`; progress only `with_state`."""
    reader = _TreeReader(tree)
    contents = reader.contents(with_state)
    problems = [problem for problem in tree.problems if with_state or not is_state(problem.place.path)]
    problems += reader.problems
    return TreeReading(None if problems else contents, in_order(problems))


@define
class _TreeReader:
    tree: Tree
    documents: dict[str, Block] = field(factory=dict)
    problems: list[Problem] = field(factory=list)
    _steps: dict[str, str] = field(factory=dict)
    _read: set[str] = field(factory=set)

    def contents(self, with_state: bool) -> Contents:
        workshops = self._workshops()
        self._unlisted()
        self._references(workshops)
        runtime, custom = self._states() if with_state else ([], [])
        return Contents(tuple(workshops), tuple(runtime), tuple(custom))

    def _document(self, path: str, shape: Fields) -> Block | None:
        self._read.add(path)
        data = self.tree.read(path)
        result = read(path, data, shape)
        if isinstance(result, Block):
            self.documents[path] = result
            return result
        newer = _FORMAT_LINE.search(data)
        if newer and newer.group(1).decode() != FORMAT and "format" in shape.keys:
            # Its other keys may mean anything: only this is worth saying.
            self._find(path, shape, workshop.format_problem(newer.group(1).decode()))
        else:
            self.problems += result
        return None

    def _find(self, path: str, shape: Fields, *findings: Finding) -> None:
        """Turns findings into problems with the places where they stand."""
        if not findings:
            return
        places = locate(path, self.tree.read(path), shape)
        for finding in findings:
            place = places.get(finding.at) or places.get(finding.at[:1]) or Place(path)
            self.problems.append(Problem(finding.code, finding.message, place, finding.help))

    def _workshops(self) -> list[Workshop]:
        single, several = workshop_path(""), WORKSHOPS_PATH
        if single in self.tree and several in self.tree:
            self.problems.append(
                Problem("YS121", f"there are both {single} and {several}", Place(several), "keep the one that is meant")
            )
            return []
        if several not in self.tree:
            if single not in self.tree:
                self.problems.append(
                    Problem("YS121", f"there is neither {single} nor {several}", Place(single), "name the folder of a workshop, or export one")
                )
                return []
            return [row for row in [self._workshop("", None)] if row]
        block = self._document(several, WORKSHOPS)
        if block is None:
            return []
        ids = tuple(cast("list[str]", cast(Block, block.values()["workshops"]).items()))
        self._find(several, WORKSHOPS, *workshop.format_findings(block), *workshop.list_findings(ids, "workshops", "workshop"))
        if len(ids) == 1:
            self._find(several, WORKSHOPS, Finding("YS121", "one workshop alone has no list", ("workshops",), f"move the files of {workshop_folder(ids[0])} here and delete this file"))
        rows = []
        for index, id in enumerate(dict.fromkeys(ids)):
            folder = workshop_folder(id)
            if workshop_path(folder) not in self.tree:
                self._find(several, WORKSHOPS, Finding("YS123", f'the workshop "{id}" has no file {workshop_path(folder)}', ("workshops", index), "add the file, or delete the line"))
            elif row := self._workshop(folder, id):
                rows.append(row)
        return sorted(rows, key=lambda row: row.id)

    def _workshop(self, folder: str, id: str | None) -> Workshop | None:
        path = workshop_path(folder)
        block = self._document(path, WORKSHOP)
        if block is None:
            # Its steps' files are read all the same, for the problems in them.
            prefix = f"{folder}steps/"
            for other in sorted(self.tree.paths):
                if other.startswith(prefix) and shape_of(other) is STEP:
                    self._document(other, STEP)
            return None
        header, findings = workshop.from_block(block)
        if id is not None and header.id != id:
            findings.append(Finding("YS125", f'the id is "{header.id}", but workshops.yaml lists "{id}"', ("id", "="), f"write {id}, or rename the folder and the entry of the list"))
        self._find(path, WORKSHOP, *findings)
        steps = self._steps_of(folder, header)
        return Workshop(header.id, header.name, header.version, header.created_at, tuple(steps))

    def _steps_of(self, folder: str, header: workshop.Header) -> list[Step]:
        ids = tuple(dict.fromkeys(header.step_ids))
        steps: list[Step] = []
        before: tuple[int, str] | None = None
        for index, id in enumerate(ids):
            around = Around(
                header.first_position,
                header.navigated,
                before,
                ids[index - 1] if index else None,
                ids[index + 1] if index + 1 < len(ids) else None,
            )
            row = self._step(folder, id, around)
            # Where a step cannot be read, the next one is held against the place it would have.
            before = (row.position, id) if row else (min(around.position, MAX_INTEGER), id)
            if row:
                steps.append(row)
        return steps

    def _step(self, folder: str, id: str, around: Around) -> Step | None:
        path = step_path(folder, id)
        listing = workshop_path(folder)
        if id in self._steps:
            self._find(listing, WORKSHOP, Finding("YS129", f'the step id "{id}" is taken by {self._steps[id]}', ("steps", self._index(listing, id)), "give one of the two another id"))
            return None
        self._steps[id] = path
        if path not in self.tree:
            others = [other for other in self.tree.paths if other not in self.documents and shape_of(other) is STEP]
            self._find(listing, WORKSHOP, Finding("YS123", f'the step "{id}" has no file {path}', ("steps", self._index(listing, id)), did_you_mean(path, others, "add the file, or delete the line")))
            return None
        block = self._document(path, STEP)
        if block is None:
            return None
        written = block.values()["id"]
        if written != id:
            self._find(path, STEP, Finding("YS125", f'the id is "{written}", but the file is that of "{id}"', ("id", "="), f"write {id}, or rename the file and the entry in {listing}"))
            return None
        row, findings = step.from_block(block, around)
        self._find(path, STEP, *findings)
        return row

    def _index(self, listing: str, id: str) -> int:
        return cast(Block, self.documents[listing].values()["steps"]).items().index(id)

    def _unlisted(self) -> None:
        for path in sorted(self.tree.paths - self._read):
            shape = shape_of(path)
            if shape is STEP and path not in self._steps.values():
                self.problems.append(Problem("YS124", "no list names this step", Place(path), "add its id to steps: in workshop.yaml, or keep drafts outside of steps/"))
            elif shape is WORKSHOP and WORKSHOPS_PATH in self.tree:
                self.problems.append(Problem("YS124", "no list names this workshop", Place(path), "add its id to workshops: in workshops.yaml, or delete the folder"))

    def _references(self, workshops: list[Workshop]) -> None:
        """Navigation may lead into another workshop of the same database, but not to nowhere."""
        known = self._steps
        for row in workshops:
            for each in row.steps:
                navigation = each.navigation
                if navigation is None:
                    continue
                for key, target in (("next", navigation.next_step_id), ("prev", navigation.prev_step_id)):
                    if target is not None and target not in known:
                        self._find(known[each.id], STEP, Finding("YS201", f'{key} names the step "{target}", which is not in this database', ("navigation", key, "="), did_you_mean(target, list(known), "name a step, or null for none")))

    def _states(self) -> tuple[list[RuntimeState], list[CustomState]]:
        runtime: list[RuntimeState] = []
        custom: list[CustomState] = []
        for path in sorted(filter(is_state, self.tree.paths)):
            block = self._document(path, STATE)
            if block is None:
                continue
            workspace_id, runtime_rows, custom_rows, findings = state.from_block(block)
            if state_path(workspace_id) != path:
                findings.append(Finding("YS125", f'the workspace is "{workspace_id}", whose file would be {state_path(workspace_id)}', ("workspace", "="), "rename the file, or write the workspace it names"))
            for index, item in enumerate(cast("list[Block]", cast(Block, block.values().get("steps", Block(()))).items())):
                target = cast(str, item.values()["id"])
                if target not in self._steps:
                    findings.append(Finding("YS202", f'the step "{target}" is not in this database', ("steps", index, "id", "="), did_you_mean(target, list(self._steps), "name a step")))
            self._find(path, STATE, *findings)
            runtime += runtime_rows
            custom += custom_rows
        return (
            sorted(runtime, key=lambda row: (row.workspace_id, row.step_id)),
            sorted(custom, key=lambda row: (row.workspace_id, row.key)),
        )

"""Documents on their way from what they were to what they are to be, and the plan that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from yamlsync.document.model import Block, Fields
from yamlsync.document.reading import too_large, too_many
from yamlsync.document.render import render
from yamlsync.layout.files import shape_of
from yamlsync.layout.read import WorkshopFile
from yamlsync.layout.workshop import Header, arounds
from yamlsync.problems import Problem
from yamlsync.records import Contents, RuntimeState, Step, Workshop
from yamlsync.reshaping.documents import settle, settle_header
from yamlsync.reshaping.found import Found
from yamlsync.reshaping.positions import Wanted
from yamlsync.reshaping.words import changed_keys


@frozen
class Reshaping:
    """What is to be done to a tree; with `problems`, nothing is.

    `changes` has a line for each file, `remarks` what it comes to. `meant` are the records that the
    tree then says. `lost` are files whose text will be nowhere in the tree. `moved` has the new paths of
    files, by their old ones. `doubts` are what the user may not have meant, each with what to do instead.
    """

    puts: Mapping[str, bytes]
    deletes: frozenset[str]
    changes: tuple[str, ...]
    remarks: tuple[str, ...]
    meant: Contents
    lost: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    moved: Mapping[str, str] = field(factory=dict)
    doubts: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything is to be done."""
        return bool(self.puts or self.deletes)


Reshape: TypeAlias = Callable[[Found], Reshaping]


def refused(found: Found, problems: tuple[Problem, ...]) -> Reshaping:
    """The plan to do nothing, and why."""
    return Reshaping({}, frozenset(), (), (), found.contents, problems=problems)


def unread(problems: tuple[Problem, ...]) -> Reshaping:
    """The plan to do nothing to a tree that cannot be read."""
    return Reshaping({}, frozenset(), (), (), Contents(()), problems=problems)


@define
class Draft:
    """The documents by path, as far as they are done. `came_from` has the old path of files that move."""

    found: Found
    blocks: dict[str, Block] = field()
    came_from: dict[str, str] = field(factory=dict)

    @blocks.default
    def _blocks(self) -> dict[str, Block]:
        return dict(self.found.blocks)

    def move(self, old: str, new: str) -> None:
        """Gives the document at `old` another path."""
        self.blocks[new] = self.blocks.pop(old)
        self.came_from[new] = old

    def settle(
        self,
        path: str,
        header: Header,
        steps: Sequence[tuple[str, Step]],
        changed: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        """Makes the documents of a workshop say where its steps are and where they lead.

        `steps` are the paths and the records that are meant, in order. `changed`: see `settle`.
        """
        self.blocks[path] = settle_header(self.blocks[path], header)
        places = arounds(header, tuple(step for _, step in steps))
        for (step_path, step), around in zip(steps, places, strict=True):
            drop = (changed or {}).get(step.id, frozenset())
            self.blocks[step_path] = settle(self.blocks[step_path], step, around, changed=drop)

    def plan(self, meant: Contents, remarks: Iterable[str], lost: frozenset[str] = frozenset()) -> Reshaping:
        """The plan: whatever differs now from what was found."""
        puts: dict[str, bytes] = {}
        lines: dict[str, str] = {}
        problems: list[Problem] = []
        for path in sorted(self.blocks):
            block, source = self.blocks[path], self.came_from.get(path, path)
            old = self.found.blocks.get(source)
            if old is block or (old == block and source == path):
                continue
            puts[path] = render(block, _shape(path))
            large = too_large(path, puts[path])
            problems += [large] if large else too_many(path, block)
            keys = "new" if old is None else ", ".join(changed_keys(old, block))
            lines[path] = f"{path}: {keys}" if source == path else f"{path}: was {source}; {keys}"
        deletes = frozenset(self.found.blocks.keys() - self.blocks.keys())
        lines |= {path: f"{path}: removed" for path in deletes - set(self.came_from.values())}
        changes = tuple(lines[path] for path in sorted(lines))
        if problems:
            return refused(self.found, tuple(problems))
        moved = {old: new for new, old in self.came_from.items()}
        return Reshaping(puts, deletes, changes, tuple(remarks), meant, lost, moved=moved)

    def mentions(self, planned: Reshaping, step_id: str) -> Reshaping:
        """The plan with a remark for each text and comment that mentions an id, where it stands then."""
        # Imported late: it looks for places, and only these changes leave texts that mention a step.
        from yamlsync.reshaping.mentions import mention_words

        def read(path: str) -> bytes:
            return planned.puts[path] if path in planned.puts else self.found.tree.read(path)

        if planned.problems:
            return planned
        said = mention_words(self.blocks, read, step_id)
        return evolve(planned, remarks=(*planned.remarks, *said))


def _shape(path: str) -> Fields:
    shape = shape_of(path)
    if shape is None:
        raise AssertionError(f"{path} is no file of a workshop")
    return shape


def written_positions(blocks: Iterable[tuple[str, Block]]) -> Wanted:
    """The positions that the documents of steps say; None where one says none."""
    return [(id, block.values().get("position")) for id, block in blocks]  # type: ignore[misc]


def with_steps(contents: Contents, file: WorkshopFile, steps: Sequence[Step]) -> Contents:
    """The contents in which one workshop has other steps."""

    def replaced(row: Workshop) -> Workshop:
        return evolve(row, steps=tuple(steps)) if row.id == file.header.id else row

    return evolve(contents, workshops=tuple(replaced(row) for row in contents.workshops))


def with_runtime(contents: Contents, rows: Iterable[RuntimeState]) -> Contents:
    """The contents with other progress, in its order."""
    return evolve(
        contents, runtime_states=tuple(sorted(rows, key=lambda row: (row.workspace_id, row.step_id)))
    )

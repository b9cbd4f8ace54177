"""Contents → files: every file that a workshop directory must have, with its document (LAY)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from attrs import frozen

from yamlsync.document.model import Block
from yamlsync.layout import state, step, workshop
from yamlsync.layout.files import WORKSHOPS_PATH, state_path, step_path, workshop_folder, workshop_path
from yamlsync.layout.step import Around
from yamlsync.records import Contents, CustomState, RuntimeState, Workshop


@frozen
class File:
    """A file that must be there: its canonical document, and how another document is read in its place.

    `canonical` gives the canonical document of what another one says there, or None where that
    contradicts its place: what a document means depends on the order around it.
    """

    path: str
    block: Block
    canonical: Callable[[Block], Block | None]


def to_files(contents: Contents, *, with_state: bool) -> Iterator[File]:
    """Each file, one after the other; progress only `with_state`."""
    if len(contents.workshops) == 1:
        yield from _workshop_files(contents.workshops[0], "")
    else:
        ids = tuple(row.id for row in contents.workshops)
        yield File(WORKSHOPS_PATH, workshop.workshops_block(ids), _canonical_workshops)
        for row in contents.workshops:
            yield from _workshop_files(row, workshop_folder(row.id))
    if with_state:
        yield from _state_files(contents)


def _workshop_files(row: Workshop, folder: str) -> Iterator[File]:
    header = workshop.header_of(row)
    yield File(workshop_path(folder), workshop.to_block(header), _canonical_workshop)
    for each, around in zip(row.steps, workshop.arounds(header, row.steps), strict=True):
        canonical = partial(_canonical_step, around=around)
        yield File(step_path(folder, each.id), step.to_block(each, around), canonical)


def _state_files(contents: Contents) -> Iterator[File]:
    runtime: defaultdict[str, list[RuntimeState]] = defaultdict(list)
    custom: defaultdict[str, list[CustomState]] = defaultdict(list)
    for runtime_row in contents.runtime_states:
        runtime[runtime_row.workspace_id].append(runtime_row)
    for custom_row in contents.custom_states:
        custom[custom_row.workspace_id].append(custom_row)
    for workspace_id in sorted(runtime.keys() | custom.keys()):
        block = state.to_block(workspace_id, runtime[workspace_id], custom[workspace_id])
        yield File(state_path(workspace_id), block, _canonical_state)


def _canonical_workshops(block: Block) -> Block | None:
    ids = tuple(cast("list[str]", cast(Block, block.values()["workshops"]).items()))
    return None if workshop.workshops_findings(block, ids) else workshop.workshops_block(tuple(sorted(ids)))


def _canonical_workshop(block: Block) -> Block | None:
    header, findings = workshop.from_block(block)
    return None if findings else workshop.to_block(header)


def _canonical_step(block: Block, around: Around) -> Block | None:
    row, findings = step.from_block(block, around)
    return None if findings else step.to_block(row, around)


def _canonical_state(block: Block) -> Block | None:
    workspace_id, runtime, custom, findings = state.from_block(block)
    return None if findings else state.to_block(workspace_id, runtime, custom)

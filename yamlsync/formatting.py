"""The use case: files → their canonical spelling, comments kept, nothing else changed (CLI-12 to CLI-16)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress

from attrs import evolve, frozen

from yamlsync.discovery import Target, display_path, root_of, targets
from yamlsync.document.canonical import read_formatted
from yamlsync.document.model import Block, Fields
from yamlsync.document.reading import normalise, read, too_large, too_many
from yamlsync.errors import OperationError
from yamlsync.layout.files import (
    FORMAT,
    STATE,
    STEP,
    WORKSHOP,
    WORKSHOPS,
    WORKSHOPS_PATH,
    shape_of,
    workshop_path,
)
from yamlsync.problems import Problem, in_order
from yamlsync.publish.directory import directory_tree, named_tree, reading
from yamlsync.publish.regular import require_writable

STDIN = "<stdin>"
"""What a text without a file is called."""

_TOP_KEY = re.compile(rb"^[\"']?([a-z_]{1,20})[\"']? *:", re.MULTILINE)
_ANY_KEY = re.compile(rb"(?<![a-z_])([a-z_]{1,20})[\"']? *:")
_OF_SEVERAL = re.compile("workshops/[^/]+/")
_OURS = (f"format: {FORMAT}\n".encode(), f"format: {FORMAT}\r\n".encode())
_FEW = 1 << 16
"""Bytes in which the keys that tell files apart are looked for: they stand at the front."""


@frozen
class Change:
    """A file whose spelling changes, by its path as seen from the working directory."""

    path: str
    old: bytes
    new: bytes


@frozen
class Formatted:
    """What formatting made of some files, in their order; places are as seen from the working directory."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    unchanged: int = 0


@frozen
class _Plan:
    """What is to change in one directory, by paths in it."""

    root: str
    old: dict[str, bytes]
    new: dict[str, bytes]
    problems: tuple[Problem, ...]
    unchanged: int


def format_text(data: bytes, name: str | None = None) -> bytes | tuple[Problem, ...]:
    """The formatted bytes of a text, or all that is wrong with it.

    `name` is the path of the file that it is meant for, which need not be there; without one, its keys
    tell what it is. Raises OperationError where the name is that of no file of a workshop.
    """
    if name is None:
        return _spelled(STDIN, data, _shape_by_keys(data))
    shape = shape_of(root_of(name)[1])
    if shape is None:
        raise OperationError(
            f"{name} is no file of a workshop",
            "name workshop.yaml, or a file in steps/ whose name ends in .yaml",
        )
    return _spelled(name, data, shape)


def format_files(paths: Iterable[str], *, write: bool) -> Formatted:
    """Formats all files that the paths name: files, directories of workshops, folders that hold some.

    All are read before the first is written, each is replaced in one step, and one that is formatted is
    not touched. Raises OperationError where it cannot be tried, also where an export is at work or was
    interrupted.
    """
    seen: set[tuple[str, str]] = set()
    plans = [_plan(target, seen) for target in targets(paths)]
    if write:
        _replace(plans)
    return Formatted(
        tuple(
            Change(display_path(plan.root, path), plan.old[path], plan.new[path])
            for plan in plans
            for path in plan.new
        ),
        in_order([_placed(plan.root, problem) for plan in plans for problem in plan.problems]),
        sum(plan.unchanged for plan in plans),
    )


def respell(path: str, data: bytes, shape: Fields) -> bytes | tuple[Problem, ...]:
    """The bytes of a file as they should be, or all that is wrong with it. Pure.

    A file that would outgrow what a file may have is left as it is. Raises ProofError where the bytes
    would not say the same: a bug.
    """
    large = too_large(path, data)
    if large:
        return (large,)
    normal = normalise(data)
    block = read_formatted(normal, shape)
    if block is not None:
        # What the fast reader takes is spelled as it should be.
        return too_many(path, block) or normal
    read_in = read(path, data, shape)
    return _rendered(path, read_in, shape) if isinstance(read_in, Block) else in_order([*read_in])


def _rendered(path: str, read_in: Block, shape: Fields) -> bytes | tuple[Problem, ...]:
    # Imported late: most files are formatted.
    from yamlsync.document.render import render

    new = render(read_in, shape)
    large = too_large(path, new)
    if large:
        return (evolve(large, message=f"formatted, {large.message}"),)
    _prove(path, read_in, read_formatted(new, shape))
    return new


def _spelled(path: str, data: bytes, shape: Fields) -> bytes | tuple[Problem, ...]:
    """What `respell` gives; but some files are left, and it is told why.

    They are those with texts that YAML folded (NAV-23), and those of a newer format (LAY-30): what their
    spelling is, and what a key in them means, nobody here knows.
    """
    newer = _newer_format(path, data, shape)
    if newer is not None:
        return (newer,)
    new = respell(path, data, shape)
    if shape is not STEP or not isinstance(new, bytes) or new == normalise(data):
        return new
    # Imported late: most files are formatted.
    from yamlsync.rules.redundancy.folded import untold

    block = read(path, data, shape)
    return (isinstance(block, Block) and untold(path, data, block)) or new


def _newer_format(path: str, data: bytes, shape: Fields) -> Problem | None:
    """The problem with a file of a newer format than ours; None for all others."""
    if "format" not in shape.keys or data.startswith(_OURS):
        return None
    # Imported late: most files begin with our format.
    from yamlsync.document.locating import Locator
    from yamlsync.layout.formats import format_problem, is_newer, other_format

    written = other_format(read(path, data, shape), data)
    if written is None or not is_newer(written):
        return None
    found = format_problem(written)
    return Problem(found.code, found.message, Locator(path, data, shape).place(found.at), found.help)


def _newer_lists(root: str, steps: Iterable[str]) -> dict[str, Problem]:
    """The lists of a newer format that stand beside some steps, each with its problem.

    They are looked into also where a step's file alone was named.
    """
    lists = {workshop_path(_folder(step)) for step in steps}
    there = named_tree(root, {*lists, WORKSHOPS_PATH} if lists else lists)
    found: dict[str, Problem] = {}
    for path in sorted(there.paths):
        shape = shape_of(path)
        # Who did not name it did not ask for it: where it cannot be read, nothing is known.
        with suppress(OperationError):
            newer = _newer_format(path, there.read(path), shape) if shape else None
            if newer is not None:
                found[path] = newer
    return found


def _folder(path: str) -> str:
    """The folder of the workshop that a file in a directory belongs to, as `workshop_path` takes it."""
    found = _OF_SEVERAL.match(path)
    return found[0] if found else ""


def _prove(path: str, meant: Block, written: Block | None) -> None:
    """Raises ProofError unless the new bytes say the same, are formatted and hold every comment."""
    from yamlsync.document.comments import bare, comments

    if (
        written is None
        or bare(meant) != bare(written)
        or sorted(comments(meant)) != sorted(comments(written))
    ):
        from yamlsync.proof import ProofError

        raise ProofError(f"{path} would read back differently, so nothing was changed")


def _plan(target: Target, seen: set[tuple[str, str]]) -> _Plan:
    """Reads what a target means, but for what was `seen` already."""
    old: dict[str, bytes] = {}
    new: dict[str, bytes] = {}
    unchanged = 0
    place = os.path.realpath(target.root)
    with reading(target.root):
        only = target.only
        tree = directory_tree(target.root) if only is None else named_tree(target.root, only)
        problems = [*tree.problems]
        newer = _newer_lists(target.root, [path for path in tree.paths if shape_of(path) is STEP])
        problems += [problem for path, problem in newer.items() if path not in tree]
        for path in sorted(tree.paths):
            shape = shape_of(path)
            if shape is None or (place, path) in seen:
                continue
            seen.add((place, path))
            if shape is STEP and newer.keys() & {WORKSHOPS_PATH, workshop_path(_folder(path))}:
                unchanged += 1  # It is of the format of its list.
                continue
            data = tree.read(path)
            spelled = _spelled(path, data, shape)
            if not isinstance(spelled, bytes):
                problems += spelled
            elif spelled == data:
                unchanged += 1
            else:
                old[path], new[path] = data, spelled
    return _Plan(target.root, old, new, tuple(problems), unchanged)


def _replace(plans: Sequence[_Plan]) -> None:
    """Writes what changes, where nothing keeps any of it from being written."""
    for plan in plans:
        require_writable(display_path(plan.root, path) for path in plan.new)
    for plan in plans:
        if not plan.new and not any(name.startswith(".yamlsync-") for name in os.listdir(plan.root)):
            continue
        # Imported late: most runs change nothing.
        from yamlsync.publish.replacing import clear_away, replace_files

        if not plan.new:
            clear_away(plan.root)
            continue
        # Who reads a directory keeps exports out of it: none can come between the old and the new bytes.
        with reading(plan.root):
            replace_files(plan.root, plan.old, plan.new)


def _shape_by_keys(data: bytes) -> Fields:
    """The keys of the kind of file that a text seems to be: a step, where nothing tells."""
    start = normalise(data[:_FEW])
    found = {key.decode() for key in _TOP_KEY.findall(start) or _ANY_KEY.findall(start)}
    return max((STEP, WORKSHOP, WORKSHOPS, STATE), key=lambda shape: len(found & shape.keys.keys()))


def _placed(root: str, problem: Problem) -> Problem:
    return evolve(problem, place=evolve(problem.place, path=display_path(root, problem.place.path)))

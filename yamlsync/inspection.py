"""The use case: what paths name → all findings in it, and on request the files mended (CHK-1 to CHK-9)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from yamlsync.check import Checked, check, check_contents
from yamlsync.discovery import (
    LINK,
    Configuration,
    Target,
    configuration_of,
    configuration_within,
    display_path,
    holds_workshop,
    no_workshop,
    selected,
    targets,
)
from yamlsync.document.model import Block
from yamlsync.document.reading import read, too_large
from yamlsync.document.render import render
from yamlsync.errors import OperationError
from yamlsync.layout.carriable import uncarriable
from yamlsync.layout.files import STEP, WORKSHOP, WORKSHOPS, shape_of
from yamlsync.layout.read import TreeReading, read_tree
from yamlsync.opening import (
    Database,
    RevisionDatabase,
    RevisionDirectory,
    locating,
    names_revision,
    read_database_at,
    seen_in,
)
from yamlsync.problems import Cell, Place, Problem, in_order
from yamlsync.proof import ProofError, prove
from yamlsync.publish.directory import directory_tree, reading
from yamlsync.publish.regular import is_database, require_writable
from yamlsync.rules.mending import mend
from yamlsync.rules.redundancy.folded import untold
from yamlsync.rules.registry import TOLD, codes
from yamlsync.rules.selection import Selection
from yamlsync.settings import LEVELS, Settings
from yamlsync.tree import Tree, in_memory, overlay

_BY_EXPORT, _BY_CHECK = "YS8", "YS9"
"""How the codes begin of what is wrong with databases, and with comments to yamlsync."""


@frozen
class InspectOptions:
    """What the user asked for; it goes before what is set in a file. None says nothing."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    fail_level: str | None = None
    fix: bool = False


@frozen
class Inspected:
    """What was found, in order, with places as seen from the working directory.

    `failed` tells whether any finding is as severe as the settings take for a failure; `mended` are
    the files that were changed; `steps` is how many steps were looked into, of `all_steps` that are there.
    `remarks` are what the user should know of the settings.
    """

    problems: tuple[Problem, ...] = ()
    mended: tuple[str, ...] = ()
    steps: int = 0
    failed: bool = False
    all_steps: int = 0
    remarks: tuple[str, ...] = ()


def inspect(paths: Sequence[str], options: InspectOptions) -> Inspected:
    """Checks all that the paths name: directories, files in them, databases, directories in revisions.

    Raises OperationError where it cannot be tried, ProofError on a bug.
    """
    paths = list(dict.fromkeys(paths))
    revisions = [path for path in paths if names_revision(path)]
    databases = [path for path in paths if path not in revisions and is_database(path)]
    if databases and options.fix:
        raise OperationError(f"{databases[0]} is a database, and only files are mended", "export it first")
    found = [_inspect_database(Database(path), options) for path in databases]
    found += _inspect_revisions(revisions, options)
    others = [path for path in paths if path not in databases and path not in revisions]
    found += [inspect_target(target, options) for target in targets(others)]
    return Inspected(
        in_order([problem for each in found for problem in each.problems]),
        tuple(path for each in found for path in each.mended),
        sum(each.steps for each in found),
        any(each.failed for each in found),
        sum(each.all_steps for each in found),
        tuple(dict.fromkeys(remark for each in found for remark in each.remarks)),
    )


def inspect_target(target: Target, options: InspectOptions) -> Inspected:
    """Checks one directory, or the files in it that were named.

    Raises OperationError where no workshop is in the directory: nobody could say what a file belongs to.
    """
    root = target.root
    if not holds_workshop(root):
        raise no_workshop(root, "name a file in a workshop's directory")
    with reading(root):
        tree = directory_tree(root)
        settings, selection, remarks = _settings(root, options)
        checked = check(tree, selection)
    mended: tuple[str, ...] = ()
    if options.fix and checked.fixes:
        mended = _mend(root, tree, checked, target.only)
    if mended:
        tree = directory_tree(root)
        checked = check(tree, selection)
    shown = None if target.only is None else target.only | _in_the_way(checked, target.only)
    problems = [
        evolve(problem, place=_shown(problem.place, root))
        for problem in checked.problems
        if shown is None or problem.place.path in shown
    ]
    there = tree.paths | {problem.place.path for problem in tree.problems}
    there = checked.steps | {path for path in there if shape_of(path) is STEP}
    only = there if target.only is None else target.only
    return Inspected(
        in_order(problems),
        tuple(display_path(root, path) for path in mended),
        len(checked.steps & only),
        _fails(problems, settings, options),
        len(there & only),
        remarks,
    )


def _in_the_way(checked: Checked, only: frozenset[str]) -> frozenset[str]:
    """Folders and lists whose problems kept the rules from looking into a file that was named, if any did."""
    told = {problem.place.path for problem in checked.problems}
    unseen = only - told - checked.workshops - checked.steps
    unseen = frozenset(path for path in unseen if shape_of(path) in (STEP, WORKSHOP))
    folders = {path: told & set(_folders(path)) for path in unseen}
    if all(folders.values()):
        return frozenset().union(*folders.values())
    return frozenset(path for path in told if shape_of(path) in (WORKSHOP, WORKSHOPS))


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _settings(
    root: str, options: InspectOptions, configuration: Configuration | None = None
) -> tuple[Settings, Selection, tuple[str, ...]]:
    """What is set, which rules are run, and what the user should know of it."""
    configuration = configuration or configuration_of(root)
    selection = selected(root, configuration, options.select, options.ignore)
    named = [*selection.ignore, *(code for each in selection.per_file.values() for code in each)]
    return configuration.settings, selection, tuple(_without_effect(named))


def _without_effect(ignored: Sequence[str]) -> Iterator[str]:
    """Words for the codes that nobody can ignore (CHK-16)."""
    for beginning in dict.fromkeys(ignored):
        if beginning.startswith(TOLD) and not beginning.startswith(_BY_CHECK):
            command = "export" if beginning.startswith(_BY_EXPORT) else "import"
            yield f"{beginning} cannot be ignored: {command} refuses what it finds"


def _fails(problems: Sequence[Problem], settings: Settings, options: InspectOptions) -> bool:
    level = LEVELS.index(options.fail_level or settings.fail_level or "warning")
    return any(LEVELS.index(problem.severity) <= level for problem in problems)


def _inspect_revisions(names: Sequence[str], options: InspectOptions) -> list[Inspected]:
    """Checks what stands in revisions, by the settings there (GIT-36)."""
    if not names:
        return []
    if options.fix:
        raise OperationError(f"{names[0]} is in a revision, and only files are mended", "name the directory")
    found = []
    with locating() as locate:
        for located in map(locate, names):
            if isinstance(located, RevisionDirectory):
                found.append(_inspect_revision(located, options))
            elif isinstance(located, RevisionDatabase):
                found.append(_inspect_database(located, options))
    return found


def _inspect_revision(located: RevisionDirectory, options: InspectOptions) -> Inspected:
    configuration = _configuration_in(located, located.path)
    # Paths from the top are as those from the root of a file system.
    settings, selection, remarks = _settings(f"/{located.path}", options, configuration)
    checked = check(located.tree, selection)
    problems = seen_in(located, checked.problems)
    there = located.tree.paths | {problem.place.path for problem in located.tree.problems}
    count = len(checked.steps | {path for path in there if shape_of(path) is STEP})
    failed = _fails(problems, settings, options)
    return Inspected(problems, (), len(checked.steps), failed, count, remarks)


def _configuration_in(located: RevisionDirectory | RevisionDatabase, folder: str) -> Configuration:
    # Imported late: most workshops are no revisions.
    from yamlsync import git

    def read(path: str, limit: int) -> bytes:
        try:
            return git.read_at(located.repository, located.commit, path, limit)
        except git.LinkError:
            raise OSError(0, LINK) from None

    revision, _ = git.split_revision(located.name) or ("", "")
    return configuration_within(folder, read, f"{revision}:")


def _inspect_database(located: Database | RevisionDatabase, options: InspectOptions) -> Inspected:
    path = located.name
    if isinstance(located, RevisionDatabase):
        folder, _, file = located.path.rpartition("/")
        settings, selection, remarks = _settings(f"/{folder}", options, _configuration_in(located, folder))
    else:
        file = os.path.basename(path)
        settings, selection, remarks = _settings(os.path.dirname(path) or ".", options)
    # A database has no files that patterns could name: they name it.
    ignored = [code for code in codes() if selection.ignores(code, file)]
    selection = evolve(selection, per_file={"*": tuple(ignored)})
    found = read_database_at(located)
    problems = found.problems if found.contents is None else tuple(uncarriable(found.contents, path))
    steps = 0
    if found.contents is not None and not problems:
        checked = check_contents(found.contents, path, selection)
        problems, steps = checked.problems, len(checked.steps)
    return Inspected(in_order(list(problems)), (), steps, _fails(problems, settings, options), steps, remarks)


def _mend(root: str, tree: Tree, checked: Checked, only: frozenset[str] | None) -> tuple[str, ...]:
    """Changes the files that can be mended; gives their paths."""
    # Imported late: most runs change nothing.
    from yamlsync.publish.replacing import replace_files

    old: dict[str, bytes] = {}
    new: dict[str, bytes] = {}
    for path, fixes in checked.fixes.items():
        shape = shape_of(path)
        if shape is None or (only is not None and path not in only):
            continue
        data = tree.read(path)
        block = read(path, data, shape)
        if not isinstance(block, Block) or untold(path, data, block):
            continue
        mended = render(mend(block, fixes), shape)
        # Our spelling can be longer than the author's: then his stays.
        if mended != data and too_large(path, mended) is None:
            old[path], new[path] = data, mended
    _prove(tree, new)
    require_writable(display_path(root, path) for path in new)
    # Who reads a directory keeps exports out of it: none can come between the old and the new bytes.
    with reading(root):
        replace_files(root, old, new)
    return tuple(sorted(new))


def _prove(tree: Tree, new: dict[str, bytes]) -> None:
    """Mending changes no record, also where other files cannot be read."""
    before = read_tree(tree, with_state=True)
    after = read_tree(overlay(tree, in_memory(new), frozenset()), with_state=True)
    if before.contents is not None:
        prove(before.contents, after.contents, after.problems, with_state=True)
    elif _readable(before) != _readable(after):
        raise ProofError("what was mended reads back differently, so nothing was changed")


def _readable(reading: TreeReading) -> list[object]:
    """What a tree says as far as it can be read."""
    return [(file.record(), file.header.step_ids) for file in reading.workshops]


def _shown(place: Place | Cell, root: str) -> Place | Cell:
    return evolve(place, path=display_path(root, place.path))

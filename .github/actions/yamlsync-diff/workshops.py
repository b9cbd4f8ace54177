"""Which workshops two commits hold, and which of them differ: told by Git's names (PRA-6 to PRA-8)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from yamlsync.errors import OperationError
from yamlsync.git import ask
from yamlsync.layout.files import WORKSHOPS_PATH, shape_of, workshop_path
from yamlsync.printable import shown

_LISTS = (workshop_path(""), WORKSHOPS_PATH)
_OWN_FOLDERS = frozenset({"steps", "state", "workshops"})

Held = Mapping[str, str]
"""What a commit holds: Git's mode and name of each file, by its path from the top."""


@frozen
class Pair:
    """A workshop by its path from the top of the repository in each commit; None where it is not there."""

    old: str | None
    new: str | None


def held_by(top: str, commit: str) -> Held:
    """All files of a commit. Raises OperationError where git cannot list them."""
    held = {}
    for record in ask(top, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        facts, tab, path = record.partition(b"\t")
        if tab:
            held[os.fsdecode(path)] = facts.decode()
    return held


def changed_pairs(
    old: Held,
    new: Held,
    named: Iterable[str],
    ids: tuple[Callable[[str], frozenset[str]], Callable[[str], frozenset[str]]],
) -> tuple[Pair, ...]:
    """The workshops whose files differ: of those at the paths in `named`, or where there are none, of all.

    One that is on the new side alone may have been at another path before: at one that only the old side has,
    with an id in common. `ids` give the ids of the workshops at a path, on the old side and on the new.
    Raises OperationError for a path where neither side has a workshop.
    """
    sides = _folders(old), _folders(new)
    wanted = list(dict.fromkeys(named)) or sorted(sides[0] | sides[1])
    gone = [path for path in sorted(sides[0]) if not _is_there(new, path)]
    pairs = []
    for path in wanted:
        before, after = _is_there(old, path), _is_there(new, path)
        if not (before or after):
            raise OperationError(
                f"there is no workshop at {shown(path or '.')}, neither before nor after",
                "name the directory of one, from the top of the workspace",
            )
        if before and after:
            pairs.append(Pair(path, path))
        elif after:
            found = next((each for each in gone if ids[0](each) & ids[1](path)), None)
            if found is not None:
                gone.remove(found)
            pairs.append(Pair(found, path))
    moved = {pair.old for pair in pairs}
    pairs += [Pair(path, None) for path in wanted if not _is_there(new, path) and path not in moved]
    differing = [path for path in old.keys() | new.keys() if old.get(path) != new.get(path)]
    changed = [pair for pair in pairs if _differs(pair, differing)]
    return tuple(sorted(changed, key=lambda pair: pair.new if pair.new is not None else pair.old or ""))


def _differs(pair: Pair, differing: Iterable[str]) -> bool:
    return pair.old != pair.new or any(_is_part(path, pair.new or "") for path in differing)


def _is_part(path: str, workshop: str) -> bool:
    """Whether a file belongs to the workshop at a path, which may be a database."""
    if path == workshop:
        return True
    start = f"{workshop}/" if workshop else ""
    return path.startswith(start) and shape_of(path[len(start) :]) is not None


def _is_there(held: Held, path: str) -> bool:
    return path in held or any(_below(path, name) in held for name in _LISTS)


def _below(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _folders(held: Held) -> frozenset[str]:
    """The directories of workshops, found as in the file system; settings leave out none of them (CHK-2)."""
    listed = {folder for folder, _, name in (path.rpartition("/") for path in held) if name in _LISTS}
    found: set[str] = set()
    for folder in sorted(listed, key=lambda folder: folder.count("/") + bool(folder)):
        parts = folder.split("/") if folder else []
        is_hidden = any(part.startswith(".") or part == "node_modules" for part in parts)
        above = ("/".join(parts[:count]) for count in range(len(parts)) if parts[count] in _OWN_FOLDERS)
        if not is_hidden and not any(each in found for each in above):
            found.add(folder)
    return frozenset(found)

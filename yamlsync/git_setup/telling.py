"""What is set up, told piece by piece (GIT-46)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import Enum

from attrs import frozen

from yamlsync.git_setup.block import Block, Edited
from yamlsync.git_setup.keys import COMMAND, DATABASE_NAMES, STEP_NAMES, TEXTCONV, Caller, caller_of, is_ours
from yamlsync.git_setup.setup import (
    Setup,
    drivers,
    is_heeded,
    is_in_index,
    look,
    this_caller,
    unheeded,
)


class State(Enum):
    """How it is with a piece."""

    SET = "set"
    NOT_SET = "not set"
    MISSING = "missing"
    FOREIGN = "foreign"
    OUTDATED = "outdated"
    BROKEN = "broken"

    @property
    def is_whole(self) -> bool:
        """Whether nothing is to be done about it."""
        return self in (State.SET, State.NOT_SET)


@frozen
class Piece:
    """A key of the configuration, the lines of attributes, or a file: how it is with it, and more to say."""

    name: str
    state: State
    about: str = ""


@frozen
class Told:
    """All pieces of a repository with its worktree at `top`."""

    top: str
    pieces: tuple[Piece, ...]

    @property
    def is_whole(self) -> bool:
        """Whether git does all that an install promises."""
        return all(piece.state.is_whole for piece in self.pieces)


def tell(folder: str) -> Told:
    """What is set up around `folder`. Raises OperationError where git cannot be set up, or cannot say."""
    setup = look(folder)
    found = drivers(setup.top)
    pieces = [_key(setup, key) for key in (TEXTCONV, DATABASE_NAMES, STEP_NAMES, COMMAND)]
    pieces += _lines(setup, is_heeded=is_heeded(found))
    if is_heeded(found):
        pieces += [Piece(path, State.FOREIGN, f"diff is {value}") for path, value in unheeded(found)]
    return Told(setup.top, tuple(pieces))


def _key(setup: Setup, key: str) -> Piece:
    counts = setup.effective(key)
    if counts is None:
        return Piece(key, State.NOT_SET if key == COMMAND else State.MISSING)
    where = f"in {counts.path}"
    if not is_ours(key, counts.value):
        return Piece(key, State.FOREIGN, f"{counts.value!r} {where}")
    caller = caller_of(key, counts.value)
    if caller is not None:
        return _call(key, counts.value, caller, where)
    is_newest = counts.value == this_caller().value(key)
    return Piece(key, State.SET if is_newest else State.OUTDATED, where)


def _call(key: str, value: str | None, caller: Caller, where: str) -> Piece:
    if not os.access(caller.program, os.X_OK):
        return Piece(key, State.BROKEN, f"{caller.program} is not there any more, {where}")
    version = this_caller().version
    if caller.version != version:
        return Piece(key, State.OUTDATED, f"by yamlsync {caller.version}, and this is {version}, {where}")
    if value != caller.value(key):
        return Piece(key, State.OUTDATED, f"as an older yamlsync wrote it, {where}")
    return Piece(key, State.SET, f"{where}, runs {caller.program}")


def _lines(setup: Setup, *, is_heeded: bool) -> Iterator[Piece]:
    both = (setup.shared, setup.own)
    for lines in both:
        if isinstance(lines.block, Edited):
            yield Piece(lines.path, State.FOREIGN, f"edited from line {lines.block.line} on")
    written = [lines for lines in both if isinstance(lines.block, Block)]
    for lines in written:
        about = [] if lines is setup.shared else ["of this clone alone"]
        if not is_heeded:
            about.append("other lines have the last word: git check-attr diff PATH tells")
        elif len(written) > 1 and lines is setup.own:
            about.append(f"the same as in {setup.shared.path}, over which they have the last word")
        yield Piece(lines.path, State.SET if is_heeded else State.FOREIGN, "; ".join(about))
    if written:
        return
    is_gone = setup.shared.data is None
    # Where the file is gone, git reads the lines from its index.
    if is_gone == is_heeded and is_in_index(setup):
        what = "removed here, still committed" if is_gone else "the lines are out here, still committed"
        yield Piece(setup.shared.path, State.MISSING, f"{what}: to be done with them, commit that")
    elif is_heeded:
        yield Piece("attributes", State.SET, "by other lines than those of yamlsync git install")
    else:
        yield Piece("attributes", State.MISSING, f"neither in {setup.shared.path} nor in {setup.own.path}")

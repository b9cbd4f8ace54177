"""Setting Git up, and taking that back: all or nothing, and never what somebody else wrote (GIT-40)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from attrs import define, field, frozen

from yamlsync.errors import OperationError
from yamlsync.git.configuration import Setting, restore_local, runs, set_local, unset_local
from yamlsync.git_setup.block import DATABASE_DRIVER, STEP_DRIVER, Block, Edited, with_block, without_block
from yamlsync.git_setup.keys import CACHE, COMMAND, DATABASE_NAMES, STEP_NAMES, TEXTCONV, is_ours
from yamlsync.git_setup.place import ChangedMeanwhileError, put_attributes
from yamlsync.git_setup.setup import (
    Lines,
    Setup,
    drivers,
    is_driver,
    is_free,
    is_in_index,
    look,
    this_caller,
    unheeded,
)
from yamlsync.printable import first_of, printable, shell, shown
from yamlsync.publish.regular import require_writable

_TRIES = 10
_KEYS = (TEXTCONV, DATABASE_NAMES, STEP_NAMES, COMMAND)


@frozen
class Installed:
    """What an install did.

    `set` and `removed` are keys of the configuration, `attributes` the file that has the lines, which were
    `written` there or not; `moved` is the file that they were taken out of for that, and `beside` the one
    that has them too. `elsewhere` are values of our keys in other files than the local configuration;
    `unheeded` files that git shows in another way nevertheless, with the value of their attribute.
    """

    set: tuple[str, ...]
    removed: tuple[str, ...]
    attributes: str
    written: bool
    elsewhere: tuple[Setting, ...]
    unheeded: tuple[tuple[str, str], ...]
    moved: str = ""
    beside: str = ""


@frozen
class Uninstalled:
    """What was taken back: keys, and lines out of the files of attributes, of which some are `gone`.

    `left` are settings of somebody else; `uncommitted` is the file with the lines that git still has, if any.
    """

    removed: tuple[str, ...]
    attributes: tuple[str, ...]
    left: tuple[Setting, ...]
    gone: tuple[str, ...] = ()
    uncommitted: str = ""


def install(folder: str, *, semantic: bool | None = None, own: bool | None = None) -> Installed:
    """Sets up the repository around `folder`; with `semantic`, also for steps in words.

    The lines go into the file of this clone alone where `own` says so, beside those that are committed; where
    it says that they are to be committed, they move there. Where the two are None, that is kept as it is.
    Raises OperationError, with nothing changed, where it cannot be tried, or something of somebody
    else stands in the way.
    """
    for _ in range(_TRIES):
        # What another install does at the same time is the same.
        with suppress(ChangedMeanwhileError):
            return _install(look(folder), semantic=semantic, own=own)
    raise OperationError("the file of attributes is changed again and again", "run again when that is over")


def _install(setup: Setup, *, semantic: bool | None, own: bool | None) -> Installed:
    wanted = _wanted(setup, semantic=semantic)
    lines = _chosen(setup, own=own)
    other = setup.own if lines is setup.shared else setup.shared
    # What is committed is for others too, and stays.
    moves = own is False and other.block is not None
    _require_own(setup, wanted)
    for each in (lines, other) if moves else (lines,):
        _require_whole(each)
    removed = (COMMAND,) if COMMAND not in wanted and _is_all_ours(setup, COMMAND) else ()
    changed = {key: value for key, value in wanted.items() if setup.local(key) != (value,)}
    if changed or removed:
        require_writable([setup.config])
        _require_running(setup)
    before = drivers(setup.top)
    with _undoing() as done:
        for key, value in changed.items():
            done.set(setup, key, value)
        for key in removed:
            done.set(setup, key, None)
        written = lines.block is None
        if written:
            done.put(lines, with_block(lines.data))
        if moves and isinstance(other.block, Block):
            done.put(other, without_block(other.data or b"", other.block))
        after = drivers(setup.top)
        _require_free(before, after)
    elsewhere = tuple(each for key in (*wanted, CACHE) for each in setup.elsewhere(key))
    return Installed(
        tuple(changed),
        removed,
        lines.path,
        written,
        elsewhere,
        unheeded(after),
        moved=other.path if moves else "",
        beside=other.path if isinstance(other.block, Block) and not moves else "",
    )


def uninstall(folder: str) -> Uninstalled:
    """Takes back what `install` did around `folder`, and nothing else.

    Raises OperationError, with nothing changed, where it cannot be tried, or where our lines were edited.
    """
    for _ in range(_TRIES):
        with suppress(ChangedMeanwhileError):
            return _uninstall(look(folder))
    raise OperationError("the file of attributes is changed again and again", "run again when that is over")


def _uninstall(setup: Setup) -> Uninstalled:
    both = (setup.shared, setup.own)
    for lines in both:
        _require_whole(lines)
    removed = tuple(key for key in _KEYS if _is_all_ours(setup, key))
    if removed:
        require_writable([setup.config])
    with _undoing() as done:
        # The lines first: without them, nobody asks for the keys.
        after = {
            lines.path: without_block(lines.data or b"", lines.block)
            for lines in both
            if isinstance(lines.block, Block)
        }
        for lines in both:
            if lines.path in after:
                done.put(lines, after[lines.path])
        for key in removed:
            done.set(setup, key, None)
    left = tuple(each for each in setup.settings if each.path != setup.config or each.key not in removed)
    gone = tuple(path for path, data in after.items() if data is None)
    uncommitted = setup.shared.path if is_in_index(setup) else ""
    return Uninstalled(removed, tuple(after), left, gone=gone, uncommitted=uncommitted)


def _wanted(setup: Setup, *, semantic: bool | None) -> dict[str, str]:
    keys = [TEXTCONV, DATABASE_NAMES, STEP_NAMES]
    if semantic or (semantic is None and _is_all_ours(setup, COMMAND)):
        keys.append(COMMAND)
    return {key: this_caller().value(key) for key in keys}


def _is_all_ours(setup: Setup, key: str) -> bool:
    values = setup.local(key)
    return bool(values) and all(is_ours(key, value) for value in values)


def _chosen(setup: Setup, *, own: bool | None) -> Lines:
    if own is None:
        own = setup.own.block is not None and setup.shared.block is None
    return setup.own if own else setup.shared


def _require_own(setup: Setup, wanted: Mapping[str, str]) -> None:
    """Raises OperationError where a key has a value that no install wrote."""
    for key in wanted:
        for value in setup.local(key):
            if not is_ours(key, value):
                said = "is there without a value" if value is None else f"is {shown(value)}"
                raise OperationError(
                    f"{key} {said} in {setup.config}, which yamlsync did not write",
                    f"to give that up: git -C {shell(setup.top)} config --local --unset-all {key}",
                )


def _require_whole(lines: Lines) -> None:
    """Raises OperationError where somebody edited the lines between our markers."""
    if isinstance(lines.block, Edited):
        raise OperationError(
            f"{lines.path}:{lines.block.line}: the lines of yamlsync git install were edited",
            "take them and their markers out by hand, and put what is to stay elsewhere in the file",
        )


def _require_running(setup: Setup) -> None:
    """Raises OperationError where git could not run what it would be told to."""
    caller = this_caller()
    if runs(setup.top, f"{caller.trial()} --version") != f"yamlsync {caller.version}":
        raise OperationError(
            f"git cannot run {printable(caller.program)} -m yamlsync, so nothing was set up",
            "install yamlsync for that Python; PYTHONPATH and a folder of sources do not count there",
        )


def _require_free(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Raises OperationError where our lines overrule somebody's."""
    overruled = [
        path
        for path, driver in before.items()
        if not is_free(driver) and not is_driver(path, driver) and is_driver(path, after.get(path, ""))
    ]
    if overruled:
        path = overruled[0]
        driver = DATABASE_DRIVER if path.endswith(".db") else STEP_DRIVER
        raise OperationError(
            f"attributes of somebody's own say how git shows {first_of(map(printable, overruled))} "
            f"(diff: {printable(before[path])}), and the lines of yamlsync would overrule them",
            f"take them out, or say diff={driver} there",
        )


@define
class _Done:
    """What was done, so that it can be undone."""

    _settings: list[tuple[Setup, str]] = field(factory=list)
    _files: list[tuple[Lines, bytes | None]] = field(factory=list)

    def set(self, setup: Setup, key: str, value: str | None) -> None:
        self._settings.append((setup, key))
        _set(setup.top, key, value)

    def put(self, lines: Lines, data: bytes | None) -> None:
        put_attributes(lines.path, lines.data, data)
        self._files.append((lines, data))

    def undo(self) -> None:
        """Puts everything back. What fails is passed over: that it could not be done is told already."""
        for lines, data in self._files:
            with suppress(OperationError, ChangedMeanwhileError):
                put_attributes(lines.path, data, lines.data)
        for setup, key in reversed(self._settings):
            with suppress(OperationError):
                restore_local(setup.top, key, setup.local(key))


def _set(top: str, key: str, value: str | None) -> None:
    if value is None:
        unset_local(top, key)
    else:
        set_local(top, key, value)


@contextmanager
def _undoing() -> Iterator[_Done]:
    done = _Done()
    try:
        yield done
    except BaseException:
        done.undo()
        raise

"""Git's own settings: read with where they stand, written into the local configuration alone (GIT-41)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence

from attrs import frozen

from yamlsync.errors import OperationError
from yamlsync.git.running import failed, require_trusted, run, top_of
from yamlsync.printable import shell

_TRIES, _PAUSE = 40, 0.05
"""How often, and how long between, where another git is writing the same file."""


@frozen
class Setting:
    """One value of a key, and the file that it stands in; None is a key without a value, which means true."""

    key: str
    value: str | None
    path: str


def worktree_top(folder: str) -> str:
    """The top of the worktree around `folder`, all links followed.

    Raises OperationError where there is none, where the repository is bare, and where git does not trust it.
    """
    if not os.path.isdir(folder):
        raise OperationError(f"{folder} is no folder", "name a folder in a Git repository")
    folder = os.path.realpath(folder)
    top = top_of(folder)
    if top is None:
        is_bare = all(os.path.lexists(os.path.join(folder, name)) for name in ("HEAD", "objects", "config"))
        what = "is a bare Git repository: it has no files" if is_bare else "is in no Git repository"
        raise OperationError(f"{folder} {what}", "name a folder in a clone with files, or run git init")
    require_trusted(folder)
    bare = run(top, "config", "--local", "--type=bool", "--get", "core.bare")
    # A worktree of a bare repository has a file there, and is none itself.
    if bare.stdout.strip() == b"true" and os.path.isdir(os.path.join(top, ".git")):
        raise OperationError(f"{top} is a bare Git repository: it has no files", "name a clone with files")
    return top


def git_path(top: str, name: str) -> str:
    """Where a file of the repository stands, such as `config`; of those that worktrees share, the one."""
    done = run(top, "rev-parse", "--git-path", name)
    if done.returncode:
        raise failed(top, done)
    # Through no link at its end: whether the file itself is one, its reader asks.
    folder, file = os.path.split(os.path.join(top, os.fsdecode(done.stdout).removesuffix("\n")))
    return os.path.join(os.path.realpath(folder), file)


def settings(top: str, pattern: str) -> tuple[Setting, ...]:
    """All values of the keys that match a pattern, from all of git's files; the last of a key counts.

    Raises OperationError where git cannot read its configuration.
    """
    done = run(top, "config", "--null", "--show-origin", "--get-regexp", pattern)
    if done.returncode not in (0, 1):
        raise failed(top, done)
    return tuple(_settings(top, os.fsdecode(done.stdout).split("\0")))


def _settings(top: str, parts: list[str]) -> Iterator[Setting]:
    for origin, said in zip(parts[::2], parts[1::2], strict=False):
        key, has_value, value = said.partition("\n")
        kind, _, path = origin.partition(":")
        if kind == "file":
            path = os.path.realpath(os.path.join(top, path))
        yield Setting(key, value if has_value else None, path or kind)


def set_local(top: str, key: str, value: str) -> None:
    """Gives a key one value in the local configuration, in place of all that it has there."""
    _write(top, "--replace-all", key, value)


def restore_local(top: str, key: str, values: Sequence[str | None]) -> None:
    """Gives a key the values that it had in the local configuration, in their order; none for none.

    None is a key without a value, which git takes for true.
    """
    if not values:
        unset_local(top, key)
        return
    first, *others = ("true" if value is None else value for value in values)
    set_local(top, key, first)
    for value in others:
        _write(top, "--add", key, value)


def unset_local(top: str, key: str) -> None:
    """Takes all values of a key out of the local configuration."""
    _write(top, "--unset-all", key)


def _write(top: str, *arguments: str) -> None:
    """Raises OperationError where git does not write."""
    path = os.path.realpath(git_path(top, "config"))
    for _ in range(_TRIES):
        done = run(top, "config", "--local", *arguments)
        # Whether the lock is still there says nothing: it may be gone by now.
        if done.returncode == 0 or b"File exists" not in done.stderr:
            break
        time.sleep(_PAUSE)
    else:
        raise OperationError(
            f"{path} is locked by another git",
            f"wait for it; where none is at work, it was killed: rm {shell(f'{path}.lock')}",
        )
    # Nothing to take out is what was wanted.
    if done.returncode and not (done.returncode == 5 and arguments[0] == "--unset-all"):
        raise failed(top, done)


def attributes(top: str, paths: tuple[str, ...], names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """For each path, the values of some attributes, in their order, as `git check-attr` says them."""
    asked = b"".join(os.fsencode(path) + b"\0" for path in paths)
    done = run(top, "check-attr", "-z", "--stdin", *names, input=asked)
    if done.returncode:
        raise failed(top, done)
    parts = os.fsdecode(done.stdout).split("\0")
    found: dict[str, dict[str, str]] = {path: {} for path in paths}
    for path, name, value in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
        found[path][name] = value
    return {path: tuple(each[name] for name in names) for path, each in found.items()}


def files(top: str, *patterns: str) -> tuple[str, ...]:
    """The files that match a pattern, from the top: those that git tracks, and those that it would."""
    done = run(top, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns)
    if done.returncode:
        raise failed(top, done)
    # In the middle of a merge a path has several versions.
    return tuple(dict.fromkeys(os.fsdecode(done.stdout).split("\0")[:-1]))


def indexed(top: str, path: str) -> bytes | None:
    """The bytes of a file in the index, named from the top; None where git has none, or cannot say."""
    done = run(top, "cat-file", "blob", f":{path}")
    return done.stdout if done.returncode == 0 else None


def runs(top: str, command: str) -> str:
    """What a command prints that git runs by its shell at the top of the worktree; "" where it fails."""
    done = run(top, "-c", f"alias.yamlsync-try=!{command}", "yamlsync-try")
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else ""


def wants_color(folder: str, *, is_shown: bool) -> bool:
    """Whether git would colour a diff, where `is_shown` says that it goes to a terminal or a pager."""
    done = run(folder, "config", "--get-colorbool", "color.diff", "true" if is_shown else "false")
    return done.stdout.strip() == b"true"

"""What Git holds of a directory. The only module that runs git."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from attrs import frozen

from yamlsync.artifact import is_commit
from yamlsync.errors import OperationError
from yamlsync.printable import shell
from yamlsync.programs import find_program
from yamlsync.tree import Tree

if TYPE_CHECKING:
    from subprocess import CompletedProcess


@frozen
class Committed:
    """The paths that Git holds as they stand; `note` says why it could not be asked, if so."""

    paths: frozenset[str]
    note: str = ""


def is_inside(folder: str) -> bool:
    """Whether a folder lies in a Git worktree; asks the file system alone."""
    return _top(folder) is not None


def below_top(folder: str) -> str | None:
    """The path of a folder below the top of its Git worktree, "." for the top itself; None outside of Git.

    Git follows links before it looks for the top. Asks the file system alone.
    """
    folder = os.path.realpath(folder)
    top = _top(folder)
    return None if top is None else os.path.relpath(folder, top)


def _top(folder: str) -> str | None:
    """The folder with the `.git` of the worktree around `folder`."""
    current = os.path.abspath(folder)
    while True:
        if os.path.lexists(os.path.join(current, ".git")):
            return current
        parent = os.path.dirname(current)
        if parent == current:
            return None
        current = parent


def committed(folder: str, tree: Tree, paths: frozenset[str]) -> Committed:
    """Which of `paths` below `folder` are committed in HEAD with the very bytes that `tree` has."""
    if not paths or not is_inside(folder):
        return Committed(frozenset())
    try:
        held = _blobs(folder, "HEAD")
    except OperationError as error:
        return Committed(frozenset(), error.message)
    return Committed(
        frozenset(path for path in paths if path in held and _is_blob(tree.read(path), held[path]))
    )


def has_commit(folder: str, commit: str) -> bool:
    """Whether the repository around `folder` holds a commit, named by all of its hexadecimal digits.

    Whatever else the text is, also an option of git, names none. Raises OperationError where git cannot be
    asked.
    """
    if not is_commit(commit) or not is_inside(folder):
        return False
    done = _run(folder, "rev-parse", "--quiet", "--verify", f"{commit}^{{commit}}")
    if done.returncode not in (0, 1):
        raise _failed(folder, done)
    # A tag is another object than its commit, and a name that is too short means whatever begins so.
    return done.stdout.decode().strip() == commit


def unlike(folder: str, tree: Tree, commit: str) -> frozenset[str]:
    """The paths below `folder` that `tree` and a commit do not hold both, with the same bytes.

    Raises OperationError where git cannot be asked, or has no such commit.
    """
    held = _blobs(folder, commit)
    same = {path for path in tree.paths & held.keys() if _is_blob(tree.read(path), held[path])}
    return (tree.paths | held.keys()) - same


def _blobs(folder: str, revision: str) -> dict[str, str]:
    """The name of what a revision holds at each path below `folder`; "" for what is no file, but a link."""
    held = {}
    for record in _git(folder, "ls-tree", "-r", "-z", revision, "./").split(b"\0"):
        if record:
            facts, _, path = record.partition(b"\t")
            mode, _, name = facts.decode().split()
            held[os.fsdecode(path)] = name if mode.startswith("100") else ""
    return held


def _is_blob(data: bytes, name: str) -> bool:
    algorithm = "sha1" if len(name) == 40 else "sha256"
    # A checkout may have turned LF into CRLF.
    for candidate in (data, data.replace(b"\r\n", b"\n")):
        header = b"blob %d\0" % len(candidate)
        if hashlib.new(algorithm, header + candidate, usedforsecurity=False).hexdigest() == name:
            return True
    return False


def tracks(folder: str, path: str) -> bool:
    """Whether Git tracks the file at `path` below `folder`."""
    return is_inside(folder) and bool(_git(folder, "ls-files", "-z", "--", path))


def _git(folder: str, *arguments: str) -> bytes:
    """What git answers. Raises OperationError where it does not."""
    done = _run(folder, *arguments)
    if done.returncode:
        raise _failed(folder, done)
    return done.stdout


def _failed(folder: str, done: CompletedProcess[bytes]) -> OperationError:
    said = done.stderr.decode(errors="replace").strip().splitlines()
    return OperationError(
        f"git said: {said[0] if said else done.returncode}", f"see: git -C {shell(folder)} status"
    )


def _run(folder: str, *arguments: str) -> CompletedProcess[bytes]:
    # Imported late: most runs have nothing to ask.
    import subprocess

    # Variables such as GIT_DIR, set by a hook around us, would lead to another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    # What stands in for a commit here is not what anybody else has under that name.
    environment["GIT_NO_REPLACE_OBJECTS"] = "1"
    # Nothing in a folder that came with a pull request may make git run a program: not as its monitor,
    # and not as a bare repository (files named HEAD and config, which git would find by itself) that
    # fetches what it lacks. So the repository is named, and no protocol is allowed.
    top = _top(folder) or folder
    program = find_program("git")
    if program is None:
        raise OperationError("git is not installed", "install git")
    command = [
        program,
        "-c",
        "core.fsmonitor=false",
        "-c",
        "protocol.allow=never",
        "-c",
        "safe.bareRepository=explicit",
    ]
    command += ["-C", folder, "--git-dir", os.path.join(top, ".git"), "--work-tree", top, *arguments]
    try:
        return subprocess.run(
            command, capture_output=True, env=environment, stdin=subprocess.DEVNULL, check=False
        )
    except FileNotFoundError:
        raise OperationError("git is not installed", "install git") from None

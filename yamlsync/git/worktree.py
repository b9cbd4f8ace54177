"""What Git holds of a directory: its files as they are committed, its commits."""

from __future__ import annotations

import hashlib
import os

from attrs import frozen

from yamlsync.artifact import is_commit
from yamlsync.errors import OperationError
from yamlsync.git.running import ask, failed, run, top_of
from yamlsync.tree import Tree


@frozen
class Committed:
    """The paths that Git holds as they stand; `note` says why it could not be asked, if so."""

    paths: frozenset[str]
    note: str = ""


def is_inside(folder: str) -> bool:
    """Whether a folder lies in a Git worktree; asks the file system alone."""
    return top_of(folder) is not None


def below_top(folder: str) -> str | None:
    """The path of a folder below the top of its Git worktree, "." for the top itself; None outside of Git.

    Git follows links before it looks for the top. Asks the file system alone.
    """
    folder = os.path.realpath(folder)
    top = top_of(folder)
    return None if top is None else os.path.relpath(folder, top)


def committed(folder: str, tree: Tree, paths: frozenset[str]) -> Committed:
    """Which of `paths` below `folder` are committed in HEAD with the very bytes that `tree` has."""
    if not paths or not is_inside(folder):
        return Committed(frozenset())
    try:
        held = _blobs(folder, "HEAD")
    except OperationError as error:
        return Committed(frozenset(), error.message)
    return Committed(
        frozenset(path for path in paths if path in held and is_blob(tree.read(path), held[path]))
    )


def has_commit(folder: str, commit: str) -> bool:
    """Whether the repository around `folder` holds a commit, named by all of its hexadecimal digits.

    Whatever else the text is, also an option of git, names none. Raises OperationError where git cannot be
    asked.
    """
    if not is_commit(commit) or not is_inside(folder):
        return False
    done = run(folder, "rev-parse", "--quiet", "--verify", f"{commit}^{{commit}}")
    if done.returncode not in (0, 1):
        raise failed(folder, done)
    # A tag is another object than its commit, and a name that is too short means whatever begins so.
    return done.stdout.decode().strip() == commit


def unlike(folder: str, tree: Tree, commit: str) -> frozenset[str]:
    """The paths below `folder` that `tree` and a commit do not hold both, with the same bytes.

    Raises OperationError where git cannot be asked, or has no such commit.
    """
    held = _blobs(folder, commit)
    same = {path for path in tree.paths & held.keys() if is_blob(tree.read(path), held[path])}
    return (tree.paths | held.keys()) - same


def _blobs(folder: str, revision: str) -> dict[str, str]:
    """The name of what a revision holds at each path below `folder`; "" for what is no file, but a link."""
    held = {}
    for record in ask(folder, "ls-tree", "-r", "-z", revision, "./").split(b"\0"):
        if record:
            facts, _, path = record.partition(b"\t")
            mode, _, name = facts.decode().split()
            held[os.fsdecode(path)] = name if mode.startswith("100") else ""
    return held


def is_blob(data: bytes, name: str) -> bool:
    """Whether the bytes of a file are those of a blob with this name, but for line ends (GIT-7)."""
    algorithm = "sha1" if len(name) == 40 else "sha256"
    # A checkout may have turned LF into CRLF, but not in a file that has other CRs.
    plain = data.replace(b"\r\n", b"\n")
    for candidate in (data,) if b"\r" in plain else (data, plain):
        header = b"blob %d\0" % len(candidate)
        if hashlib.new(algorithm, header + candidate, usedforsecurity=False).hexdigest() == name:
            return True
    return False


def tracks(folder: str, path: str) -> bool:
    """Whether Git tracks the file at `path` below `folder`."""
    return is_inside(folder) and bool(ask(folder, "ls-files", "-z", "--", path))

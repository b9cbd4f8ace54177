"""What Git holds of a directory. The only module that runs git."""

from __future__ import annotations

import hashlib
import os

from attrs import frozen

from yamlsync.errors import OperationError
from yamlsync.tree import Tree


@frozen
class Committed:
    """The paths that Git holds as they stand; `note` says why it could not be asked, if so."""

    paths: frozenset[str]
    note: str = ""


def is_inside(folder: str) -> bool:
    """Whether a folder lies in a Git worktree; asks the file system alone."""
    return _top(folder) is not None


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
        listing = _git(folder, "ls-tree", "-r", "-z", "HEAD", "./")
    except OperationError as error:
        return Committed(frozenset(), error.message)
    held = {}
    for record in listing.split(b"\0"):
        if record:
            facts, _, name = record.partition(b"\t")
            held[os.fsdecode(name)] = facts.split()[2].decode()
    return Committed(
        frozenset(path for path in paths if path in held and _is_blob(tree.read(path), held[path]))
    )


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
    # Imported late: most runs have nothing to ask.
    import subprocess

    # Variables such as GIT_DIR, set by a hook around us, would lead to another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    # Nothing in a folder that came with a pull request may make git run a program: not as its monitor,
    # and not as a bare repository (files named HEAD and config, which git would find by itself) that
    # fetches what it lacks. So the repository is named, and no protocol is allowed.
    top = _top(folder) or folder
    command = [
        "git",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "protocol.allow=never",
        "-c",
        "safe.bareRepository=explicit",
    ]
    command += ["-C", folder, "--git-dir", os.path.join(top, ".git"), "--work-tree", top, *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, env=environment, stdin=subprocess.DEVNULL, check=False
        )
    except FileNotFoundError:
        raise OperationError("git is not installed", "install git") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise OperationError(
            f"git said: {said[0] if said else done.returncode}", f"see: git -C {folder} status"
        )
    return done.stdout

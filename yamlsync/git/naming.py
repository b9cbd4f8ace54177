"""How something in a revision is named: `REV:PATH`, as Git has it. Asks neither Git nor the disk (GIT-1)."""

from __future__ import annotations

import posixpath
import re

from yamlsync.errors import OperationError

_NO_REVISION = re.compile(r"[A-Za-z]:[/\\]|\.{0,2}[/\\]|[^:]*\\|[A-Za-z][A-Za-z0-9+.-]*://")
"""How paths begin though they have a colon: with a drive, a folder of the file system, or as an address."""


def split_revision(text: str) -> tuple[str, str] | None:
    """The revision and the path that `REV:PATH` names; None for what can be a path of the file system alone.

    Git's own rule for the colon: the first that no braces are around, as in `HEAD@{10:30}:course`.
    """
    if _NO_REVISION.match(text):
        return None
    depth = 0
    for index, character in enumerate(text):
        if character == "{":
            depth += 1
        elif character == "}" and depth:
            depth -= 1
        elif character == ":" and not depth:
            return text[:index], text[index + 1 :]
    return None


def path_from_top(path: str, below: str) -> str:
    """The path of REV:PATH from the top of the repository, "" for the top itself.

    As in Git, `./` and `../` at its start mean the folder `below` the top that one works in, and any other
    path starts at the top. Raises OperationError for a path that leads out of the repository.
    """
    start = below if path == ".." or path.startswith(("./", "../")) else ""
    found = posixpath.normpath(posixpath.join(start, path)) if path else "."
    if found == ".." or found.startswith(("../", "/")):
        raise OperationError(
            f"the path {path} leads out of the repository", "name a path from the top of the repository"
        )
    return "" if found == "." else found


def shown_path(revision: str, folder: str, path: str) -> str:
    """What a file is called that stands at `path` in the folder that REV:PATH names; `git show` takes it."""
    start = "" if folder.strip("/") in ("", ".") and not folder.startswith("./") else f"{folder.rstrip('/')}/"
    return f"{revision}:{start}{path}"

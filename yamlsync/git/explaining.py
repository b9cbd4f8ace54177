"""Why a revision, or a path in it, cannot be found, and what may be meant (GIT-30)."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence

from yamlsync.errors import OperationError
from yamlsync.git.objects import Repository
from yamlsync.git.running import run
from yamlsync.printable import shell, shown

_MOST = 10_000
"""Names of branches and tags that are looked through."""

_MOST_FILES = 100
"""Files that are looked for in a revision."""

_HEXADECIMAL = re.compile(r"[0-9a-f]{4,64}\Z")
_HEADS = ("HEAD", "@")
_FETCH = "fetch the rest: git fetch --unshallow; in GitHub Actions, give actions/checkout: fetch-depth: 0"


def unknown_revision(repository: Repository, revision: str) -> OperationError:
    """What to raise for a revision that names no commit."""
    if not revision:
        # So Git names what is staged.
        return OperationError(
            "no revision stands before the colon: what is staged cannot be named here",
            "commit it first, or name a revision: HEAD:PATH",
        )
    if revision.startswith("-"):
        message = f"{shown(revision)} is no revision: it begins with -"
        return OperationError(message, "name a branch, a tag or a commit")
    kind = _kind(repository, revision)
    if kind in _OTHERS:
        return OperationError(f"{shown(revision)} {_OTHERS[kind][0]}", _OTHERS[kind][1])
    base = re.split(r"[~^@]", revision, maxsplit=1)[0] or "HEAD"
    if base in _HEADS and repository.look_up("HEAD^{commit}") is None:
        return OperationError("there is no commit yet", "commit the workshop first")
    return _not_there(repository, revision, base)


def _not_there(repository: Repository, revision: str, base: str) -> OperationError:
    """A revision that is nothing; `base` is what it begins with, a branch perhaps."""
    names = _names(repository)
    is_known = base in names or base in _HEADS
    near = "" if is_known else _near(base, names)
    message, help = f"there is no revision {shown(revision)}", "git branch -a and git tag list them"
    if repository.is_shallow():
        return OperationError(
            f"{message} in this clone, which is shallow", f"{near}; {_FETCH}" if near else _FETCH
        )
    if is_known and base != revision:
        message += f": the history of {base} does not have it"
        near = f"see: git log --oneline {shell(base)}"
    elif repository.is_partial():
        message += " in this clone, which is a partial one"
    if _HEXADECIMAL.match(revision):
        help = "fetch it, or name another"
    return OperationError(message, near or help)


_WHAT = "name a branch, a tag or a commit"
_OTHERS = {
    "ambiguous": ("is ambiguous: several objects have names that begin so", "write more of its digits"),
    "blob": ("names a blob, and no commit", _WHAT),
    "tree": ("names a tree, and no commit", _WHAT),
    "tag": ("is the tag of something else than a commit", _WHAT),
}
"""What a revision that is no commit may be, and what to do."""


def _kind(repository: Repository, revision: str) -> str:
    """What a revision is where it is no commit: a kind of object, `ambiguous` or `missing`."""
    if "\n" in revision:
        return "missing"
    asked = os.fsencode(revision) + b"\n"
    answer = run(repository.folder, "cat-file", "--batch-check", input=asked).stdout.split()
    if not answer:
        return "missing"
    return answer[-1].decode() if answer[-1] in (b"ambiguous", b"missing") else answer[1].decode()


def _names(repository: Repository) -> list[str]:
    """The short names of branches and tags, at least of the first."""
    answer = run(
        repository.folder,
        "for-each-ref",
        f"--count={_MOST}",
        "--format=%(refname:lstrip=2)",
        "refs/heads",
        "refs/tags",
        "refs/remotes",
    ).stdout
    return os.fsdecode(answer).split("\n")


def _near(base: str, names: Collection[str]) -> str:
    # Imported late: who makes no mistakes needs no advice.
    from yamlsync.layout.finding import nearest

    # What a clone by CI has of a branch is often only where that stood on the server.
    elsewhere = [name for name in names if name.partition("/")[2] == base]
    found = elsewhere[0] if elsewhere else nearest(base, [*_HEADS, *names])
    return "" if found is None else f"did you mean {shown(found)}?"


def missing_path(
    repository: Repository, revision: str, path: str, walked: Sequence[str], listed: Collection[str]
) -> OperationError:
    """What to raise for a path that a revision does not have: only `walked` of it, where `listed` stand."""
    helps = list(_advice(repository, revision, path, walked, listed))
    return OperationError(
        f"there is no {path} in {revision}", "; ".join(helps) or f"see: git ls-tree -r --name-only {revision}"
    )


def _advice(
    repository: Repository, revision: str, path: str, walked: Sequence[str], listed: Collection[str]
) -> Iterator[str]:
    # Imported late: who makes no mistakes needs no advice.
    from yamlsync.layout.finding import nearest

    below = os.path.relpath(repository.folder, repository.top).replace(os.sep, "/")
    if below != "." and has_path(repository, revision, f"{below}/{path}"):
        yield f"a path starts at the top of the repository: name {revision}:./{path}"
        return
    found = nearest(path.split("/")[len(walked)], listed)
    if found is not None:
        yield f"did you mean {revision}:{'/'.join([*walked, found])}?"
    if revision not in _HEADS and has_path(repository, "HEAD", path):
        yield "it is in HEAD: it was added or renamed in another commit"
    elif os.path.lexists(os.path.join(repository.top, path)):
        yield "it is in the worktree: commit it first" if revision in _HEADS else "it is in the worktree"


def folders_with(repository: Repository, revision: str, names: Sequence[str]) -> list[str]:
    """The folders of a revision in which a file has one of some names, without those within another of them.

    Only those are found that the index has as well, so that no whole tree needs to be read.
    """
    asked = [f":(top,glob)**/{name}" for name in names]
    listed = run(repository.folder, "ls-files", "--full-name", "-z", "--", *asked).stdout.split(b"\0")
    found: list[str] = []
    for path in sorted(os.fsdecode(each) for each in listed[:_MOST_FILES] if each):
        folder = path.rpartition("/")[0]
        is_within = any(each in ("", folder) or folder.startswith(f"{each}/") for each in found)
        if not is_within and has_path(repository, revision, path):
            found.append(folder)
    return found


def has_path(repository: Repository, revision: str, path: str) -> bool:
    """Whether a revision has something at a path from the top; False also where there is no such revision."""
    asked = f"{revision}:{path}"
    if "\n" in asked:
        return False
    done = run(repository.folder, "cat-file", "--batch-check", input=os.fsencode(asked) + b"\n")
    return b" missing" not in done.stdout and len(done.stdout.split()) == 3

"""Which two commits a request lies between; its base is fetched where it has to be (PRA-4, PRA-5)."""

from __future__ import annotations

import os
import re
import subprocess

from attrs import frozen

from yamlsync.errors import OperationError
from yamlsync.git import ask, run
from yamlsync.printable import printable, shown
from yamlsync.programs import find_program

_WHOLE_NAME = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PATIENCE = 300
_DEEPER = "let actions/checkout fetch all: fetch-depth: 0 (GitLab: GIT_DEPTH: 0)"


@frozen
class Commits:
    """Both by their whole names; `short` has what is shown of each."""

    base: str
    head: str
    short: tuple[str, str]


def commits_of(top: str, base: str, request: str) -> Commits:
    """The commit that is checked out, and the one that it is compared with.

    `request` is the last commit of the request. Where what is checked out is the merge of it into something,
    as a runner makes it, that something is the base. Elsewhere it is where HEAD branched off from `base`.
    Raises OperationError where either cannot be had.
    """
    head, parents = _head(top)
    if request and len(parents) == 2 and parents[1] == request:
        found = parents[0]
        _require(top, found)
    else:
        found = _branched_off(top, _resolved(top, base), head)
    return Commits(found, head, (_short(top, found), _short(top, head)))


def _head(top: str) -> tuple[str, list[str]]:
    """The commit that is checked out, and its parents, which a shallow clone names without having them."""
    head = ask(top, "rev-parse", "--verify", "HEAD^{commit}").decode().strip()
    lines = ask(top, "cat-file", "commit", head).partition(b"\n\n")[0].decode(errors="replace").split("\n")
    return head, [line.removeprefix("parent ") for line in lines if line.startswith("parent ")]


def _resolved(top: str, base: str) -> str:
    """The whole name of the commit that `base` means."""
    if _WHOLE_NAME.fullmatch(base):
        _require(top, base)
    done = run(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    if done.returncode:
        raise OperationError(f"there is no commit {shown(base)} in this clone", _DEEPER)
    return done.stdout.decode().strip()


def _branched_off(top: str, base: str, head: str) -> str:
    done = run(top, "merge-base", base, head)
    if done.returncode == 0:
        return done.stdout.decode().split("\n")[0]
    if _is_shallow(top):
        raise OperationError(
            f"where HEAD branched off from {base} is not in this clone, which is shallow", _DEEPER
        )
    raise OperationError(f"HEAD and {base} have no history in common", "name another base")


def _require(top: str, commit: str) -> None:
    """Sees to it that a commit is there."""
    if _is_there(top, commit):
        return
    said = _fetch(top, commit)
    if not _is_there(top, commit):
        raise OperationError(
            f"the commit {commit} is not in this clone, and git could not fetch it: {said}",
            "let actions/checkout fetch it: fetch-depth: 2, or 0 for all (GitLab: GIT_DEPTH: 0)",
        )


def _is_there(top: str, commit: str) -> bool:
    return run(top, "cat-file", "-e", f"{commit}^{{commit}}").returncode == 0


def _is_shallow(top: str) -> bool:
    return ask(top, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _fetch(top: str, commit: str) -> str:
    """Fetches one commit, as who checked out may; gives what git complained of.

    Without its history where there is none of HEAD either: a clone that has all stays one. No submodule, no
    hook and no housekeeping.
    """
    program = find_program("git")
    settings = (f"core.hooksPath={os.devnull}", "core.fsmonitor=false", "gc.auto=0", "maintenance.auto=false")
    options = ("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
    depth = ("--depth=1",) if _is_shallow(top) else ()
    command = [str(program), *(each for setting in settings for each in ("-c", setting)), "-C", top]
    environment = os.environ | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            [*command, "fetch", *options, *depth, "origin", commit],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"nothing came for {_PATIENCE} seconds"
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return printable(lines[-1]) if lines else "it said nothing"


def _short(top: str, commit: str) -> str:
    return ask(top, "rev-parse", "--short=10", commit).decode().strip()

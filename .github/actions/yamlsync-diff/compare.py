"""Tells what changed in the workshops of a repository since a request branched off, on pages for CI (PRA-1).

Reads what Git holds, and nothing of the worktree; runs none of it. Into the folder OUTPUT go `comment.md`,
`summary.md`, `annotations`, `pages/` with a page for each workshop that changed, `name` for all of these, and
`changed` with `true` or `false`. Ends with 0; with 1 where the new side of a workshop cannot be read; with 2
where nothing could be compared.
"""

from __future__ import annotations

import argparse
import functools
import os
import re
import sys
from collections.abc import Sequence
from hashlib import sha256

# Isolated as it runs, Python does not look for modules beside the script.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from attrs import evolve
from commits import Commits, commits_of
from pages import Told, annotated, first_line, page
from workshops import Pair, changed_pairs, held_by

from yamlsync.changes.comparing import diff
from yamlsync.comparison import Comparison, Side, Unreadable, compare_located
from yamlsync.errors import OperationError, describe
from yamlsync.git import Repository, open_repository, top_of
from yamlsync.opening import Database, Located, Opened, in_revision, read
from yamlsync.printable import printable
from yamlsync.problems import Place, Problem
from yamlsync.renditions import html, markdown

_MOST = 100
"""Workshops that are looked at in one run; a request may change any number."""

_REASONS = 3
_NOTHING = "nothing"
_UNCOMMON = re.compile(r"[^A-Za-z0-9._-]+")


def main() -> int:
    """Compares, writes the files, and gives the exit code."""
    given = _arguments()
    try:
        return _run(given)
    except OperationError as error:
        help = f"\n  = help: {printable(error.help)}" if error.help else ""
        sys.stderr.write(f"error: {printable(error.message)}{help}\n")
    except OSError as error:
        sys.stderr.write(f"error: {printable(str(error.filename))}: {printable(describe(error))}\n")
    return 2


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--base", required=True, help="the commit or branch that the request goes into")
    parser.add_argument("--request", default="", help="the last commit of the request")
    parser.add_argument("--repository", default=".", help="a folder of the checkout")
    parser.add_argument("--output", required=True, help="the folder for the pages")
    parser.add_argument("directories", nargs="*", help="workshops, one a line; else all")
    return parser.parse_args()


def _run(given: argparse.Namespace) -> int:
    _require_empty(given.output)
    lines = (line.strip() for text in given.directories for line in text.splitlines())
    folder = os.path.abspath(given.repository)
    places = [os.path.normpath(os.path.join(folder, line)) for line in lines if line]
    top = _top(places[0] if places else folder)
    named = [_from_top(place, top) for place in places]
    commits = commits_of(top, given.base, given.request)
    with open_repository(top) as repository:
        reading = _Reading(repository, commits)
        pairs = changed_pairs(
            held_by(top, commits.base), held_by(top, commits.head), named, (reading.old_ids, reading.new_ids)
        )
        told = [reading.told(pair) for pair in pairs[:_MOST]]
        _write(given, named, told, len(pairs) - len(told))
    for each in told:
        sys.stdout.write("".join(f"{printable(reason)}\n" for reason in each.reasons))
    return 1 if any(each.is_fault for each in told) else 0


def _require_empty(folder: str) -> None:
    """Makes the folder for the pages. What is in one already, a request may have put there."""
    os.makedirs(folder, exist_ok=True)
    if os.path.islink(folder) or os.listdir(folder):
        raise OperationError(
            f"{folder} is not an empty folder", "name one for the pages that is not there yet"
        )


def _top(place: str) -> str:
    """The top of the repository around a place, which need not be there any more."""
    folder = place
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    top = top_of(folder)
    if top is None:
        raise OperationError(f"{folder} is in no Git repository", "check the repository out before this")
    return top


def _from_top(place: str, top: str) -> str:
    path = os.path.relpath(place, top).replace(os.sep, "/")
    if path == ".." or path.startswith("../"):
        raise OperationError(f"{place} is not in the repository {top}", "name workshops of one repository")
    return "" if path == "." else path


class _Reading:
    """Workshops of two commits, compared."""

    def __init__(self, repository: Repository, commits: Commits) -> None:
        self._repository = repository
        self._commits = commits
        self.old_ids = functools.cache(functools.partial(self._ids, is_new=False))
        self.new_ids = functools.cache(functools.partial(self._ids, is_new=True))

    def _ids(self, path: str, *, is_new: bool) -> frozenset[str]:
        """The ids of the workshops at a path; none where they cannot be read."""
        try:
            contents = read(self._located(path, is_new=is_new)).contents
        except OperationError:
            return frozenset()
        return frozenset(workshop.id for workshop in contents.workshops) if contents else frozenset()

    def _located(self, path: str, *, is_new: bool) -> Located:
        # By the whole name: a branch may be called like a short one.
        commit = self._commits.head if is_new else self._commits.base
        found = in_revision(self._repository, f"{commit}:{path}")
        return evolve(found, name=f"{self._commits.short[is_new]}:{path}")

    def told(self, pair: Pair) -> Told:
        """What changed in one workshop, or why that cannot be said."""
        try:
            old = None if pair.old is None else self._located(pair.old, is_new=False)
            new = None if pair.new is None else self._located(pair.new, is_new=True)
            found = _compared(old, new)
        except OperationError as error:
            reasons = (error.message, *((error.help,) if error.help else ()))
            return Told(pair, None, reasons, is_fault=True)
        if isinstance(found, Unreadable):
            reasons = tuple(_reason(problem) for problem in found.problems[:_REASONS])
            if more := len(found.problems) - len(reasons):
                reasons += (f"and {more} more: yamlsync check tells all",)
            # Who mends what was broken before is not at fault.
            return Told(pair, None, reasons, is_fault=new is not None and found.name == new.name)
        return Told(pair, found)


def _compared(old: Located | None, new: Located | None) -> Comparison | Unreadable:
    """What changed between two workshops, or of one that is new or gone."""
    if old is not None and new is not None:
        return compare_located(old, new, whole=True)
    located = new or old
    if located is None:
        raise AssertionError("a workshop is on one side at least")
    opened = read(located)
    if opened.contents is None:
        return Unreadable(located.name, opened.problems, opened.root)
    there, nothing = _side(located, opened), Side(_NOTHING, (), Database(_NOTHING))
    sides = (nothing, there) if old is None else (there, nothing)
    return Comparison(*sides, diff(sides[0].workshops, sides[1].workshops))


def _side(located: Located, opened: Opened) -> Side:
    return Side(located.name, opened.contents.workshops if opened.contents else (), located)


def _reason(problem: Problem) -> str:
    place = problem.place
    line = f":{place.line}" if isinstance(place, Place) and place.line is not None else ""
    return f"{place.path}{line}: {problem.code} {problem.message}"


def _write(given: argparse.Namespace, named: Sequence[str], told: Sequence[Told], left: int) -> None:
    foot = f"As of {given.request}." if re.fullmatch("[0-9a-f]{40,64}", given.request) else ""
    for name, limit in (("comment.md", markdown.COMMENT), ("summary.md", markdown.SUMMARY)):
        _put(given.output, name, page(first_line(named), told, left, foot, limit).rstrip("\n"))
    _put(given.output, "annotations", "\n".join(annotated(told)))
    _put(given.output, "name", _name("workshop-changes", "-".join(sorted(named))))
    taken: set[str] = set()
    for each in told:
        if each.comparison is not None and each.comparison.changes:
            os.makedirs(os.path.join(given.output, "pages"), exist_ok=True)
            path = each.pair.new if each.pair.new is not None else each.pair.old
            name = _name("", path or "workshop", taken)
            _put(given.output, os.path.join("pages", f"{name}.html"), html.render(each.comparison))
    # Last: by this it is seen that all is there.
    _put(given.output, "changed", "true" if left or any(each.is_changed for each in told) else "false")


def _name(start: str, path: str, taken: set[str] | None = None) -> str:
    """A name for a file or an artifact, the same for the same path, and another for another one."""
    plain = _UNCOMMON.sub("-", path).strip("-.")[:80]
    if plain != path or (taken is not None and plain.lower() in taken):
        digest = sha256(path.encode(errors="surrogatepass")).hexdigest()[:8] if path else ""
        plain = "-".join(part for part in (plain, digest) if part)
    if taken is not None:
        taken.add(plain.lower())
    return "-".join(part for part in (start, plain) if part)


def _put(folder: str, name: str, text: str) -> None:
    with open(os.path.join(folder, name), "wb") as file:
        file.write(f"{text}\n".encode(errors="backslashreplace") if text else b"")


if __name__ == "__main__":
    sys.exit(main())

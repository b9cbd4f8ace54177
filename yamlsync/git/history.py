"""The commits that changed some paths, as Git's own objects say them, and what they hold (LOG-11)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from attrs import frozen

from yamlsync.git.objects import Object, Repository
from yamlsync.git.revisions import RevisionFile, RevisionTree
from yamlsync.git.running import ask
from yamlsync.git.trees import Entry, entries_of, is_blob_mode, tree_below

_MOST = 64 * 1024 * 1024
"""Bytes of a folder's list."""

_MOST_WORDS = 4096
"""Bytes of a name or of a subject: whoever writes a commit may write more, and nobody reads it."""

_PERSON = re.compile(rb"(?P<name>[^<]*)(?:<.*> ?(?P<time>-?[0-9]{1,20}) (?P<zone>[+-][0-9]{4}))?", re.DOTALL)


@frozen
class Listed:
    """A commit in a list: its whole name, one that is short and unique, and when it was made, in seconds."""

    name: str
    short: str
    time: int


@frozen
class Commit:
    """What a commit says of itself, as it was written: nothing of it is fit for a terminal yet.

    `date` is the author's, as ISO 8601 has it with its zone; "" where it is none.
    """

    name: str
    parents: tuple[str, ...]
    author: str
    date: str
    subject: str


def commits_of(
    repository: Repository, start: str, paths: Iterable[str], without: Iterable[str] = ()
) -> list[Listed]:
    """The commits from `start` on that changed one of some paths from the top; none before its descendants.

    The commits in `without`, and what leads to them, are left out. As Git does it, of a merge that is like
    one of its parents only that parent is followed. Raises OperationError where git cannot tell.
    """
    answer = ask(
        repository.top,
        "rev-list",
        "--date-order",
        # Else the setting i18n.logOutputEncoding counts.
        "--encoding=UTF-8",
        "--abbrev=7",
        "--format=tformat:%ct %h",
        start,
        *(f"^{name}" for name in without),
        "--",
        *(f":(top,literal){path}" for path in paths),
    )
    # Two lines for each: "commit NAME", and what the format says.
    said = answer.decode("ascii").splitlines()
    found = []
    for head, line in zip(said[::2], said[1::2], strict=True):
        time, short = line.split(" ")
        found.append(Listed(head.removeprefix("commit "), short, int(time)))
    return found


def read_commit(repository: Repository, name: str) -> Commit | None:
    """A commit by its whole name; None where it is not in this clone."""
    found = repository.look_up(name)
    return None if found is None or found.kind != "commit" else _parsed(found)


def _parsed(found: Object) -> Commit:
    head, _, message = found.data.partition(b"\n\n")
    parents: list[str] = []
    author, encoding = b"", b"utf-8"
    for line in head.split(b"\n"):
        # Further lines of a signature begin with a blank.
        word, _, value = line.partition(b" ")
        if word == b"parent":
            parents.append(value.decode("ascii", "replace"))
        elif word == b"author" and not author:
            author = value
        elif word == b"encoding":
            encoding = value
    person = _PERSON.match(author)
    name = person["name"] if person else b""
    date = _date(person["time"], person["zone"]) if person and person["time"] else ""
    words = _text(name[:_MOST_WORDS], encoding).strip()
    return Commit(found.name, tuple(parents), words, date, _text(_subject(message), encoding))


def _subject(message: bytes) -> bytes:
    """The first paragraph in one line, as Git has it."""
    paragraph = re.split(rb"\n[ \t]*\n", message[: 4 * _MOST_WORDS].lstrip(b"\n"), maxsplit=1)[0]
    return b" ".join(line.strip() for line in paragraph.split(b"\n"))[:_MOST_WORDS].strip()


def _text(data: bytes, encoding: bytes) -> str:
    name = encoding.decode("ascii", "replace")
    try:
        text = data.decode(name, "replace")
    except (LookupError, ValueError):
        # Anybody can write that name, and Python does not know all that are real.
        text = data.decode(errors="replace")
    # Some codecs make halves of characters.
    return text.encode(errors="replace").decode()


def _date(seconds: bytes, zone: bytes) -> str:
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
    try:
        where = timezone(-offset if zone.startswith(b"-") else offset)
        return (
            (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))).astimezone(where).isoformat()
        )
    except (ValueError, OverflowError):
        return ""


def found_at(repository: Repository, commit: str, path: str) -> RevisionTree | RevisionFile | None:
    """What a commit, by its whole name, has at a path from the top: the folder or the file; None for neither.

    Unlike `find`, it makes nothing of a path that is not there: in a history that is the usual case.
    """
    if not path:
        top = repository.look_up(f"{commit}^{{tree}}", _MOST)
        return None if top is None else _tree(repository, commit, path, top.name)
    folder, _, name = path.rpartition("/")
    entry = next((each for each in _listed(repository, commit, folder) if each.name == name), None)
    if entry is None:
        return None
    if is_blob_mode(entry.mode):
        return RevisionFile(entry.object, commit)
    return _tree(repository, commit, path, entry.object) if entry.mode == "40000" else None


def _listed(repository: Repository, commit: str, folder: str) -> list[Entry]:
    """What stands in a folder of a commit; nothing where there is none."""
    if "\n" not in folder:
        expression = f"{commit}:{folder}" if folder else f"{commit}^{{tree}}"
        return _entries(repository.look_up(expression, _MOST))
    # Git reads expressions line by line.
    above, _, name = folder.rpartition("/")
    for entry in _listed(repository, commit, above):
        if entry.name == name:
            return _entries(repository.look_up(entry.object, _MOST))
    return []


def _entries(found: Object | None) -> list[Entry]:
    if found is None or found.kind != "tree" or len(found.data) > _MOST:
        return []
    return entries_of(found.data, len(found.name) // 2) or []


def _tree(repository: Repository, commit: str, path: str, name: str) -> RevisionTree:
    shown = f"{commit[:7]}:{path}"

    def entries(name: str) -> list[Entry]:
        found = repository.look_up(name, _MOST)
        if found is None:
            raise repository.lacking(shown)
        return _entries(found)

    def read(name: str, below: str) -> bytes:
        return repository.read(name, f"{shown}/{below}" if path else f"{shown}{below}")

    tree, names = tree_below(entries, name, read)
    return RevisionTree(tree, names, commit, name)


def deleted(repository: Repository, old: str, new: str) -> list[str]:
    """The paths from the top of the files that one commit has and another has not."""
    answer = ask(
        repository.top,
        "diff-tree",
        "-r",
        "-z",
        "--no-renames",
        "--ignore-submodules=all",
        "--diff-filter=D",
        "--name-only",
        # Else the file that the setting diff.orderFile names has to be there.
        f"-O{os.devnull}",
        old,
        new,
    )
    return os.fsdecode(answer).split("\0")[:-1]

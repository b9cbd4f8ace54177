"""The use case: a database as one text, for Git to compare line by line (GIT-50 to GIT-54)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from yamlsync.errors import OperationError, describe
from yamlsync.spooling import SQLITE_START

_LOOKED_AT = 8000
"""Bytes in which git looks for a NUL, to tell what is no text."""

_MOST_TEXT = 64 * 1024 * 1024
_MOST_PROBLEMS = 100
_PIECE = 1 << 20


def as_text(path: str) -> Iterator[bytes]:
    """The pieces of a text that two databases have in common where they say the same.

    What cannot be shown is told in lines that differ whenever the file does, for a failure would end a
    `git log` in its middle. Where the file stands is not told: git gives copies of it any name.
    """
    try:
        with open(path, "rb") as file:
            start = file.read(_LOOKED_AT)
            if not start.startswith(SQLITE_START):
                text = start if b"\0" in start else start + file.read(_MOST_TEXT)
                if b"\0" in start or len(text) > _MOST_TEXT:
                    yield from _comments(["no text, and no SQLite database", _sum(path)])
                else:
                    # A text that is named as databases are.
                    yield text
                return
        yield from _database(path)
    except OperationError as error:
        yield from _comments([f"not shown: {error.message.replace(path, 'it')}", _sum(path)])
    except OSError as error:
        yield from _comments([f"not shown: it cannot be read: {describe(error)}"])


def _database(path: str) -> Iterator[bytes]:
    # Imported late: what is no database needs nothing of this.
    from yamlsync.database.read import read_database
    from yamlsync.document.render import render
    from yamlsync.layout.carriable import uncarriable
    from yamlsync.layout.files import shape_of
    from yamlsync.layout.write import to_files

    found = read_database(path, lossy=True)
    problems = found.problems
    if found.contents is not None:
        problems = tuple(uncarriable(found.contents, path))
    if problems or found.contents is None:
        told = [f"{problem.place}: {problem.code} {problem.message}" for problem in problems]
        more = [f"and {len(told) - _MOST_PROBLEMS} more"] if len(told) > _MOST_PROBLEMS else []
        lines = [line.replace(path, "it") for line in told[:_MOST_PROBLEMS]]
        yield from _comments(["not shown: the database has problems", *lines, *more, _sum(path)])
        return
    facts = [f"schema {found.schema}"]
    if found.artifact is not None and found.artifact.source_commit is not None:
        facts.append(f"built from the commit {found.artifact.source_commit}")
    if found.artifact is not None and found.artifact.signature is not None:
        facts.append(f"signed, sha256 {hashlib.sha256(found.artifact.signature.encode()).hexdigest()}")
    progress = len(found.contents.runtime_states) + len(found.contents.custom_states)
    if progress:
        facts.append(f"not shown: {progress} {'row' if progress == 1 else 'rows'} of students' progress")
    if found.left_behind:
        facts += [*(f"not shown: {what}" for what in found.left_behind), _sum(path)]
    yield from _comments(facts)
    for file in to_files(found.contents, with_state=False):
        shape = shape_of(file.path)
        if shape is None:
            raise AssertionError(f"{file.path} is no file of the format")
        yield b"--- # %s\n" % file.path.encode()
        yield render(file.block, shape)


def _comments(lines: Iterable[str]) -> Iterator[bytes]:
    from yamlsync.printable import printable

    for line in lines:
        yield b"# %s\n" % printable(line).encode(errors="backslashreplace")


def _sum(path: str) -> str:
    """What differs wherever two files do."""
    try:
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return f"{file.tell()} bytes, sha256 {digest}"
    except OSError as error:
        return f"it cannot be read: {describe(error)}"

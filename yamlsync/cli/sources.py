"""The lines that a report shows: read again from where they stand, after the use case is done."""

from __future__ import annotations

from collections.abc import Callable

import click

from yamlsync.document.reading import BOM
from yamlsync.errors import OperationError
from yamlsync.opening import find_named, names_revision
from yamlsync.publish.directory import read_file


def shown_reader() -> Callable[[str], list[bytes] | None]:
    """Reads the lines of files by their paths as seen from the working directory, or in revisions."""
    readers: dict[str, Callable[[str], list[bytes] | None]] = {}
    in_revisions: list[Callable[[str], list[bytes] | None]] = []

    def read(path: str) -> list[bytes] | None:
        if names_revision(path):
            if not in_revisions:
                in_revisions.append(_revision_reader())
            return in_revisions[0](path)
        folder, _, name = path.rpartition("/")
        return readers.setdefault(folder, reader(folder or "."))(name)

    return read


def reader(directory: str) -> Callable[[str], list[bytes] | None]:
    """Reads the lines of a directory's files for display, each file once; None where it cannot be read."""
    return _remembering(lambda path: read_file(directory, path))


def _revision_reader() -> Callable[[str], list[bytes] | None]:
    """Reads the lines of files in revisions, named as reports show them; git ends with the command."""
    # Imported late: most workshops are no revisions.
    from yamlsync.git import RevisionFile, open_repository

    repository = click.get_current_context().with_resource(open_repository("."))

    def read(path: str) -> bytes:
        found, _ = find_named(repository, path)
        if not isinstance(found, RevisionFile):
            raise OperationError(f"{path} is no file")
        return repository.read(found.name, path)

    return _remembering(read)


def _remembering(read: Callable[[str], bytes]) -> Callable[[str], list[bytes] | None]:
    known: dict[str, list[bytes] | None] = {}

    def lines(path: str) -> list[bytes] | None:
        if path not in known:
            try:
                known[path] = read(path).removeprefix(BOM).split(b"\n")
            except OperationError:
                known[path] = None
        return known[path]

    return lines

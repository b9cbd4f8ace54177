"""The lines that a report shows: read again from the directory, after the use case is done."""

from __future__ import annotations

from collections.abc import Callable

from yamlsync.document.reading import BOM
from yamlsync.errors import OperationError
from yamlsync.publish.directory import read_file


def shown_reader() -> Callable[[str], list[bytes] | None]:
    """Reads the lines of files by their paths as seen from the working directory."""
    readers: dict[str, Callable[[str], list[bytes] | None]] = {}

    def read(path: str) -> list[bytes] | None:
        folder, _, name = path.rpartition("/")
        return readers.setdefault(folder, reader(folder or "."))(name)

    return read


def reader(directory: str) -> Callable[[str], list[bytes] | None]:
    """Reads the lines of a directory's files for display, each file once; None where it cannot be read."""
    known: dict[str, list[bytes] | None] = {}

    def read(path: str) -> list[bytes] | None:
        if path not in known:
            try:
                known[path] = read_file(directory, path).removeprefix(BOM).split(b"\n")
            except OperationError:
                known[path] = None
        return known[path]

    return read

"""The lines that a report shows: read again from the directory, after the use case is done."""

from __future__ import annotations

from collections.abc import Callable

from yamlsync.errors import OperationError
from yamlsync.publish.directory import read_file


def reader(directory: str) -> Callable[[str], bytes | None]:
    """Reads a file of a directory for display, each once; None where it cannot be read."""
    known: dict[str, bytes | None] = {}

    def read(path: str) -> bytes | None:
        if path not in known:
            try:
                known[path] = read_file(directory, path)
            except OperationError:
                known[path] = None
        return known[path]

    return read

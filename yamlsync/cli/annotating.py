"""What annotations need of the world: the files of the new side, and how CI sees their paths (DIF-67)."""

from __future__ import annotations

import os
from collections.abc import Callable

from yamlsync.cli.delivery import path_from_repository
from yamlsync.cli.sources import shown_reader
from yamlsync.comparison import Side
from yamlsync.opening import Directory, RevisionDirectory


def file_reader(side: Side) -> Callable[[str], bytes | None]:
    """Reads a file of a side by its path in the workshop; None where there is none."""
    located = side.located
    read = shown_reader()

    def bytes_of(path: str) -> bytes | None:
        if not isinstance(located, Directory | RevisionDirectory):
            return None
        lines = read(located.shown(path))
        return None if lines is None else b"\n".join(lines)

    return bytes_of


def seen_path(path: str) -> str:
    """A path as seen from the working directory, as seen from the repository (CHK-57)."""
    return path_from_repository(path, os.environ)

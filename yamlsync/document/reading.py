"""Bytes → document: the fast reader where it can, the general one where it must."""

from __future__ import annotations

from yamlsync.document.canonical import read_formatted
from yamlsync.document.model import Block, Fields, Path
from yamlsync.document.source import normalise, too_large
from yamlsync.problems import Place, Problem


def read(path: str, data: bytes, shape: Fields) -> Block | tuple[Problem, ...]:
    """The document in a file, or all that is wrong with it."""
    large = too_large(path, data)
    if large:
        return (large,)
    normal = normalise(data)
    block = read_formatted(normal, shape)
    if block is not None:
        return block
    # Imported late: most files are formatted.
    from yamlsync.document.general import read_general

    reading = read_general(path, normal, shape)
    return reading.problems if reading.block is None else reading.block


def locate(path: str, data: bytes, shape: Fields) -> dict[Path, Place]:
    """Where each key (its path) and each value (its path and "=") of a file stands."""
    from yamlsync.document.general import read_general

    return read_general(path, normalise(data), shape).places

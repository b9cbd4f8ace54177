"""Bytes → document: the fast reader where it can, the general one where it must."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from yamlsync.document.canonical import read_formatted
from yamlsync.document.limits import MAX_BYTES, MAX_NODES
from yamlsync.document.model import Block, Fields, Path, Value
from yamlsync.problems import Place, Problem

if TYPE_CHECKING:
    from yamlsync.document.general import Reading

BOM = b"\xef\xbb\xbf"


def read(path: str, data: bytes, shape: Fields) -> Block | tuple[Problem, ...]:
    """The document in a file, or all that is wrong with it."""
    large = too_large(path, data)
    if large:
        return (large,)
    normal = normalise(data)
    block = read_formatted(normal, shape)
    if block is not None:
        return too_many(path, block) or block
    reading = _read_general(path, normal, shape)
    return reading.problems if reading.block is None else reading.block


def locate(path: str, data: bytes, shape: Fields) -> dict[Path, Place]:
    """Where each key (its path) and each value (its path and "=") of a file stands."""
    normal = normalise(data)
    block = read_formatted(normal, shape)
    # Imported late: most files have nothing to show, and most others are formatted.
    if block is not None:
        from yamlsync.document.formatted_places import places_of

        return places_of(path, block, shape)
    return _read_general(path, normal, shape).places


@lru_cache(maxsize=4)
def _read_general(path: str, data: bytes, shape: Fields) -> Reading:
    """What the general reader says, which is slow: of what was just read, the places are asked for next."""
    # Imported late: most files are formatted.
    from yamlsync.document.general import read_general

    return read_general(path, data, shape)


def normalise(data: bytes) -> bytes:
    """What a checkout may have changed, undone: a byte order mark in front, CRLF, no last line break."""
    data = data.removeprefix(BOM)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    return data if data.endswith(b"\n") else data + b"\n"


def too_large(path: str, data: bytes) -> Problem | None:
    """The problem with a file over 16 MiB."""
    if len(data) <= MAX_BYTES:
        return None
    return Problem(
        "YS105",
        "the file has more than the 16 MiB that a file may have",
        Place(path),
        "shorten it: a step's text belongs in its images or in several steps",
    )


def too_many(path: str, block: Block) -> tuple[Problem, ...]:
    """The problem with a document of more than 500,000 values, which the general reader would not take."""
    if len(block.entries) < _FEW and not any(_is_long(entry.value) for entry in block.entries):
        return ()
    if _values(block) <= MAX_NODES:
        return ()
    return (Problem("YS105", f"the file has more than {MAX_NODES} values", Place(path), "write fewer"),)


_FEW = 1000


def _is_long(value: Value) -> bool:
    return isinstance(value, Block) and len(value.entries) >= _FEW


def _values(value: Value) -> int:
    """Keys, scalars and collections."""
    if not isinstance(value, Block):
        return 1
    return 1 + sum((entry.key is not None) + _values(entry.value) for entry in value.entries)

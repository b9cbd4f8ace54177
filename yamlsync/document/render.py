"""Documents → bytes: the canonical layout of keys, lists, comments and blank lines (YAML-30 to YAML-39).

A pure function of the document and its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from yamlsync.document import spelling
from yamlsync.document.model import Block, Entry, Fields, ListOf, Scalar, Shape, Value

STEP_INDENT = 2


def render(block: Block, shape: Fields) -> bytes:
    """The bytes of a file."""
    out: list[bytes] = []
    _block(out, block, shape, 0)
    _lines(out, root_closing(block), b"")
    return b"".join(out)


def root_closing(block: Block) -> tuple[str, ...]:
    """The lines at the end of a file."""
    closing = tidy(block.closing, first=not block.entries) if block.closing else ()
    if closing and _ends_in_literal(block.entries):
        # Prettier puts exactly one blank line there.
        return ("", *closing[closing[0] == "" :])
    return closing


def tidy(lines: Iterable[str], *, first: bool, closing: bool = True) -> tuple[str, ...]:
    """Comment lines with at most one blank line in a row, none where nothing stands before.

    `closing` takes blank lines at the end away, too: nothing follows them.
    """
    kept: list[str] = []
    for line in lines:
        if line or (kept[-1:] != [""] and not (first and not kept)):
            kept.append(line)
    if closing and kept[-1:] == [""]:
        kept.pop()
    return tuple(kept)


def is_closed_last(item: Entry, items: Sequence[Entry]) -> bool:
    """Whether an item is the last of several, and a mapping that comments close."""
    return item is items[-1] and len(items) > 1 and isinstance(item.value, Block) and any(item.value.closing)


def joined(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Comment lines without blank ones behind the first comment: prettier leaves none above such an item."""
    start = next((number for number, line in enumerate(lines) if line), len(lines))
    return lines[:start] + tuple(line for line in lines[start:] if line)


def _ends_in_literal(entries: tuple[Entry, ...]) -> bool:
    """Whether the last value of all is a literal block, however deep."""
    value: Value = None
    while entries:
        value = entries[-1].value
        entries = value.entries if isinstance(value, Block) else ()
    if not isinstance(value, str) or "\n" not in value:
        return False
    return spelling.block_header(value.encode()) is not None


def _block(out: list[bytes], block: Block, shape: Shape, indent: int, *, dashed: bool = False) -> None:
    """The lines of a block; the first key of a `dashed` one stands on the line of its list's dash."""
    pad = b" " * indent
    lead = pad[STEP_INDENT:] + b"- " if dashed else pad
    for entry in block.entries:
        is_first = entry is block.entries[0]
        above = (
            () if dashed and is_first else entry.above and tidy(entry.above, first=is_first, closing=False)
        )
        if entry.key is not None:
            inner, label = value_shape(shape, entry.key), lead + _label(entry.key)
        else:
            inner, label = item_shape(shape), lead + b"-"
            if isinstance(entry.value, Block):
                above += (entry.behind,) if entry.behind else ()
                # What stands above its first key stands above the dash as well.
                above += tidy(entry.value.entries[0].above, first=True, closing=False)
                _lines(out, joined(above) if is_closed_last(entry, block.entries) else above, pad)
                _block(out, entry.value, inner, indent + STEP_INDENT, dashed=True)
                continue
        _entry(out, entry, above, label, lead.partition(b"-")[0], inner, indent)
        lead = pad
    if indent and block.closing:
        # No blank line stands before a nested block's closing comments.
        _lines(out, tidy(block.closing, first=True), pad)


@lru_cache(maxsize=1024)
def _label(key: str) -> bytes:
    return spelling.key(key).encode() + b":"


def _entry(
    out: list[bytes],
    entry: Entry,
    above: tuple[str, ...],
    label: bytes,
    pad: bytes,
    shape: Shape,
    indent: int,
) -> None:
    value = entry.value
    behind = b" " + entry.behind.encode() if entry.behind else b""
    if isinstance(value, Block) and value.entries:
        _lines(out, above, pad)
        out += (label, behind, b"\n")
        _block(out, value, shape, indent + STEP_INDENT)
        return
    spelled = scalar(value, shape, indent + STEP_INDENT)
    if behind and spelled.startswith(b"|"):
        # Behind `|` a comment could not stay: prettier may change the text there.
        above, behind = (*above, entry.behind), b""
    if above:
        _lines(out, above, pad)
    out += (label, b" ", spelled, behind, b"\n")


def scalar(value: Value, shape: Shape, indent: int) -> bytes:
    """The spelling of a value by its shape; the lines after the first are indented by `indent`."""
    if isinstance(value, str) and shape is not Scalar.DATE:
        return spelling.text(value, indent)
    if value is None:
        return b"null"
    return b"[]" if isinstance(value, Block) else spelling.date(value).encode()


def _lines(out: list[bytes], lines: tuple[str, ...], pad: bytes) -> None:
    out += [pad + line.encode() + b"\n" if line else b"\n" for line in lines]


def value_shape(shape: Shape, key: str) -> Shape:
    """The shape of the value under `key` of a mapping; a text where the keys are free."""
    return shape.keys.get(key, Scalar.TEXT) if isinstance(shape, Fields) else Scalar.TEXT


def item_shape(shape: Shape) -> Shape:
    """The shape of each item of a list."""
    return shape.item if isinstance(shape, ListOf) else Scalar.TEXT

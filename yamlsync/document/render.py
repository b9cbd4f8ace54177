"""Documents → bytes: the canonical layout of keys, lists, comments and blank lines (YAML-30 to YAML-39).

A pure function of the document and its shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from yamlsync.document import spelling
from yamlsync.document.model import Block, Entry, Fields, ListOf, Scalar, Shape, Value

SpellText = Callable[[str, int], bytes]

STEP_INDENT = 2


def render(block: Block, shape: Fields, spell: SpellText = spelling.text) -> bytes:
    """The bytes of a file. `spell` lets a reader hand in spellings that it has proved already."""
    parts = list(_block(block, shape, 0, spell))
    closing = tidy(block.closing, first=not block.entries)
    if closing and _ends_in_literal(block.entries):
        # Prettier puts exactly one blank line there.
        closing = ("", *closing[closing[0] == "" :])
    parts.extend(_lines(closing, b""))
    return b"".join(parts)


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


def _ends_in_literal(entries: tuple[Entry, ...]) -> bool:
    """Whether the last value of all is a literal block, however deep."""
    value: Value = None
    while entries:
        value = entries[-1].value
        entries = value.entries if isinstance(value, Block) else ()
    if not isinstance(value, str) or "\n" not in value:
        return False
    return spelling.block_header(value.encode()) is not None


def _block(
    block: Block, shape: Shape, indent: int, spell: SpellText, *, dashed: bool = False
) -> Iterator[bytes]:
    """The lines of a block; the first key of a `dashed` one stands on the line of its list's dash."""
    pad = b" " * indent
    for index, entry in enumerate(block.entries):
        above = tidy(entry.above, first=index == 0, closing=False) if entry.above else ()
        if entry.key is None:
            if isinstance(entry.value, Block):
                above += (entry.behind,) if entry.behind else ()
                yield from _lines(above, pad)
                yield from _block(entry.value, item_shape(shape), indent + STEP_INDENT, spell, dashed=True)
                continue
            label, inner = b"-", item_shape(shape)
        else:
            label, inner = spelling.key(entry.key).encode() + b":", value_shape(shape, entry.key)
        lead = pad[STEP_INDENT:] + b"- " if dashed and index == 0 else pad
        yield from _entry(entry, above, lead + label, inner, indent, spell)
    if indent and block.closing:
        # No blank line stands before a nested block's closing comments.
        yield from _lines(tidy(block.closing, first=True), pad)


def _entry(
    entry: Entry, above: tuple[str, ...], label: bytes, shape: Shape, indent: int, spell: SpellText
) -> Iterator[bytes]:
    pad = b" " * (label.find(b"- ") if b"- " in label[:indent] else indent)
    behind = b" " + entry.behind.encode() if entry.behind else b""
    if isinstance(entry.value, Block) and entry.value.entries:
        yield from _lines(above, pad)
        yield label + behind + b"\n"
        yield from _block(entry.value, shape, indent + STEP_INDENT, spell)
        return
    value = _scalar(entry.value, shape, indent + STEP_INDENT, spell)
    if behind and value.startswith(b"|"):
        # Behind `|` a comment could not stay: prettier may change the text there.
        above, behind = (*above, entry.behind), b""
    yield from _lines(above, pad)
    yield label + b" " + value + behind + b"\n"


def _scalar(value: Value, shape: Shape, indent: int, spell: SpellText) -> bytes:
    if value is None:
        return b"null"
    if isinstance(value, Block):
        return b"[]"
    if shape is Scalar.DATE:
        return spelling.date(value).encode()
    if isinstance(value, str):
        return spell(value, indent)
    return spelling.date(value).encode()


def _lines(lines: tuple[str, ...], pad: bytes) -> Iterator[bytes]:
    for line in lines:
        yield pad + line.encode() + b"\n" if line else b"\n"


def value_shape(shape: Shape, key: str) -> Shape:
    """The shape of the value under `key` of a mapping; a text where the keys are free."""
    return shape.keys.get(key, Scalar.TEXT) if isinstance(shape, Fields) else Scalar.TEXT


def item_shape(shape: Shape) -> Shape:
    """The shape of each item of a list."""
    return shape.item if isinstance(shape, ListOf) else Scalar.TEXT

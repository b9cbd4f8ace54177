"""Comments of an old document carried over to a new one: each stays with its key (YAML-47)."""

from __future__ import annotations

from collections.abc import Iterator

from yamlsync.document.model import Block, Entry, Value


def carry(old: Block, new: Block) -> Block:
    """`new` with the comments and blank lines of `old`.

    Those of an entry that went stay with the entry that followed it, or close the block.
    """
    wanted = {identity for identity, _ in _identified(new)}
    kept: dict[object, Entry] = {}
    floating: list[str] = []
    above: dict[object, tuple[str, ...]] = {}
    for identity, entry in _identified(old):
        if identity in wanted:
            kept[identity] = entry
            above[identity] = (*floating, *entry.above)
            floating = []
        else:
            floating += [line for line in _lines(entry) if line]
    entries = []
    for identity, entry in _identified(new):
        before = kept.get(identity)
        if before is None:
            entries.append(entry)
            continue
        value, lost = _carry_value(before.value, entry.value)
        entries.append(Entry(entry.key, value, (*above[identity], *lost), before.behind))
    return Block(tuple(entries), (*floating, *old.closing))


def _carry_value(old: Value, new: Value) -> tuple[Value, tuple[str, ...]]:
    """The new value with the old one's comments, and those that found no place in it."""
    if not isinstance(old, Block):
        return new, ()
    if isinstance(new, Block) and new.entries:
        return carry(old, new), ()
    return new, tuple(comments(old))


def _identified(block: Block) -> Iterator[tuple[object, Entry]]:
    """Entries with what they are known by: a key; an item's text, or the text under its first key."""
    seen: dict[object, int] = {}
    for entry in block.entries:
        name: object = entry.key
        if name is None:
            name = entry.value.entries[0].value if isinstance(entry.value, Block) else entry.value
        seen[name] = seen.get(name, 0) + 1
        yield (name, seen[name]), entry


def comments(block: Block) -> Iterator[str]:
    """All comments in a block, in order, without the blank lines."""
    for entry in block.entries:
        yield from (line for line in _lines(entry) if line)
    yield from (line for line in block.closing if line)


def _lines(entry: Entry) -> Iterator[str]:
    yield from entry.above
    if entry.behind:
        yield entry.behind
    if isinstance(entry.value, Block):
        yield from comments(entry.value)


def bare(block: Block) -> Block:
    """The document without its comments and blank lines."""
    return Block(
        tuple(
            Entry(entry.key, bare(entry.value) if isinstance(entry.value, Block) else entry.value)
            for entry in block.entries
        )
    )

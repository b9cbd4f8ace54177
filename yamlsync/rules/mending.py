"""Documents → documents: what `check --fix` does to a file. No record changes, and no comment is lost."""

from __future__ import annotations

from collections.abc import Iterable

from yamlsync.document.comments import carry
from yamlsync.document.model import Block, Entry, Path
from yamlsync.rules.diagnostic import Fix


def mend(block: Block, fixes: Iterable[tuple[Path, Fix]]) -> Block:
    """The document without the entries that say nothing. Rendering it does all that is mere spelling."""
    gone = frozenset(at for at, fix in fixes if fix is Fix.REMOVE)
    return carry(block, _without(block, gone, ())) if gone else block


def _without(block: Block, gone: frozenset[Path], path: Path) -> Block:
    entries = []
    for index, entry in enumerate(block.entries):
        at = (*path, index if entry.key is None else entry.key)
        if at in gone:
            continue
        value = entry.value
        if isinstance(value, Block) and value.entries:
            value = _without(value, gone, at)
            if not value.entries:
                continue  # The format has no empty mappings: what is left of one says nothing.
        entries.append(Entry(entry.key, value))
    return Block(tuple(entries))

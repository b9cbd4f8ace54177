"""What is shown of a text, with blank lines beside what is folded folded too (DIF-53)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yamlsync.wording.folding import Folded, Shown
from yamlsync.wording.passages import Kept


def without_edges(found: Sequence[Shown]) -> Iterator[Shown]:
    """What is shown, without blank lines beside what is folded: these are folded too."""
    items = list(found)
    for index, item in enumerate(items):
        if not isinstance(item, Folded):
            continue
        count = item.count
        for beside, edge in ((index - 1, -1), (index + 1, 0)):
            if not 0 <= beside < len(items) or not isinstance(kept := items[beside], Kept):
                continue
            while kept.new and kept.new[edge].is_blank:
                cut = slice(1, None) if edge == 0 else slice(None, -1)
                kept = Kept(kept.old[cut], kept.new[cut])
                count += 1
            items[beside] = kept
        items[index] = Folded(count, item.section)
    yield from (item for item in items if not isinstance(item, Kept) or item.new)

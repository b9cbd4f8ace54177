"""Two texts → a unified diff, in time that grows little faster than they do, whatever is in them.

Lines that stand once in both hold the two together. `difflib` takes hours for some texts of a few megabytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from yamlsync.wording.matching import anchored

_CONTEXT = 3

Change: TypeAlias = tuple[int, int, int, int]
"""Lines of the old text, from the first to before the second, that became those of the new one."""


def unified_diff(old: bytes, new: bytes, name: str) -> Iterator[bytes]:
    """The lines of the diff, each with its line break; none where nothing differs.

    Lines end with LF, and only there. `patch` makes `new` of `old` with it.
    """
    before, after = _lines(old), _lines(new)
    hunks = list(_hunks(_changes(before, after)))
    if hunks:
        yield from (f"{mark} {name}\n".encode(errors="backslashreplace") for mark in ("---", "+++"))
    for hunk in hunks:
        yield from _shown(hunk, before, after)


def _lines(text: bytes) -> list[bytes]:
    lines = text.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _changes(old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[Change]:
    """What changed, in order; equal lines stand between every two."""
    at, to = 0, 0
    for same, other in [*anchored(old, new), (len(old), len(new))]:
        if same > at or other > to:
            yield at, same, to, other
        at, to = same + 1, other + 1


def _hunks(changes: Iterator[Change]) -> Iterator[list[Change]]:
    """Changes so near to each other that what stands between them is shown in full."""
    hunk: list[Change] = []
    for change in changes:
        if hunk and change[0] - hunk[-1][1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _shown(hunk: Sequence[Change], old: Sequence[bytes], new: Sequence[bytes]) -> Iterator[bytes]:
    before = min(_CONTEXT, hunk[0][0])
    behind = min(_CONTEXT, len(old) - hunk[-1][1])
    first, begin = hunk[0][0] - before, hunk[0][2] - before
    last, stop = hunk[-1][1] + behind, hunk[-1][3] + behind
    yield f"@@ -{_range(first, last)} +{_range(begin, stop)} @@\n".encode()
    at = first
    for start, end, to, till in hunk:
        yield from _marked(b" ", old[at:start])
        yield from _marked(b"-", old[start:end])
        yield from _marked(b"+", new[to:till])
        at = end
    yield from _marked(b" ", old[at:last])


def _range(start: int, end: int) -> str:
    if end - start == 1:
        return str(end)
    # Where no line is meant, it is the one before.
    return f"{start + (end > start)},{end - start}"


def _marked(mark: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield mark + line.removesuffix(b"\n") + b"\n"
        if not line.endswith(b"\n"):
            yield b"\\ No newline at end of file\n"

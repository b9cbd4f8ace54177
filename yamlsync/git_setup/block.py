"""The lines of ours in a file of attributes, between two markers; all other bytes are somebody's (GIT-43)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

DATABASES = "*.db"
STEPS = "**/steps/*.yaml"
DATABASE_DRIVER = "yamlsync-db"
STEP_DRIVER = "yamlsync-step"

_BEGIN = b"# yamlsync git install: begin"
_END = b"# yamlsync git install: end"
_NEW_FILE = b" (new file)"
_NO_LINE_END = b" (no line end before)"
_BOM = b"\xef\xbb\xbf"

_LINES = (
    b"# git diff shows these as YAML, and by their keys, where `yamlsync git install` was run.",
    f"{DATABASES} diff={DATABASE_DRIVER}".encode(),
    f"{STEPS} diff={STEP_DRIVER}".encode(),
)
_KNOWN = (_LINES,)
"""What has ever been written between the markers."""


@frozen
class Block:
    """Our lines: from which byte to before which, and what the first marker remembers of the file before."""

    start: int
    end: int
    line_end: bytes
    remembered: bytes


@frozen
class Edited:
    """Markers of ours, from this line on, between which something else stands than was written."""

    line: int


def find(data: bytes) -> Block | Edited | None:
    """Our lines in a file, if there are any."""
    lines = list(_lines(data))
    begins = [index for index, (_, text) in enumerate(lines) if _remembered(text) is not None]
    ends = [index for index, (_, text) in enumerate(lines) if text == _END]
    if not begins and not ends:
        return None
    if len(begins) != 1 or len(ends) != 1 or ends[0] < begins[0]:
        return Edited(min(begins + ends) + 1)
    first, last = begins[0], ends[0]
    if tuple(text for _, text in lines[first + 1 : last]) not in _KNOWN:
        return Edited(first + 1)
    start, text = lines[first]
    end = lines[last + 1][0] if last + 1 < len(lines) else len(data)
    is_crlf = data[start:end].partition(b"\n")[0].endswith(b"\r")
    return Block(start, end, b"\r\n" if is_crlf else b"\n", _remembered(text) or b"")


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each line without its end, and where it starts."""
    start = 0
    for line in data.split(b"\n"):
        # A checkout may have turned LF into CRLF.
        yield start, line.removeprefix(b"" if start else _BOM).removesuffix(b"\r")
        start += len(line) + 1


def _remembered(text: bytes) -> bytes | None:
    rest = text.removeprefix(_BEGIN)
    return rest if rest != text and rest in (b"", _NEW_FILE, _NO_LINE_END) else None


def with_block(data: bytes | None) -> bytes:
    """The file with our lines at its end; None stands for no file. There must be none of them in it."""
    if data is None:
        data, remembered = b"", _NEW_FILE
    else:
        remembered = _NO_LINE_END if data and not data.endswith(b"\n") else b""
    line_end = b"\r\n" if data[: data.rfind(b"\n") + 1].endswith(b"\r\n") else b"\n"
    if remembered == _NO_LINE_END:
        data += line_end
    return data + b"".join(line + line_end for line in (_BEGIN + remembered, *_LINES, _END))


def without_block(data: bytes, block: Block) -> bytes | None:
    """The file as it was before our lines came into it; None where there was none."""
    before, behind = data[: block.start], data[block.end :]
    if block.remembered == _NO_LINE_END and not behind:
        before = before.removesuffix(block.line_end)
    rest = before + behind
    return None if block.remembered == _NEW_FILE and not rest else rest

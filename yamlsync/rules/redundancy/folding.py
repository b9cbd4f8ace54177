"""Texts whose lines YAML joins, although they mean something as lines (NAV-23). Pure: bytes → findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from yamlsync.document.model import Block, Path, Value
from yamlsync.layout.files import STEP
from yamlsync.problems import Place
from yamlsync.rules.redundancy.source import Spelled, source

# The texts, and how the lines begin that hold their keys in most files.
_TOP = {"goss_spec": b"\ngoss_spec:", "markdown": b"\nmarkdown:"}
_METADATA = {"explain": b"\n  explain:", "solve": b"\n  solve:"}
_CODE = frozenset(("goss_spec", "solve"))

# Behind a key: a literal block, a text in quotes whose lines say themselves where they end (YAML-25), or a
# value that ends with its line.
_NO_FOLD = re.compile(rb"[ \t]*(?:\|[-+1-9]{0,2}[ \t]*\r?\n|\"\\\r?\n|[^\s|>][^\n]*\n(?![ \t\r\n]))")
_LITERAL = b" |\n"

_BEGINS = re.compile(
    r"`{3}|~{3}|#{1,6}(?:[ \t]|$)|[-*+](?:[ \t]|$)|1[.)][ \t]|[|>]|(?:-{3,}|={3,}|\*{3,})[ \t]*$"
)
_NUMBERED = re.compile(r"[0-9]{1,9}[.)][ \t]")
_BLANK = ("", " ", "\t")
_ENDS_WITH_ITS_LINE = re.compile(r"`{3}|~{3}|#{1,6}[ \t]")


@frozen
class Fold:
    """A text that was folded, by its path; its place is that of its first line."""

    at: Path
    place: Place
    message: str
    help: str


def folds(path: str, data: bytes, block: Block) -> list[Fold]:
    """The texts in the file of a step that are other texts than they seem to be."""
    suspects = list(_suspects(data, block))
    if not suspects:
        return []
    lines = source(path, data, STEP)
    found = []
    for at in suspects:
        value = lines.value(at)
        lost = _lost(value, is_code=at[-1] in _CODE)
        if lost is not None:
            found.append(_fold(at, value, lost))
    return found


@frozen
class _Line:
    """A line of the file: its number; whether it is joined to what stands before it, or loses its indent."""

    number: int
    text: str
    before: str
    joined: bool
    deeper: bool


def _suspects(data: bytes, block: Block) -> Iterator[Path]:
    """The texts that may be folded. Nearly all stand behind a |, as is soon seen."""
    front = len(data)
    metadata: Value = None
    for entry in block.entries:
        key = entry.key or ""
        if key in _TOP:
            start = data.find(_TOP[key])
            front = min(front, max(start, 0))
            if _may_fold(data, start, _TOP[key]):
                yield (key,)
        elif key == "metadata":
            metadata = entry.value
    if isinstance(metadata, Block) and not _has_no_long_metadata(data, front):
        for entry in metadata.entries:
            key = entry.key or ""
            # Further down, the same characters may stand in a text.
            if key in _METADATA and _may_fold(data, data.find(_METADATA[key], 0, front), _METADATA[key]):
                yield "metadata", key


def _has_no_long_metadata(data: bytes, end: int) -> bool:
    """Whether metadata stand in front of `end`, and none of the texts among them."""
    start = data.find(b"\nmetadata:", 0, end)
    return start >= 0 and data.find(b"solve", start, end) < 0 and data.find(b"explain", start, end) < 0


def _may_fold(data: bytes, start: int, key: bytes) -> bool:
    if start < 0:
        return True
    end = start + len(key)
    return not (data.startswith(_LITERAL, end) or _NO_FOLD.match(data, end))


def _lost(value: Spelled, *, is_code: bool) -> _Line | None:
    """The first line that means something else, or nothing, since it begins no line of the text."""
    for line in _lines(value):
        if line.deeper or (line.joined and (is_code or _means_something(line))):
            return line
    return None


def _means_something(line: _Line) -> bool:
    if _BEGINS.match(line.text) or _ENDS_WITH_ITS_LINE.match(line.before):
        return True
    return _NUMBERED.match(line.text) is not None and _NUMBERED.match(line.before) is not None


def _lines(value: Spelled) -> Iterator[_Line]:
    if value.style == ">":
        yield from _lines_of_block(value)
    elif value.style != "|":
        yield from _lines_of_flow(value)


def _lines_of_block(value: Spelled) -> Iterator[_Line]:
    """Those of a block behind >: lines that are indented deeper are kept as they are, all others joined."""
    lines = value.source.lines[value.line : value.end_line]
    indent = next((_indent(text) for text in lines if text.strip(" ")), 0)
    # An indicator says how deep the text begins, from the key on.
    if digit := re.match(r">[-+]?([1-9])", value.first_line):
        indent = _indent(value.source.lines[value.line - 1]) + int(digit[1])
    before = ""
    for number, raw in enumerate(lines, value.line + 1):
        text = raw[indent:]
        joined = text[:1] not in _BLANK and before[:1] not in _BLANK
        yield _Line(number, text, before, joined, deeper=False)
        before = text


def _lines_of_flow(value: Spelled) -> Iterator[_Line]:
    """Those of a plain text or one in quotes: all lines are joined, and what indents them is lost."""
    lines = list(value.source.lines[value.line : value.end_line])
    if not lines:
        return
    lines[-1] = lines[-1][: value.end_column - 1 - bool(value.style)]
    before = value.first_line.removeprefix(value.style)
    rest = []
    for number, raw in enumerate(lines, value.line + 1):
        # Behind a backslash nothing is joined: the text says where its lines end.
        if not (value.style == '"' and _is_escaped(before)):
            rest.append((number, raw, before))
        before = raw.strip(" \t")
    indent = min((_indent(raw) for _, raw, _ in rest if raw.strip(" \t")), default=0)
    for number, raw, before in rest:
        text = raw.strip(" \t")
        yield _Line(
            number, text, before, bool(text and before.strip(" \t")), bool(text) and _indent(raw) > indent
        )


def _is_escaped(line: str) -> bool:
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _fold(at: Path, value: Spelled, lost: _Line) -> Fold:
    what = "is joined to the one above it" if lost.joined else "loses its indentation"
    if value.style == ">":
        help, length = "write | in place of >: behind it, lines stay as they are", 1
    else:
        help = "write | behind the key, and indent the text below it by two spaces more than the key"
        length = len(value.first_line)
    return Fold(at, value.place(length), f"the lines of {at[-1]} are folded: line {lost.number} {what}", help)

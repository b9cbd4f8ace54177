"""The fast reader: splits a formatted file by string operations, and proves each piece as it takes it.

It takes exactly the files that `render` gives back byte for byte, and reads them as the general
reader does: each piece must be spelled as `render` spells what was read in it. Everything else,
whatever is wrong among it, is left to the general reader.
"""

from __future__ import annotations

import re

from yamlsync.document import spelling
from yamlsync.document.limits import MAX_KEY
from yamlsync.document.model import Block, Entry, Fields, FreeKeys, ListOf, Scalar, Shape, Value
from yamlsync.document.render import (
    STEP_INDENT,
    is_closed_last,
    joined,
    root_closing,
    scalar,
    tidy,
    value_shape,
)
from yamlsync.document.scalars import Fault, read_scalar
from yamlsync.records import metadata_order

_PLAIN_LABEL = re.compile(rb"[A-Za-z][A-Za-z0-9_.-]*(?=:)")
_QUOTED = re.compile(rb"\"(?:[^\"\\]++|\\.)*\"|'(?:[^']++|'')*'(?!')", re.DOTALL)
_HEADER = re.compile(rb"(\|2?-?)\n")
_ESCAPE = re.compile(r"\\(?:\n *|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([tnr\"\\ ]))")
_SHORT = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\", " ": " "}
# Most entries are one of these, as a whole line: a key and a block's header, or a key and a plain text.
_USUAL = {
    indent: re.compile(rb" {%d}([A-Za-z][A-Za-z0-9_.-]*): (?:(\|2?-?)|([^\n#\"'\[|][^\n#]*+))\n" % indent)
    for indent in (0, 2, 4)
}
_USUAL_ITEM = re.compile(rb"  - ([^\n#\"'\[|][^\n#]*+)\n")
_BODY_END = {indent: re.compile(rb"\n(?! {%d}[^\n]|\n)" % indent) for indent in (2, 4, 6)}
_PAD = {indent: re.compile(rb"\n {%d}" % indent) for indent in (2, 4, 6)}


class _NotFormattedError(Exception):
    """The file is none of this reader's: the general one has to look."""


def read_formatted(data: bytes, shape: Fields) -> Block | None:
    """The document in `data` (LF, no byte order mark), or None where it is not formatted or not right."""
    if not data.endswith(b"\n"):
        return None
    reader = _Reader(data)
    try:
        block = reader.mapping(shape, 0)
    except (_NotFormattedError, UnicodeDecodeError, ValueError):
        return None
    whole = reader.position == len(data) and root_closing(block) == block.closing
    return block if whole else None


class _Reader:
    """One pass over a file; `position` is the start of the line, or of the rest of it, that comes next."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def mapping(self, shape: Fields | FreeKeys, indent: int, *, dashed: bool = False) -> Block:
        """Takes the entries of a mapping at `indent`; the first stands on this line if it is `dashed`."""
        entries: list[Entry] = []
        usual = _USUAL[indent].match
        ranks = shape.ranks if isinstance(shape, Fields) else None
        last: object = None
        above: tuple[str, ...] = ()
        value: Value
        while True:
            match = None if dashed and not entries else usual(self.data, self.position)
            key = match[1].decode() if match else ""
            if match and (ranks is None or value_shape(shape, key) is Scalar.TEXT):
                if ranks is None and (spelling.key(key) != key or len(key) > MAX_KEY):
                    raise _NotFormattedError
                above, value, behind = (), self._usual(match, indent), ""
            else:
                if not dashed or entries:
                    above = self._comments(indent, first=not entries)
                    if not self._at_entry(indent):
                        break
                    self.position += indent
                key = self._key()
                value, behind = self._value(value_shape(shape, key), indent + STEP_INDENT)
            rank = metadata_order(key) if ranks is None else ranks.get(key)
            # Keys stand in their canonical order, each once: ranks only grow. An unknown one has none.
            if rank is None or (last is not None and not last < rank):  # type: ignore[operator]
                raise _NotFormattedError
            last = rank
            entries.append(Entry(key, value, above, behind))
        if not entries:
            raise _NotFormattedError
        if isinstance(shape, Fields) and not shape.required.issubset([entry.key for entry in entries]):
            raise _NotFormattedError
        return Block(tuple(entries), self._closing(above, indent))

    def _usual(self, match: re.Match[bytes], indent: int) -> str:
        """Takes the text of a usual entry: a block, or a plain one to the end of its line."""
        if match.lastindex == 2:
            return self._literal(match[2], match.end() - 1, indent + STEP_INDENT)
        self.position = match.end()
        return _plain(match[3])

    def _list(self, shape: ListOf, indent: int) -> Block:
        entries: list[Entry] = []
        dash = b" " * indent + b"- "
        above: tuple[str, ...] = ()
        while True:
            match = _USUAL_ITEM.match(self.data, self.position) if shape.item is Scalar.TEXT else None
            if match:
                self.position = match.end()
                entries.append(Entry(None, _plain(match[1])))
                continue
            above = self._comments(indent, first=not entries)
            if not self.data.startswith(dash, self.position):
                break
            self.position += len(dash)
            if isinstance(shape.item, Fields):
                block = self.mapping(shape.item, indent + STEP_INDENT, dashed=True)
                entries.append(Entry(None, block, above))
            else:
                value, behind = self._scalar(shape.item, indent + STEP_INDENT)
                entries.append(Entry(None, value, above, behind))
        if not entries:
            raise _NotFormattedError
        last = entries[-1]
        if is_closed_last(last, entries) and joined(last.above) != last.above:
            raise _NotFormattedError
        return Block(tuple(entries), self._closing(above, indent))

    def _comments(self, indent: int, *, first: bool) -> tuple[str, ...]:
        """Takes the comments at `indent` and the blank lines that stand here."""
        data = self.data
        mark = b" " * indent + b"#"
        lines: list[str] = []
        while True:
            if data.startswith(b"\n", self.position):
                lines.append("")
                self.position += 1
            elif data.startswith(mark, self.position):
                self.position += indent
                lines.append(self._comment())
            else:
                break
        if lines and tidy(lines, first=first, closing=False) != tuple(lines):
            raise _NotFormattedError
        return tuple(lines)

    def _closing(self, lines: tuple[str, ...], indent: int) -> tuple[str, ...]:
        """Gives blank lines behind a nested block back: they stand above what follows it."""
        if not indent:
            return lines
        while lines and not lines[-1]:
            lines = lines[:-1]
            self.position -= 1
        if lines and not lines[0]:
            raise _NotFormattedError
        return lines

    def _comment(self) -> str:
        end = self.data.index(b"\n", self.position)
        comment = self.data[self.position : end]
        if (
            not comment.startswith(b"#")
            or comment.endswith((b" ", b"\t"))
            or spelling.has_odd_characters(comment)
        ):
            raise _NotFormattedError
        self.position = end + 1
        return comment.decode()

    def _at_entry(self, indent: int) -> bool:
        start = self.position + indent
        return (
            self.data.startswith(b" " * indent, self.position)
            and start < len(self.data)
            and not self.data.startswith((b" ", b"\n"), start)
        )

    def _key(self) -> str:
        start = self.position
        match = _PLAIN_LABEL.match(self.data, start)
        if match:
            self.position = match.end()
            key = match.group().decode()
        else:
            key = self._quoted()
        label = spelling.key(key).encode()
        if (
            label != self.data[start : self.position]
            or self.data[self.position] != 0x3A
            or len(label) > MAX_KEY
        ):
            raise _NotFormattedError
        self.position += 1
        return key

    def _value(self, shape: Shape, indent: int) -> tuple[Value, str]:
        """Takes what stands behind the colon of a key, to the end of its last line."""
        data = self.data
        if not isinstance(shape, Scalar) and data.startswith((b"\n", b" #"), self.position):
            self.position += 1
            behind = "" if data.startswith(b"\n", self.position - 1) else self._comment()
            if isinstance(shape, ListOf):
                return self._list(shape, indent), behind
            return self.mapping(shape, indent), behind
        if not data.startswith(b" ", self.position):
            raise _NotFormattedError
        self.position += 1
        return self._scalar(shape, indent)

    def _scalar(self, shape: Shape, indent: int) -> tuple[Value, str]:
        data, start = self.data, self.position
        if shape in (Scalar.TEXT, Scalar.REFERENCE) and (header := _HEADER.match(data, start)):
            return self._literal(header[1], header.end() - 1, indent), ""
        if isinstance(shape, ListOf):
            if not shape.may_be_empty or not data.startswith(b"[]", start):
                raise _NotFormattedError
            self.position += 2
            return Block(()), self._rest()
        plain = not data.startswith((b'"', b"'"), start)
        token = self._plain() if plain else self._quoted()
        value: Value = token
        if isinstance(shape, Scalar):
            read = read_scalar(shape, token, plain=plain)
            if isinstance(read, Fault):
                raise _NotFormattedError
            value = read
        elif not isinstance(shape, Fields) or token != shape.word:
            raise _NotFormattedError
        if scalar(value, shape, indent) != data[start : self.position]:
            raise _NotFormattedError
        return value, self._rest()

    def _plain(self) -> str:
        end = self.data.index(b"\n", self.position)
        comment = self.data.find(b" #", self.position, end)
        end = end if comment < 0 else comment
        token = self.data[self.position : end].decode()
        self.position = end
        return token

    def _quoted(self) -> str:
        match = _QUOTED.match(self.data, self.position)
        if not match:
            raise _NotFormattedError
        self.position = match.end()
        token = match.group().decode()
        return token[1:-1].replace("''", "'") if token[0] == "'" else _ESCAPE.sub(_character, token[1:-1])

    def _rest(self) -> str:
        """Takes the end of a line: nothing, or a comment behind a value."""
        if self.data.startswith(b"\n", self.position):
            self.position += 1
            return ""
        if not self.data.startswith(b" ", self.position):
            raise _NotFormattedError
        self.position += 1
        return self._comment()

    def _literal(self, header: bytes, start: int, indent: int) -> str:
        """Takes a literal block whose first line break is at `start`: checked on bytes, which is fast."""
        end = _BODY_END[indent].search(self.data, start)
        if not end:
            raise _NotFormattedError
        lines = self.data[start : end.start()].rstrip(b"\n")
        body = _PAD[indent].sub(b"\n", lines)[1:] + (b"" if header.endswith(b"-") else b"\n")
        if b"\n" not in body or spelling.block_header(body) != header:
            raise _NotFormattedError
        self.position = start + len(lines) + 1
        return body.decode()


def _plain(token: bytes) -> str:
    text = token.decode()
    if not spelling.is_plain(text):
        raise _NotFormattedError
    return text


def _character(match: re.Match[str]) -> str:
    x, u, wide, short = match.groups()
    if short:
        return _SHORT[short]
    digits = x or u or wide
    if not digits:
        return ""
    character = chr(int(digits, 16))
    if "\ud800" <= character <= "\udfff":
        raise _NotFormattedError
    return character

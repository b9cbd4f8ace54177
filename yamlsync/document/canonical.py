"""The fast reader: splits a formatted file by string operations and proves itself by rendering.

It takes exactly the files that `render` gives back byte for byte, and reads them as the general
reader does. Everything else, whatever is wrong among it, is left to that one.
"""

from __future__ import annotations

import re

from yamlsync.document import spelling
from yamlsync.document.model import Block, Entry, Fields, FreeKeys, ListOf, Scalar, Shape, Value
from yamlsync.document.render import STEP_INDENT, render, value_shape
from yamlsync.document.scalars import Fault, read_scalar
from yamlsync.records import metadata_order

_PLAIN_LABEL = re.compile(rb"([A-Za-z][A-Za-z0-9_.-]*):")
_QUOTED = re.compile(rb"\"(?:[^\"\\]++|\\.)*+\"|'(?:[^']++|'')*+'", re.DOTALL)
_HEADER = re.compile(rb"\|2?-?\n")
_ESCAPE = re.compile(r"\\(?:\n *|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([tnr\"\\ ]))")
_SHORT = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\", " ": " "}
_BODY_END = {indent: re.compile(rb"\n(?! {%d}|\n)" % indent) for indent in (2, 4, 6)}


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
    if reader.position != len(data):
        return None
    return block if render(block, shape, reader.spell) == data else None


class _Reader:
    """One pass over a file; `position` is the start of the line, or of the rest of it, that comes next."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0
        self._proved: dict[tuple[str, int], bytes] = {}

    def spell(self, text: str, indent: int) -> bytes:
        """The canonical spelling of a text; those of blocks were proved while they were read."""
        return self._proved.get((text, indent)) or spelling.text(text, indent)

    def mapping(self, shape: Fields | FreeKeys, indent: int, *, dashed: bool = False) -> Block:
        entries: list[Entry] = []
        last: object = None
        while True:
            above = () if dashed and not entries else self._comments(indent)
            if not (dashed and not entries):
                if not self._at_entry(indent):
                    break
                self.position += indent
            key = self._key()
            rank = _rank(shape, key)
            if last is not None and not last < rank:  # type: ignore[operator]
                raise _NotFormattedError
            last = rank
            value, behind = self._value(value_shape(shape, key), indent + STEP_INDENT)
            entries.append(Entry(key, value, above, behind))
        if not entries or (
            isinstance(shape, Fields) and not shape.required <= {entry.key for entry in entries}
        ):
            raise _NotFormattedError
        return Block(tuple(entries), self._closing(above, indent))

    def _list(self, shape: ListOf, indent: int) -> Block:
        entries: list[Entry] = []
        dash = b" " * indent + b"- "
        while True:
            above = self._comments(indent)
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
        return Block(tuple(entries), self._closing(above, indent))

    def _comments(self, indent: int) -> tuple[str, ...]:
        """Takes the comments at `indent` and the blank lines that stand here."""
        data = self.data
        mark = b" " * indent + b"#"
        lines = []
        while True:
            if data.startswith(b"\n", self.position):
                lines.append("")
                self.position += 1
            elif data.startswith(mark, self.position):
                self.position += indent
                lines.append(self._comment())
            else:
                return tuple(lines)

    def _closing(self, lines: tuple[str, ...], indent: int) -> tuple[str, ...]:
        """Gives blank lines behind a nested block back: they stand above what follows it."""
        if indent:
            while lines and not lines[-1]:
                lines = lines[:-1]
                self.position -= 1
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
        match = _PLAIN_LABEL.match(self.data, self.position)
        if match:
            self.position = match.end()
            return match.group(1).decode()
        key = self._quoted()
        if not self.data.startswith(b":", self.position):
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
        data = self.data
        if isinstance(shape, ListOf):
            if not shape.may_be_empty or not data.startswith(b"[]", self.position):
                raise _NotFormattedError
            self.position += 2
            return Block(()), self._rest()
        if shape is Scalar.TEXT and data.startswith(b"|", self.position):
            return self._literal(indent), ""
        if data.startswith((b'"', b"'"), self.position):
            plain, token = False, self._quoted()
        else:
            plain, token = True, self._plain()
        behind = self._rest()
        if isinstance(shape, Scalar):
            value = read_scalar(shape, token, plain=plain)
            if isinstance(value, Fault):
                raise _NotFormattedError
            return value, behind
        if not isinstance(shape, Fields) or token != shape.word:
            raise _NotFormattedError
        return token, behind

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

    def _literal(self, indent: int) -> str:
        """Takes a literal block and proves its spelling on the bytes, which is what makes reading fast."""
        data = self.data
        header = _HEADER.match(data, self.position)
        end = _BODY_END[indent].search(data, header.end() - 1) if header else None
        if not header or not end:
            raise _NotFormattedError
        lines = data[header.end() - 1 : end.start()].rstrip(b"\n")
        pad = b"\n" + b" " * indent
        clipped = header.group() in (b"|\n", b"|2\n")
        body = lines.replace(pad, b"\n")[1:] + (b"\n" if clipped else b"")
        if pad + b"\n" in lines or b"\n" not in body or spelling.block_header(body) != header.group()[:-1]:
            raise _NotFormattedError
        text = body.decode()
        self._proved[text, indent] = header.group()[:-1] + lines
        self.position = header.end() - 1 + len(lines) + 1
        return text


def _rank(shape: Fields | FreeKeys, key: str) -> object:
    """Keys stand in their canonical order, each once: ranks only grow."""
    if isinstance(shape, FreeKeys):
        return metadata_order(key)
    try:
        return tuple(shape.keys).index(key)
    except ValueError:
        raise _NotFormattedError from None


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

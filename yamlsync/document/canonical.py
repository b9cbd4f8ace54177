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
# Most entries are one of these, as a whole line: a key and a plain text, or a key and a block's header.
_USUAL = {
    indent: re.compile(rb" {%d}([A-Za-z][A-Za-z0-9_.-]*): (?:(?=(\|))|([^\n#\"'\[|][^\n#]*+)\n)" % indent)
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
    if reader.position != len(data):
        return None
    return block if render(block, shape, reader.spell) == data else None


class _Reader:
    """One pass over a file; `position` is the start of the line, or of the rest of it, that comes next."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0
        # By identity, for hashing whole texts takes longer; the text is kept so that its identity is.
        self._proved: dict[int, tuple[str, bytes]] = {}

    def spell(self, text: str, indent: int) -> bytes:
        """The canonical spelling of a text; those of blocks were proved while they were read."""
        proved = self._proved.get(id(text))
        return proved[1] if proved else spelling.text(text, indent)

    def mapping(self, shape: Fields | FreeKeys, indent: int, *, dashed: bool = False) -> Block:
        """Takes the entries of a mapping at `indent`; the first stands on this line if it is `dashed`."""
        entries: list[Entry] = []
        usual = _USUAL[indent]
        last: object = None
        above: tuple[str, ...] = ()
        while True:
            match = None if dashed and not entries else usual.match(self.data, self.position)
            if match:
                above, key = (), match.group(1).decode()
                inner = value_shape(shape, key)
                value, behind = self._usual_value(match, inner, indent), ""
            else:
                if not (dashed and not entries):
                    above = self._comments(indent)
                    if not self._at_entry(indent):
                        break
                    self.position += indent
                key = self._key()
                value, behind = self._value(value_shape(shape, key), indent + STEP_INDENT)
            rank = shape.ranks.get(key, -1) if isinstance(shape, Fields) else metadata_order(key)
            # Keys stand in their canonical order, each once: ranks only grow. An unknown one has none.
            if rank == -1 or (last is not None and not last < rank):  # type: ignore[operator]
                raise _NotFormattedError
            last = rank
            entries.append(Entry(key, value, above, behind))
        if not entries or (
            isinstance(shape, Fields) and not shape.required <= {entry.key for entry in entries}
        ):
            raise _NotFormattedError
        return Block(tuple(entries), self._closing(above, indent))

    def _usual_value(self, match: re.Match[bytes], shape: Shape, indent: int) -> Value:
        """Takes the rest of a usual entry: a plain text to the end of its line, or a block."""
        if shape is not Scalar.TEXT:
            self.position = match.end(1) + 2
            value, behind = self._scalar(shape, indent + STEP_INDENT)
            if behind:
                raise AssertionError("a usual entry has no comment")
            return value
        if match.group(2):
            self.position = match.end()
            return self._literal(indent + STEP_INDENT)
        self.position = match.end()
        return match.group(3).decode()

    def _list(self, shape: ListOf, indent: int) -> Block:
        entries: list[Entry] = []
        dash = b" " * indent + b"- "
        above: tuple[str, ...] = ()
        while True:
            match = _USUAL_ITEM.match(self.data, self.position) if shape.item is Scalar.TEXT else None
            if match:
                self.position = match.end()
                entries.append(Entry(None, match.group(1).decode()))
                continue
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
        clipped = header.group() in (b"|\n", b"|2\n")
        body = _PAD[indent].sub(b"\n", lines)[1:] + (b"\n" if clipped else b"")
        if b"\n" not in body or spelling.block_header(body) != header.group()[:-1]:
            raise _NotFormattedError
        text = body.decode()
        self._proved[id(text)] = (text, header.group()[:-1] + lines)
        self.position = header.end() - 1 + len(lines) + 1
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

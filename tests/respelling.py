"""Documents spelled as people might: any style that YAML has, and comments wherever it takes one.

`respell` turns a document into a text that must be read to the same values, and to the comments that it
tells. Which of the ways is taken, chance says: a `random.Random`, or Hypothesis's own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from attrs import define, field

from yamlsync.document import spelling
from yamlsync.document.model import Block, Entry, Scalar, Shape, Value
from yamlsync.document.render import item_shape, value_shape
from yamlsync.document.scalars import is_null, read_scalar

_WORDS = [
    "# note",
    "#",
    "#no blank",
    "# key: value",
    "# 漢字 😀",
    '# "quoted" | > \\',
    "# # #",
    "#-",
    "# - a",
    "#: b",
]
_TOKEN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+-]*\Z")
_FOLDS = re.compile(r"(?<=[^ \t\n]) (?=[^ \t\n#])")
_BREAKS = re.compile(r"(?<=[^ \t\n])\n(?=[^ \t\n#])")
_DOUBLE = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')


@define
class Respelling:
    """A text as it grows, and the comments in it."""

    chance: random.Random
    with_tabs: bool = False
    comments: list[str] = field(factory=list)
    tabs: int = 0

    def one(self, share: float) -> bool:
        return self.chance.random() < share

    # Comments and white space.

    def comment(self) -> str:
        said = self.chance.choice(_WORDS)
        if self.one(0.7):
            said += f" {len(self.comments)}"
        self.comments.append(said)
        return said + self.chance.choice(["", "", "", " ", "\t"])

    def blanks(self) -> str:
        """What stands before a comment on the line of something else."""
        if self.with_tabs and self.one(0.1):
            self.tabs += 1
            return self.chance.choice(["\t", " \t", "\t "])
        return " " * self.chance.choice([1, 1, 2, 5])

    def behind(self, share: float = 0.3) -> str:
        return self.blanks() + self.comment() if self.one(share) else " " * self.chance.choice([0, 0, 0, 2])

    def lines(self, share: float = 0.25, *, first_below: int | None = None, blank: bool = True) -> str:
        """Lines of comments, and blank ones; the first comment in a column before `first_below`."""
        found: list[str] = []
        limit = first_below
        while self.one(share) and len(found) < 5:
            if blank and self.one(0.4):
                # Behind a block scalar, blanks would be part of it.
                found.append(" " * (self.chance.choice([0, 0, 3]) if limit is None else 0))
                continue
            column = self.chance.choice([0, 0, 1, 2, 3, 4, 5, 6, 8, 10])
            if limit is not None:
                column = min(column, limit - 1)
                limit = None
            found.append(" " * column + self.comment())
        return "".join(f"{line}\n" for line in found)

    # Scalars.

    def scalar(self, value: Value, shape: Shape, parent: int, *, flow: bool = False) -> str:
        """A scalar, from its first character to its last; `parent` is the column of the block around it."""
        if not isinstance(value, str):
            return self.other(value)
        pads = parent + self.chance.choice([1, 1, 2, 4])
        ways: list[Callable[[], str | None]] = [
            lambda: self.plain(value, shape, pads, flow=flow),
            lambda: self.single(value, pads),
            lambda: self.double(value, pads),
        ]
        if not flow:
            ways += [lambda: self.literal(value, parent), lambda: self.folded(value, parent)]
        self.chance.shuffle(ways)
        return next(text for way in ways if (text := way()) is not None)

    def other(self, value: Value) -> str:
        if value is None:
            return self.chance.choice(["~", "null", "Null", "NULL"])
        assert not isinstance(value, str | Block)
        spelled = spelling.date(value)
        if isinstance(value, int) and value >= 0 and self.one(0.3):
            spelled = self.chance.choice(["+", "0", "+00"]) + spelled
        return spelled

    def plain(self, value: str, shape: Shape, pads: int, *, flow: bool) -> str | None:
        if not (spelling.is_plain(value) or _TOKEN.match(value)) or is_null(value):
            return None
        if flow and re.search(r"[,\[\]{}?:#]", value):
            return None
        kind = shape if isinstance(shape, Scalar) else Scalar.TEXT
        if read_scalar(kind, value, plain=True) != value or not isinstance(value, str):
            return None
        return self.folds(value, pads)

    def folds(self, value: str, pads: int) -> str:
        """Some blanks between words as line breaks, and all line breaks as blank lines."""
        if self.one(0.6) and "\n" not in value:
            return value
        blank = lambda _: f"\n{' ' * self.chance.choice([0, 0, pads])}\n" + " " * pads  # noqa: E731
        broken = lambda match: f"\n{' ' * pads}" if self.one(0.5) else match.group()  # noqa: E731
        return _BREAKS.sub(blank, _FOLDS.sub(broken, value))

    def single(self, value: str, pads: int) -> str | None:
        if _DOUBLE.search(value.replace("\n", "").replace('"', "").replace("\\", "")):
            return None
        if "\n" in _BREAKS.sub("", value):
            return None
        return f"'{self.folds(value, pads).replace(chr(39), chr(39) * 2)}'"

    def double(self, value: str, pads: int) -> str:
        parts = []
        for position, character in enumerate(value):
            if _DOUBLE.match(character) or self.one(0.02):
                parts.append(self.escaped(character))
            else:
                parts.append(character)
            following = value[position + 1 : position + 2]
            if following and following not in " \t" and self.one(0.03):
                parts.append("\\\n" + " " * pads)
        return '"' + "".join(parts) + '"'

    def escaped(self, character: str) -> str:
        code = ord(character)
        short = {
            "\t": "\\t",
            "\n": "\\n",
            "\r": "\\r",
            '"': '\\"',
            "\\": "\\\\",
            "\0": "\\0",
            "\x1b": "\\e",
            "\x85": "\\N",
        }
        ways = [f"\\U{code:08X}"]
        if character in short:
            ways += [short[character]] * 3
        if code < 0x100:
            ways.append(f"\\x{code:02x}")
        if code < 0x10000:
            ways.append(f"\\u{code:04x}")
        return self.chance.choice(ways)

    def literal(self, value: str, parent: int) -> str | None:
        stripped = value.rstrip("\n")
        if spelling.has_odd_characters(value.encode()):
            return None
        if not stripped:
            # A text of line breaks alone: what is deeper than the key would be taken for text.
            self.last_block = parent + 1, "+"
            return "|" + ("+" if value else "-") + self.behind(0.3) + "\n" * len(value)
        lead = re.match(r" *(?:\n *)*", stripped)
        assert lead is not None
        if stripped[lead.end() :][:1] == "\t":
            return None
        indent = self.chance.choice([1, 2, 2, 4, 7])
        indicator = " " in lead.group() or self.one(0.2)
        return self.block("|", stripped.split("\n"), value, parent + indent, str(indent) if indicator else "")

    def folded(self, value: str, parent: int) -> str | None:
        stripped = value.rstrip("\n")
        header = spelling.block_header((stripped + "\n").encode()) if stripped else None
        if header != b"|" or re.search(r"(?m)^[ \t]+$", stripped):
            return None
        lines: list[str] = []
        deep = True
        for line in stripped.split("\n"):
            if not line:
                lines.append("")
                continue
            # A line break is folded between two lines that start with no blank.
            if not deep and line[0] not in " \t":
                lines.append("")
            deep = line[0] in " \t"
            lines += (line if deep else _FOLDS.sub(self.broken, line)).split("\n")
        return self.block(">", lines, value, parent + self.chance.choice([1, 2, 2, 4]), "")

    def broken(self, match: re.Match[str]) -> str:
        return "\n" if self.one(0.5) else match.group()

    def block(self, mark: str, lines: Sequence[str], value: str, indent: int, indicator: str) -> str:
        """A block scalar, its last line break left to the caller."""
        breaks = len(value) - len(value.rstrip("\n"))
        chomping = "-" if not breaks else "+" if breaks > 1 or self.one(0.1) else ""
        header = mark + self.chance.choice([indicator + chomping, chomping + indicator]) + self.behind(0.3)
        body = "".join(f"\n{' ' * indent + line if line else ''}" for line in lines)
        extra = "\n" * (breaks - 1) if breaks > 1 else ""
        self.last_block = indent, chomping
        return header + body + extra

    last_block: tuple[int, str] | None = None

    # Collections in block style.

    def key(self, key: str) -> str:
        if (spelling.key(key) == key or (_TOKEN.match(key) and not is_null(key))) and self.one(0.6):
            return key
        single = not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", key)
        return (
            f"'{key.replace(chr(39), chr(39) * 2)}'"
            if single and self.one(0.5)
            else self.double(key, 1).replace("\\\n ", "")
        )

    def mapping(self, block: Block, shape: Shape, column: int, *, started: bool = False) -> str:
        """All lines of a mapping; the first key follows what is there if it `started`."""
        entries = list(block.entries)
        self.chance.shuffle(entries)
        out = []
        for index, entry in enumerate(entries):
            if index or not started:
                out.append(self.gap())
                out.append(" " * column)
            out.append(self.pair(entry, value_shape(shape, entry.key or ""), column))
        return "".join(out)

    def gap(self) -> str:
        """What may stand between two lines of blocks."""
        if self.last_block is None:
            return self.lines()
        indent, chomping = self.last_block
        self.last_block = None
        return self.lines(first_below=indent, blank=chomping != "+")

    def pair(self, entry: Entry, shape: Shape, column: int) -> str:
        """A key and its value, to the line break behind it."""
        assert entry.key is not None
        if self.one(0.1):
            text = self.scalar(entry.key, Scalar.TEXT, column)
            out = "?" + self.separated(text, column)
            out += (self.behind() if self.last_block is None else "") + "\n" + self.gap() + " " * column + ":"
        else:
            out = self.key(entry.key) + " " * self.chance.choice([0, 0, 0, 1]) + ":"
        return out + self.value(entry.value, shape, column)

    def separated(self, text: str, column: int) -> str:
        """A text behind an indicator: on its line, or on one below, with comments between."""
        if self.one(0.7):
            return " " * self.chance.choice([1, 1, 3]) + text
        pad = " " * (column + self.chance.choice([1, 2, 4]))
        return self.behind(0.6) + "\n" + self.lines(0.3) + pad + text

    def value(self, value: Value, shape: Shape, column: int, *, dash: bool = False) -> str:
        """What stands behind a colon or a dash at `column`, to the line break behind it."""
        if isinstance(value, Block) and value.entries and self.one(0.8):
            return self.nested(value, shape, column, dash=dash)
        if value is None and self.one(0.2):
            return self.behind() + "\n"
        if isinstance(value, Block):
            text = self.flow(value, shape, column)
        else:
            text = self.scalar(value, shape, column)
        where = self.separated(text, column)
        return where + (self.behind() if self.last_block is None else "") + "\n"

    def nested(self, value: Block, shape: Shape, column: int, *, dash: bool) -> str:
        if value.entries[0].key is None:
            inner = column + self.chance.choice([0, 0, 2, 2, 4])
            return self.behind() + "\n" + self.items(value, shape, inner)
        if dash and self.one(0.7):
            blanks = self.chance.choice([1, 1, 3])
            return " " * blanks + self.mapping(value, shape, column + 1 + blanks, started=True)
        return self.behind() + "\n" + self.mapping(value, shape, column + self.chance.choice([1, 2, 2, 4]))

    def items(self, block: Block, shape: Shape, column: int) -> str:
        out = []
        for entry in block.entries:
            out.append(self.gap() + " " * column + "-")
            out.append(self.value(entry.value, item_shape(shape), column, dash=True))
        return "".join(out)

    # Flow style.

    def between(self, column: int) -> str:
        """What may stand between two tokens in brackets."""
        if self.one(0.6):
            return self.chance.choice(["", " ", " "])
        pad = " " * (column + self.chance.choice([1, 2, 4]))
        return self.behind(0.5) + "\n" + self.lines(0.3) + pad

    def flow(self, block: Block, shape: Shape, column: int) -> str:
        """A collection in brackets; lines after the first are deeper than `column`."""
        if not block.entries:
            return f"[{self.between(column)}]"
        entries = list(block.entries)
        is_list = entries[0].key is None
        if not is_list:
            self.chance.shuffle(entries)
        out = ["[" if is_list else "{"]
        for index, entry in enumerate(entries):
            out.append(self.between(column))
            inner = item_shape(shape) if entry.key is None else value_shape(shape, entry.key)
            if entry.key is not None:
                out.append(self.flow_key(entry.key, column))
            if isinstance(entry.value, Block):
                out.append(self.flow(entry.value, inner, column))
            elif entry.value is not None or self.one(0.8):
                out.append(self.scalar(entry.value, inner, column, flow=True))
            out.append(self.between(column))
            if index + 1 < len(entries) or self.one(0.2):
                out.append(",")
        out += [self.between(column), "]" if is_list else "}"]
        return "".join(out)

    def flow_key(self, key: str, column: int) -> str:
        text = self.key(key)
        if self.one(0.1):
            return "? " + self.between(column) + text + self.between(column) + ": " + self.between(column)
        if text[0] == '"' and self.one(0.2):
            return text + ":"
        return text + ": " + self.between(column)

    # The file.

    def document(self, block: Block, shape: Shape) -> str:
        column = self.chance.choice([0, 0, 0, 0, 1, 2, 4])
        out = [self.lines(0.3)]
        marker = self.one(0.25)
        if marker:
            out.append("---")
        if self.one(0.1):
            if marker and self.one(0.5):
                out.append(" ")
            elif marker:
                out += [self.behind(), "\n", self.lines()]
            out += [self.flow(block, shape, 0), self.behind(), "\n"]
        else:
            if marker:
                out += [self.behind(), "\n"]
            out.append(self.mapping(block, shape, column))
        out.append(self.gap())
        if self.one(0.15):
            out += ["...", self.behind(), "\n", self.lines(0.4)]
        return "".join(out)


def respell(
    block: Block, shape: Shape, chance: random.Random, *, tabs: bool = False
) -> tuple[bytes, list[str], bool]:
    """A text for a document, its comments, and whether a tab stands before one of them."""
    made = Respelling(chance, tabs)
    data = made.document(block, shape).encode()
    comments = [comment.rstrip(" \t") for comment in made.comments]
    if made.one(0.2):
        data = data.replace(b"\n", b"\r\n")
    if made.one(0.1):
        data = b"\xef\xbb\xbf" + data
    if made.one(0.1) and not data.endswith((b"\n\n", b"\n\r\n")):
        data = data.removesuffix(b"\n").removesuffix(b"\r")
    return data, comments, made.tabs > 0

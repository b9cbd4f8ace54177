"""The quick reader: the usual shape of YAML, line by line; declines whatever it is not sure of.

What it takes, the general reader reads the same: a property test holds them to it.
"""

from __future__ import annotations

import re

from attrs import define

from yamlsync.document.foreign.parts import MAX_DEPTH, ForeignText, Part

# Repetitions of characters are possessive: what they took they keep. Those of groups are not: Python before
# 3.11.5 reads them wrongly where they hold a look-around. Each begins with a character of its own, so that
# there is but one way to take a line.
_REST = r"[^\n:#]*+(?:(?::(?=[^ \n])|(?<=[^ \n])\#)[^\n:#]*+)*"
"""Of a plain scalar: it ends before a colon or a comment that is one; blanks before that are still in it."""
_SINGLE = r"'[^'\n]*+(?:''[^'\n]*+)*'"
_DOUBLE = r'"[^"\\\n]*+(?:\\[\\"nt][^"\\\n]*+)*"'
_WORD = r"""(?:[\w/.][\w/.-]*+|'[^'\n]*+'|"[^"\\\n]*+")"""
_LIST = rf"\[[ ]*+(?:{_WORD}[ ]*+(?:,[ ]*+{_WORD}[ ]*+)*)?\]"
_PAIR = rf"\{{[ ]*+(?:[\w.-]++:[ ]++{_WORD}[ ]*+)?\}}"
_VALUE = rf"""(?:[\w/.($^;~+\\]|-(?=[^ \n])){_REST}|{_SINGLE}|{_DOUBLE}|\|-?+(?=[ ]*+$)|{_LIST}|{_PAIR}"""
_LINE = re.compile(
    rf"""
    ([ ]*+)
    (?:
        (?: ([\w/.]{_REST}(?<![ ])|{_SINGLE}|{_DOUBLE}) :(?=[ ]|$) | (-)(?=[ ]) ) (?:[ ]++({_VALUE}))?
    )?
    [ ]*+ (?:(?<![^ \n])\#[^\n]*+)?
    (?:\n|\Z)
    """,
    re.VERBOSE | re.MULTILINE,
)
_WORDS = re.compile(_WORD)
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t"}
_QUOTES = frozenset("'\"")
_MARKED = frozenset("'\"|[{")
_LONGEST_KEY = 500
_BLANKS = re.compile(r"[ \n]*\n")


class _DeclinedError(Exception):
    """The text has a part that only the general reader can be trusted with."""


def outline(text: str) -> ForeignText | None:
    """The tree of a text of the usual shape; None where that takes the general reader."""
    if _ODD.search(text) or "\n..." in text or text.startswith("..."):
        return None
    try:
        return _Outline(text).run()
    except _DeclinedError:
        return None


@define(eq=False)
class _Block:
    """A mapping or list that is open: the column where it starts in its lines, and its keys so far."""

    column: int
    pairs: list[tuple[Part, Part]] | None
    items: list[Part] | None
    keys: dict[str, Part]


class _Outline:
    """The reading of one text. A document is read as if it were the value of a key in column -1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 4 if text.startswith("---\n") else 0
        self.document: list[tuple[Part, Part]] = []
        self.duplicates: list[tuple[Part, Part]] = []
        self.blocks = [_Block(-1, self.document, None, {})]
        self.waiting: Part | None = Part(0, 0)

    def run(self) -> ForeignText:
        text, blocks, line = self.text, self.blocks, _LINE.match
        length = len(text)
        while self.position < length:
            match = line(text, self.position)
            if match is None:
                raise _DeclinedError
            self.position = match.end()
            blanks, key, dash, value = match.groups()
            if key is None and (dash is None or value is None):
                if dash is not None:
                    raise _DeclinedError
                continue
            block, column = blocks[-1], len(blanks)
            if self.waiting is not None:
                block = self._answer(block, column, match.end(1), is_item=key is None)
            if column != block.column or (block.items is None) != (dash is None):
                block = self._leave(column, is_item=key is None)
            if block.items is not None:
                block.items.append(self._value(value, match.start(4), column))
            else:
                self._pair(block, key, match, value)
        if self.waiting is not None and self.document:
            self._empty(blocks[-1])
        root = self.document[0][1] if self.document else None
        return ForeignText(root, None, tuple(self.duplicates))

    def _answer(self, block: _Block, column: int, start: int, *, is_item: bool) -> _Block:
        """A line behind a key without a value: it opens the value, or leaves the key without one."""
        waiting = self.waiting
        if column > block.column or (column == block.column and is_item and block.items is None):
            # A list may start in the column of its key.
            value = Part(start, start)
            if waiting is not None and block.pairs is not None:
                block.pairs.append((waiting, value))
            if len(self.blocks) > MAX_DEPTH:
                raise _DeclinedError
            if is_item:
                value.items = []
            else:
                value.pairs = []
            block = _Block(column, value.pairs, value.items, {})
            self.blocks.append(block)
        else:
            self._empty(block)
        self.waiting = None
        return block

    def _empty(self, block: _Block) -> None:
        key = self.waiting
        if key is not None and block.pairs is not None:
            block.pairs.append((key, Part(key.end + 1, key.end + 1, "")))

    def _leave(self, column: int, *, is_item: bool) -> _Block:
        """The block that a line belongs to which does not go on with the innermost one."""
        blocks = self.blocks
        block = blocks[-1]
        while column < block.column or (column == block.column and block.items is not None and not is_item):
            blocks.pop()
            block = blocks[-1]
        if column != block.column or (block.items is not None) != is_item:
            raise _DeclinedError
        return block

    def _pair(self, block: _Block, source: str, match: re.Match[str], value: str | None) -> None:
        start, end = match.span(2)
        if end - start > _LONGEST_KEY or block.pairs is None:
            raise _DeclinedError
        key = _quoted(source, start) if source[0] in _QUOTES else Part(start, end, source)
        name = key.token or ""
        # Most keys are new: that is told by what comes back.
        first = block.keys.setdefault(name, key)
        if first is not key:
            self.duplicates.append((key, first))
        if value is None:
            self.waiting = key
        elif value[0] not in _MARKED and value[-1] != " ":
            block.pairs.append((key, Part(*match.span(4), value)))
        else:
            block.pairs.append((key, self._value(value, match.start(4), block.column)))

    def _value(self, source: str, start: int, column: int) -> Part:
        """The value that stands behind a key or a dash, in a block that starts in `column`."""
        first = source[0]
        if first not in _MARKED and source[-1] != " ":
            return Part(start, start + len(source), source)
        if first == "|":
            value, self.position = _literal(self.text, self.position, column, source, start)
            return value
        return _flow(source, start) if first in "[{" else _scalar(source, start)


def _scalar(source: str, start: int) -> Part:
    if source[0] in _QUOTES:
        return _quoted(source, start)
    token = source.rstrip(" ")
    return Part(start, start + len(token), token)


def _quoted(source: str, start: int) -> Part:
    if source[0] == "'":
        return Part(start, start + len(source), source[1:-1].replace("''", "'"), "'")
    token = source[1:-1]
    if "\\" in token:
        token = _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), token)
    return Part(start, start + len(source), token, '"')


def _flow(source: str, start: int) -> Part:
    """A list of words in brackets, or one pair of them in braces."""
    value = Part(start, start + len(source))
    parts = [_scalar(match[0], start + match.start()) for match in _WORDS.finditer(source)]
    if source[0] == "[":
        value.items = parts
    else:
        value.pairs = [(parts[0], parts[1])] if parts else []
    return value


def _literal(text: str, position: int, indent: int, source: str, start: int) -> tuple[Part, int]:
    """A literal block, and where the line behind it starts. Only one that is indented evenly."""
    first = _BLANKS.match(text, position)
    if first is not None:
        raise _DeclinedError
    width = 0
    while text[position + width : position + width + 1] == " ":
        width += 1
    if width <= indent or text[position + width : position + width + 1] in ("", "\n"):
        raise _DeclinedError
    lines = []
    prefix = " " * width
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        if line.startswith(prefix):
            lines.append(line[width:])
        elif not line:
            lines.append("")
        else:
            rest = line.lstrip(" ")
            if not rest or rest[0] == "#":
                raise _DeclinedError
            break
        position = min(end + 1, len(text))
    ended = text.endswith("\n") or position < len(text)
    while lines and not lines[-1]:
        lines.pop()
        ended = True
    token = "\n".join(lines) + ("\n" if ended and not source.startswith("|-") else "")
    return Part(start, start, token, "|"), position

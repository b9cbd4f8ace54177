"""Lines of a Markdown text → what each is: prose, code, a heading, a list, a table.

A scanner of lines, as far as a reader of changes needs it: right about fences, also in lists and quotes; what
is doubtful gets the kind that it looks like. Each line is looked at once.

It shares nothing with what the rules have: their search for fences gives up where one is open or HTML is in
the way, and knows no other kind of line; their parser takes many times as long, and refuses long texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from attrs import define, field, frozen

Kind: TypeAlias = Literal[
    "blank", "code", "fence", "heading", "html", "list", "prose", "quote", "rule", "table"
]


@frozen
class Block:
    """What a line is. `info` is what stands behind a fence's mark, on all its lines, or a heading's title."""

    kind: Kind
    info: str = ""
    level: int = 0


_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_HEADING = re.compile(r"(#{1,6})(?![^ \t])")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
_RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_ITEM = re.compile(r"(?:[-+*]|(\d{1,9})[.)])(?:( +)(?=\S)|[ ]*$)")
_QUOTES = re.compile(r"(?: *> ?)+")
_ACTION = re.compile(r"(?:\{\{[^{}]*\}\})?[ \t]*$")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?(?:[ \t]*\|[ \t]*:?-+:?)*[ \t]*\|?$")
_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|body|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption"
    r"|figure|footer|form|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|optgroup|option|p"
    r"|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?:[ \t]|/?>|$)",
    re.IGNORECASE,
)
_LONE_TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:[ \t][^<>]*)?/?>[ \t]*$", re.IGNORECASE)
_OPENERS = (
    (re.compile(r"<!--"), re.compile(r"-->")),
    (
        re.compile(r"<(?:script|pre|style|textarea)(?=[ \t>]|$)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
)

_CODE_INDENT = 4
_BLANK, _CODE, _HTML, _RULED, _TABLE = (Block(kind) for kind in ("blank", "code", "html", "rule", "table"))
_LIST, _PROSE, _QUOTE = (Block(kind) for kind in ("list", "prose", "quote"))


def blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """What each line is; lines stand without their line breaks."""
    scanner = _Scanner()
    for line in lines:
        scanner.take(line)
    return tuple(scanner.found)


@frozen
class _Fence:
    mark: str
    quotes: int
    offset: int
    inside: Block


@define
class _Scanner:
    """What is open at the end of the lines that were taken."""

    found: list[Block] = field(factory=list)
    _fence: _Fence | None = None
    _html: re.Pattern[str] | None = None
    """Finds the end of a block of HTML."""
    _paragraph: list[str] = field(factory=list)
    _is_table: bool = False
    _offsets: list[int] = field(factory=list)
    """Where the text of each list's item begins that is open."""
    _quotes: int = 0

    def take(self, line: str) -> None:
        """Adds what a line is."""
        if "\t" in line:
            line = line.expandtabs(4)
        quotes = 0
        body = line.lstrip(" ")
        if body.startswith(">") and len(line) - len(body) < _CODE_INDENT + self._offset():
            mark = _QUOTES.match(line)
            quotes = mark[0].count(">") if mark else 0
            line = line[mark.end() :] if mark else line
            body = line.lstrip(" ")
        indent = len(line) - len(body)
        if self._fence and self._goes_on(self._fence, body, indent, quotes):
            return
        if self._html is not None:
            self._take_html(body)
            return
        if not body:
            self._ends_paragraph()
            self.found.append(_BLANK if not quotes else _QUOTE)
            return
        is_lazy = bool(self._paragraph) and quotes < self._quotes and not self._interrupts(body)
        if quotes != self._quotes and not is_lazy:
            self._ends_paragraph()
            self._offsets.clear()
            self._quotes = quotes
        self.found.append(self._begun(body, indent, is_lazy=is_lazy))

    def _offset(self) -> int:
        return self._offsets[-1] if self._offsets else 0

    def _ends_paragraph(self) -> None:
        self._paragraph.clear()
        self._is_table = False

    def _goes_on(self, fence: _Fence, body: str, indent: int, quotes: int) -> bool:
        """Whether a line belongs to the fence that is open; then it is added."""
        if quotes < fence.quotes or (body and indent < fence.offset):
            self._fence = None
            return False
        if quotes == fence.quotes and body.startswith(fence.mark) and indent - fence.offset < _CODE_INDENT:
            rest = body.lstrip(fence.mark[0])
            if _ACTION.match(rest):
                self.found.append(Block("fence", fence.inside.info))
                self._fence = None
                return True
        self.found.append(fence.inside)
        return True

    def _take_html(self, body: str) -> None:
        end = self._html
        if end is _EMPTY and not body:
            self._html = None
            self.found.append(_BLANK)
            return
        if end is not None and end is not _EMPTY and end.search(body):
            self._html = None
        self.found.append(_HTML)

    def _begun(self, body: str, indent: int, *, is_lazy: bool) -> Block:
        """What a line is that begins something, or goes on with a paragraph."""
        first = body[0]
        if first.isalpha() and not self._is_table and "|" not in body:
            return self._text(body, indent)
        if self._paragraph and indent - self._offset() >= _CODE_INDENT:
            return self._text(body, indent)
        if not self._paragraph or self._interrupts(body):
            while self._offsets and indent < self._offsets[-1]:
                self._offsets.pop()
                self._ends_paragraph()
        if indent - self._offset() >= _CODE_INDENT:
            return _CODE
        return (
            self._fence_in(body)
            or self._heading_in(body, first, is_lazy=is_lazy or indent < self._offset())
            or self._item_in(body, indent)
            or self._html_in(body, first)
            or self._table_in(body)
            or self._text(body, indent)
        )

    def _interrupts(self, body: str) -> bool:
        if body[0] in "`~#<*_-=":
            return bool(
                _FENCE.match(body)
                or _HEADING.match(body)
                or _RULE.match(body)
                or _ITEM.match(body)
                or _TAG.match(body)
            )
        return _ITEM.match(body) is not None

    def _fence_in(self, body: str) -> Block | None:
        if not body.startswith(("```", "~~~")):
            return None
        match = _FENCE.match(body)
        if not match:
            return None
        mark, info = match[1] or match[3], (match[2] or match[4] or "").strip()
        self._ends_paragraph()
        self._fence = _Fence(mark, self._quotes, self._offset(), Block("code", info))
        return Block("fence", info)

    def _heading_in(self, body: str, first: str, *, is_lazy: bool = False) -> Block | None:
        if first == "#" and (match := _HEADING.match(body)):
            self._ends_paragraph()
            return Block("heading", _title(body[match.end() :].strip()), len(match[1]))
        if self._paragraph and not (is_lazy or self._is_table) and _UNDERLINE.match(body):
            heading = Block("heading", " ".join(self._paragraph), 1 if first == "=" else 2)
            count = len(self._paragraph)
            self.found[-count:] = [heading] * count
            self._ends_paragraph()
            return heading
        if first in "-*_" and _RULE.match(body):
            self._ends_paragraph()
            return _RULED
        return None

    def _item_in(self, body: str, indent: int) -> Block | None:
        match = _ITEM.match(body)
        if not match or (
            self._paragraph and not self._offsets and (match[1] not in (None, "1") or not match[2])
        ):
            return None
        self._ends_paragraph()
        blanks = len(match[2] or " ")
        inside = match.end() if match[2] and blanks <= _CODE_INDENT else len(match[0].rstrip()) + 1
        self._offsets.append(indent + inside)
        rest = body[match.end() :]
        if not rest:
            return _LIST
        return (
            self._fence_in(rest)
            or (self._heading_in(rest, rest[0]) if rest[0] == "#" else None)
            or (self._item_in(rest, indent + inside) if len(self._offsets) < _MOST_ITEMS else None)
            or self._text(rest, indent + inside)
        )

    def _html_in(self, body: str, first: str) -> Block | None:
        if first != "<":
            return None
        for opener, end in _OPENERS:
            if opener.match(body):
                self._ends_paragraph()
                self._html = None if end.search(body, 4) else end
                return _HTML
        if _TAG.match(body) or (not self._paragraph and _LONE_TAG.match(body)):
            self._ends_paragraph()
            self._html = _EMPTY
            return _HTML
        return None

    def _table_in(self, body: str) -> Block | None:
        if self._is_table:
            return _TABLE
        if len(self._paragraph) == 1 and "|" in self._paragraph[0] and _DELIMITERS.match(body.rstrip()):
            self.found[-1] = _TABLE
            self._is_table = True
            return _TABLE
        return None

    def _text(self, body: str, indent: int) -> Block:
        if not self._paragraph:
            while self._offsets and indent < self._offsets[-1]:
                self._offsets.pop()
            if indent - self._offset() >= _CODE_INDENT:
                return _CODE
        self._paragraph.append(body.strip())
        return _LIST if self._offsets else _QUOTE if self._quotes else _PROSE


def _title(text: str) -> str:
    """A heading's text without the marks that may close it."""
    bare = text.rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else text


_EMPTY = re.compile(r"\Z(?!)")
"""Ends at a line where nothing stands; looks for nothing else."""

_MOST_ITEMS = 32

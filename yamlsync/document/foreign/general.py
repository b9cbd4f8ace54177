"""The general reader: any YAML, by the parser's events → a tree of parts, aliases followed."""

from __future__ import annotations

import re
from typing import Any

from yamlsync.document.foreign.parts import MAX_DEPTH, ForeignText, Part
from yamlsync.document.limits import MAX_NODES
from yamlsync.document.nodes import events
from yamlsync.document.syntax import SyntaxFault

_TOO_DEEP = (f"more than {MAX_DEPTH} levels deep", "write it flatter")
_TOO_MANY = ("too many values in one text", "write fewer")
_SLASH = re.compile(r'"(?:[^\\]|\\[^/])*?(\\/)', re.DOTALL)
_INNER_TABS = re.compile(r"(?:(?<=[^\s-])|(?<=\S-))[ \t]*\t[ \t]*")
# The parser takes time with the square of a tag's length.
_LONG_TAG = re.compile(r"(?<![^\s,\[\]{}])![^\s,\[\]{}]{20000}")
_TAG = re.compile(r"![^\s,\]}]*")


class _UnreadableError(Exception):
    def __init__(self, start: int, end: int, message: str, help: str) -> None:
        super().__init__(message)
        self.fault = SyntaxFault(start, end, message, help)


def read_any(text: str) -> ForeignText:
    """What a text says; with the fault that ends the reading, nothing of it is given."""
    long_tag = _LONG_TAG.search(text)
    if long_tag is not None:
        start = long_tag.start()
        return ForeignText(
            None, SyntaxFault(start, start + 1, "a tag of over 20,000 characters", "delete it")
        )
    read = _read(text)
    if read.fault is not None and "\t" in text:
        # The parser refuses tabs that others take for blanks: inside of plain scalars, and behind them.
        again = _read(_INNER_TABS.sub(lambda match: " " * len(match[0]), text))
        return read if again.fault is not None else again
    return read


def _read(text: str) -> ForeignText:
    composer = _Composer(text)
    try:
        for event in events(text):
            if isinstance(event, SyntaxFault):
                return ForeignText(None, event)
            composer.take(event)
    except _UnreadableError as unreadable:
        return ForeignText(None, unreadable.fault)
    return composer.whole()


class _Composer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Part | None = None
        self.duplicates: list[tuple[Part, Part]] = []
        self._open: list[Part] = []
        self._keys: list[Part | None] = []
        self._seen: list[dict[str, Part]] = []
        self._anchors: dict[str, Part] = {}
        self._anchored: list[int] = []
        self._tags: list[tuple[int, int]] = []
        self._parts = 0
        self._documents = 0

    def whole(self) -> ForeignText:
        """All of a text that was read to its end."""
        return ForeignText(self.root, None, tuple(self.duplicates), tuple(self._anchored), tuple(self._tags))

    def take(self, event: Any) -> None:
        """Takes one event. Raises _UnreadableError where the text says what nobody could read."""
        name = type(event).__name__
        start = event.start_mark.index
        if name == "DocumentStartEvent":
            self._documents += 1
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            self._close(event)
        elif name in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "AliasEvent"):
            if self._documents > 1:
                self._second_document(event)
                return
            self._parts += 1
            if self._parts > MAX_NODES:
                raise _UnreadableError(start, start + 1, *_TOO_MANY)
            if name == "AliasEvent":
                self._add(self._alias(event))
                return
            part = self._part(event, name)
            self._add(part)
            if part.token is None:
                self._push(part)

    def _second_document(self, event: Any) -> None:
        """A document that says nothing, as behind a last line ---, does no harm."""
        if getattr(event, "value", None) != "":
            at = self.text.rfind("\n---", 0, event.start_mark.index) + 1
            help = "put all into one document: delete the line ---"
            raise _UnreadableError(at, at + 3, "a second document, which is never read", help)

    def _part(self, event: Any, name: str) -> Part:
        start, end = event.start_mark.index, event.end_mark.index
        part = Part(start, start)
        if event.anchor is not None:
            self._anchors[event.anchor] = part
            self._anchored.append(start)
        if name == "MappingStartEvent":
            part.pairs = []
        elif name == "SequenceStartEvent":
            part.items = []
        else:
            part.token, part.style = event.value, event.style or ""
            if part.style not in ("|", ">"):
                part.end = end
            if part.style == '"':
                self._refuse_slash(start, end)
            if event.tag is not None:
                part.style = _style(part.style, event.tag)
                if _is_foreign(part.style) and (match := _TAG.search(self.text, start)):
                    self._tags.append(match.span())
        return part

    def _refuse_slash(self, start: int, end: int) -> None:
        if "\\/" in self.text[start:end] and (match := _SLASH.match(self.text, start, end)):
            at = match.start(1)
            message = r"the escape \/, which readers of YAML 1.1 refuse"
            raise _UnreadableError(at, at + 2, message, r"write / alone, or \\/ for a backslash before it")

    def _alias(self, event: Any) -> Part:
        start, end = event.start_mark.index, event.end_mark.index
        part = self._anchors.get(event.anchor)
        if part is None:
            raise _UnreadableError(
                start, end, f"*{event.anchor} stands for nothing", "anchor a value with & first"
            )
        if any(part is each for each in self._open):
            help = "leave the value out, or write it there"
            raise _UnreadableError(start, end, f"*{event.anchor} stands inside of itself", help)
        # A key has a place of its own, to be shown.
        is_key = self._keys and self._open[-1].pairs is not None and self._keys[-1] is None
        return Part(start, end, part.token, part.style) if is_key and part.token is not None else part

    def _add(self, part: Part) -> None:
        if not self._open:
            # An empty document is told as an empty scalar.
            self.root = None if part.token == "" and not part.style else part
            return
        parent, key = self._open[-1], self._keys[-1]
        if parent.items is not None:
            parent.items.append(part)
        elif parent.pairs is not None and key is None:
            self._keys[-1] = part
            self._note_key(part)
        elif parent.pairs is not None and key is not None:
            if part.token == "" and not part.style and self.text[part.start : part.start + 1] != "&":
                # The parser marks an empty value where the next token stands.
                part.start = part.end = self.text.find(":", key.end) + 1
            parent.pairs.append((key, part))
            self._keys[-1] = None

    def _note_key(self, key: Part) -> None:
        if key.token is not None:
            first = self._seen[-1].setdefault(key.token, key)
            if first is not key:
                self.duplicates.append((key, first))

    def _push(self, part: Part) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _UnreadableError(part.start, part.start + 1, *_TOO_DEEP)
        self._open.append(part)
        self._keys.append(None)
        self._seen.append({})

    def _close(self, event: Any) -> None:
        if not self._open:
            return
        part = self._open.pop()
        self._keys.pop()
        self._seen.pop()
        if event.end_mark.index > event.start_mark.index:
            part.end = event.end_mark.index


def _style(style: str, tag: Any) -> str:
    """How a tagged scalar counts: a text as if in quotes, else by the tag's short form."""
    full = str(tag)
    if full == "tag:yaml.org,2002:str":
        return style or '"'
    return full.replace("tag:yaml.org,2002:", "!!") if full.startswith(("!", "tag:yaml")) else f"!{full}"


def _is_foreign(style: str) -> bool:
    return style.startswith("!") and not style.startswith("!!")

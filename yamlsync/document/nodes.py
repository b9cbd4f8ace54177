"""Text → a tree of nodes with their places, by ruamel.yaml's pure event stream; refuses what we never write.

Knows YAML and nothing of the format's keys.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, TypeAlias

from attrs import define, field, frozen

from yamlsync.document.limits import MAX_DEPTH, MAX_NODES
from yamlsync.document.properties import refused_properties
from yamlsync.document.syntax import (
    SyntaxFault,
    explain_bare,
    explain_marked,
    explain_open_quote,
    refuse_long_tag,
)
from yamlsync.problems import Place, Problem

_MOST_RESUMPTIONS = 100
_TOO_DEEP = (f"more than {MAX_DEPTH} levels deep", "write it flatter: the format has three levels at most")

Span: TypeAlias = tuple[int, int, int, int]
"""Start line, start column, end line, end column; from 0, the end exclusive."""


@define
class Node:
    """A scalar (`token` is its text), a mapping (`pairs`) or a list (`items`).

    `style` is "*" where nobody knows what stands there: an alias, or what a syntax error made of a value.
    `cut` says that a syntax error ended the collection early.
    """

    span: Span
    index: int
    end: int
    token: str | None = None
    style: str = ""
    flow: bool = False
    cut: bool = False
    pairs: list[tuple[Node, Node]] | None = None
    items: list[Node] | None = None
    key: Node | None = field(default=None, repr=False)

    @property
    def plain(self) -> bool:
        """Whether a scalar stands there without quotes, and not as a block."""
        return self.style == ""

    @property
    def block_scalar(self) -> bool:
        """Whether a scalar is a literal or folded block."""
        return self.style in ("|", ">")


@frozen
class Composition:
    """What could be read of a file: its root, and whether that is all of it."""

    root: Node | None
    problems: tuple[Problem, ...]


def place(path: str, span: Span) -> Place:
    """The place that a report shows for a span."""
    line, column, end_line, end_column = span
    return Place(path, line + 1, column + 1, end_line + 1, end_column + 1)


def compose(path: str, text: str, known_keys: tuple[str, ...]) -> Composition:
    """The nodes of the one document in `text`.

    After a syntax error it goes on at the next line that starts with one of `known_keys`, so that
    one slip does not hide the next; the root then holds the pairs that could be read.
    """
    long_tag = refuse_long_tag(text)
    if long_tag is not None:
        composer = _Composer(path, text, 0)
        composer.stop(long_tag, "YS104")
        return Composition(None, tuple(composer.problems))
    problems: list[Problem] = []
    pairs: list[tuple[Node, Node]] = []
    root: Node | None = None
    resume = re.compile(rf"^(?:{'|'.join(map(re.escape, known_keys))}):", re.MULTILINE)
    start = 0
    for _ in range(_MOST_RESUMPTIONS):
        composer = _Composer(path, text[start:], text.count("\n", 0, start))
        composer.run()
        problems += composer.problems
        root = root or composer.root
        pairs += (composer.root.pairs or []) if composer.root else []
        line_end = -1 if composer.failed_at is None else text.find("\n", start + composer.failed_at)
        match = resume.search(text, line_end + 1) if line_end >= 0 else None
        if not match:
            break
        start = match.start()
    if root is not None and root.pairs is not None:
        root.pairs = pairs
    return Composition(root, tuple(problems))


def events(text: str) -> Iterator[Any]:
    """The events of the parser for any YAML; the last is a SyntaxFault where it cannot go on."""
    # Imported late: a formatted file never needs the parser, and loading it takes 25 ms.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    reached = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            reached = event.start_mark.index
            yield event
    except MarkedYAMLError as error:
        yield explain_marked(text, error)
    except (YAMLError, ValueError, OverflowError) as error:
        yield explain_bare(text, reached, error)


class _Composer:
    """Reads a text that starts at line `line` of its file."""

    def __init__(self, path: str, text: str, line: int) -> None:
        self.path = path
        self.text = text
        self._line = line
        self._line_ends: list[int] | None = None
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.failed_at: int | None = None
        self._open: list[Node] = []
        self._nodes = 0
        self._documents = 0
        self._reached = 0
        self._last_quoted: tuple[int, int] | None = None

    def run(self) -> None:
        # Imported late: a formatted file never needs the parser, and loading it takes 25 ms.
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            for event in YAML(typ="safe", pure=True).parse(self.text):
                if not self._take(event):
                    return
        except MarkedYAMLError as error:
            fault = explain_marked(self.text, error)
            self.stop(explain_open_quote(self.text, fault, self._last_quoted) or fault)
        except (YAMLError, ValueError, OverflowError) as error:
            self.stop(explain_bare(self.text, self._reached, error))
        except RecursionError:
            self.stop(SyntaxFault(self._reached, self._reached + 1, *_TOO_DEEP), "YS105")

    def _take(self, event: Any) -> bool:
        """Takes one event; False ends the reading."""
        name = type(event).__name__
        self._reached = event.start_mark.index
        if name == "DocumentStartEvent":
            return self._document(event)
        if name in ("MappingEndEvent", "SequenceEndEvent"):
            self._close(event)
            return True
        if name not in ("ScalarEvent", "AliasEvent", "MappingStartEvent", "SequenceStartEvent"):
            return True
        self._nodes += 1
        if len(self._open) >= MAX_DEPTH:
            self.stop(SyntaxFault(self._reached, self._reached + 1, *_TOO_DEEP), "YS105")
            return False
        if self._nodes > MAX_NODES:
            fault = SyntaxFault(
                self._reached, self._reached + 1, "too many values in one file", "write fewer"
            )
            self.stop(fault, "YS105")
            return False
        for at, end, message, help in refused_properties(self.text, event):
            self._refuse(at, end, "YS104", message, help)
        self._add(self._node(event, name))
        return True

    def _document(self, event: Any) -> bool:
        self._documents += 1
        start = event.start_mark.index
        if self._documents > 1:
            help = "keep one document in a file: delete the line ---"
            self._refuse(start, start + 3, "YS104", "a second document", help)
            return False
        for match in re.finditer(r"^%[^\n]*", self.text[:start], re.MULTILINE):
            help = "delete the line: files of this format need none"
            self._refuse(match.start(), match.end(), "YS104", "a directive", help)
        return True

    def _node(self, event: Any, name: str) -> Node:
        start, end = event.start_mark, event.end_mark
        span = (start.line + self._line, start.column, end.line + self._line, end.column)
        node = Node(span, start.index, end.index)
        if name == "ScalarEvent":
            if event.style in ("'", '"'):
                self._last_quoted = (start.index, end.index)
            node.token, node.style = event.value, event.style or ""
            if event.tag is not None and not node.token and node.plain:
                node.style = "*"  # A tag alone is refused, and that is all there is to say.
            if node.block_scalar:
                self._trim(node)
            elif max(event.value, default="") >= "\ud800" and (
                match := re.search("[\ud800-\udfff]", event.value)
            ):
                self._surrogate(node, match.group())
        elif name == "MappingStartEvent":
            node.pairs, node.flow = [], bool(event.flow_style)
        elif name == "SequenceStartEvent":
            node.items, node.flow = [], bool(event.flow_style)
        else:
            node.token, node.style = "", "*"
        return node

    def _trim(self, node: Node) -> None:
        """Ends a block scalar at its last line: blank lines behind it belong to what follows."""
        header_end = self.text.find("\n", node.index)
        lines = self.text[header_end + 1 : node.end].split("\n")
        if "+" in self.text[node.index : header_end].partition("#")[0]:
            count = len(lines) - (not lines[-1])
        elif node.style == "|":
            token = node.token or ""
            count = len(token.removesuffix("\n").split("\n")) if token else 0
        else:
            # Folding hides how many lines there were; one deeper than the text is part of it, though blank.
            indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")), default=0)
            count = max((number for number, line in enumerate(lines, 1) if len(line) > indent), default=0)
        node.end = header_end + sum(len(line) + 1 for line in lines[:count])
        last_line = self.text.rfind("\n", 0, node.end) + 1
        node.span = (*node.span[:2], node.span[0] + count, node.end - last_line)

    def _surrogate(self, node: Node, character: str) -> None:
        source = self.text[node.index : node.end]
        match = re.search(rf"\\(?:u|U0000){ord(character):04x}", source, re.IGNORECASE)
        start = node.index + (match.start() if match else 0)
        self._refuse(
            start,
            start + (len(match.group()) if match else 1),
            "YS111",
            f"an escape that is half of a surrogate pair (U+{ord(character):04X})",
            r"write the character itself, or one \U escape with eight digits for it",
        )

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = self.root or node
        else:
            parent = self._open[-1]
            if parent.items is not None:
                parent.items.append(node)
            elif parent.key is None:
                parent.key = node
            elif parent.pairs is not None:
                if node.token == "" and node.plain:
                    # ruamel.yaml marks an empty value where the next token stands.
                    node.index = node.end = self.text.find(":", parent.key.end) + 1
                    line, column = self._position(node.index)
                    node.span = (line, column, line, column + 1)
                parent.pairs.append((parent.key, node))
                parent.key = None
        if node.token is None:
            self._open.append(node)

    def _close(self, event: Any) -> None:
        node = self._open.pop()
        if node.flow:
            node.end = event.end_mark.index
            node.span = (*node.span[:2], event.end_mark.line + self._line, event.end_mark.column)

    def stop(self, fault: SyntaxFault, code: str = "YS103") -> None:
        """Records why the text cannot be read further than here."""
        self.failed_at = fault.start
        line, _ = self._position(fault.start)
        if code == "YS103":
            self._give_up(line)
            last = self.problems[-1] if self.problems else None
            if (
                last
                and last.code == "YS104"
                and isinstance(last.place, Place)
                and last.place.line == line + 1
            ):
                return  # What stands behind an alias does not fit: that is the same mistake.
        self._refuse(fault.start, fault.end, code, fault.message, fault.help)

    def _give_up(self, line: int) -> None:
        """Marks what a syntax error on `line` leaves half read, so that nothing else is said of it."""
        for node, inner in zip(self._open, [*self._open[1:], None], strict=False):
            node.cut = True
            if node.flow:
                node.style = "*"
            pairs, items = node.pairs or (), node.items or ()
            last = pairs[-1][1] if pairs else items[-1] if items else None
            if last is not None and last is not inner and last.span[0] == line:
                last.style = "*"

    def _refuse(self, start: int, end: int, code: str, message: str, help: str) -> None:
        self.problems.append(Problem(code, message, self._place(start, end), help))

    def _place(self, start: int, end: int) -> Place:
        line, column = self._position(start)
        return place(self.path, (line, column, line, column + max(end - start, 1)))

    def _position(self, index: int) -> tuple[int, int]:
        """Line and column, from 0, in the file; found by halving, since there may be many to find."""
        if self._line_ends is None:
            self._line_ends = [match.start() for match in re.finditer("\n", self.text)]
        line = bisect_left(self._line_ends, index)
        return line + self._line, index - (self._line_ends[line - 1] + 1 if line else 0)


def scalars(node: Node) -> Iterator[Node]:
    """All scalars below a node, in their order in the text."""
    if node.token is not None:
        yield node
    for child in node.items or ():
        yield from scalars(child)
    for key, value in node.pairs or ():
        yield from scalars(key)
        yield from scalars(value)

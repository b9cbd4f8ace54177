"""The structure of a Markdown text, by markdown-it-py: its fences, its code, its links, each in its place.

The one module that knows the library. It is asked only about texts that the search for a few characters
could not clear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from attrs import define, field, frozen

from yamlsync.rules.texts.fences import without_actions

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_TEXT = 256 * 1024
"""Characters. Longer texts are not looked into: YS701 says that they are too long."""

_MAX_WORK = 300_000
"""Calls of the parser's rules for one text. Nested quotes and brackets can take the square of its length."""

_LINE_END = re.compile(r"\r\n?|\n")
_DEFINITION = re.compile(r"\]:[ \t\r\n>]*(<[^<>\r\n]*>|[^\s<]\S*)")


@frozen
class Fence:
    """A block of fenced code: where its opening line stands and how it is written, where the block ends.

    `ended_by` is "mark", "text" (the end of all), or "container": the quote or list's item around it.
    """

    start: int
    end: int
    mark: str
    block_end: int
    ended_by: str


@frozen
class Link:
    """A link or image with its target as it is written, and the characters of the target."""

    start: int
    end: int
    target: str
    is_image: bool


class _TooMuchWorkError(Exception):
    """The parser has done more than a text of this kind is worth."""


@define
class _Record:
    """What the parser saw in one paragraph, as ranges of the paragraph's own text."""

    code: list[tuple[int, int]] = field(factory=list)
    html: list[tuple[int, int]] = field(factory=list)
    links: list[tuple[int, int, str, bool]] = field(factory=list)
    labels: set[str] = field(factory=set)
    silent: bool = False


@define
class Structure:
    """One text. Paragraphs are looked into when their links or code are asked for."""

    _text: str
    _lines: list[tuple[int, int]]
    _tokens: Sequence[Token]
    _env: dict[str, Any]
    _records: dict[int, _Record] = field(factory=dict)

    def fences(self) -> Iterator[Fence]:
        """The blocks of fenced code."""
        for token in self._tokens:
            if token.type == "fence" and token.map is not None:
                yield self._fence(token, *token.map)

    def _fence(self, token: Token, first: int, last: int) -> Fence:
        start, end = self._lines[first]
        start = max(self._text.find(token.markup, start, end), start)
        inside = token.content.count("\n") + bool(token.content and not token.content.endswith("\n"))
        block_end = self._lines[last - 1][1]
        if last - first == inside + 2:
            ended_by = "mark"
        else:
            ended_by = "container" if self._text[block_end:].strip() else "text"
        return Fence(start, end, token.markup, block_end, ended_by)

    def code_blocks(self) -> Iterator[tuple[int, int]]:
        """The ranges of blocks of code, fenced and indented."""
        for token in self._tokens:
            if token.type in ("fence", "code_block") and token.map is not None:
                yield self._range(*token.map)

    def html_blocks(self) -> Iterator[tuple[int, int]]:
        """The ranges of blocks of HTML."""
        for token in self._tokens:
            if token.type == "html_block" and token.map is not None:
                yield self._range(*token.map)

    def code_spans(self, around: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The ranges of code within the paragraphs that hold any of the given places."""
        for token, record in self._paragraphs(around):
            yield from filter(None, self._placed(token, record.code))

    def html_spans(self, around: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The ranges of tags of HTML within the paragraphs that hold any of the given places."""
        for token, record in self._paragraphs(around):
            yield from filter(None, self._placed(token, record.html))

    def links(self, around: Sequence[int]) -> Iterator[Link]:
        """The links and images within the paragraphs that hold any of the given places."""
        for token, record in self._paragraphs(around):
            places = self._placed(token, ((start, end) for start, end, _, _ in record.links))
            for place, (_, _, target, is_image) in zip(places, record.links, strict=True):
                if place is not None:
                    yield Link(*place, target, is_image)

    def definitions(self) -> Iterator[Link]:
        """The definitions of links, such as `[1]: https://example.com`, that some link uses."""
        known = self._env.get("references", {})
        if not known:
            return
        used: set[str] = set()
        for _, record in self._paragraphs(None):
            used |= record.labels
        for label, definition in known.items():
            if label in used and definition.get("map"):
                start, end = self._range(*definition["map"])
                match = _DEFINITION.search(self._text, start, end)
                if match:
                    yield Link(*match.span(1), definition["href"], is_image=False)

    def _paragraphs(self, around: Sequence[int] | None) -> Iterator[tuple[Token, _Record]]:
        for number, token in enumerate(self._tokens):
            if token.type != "inline" or token.map is None:
                continue
            start, end = self._range(*token.map)
            if around is not None:
                index = bisect_left(around, start)
                if index == len(around) or around[index] > end:
                    continue
            if number not in self._records:
                self._records[number] = self._record(token)
            yield token, self._records[number]

    def _record(self, token: Token) -> _Record:
        record = _Record()
        try:
            _parser().inline.parse(token.content, _parser(), {**self._env, "record": record}, [])
        except _TooMuchWorkError:
            return _Record()
        return record

    def _range(self, first: int, last: int) -> tuple[int, int]:
        return self._lines[first][0], self._lines[last - 1][1]

    def _placed(self, token: Token, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int] | None]:
        """Ranges of a paragraph's text as ranges of the whole text, which has indentation and marks too."""
        begins: list[int] = []
        shifts: list[tuple[int, int] | None] = []
        begin = 0
        for content, (start, end) in zip(token.content.split("\n"), self._lines_of(token), strict=False):
            # A line of a paragraph ends as it stands in the text; only what is in front of it is taken away.
            lead = begin + len(content) - len(content.lstrip())
            found = self._text.rfind(content.strip(), start, end)
            begins.append(begin)
            shifts.append(None if found < 0 else (found - lead, lead))
            begin += len(content) + 1
        for start, end in spans:
            first, last = (
                shifts[bisect_right(begins, position) - 1] for position in (start, max(end - 1, start))
            )
            if first is None or last is None:
                yield None
            else:
                yield max(start, first[1]) + first[0], max(end, last[1]) + last[0]

    def _lines_of(self, token: Token) -> list[tuple[int, int]]:
        first, last = token.map or (0, 0)
        return self._lines[first:last]


@lru_cache(maxsize=4)
def structure(text: str) -> Structure | None:
    """The structure of a Markdown text; None where it is too long, or too much work, to be looked into."""
    if len(text) > MAX_TEXT:
        return None
    env: dict[str, Any] = {"work": [_MAX_WORK]}
    tokens: list[Token] = []
    # Only blocks: most paragraphs are never asked for.
    source = _LINE_END.sub("\n", without_actions(text)).replace("\0", "\ufffd")
    try:
        _parser().block.parse(source, _parser(), env, tokens)
    except _TooMuchWorkError:
        return None
    return Structure(text, list(_lines(text)), tokens, env)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _LINE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


@cache
def _parser() -> MarkdownIt:
    # Imported late: few texts need it, and loading it takes as long as checking a hundred steps.
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import backtick, html_inline, image, link

    parser = MarkdownIt("commonmark", {"store_labels": True})
    # Emphasis changes neither links nor code, and takes the most time.
    parser.inline.ruler.enableOnly(
        ["text", "newline", "escape", "backticks", "link", "image", "autolink", "html_inline"]
    )
    parser.inline.ruler2.enableOnly([])
    for name, rule in (
        ("backticks", _recorded(backtick, _record_code)),
        ("link", _recorded(link, _record_link)),
        ("image", _recorded_image(image)),
        ("html_inline", _recorded(html_inline, _record_html)),
    ):
        parser.inline.ruler.at(name, rule)
    for each in parser.block.ruler.__rules__:
        parser.block.ruler.at(each.name, _counted(each.fn), {"alt": each.alt})
    return parser


def _counted(
    rule: Callable[[StateBlock, int, int, bool], bool],
) -> Callable[[StateBlock, int, int, bool], bool]:
    """A rule of the parser that counts its calls."""

    def counted(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        _count(state.env)
        return rule(state, start, end, silent)

    return counted


def _count(env: Any) -> None:
    work = env["work"]
    work[0] -= 1
    if work[0] < 0:
        raise _TooMuchWorkError


def _recorded(
    rule: Callable[[StateInline, bool], bool], note: Callable[[StateInline, int, int], None]
) -> Callable[[StateInline, bool], bool]:
    """A rule of the parser that tells where it found something, the tokens from a number on being its own."""

    def recorded(state: StateInline, silent: bool) -> bool:
        _count(state.env)
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent and not state.env["record"].silent:
            note(state, start, before)
        return found

    return recorded


def _recorded_image(
    rule: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    """As `_recorded`; what is in an image's description is text only, and has places of its own."""

    def recorded(state: StateInline, silent: bool) -> bool:
        _count(state.env)
        record: _Record = state.env["record"]
        start, before, was = state.pos, len(state.tokens), record.silent
        record.silent = True
        try:
            found = rule(state, silent)
        finally:
            record.silent = was
        if found and not silent and not was:
            _note_target(state, start + 1, before, "image")
        return found

    return recorded


def _record_code(state: StateInline, start: int, before: int) -> None:
    # A run of backticks without its like is text, and consumed as well.
    if any(token.type == "code_inline" for token in state.tokens[before:]):
        state.env["record"].code.append((start, state.pos))


def _record_html(state: StateInline, start: int, _: int) -> None:
    state.env["record"].html.append((start, state.pos))


def _record_link(state: StateInline, start: int, before: int) -> None:
    _note_target(state, start, before, "link_open")


def _note_target(state: StateInline, bracket: int, before: int, kind: str) -> None:
    record: _Record = state.env["record"]
    token = next(token for token in state.tokens[before:] if token.type == kind)
    if "label" in token.meta:
        record.labels.add(token.meta["label"])
        return
    end = state.pos
    label_end = state.md.helpers.parseLinkLabel(state, bracket)
    position = label_end + 2
    while position < end and state.src[position] in " \t\n":
        position += 1
    target = state.md.helpers.parseLinkDestination(state.src, position, end)
    if target.ok:
        record.links.append((position, target.pos, target.str, kind == "image"))

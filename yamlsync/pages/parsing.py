"""Markdown → HTML that is not yet to be trusted: CommonMark, tables and ~~strikes~~ (PRE-20 to PRE-24).

The parser never sees an author's HTML as such: bare harmless tags are kept, all else is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import escape

from yamlsync.pages.highlighting import highlighted
from yamlsync.rules.texts.fences import without_actions

_MOST_WORK, _MOST_WORK_FOR_EACH = 20_000, 8
"""Steps of the parser for one text, and more for each of its characters; usual ones take 3 or 4 for each.
Nested quotes and brackets can take the square of their length."""

_MOST_COLOURED = 60_000
"""Characters of code that get colours, in one text."""

_MOST_TAGS = 2_000
"""Tags of an author's HTML that are kept, in one text: each may stand within the one before."""

_BARE = (
    "b|blockquote|br|code|dd|details|div|dl|dt|em|h[1-6]|hr|i|kbd|li|ol|p|pre|q|s|samp|small|strong|sub|summary"
    "|sup|table|tbody|td|th|thead|tr|u|ul|var"
)
_BARE_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_BARE})[ \t]*/?>", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_CLOSING_ACTION = re.compile(r"\{\{[^{}\n]{1,200}\}\}(?=[ \t]*\Z)")
_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_WIDE = re.compile(r"[^\n]{16}")


class TooMuchWorkError(Exception):
    """The parser has done more than a text is worth."""


def parse(text: str, *, below: int) -> str:
    """The HTML of a Markdown text; a heading of level n becomes one of level n + `below`, 6 at the most.

    Raises TooMuchWorkError.
    """
    source = _LINE_END.sub("\n", text)
    env = {
        "work": _MOST_WORK + _MOST_WORK_FOR_EACH * len(source),
        "tags": _MOST_TAGS,
        "coloured": _MOST_COLOURED,
        "below": below,
        "lines": source.split("\n"),
    }
    parser = _parser()
    html: str = parser.render(without_actions(source), env)
    return html


def fence(text: str, info: str, *, coloured: bool = True) -> str:
    """A block of code as HTML, with what its author wrote behind its mark."""
    language = info.split(maxsplit=1)[0].split("{{", maxsplit=1)[0] if info.split() else ""
    label = f'<div class="info">{escape(info)}</div>' if info else ""
    return f'<div class="fence">{label}{_pre(highlighted(text, language if coloured else ""), text)}</div>\n'


def _pre(html: str, text: str) -> str:
    # What may have to be scrolled must be reached by the keyboard.
    reach = ' tabindex="0"' if _WIDE.search(text) else ""
    # A line end right behind the tag is no part of what is shown, so that one more keeps the first.
    return f"<pre{reach}><code>{chr(10) if html.startswith(chr(10)) else ''}{html}</code></pre>"


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}, renderer_cls=_Renderer).enable(
        ["table", "strikethrough"]
    )
    inline = _Inline()
    inline.ruler.enableOnly(parser.get_active_rules()["inline"])
    inline.ruler2.enableOnly(parser.get_active_rules()["inline2"])
    inline.ruler.at("html_inline", _bare_tag)
    for each in inline.ruler.__rules__:
        inline.ruler.at(each.name, _counted(each.fn))
    for block in parser.block.ruler.__rules__:
        parser.block.ruler.at(block.name, _counted(block.fn), {"alt": block.alt})
    parser.inline = inline
    parser.core.ruler.push("pages", _prepare)
    return parser


class _Inline(ParserInline):
    """Counts the tokens that are skipped, too: brackets are looked behind again and again."""

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - the library's name
        _count(state.env)
        super().skipToken(state)


def _counted(rule: Callable[..., bool]) -> Callable[..., bool]:
    def counted(state: Any, *arguments: Any) -> bool:
        _count(state.env)
        return rule(state, *arguments)

    return counted


def _count(env: MutableMapping[str, Any]) -> None:
    env["work"] -= 1
    if env["work"] < 0:
        raise TooMuchWorkError


def _bare_tag(state: StateInline, silent: bool) -> bool:
    """The rule for HTML within a line: a harmless tag without attributes, or none."""
    if state.src[state.pos] != "<":
        return False
    match = _BARE_TAG.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = _tag(match, state.env)
    state.pos = match.end()
    return True


def _tag(match: re.Match[str], env: MutableMapping[str, Any]) -> str:
    env["tags"] -= 1
    return f"<{match['end']}{match['name'].lower()}>" if env["tags"] >= 0 else _typed(match[0])


def _prepare(state: StateCore) -> None:
    """Makes tokens what a page may have: headings below its own, links that lead out, no pictures."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + state.env['below'], 6)}"
        elif token.type in ("td_open", "th_open"):
            _align(token)
        elif token.type == "inline" and token.children:
            token.children = _prepared(token.children)


def _align(token: Token) -> None:
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrs["class"] = style.rpartition(":")[2]


def _prepared(children: Sequence[Token]) -> list[Token]:
    made: list[Token] = []
    behind: list[str] = []
    for token in children:
        if token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            leads = _LINK.match(href) is not None
            told = "" if token.info == "auto" else f' <code class="target">{escape(href)}</code>'
            behind.append("" if leads else f"{told}</span>")
            made.append(token if leads else _html('<span class="elsewhere">'))
        elif token.type == "link_close" and (html := behind.pop() if behind else ""):
            made.append(_html(html))
        elif token.type == "image":
            made.append(_html(_picture(token, inside_link=bool(behind))))
        else:
            made.append(token)
    return made


def _html(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)


def _picture(token: Token, *, inside_link: bool) -> str:
    """What stands in the place of a picture: a page asks nobody for anything."""
    source = str(token.attrs.get("src", ""))
    shown = escape(source)
    if _LINK.match(source) and not source.startswith("#") and not inside_link:
        where = f'<a href="{shown}">{shown}</a>'
    else:
        where = f'<code class="target">{shown}</code>'
    words = _words(token.children or ())
    alt = f' <span class="alt">{escape(words)}</span>' if words.strip() else ""
    return f'<span class="picture"><span class="label">Picture</span>{alt} {where}</span>'


def _words(tokens: Sequence[Token]) -> str:
    return "".join(
        _words(token.children or ())
        if token.type == "image"
        else " "
        if "break" in token.type
        else token.content
        for token in tokens
    )


class _Renderer(RendererHTML):
    """HTML for blocks that the library writes otherwise; the names are those of its tokens."""

    def fence(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,  # noqa: ARG002 - the library's interface
        env: MutableMapping[str, Any],
    ) -> str:
        token = tokens[idx]
        info = token.info.strip()
        first, last = token.map or (0, 0)
        lines = env["lines"]
        for line in (lines[first], lines[last - 1])[: 1 + (last - first > 1)] if token.map else ():
            # The parser was not shown the action behind a mark.
            if (action := _CLOSING_ACTION.search(line)) and action[0] not in info:
                info = f"{info} {action[0]}".strip()
        env["coloured"] -= len(token.content)
        return fence(token.content, info, coloured=env["coloured"] >= 0)

    def code_block(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,  # noqa: ARG002
        env: MutableMapping[str, Any],  # noqa: ARG002
    ) -> str:
        return fence(tokens[idx].content, "")

    def html_block(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,  # noqa: ARG002
        env: MutableMapping[str, Any],
    ) -> str:
        """Bare harmless tags as they are; all else of a block of HTML as it is typed."""
        text = tokens[idx].content
        made: list[str] = []
        position = 0
        for match in _BARE_TAG.finditer(text):
            made += [_typed(text[position : match.start()]), _tag(match, env)]
            position = match.end()
        return "".join([*made, _typed(text[position:])])

    def table_open(
        self,
        tokens: Sequence[Token],  # noqa: ARG002
        idx: int,  # noqa: ARG002
        options: OptionsDict,  # noqa: ARG002
        env: MutableMapping[str, Any],  # noqa: ARG002
    ) -> str:
        return '<div class="table" role="group" aria-label="Table" tabindex="0"><table>\n'

    def table_close(
        self,
        tokens: Sequence[Token],  # noqa: ARG002
        idx: int,  # noqa: ARG002
        options: OptionsDict,  # noqa: ARG002
        env: MutableMapping[str, Any],  # noqa: ARG002
    ) -> str:
        return "</table></div>\n"


def _typed(text: str) -> str:
    if "<" not in text:
        return str(escape(text))
    return f'<span class="typed">{escape(text)}</span>'

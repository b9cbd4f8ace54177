"""An author's texts → HTML that a page may hold: the one module that knows nh3 (PRE-20 to PRE-27)."""

from __future__ import annotations

import re

import nh3
from markupsafe import Markup, escape

from yamlsync.pages.parsing import TooMuchWorkError, fence, parse
from yamlsync.pages.safe import SafeHtml

MAX_TEXT = 256 * 1024
"""Characters. Longer texts are shown as they are typed: YS701 says that they are too long."""

_MOST_LINES = 20_000
"""Each may begin a block, which costs more than words in it; the usual text of 256 KiB has a third."""

ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What HTML cannot hold, or nobody sees."""

_CELL = {"class"}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"class"},
    "div": {"aria-label", "class", "role", "tabindex"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "span": {"class"},
    "td": _CELL,
    "th": _CELL,
}
_TAGS = {
    *("a", "b", "blockquote", "br", "code", "dd", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4"),
    *(
        "h5",
        "h6",
        "hr",
        "i",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
    ),
    *("summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul", "var"),
}


def render(markdown: str, *, below: int = 2) -> SafeHtml:
    """A Markdown text as HTML; a heading of level n becomes one of level n + `below`, 6 at the most.

    Never raises. What is too long, or too much work, is shown as it is typed, with a note in front.
    """
    text = ODD.sub("\ufffd", markdown)
    if len(text) > MAX_TEXT or text.count("\n") >= _MOST_LINES:
        return _unread(text, "too long to be laid out")
    try:
        return _clean(parse(text, below=below))
    except (TooMuchWorkError, RecursionError):
        return _unread(text, "nested too much to be laid out")


def plain(text: str) -> SafeHtml:
    """Any text as it is typed, line by line."""
    html = escape(ODD.sub("\ufffd", text))
    return Markup('<pre class="plain" tabindex="0">\n') + html + Markup("</pre>")


def code(text: str, language: str) -> SafeHtml:
    """A text of another program, as a block of code is shown."""
    return _clean(fence(ODD.sub("\ufffd", text.replace("\r\n", "\n")), language))


def _unread(text: str, why: str) -> SafeHtml:
    note = Markup('<p class="note">This text is {}. It is shown as it is typed.</p>\n').format(why)
    return note + plain(text)


def _clean(html: str) -> SafeHtml:
    """The gate: whatever the parser made of a text, only what is named here comes through."""
    return Markup(  # noqa: S704 - this is what makes it safe
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer nofollow",
            strip_comments=True,
        )
    )

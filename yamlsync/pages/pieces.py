"""HTML of our own making as pieces: tags, words and what stands between them, each with its dress."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>|[^<]+')
"""A tag, or the text up to the next one."""

INLINE = frozenset(
    {
        *("a", "b", "br", "code", "del", "em", "i", "ins", "kbd", "q"),
        *("s", "samp", "small", "span", "strong", "sub", "sup", "u", "var"),
    }
)
"""Elements that stand within a line."""

TYPED = '<span class="typed">'
"""What is shown as it is typed: blanks and line ends in it are seen."""

_NAME = re.compile(r"</?([a-z0-9]+)")
_HREF = re.compile(r' href="([^"]*)"')
_SINGLE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0eff"
"""Letters of languages that put no blanks between words."""
_ENTITY = r"&(?:#[0-9]{1,8}|[a-z]{1,8});"
_WORD = rf"{_ENTITY}|[{_SINGLE}]|[^\W{_SINGLE}]+(?:['\u2019][^\W{_SINGLE}]+)*|[^\w\s]"
_IN_PROSE = re.compile(rf"\s+|{_WORD}")
_IN_CODE = re.compile(rf"\n|[^\S\n]+|{_WORD}")
_DRESS = {
    "h1": "h", "h2": "h", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6", "strong": "b", "b": "b", "em": "i",
    "i": "i", "code": "c", "pre": "p", "s": "s", "kbd": "k", "sub": "_", "sup": "^", "u": "u",
    "blockquote": "q", "th": "t", "summary": "y", "ul": "l", "ol": "o",
}  # fmt: skip
"""The elements that change what a reader sees of a word. A list may turn loose without a word changing."""

_CODE = frozenset("pz")
_EDGES = frozenset(
    {
        *("br", "hr", "li", "p", "td", "th", "dt", "dd", "summary", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
"""The elements at which something begins, or a line ends."""


@frozen
class Piece:
    """A stretch of HTML. `key` is what it is equal by: "" for what takes no part in a comparison.

    `kind` is "tag", "word" or "blank"; "link" for the opening tag of a link, whose key has its target;
    "edge" for a tag at which a paragraph or the like begins, or a line ends.
    """

    html: str
    kind: str
    key: str = ""

    @property
    def dress(self) -> str:
        """What a word stands in, a letter for each element."""
        return self.key.partition("\0")[0]

    @property
    def is_code(self) -> bool:
        """Whether blanks and line ends of a word are seen."""
        return not _CODE.isdisjoint(self.dress)


def name_of(tag: str) -> str:
    """The name of the element that a tag begins or ends."""
    match = _NAME.match(tag)
    return match[1] if match else ""


def pieces(html: str) -> Iterator[Piece]:
    """The pieces of a page, which joined give the page again."""
    dresses: list[str] = []
    worn = last = ""
    typed = False
    for match in TAG.finditer(html):
        text = match[0]
        if text[0] != "<":
            yield from _words(text, f"{worn}z" if typed else worn)
            last = last if text.isspace() else ""
            continue
        name = name_of(text)
        if name in _DRESS:
            if text[1] != "/":
                dresses.append(_DRESS[name])
            elif dresses:
                dresses.pop()
            worn = "".join(dresses[-8:])
        typed = text == TYPED or (typed and text != "</span>")
        href = _HREF.search(text) if name == "a" else None
        # The first paragraph of an item tells only that the list is loose.
        is_edge = name in _EDGES and text[1] != "/" and (name, last) != ("p", "<li>")
        last = text
        if href:
            yield Piece(text, "link", f"a\0{href[1]}")
        else:
            yield Piece(text, "edge", f"<{name}\0") if is_edge else Piece(text, "tag")


def _words(text: str, worn: str) -> Iterator[Piece]:
    in_code = not _CODE.isdisjoint(worn)
    for match in (_IN_CODE if in_code else _IN_PROSE).finditer(text):
        word = match[0]
        if in_code or not word.isspace():
            yield Piece(word, "word", f"{worn}\0{word}")
        else:
            yield Piece(word, "blank")

"""HTML of our own making as pieces: tags, words and what stands between them, each with its dress."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

_PIECE = re.compile(r'<(?:[^<>"]|"[^"]*")*>|[^<]+')
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
    "blockquote": "q", "th": "t", "summary": "y",
}  # fmt: skip
"""The elements that change what a reader sees of a word. A list may turn loose without a word changing."""


@frozen
class Piece:
    """A stretch of HTML. `key` is what it is equal by: "" for what takes no part in a comparison.

    `kind` is "tag", "word" or "blank"; "link" for the opening tag of a link, whose key has its target.
    """

    html: str
    kind: str
    key: str = ""


def pieces(html: str) -> Iterator[Piece]:
    """The pieces of a page, which joined give the page again."""
    dresses: list[str] = []
    depth = 0
    worn = ""
    for match in _PIECE.finditer(html):
        text = match[0]
        if text[0] != "<":
            yield from _words(text, worn, in_code=depth > 0)
            continue
        name = match_name[1] if (match_name := _NAME.match(text)) else ""
        if name in _DRESS:
            step = -1 if text[1] == "/" else 1
            depth += step if name == "pre" else 0
            if step > 0:
                dresses.append(_DRESS[name])
            elif dresses:
                dresses.pop()
            worn = "".join(dresses[-8:])
        href = _HREF.search(text) if name == "a" else None
        yield Piece(text, "link", f"a\0{href[1]}") if href else Piece(text, "tag")


def _words(text: str, worn: str, *, in_code: bool) -> Iterator[Piece]:
    for match in (_IN_CODE if in_code else _IN_PROSE).finditer(text):
        word = match[0]
        if in_code or not word.isspace():
            yield Piece(word, "word", f"{worn}\0{word}")
        else:
            yield Piece(word, "blank")

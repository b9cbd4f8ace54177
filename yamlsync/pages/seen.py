"""A page of a text → what a reader sees of it: white space that no browser shows is left out (DIF-74)."""

from __future__ import annotations

import re

from yamlsync.pages.pieces import INLINE, TAG, TYPED, name_of
from yamlsync.pages.safe import SafeHtml

_BLANKS = re.compile(r"[ \t\n\r\f]+")


def seen(html: SafeHtml) -> str:
    """The same for two results of `render`, `plain` or `code` that look the same, and for no others.

    White space in prose is one blank, and none at the ends of paragraphs and the like; in code it stays.
    """
    made: list[str] = []
    depth = 0
    typed = False
    # Whether a blank would stand at the beginning of a line.
    at_edge = True
    for match in TAG.finditer(html):
        text = match[0]
        if text[0] != "<":
            if depth or typed:
                made.append(text)
                at_edge = False
            elif shown := _BLANKS.sub(" ", text)[at_edge and text[0] in " \t\n\r\f" :]:
                made.append(shown)
                at_edge = False
            continue
        name, was_code = name_of(text), depth > 0
        if name == "pre":
            depth += -1 if text[1] == "/" else 1
        typed = text == TYPED or (typed and text != "</span>")
        if name == "br" or name not in INLINE:
            if made and not was_code and made[-1][0] != "<":
                made[-1] = made[-1].rstrip(" ")
            at_edge = True
        made.append(text)
    return "".join(made)

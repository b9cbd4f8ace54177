"""Blocks of code with each line in an element of its own, so that one that is broken shows (DIF-74)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markupsafe import Markup

from yamlsync.pages.pieces import INLINE, TAG, name_of
from yamlsync.pages.safe import SafeHtml

_CODE = re.compile(r"(<pre(?: [^<>]*)?><code>)(.*?)(</code></pre>)", re.DOTALL)
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


def code_rows(html: SafeHtml) -> SafeHtml:
    """A result of `render` or `mark_words` whose blocks of code have rows. What is read stays as it is."""
    return Markup(_CODE.sub(_with_rows, html))  # noqa: S704 - the same tags, and rows


def _with_rows(match: re.Match[str]) -> str:
    start, text, end = match.groups()
    tags = (name_of(each[0]) for each in TAG.finditer(text) if each[0][0] == "<")
    if any(name == "br" or name not in INLINE for name in tags):
        # An author's own tags, in which lines are not all.
        return match[0]
    return "".join([start, *(f'<span class="row">{row}</span>' for row in _rows(text)), end])


def _rows(text: str) -> Iterator[str]:
    """The lines with their ends. A tag around several stands around each; one around nothing is left out."""
    tags: list[str] = []
    row: list[str] = []
    opened = 0
    for match in TAG.finditer(text):
        part = match[0]
        if part.startswith("</"):
            if opened == len(tags):
                row.append(part)
                opened -= 1
            tags.pop()
        elif part[0] == "<":
            tags.append(part)
        else:
            for line in _LINES.findall(part):
                row += [*tags[opened:], line]
                opened = len(tags)
                if line.endswith("\n"):
                    row += [f"</{name_of(each)}>" for each in reversed(tags)]
                    yield "".join(row)
                    row, opened = [], 0
    if row:
        yield "".join(row)

"""Sentences in which what is typed stands between backticks → HTML."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from yamlsync.pages.safe import SafeHtml

_TYPED = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_CUT = re.compile(r"(?<!`)`+(?!`)([^`]*…)\Z")
"""The end of a sentence that was cut within what is typed."""

_LONGEST = 100_000


def ticks(sentence: str) -> SafeHtml:
    """The sentence with `code` around what stands between backticks, as in Markdown; all is escaped."""
    if len(sentence) > _LONGEST:
        return escape(sentence)
    made: list[Markup] = []
    position = 0
    for match in _TYPED.finditer(sentence):
        made += [escape(sentence[position : match.start()]), Markup("<code>"), escape(_inner(match[2]))]
        made.append(Markup("</code>"))
        position = match.end()
    rest = sentence[position:]
    if cut := _CUT.search(rest):
        made += [escape(rest[: cut.start()]), Markup("<code>"), escape(cut[1]), Markup("</code>")]
        rest = ""
    return Markup("").join([*made, escape(rest)])


def _inner(typed: str) -> str:
    """Without the blanks that keep backticks at the ends apart from the marks."""
    is_padded = typed[0] == typed[-1] == " " and "`" in typed and len(typed) > 2
    return typed[1:-1] if is_padded else typed

"""Code fences found by looking at lines alone, where that is certain; the usual text needs no more (TXT-16).

What stands in quotes, behind a list's mark or in HTML depends on all of Markdown: then the answer is None.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MARK = re.compile(r"`{3,}|~{3,}")
_ACTION = re.compile(r"\{\{[^{}\n]*\}\}")
_ACTION_LINE = re.compile(r"^([ \t>]*(?:`{3,}|~{3,}))(\{\{[^{}\n]*\}\})(?=[ \t]*\r?$)", re.MULTILINE)
_CONTAINERS = " \t>*+-0123456789.)"
"""What may begin a quote or an item of a list, and stand in front of what is in it."""

_NO_CODE = 4
"""Blanks in front of a line that make it indented code, where it is in no list."""


def closed_fences(text: str) -> list[tuple[int, int]] | None:
    """The blocks of fenced code in a Markdown text where each one is closed, from line to line.

    None where that is not certain: perhaps one is open, perhaps something else is in the way. Only blocks
    that are surely code are listed: one indented by four blanks or more, as in a list, is left out.
    """
    if "\r" in text and text.count("\r") != text.count("\r\n"):
        return None
    found: list[tuple[int, int]] = []
    position = 0
    marks = _Marks(text)
    while match := marks.next(position):
        start = match.start()
        line = text.rfind("\n", position, start) + 1 or position
        if _begins_html(text, position, line):
            return None
        before = text[line:start]
        position = match.end()
        if before.strip(_CONTAINERS) or (line and text[line - 1] != "\n"):
            # Code within a line. What stands in front of it may be HTML all the same.
            if before.lstrip(_CONTAINERS).startswith("<"):
                return None
            continue
        if match[0][0] == "`" and text.find("`", position, _line_end(text, position)) >= 0:
            continue
        end = None if before.strip(" ") else _closing(text, position, len(before), match[0])
        if end is None:
            return None
        if len(before) < _NO_CODE:
            found.append((line, end))
        position = end
    return None if _begins_html(text, position, len(text)) else found


def has_action(line: str) -> bool:
    """Whether a line is a mark of code with an action behind it, such as `{{exec}}`."""
    return _ACTION_LINE.match(line) is not None


def without_actions(text: str) -> str:
    """The text with blanks in place of the actions that stand right behind marks of code (TXT-20).

    Some platforms close code with ```{{exec}} or ```{{copy}}; CommonMark takes such a line for code.
    """
    if "`{{" not in text and "~{{" not in text:
        return text
    return _ACTION_LINE.sub(lambda match: match[1] + " " * len(match[2]), text)


class _Marks:
    """The runs of three backticks or tildes and more in a text, each found once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ticks = text.find("```")
        self._tildes = text.find("~~~") if "~" in text else -1

    def next(self, position: int) -> re.Match[str] | None:
        """The first run at a position or behind it. Positions only ever grow."""
        if 0 <= self._ticks < position:
            self._ticks = self._text.find("```", position)
        if 0 <= self._tildes < position:
            self._tildes = self._text.find("~~~", position)
        starts = [start for start in (self._ticks, self._tildes) if start >= 0]
        return _MARK.match(self._text, min(starts)) if starts else None


def _begins_html(text: str, start: int, end: int) -> bool:
    """Whether a line between two places begins with what may be HTML."""
    position = text.find("<", start, end)
    while position >= 0:
        line = text.rfind("\n", start, position) + 1 or start
        if not text[line:position].strip(_CONTAINERS):
            return True
        next_line = text.find("\n", position, end)
        position = text.find("<", next_line, end) if next_line >= 0 else -1
    return False


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end if end >= 0 else len(text)


def _closing(text: str, position: int, indent: int, mark: str) -> int | None:
    """Where the line ends that closes a fence; None where none surely does."""
    opening = position
    while (start := text.find(mark[:3], position)) >= 0:
        line = text.rfind("\n", position, start) + 1
        blanks = text[line:start] if line else "-"
        position = start + len(_run(text, start))
        if blanks.strip(" \t") or position - start < len(mark):
            continue
        end = _line_end(text, position)
        behind = text[position:end].strip(" \t\r")
        if behind and not (behind.startswith("{{") and _ACTION.fullmatch(behind)):
            continue
        if indent == 0:
            if "\t" not in blanks and len(blanks) < _NO_CODE:
                return end
            continue
        # The fence may stand in a list's item, which a line with fewer blanks would end.
        if "\t" in blanks or len(blanks) != indent or _fewer(indent).search(text, opening, line):
            return None
        return end
    return None


def _run(text: str, start: int) -> str:
    match = _MARK.match(text, start)
    return match[0] if match else ""


@lru_cache(maxsize=64)
def _fewer(indent: int) -> re.Pattern[str]:
    """Finds a line with fewer blanks in front than a number, and something behind them."""
    return re.compile(rf"\n {{0,{indent - 1}}}[^ \n]")

"""Aliases, anchors and tags, which no file of ours may have (YAML-70): where they stand, what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yamlsync.document.slips import in_quotes, keyed, line_near

_LONGER_TEXT = (
    "put a text that starts with * or & in quotes; if it is part of a longer text, write | behind its key "
    "and indent the text by two spaces"
)
_TYPED = "delete it: each key has its type from the format"
_LONGEST_LINE = 500
_TAG = re.compile(r"!(?:<[^>\s]*>|[^\s,\]}]*)")


def refused_properties(text: str, event: Any) -> Iterator[tuple[int, int, str, str]]:
    """What is refused of one event of the parser: start and end in characters from 0, message and help."""
    start, name = event.start_mark.index, type(event).__name__
    anchor = getattr(event, "anchor", None)
    if name == "AliasEvent":
        yield start, event.end_mark.index, f"an alias (*{anchor})", _in_quotes(text, start) or _LONGER_TEXT
    elif anchor is not None:
        at = text.find("&", start)
        help = _in_quotes(text, at) if name == "ScalarEvent" else None
        yield at, at + 1 + len(anchor), f"an anchor (&{anchor})", help or _LONGER_TEXT
    if getattr(event, "tag", None) is not None:
        match = _TAG.search(text, start)
        at, end = match.span() if match else (start, start + 1)
        # !! and !< start tags that somebody meant; any other may be the start of a text.
        a_text = name == "ScalarEvent" and not text.startswith(("!!", "!<"), at)
        help = _in_quotes(text, at) if a_text else None
        yield at, end, f"a tag ({text[at:end]})", help or _TYPED


def _in_quotes(text: str, start: int) -> str | None:
    """Help for a text on one line that starts, at `start`, with a sign of YAML's own."""
    # There may be many on one line, which is therefore looked at only where it is short.
    line = line_near(text, start, _LONGEST_LINE)
    value = keyed(line) if line is not None else None
    if value is None or value.start != start:
        return None
    return f"{in_quotes(value.text)}: a plain one cannot start with {value.text[0]}"

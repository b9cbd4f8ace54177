"""What is typed, between backticks: sentences that a terminal shows as they are, and a page as code."""

from __future__ import annotations

import re

from yamlsync.document.foreign.parts import Part
from yamlsync.rules.goss.scalars import kind

MOST_PARTS = 20_000
"""Parts of one spec that is told, those behind aliases counted as often as they stand there."""

_RUN = re.compile("`+")
_MOST_DEPTH = 8
_MOST_ITEMS = 50


def typed(text: str) -> str:
    """A text between as many backticks as keep it whole, as in Markdown."""
    if not text:
        return '""'
    marks = "`" * (max((len(run) for run in _RUN.findall(text)), default=0) + 1)
    blank = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{marks}{blank}{text}{blank}{marks}"


def parts_in(part: Part, known: dict[int, int]) -> int:
    """How many parts there are in one, itself counted. `known` are those that were counted before."""
    if part.token is not None:
        return 1
    if id(part) not in known:
        inner = [each for pair in part.pairs or () for each in pair] + (part.items or [])
        known[id(part)] = 1 + sum(parts_in(each, known) for each in inner)
    return known[id(part)]


def spelled(part: Part, depth: int = 0) -> str:
    """A part of YAML on one line, for what has no sentence of its own; what is nested deep is left out."""
    if part.token is not None:
        is_text = kind(part) == "text" and (part.style or not part.token)
        return f'"{part.token}"' if is_text else part.token
    if depth >= _MOST_DEPTH:
        return "..."
    if part.pairs is not None:
        pairs = [
            f"{key.token or '...'}: {spelled(value, depth + 1)}" for key, value in part.pairs[:_MOST_ITEMS]
        ]
        return "{" + ", ".join(pairs + ["..."] * (len(part.pairs) > _MOST_ITEMS)) + "}"
    items = part.items or []
    return (
        "["
        + ", ".join(
            [spelled(each, depth + 1) for each in items[:_MOST_ITEMS]] + ["..."] * (len(items) > _MOST_ITEMS)
        )
        + "]"
    )


def joined(words: list[str], last: str = "and") -> str:
    """Words as in a sentence: a, b and c."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))

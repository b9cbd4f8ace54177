"""Texts for the laws: Markdown in small pieces, with what is hard to see and what may not be cut."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

PIECES = [
    "pod", "the", "run", "x1", "_", ".", " ", "  ", "\t", "`", "# ", "- ", "> ", "|", "\u00a0", "\u200b",
    "\u202e", "e\u0301", "\u0301", "ก", "กำ", "中", "文", "한글", "🇩🇪", "🏳️‍🌈", "👩‍💻", "👍🏽", "❤️", "\x1b",
    "©",
]  # fmt: skip
PIECED = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
WHOLE = st.sampled_from(
    ["", "", "```", "~~~ sh", "# Heading", "- item", "foo bar baz qux", "foo bar", "===", "a | b"]
)
LINES = st.lists(
    st.tuples(PIECED | WHOLE, st.sampled_from(["\n", "\n", "\n", "\n", "\r\n", "\r"])), max_size=14
)


def _text(lines: list[tuple[str, str]], ends: bool) -> str:
    text = "".join(line + ending for line, ending in lines)
    return text if ends or not lines else text.removesuffix(lines[-1][1])


TEXTS = st.builds(_text, LINES, st.booleans())


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and what a few edits make of it."""
    old = draw(TEXTS)
    lines = old.splitlines(keepends=True)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(lines)))
        match draw(st.sampled_from(["drop", "double", "word", "insert", "swap", "join"])):
            case "drop":
                del lines[place : place + 1]
            case "double":
                lines[place:place] = lines[place : place + 2]
            case "word":
                lines[place : place + 1] = [
                    line.replace("pod", "service ") for line in lines[place : place + 1]
                ]
            case "insert":
                lines[place:place] = [draw(PIECED) + "\n", "\n"]
            case "swap":
                lines[place : place + 2] = lines[place : place + 2][::-1]
            case _:
                lines[place : place + 2] = [
                    " ".join(line.strip() for line in lines[place : place + 2]) + "\n"
                ]
    return old, "".join(lines)


PAIRS = edited() | st.tuples(TEXTS, TEXTS)


def markdown_of_the_corpus() -> list[str]:
    """The texts of real steps; none where they are missing."""
    return [text for path in sorted(CORPUS.glob("*/*.db")) for text in _texts(path)]


def _texts(path: Path) -> Iterator[str]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        for (text,) in connection.execute("SELECT markdown FROM steps ORDER BY id"):
            if text:
                yield text
    finally:
        connection.close()

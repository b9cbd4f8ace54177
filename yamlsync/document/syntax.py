"""What ruamel.yaml says of text that is not YAML → where it is wrong, and what to write instead."""

from __future__ import annotations

import re
from typing import Any

from attrs import frozen


@frozen
class SyntaxFault:
    """A range of the text, in characters from 0, and what to do about it."""

    start: int
    end: int
    message: str
    help: str


def explain_marked(text: str, error: Any) -> SyntaxFault:
    """The fault that a MarkedYAMLError tells."""
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    said = str(error.problem or error.context or "").strip()
    if error.context == "while scanning a simple key" and context is not None:
        message = "not valid YAML: this line has no key, or no space behind the colon of its key"
        help = "write key: value; text that belongs to the line above has to be indented"
        return SyntaxFault(context.index, context.index + 1, message, help)
    # An unclosed quote or bracket is noticed at the end of the file only: it is to be seen to where it opens.
    unclosed = context is not None and mark.index >= len(text.rstrip())
    index = min(context.index if unclosed else mark.index, max(len(text) - 1, 0))
    if not said or not said.isprintable() or "<" in said:
        said = "this does not fit what stands before it"
    return SyntaxFault(
        index, index + 1, f"not valid YAML: {said}", _advice(text, index, said, unclosed=unclosed)
    )


def explain_open_quote(text: str, fault: SyntaxFault, quoted: tuple[int, int] | None) -> SyntaxFault | None:
    """A better fault where a quote was left open: the next quote, lines below, seems to close it.

    `quoted` is the range of the last quoted text before the fault.
    """
    if quoted is None:
        return None
    start, end = quoted
    between = text[end : fault.start]
    if "\n" in between or "\n" not in text[start:end]:
        return None
    # What is written over several lines on purpose is not followed by more text on its last line.
    if not text[end : end + 1].strip(" \t\n,]}#"):
        return None
    line = text.count("\n", 0, end) - text.count("\n", 0, start)
    lines = "1 line" if line == 1 else f"{line} lines"
    message = f"not valid YAML: the quote that opens here is closed only {lines} below"
    return SyntaxFault(start, start + 1, message, f"close it with {text[start]} at the end of the text")


def explain_bare(text: str, reached: int, error: Exception) -> SyntaxFault:
    """The fault behind an error without a place: for some escapes only the source tells it."""
    for match in re.finditer(r"\\U([0-9a-fA-F]{8})", text[reached:]):
        if int(match.group(1), 16) > 0x10FFFF:
            start = reached + match.start()
            message = "an escape for a character that Unicode does not have"
            return SyntaxFault(start, start + 10, message, "write a code up to 0010ffff")
    return SyntaxFault(
        reached, reached + 1, f"not valid YAML: {type(error).__name__}", "put the text in quotes"
    )


def _advice(text: str, index: int, said: str, *, unclosed: bool) -> str:
    """What to write, told from the character that could not be read and what stands before it."""
    character = text[index : index + 1]
    before = text[text.rfind("\n", 0, index) + 1 : index]
    if unclosed and character in ("'", '"', "[", "{"):
        return f"close what opens here with {character.translate(str.maketrans('[{', ']}'))}"
    if "unknown escape character" in said:
        return r"write \\ for a backslash, or put the text in single quotes"
    if "\t" in before + character:
        return "use spaces, not tabs, to indent and to separate"
    if character == ":":
        is_key = re.fullmatch(r"[ ]*[\w.-]+", before)
        quotes = 'put the text in quotes: a plain one cannot hold ": "'
        return "indent this key as far as the key above it" if is_key else quotes
    if character in tuple("%@`&*!|>"):
        return f"put the text in quotes: a plain one cannot start with {character}"
    return "see to the indentation of this line, and to quotes that were opened in a line above"

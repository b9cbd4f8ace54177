"""What ruamel.yaml says of text that is not YAML → where it is wrong, and what to write instead."""

from __future__ import annotations

import re
from typing import Any

from attrs import frozen

from yamlsync.document.slips import (
    Line,
    explain_indentation,
    explain_keyless,
    explain_value,
    keyed,
    line_at,
    long_tag,
)

__all__ = ["SyntaxFault", "explain_bare", "explain_marked", "explain_open_quote", "refuse_long_tag"]

_ESCAPE = re.compile(r"\\[xuU]")
_HEXADECIMAL = {"x": 2, "u": 4, "U": 8}


@frozen
class SyntaxFault:
    """A range of the text, in characters from 0, and what to do about it."""

    start: int
    end: int
    message: str
    help: str


def refuse_long_tag(text: str) -> SyntaxFault | None:
    """The first tag of over 20,000 characters: the parser takes time with the square of its length."""
    start = long_tag(text)
    if start is None:
        return None
    help = "delete it; a text that starts with ! goes in quotes"
    return SyntaxFault(start, start + 1, "a tag of over 20,000 characters", help)


def explain_marked(text: str, error: Any) -> SyntaxFault:
    """The fault that a MarkedYAMLError tells."""
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    said = str(error.problem or error.context or "").strip()
    if error.context == "while scanning a simple key" and context is not None:
        return SyntaxFault(context.index, context.index + 1, *explain_keyless(text, context.index))
    # An unclosed quote or bracket is noticed at the end of the file only: it is to be seen to where it opens.
    unclosed = context is not None and (
        mark.index >= len(text.rstrip()) or _ends_in_brackets(text, error, mark, context)
    )
    index = min(context.index if unclosed else mark.index, max(len(text) - 1, 0))
    line = line_at(text, index)
    value = keyed(line)
    if unclosed and value is not None and value.text[0] in "[{" and value.start < index:
        index = value.start  # A bracket in it is open, and so it is itself.
    if unclosed and (help := _close(text, index, line)):
        said = f"the {'quote' if text[index] in _QUOTES else 'bracket'} that opens here is never closed"
        return SyntaxFault(index, index + 1, f"not valid YAML: {said}", help)
    explained = (
        _explain_escape(text, index, said)
        or (None if unclosed else explain_value(line, index))
        or explain_indentation(text, line, index)
    )
    if explained is not None:
        return SyntaxFault(index, index + 1, *explained)
    if not said or not said.isprintable() or "<" in said:
        said = "this does not fit what stands before it"
    return SyntaxFault(index, index + 1, f"not valid YAML: {said}", _advice(text, index))


_QUOTES = "'\""
_CLOSING = {"'": "'", '"': '"', "[": "]", "{": "}"}


def _ends_in_brackets(text: str, error: Any, mark: Any, context: Any) -> bool:
    """Whether a bracket was left open: what follows stands no deeper than the line that opens it."""
    if not str(error.context).startswith("while parsing a flow") or mark.line <= context.line:
        return False
    opening, found = line_at(text, context.index), line_at(text, mark.index)
    return found.indent <= opening.indent


def _close(text: str, index: int, line: Line) -> str | None:
    character = text[index]
    if character not in _CLOSING:
        return None
    help = f"close what opens here with {_CLOSING[character]}"
    value = keyed(line)
    if character in _QUOTES or value is None or value.start != index:
        return help
    return f"{help}, or put the whole text in quotes: a plain one cannot start with {character}"


def _explain_escape(text: str, index: int, said: str) -> tuple[str, str] | None:
    help = r"write \\ for a backslash, or put the text in single quotes"
    if "unknown escape character" in said:
        return f"not valid YAML: \\{text[index]} is no escape of double quotes", help
    if "escape sequence of" in said:
        # The parser marks the first character that is none of the digits, or the one behind the letter.
        for match in _ESCAPE.finditer(text, max(index - 10, 0), index + 1):
            letter = match.group()[1]
            digits = re.compile(r"[0-9a-fA-F]*").match(text, match.end(), match.end() + _HEXADECIMAL[letter])
            if digits and len(digits.group()) < _HEXADECIMAL[letter]:
                count = _HEXADECIMAL[letter]
                return f"not valid YAML: \\{letter} needs {count} hexadecimal digits behind it", help
    return None


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


def _advice(text: str, index: int) -> str:
    """What to write, told from the character that could not be read and what stands before it."""
    character = text[index : index + 1]
    before = text[text.rfind("\n", 0, index) + 1 : index]
    if "\t" in before + character:
        return "use spaces, not tabs, to indent and to separate"
    if character == ":":
        is_key = re.fullmatch(r"[ ]*[\w.-]+", before)
        quotes = 'put the text in quotes: a plain one cannot hold ": "'
        return "indent this key as far as the key above it" if is_key else quotes
    if character in tuple("%@`&*!|>"):
        return f"put the text in quotes: a plain one cannot start with {character}"
    return "see to the indentation of this line, and to quotes that were opened in a line above"

"""Bytes of a file → text that YAML can carry, and what is wrong with its characters (YAML-1 to YAML-6)."""

from __future__ import annotations

import re

from attrs import frozen

from yamlsync.problems import Place, Problem

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLACEHOLDER = "\ufffd"
_MOST = 100

_NAMES = {
    "\r": (
        "a carriage return without a line feed",
        r"end lines with LF or CRLF; inside a text write \r in double quotes",
    ),
    "\x00": ("a NUL character", r"write \x00 in double quotes, or delete it"),
    "\x85": ("a next-line character (U+0085)", r"write \x85 in double quotes, or a line break"),
    "\u2028": ("a line separator (U+2028)", r"write \u2028 in double quotes, or a line break"),
    "\u2029": ("a paragraph separator (U+2029)", r"write \u2029 in double quotes, or a line break"),
    "\ufeff": ("a byte order mark (U+FEFF) inside the file", r"delete it, or write \ufeff in double quotes"),
}


@frozen
class Source:
    """The text of a file with LF line ends; characters that were refused are replaced in it."""

    path: str
    text: str
    problems: tuple[Problem, ...] = ()


def decode(path: str, data: bytes) -> Source:
    """Normalised bytes as text, with a problem for each character that may not stand there."""
    problems: list[Problem] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problem = Problem("YS101", "the file is UTF-16", Place(path, 1, 1, 1, 2), "save the file as UTF-8")
        return Source(path, "", (problem,))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = _decode_damaged(path, data, problems)
    if "\r" in text and "\n" not in text.rstrip("\n"):
        # Everything else would be told of a text that stands on one line.
        help = "save the file with LF or CRLF line ends"
        index = text.index("\r")
        alone = Place(path, 1, index + 1, 1, index + 2)
        return Source(path, "", (Problem("YS102", "the lines end with CR alone", alone, help),))
    refused = list(_REFUSED.finditer(text))
    for match in refused[: _MOST - len(problems)]:
        line, column = position(text, match.start())
        name, help = _name(match.group())
        problems.append(
            Problem("YS102", f"{name} may not stand here", Place(path, line, column, line, column + 1), help)
        )
    if refused:
        text = _REFUSED.sub(_PLACEHOLDER, text)
    return Source(path, text, tuple(problems))


def _decode_damaged(path: str, data: bytes, problems: list[Problem]) -> str:
    parts = []
    start = 0
    line, column = 1, 1
    while True:
        try:
            parts.append(data[start:].decode())
            return "".join(parts)
        except UnicodeDecodeError as error:
            good = data[start : start + error.start].decode()
            parts += [good, _PLACEHOLDER * (error.end - error.start)]
            line, column = line + good.count("\n"), _column_after(column, good)
            wrong = data[start + error.start : start + error.end]
            problems.append(
                Problem(
                    "YS101",
                    f"not UTF-8: byte {' '.join(f'0x{byte:02x}' for byte in wrong)}",
                    Place(path, line, column, line, column + len(wrong)),
                    "save the file as UTF-8",
                )
            )
            column += len(wrong)
            start += error.end
            if len(problems) >= _MOST:
                parts.append(data[start:].decode(errors="replace"))
                return "".join(parts)


def _column_after(column: int, text: str) -> int:
    _, newline, tail = text.rpartition("\n")
    return len(tail) + 1 if newline else column + len(tail)


def _name(character: str) -> tuple[str, str]:
    if character in _NAMES:
        return _NAMES[character]
    code = ord(character)
    escape = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return f"the character U+{code:04X}", f"write {escape} in double quotes, or delete it"


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at `index`."""
    start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - start + 1

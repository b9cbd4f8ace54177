"""A condition → its tokens, as CEL has them: names, numbers, signs and texts, without comments (CEL-3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

# A text of CEL: raw or not, of bytes or not, in single or triple quotes of either kind.
_TEXT = r"""(?P<prefix>(?:[rR][bB]?|[bB][rR]?)?)(?P<quote>\"{3}|'{3}|["'])"""
_NUMBER = r"0[xX][0-9a-fA-F]+[uU]?|(?:[0-9]+\.[0-9]+|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?[uU]?"
_SIGN = r"&+|\|+|=+|!=+|<[=>]?|>=?|\S"
_TOKEN = re.compile(
    rf"(?P<comment>//[^\n]*)|{_TEXT}|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>{_NUMBER})|(?P<sign>{_SIGN})"
)
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|(.))", re.DOTALL
)
_SHORT = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@frozen
class Token:
    """A "name", a "number", a "sign", a "text" or "bytes", and the characters that it has in the condition.

    `text` is what is written there; of a text, what it says, whose characters are `inner`. An open text
    is not `closed`: no quote ends it, or the one that does stands in another line.
    """

    kind: str
    start: int
    end: int
    text: str
    inner: tuple[int, int] = (0, 0)
    closed: bool = True

    def is_sign(self, *signs: str) -> bool:
        """Whether it is one of these signs."""
        return self.kind == "sign" and self.text in signs


def tokens(condition: str) -> Iterator[Token]:
    """All tokens; what is no token of CEL is a sign."""
    position = 0
    while match := _TOKEN.search(condition, position):
        position = match.end()
        if match["comment"] is not None:
            continue
        if match["quote"] is None:
            yield Token(match.lastgroup or "", match.start(), match.end(), match.group())
            continue
        token = _text(condition, match)
        yield token
        position = token.end


def _text(condition: str, match: re.Match[str]) -> Token:
    prefix, quote, start = match["prefix"].lower(), match["quote"], match.end()
    raw = "r" in prefix
    end = _end_of_text(condition, start, quote, raw=raw)
    content = condition[start:end]
    said = content if raw else _ESCAPE.sub(_character, content)
    closed = end < len(condition) and (len(quote) > 1 or "\n" not in content)
    kind = "bytes" if "b" in prefix else "text"
    return Token(kind, match.start(), min(end + len(quote), len(condition)), said, (start, end), closed)


def _end_of_text(condition: str, start: int, quote: str, *, raw: bool) -> int:
    position = start
    while position < len(condition):
        if condition.startswith(quote, position):
            return position
        position += 2 if condition[position] == "\\" and not raw else 1
    return len(condition)


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        is_character = number < 0xD800 or 0xE000 <= number < 0x110000
        return chr(number) if is_character else "\ufffd"
    return chr(int(match[4], 8)) if match[4] else _SHORT.get(match[5], match[5])

"""The one canonical spelling of each scalar (YAML-10 to YAML-29). Text in, YAML bytes out; no layout."""

from __future__ import annotations

import re
from functools import cache

_OTHER_TYPES = r"(?!(?ai:y|n|yes|no|on|off|true|false|null|e[-+]?[0-9]+)\Z)"
_PLAIN_START = re.compile(_OTHER_TYPES + r"(?:[A-Za-z]|[^\x00-\x7f]|[0-9]+-(?=[a-z]))")
# What a plain text may not hold. Looking for it takes no memory, as matching all the rest of a text would.
_NOT_PLAIN_ASCII = re.compile(r"[^ -~]|[ ][ #]|:(?: |\Z)|[ ]\Z")
_NOT_PLAIN = re.compile(r"[\t\n]|[ ][ #]|:(?: |\Z)|\s\Z")
_PLAIN_KEY = re.compile(_OTHER_TYPES + r"[A-Za-z][A-Za-z0-9_.-]*\Z")

_LITERAL_ASCII = bytes([0x09, 0x0A, *range(0x20, 0x7F)])
_NOT_ODD_ASCII = _LITERAL_ASCII + bytes(range(0x80, 0x100))
# One expression for each first byte: each is then found by a search for that byte alone.
_ODD_BEYOND_ASCII = (
    re.compile(rb"\xc2[\x80-\x9f]"),  # C1 controls, NEL among them
    re.compile(rb"\xe2\x80[\xa8\xa9]"),  # line and paragraph separator
    re.compile(rb"\xef(?:\xbb\xbf|\xbf[\xbe\xbf])"),  # byte order mark, U+FFFE, U+FFFF
)
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_LEAD = re.compile(rb" *(?:\n *)*")


def has_odd_characters(data: bytes) -> bool:
    """Whether UTF-8 `data` holds a character that a literal block cannot carry (YAML-21)."""
    if data.translate(None, _NOT_ODD_ASCII):
        return True
    return not data.isascii() and any(odd.search(data) for odd in _ODD_BEYOND_ASCII)


def text(value: str, indent: int) -> bytes:
    """What stands behind `key: ` for a text; the lines after the first are indented by `indent`.

    The result has no line break at its end.
    """
    if "\n" not in value:
        return line(value).encode()
    data = value.encode()
    header = block_header(data)
    return _quoted_lines(value, indent) if header is None else header + block_body(data, indent)


def line(value: str) -> str:
    """A text on one line: plain where every parser agrees, else quoted."""
    return value if is_plain(value) else quoted(value)


def key(value: str) -> str:
    """A text as a key."""
    return value if _PLAIN_KEY.match(value) else quoted(value)


def is_plain(value: str) -> bool:
    """Whether all parsers read `value` as this text when it stands there without quotes (YAML-12)."""
    if not _PLAIN_START.match(value):
        return False
    if value.isascii():
        return not _NOT_PLAIN_ASCII.search(value)
    return _starts_well(value[0]) and not _NOT_PLAIN.search(value) and not _ODD.search(value)


def _starts_well(character: str) -> bool:
    if character.isascii():
        return True
    # Imported late: most texts are ASCII. The frozen database of Unicode 3.2 is the same in every Python,
    # while letters come to be with each version of the current one, and bytes must not depend on that.
    from unicodedata import ucd_3_2_0

    return ucd_3_2_0.category(character).startswith("L")


def quoted(value: str) -> str:
    """A text on one line in quotes: single ones where they save escaping a double one (YAML-14)."""
    if '"' in value and "\t" not in value and "\n" not in value and not _ODD.search(value):
        return "'" + value.replace("'", "''") + "'"
    return double_quoted(value)


def double_quoted(value: str) -> str:
    """A text on one line in double quotes."""
    return f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT_ESCAPES.get(character) or _code(character)


def _code(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _quoted_lines(value: str, indent: int) -> bytes:
    """A text that no block can carry: an escaped line for each line, so that diffs stay readable."""
    pad = " " * indent
    pieces = (_escaped_line(piece) for piece in value.split("\n"))
    body = f"\\n\\\n{pad}".join(pieces)
    if value.endswith("\n"):
        return f'"\\\n{pad}{body}"'.encode()
    return f'"\\\n{pad}{body}\\\n{pad}"'.encode()


def _escaped_line(piece: str) -> str:
    escaped = _ESCAPED.sub(_escape, piece)
    first = escaped[:1]
    if first == " ":
        return "\\" + escaped
    return _code(first) + escaped[1:] if first.isspace() else escaped


def block_header(data: bytes) -> bytes | None:
    """`|`, `|-`, `|2` or `|2-` for UTF-8 `data` with a line break, None where no block can carry it."""
    if has_odd_characters(data):
        return None
    body = data[:-1] if data.endswith(b"\n") else data
    lead = _first(_LEAD.match(data))
    # A line that ends in a line break of its own is empty; one of blanks alone is lost by npm yaml.
    if not body[body.rfind(b"\n") + 1 :].strip(b" \t") or len(lead) == len(data):
        return None
    if data[len(lead)] == 0x09 and (not lead or lead.endswith(b"\n")):
        return None
    return b"|" + (b"2" if b" " in lead else b"") + (b"" if data.endswith(b"\n") else b"-")


def _first(match: re.Match[bytes] | None) -> bytes:
    return match.group() if match else b""


def block_body(data: bytes, indent: int) -> bytes:
    """The lines of a literal block, each after its line break; empty lines stay empty."""
    pad = b"\n" + b" " * indent
    body = data[:-1] if data.endswith(b"\n") else data
    # Padding all lines and clearing the empty ones is far faster than choosing among them.
    return _padded_empty(indent).sub(b"\n", (b"\n" + body).replace(b"\n", pad))


@cache
def _padded_empty(indent: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n {%d}(?=\n)" % indent)


def integer(value: int) -> str:
    """A whole number: plain decimal."""
    return str(value)


def date(value: str | float) -> str:
    """A text in quotes, a number plain, so that nobody takes one for the other (YAML-17)."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int):
        return integer(value)
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    digits, _, exponent = repr(value).partition("e")
    point = digits if "." in digits else f"{digits}.0"
    return f"{point}e{int(exponent):+d}" if exponent else point

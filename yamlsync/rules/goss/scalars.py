"""What a part of a spec is to goss: how its YAML reader takes plain scalars (GOSS-12)."""

from __future__ import annotations

import re

from yamlsync.document.foreign.parts import Part

_QUOTED = frozenset(("'", '"', "|", ">"))
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_BOOLS = _TRUE | frozenset(("false", "False", "FALSE"))
_OLD_TRUE = frozenset(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"))
_OLD_BOOLS = _OLD_TRUE | frozenset(("n", "N", "no", "No", "NO", "off", "Off", "OFF"))
_INTEGER = re.compile(r"[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")
_LARGEST = 2**63
_NAMES = {
    "mapping": "a mapping",
    "list": "a list",
    "text": "a text",
    "nothing": "nothing",
    "truth": "true or false",
    "integer": "a number",
    "number": "a number",
    "date": "a date",
    "unknown": "a value with a tag",
}


def kind(part: Part) -> str:
    """One of "mapping", "list", "text", "nothing", "truth", "integer", "number", "date" and "unknown"."""
    if part.token is None:
        return "mapping" if part.pairs is not None else "list"
    if part.style:
        return "text" if part.style in _QUOTED else "unknown"
    if part.token in _NULLS:
        return "nothing"
    if part.token in _BOOLS:
        return "truth"
    return _numeric(part) if part.token[0] in "0123456789+-." else "text"


def named(part: Part) -> str:
    """What a part is, for messages."""
    return _NAMES[kind(part)]


def _numeric(part: Part) -> str:
    """The kind of a plain scalar that starts as a number does."""
    token = part.token or ""
    digits = token.replace("_", "")
    if _INTEGER.fullmatch(digits):
        return "integer" if len(digits) < 19 or abs(integer(part) or _LARGEST) < _LARGEST else "number"
    if _FLOAT.fullmatch(digits):
        return "number"
    return "date" if _DATE.fullmatch(token) else "text"


def integer(part: Part) -> int | None:
    """The value of a scalar of the kind "integer"; a leading 0 means octal."""
    digits = (part.token or "").replace("_", "").lower()
    if not _INTEGER.fullmatch(digits) or len(digits) > 1000:
        return None
    sign, unsigned = (-1 if digits[0] == "-" else 1), digits.lstrip("+-")
    if unsigned.startswith("0") and unsigned[1:].isdecimal():
        return sign * int(unsigned, 8)
    return sign * int(unsigned, 0)


def is_flag(part: Part) -> bool:
    """Whether goss reads the scalar as true or false where it wants one of the two."""
    token = part.token or ""
    return token in _OLD_BOOLS or (not part.style and (token in _BOOLS or token in _NULLS))


def is_set(part: Part) -> bool:
    """Whether a flag is true."""
    token = part.token or ""
    return token in _OLD_TRUE or (not part.style and token in _TRUE)


def is_old_flag(part: Part) -> bool:
    """Whether it is a word that older YAML took for true or false."""
    return (part.token or "") in _OLD_BOOLS

"""What one scalar means: read by the kind that the format gives its key, never by guess (YAML-10)."""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import frozen

from yamlsync.affinity import MAX_INTEGER, MIN_INTEGER, becomes_integer, becomes_number
from yamlsync.document import spelling
from yamlsync.document.model import Scalar

_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_INFINITY = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(?:nan|NaN|NAN)\Z")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


@frozen
class Fault:
    """Why a scalar cannot be read, and what to write instead."""

    message: str
    help: str


ScalarValue = str | int | float | None


def read_scalar(kind: Scalar, token: str, *, plain: bool) -> ScalarValue | Fault:
    """The value of a scalar. `plain` means that it stood there without quotes and not as a block."""
    return _READERS[kind](token, plain)


def is_null(token: str) -> bool:
    """Whether YAML takes this plain token for null."""
    return token in _NULL


def _text(token: str, plain: bool) -> ScalarValue | Fault:
    if plain and is_null(token):
        written = token or "nothing"
        return Fault(
            f"{written} is YAML's null, and this value cannot be null",
            f'write "{token}" in quotes for that text, or leave the key out',
        )
    return token


def _integer(token: str, plain: bool) -> ScalarValue | Fault:
    if not _INTEGER.match(token):
        return Fault(
            f"{_shown(token)} is not a whole number", "write a whole number in decimal digits, such as 3"
        )
    if not plain:
        return Fault("a whole number in quotes is a text", f"write {token.strip()} without quotes")
    number = _bounded(token)
    if number is None:
        return Fault(
            f"{_shown(token)} does not fit in 64 bits", f"write a number from {MIN_INTEGER} to {MAX_INTEGER}"
        )
    return number


def _bounded(token: str) -> int | None:
    if len(token.lstrip("+-0")) > 19:
        return None
    number = int(token)
    return number if MIN_INTEGER <= number <= MAX_INTEGER else None


def _date(token: str, plain: bool) -> ScalarValue | Fault:
    if not plain:
        return _quoted_date(token)
    if _INTEGER.match(token):
        number = _bounded(token)
        fault = Fault(f"{_shown(token)} does not fit in 64 bits", "write a smaller number or a quoted date")
        return fault if number is None else number
    if becomes_number(token):
        return _real(float(token))
    if _INFINITY.match(token):
        return float("-inf") if token.startswith("-") else float("inf")
    if _NOT_A_NUMBER.match(token):
        return Fault("SQLite has no NaN", "write a number or a quoted date")
    return _text(token, plain)


def _quoted_date(token: str) -> ScalarValue | Fault:
    if not becomes_number(token):
        return token
    return Fault(
        "a date in quotes that looks like a number would become a number in SQLite",
        f'write {token.strip()} without quotes for the number, or a date such as "2026-01-15T09:30:00Z"',
    )


def _real(number: float) -> ScalarValue | Fault:
    if number in (float("inf"), float("-inf")):
        return Fault("the number is too large for a REAL", "write .inf for infinity, or a quoted date")
    if becomes_integer(number):
        message = f"SQLite would store {spelling.date(number)} as the whole number {int(number)}"
        return Fault(message, f"write {int(number)}")
    return number


def _reference(token: str, plain: bool) -> ScalarValue | Fault:
    return None if plain and is_null(token) else token


def _shown(token: str) -> str:
    short = token if len(token) <= 40 else f"{token[:37]}..."
    return spelling.quoted(short)


_READERS: dict[Scalar, Callable[[str, bool], ScalarValue | Fault]] = {
    Scalar.TEXT: _text,
    Scalar.INTEGER: _integer,
    Scalar.DATE: _date,
    Scalar.REFERENCE: _reference,
}

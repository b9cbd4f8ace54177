"""Conditions of the usual form, told and weighed without a library: steps joined by && and || (CEL-10).

Most conditions are one of these. They are right CEL as they stand, so that nothing need be loaded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from attrs import frozen

_TEXT = r"\"[^\"\\\n]*\"|'[^'\\\n]*'"
_ATOM = re.compile(
    rf" *(?:(?P<not>!) *)?steps\[ *(?P<id>{_TEXT}) *\]\."
    rf"(?:(?P<flag>completed|active)|status *(?P<sign>==|!=) *(?P<status>{_TEXT})) *"
    rf"| *(?:! *)?state\[ *(?:{_TEXT}) *\] *(?:==|!=) *(?:{_TEXT}) *"
)
_MOST = 10_000
"""Characters; and 32 atoms, since the library takes no deeper nesting."""


@frozen
class Atom:
    """What one part asks: a step's flag or status; None for the state of a student, which may be anything."""

    id: str | None
    field: str = ""
    wanted: str = ""
    negated: bool = False


Alternatives: TypeAlias = tuple[tuple[Atom, ...], ...]
"""Any of these, and in each all of its atoms."""


@lru_cache(maxsize=2048)
def usual(condition: str) -> Alternatives | None:
    """The condition as alternatives of atoms, or None where it is not of the usual form."""
    if len(condition) > _MOST:
        return None
    alternatives: list[list[Atom]] = [[]]
    position = 0
    while match := _ATOM.match(condition, position):
        alternatives[-1].append(_atom(match))
        position = match.end()
        sign = condition[position : position + 2]
        if not sign:
            few = sum(map(len, alternatives)) <= 16
            return tuple(map(tuple, alternatives)) if few else None
        if sign not in ("&&", "||"):
            return None
        if sign == "||":
            alternatives.append([])
        position += 2
    return None


def steps_asked(condition: str) -> tuple[str, ...] | None:
    """The ids that a condition of the usual form names; None for one of another form."""
    alternatives = usual(condition)
    if alternatives is None:
        return None
    return tuple(atom.id for each in alternatives for atom in each if atom.id is not None)


def _atom(match: re.Match[str]) -> Atom:
    if match["id"] is None:
        return Atom(None)
    negated = (match["not"] is not None) != (match["sign"] == "!=")
    field = match["flag"] or "status"
    return Atom(match["id"][1:-1], field, (match["status"] or "")[1:-1], negated)

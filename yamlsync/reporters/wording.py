"""The words of a problem for formats that know no cells, and texts that every encoding can hold."""

from __future__ import annotations

import re

from yamlsync.printable import printable
from yamlsync.problems import Cell, Problem

_HALVES = re.compile("[\ud800-\udfff]")


def told(problem: Problem) -> str:
    """The message, behind the cell that it is about: these formats have places in files alone."""
    cell = within_database(problem)
    return f"{cell}: {problem.message}" if cell else problem.message


def within_database(problem: Problem) -> str:
    """Table, row and column, as far as they are known; "" for a place in a file."""
    place = problem.place
    return str(place).removeprefix(place.path).removeprefix(": ") if isinstance(place, Cell) else ""


def encodable(text: str) -> str:
    """The text with an escape for each half of a surrogate pair: a name's byte that is no UTF-8 is one."""
    return _HALVES.sub(lambda match: printable(match[0]), text)

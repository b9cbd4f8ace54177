"""What is wrong with content, and where: the values that every reader returns beside its result."""

from __future__ import annotations

from attrs import frozen


@frozen
class Place:
    """A range of a text file. Lines and columns count from 1, columns in characters (code points).

    A place without a line means the file as a whole.
    """

    path: str
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None

    def __str__(self) -> str:
        parts = [self.path, self.line, self.column]
        return ":".join(str(part) for part in parts if part is not None)


@frozen
class Cell:
    """A place in a database: a table, the row as its key tells it, a column; each may be unknown."""

    path: str
    table: str | None = None
    row: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.path]
        if self.table is not None:
            parts.append(f"table {self.table}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ": ".join([parts[0], ", ".join(parts[1:])]) if len(parts) > 1 else parts[0]


@frozen
class Problem:
    """One thing wrong with the content of a tree or a database.

    `code` is stable (`spec/problems.md` lists them all); `help` says what to write instead.
    """

    code: str
    message: str
    place: Place | Cell
    help: str | None = None
    severity: str = "error"
    fixable: bool = False


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Sorted by place and without repetitions, as every report shows them."""
    return tuple(sorted(dict.fromkeys(problems), key=_order))


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.place
    if isinstance(place, Place):
        return (place.path, place.line or 0, place.column or 0, problem.code, problem.message)
    return (place.path, 0, 0, problem.code, f"{place} {problem.message}")

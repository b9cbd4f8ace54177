"""The record that a problem is in JSON (CHK-52); its schema is made from it."""

from __future__ import annotations

from attrs import field, frozen

from yamlsync.problems import Cell, Problem
from yamlsync.reporters.wording import encodable


def _about(description: str) -> dict[str, str]:
    return {"description": description}


@frozen
class DatabaseCell:
    """A place in a database."""

    table: str | None = field(metadata=_about("The table, or null for the database as a whole."))
    row: str | None = field(metadata=_about('The row as its key tells it, such as `id "step-1"`.'))
    column: str | None = field(metadata=_about("The column, or null for the row as a whole."))


@frozen
class Finding:
    """One thing that is wrong with a workshop."""

    code: str = field(metadata=_about("What is wrong; `yamlsync explain CODE` tells more."))
    severity: str = field(metadata=_about("How bad it is."))
    message: str = field(metadata=_about("What is wrong, in a sentence."))
    path: str = field(metadata=_about("The file or database, as seen from the working directory."))
    line: int | None = field(metadata=_about("The line, from 1; null for the file as a whole."))
    column: int | None = field(metadata=_about("The column, from 1, in characters (code points)."))
    end_line: int | None = field(metadata=_about("The line where the range ends."))
    end_column: int | None = field(metadata=_about("The column behind the last character of the range."))
    cell: DatabaseCell | None = field(metadata=_about("The place in a database; null in a file."))
    help: str | None = field(metadata=_about("What to write instead."))
    fixable: bool = field(metadata=_about("Whether `yamlsync check --fix` mends it."))


def finding(problem: Problem) -> Finding:
    """The record of a problem, with texts that UTF-8 can hold."""
    place = problem.place
    line = column = end_line = end_column = cell = None
    if isinstance(place, Cell):
        cell = DatabaseCell(_text(place.table), _text(place.row), _text(place.column))
    else:
        line, column, end_line, end_column = place.line, place.column, place.end_line, place.end_column
    return Finding(
        problem.code,
        problem.severity,
        encodable(problem.message),
        encodable(place.path),
        line,
        column,
        end_line,
        end_column,
        cell,
        _text(problem.help),
        problem.fixable,
    )


def _text(text: str | None) -> str | None:
    return None if text is None else encodable(text)

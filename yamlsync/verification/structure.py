"""Whether a database is whole, and built and filled as its schema says: four answers (VER-3 to VER-5)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from yamlsync.database.read import DatabaseReading
from yamlsync.printable import printable, shell
from yamlsync.problems import Cell, Problem
from yamlsync.verification.answers import Answer, Verdict, counted, not_asked, refuse

_DAMAGE = "YS804"
_STRUCTURE = ("YS801", "YS802", "YS811")
_REFERENCE = "YS805"

# `--lossy`, which the reader may have in its help, is no way of verifying.
_NO_PLACE = "drop it from a copy of the database: the format has no place for it"


def structural(reading: DatabaseReading, path: str) -> Iterator[Answer]:
    """The answers of `file`, `schema`, `references` and `values`.

    The reader stops in stages (SQL-27): what it did not come to is not asked.
    """
    codes = {problem.code for problem in reading.problems}
    if _DAMAGE in codes:
        yield refuse("file", "damaged", *reading.problems)
        for question in ("schema", "references", "values"):
            yield not_asked(question, "file")
        return
    if codes.intersection(_STRUCTURE):
        # What is built otherwise could run what its author wrote, while the file is looked through.
        yield not_asked("file", "schema")
        yield _wrong_structure(reading)
        for question in ("references", "values"):
            yield not_asked(question, "schema")
        return
    yield Answer("file", Verdict.YES, "a whole SQLite database")
    if reading.contents is None:
        yield Answer("schema", Verdict.NOTE, f"schema {reading.schema}; how it is spelled was not asked")
    else:
        yield _schema(reading, path)
    yield from _rows(reading)


def _wrong_structure(reading: DatabaseReading) -> Answer:
    problems = [
        evolve(problem, help=_NO_PLACE) if "--lossy" in (problem.help or "") else problem
        for problem in reading.problems
    ]
    newer = any(problem.code == "YS811" for problem in problems)
    message = "newer than any that is known" if newer else f"not the tables of schema {reading.schema}"
    return refuse("schema", message, *problems)


def _schema(reading: DatabaseReading, path: str) -> Answer:
    schema = f"schema {reading.schema}"
    spelled = reading.other_spelling
    if not spelled:
        return Answer("schema", Verdict.YES, schema)
    if reading.artifact is None:
        # Nobody says that this file is one of ours.
        more = f", and {len(spelled) - 1} more" if len(spelled) > 1 else ""
        return Answer("schema", Verdict.NOTE, f"{schema}, in another spelling: {spelled[0]}{more}")
    help = (
        "ask whoever publishes it for the file as it was built; or have it spelled anew, with all that it "
        f"says: yamlsync migrate {shell(path)}"
    )
    problems = [Problem("YS812", printable(each), Cell(path), help) for each in spelled]
    return refuse("schema", f"{schema}, but not as yamlsync builds it", *problems)


def _rows(reading: DatabaseReading) -> Iterator[Answer]:
    broken = [problem for problem in reading.problems if problem.code == _REFERENCE]
    wrong = [problem for problem in reading.problems if problem.code != _REFERENCE]
    if broken:
        yield refuse("references", f"{counted(len(broken), 'row')} refer to nothing", *broken)
    else:
        yield Answer("references", Verdict.YES, "each names a row that is there")
    if wrong:
        yield refuse("values", counted(len(wrong), "problem"), *wrong)
    elif reading.contents is None:
        yield not_asked("values", "references")
    else:
        workshops = reading.contents.workshops
        steps = counted(sum(len(workshop.steps) for workshop in workshops), "step")
        several = f"{counted(len(workshops), 'workshop')}, " if len(workshops) > 1 else ""
        yield Answer("values", Verdict.YES, f"{several}{steps}")

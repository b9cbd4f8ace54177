"""All questions, one after the other; nothing is written but a signature that was asked for (VER-1)."""

from __future__ import annotations

from attrs import evolve, frozen

from yamlsync.database.read import DatabaseReading, read_database
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError
from yamlsync.problems import Cell, Problem
from yamlsync.records import Contents
from yamlsync.verification.answers import Answer, Verdict, Verification, not_asked, refuse
from yamlsync.verification.content import content_answer
from yamlsync.verification.signature import AS_SIGNED, signature_answer
from yamlsync.verification.structure import structural


class UntriedError(OperationError):
    """A question that could not be tried; `answered` has the answers to all others."""

    def __init__(self, error: OperationError, answered: Verification) -> None:
        super().__init__(error.message, error.help)
        self.answered = answered


@frozen
class VerifyOptions:
    """What the user asked for: paths, and who should have signed. None is what was not asked for."""

    against: str | None = None
    sums: str | None = None
    allowed_signers: str | None = None
    identity: str | None = None
    signature_out: str | None = None


def verify(path: str, options: VerifyOptions) -> Verification:
    """Answers whether a database is whole, is what it says it is, and who signed it.

    Raises OperationError where it cannot be tried: no such file, no database, changes beside it;
    nothing to compare with; no signature that could be taken out. It is an UntriedError where the
    allowed signers or ssh-keygen cannot be asked.
    """
    reading = read_database(path)
    answers = list(structural(reading, path))
    digests, untried = None, None
    if reading.contents is None:
        first = next(answer for answer in answers if answer.verdict is Verdict.NO).question
        questions = ["digest", "signature", *(["against"] if options.against is not None else [])]
        answers += [not_asked(question, first) for question in questions]
    else:
        digests = digests_of(reading.contents)
        answers.append(content_answer(reading.artifact, digests, path))
        try:
            answers.append(
                signature_answer(
                    reading.artifact,
                    reading.contents,
                    digests,
                    path,
                    options.allowed_signers,
                    options.identity,
                )
            )
        except OperationError as error:
            untried = error
        if options.against is not None:
            answers.append(_against(reading.contents, path, options.against))
    if options.sums is not None:
        answers.append(_sums(options.sums, path))
    # A file that is not one of ours by its tables has no schema that could be named.
    known = digests is not None or answers[1].verdict is not Verdict.NOT_ASKED
    newer = any(problem.code == "YS811" for problem in reading.problems)
    schema = reading.schema if known and not newer else None
    found = Verification(path, schema, digests.content if digests else None, tuple(answers))
    if untried is not None:
        raise UntriedError(untried, found) from untried
    if options.signature_out is not None and reading.contents is not None:
        _take_out(reading, path, options.signature_out)
        return evolve(found, written=True)
    return found


def _against(contents: Contents, path: str, workshop: str) -> Answer:
    # Imported late, as below: it reads directories, too, and most runs compare with nothing.
    from yamlsync.opening import open_workshop
    from yamlsync.verification.against import against_answer

    return against_answer(contents, path, workshop, open_workshop(workshop))


def _sums(sums: str, path: str) -> Answer:
    from yamlsync.sums import Listed, check_sums

    match check_sums(sums, path):
        case Listed.RIGHT:
            return Answer("sums", Verdict.YES, f"as {sums} says")
        case Listed.MISSING:
            message = f"{sums} has no line of it"
        case Listed.OTHER:
            message = f"its bytes are not those that {sums} was made of"
    # Never to set the line: that would make a yes of any file.
    help = f"take the database and {sums} again from where they are published"
    return refuse("sums", message, Problem("YS816", message, Cell(path), help))


def _take_out(reading: DatabaseReading, path: str, target: str) -> None:
    from yamlsync.detached import write_detached

    artifact = reading.artifact
    if artifact is None or artifact.statement is None or artifact.signature is None:
        raise OperationError(
            f"{path} is not signed, so there is nothing to be taken out",
            AS_SIGNED,
        )
    write_detached(target, artifact.statement, artifact.signature)

"""Who signed a database, and whether it was this content that was signed (VER-10 to VER-13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yamlsync.artifact import Artifact
from yamlsync.digest import Digests
from yamlsync.errors import OperationError
from yamlsync.printable import shell, shown
from yamlsync.problems import Cell, Problem
from yamlsync.records import Contents
from yamlsync.signatures.verdicts import Judgement
from yamlsync.signatures.verdicts import Verdict as Judged
from yamlsync.verification.answers import Answer, Verdict, refuse
from yamlsync.verification.content import artifact_cell

if TYPE_CHECKING:
    from yamlsync.statement import Statement

_CODES = {
    Judged.MALFORMED: "YS822",
    Judged.BROKEN: "YS822",
    Judged.WRONG_NAMESPACE: "YS823",
    Judged.UNKNOWN_SIGNER: "YS824",
    Judged.EXPIRED: "YS825",
    Judged.NOT_YET_VALID: "YS825",
    Judged.NOT_THIS_IDENTITY: "YS827",
    Judged.NOT_FOR_NAMESPACE: "YS828",
    Judged.REFUSED: "YS829",
}
"""The code of each refusal. A verdict that is none has no code."""

_UNPROVED = (Judged.MALFORMED, Judged.BROKEN)
_ANOTHER = "the signature is of another statement"

# Mostly, who verifies is not who signs, and nobody can sign for another.
AS_SIGNED = "ask whoever publishes it for the file as it was signed"


def signature_answer(
    artifact: Artifact | None,
    contents: Contents,
    digests: Digests,
    path: str,
    allowed_signers: str | None,
    identity: str | None,
) -> Answer:
    """The answer of `signature`.

    Raises OperationError where there are allowed signers, and they or ssh-keygen cannot be asked.
    """
    if artifact is None or (artifact.statement is None and artifact.signature is None):
        if allowed_signers is None:
            return Answer("signature", Verdict.NOTE, "not signed")
        return _refused(_missing(artifact, path))
    if artifact.statement is None or artifact.signature is None:
        return _refused(_half(artifact, path))
    # Imported late: most databases are not signed.
    from yamlsync.signatures.judging import judge

    why = "for whom nobody vouches: name --allowed-signers FILE"
    try:
        judged = judge(artifact.statement.encode(), artifact.signature, allowed_signers, identity)
    except OperationError as error:
        if allowed_signers is not None:
            raise
        # Nobody asked whose it is, and all else can be answered without ssh-keygen.
        judged = _unjudged(artifact.signature)
        why = f"it says, and nobody could judge that: {error.message}"
    problems = list(_refusals(judged, path))
    if judged.verdict not in _UNPROVED:
        from yamlsync.statement import statement_of

        expected = statement_of(contents, digests.content, artifact.source_commit)
        problems += _replaced(artifact.statement, expected, path)
    if problems:
        return _refused(*problems)
    if judged.verdict is Judged.UNVOUCHED:
        return Answer("signature", Verdict.NOTE, f"signed by {judged.fingerprint}, {why}")
    return Answer("signature", Verdict.YES, judged.message)


def _unjudged(signature: str) -> Judgement:
    """What can be said of a signature that ssh-keygen was not asked about."""
    from yamlsync.signatures.armor import parse_armored

    armored = parse_armored(signature)
    return Judgement(Judged.UNVOUCHED, "", None, armored.fingerprint if armored else "")


def _refusals(judged: Judgement, path: str) -> Iterator[Problem]:
    if judged.verdict in _CODES:
        # What to do about a text in a database is not what to do about a file.
        help = AS_SIGNED if judged.verdict in _UNPROVED else judged.help
        yield Problem(_CODES[judged.verdict], judged.message, artifact_cell(path, "signature"), help)


def _missing(artifact: Artifact | None, path: str) -> Problem:
    name = shell(path)
    message, place = "the database is not signed", Cell(path)
    if artifact is None:
        help = (
            "schema 1 can hold no signature: ask whoever publishes it for a signed file; "
            f"they make one with: yamlsync migrate {name}, and yamlsync sign {name} --key KEY"
        )
        return Problem("YS821", message, place, help)
    help = f"{AS_SIGNED}; they sign it with: yamlsync sign {name} --key KEY"
    return Problem("YS821", message, artifact_cell(path, "signature"), help)


def _half(artifact: Artifact, path: str) -> Problem:
    if artifact.signature is None:
        message = "a statement stands here, and no signature of it"
        return Problem("YS813", message, artifact_cell(path, "statement"), AS_SIGNED)
    message = "a signature stands here, and not the statement that it is of"
    return Problem("YS813", message, artifact_cell(path, "signature"), AS_SIGNED)


def _refused(*problems: Problem) -> Answer:
    first = problems[0]
    # In which lines it differs is said below, and is long.
    return refuse("signature", _ANOTHER if first.code == "YS826" else first.message, *problems)


def _replaced(statement: str, expected: Statement, path: str) -> Iterator[Problem]:
    """Whether a statement is about another content, and which lines of it say so."""
    from yamlsync.statement import parse_statement

    found = parse_statement(statement)
    if found == expected:
        return
    told = "it says nothing of a workshop" if found is None else "; ".join(_differing(found, expected))
    yield Problem(
        "YS826",
        f"{_ANOTHER}: {told}",
        artifact_cell(path, "statement"),
        f"{AS_SIGNED}; if the change is meant, they sign it anew",
    )


def _differing(found: Statement, expected: Statement) -> Iterator[str]:
    ids, wanted = ([id for id, _ in each.workshops] for each in (found, expected))
    if ids != wanted:
        yield f"its workshop is {_listed(ids)}, here it is {_listed(wanted)}"
    elif found.workshops != expected.workshops:
        for (id, version), (_, here) in zip(found.workshops, expected.workshops, strict=True):
            if version != here:
                yield f"its version of {shown(id)} is {shown(version)}, here it is {shown(here)}"
    if found.content_digest != expected.content_digest:
        yield f"its content is {found.content_digest}, here it is {expected.content_digest}"
    if found.source_commit != expected.source_commit:
        yield f"its commit is {_commit(found)}, here it is {_commit(expected)}"


def _listed(ids: list[str]) -> str:
    more = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
    return ", ".join(map(shown, ids[:3])) + more


def _commit(statement: Statement) -> str:
    return "none" if statement.source_commit is None else shown(statement.source_commit)

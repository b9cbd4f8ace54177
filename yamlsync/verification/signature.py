"""Who signed a database, and whether it was this content that was signed (VER-10 to VER-13)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yamlsync.artifact import Artifact
from yamlsync.digest import Digests
from yamlsync.printable import shown
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
_SIGN = "sign it: yamlsync sign DB --key KEY"


def signature_answer(
    artifact: Artifact | None,
    contents: Contents,
    digests: Digests,
    path: str,
    allowed_signers: str | None,
    identity: str | None,
) -> Answer:
    """The answer of `signature`. Raises OperationError where ssh-keygen or the signers cannot be asked."""
    if artifact is None or (artifact.statement is None and artifact.signature is None):
        if allowed_signers is None:
            return Answer("signature", Verdict.NOTE, "not signed")
        place = Cell(path) if artifact is None else artifact_cell(path, "signature")
        return _refused(Problem("YS821", "the database is not signed", place, _SIGN))
    if artifact.statement is None or artifact.signature is None:
        return _refused(_half(artifact, path))
    # Imported late: most databases are not signed.
    from yamlsync.signatures import judging

    judged = judging.judge(artifact.statement.encode(), artifact.signature, allowed_signers, identity)
    problems = list(_refusals(judged, path))
    if judged.verdict not in _UNPROVED:
        from yamlsync.statement import statement_of

        expected = statement_of(contents, digests.content, artifact.source_commit)
        problems += _replaced(artifact.statement, expected, path)
    if problems:
        return _refused(*problems)
    if judged.verdict is Judged.UNVOUCHED:
        message = f"signed by {judged.fingerprint}, for whom nobody vouches: name --allowed-signers FILE"
        return Answer("signature", Verdict.NOTE, message)
    return Answer("signature", Verdict.YES, judged.message)


def _refusals(judged: Judgement, path: str) -> Iterator[Problem]:
    if judged.verdict in _CODES:
        # What to do about a text in a database is not what to do about a file.
        help = _SIGN if judged.verdict is Judged.MALFORMED else judged.help
        yield Problem(_CODES[judged.verdict], judged.message, artifact_cell(path, "signature"), help)


def _half(artifact: Artifact, path: str) -> Problem:
    if artifact.signature is None:
        message = "a statement stands here, and no signature of it"
        return Problem("YS813", message, artifact_cell(path, "statement"), _SIGN)
    message = "a signature stands here, and not the statement that it is of"
    return Problem("YS813", message, artifact_cell(path, "signature"), _SIGN)


def _refused(*problems: Problem) -> Answer:
    return refuse("signature", problems[0].message, *problems)


def _replaced(statement: str, expected: Statement, path: str) -> Iterator[Problem]:
    """Whether a statement is about another content, and which lines of it say so."""
    from yamlsync.statement import parse_statement

    found = parse_statement(statement)
    if found == expected:
        return
    told = "it says nothing of a workshop" if found is None else "; ".join(_differing(found, expected))
    yield Problem(
        "YS826",
        f"the signature is of another statement: {told}",
        artifact_cell(path, "statement"),
        "take the file as it was signed; if the change was meant, have it signed anew",
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

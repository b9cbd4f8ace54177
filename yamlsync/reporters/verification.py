"""The record that a verification is in JSON (VER-2); its schema describes it."""

from __future__ import annotations

from attrs import frozen

from yamlsync.reporters.finding import Finding


@frozen
class AnswerRecord:
    """One question, its verdict, a sentence, and the problems of a no."""

    question: str
    verdict: str
    message: str
    problems: list[Finding]


@frozen
class VerificationRecord:
    """All of a verification. `schema` and `content_digest` are null where they are not known."""

    database: str
    schema: int | None
    content_digest: str | None
    verdict: str
    answers: list[AnswerRecord]

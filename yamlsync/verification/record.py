"""A verification as JSON, for programs (VER-2)."""

from __future__ import annotations

import json

from attrs import asdict

from yamlsync.reporters.finding import finding
from yamlsync.reporters.verification import AnswerRecord, VerificationRecord
from yamlsync.reporters.wording import encodable
from yamlsync.verification.answers import Answer, Verdict, Verification


def render(found: Verification) -> str:
    """A JSON document, without a line break at its end."""
    verdict = Verdict.NO if found.failed else Verdict.YES
    record = VerificationRecord(
        encodable(found.database),
        found.schema,
        found.content_digest,
        verdict.value,
        [_answer(answer) for answer in found.answers],
    )
    return json.dumps(asdict(record), ensure_ascii=False, indent=2)


def _answer(answer: Answer) -> AnswerRecord:
    problems = [finding(problem) for problem in answer.problems]
    return AnswerRecord(answer.question, answer.verdict.value, encodable(answer.message), problems)

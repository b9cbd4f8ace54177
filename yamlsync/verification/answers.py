"""What verifying says: an answer to each question, and all of them together (VER-1, VER-2)."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from yamlsync.problems import Problem


class Verdict(Enum):
    """What an answer comes to. NOT_ASKED is what an earlier NO made impossible."""

    YES = "yes"
    NOTE = "note"
    NO = "no"
    NOT_ASKED = "not asked"


@frozen
class Answer:
    """A question in one word, its verdict, and a sentence; a NO has problems."""

    question: str
    verdict: Verdict
    message: str
    problems: tuple[Problem, ...] = ()


@frozen
class Verification:
    """All answers, in order. `schema` and `content_digest` are those of the database, None if unknown.

    `written` says whether the signature was taken out, where that was asked for.
    """

    database: str
    schema: int | None
    content_digest: str | None
    answers: tuple[Answer, ...]
    written: bool = False

    @property
    def failed(self) -> bool:
        """Whether an answer is no."""
        return any(answer.verdict is Verdict.NO for answer in self.answers)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all answers."""
        return tuple(problem for answer in self.answers for problem in answer.problems)


def refuse(question: str, message: str, *problems: Problem) -> Answer:
    """A no."""
    return Answer(question, Verdict.NO, message, problems)


def not_asked(question: str, other: str) -> Answer:
    """No answer, since another question was answered with no."""
    return Answer(question, Verdict.NOT_ASKED, f"depends on {other}")


def counted(count: int, what: str) -> str:
    """A number of things: `1 step`, `2 steps`."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"

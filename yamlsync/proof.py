"""The proof before publication: what was written is read back and must say what was meant."""

from __future__ import annotations

from yamlsync.problems import Problem
from yamlsync.records import Contents


class ProofError(Exception):
    """What was written does not say what was meant: a bug, but nothing was published."""


def prove(
    meant: Contents, read_back: Contents | None, problems: tuple[Problem, ...], *, with_state: bool
) -> None:
    """Raises ProofError, with the first difference, unless both are equal."""
    if read_back is not None and read_back == meant:
        return
    if read_back is None:
        reason = "; ".join(f"{problem.place}: {problem.message}" for problem in problems[:3])
    else:
        # Imported late: proofs do not fail.
        from yamlsync.compare import differences

        reason = str(
            next(differences(meant, read_back, with_state=with_state), "the order of records differs")
        )
    raise ProofError(f"what was written reads back differently, so nothing was changed: {reason}")

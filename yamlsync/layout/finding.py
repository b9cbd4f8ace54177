"""What is wrong with a document's meaning, at a path in it; its place in the text is looked up later."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from attrs import frozen

from yamlsync.document.model import Path


@frozen
class Finding:
    """A problem at a path of a document, before anyone knows line and column."""

    code: str
    message: str
    at: Path
    help: str


_LONGEST = 40
_MOST = 300


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest, if one is near. Long words, and too many, are not tried: it is slow."""
    # Imported late: who makes no mistakes needs no advice.
    from yamlsync.document.placement import nearest as near

    if len(word) > _LONGEST:
        return None
    likely = list(islice((other for other in known if abs(len(other) - len(word)) <= 4), _MOST))
    return near(word, likely)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Help that names the nearest known word, if one is near."""
    near = nearest(word, known)
    return otherwise if near is None else f'did you mean "{near}"?'

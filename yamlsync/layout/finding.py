"""What is wrong with a document's meaning, at a path in it; its place in the text is looked up later."""

from __future__ import annotations

from attrs import frozen

from yamlsync.document.model import Path


@frozen
class Finding:
    """A problem at a path of a document, before anyone knows line and column."""

    code: str
    message: str
    at: Path
    help: str


def did_you_mean(word: str, known: list[str], otherwise: str) -> str:
    """Help that names the nearest known word, if one is near."""
    # Imported late: who makes no mistakes needs no advice.
    from difflib import get_close_matches

    near = get_close_matches(word[:200], known, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else otherwise

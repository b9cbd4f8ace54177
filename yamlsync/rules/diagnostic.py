"""What a rule says of one place of a document; line and column are looked up later."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from yamlsync.document.model import Path
from yamlsync.problems import Place


class Fix(Enum):
    """What makes a diagnostic go away without changing any record."""

    REMOVE = "remove the entry"
    RESPELL = "spell the file anew"


@frozen
class Diagnostic:
    """A finding of a rule: the file, the path in its document, what is wrong and what to do.

    A path that ends in "=" is that of a value, else that of a key or a list's item. `within` are the
    characters of the value's text, from the first to before the second, that are meant. What is no part
    of the document, such as a comment, has its `place` in the file.
    """

    file: str
    at: Path
    message: str
    help: str
    within: tuple[int, int] | None = None
    fix: Fix | None = None
    place: Place | None = None

"""What is said of files in which nothing changed but comments or spelling (DIF-6)."""

from __future__ import annotations

from collections.abc import Sequence

from yamlsync.printable import first_of
from yamlsync.renditions.counting import plural


def respelled_words(paths: Sequence[str], *, alone: bool) -> str:
    """A sentence that names them; `alone` where nothing else changed."""
    files = f"in {plural(len(paths), 'file')}{'' if alone else ' besides'}: {first_of(paths)}"
    return f"{'no change of content: ' if alone else ''}only comments or spelling differ {files}"

"""A foreign YAML text → what it says: the quick reader where it is sure, else the general one."""

from __future__ import annotations

from yamlsync.document.foreign.outline import outline
from yamlsync.document.foreign.parts import ForeignText


def read_foreign(text: str) -> ForeignText:
    """What a text says, or the fault that ended its reading."""
    read = outline(text)
    if read is not None:
        return read
    # Imported late: most texts have the usual shape.
    from yamlsync.document.foreign.general import read_any

    return read_any(text)

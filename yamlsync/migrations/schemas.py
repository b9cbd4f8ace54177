"""The steps between schemas, and what they do to tables, in words (MIG-10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from yamlsync.converters import Rows
from yamlsync.migrations.schema_2 import SCHEMA_2
from yamlsync.migrations.steps import Step

STEPS: dict[int, Step[Rows]] = {1: SCHEMA_2}
"""The step from each schema to the next one, by its number."""


def changed_tables(before: Rows, after: Rows) -> Iterator[str]:
    """A line for each table that comes, goes, or has other rows."""
    for name in dict.fromkeys([*before, *after]):
        if name not in before:
            yield f"the table {name} is new, with {_rows(len(after[name]))}"
        elif name not in after:
            yield f"the table {name} goes, with {_rows(len(before[name]))}"
        elif before[name] != after[name]:
            old, new = Counter(before[name]), Counter(after[name])
            come, gone = (new - old).total(), (old - new).total()
            yield f"the table {name} gets {_rows(come)} for {_rows(gone)}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"

"""What a right database may hold and no YAML file can carry (LAY-60)."""

from __future__ import annotations

from yamlsync.document import spelling
from yamlsync.document.limits import MAX_KEY
from yamlsync.problems import Cell, Problem
from yamlsync.records import Contents


def uncarriable(contents: Contents, database: str) -> list[Problem]:
    """The problems with keys that are too long for YAML, by their cells."""
    return [
        Problem(
            "YS810",
            f"a key that takes {len(spelling.key(row.key))} characters in YAML, more than {MAX_KEY}",
            Cell(database, "step_metadata", f'step_id "{step.id}", key "{row.key[:40]}..."', "key"),
            "shorten the key",
        )
        for workshop in contents.workshops
        for step in workshop.steps
        for row in step.metadata
        if len(row.key) > MAX_KEY // 10 and len(spelling.key(row.key)) > MAX_KEY
    ]

"""A workshop database of any number of steps, the same each time. `python -m` it with DB and STEPS."""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from .peer_database import INSERT, SCHEMA
from .prose import goss_spec, heading, markdown, sentence

_WORKSHOP = "kubernetes-in-depth"
_SEED = 20260115
_SMALLEST, _LARGEST, _TYPICAL = 1_000, 20_000, 4_500


def write_workshop(path: str, steps: int) -> None:
    """Writes a database with the seed's plain schema, its rows in no order."""
    rng = random.Random(_SEED)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA)
        with database:
            for table, rows in _rows(rng, steps).items():
                # A database that people have worked with is in no order, either.
                rng.shuffle(rows)
                database.executemany(INSERT[table], rows)


def _rows(rng: random.Random, steps: int) -> dict[str, list[tuple[Any, ...]]]:
    ids = [f"step-{number}-{heading(rng).lower().replace(' ', '-')}" for number in range(1, steps + 1)]
    return {
        "workshop": [(_WORKSHOP, "Kubernetes in depth", "v1", "2026-01-15T09:30:00Z")],
        "steps": [_step(rng, id, position) for position, id in enumerate(ids, 1)],
        "step_metadata": [row for id in ids for row in _metadata(rng, id)],
        "navigation": list(_navigation(rng, ids)),
    }


def _step(rng: random.Random, id: str, position: int) -> tuple[Any, ...]:
    size = int(rng.triangular(_SMALLEST, _LARGEST, _TYPICAL))
    goss = goss_spec(rng) if rng.random() < 0.9 else None
    return (id, _WORKSHOP, position, heading(rng), markdown(rng, size), f"myorg/{_WORKSHOP}:{id}", goss)


def _metadata(rng: random.Random, id: str) -> Iterator[tuple[str, str, str]]:
    yield id, "difficulty", rng.choice(("easy", "medium", "hard"))
    for number in range(1, rng.randint(1, 4)):
        yield id, f"hint.{number}", sentence(rng)


def _navigation(rng: random.Random, ids: list[str]) -> Iterator[tuple[str | None, ...]]:
    for before, id, after in zip([None, *ids], ids, [*ids[1:], None], strict=False):
        unlock = f'steps["{before}"].completed' if before and rng.random() < 0.3 else None
        yield id, after, before, unlock


if __name__ == "__main__":
    write_workshop(sys.argv[1], int(sys.argv[2]))

"""Random damage: contents or problems, never a traceback, a hang or a wrong type (SQL-20 and on)."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.command import course
from yamlsync.database.read import read_database
from yamlsync.errors import OperationError

MakeDatabase = Callable[..., str]
TRIES = int(os.environ.get("YAMLSYNC_FUZZ", "400"))
"""Set YAMLSYNC_FUZZ=10000 for the long run."""


@pytest.mark.parametrize("page_size", [512, 4096])
def test_random_damage(page_size: int, make_database: MakeDatabase) -> None:
    path = make_database(course(6, progress=True), schema=f"PRAGMA page_size={page_size};{_schema()}")
    whole = Path(path).read_bytes()
    chance = random.Random(page_size)
    slowest = 0.0
    outcomes = {"contents": 0, "problems": 0, "not tried": 0}
    for number in range(TRIES):
        Path(path).write_bytes(damaged(whole, chance))
        start = time.monotonic()
        try:
            reading = read_database(path)
        except OperationError as error:
            assert error.message  # noqa: PT017 - it need not be raised
            outcomes["not tried"] += 1
        else:
            if reading.contents is None:
                assert all(problem.message and problem.help for problem in reading.problems)
                assert reading.problems, number
            outcomes["contents" if reading.contents is not None else "problems"] += 1
        slowest = max(slowest, time.monotonic() - start)
    assert outcomes["contents"], outcomes
    assert outcomes["problems"], outcomes
    assert slowest < 2


def _schema() -> str:
    from yamlsync.database.schema import SEED

    return SEED


def damaged(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    kind = chance.random()
    if kind < 0.1:
        return bytes(data[: chance.randrange(len(data))])
    # The schema and the heads of pages are where damage does most.
    page = 512 * chance.randrange(len(data) // 512)
    start = chance.choice(
        [chance.randrange(len(data)), page + chance.randrange(16), chance.randrange(min(1024, len(data)))]
    )
    for _ in range(chance.randint(1, 40)):
        at = (start + chance.randrange(40)) % len(data)
        data[at] = chance.choice([0, 1, 0xFF, data[at] ^ (1 << chance.randrange(8)), chance.randrange(256)])
    return bytes(data)

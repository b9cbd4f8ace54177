"""Random damage to signed databases: no content but the signed one passes for it (VER-3 to VER-12)."""

from __future__ import annotations

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from tests.acceptance.command import course
from tests.database.test_damage import damaged
from tests.signed import ADA, allow, artifact_for, new_key, sign_artifact, statement_for, write
from yamlsync.database.read import read_database
from yamlsync.errors import OperationError
from yamlsync.signatures import judging
from yamlsync.verification.answers import Verification
from yamlsync.verification.verifying import VerifyOptions, verify

TRIES = int(os.environ.get("YAMLSYNC_FUZZ", "2000"))
"""Set YAMLSYNC_FUZZ=10000 for the long run."""

Damage = Callable[[bytes, random.Random], bytes]

needs_keygen = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_key(tmp_path_factory.mktemp("key") / "key")


def flipped(whole: bytes, chance: random.Random) -> bytes:
    """1 to 40 bytes changed, all over the file or close together; none of them cut off."""
    data = bytearray(whole)
    start, spread = chance.randrange(len(data)), chance.choice([40, 4096, len(data)])
    for _ in range(chance.randint(1, 40)):
        at = (start + chance.randrange(spread)) % len(data)
        data[at] = chance.choice([0, 1, 0xFF, data[at] ^ (1 << chance.randrange(8)), chance.randrange(256)])
    return bytes(data)


@needs_keygen
@pytest.mark.parametrize(
    ("progress", "damage", "tries"),
    [(False, flipped, TRIES // 2), (True, flipped, TRIES // 2), (True, damaged, TRIES // 4)],
)
def test_no_other_content_passes_for_the_signed_one(
    progress: bool, damage: Damage, tries: int, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The same signature of the same statement is worth the same: ssh-keygen is asked once for each pair.
    monkeypatch.setattr(judging, "judge", cache(judging.judge))
    contents = course(6, progress=progress)
    path = tmp_path / "course.db"
    artifact = sign_artifact(artifact_for(contents), str(statement_for(contents)), key)
    whole = write(path, contents, artifact).read_bytes()
    options = VerifyOptions(allowed_signers=str(allow(tmp_path / "signers", key)), identity=ADA)
    assert not verify(str(path), options).failed
    chance = random.Random(f"{progress} {damage.__name__}")
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(tries):
        path.write_bytes(damage(whole, chance))
        start = time.process_time()
        outcome, found = verified(path, options)
        slowest = max(slowest, time.process_time() - start)
        outcomes[outcome] += 1
        if found is not None and not found.failed:
            reading = read_database(str(path))
            assert reading.contents is not None
            assert reading.contents.workshops == contents.workshops
            assert reading.artifact is not None
            assert evolve(reading.artifact, unknown=()) == artifact
    assert outcomes["yes"], outcomes
    assert outcomes["no"], outcomes
    assert slowest < 2


def verified(path: Path, options: VerifyOptions) -> tuple[str, Verification | None]:
    try:
        found = verify(str(path), options)
    except OperationError as error:
        assert error.message  # noqa: PT017 - it need not be raised
        return "not tried", None
    assert all(problem.message and problem.help for problem in found.problems)
    assert found.failed is bool(found.problems)
    return ("no" if found.failed else "yes"), found

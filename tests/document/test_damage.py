"""Any bytes as a step file: a document or problems, never a traceback or a hang (YAML-65)."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

from tests.acceptance.command import course, snapshot
from tests.conftest import ROOT
from tests.laws.test_round_trip import assert_document_or_problems
from yamlsync.export import ExportOptions, export
from yamlsync.import_ import ImportOptions, import_

TRIES = int(os.environ.get("YAMLSYNC_FUZZ", "400"))
"""Set YAMLSYNC_FUZZ=10000 for the long run."""

PIECES = [
    *[
        b"\n",
        b"\t",
        b" ",
        b"  ",
        b'"',
        b"'",
        b"|",
        b">",
        b"#",
        b": ",
        b"- ",
        b"? ",
        b"\r",
        b"\r\n",
        b"\0",
        b"\xff",
    ],
    *[
        b"\xef\xbb\xbf",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"&a",
        b"*a",
        b"!!x",
        b"---\n",
        b"...\n",
        b"%YAML 1.1\n",
        b"[",
    ],
    *[
        b"]",
        b"{",
        b"}",
        b",",
        b"<<: ",
        b"\\U00110000",
        b"\\ud800",
        b"null",
        b"~",
        b"|2-\n",
        b"|9\n",
        b">+\n",
        b"[" * 50,
    ],
]


def damaged(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        length = chance.choice([0, 0, 1, 2, 30])
        data[at : at + length] = chance.choice([*PIECES, b"", chance.randbytes(chance.randint(1, 8))])
    return bytes(data)


def test_damaged_step_files() -> None:
    files = sorted((ROOT / "sample-workshop" / "steps").glob("*.yaml"))
    whole = [path.read_bytes() for path in files]
    chance = random.Random(1)
    slowest = 0.0
    for _ in range(TRIES):
        data = damaged(chance.choice(whole), chance) if chance.random() < 0.8 else chance.randbytes(300)
        start = time.monotonic()
        assert_document_or_problems(data)
        slowest = max(slowest, time.monotonic() - start)
    assert slowest < 2


def test_a_damaged_tree_never_changes_the_target(make_database: Callable[..., str], tmp_path: Path) -> None:
    tree, target = tmp_path / "tree", tmp_path / "target.db"
    assert export(make_database(course()), str(tree), ExportOptions()).problems == ()
    import_(str(tree), str(target), ImportOptions())
    before = target.read_bytes()
    paths = sorted(path for path in tree.rglob("*.yaml"))
    whole = {path: path.read_bytes() for path in paths}
    chance = random.Random(2)
    refused = 0
    for _ in range(TRIES // 2):
        path = chance.choice(paths)
        path.write_bytes(damaged(whole[path], chance))
        if import_(str(tree), str(target), ImportOptions()).problems:
            refused += 1
            assert target.read_bytes() == before
        else:
            target.write_bytes(before)
        path.write_bytes(whole[path])
    assert refused > TRIES // 10
    assert sorted(item.name for item in tmp_path.iterdir()) == ["course.db", "target.db", "tree"]
    assert len(snapshot(tree)) == len(paths)

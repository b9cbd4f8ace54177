"""The workload is the same each time, and all peers do the same job: else no ratio would mean anything."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from .contenders import (
    DIFFABLE,
    DIGEST,
    DIGEST_TREE,
    FLOOR,
    PRETTIER,
    PYYAML,
    REPLACING,
    ROWS,
    RUAMEL,
    YAMLSYNC,
    Contenders,
    missing,
)
from .workload import write_workshop

_TABLES = ("workshop", "steps", "step_metadata", "navigation", "runtime_state", "custom_state")
_WIDTHS = (0, 0x7F, 0xFF, 0xFFFF, 0x10FFFF)
"""Where Python and UTF-8 store a text's characters differently."""


def rows(path: str | Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as database:
        return {table: sorted(database.execute(f"SELECT * FROM {table}"), key=repr) for table in _TABLES}


def test_the_same_steps_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.db", "other.db"):
        write_workshop(str(tmp_path / name), 30)
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "other.db").read_bytes()


@pytest.mark.parametrize("steps", [1, 10, 100])
def test_there_are_as_many_steps_as_were_asked_for(tmp_path: Path, steps: int) -> None:
    write_workshop(str(tmp_path / "workshop.db"), steps)
    found = rows(tmp_path / "workshop.db")
    assert len(found["steps"]) == len(found["navigation"]) == steps


def test_texts_are_as_large_and_as_mixed_as_real_ones(tmp_path: Path) -> None:
    write_workshop(str(tmp_path / "workshop.db"), 200)
    texts = [row[4] for row in rows(tmp_path / "workshop.db")["steps"]]
    sizes = [len(text.encode()) for text in texts]
    widest = [max(map(ord, text)) for text in texts]
    assert min(sizes) >= 900
    assert max(sizes) <= 22_000
    assert 7_000 <= sum(sizes) / len(sizes) <= 11_000
    assert all(any(low < code <= high for code in widest) for low, high in pairwise(_WIDTHS))


@pytest.fixture(scope="module")
def workload(tmp_path_factory: pytest.TempPathFactory) -> Contenders:
    made = Contenders(tmp_path_factory.mktemp("benchmarks") / "workload", 10)
    made.prepare_inputs()
    return made


@pytest.mark.parametrize("name", [YAMLSYNC, REPLACING, FLOOR, PYYAML, RUAMEL, DIFFABLE])
def test_everybody_rebuilds_the_same_rows(workload: Contenders, name: str) -> None:
    if reason := missing(name):
        pytest.skip(f"{name}: {reason}")
    (command,) = (each for each in workload.imports() if each.name == name)
    command.before()
    subprocess.run(command.argv, check=True, capture_output=True)
    found = rows(workload.output)
    command.after()
    assert rows(workload.source) == found


@pytest.mark.parametrize("name", [YAMLSYNC, RUAMEL, PRETTIER])
def test_everybody_looks_at_every_file_and_finds_it_formatted(workload: Contenders, name: str) -> None:
    if reason := missing(name):
        pytest.skip(f"{name}: {reason}")
    (command,) = (each for each in workload.formats() if each.name == name)
    done = subprocess.run(command.argv, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert name != YAMLSYNC or done.stderr == "0 files formatted, 11 left as they were\n"


def said(workload: Contenders, name: str) -> str:
    (command,) = (each for each in workload.digests() if each.name == name)
    return subprocess.run(command.argv, check=True, capture_output=True, text=True).stdout


def test_the_floor_hashes_every_value_once(workload: Contenders) -> None:
    values = hashlib.sha256()
    with closing(sqlite3.connect(workload.source)) as database:
        for table in sorted(_TABLES):
            for row in database.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
                values.update("".join(map(str, row)).encode())
    assert said(workload, ROWS) == f"{values.hexdigest()}\n"


def test_the_database_and_the_directory_say_the_same(workload: Contenders) -> None:
    assert said(workload, DIGEST) == said(workload, DIGEST_TREE)


def test_the_database_that_is_verified_is_whole(workload: Contenders) -> None:
    verify = workload.verifications()[0]
    done = subprocess.run(verify.argv, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")

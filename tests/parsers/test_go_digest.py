"""A page of Go, written from the standard alone, computes the same digests (DIG-9, DIG-20)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict
from hypothesis import given, settings

from tests import strategies
from tests.conftest import ROOT, corpus_databases
from tests.test_spec import contents_of, named, vectors
from yamlsync.cli.digest_command import lines
from yamlsync.database.read import read_database
from yamlsync.digest import digests_of
from yamlsync.records import Contents, Date, Workshop

SOURCE = ROOT / "spec" / "vectors" / "digest.go"

Compute = Callable[[list[Contents]], str]


@pytest.fixture(scope="module")
def compute(tmp_path_factory: pytest.TempPathFactory) -> Compute:
    """What the program says of contents; it is built once, and told them all at once."""
    if shutil.which("go") is None:
        pytest.skip("go is not installed")
    program = tmp_path_factory.mktemp("go") / "digest.exe"
    build = ["go", "build", "-o", str(program), str(SOURCE)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    def run(all_contents: list[Contents]) -> str:
        said = "\n".join(json.dumps(plain(contents)) for contents in all_contents)
        answer = subprocess.run([str(program)], input=said, capture_output=True, text=True, check=True)
        return answer.stdout

    return run


def plain(contents: Contents) -> list[dict[str, Any]]:
    """A definition as the program reads it, its lists in no order: digest.md, Appendix."""
    return [_workshop(row) for row in reversed(contents.workshops)]


def _workshop(row: Workshop) -> dict[str, Any]:
    said = asdict(row) | {"created_at": _date(row.created_at)}
    for step in said["steps"]:
        step["metadata"] = {each["key"]: each["value"] for each in step["metadata"]}
    said["steps"] = list(reversed(said["steps"]))
    return said


def _date(date: Date) -> Any:
    return {"real": repr(date)} if isinstance(date, float) else date


def expected(contents: Contents) -> str:
    return "".join(f"{line}\n" for line in lines(digests_of(contents)))


@pytest.mark.parametrize("vector", vectors("valid"), ids=named)
def test_go_computes_the_digests_of_each_vector(vector: Path, tmp_path: Path, compute: Compute) -> None:
    contents = contents_of(vector / "rows.sql", tmp_path)
    assert compute([contents]) == (vector / "digests.txt").read_text(encoding="ascii")


def test_go_computes_the_digests_of_any_definition(compute: Compute) -> None:
    found: list[Contents] = []

    @settings(max_examples=60)
    @given(strategies.contents(with_state=False))
    def collect(contents: Contents) -> None:
        found.append(contents)

    collect()
    for database in corpus_databases():
        contents = read_database(str(database)).contents
        assert contents is not None
        found.append(contents)
    assert compute(found) == "".join(map(expected, found))

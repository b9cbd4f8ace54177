"""`yamlsync schema` prints what is kept in spec/ (CLI-11)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.acceptance.command import run
from tests.conftest import ROOT

SPEC = ROOT / "spec"
KEPT = {
    "workshop": SPEC / "schemas" / "workshop.schema.json",
    "step": SPEC / "schemas" / "step.schema.json",
    "workshops": SPEC / "schemas" / "workshops.schema.json",
    "state": SPEC / "schemas" / "state.schema.json",
    "report": SPEC / "schemas" / "report.schema.json",
    "verification": SPEC / "schemas" / "verification.schema.json",
    "status": SPEC / "schemas" / "status.schema.json",
    "diff": SPEC / "schemas" / "diff.schema.json",
    "log": SPEC / "schemas" / "log.schema.json",
    "sql": SPEC / "schema.sql",
    "sql-1": SPEC / "schema-1.sql",
}


@pytest.mark.parametrize("name", KEPT)
def test_a_schema_is_printed_as_it_is_kept(name: str) -> None:
    command = [sys.executable, "-m", "yamlsync", "schema", name]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.splitlines() == KEPT[name].read_bytes().splitlines()
    if sys.platform != "win32":
        assert done.stdout == KEPT[name].read_bytes()


def test_an_unknown_name_is_wrong_usage_and_the_names_are_listed() -> None:
    for arguments in (("schema", "steps"), ("schema",)):
        done = run(*arguments)
        assert done.returncode == 2
        assert done.stdout == ""
    listed = run("schema", "steps").stderr
    assert "'steps' is not one of" in listed
    assert [name for name in KEPT if f"'{name}'" not in listed] == []

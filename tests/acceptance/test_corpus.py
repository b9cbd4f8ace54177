"""Real databases: same rows back, same bytes on the second export, no false refusal (YAML-60, YAML-61)."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import run, snapshot


def rows(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in tables
        }


def test_a_real_database_comes_back(corpus_database: Path, tmp_path: Path) -> None:
    out, back, again = tmp_path / "out", tmp_path / "back.db", tmp_path / "again"
    for command in [
        ("export", "--state", corpus_database, out),
        ("import", "--state", "--schema", 1, out, back),
        ("export", "--state", back, again),
        ("import", "--check", "--state", "--schema", 1, out, corpus_database),
        ("export", "--check", "--state", corpus_database, again),
    ]:
        done = run(*command)
        assert done.returncode == 0, done.stderr
    assert rows(back) == rows(corpus_database)
    assert snapshot(out) == snapshot(again)


@pytest.mark.parametrize("of", ["the database", "its export"])
def test_a_real_course_has_no_errors_but_those_that_were_looked_at(
    of: str, corpus_database: Path, tmp_path: Path
) -> None:
    """Three courses hold files of variables where goss specs should be; nothing else is wrong."""
    path = corpus_database
    if of == "its export":
        path = tmp_path / "out"
        assert run("export", corpus_database, path).returncode == 0
    done = run("check", "--output-format", "json", "--fail-level", "error", path)
    errors = {each["code"] for each in json.loads(done.stdout) if each["severity"] == "error"}
    assert errors <= {"YS503"}
    assert done.returncode == (1 if errors else 0), done.stderr

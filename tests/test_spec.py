"""The standard holds together: vectors, clauses, codes and SQL say what the code does."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from yamlsync.cli.digest_command import lines
from yamlsync.converters import contents_to_rows
from yamlsync.database.read import read_database
from yamlsync.database.schema import NEWEST, SCHEMAS, SEED
from yamlsync.database.write import write_database
from yamlsync.digest import digests_of
from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.document.render import render
from yamlsync.layout.carriable import uncarriable
from yamlsync.layout.files import shape_of
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import plan_update
from yamlsync.problems import Cell, Place, Problem
from yamlsync.publish.directory import directory_tree
from yamlsync.records import Contents
from yamlsync.rules.families import FAMILIES, family
from yamlsync.rules.registry import codes, rule
from yamlsync.tree import Tree, in_memory

SPEC = ROOT / "spec"
PREFIXES = (
    "REC|LAY|YAML|SQL|CLI|PUB|CHK|NAV|CEL|GOSS|IMG|TXT|META|EDT|AUT|DIG|ART|SIG|VER|STA|MIG"
    "|GIT|DIF|LOG|PRE|PRA"
)
CLAUSE = re.compile(rf"\b(?:{PREFIXES})-[0-9]+\b")


def vectors(kind: str) -> list[Path]:
    found = sorted(path for path in (SPEC / "vectors" / kind).iterdir() if path.is_dir())
    assert found, f"there are no vectors in {kind}"
    return found


def named(path: Path) -> str:
    return path.name


def contents_of(script: Path, tmp_path: Path) -> Contents:
    path = tmp_path / "rows.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SEED + script.read_text(encoding="utf-8"))
    reading = read_database(str(path))
    assert reading.problems == ()
    assert reading.contents is not None
    return reading.contents


def tree_of(vector: Path) -> Tree:
    return directory_tree(str(vector / "tree"))


def has_state(tree: Tree) -> bool:
    return any(path.startswith("state/") for path in tree.paths)


@pytest.mark.parametrize("vector", vectors("valid"), ids=named)
def test_a_valid_tree_and_its_rows_say_the_same(vector: Path, tmp_path: Path) -> None:
    tree, contents = tree_of(vector), contents_of(vector / "rows.sql", tmp_path)
    reading = read_tree(tree, with_state=True)
    assert reading.problems == ()
    assert reading.contents == contents
    files = {path: tree.read(path) for path in tree.paths}
    assert plan_update(in_memory({}), contents, with_state=True).puts == files
    digests = (vector / "digests.txt").read_text(encoding="ascii")
    assert "".join(f"{line}\n" for line in lines(digests_of(contents))) == digests
    write_database(str(tmp_path / "built.db"), contents_to_rows(contents))
    assert read_database(str(tmp_path / "built.db")).contents == contents


@pytest.mark.parametrize("vector", vectors("readable"), ids=named)
def test_a_readable_tree_says_its_rows_and_is_formatted(vector: Path, tmp_path: Path) -> None:
    tree, contents = tree_of(vector), contents_of(vector / "rows.sql", tmp_path)
    reading = read_tree(tree, with_state=has_state(tree))
    assert reading.problems == ()
    assert reading.contents == contents
    for path in sorted(tree.paths):
        shape = shape_of(path)
        assert shape is not None
        block = read(path, tree.read(path), shape)
        assert isinstance(block, Block)
        expected = vector / "formatted" / path
        data = expected.read_bytes() if expected.exists() else tree.read(path)
        assert render(block, shape) == data, path
    formatted = directory_tree(str(vector / "formatted"))
    assert formatted.paths <= tree.paths
    assert read_tree(
        in_memory({path: (formatted if path in formatted else tree).read(path) for path in tree.paths}),
        with_state=has_state(tree),
    ).contents == contents  # fmt: skip


@pytest.mark.parametrize("vector", vectors("invalid"), ids=named)
def test_an_invalid_tree_has_its_problems(vector: Path) -> None:
    tree = tree_of(vector)
    reading = read_tree(tree, with_state=True)
    assert reading.contents is None
    found = [
        {"code": problem.code, "path": place.path, "line": place.line, "column": place.column}
        for problem in reading.problems
        if isinstance(place := problem.place, Place)
    ]
    assert found == json.loads((vector / "problems.json").read_text(encoding="utf-8"))
    assert all(problem.help for problem in reading.problems)


@pytest.mark.parametrize("vector", vectors("database"), ids=named)
def test_an_invalid_database_has_its_problems(vector: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "course.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((vector / "database.sql").read_text(encoding="utf-8"))
    reading = read_database(path)
    problems: tuple[Problem, ...] = reading.problems
    if reading.contents is not None:
        problems = tuple(uncarriable(reading.contents, path))
    found = [
        {"code": problem.code, "table": cell.table, "row": cell.row, "column": cell.column}
        for problem in problems
        if isinstance(cell := problem.place, Cell)
    ]
    assert found == json.loads((vector / "problems.json").read_text(encoding="utf-8"))
    assert all(problem.help for problem in problems)


def problems_page() -> str:
    return (SPEC / "problems.md").read_text(encoding="utf-8")


def explained() -> list[tuple[str, str]]:
    """Each code in the page of problems, with its severity."""
    return re.findall(r"^\| (YS[0-9]{3}) \| ([a-z]+) \|", problems_page(), re.MULTILINE)


def python_files() -> list[Path]:
    return sorted([*(ROOT / "yamlsync").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])


def clauses() -> set[str]:
    defined = []
    for page in sorted(SPEC.glob("*.md")):
        defined += re.findall(
            rf"^\*\*((?:{PREFIXES})-[0-9]+)\*\*",
            page.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    assert len(defined) == len(set(defined)), "a clause is defined twice"
    return set(defined)


def test_every_clause_that_code_and_tests_cite_is_there() -> None:
    known = clauses()
    cited = {
        (path.relative_to(ROOT).as_posix(), clause)
        for path in python_files()
        for clause in CLAUSE.findall(path.read_text(encoding="utf-8"))
    }
    assert [pair for pair in sorted(cited) if pair[1] not in known] == []


def test_every_code_of_a_problem_is_explained_and_no_other() -> None:
    told = {
        found
        for path in (ROOT / "yamlsync").rglob("*.py")
        if path.name != "families.py"  # It has beginnings of codes.
        for found in re.findall(r'"(YS[0-9]{3})"', path.read_text(encoding="utf-8"))
    }
    assert {code for code, _ in explained()} == told


def test_the_page_of_problems_has_the_rules_in_order_and_with_their_severities() -> None:
    assert explained() == [(code, rule(code).SEVERITY) for code in codes()]


def test_the_families_of_codes_are_those_of_the_page() -> None:
    groups = re.findall(r"^\| (YS[0-9]{3})\u2013(YS[0-9]{3}) \| ([^|]+) \|", problems_page(), re.MULTILINE)
    assert [(first, about.capitalize()) for first, _, about in groups] == [
        (first, heading.capitalize()) for first, heading in FAMILIES.items()
    ]
    bounds = {about.capitalize(): (first, last) for first, last, about in groups}
    for code in codes():
        first, last = bounds[family(code).capitalize()]
        assert first <= code <= last


def test_the_sql_is_what_is_written() -> None:
    assert (SPEC / "schema.sql").read_text(encoding="utf-8") == SCHEMAS[NEWEST]
    assert (SPEC / "schema-1.sql").read_text(encoding="utf-8") == SEED

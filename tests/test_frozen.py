"""Files of each format and each schema that nobody may edit, and that are read for ever (MIG-50, MIG-51)."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from yamlsync.converters import contents_to_rows
from yamlsync.database.read import read_database, read_database_rows
from yamlsync.database.schema import NEWEST, SCHEMAS, SEED, TABLES
from yamlsync.digest import digests_of
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import plan_update
from yamlsync.migration import FORMATS, MigrationOptions, migrate_database, migrate_directory
from yamlsync.opening import open_workshop
from yamlsync.publish.directory import directory_tree
from yamlsync.records import Contents
from yamlsync.signatures.judging import judge
from yamlsync.signatures.verdicts import Verdict
from yamlsync.tree import in_memory

FOLDER = ROOT / "spec" / "vectors" / "frozen"

FROZEN = {
    "flat/by-hand": "7b6ed5dd29654660cae5a7c4c4bcade97b0581260f027d1848e348c979529f25",
    "flat/format-1": "058cc9ee9a3ab83db58d775b983eb77353245ea39edd8337b7afcd6811a373aa",
    "flat/pipeline.db": "a765aaab0a6f770d2107afa1983951f1508214dc4ee09c88b27c1de75e2cefbb",
    "flat/rows.sql": "12ffe38dd5214880ab0fcdcd321e6401fcb2d9b2773cdf9c071d02236a3d8e2f",
    "flat/schema-1.db": "2ecf968cf90ebe39285282e586430f141d2d8d8fccd24babdce1b0e4eef44c7a",
    "several/allowed_signers": "e4d59bba276de761fbf6f144239a03ec33de539684c1413b2ce70f8e21f28c2b",
    "several/format-1": "7f7086650a49dace31e54dcf8eefc8911441298d2f9b5643ad695c9d03dfaaa2",
    "several/pipeline.db": "880e21e8208f2d2c32ef7a03bf64d26b4023e9c5981f9b8ba98518d65f798242",
    "several/rows.sql": "02d03d883fbdac780f82107390167880027cb9f6eef1f5a0cc19da33d990ba88",
    "several/schema-1.db": "e1f4e24964aaf7544509e652a7a83b772b520621c50780bb79be7bb4f255d0f8",
    "several/schema-2.db": "df7790ea6be8e44dcc93ec12360e75e9af723d34457bb33640492698dcd8271e",
    "several/signer.pub": "8f0879f6fed719f4436757b8dd5a3e71abf34003c3176e334e6fdda10380be73",
}
"""The SHA-256 of each file, and of what `sha256sum` says of all files in a folder, by path.

What stands here was given out: add lines for new files, and never change or remove one. A test that fails
for one of these files has found a program that reads it in another way than the one that wrote it.
"""

MANIFEST: dict[str, dict[str, Any]] = json.loads((FOLDER / "manifest.json").read_text(encoding="ascii"))
DATABASES = sorted(path for path in MANIFEST if path.endswith(".db"))
DIRECTORIES = sorted(MANIFEST.keys() - DATABASES)


def sha256(path: Path) -> str:
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    names = sorted(each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file())
    lines = [f"{sha256(path / name)}  {name}\n" for name in names]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def contents_of(path: str) -> Contents:
    """What a database or a directory says, progress too."""
    if path in DIRECTORIES:
        tree = read_tree(directory_tree(str(FOLDER / path)), with_state=True)
        assert tree.problems == ()
        assert tree.contents is not None
        return tree.contents
    reading = read_database(str(FOLDER / path))
    assert (reading.problems, reading.schema) == ((), MANIFEST[path]["schema"])
    assert reading.contents is not None
    return reading.contents


def rows_meant(path: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the six tables as the script beside a file says them: of SQLite, and not of our readers."""
    script = (FOLDER / path).parent / "rows.sql"
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SEED + script.read_text(encoding="utf-8"))
        return {
            table.name: sorted(connection.execute(f"SELECT * FROM {table.name}").fetchall(), key=repr)
            for table in TABLES
        }


@pytest.mark.parametrize("path", FROZEN)
def test_nothing_that_is_frozen_is_changed_or_removed(path: str) -> None:
    assert (FOLDER / path).exists(), f"{path} was removed, and somebody may still have such a file"
    assert sha256(FOLDER / path) == FROZEN[path], f"{path} was changed: put the old one back, and add another"


def test_what_is_added_is_frozen_too() -> None:
    found = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*")}
    assert found - FROZEN.keys() == set(), "add the SHA-256 of each to FROZEN"
    assert {path.name for path in FOLDER.iterdir() if path.is_file()} == {"manifest.json"}


def test_the_manifest_has_each_database_and_each_directory() -> None:
    named = {path for path in FROZEN if path.endswith(".db") or (FOLDER / path).is_dir()}
    assert {path: entry["sha256"] for path, entry in MANIFEST.items()} == {
        path: FROZEN[path] for path in named
    }


def test_there_is_one_of_each_version() -> None:
    assert {MANIFEST[path]["schema"] for path in DATABASES} == set(SCHEMAS)
    assert {MANIFEST[path]["format"] for path in DIRECTORIES} == set(FORMATS)


@pytest.mark.parametrize("path", MANIFEST)
def test_each_has_its_digest_its_rows_and_its_export(path: str) -> None:
    contents = contents_of(path)
    assert digests_of(contents).content == MANIFEST[path]["digest"]
    opened = open_workshop(str(FOLDER / path))
    assert opened.contents is not None
    assert opened.contents.workshops == contents.workshops
    rows = {name: sorted(table, key=repr) for name, table in contents_to_rows(contents).items()}
    assert rows == rows_meant(path)
    canonical = directory_tree(str((FOLDER / path).parent / "format-1"))
    files = {name: canonical.read(name) for name in canonical.paths}
    assert plan_update(in_memory({}), contents, with_state=True).puts == files


@pytest.mark.parametrize("path", DATABASES)
def test_each_database_has_its_rows_as_they_are_stored(path: str) -> None:
    rows = read_database_rows(str(FOLDER / path)).rows
    assert rows is not None
    artifact = rows.pop("artifact", [])
    assert {name: sorted(table, key=repr) for name, table in rows.items()} == rows_meant(path)
    assert dict(artifact) == MANIFEST[path].get("artifact", {})


@pytest.mark.parametrize("path", [path for path in DATABASES if "artifact" in MANIFEST[path]])
def test_each_signature_is_good_for_ever(path: str) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not installed")
    artifact = MANIFEST[path]["artifact"]
    signers = (FOLDER / path).parent / "allowed_signers"
    assert signers.read_text().split()[2:] == signers.with_name("signer.pub").read_text().split()[:2]
    judgement = judge(artifact["statement"].encode(), artifact["signature"], str(signers), None)
    assert (judgement.verdict, judgement.principals) == (Verdict.GOOD, ("frozen@example.org",))


@pytest.mark.parametrize("path", DATABASES)
def test_each_database_can_be_brought_to_every_schema(path: str, tmp_path: Path) -> None:
    contents, digest = contents_of(path), MANIFEST[path]["digest"]
    for schema in SCHEMAS:
        copy = tmp_path / f"{schema}.db"
        shutil.copy(FOLDER / path, copy)
        for to in (schema, NEWEST, schema):
            done = migrate_database(str(copy), MigrationOptions(to, force=True))
            assert (done.problems, done.refused) == ((), False)
        reading = read_database_rows(str(copy))
        assert (reading.schema, reading.other_spelling) == (schema, ())
        opened = open_workshop(str(copy))
        assert opened.contents is not None
        assert digests_of(opened.contents).content == digest
        assert reading.rows is not None
        rows = {name: table for name, table in reading.rows.items() if name != "artifact"}
        assert rows == contents_to_rows(contents)


@pytest.mark.parametrize("path", DIRECTORIES)
def test_each_directory_can_be_brought_to_the_newest_format(path: str, tmp_path: Path) -> None:
    shutil.copytree(FOLDER / path, tmp_path / "copy")
    done = migrate_directory(str(tmp_path / "copy"), MigrationOptions(max(FORMATS)))
    assert (done.problems, done.refused) == ((), False)
    tree = read_tree(directory_tree(str(tmp_path / "copy")), with_state=True)
    assert tree.contents == contents_of(path)

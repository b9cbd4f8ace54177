"""Signed databases for tests: the artifact rows with a signature that ssh-keygen made."""

from __future__ import annotations

import subprocess
from pathlib import Path

from attrs import evolve

from yamlsync.artifact import Artifact, artifact_rows, built_from
from yamlsync.converters import Rows, contents_to_rows
from yamlsync.database.write import write_database
from yamlsync.digest import digests_of
from yamlsync.layout.files import FORMAT
from yamlsync.records import Contents
from yamlsync.statement import Statement, statement_of

COMMIT = "0123456789abcdef0123456789abcdef01234567"
ADA = "ada@example.org"


def new_key(path: Path) -> Path:
    """A fresh key without a passphrase."""
    done = subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", ADA, "-f", str(path)], check=False
    )
    assert done.returncode == 0
    return path


def signed_text(key: Path, text: bytes, namespace: str = "yamlsync") -> str:
    """The signature of a text, by plain ssh-keygen."""
    done = subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", namespace],
        input=text,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def allow(path: Path, key: Path, who: str = ADA, options: str = "") -> Path:
    """A file of allowed signers with one line."""
    public = " ".join(Path(f"{key}.pub").read_text().split()[:2])
    path.write_text(f"{who} {options} {public}\n" if options else f"{who} {public}\n")
    return path


def artifact_for(contents: Contents, source_commit: str | None = COMMIT) -> Artifact:
    """What a database built from YAML says of itself."""
    return built_from(digests_of(contents), FORMAT, source_commit)


def statement_for(contents: Contents, source_commit: str | None = COMMIT) -> Statement:
    """What is to be signed."""
    return statement_of(contents, digests_of(contents).content, source_commit)


def sign_artifact(artifact: Artifact, statement: str, key: Path, namespace: str = "yamlsync") -> Artifact:
    """The record with a statement and its signature."""
    signature = signed_text(key, statement.encode(), namespace)
    return evolve(artifact, statement=statement, signature=signature)


def write(path: Path, contents: Contents, artifact: Artifact, *more: tuple[str, str]) -> Path:
    """A database of schema 2, as yamlsync builds it, with these rows in `artifact` and `more`."""
    rows: Rows = contents_to_rows(contents)
    rows["artifact"] = [*artifact_rows(artifact), *more]
    path.unlink(missing_ok=True)
    write_database(str(path), rows)
    return path

"""What a database says of itself: the record in its table `artifact`, and its rows (ART-1 to ART-6)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import field, frozen

from yamlsync.digest import Digests

_FORMAT, _CONTENT, _COMMIT = "format", "content_digest", "source_commit"
_STATEMENT, _SIGNATURE = "statement", "signature"
_NAMED = (_FORMAT, _CONTENT, _COMMIT, _STATEMENT, _SIGNATURE)
_COMMIT_NAME = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_PARTS = ("workshop", "step")
"""The kinds of parts whose digests stand under `KIND:ID`."""


@frozen
class Artifact:
    """What the table holds. None stands for a row that is not there.

    `origin` has the digest of each part of the YAML that the database was built from, by kind and id; it
    is empty where it was not built from YAML. `unknown` are keys that nobody here has a meaning for.
    """

    content_digest: str | None
    format: str | None = None
    source_commit: str | None = None
    statement: str | None = None
    signature: str | None = None
    origin: dict[tuple[str, str], str] = field(factory=dict)
    unknown: tuple[str, ...] = ()


def is_commit(text: str) -> bool:
    """Whether a text is a commit by its whole name. A short one, or a branch, means another one day."""
    return _COMMIT_NAME.fullmatch(text) is not None


def artifact_of(rows: Iterable[tuple[str, str]]) -> Artifact:
    """The record that rows say."""
    named: dict[str, str] = {}
    origin: dict[tuple[str, str], str] = {}
    unknown: list[str] = []
    for key, value in rows:
        kind, colon, id = key.partition(":")
        if key in _NAMED:
            named[key] = value
        elif colon and kind in _PARTS:
            origin[kind, id] = value
        else:
            unknown.append(key)
    return Artifact(
        named.get(_CONTENT),
        named.get(_FORMAT),
        named.get(_COMMIT),
        named.get(_STATEMENT),
        named.get(_SIGNATURE),
        origin,
        tuple(sorted(unknown)),
    )


def artifact_rows(artifact: Artifact) -> list[tuple[str, str]]:
    """The rows that say a record, in the order in which they are written. Unknown keys have none."""
    named = (artifact.format, artifact.content_digest, artifact.source_commit)
    values = zip(_NAMED, (*named, artifact.statement, artifact.signature), strict=True)
    rows = [(key, value) for key, value in values if value is not None]
    return rows + sorted((f"{kind}:{id}", digest) for (kind, id), digest in artifact.origin.items())


def built_from(digests: Digests, format: str, source_commit: str | None = None) -> Artifact:
    """The record of a database that is built from YAML."""
    return Artifact(digests.content, format, source_commit, origin=digests.parts)


def with_signature(
    rows: Iterable[tuple[str, str]], statement: str | None, signature: str | None
) -> list[tuple[str, str]]:
    """The rows with another statement and signature, or with none; all others are kept as they are."""
    kept = {key: value for key, value in rows if key not in (_STATEMENT, _SIGNATURE)}
    new = {_STATEMENT: statement, _SIGNATURE: signature}
    kept |= {key: value for key, value in new.items() if value is not None}
    return sorted(kept.items(), key=_order)


def _order(row: tuple[str, str]) -> tuple[int, str]:
    key = row[0]
    return (_NAMED.index(key) if key in _NAMED else len(_NAMED), key)

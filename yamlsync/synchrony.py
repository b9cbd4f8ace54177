"""Which side changed, part by part: the database, the YAML, and what both last said (STA-1 to STA-6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeAlias

from attrs import frozen

from yamlsync.artifact import Artifact

Part: TypeAlias = tuple[str, str]
"""A kind, `workshop` (its own facts) or `step`, and an id."""

Parts: TypeAlias = Mapping[Part, str]
"""The digest of each part that is there."""


@frozen
class LastExport:
    """What an export gave a directory: the content digest, and those of the parts.

    `built` is the content digest that its database was built with, None where it did not tell.
    """

    content_digest: str
    built: str | None
    origin: Parts


class State(Enum):
    """How a database and a directory stand to each other, in one part or as a whole."""

    IN_SYNC = "in-sync"
    DATABASE_AHEAD = "database-ahead"
    YAML_AHEAD = "yaml-ahead"
    BOTH_CHANGED = "both-changed"
    UNKNOWN = "unknown"
    """They differ, and nothing tells which changed."""


def bases(artifact: Artifact | None, last: LastExport | None) -> tuple[Parts, ...]:
    """What both sides may have said last: one of these, and nobody knows which where they are two (STA-3).

    Without any, nothing is known.
    """
    origin = artifact.origin if artifact else {}
    built = artifact.content_digest if artifact else None
    found: list[Parts] = [origin] if origin else []
    # An export of another build was before the import that made this one, or is of another database.
    # A database that was never built from YAML may have come to tell a digest since: by being migrated.
    if last is not None and (last.built == built or (last.built is None and not origin)):
        found.append(last.origin)
    return tuple(found)


def compare(database: Parts, yaml: Parts, bases: tuple[Parts, ...]) -> dict[Part, State]:
    """The state of each part that is not in sync, in the order of the YAML; what it has not comes last."""
    parts = dict.fromkeys((*yaml, *database))
    return {
        part: _state(database.get(part), yaml.get(part), [base.get(part) for base in bases])
        for part in parts
        if database.get(part) != yaml.get(part)
    }


def _state(database: str | None, yaml: str | None, bases: Iterable[str | None]) -> State:
    """The state of a part that differs; None is the digest of one that is not there."""
    found = {_seen_from(base, database, yaml) for base in bases}
    return found.pop() if len(found) == 1 else State.UNKNOWN


def _seen_from(base: str | None, database: str | None, yaml: str | None) -> State:
    if database == base:
        return State.YAML_AHEAD
    return State.DATABASE_AHEAD if yaml == base else State.BOTH_CHANGED


def whole(states: Iterable[State]) -> State:
    """The state of the whole by those of the parts that are not in sync (STA-5)."""
    found = set(states)
    if State.BOTH_CHANGED in found or {State.DATABASE_AHEAD, State.YAML_AHEAD} <= found:
        return State.BOTH_CHANGED
    if State.UNKNOWN in found:
        return State.UNKNOWN
    return found.pop() if found else State.IN_SYNC


def edited(yaml: Parts, bases: tuple[Parts, ...]) -> frozenset[Part]:
    """The parts of the YAML that it did not have when both sides last said the same; none if nobody knows."""
    return frozenset(
        part for part, digest in yaml.items() if bases and all(base.get(part) != digest for base in bases)
    )

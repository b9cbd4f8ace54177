"""The workshop as attrs records: what a database and a directory both say, and all that they say.

The names are those of the database's columns. `spec/records.md` holds the clauses.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from attrs import frozen

Date: TypeAlias = str | int | float
"""A DATETIME as SQLite keeps it: its column has NUMERIC affinity, so all three types are real."""


@frozen
class Metadata:
    """One row of `step_metadata`: a hint, a difficulty, any key and value."""

    key: str
    value: str


@frozen
class Navigation:
    """One row of `navigation`. None is NULL; a step may also have no row at all."""

    next_step_id: str | None
    prev_step_id: str | None
    unlock_condition: str | None = None


@frozen
class Step:
    """One row of `steps` with all that hangs on it. `metadata` is in the order of `metadata_order`."""

    id: str
    title: str
    image_tag: str
    position: int
    navigation: Navigation | None = None
    metadata: tuple[Metadata, ...] = ()
    goss_spec: str | None = None
    markdown: str | None = None


@frozen
class Workshop:
    """One row of `workshop` and its steps, in the order of `step_order`."""

    id: str
    name: str
    version: str
    created_at: Date
    steps: tuple[Step, ...] = ()


@frozen
class RuntimeState:
    """One row of `runtime_state`: how far one workspace is with one step."""

    workspace_id: str
    step_id: str
    status: str
    started_at: Date | None = None
    completed_at: Date | None = None


@frozen
class CustomState:
    """One row of `custom_state`: what one workspace remembers under one key."""

    workspace_id: str
    key: str
    value: str


@frozen
class Contents:
    """All rows of a database: the definition (`workshops`) and students' progress (the states).

    Workshops are in the order of their ids, states in the order of (workspace, step id or key);
    texts are ordered by code points, which is the order of their UTF-8 bytes.
    """

    workshops: tuple[Workshop, ...]
    runtime_states: tuple[RuntimeState, ...] = ()
    custom_states: tuple[CustomState, ...] = ()


def step_order(position: int, step_id: str) -> tuple[int, str]:
    """The sort key of a workshop's steps (REC-4)."""
    return (position, step_id)


@lru_cache(maxsize=4096)
def metadata_order(key: str) -> tuple[tuple[tuple[str, int, str], ...], str]:
    """The sort key of a step's metadata: runs of ASCII digits compare as numbers (REC-5).

    Digits are compared by length and then by text, since Python refuses to read very long numbers.
    """
    parts = re.split("([0-9]+)", key)
    pairs = zip(parts[::2], [*parts[1::2], ""], strict=True)
    return (tuple((text, len(digits.lstrip("0")), digits.lstrip("0")) for text, digits in pairs), key)

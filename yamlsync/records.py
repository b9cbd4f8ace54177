"""The workshop as attrs records: what a database and a directory both say, and all that they say.

The names are those of the database's columns. `spec/records.md` holds the clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias, TypedDict

from attrs import field, frozen

Date: TypeAlias = str | int | float
"""A DATETIME as SQLite keeps it: its column has NUMERIC affinity, so all three types are real."""


class About(TypedDict):
    """What people are told about a column: the metadata of its field."""

    description: str
    examples: tuple[Date, ...]


def about(description: str, *examples: Date) -> About:
    """What an editor shows for a column. In `description`, what is typed stands between backticks."""
    return {"description": description, "examples": examples}


def with_type(value: Date | None) -> tuple[type, Date | None]:
    """What dates are equal by: Python takes the integer -2**63 for the real, and SQLite can hold both."""
    return type(value), value


@frozen
class Metadata:
    """One row of `step_metadata`: a hint, a difficulty, any key and value."""

    key: str = field(
        metadata=about("A key of your choice, such as `difficulty` or `hint.1`.", "difficulty", "hint.1")
    )
    value: str = field(metadata=about("Its value is a text of any length.", "easy"))


@frozen
class Navigation:
    """One row of `navigation`. None is NULL; a step may also have no row at all."""

    next_step_id: str | None = field(metadata=about("The id of the step that follows.", "deployments"))
    prev_step_id: str | None = field(metadata=about("The id of the step that came before.", "welcome"))
    unlock_condition: str | None = field(
        default=None,
        metadata=about(
            "What a student must have done before this step opens, as an expression.",
            'steps["first-pod"].completed',
            'steps["welcome"].completed && state["cluster"] == "kind"',
        ),
    )


@frozen
class Step:
    """One row of `steps` with all that hangs on it. `metadata` is in the order of `metadata_order`."""

    id: str = field(
        metadata=about(
            "The id of the step. Its file is named after it, and the list of steps, links, conditions and "
            "students' progress name the step by it.",
            "first-pod",
            "01-intro",
        )
    )
    title: str = field(metadata=about("What students see as the name of the step.", "Run your first pod"))
    image_tag: str = field(
        metadata=about(
            "The container image that the step runs in, with its tag.",
            "myorg/kubernetes-101:step-1-intro",
            "registry.example.org/courses/git:first-commit",
        )
    )
    position: int = field(metadata=about("The place of the step among the steps of its workshop.", 10))
    navigation: Navigation | None = None
    metadata: tuple[Metadata, ...] = ()
    goss_spec: str | None = field(
        default=None,
        metadata=about(
            "What goss checks when a student asks for it, as the YAML of a goss file. Without it nothing is "
            "checked, and the student may go on.",
            "file:\n  /workshop/lab/pod.yaml:\n    exists: true\n",
            "command:\n  the pod runs:\n    exec: kubectl wait --for=condition=Ready pod/first\n"
            "    exit-status: 0\n",
        ),
    )
    markdown: str | None = field(
        default=None,
        metadata=about(
            "What students read, in Markdown.", "# Run your first pod\n\nIn this step you start a pod.\n"
        ),
    )


@frozen
class Workshop:
    """One row of `workshop` and its steps, in the order of `step_order`."""

    id: str = field(metadata=about("The id of the workshop.", "kubernetes-101"))
    name: str = field(metadata=about("What students see as the name of the workshop.", "Kubernetes basics"))
    version: str = field(metadata=about("The version of the workshop, a text of any form.", "v1"))
    created_at: Date = field(
        eq=with_type,
        metadata=about(
            "When the workshop was made: a text in quotes, or a number without.",
            "2026-01-15T09:30:00Z",
            1768469400,
        ),
    )
    steps: tuple[Step, ...] = ()


@frozen
class RuntimeState:
    """One row of `runtime_state`: how far one workspace is with one step."""

    workspace_id: str = field(metadata=about("The id of the workspace: one student's instance.", "alice"))
    step_id: str = field(metadata=about("The id of the step.", "first-pod"))
    status: str = field(
        metadata=about("How far the student is with the step.", "pending", "active", "completed")
    )
    started_at: Date | None = field(
        default=None,
        eq=with_type,
        metadata=about(
            "When the student began: a text in quotes, or a number without. Left out where nobody knows.",
            "2026-02-01T10:00:00Z",
            1769940000,
        ),
    )
    completed_at: Date | None = field(
        default=None,
        eq=with_type,
        metadata=about(
            "When the student was done: a text in quotes, or a number without. Left out until then.",
            "2026-02-01T10:25:00Z",
            1769941500,
        ),
    )


@frozen
class CustomState:
    """One row of `custom_state`: what one workspace remembers under one key."""

    workspace_id: str = field(metadata=about("The id of the workspace: one student's instance.", "alice"))
    key: str = field(metadata=about("What is remembered.", "cluster"))
    value: str = field(metadata=about("What it is, as a text.", "kind"))


@frozen
class Contents:
    """All rows of a database: the definition (`workshops`) and students' progress (the states).

    Workshops are in the order of their ids, states in the order of (workspace, step id or key);
    texts are ordered by code points, which is the order of their UTF-8 bytes.
    """

    workshops: tuple[Workshop, ...]
    runtime_states: tuple[RuntimeState, ...] = ()
    custom_states: tuple[CustomState, ...] = ()


def with_neighbours(steps: tuple[Step, ...]) -> Iterator[tuple[Step, Step | None, Step | None]]:
    """Each step with the one before it and the one after it."""
    yield from zip(steps, (None, *steps), (*steps[1:], None), strict=False)


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

"""Courses for tests of rules: a few steps with what a test says of them, and what check finds there."""

from __future__ import annotations

from collections.abc import Mapping

from yamlsync.check import check
from yamlsync.problems import Place, Problem
from yamlsync.rules.selection import Selection
from yamlsync.tree import in_memory

HEADER = """\
format: yamlsync/1
id: course
name: A course
version: v1
created_at: "2026-01-15T09:30:00Z"
"""


def step(id: str, more: str = "") -> str:
    """A step's file: three lines, and more below them."""
    return f"id: {id}\ntitle: Step {id}\nimage_tag: org/course:{id}\n{more}"


def files(steps: Mapping[str, str], header: str = HEADER) -> dict[str, bytes]:
    """A course with these steps in this order, each with what its file has from its fourth line on."""
    listed = "".join(f"  - {id}\n" for id in steps)
    tree = {"workshop.yaml": f"{header}steps:\n{listed}"}
    tree |= {f"steps/{id}.yaml": step(id, more) for id, more in steps.items()}
    return {path: text.encode() for path, text in tree.items()}


def found(tree: Mapping[str, bytes], select: str = "YS") -> tuple[Problem, ...]:
    """What the selected rules find."""
    return check(in_memory(tree), Selection((select,))).problems


def places(problems: tuple[Problem, ...]) -> list[tuple[str, str, int | None, int | None, int | None]]:
    """Code, file, line, and the columns from the first to behind the last, of each problem."""
    told = []
    for problem in problems:
        place = problem.place
        assert isinstance(place, Place)
        told.append((problem.code, place.path, place.line, place.column, place.end_column))
    return told

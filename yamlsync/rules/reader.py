"""The check of the rules that the reader itself sees to: a file that breaks one is no document yet."""

from __future__ import annotations

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic


def told_by_the_reader(course: Course) -> tuple[Diagnostic, ...]:  # noqa: ARG001 - the shape of a rule
    """Nothing: what import refuses was told before there was a course."""
    return ()

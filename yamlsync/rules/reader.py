"""The check of the rules that others see to: the reader, what exports, and the check of comments."""

from __future__ import annotations

from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic


def told_by_the_reader(course: Course) -> tuple[Diagnostic, ...]:  # noqa: ARG001 - the shape of a rule
    """Nothing: it was told before there was a course, or is told when all rules were run.

    What import and export refuse keeps a file or a database from being a course. Which comments silence
    nothing (YS901, YS902) is known only behind all other rules. Such a rule's module has its manual.
    """
    return ()

"""The database that a tree becomes: its size, and where it comes from (TXT-5, TXT-6, TXT-7)."""

from __future__ import annotations

from yamlsync.rules.course import Course
from yamlsync.rules.sizes.estimate import estimate
from yamlsync.rules.sizes.measure import MB

MOST = 5 * MB
"""Bytes that the platform expects at the most."""

CONFIG_MAP = MB
"""Bytes that a Kubernetes ConfigMap takes at the most."""


def estimate_of(course: Course) -> int | None:
    """About the bytes of the database with all workshops of the tree; None but for the first of them."""
    workshops = course.workshops or (course.file,)
    return estimate(workshops) if workshops[0] is course.file else None


def largest_step(course: Course) -> str | None:
    """The id of the step of this workshop that has the longest texts; None where there is no step."""
    steps = (file.step for file in course.steps)
    largest = max(steps, key=lambda step: len(step.markdown or "") + len(step.goss_spec or ""), default=None)
    return largest.id if largest else None

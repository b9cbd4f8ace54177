"""How the image tags of one workshop go with the ids of its steps (IMG-8, IMG-9)."""

from __future__ import annotations

import re

from yamlsync.layout.read import StepFile
from yamlsync.rules.course import Course

_NOT_ALIKE = re.compile(r"[^a-z0-9]+")


def steps_by_image(course: Course) -> dict[str, list[StepFile]]:
    """The steps that have each image tag, in their order."""
    found: dict[str, list[StepFile]] = {}
    for file in course.steps:
        found.setdefault(file.step.image_tag, []).append(file)
    return found


def names(tag: str, step_id: str) -> bool:
    """Whether a tag holds the id of a step, or the id holds the tag, as whole words.

    So `v2-intro`, `intro_v2` and `01-intro` go with the step `intro`; capitals and signs do not count.
    """
    if tag == step_id:
        return True
    one, other = (f"-{_NOT_ALIKE.sub('-', text.lower()).strip('-')}-" for text in (tag, step_id))
    return other in one or one in other

"""The links between steps, and where in the files each is written: what the rules of navigation share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yamlsync.document.model import Block, Path
from yamlsync.layout.read import StepFile
from yamlsync.rules.course import Course

NEXT: Path = ("navigation", "next", "=")
PREV: Path = ("navigation", "prev", "=")


def is_written(file: StepFile, key: str) -> bool:
    """Whether a step's file says its `next` or `prev` itself, and the order does not."""
    navigation = file.block.values().get("navigation")
    return isinstance(navigation, Block) and key in navigation.values()


def links(course: Course, key: str) -> Mapping[str, str]:
    """Which step each names as its `next` or `prev`, within its own workshop."""
    found = {}
    for file in course.steps:
        navigation = file.step.navigation
        if navigation is not None:
            target = navigation.next_step_id if key == "next" else navigation.prev_step_id
            if target is not None and target in course.step_files:
                found[file.step.id] = target
    return found


def circles(links: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Each circle in which one link leads to the next, once."""
    seen: set[str] = set()
    for start in links:
        way: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in seen and at not in way:
            way[at] = None
            at = links.get(at)
        if at is not None and at in way:
            ids = list(way)
            yield tuple(ids[ids.index(at) :])
        seen |= way.keys()

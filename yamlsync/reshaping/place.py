"""A place in the list of steps, as a user names it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from attrs import frozen

from yamlsync.layout.read import StepFile
from yamlsync.records import Navigation
from yamlsync.reshaping.words import explicit_links


class Side(Enum):
    """Which of the places in a list: an end of it, or beside a step."""

    FIRST = "first"
    LAST = "last"
    BEFORE = "before"
    AFTER = "after"


@frozen
class Spot:
    """An end of the list, or the place before or after the step `beside`."""

    side: Side
    beside: str | None = None

    @property
    def below_heading(self) -> bool:
        """Whether what is put there stands below the heading above the step that follows."""
        return self.side in (Side.FIRST, Side.BEFORE)

    def index(self, ids: Sequence[str]) -> int:
        """Where in a list that holds `beside` something is put."""
        match self.side:
            case Side.FIRST:
                return 0
            case Side.LAST:
                return len(ids)
        return ids.index(self.beside or "") + (self.side is Side.AFTER)


def relinked(file: StepFile, previous_id: str | None, next_id: str | None) -> Navigation | None:
    """The links of a step that has other neighbours now: those that its file says stay."""
    navigation = file.step.navigation
    if navigation is None:
        return None
    links = explicit_links(file.block)
    return Navigation(links.get("next", next_id), links.get("prev", previous_id), navigation.unlock_condition)

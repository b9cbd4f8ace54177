"""What names a step, in navigation and in progress, and whether there is such a step (LAY-48)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from yamlsync.document.model import Block
from yamlsync.filenames import file_name
from yamlsync.layout.finding import Finding, did_you_mean
from yamlsync.printable import shown
from yamlsync.records import Step

_ENOUGH = 20


class References:
    """The steps that may be named. `unlisted` are names of files that no list names: that is told already.

    `alone` says that there is one workshop only. Looks for near ones only a few times: it is slow among many.
    """

    def __init__(
        self, known: Mapping[str, str], unlisted: frozenset[str] = frozenset(), *, alone: bool = True
    ) -> None:
        self._known = known
        self._where = "in this workshop" if alone else "in these workshops"
        self._unlisted = unlisted
        self._tried = 0

    def of_step(self, step: Step) -> Iterator[Finding]:
        """Navigation may lead into another workshop of the same database, but not to nowhere."""
        navigation = step.navigation
        if navigation is None:
            return
        for key, target in (("next", navigation.next_step_id), ("prev", navigation.prev_step_id)):
            if target is not None and target not in self._known and file_name(target) not in self._unlisted:
                yield Finding(
                    "YS201",
                    f"{key} names the step {shown(target)}, which is not {self._where}",
                    ("navigation", key, "="),
                    self._advice(target, "name a step, or null for none"),
                )

    def of_state(self, block: Block) -> Iterator[Finding]:
        """Progress is with steps of this database."""
        items = block.values().get("steps")
        for index, item in enumerate(items.items() if isinstance(items, Block) else ()):
            target = cast(str, cast(Block, item).values()["id"])
            if target not in self._known:
                yield Finding(
                    "YS202",
                    f"the step {shown(target)} is not {self._where}",
                    ("steps", index, "id", "="),
                    self._advice(target, "name a step"),
                )

    def _advice(self, target: str, otherwise: str) -> str:
        self._tried += 1
        return otherwise if self._tried > _ENOUGH else did_you_mean(target, self._known, otherwise)

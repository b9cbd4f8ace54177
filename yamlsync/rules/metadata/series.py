"""What is wrong with the numbers of hints and objectives: gaps, zeros (META-10, META-11)."""

from __future__ import annotations

from functools import lru_cache

from attrs import frozen

from yamlsync.records import Step
from yamlsync.rules.metadata.keys import Numbered, numbered


@frozen
class Series:
    """The keys of one name in one step, in the order of their numbers."""

    name: str
    keys: tuple[Numbered, ...]

    @property
    def odd(self) -> Numbered | None:
        """The first key whose number is 0 or starts with it."""
        return next((key for key in self.keys if key.digits.startswith("0")), None)

    @property
    def gap(self) -> tuple[Numbered, int] | None:
        """The first key whose number is not the next one, and that number."""
        for expected, key in enumerate(self.keys, 1):
            if key.digits != str(expected):
                return key, expected
        return None


def all_series(step: Step) -> tuple[Series, ...]:
    """The series of one step."""
    return _series_of(tuple(row.key for row in step.metadata)) if step.metadata else ()


@lru_cache(maxsize=1024)
def _series_of(keys: tuple[str, ...]) -> tuple[Series, ...]:
    # The steps of a workshop have much the same keys.
    found: dict[str, list[Numbered]] = {}
    for key in numbered(keys):
        found.setdefault(key.name, []).append(key)
    return tuple(Series(name, tuple(each)) for name, each in found.items())

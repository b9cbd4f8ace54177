"""The step ids that an unlock condition names: literal indexes of `steps`, outside of its texts (CEL-3)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import frozen

from yamlsync.rules.conditions.tokens import tokens


@frozen
class NamedStep:
    """A step that a condition names: its id, and where the id's characters stand in the condition."""

    id: str
    start: int
    end: int


@lru_cache(maxsize=2048)
def steps_named(condition: str) -> tuple[NamedStep, ...]:
    """The literal indexes of `steps` in a condition, in order; a broken condition gives what can be told."""
    return tuple(_steps_named(condition))


def _steps_named(condition: str) -> Iterator[NamedStep]:
    found = list(tokens(condition))
    for index in range(len(found) - 3):
        name, opening, text, closing = found[index : index + 4]
        if (name.text, opening.text, text.kind, closing.text) != ("steps", "[", "text", "]"):
            continue
        if name.kind == "name" and not (index and found[index - 1].is_sign(".")):
            yield NamedStep(text.text, *text.inner)

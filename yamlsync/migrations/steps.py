"""Numbered steps, taken one after the other, and what the way back would lose (MIG-1, MIG-2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from attrs import frozen

State = TypeVar("State")
"""All that is in one version: the rows of a database, or the documents of a directory."""


@frozen
class Loss:
    """Something that an older version has no place for, in words: `the key "x" of artifact`.

    `in_signature` tells that it is held by the statement and the signature, once these are saved. What is
    `spared` is not asked for: it can be made again, or says nothing.
    """

    what: str
    in_signature: bool = False
    spared: bool = False


@frozen
class Step(Generic[State]):
    """The way from one version to the next and back. Each function is pure.

    `lost` tells what `down` loses of a state. Of all else, `up` brings back the very same.
    """

    up: Callable[[State], State]
    down: Callable[[State], State]
    lost: Callable[[State], tuple[Loss, ...]]


@frozen
class Moved(Generic[State]):
    """A state in another version, and what it lost on its way there."""

    state: State
    lost: tuple[Loss, ...]


def move(state: State, at: int, to: int, steps: Mapping[int, Step[State]]) -> Moved[State]:
    """Takes a state from the version `at` to the version `to`; the step from N to N + 1 has the number N."""
    lost: list[Loss] = []
    for number in range(at, to):
        state = steps[number].up(state)
    for number in range(at - 1, to - 1, -1):
        lost += steps[number].lost(state)
        state = steps[number].down(state)
    return Moved(state, tuple(lost))

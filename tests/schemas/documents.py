"""Files and schemas side by side: shapes walked key by key, and files as other parsers read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from yamlsync.document.model import Fields, ListOf, Shape
from yamlsync.layout.files import STATE, STEP, WORKSHOP, WORKSHOPS
from yamlsync.schemas.files import schema
from yamlsync.schemas.words import (
    STATE_WORDS,
    STEP_WORDS,
    WORKSHOP_WORDS,
    WORKSHOPS_WORDS,
    KeyPath,
    Words,
)

SHAPES: Mapping[str, Fields] = {"workshop": WORKSHOP, "step": STEP, "workshops": WORKSHOPS, "state": STATE}

WORDS: Mapping[str, Mapping[KeyPath, Words]] = {
    "workshop": WORKSHOP_WORDS,
    "step": STEP_WORDS,
    "workshops": WORKSHOPS_WORDS,
    "state": STATE_WORDS,
}

Keys = Iterator[tuple[KeyPath, Shape, dict[str, Any]]]


def keys_of(name: str) -> Keys:
    """Each key of a kind of file, at any depth: its path, its shape, and its part of the schema."""
    return _keys(SHAPES[name], schema(name), ())


def _keys(shape: Shape, part: dict[str, Any], path: KeyPath) -> Keys:
    if isinstance(shape, ListOf):
        yield from _keys(shape.item, part["items"], path)
    if isinstance(shape, Fields):
        for key, inner in shape.keys.items():
            below = part["properties"][key]
            yield (*path, key), inner, below
            yield from _keys(inner, below, (*path, key))


def name_of(path: str) -> str:
    """The name of the schema for the file at a path."""
    folder, _, file = path.rpartition("/")
    return {"workshop.yaml": "workshop", "workshops.yaml": "workshops"}.get(
        file, "state" if folder == "state" else "step"
    )


def loaded(data: bytes) -> Any:
    """What PyYAML reads in a file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(data, Loader=loader)

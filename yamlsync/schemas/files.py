"""The kinds of files that have a schema, and the text of each (EDT-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from yamlsync.layout import files
from yamlsync.schemas import snippets, words
from yamlsync.schemas.generate import Schema, Source, generate
from yamlsync.schemas.words import KeyPath

_FORMAT: dict[KeyPath, Schema] = {("format",): {"const": files.FORMAT}}

_HAS_STEPS: Schema = {"properties": {"steps": {"minItems": 1}}}

_SOURCES: Mapping[str, Source] = {
    "workshop": Source(
        "Workshop",
        files.WORKSHOP,
        words.WORKSHOP_WORDS,
        snippets.WORKSHOP,
        # Without steps these two would say nothing (LAY-35).
        _FORMAT | {(): {"dependencies": {"first_position": _HAS_STEPS, "navigation": _HAS_STEPS}}},
    ),
    "step": Source("Step", files.STEP, words.STEP_WORDS, snippets.STEP),
    "workshops": Source(
        "List of workshops",
        files.WORKSHOPS,
        words.WORKSHOPS_WORDS,
        snippets.WORKSHOPS,
        # One workshop alone has no list (LAY-36).
        _FORMAT | {("workshops",): {"minItems": 2}},
    ),
    "state": Source(
        "Progress of a workspace",
        files.STATE,
        words.STATE_WORDS,
        snippets.STATE,
        # A workspace without rows has no file (LAY-52).
        _FORMAT | {(): {"anyOf": [{"required": ["steps"]}, {"required": ["custom"]}]}},
    ),
}

NAMES = tuple(_SOURCES)
"""The names of the schemas."""


def schema(name: str) -> Schema:
    """The JSON Schema with a name. Raises KeyError where there is none."""
    version = files.FORMAT.rpartition("/")[2]
    return generate(_SOURCES[name], f"urn:yamlsync:{version}:{name}")


def schema_text(name: str) -> str:
    """The schema with a name as it is kept in spec/schemas."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def file_name(name: str) -> str:
    """The name of the file that holds the schema with a name."""
    return f"{name}.schema.json"

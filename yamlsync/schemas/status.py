"""The JSON Schema of `yamlsync status --output-format json` (STA-14)."""

from __future__ import annotations

import json

from yamlsync.schemas.closed import closed
from yamlsync.schemas.generate import Schema

_CHANGED = ("database-ahead", "yaml-ahead", "both-changed", "unknown")


def schema() -> Schema:
    """The schema of a whole answer."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:yamlsync:1:status",
        "title": "Answer of yamlsync status",
        **closed(
            {
                "state": {
                    "description": "How the database and the YAML stand to each other as a whole.",
                    "enum": ["in-sync", *_CHANGED],
                },
                "parts": {
                    "description": "The parts that are not in sync: those of the YAML in its order, then "
                    "those in the database alone.",
                    "type": "array",
                    "items": _part(),
                },
            }
        ),
    }


def schema_text() -> str:
    """The schema as it is kept in spec/schemas/status.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _part() -> Schema:
    return closed(
        {
            "kind": {
                "description": "A step, or what a workshop says besides its steps.",
                "enum": ["workshop", "step"],
            },
            "id": {"description": "The id of the step or of the workshop.", "type": "string"},
            "state": {
                "description": "Which side changed this part since both last said the same.",
                "enum": list(_CHANGED),
            },
            "in_database": {"description": "Whether the database has this part.", "type": "boolean"},
            "in_yaml": {"description": "Whether the YAML has this part.", "type": "boolean"},
            "fields": {
                "description": "The fields that differ, in the order of the file; none where one side alone "
                "has the part.",
                "type": "array",
                "items": _field(),
            },
        }
    )


def _field() -> Schema:
    return closed(
        {
            "name": {
                "description": "The key in the file, such as title, metadata.hint.1 or navigation.next.",
                "type": "string",
            },
            "line": {
                "description": "The first line that differs, of a text that has several.",
                "anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}],
            },
            "only_in_database": _ids("database"),
            "only_in_yaml": _ids("YAML"),
        }
    )


def _ids(side: str) -> Schema:
    return {
        "description": f"Of the list of steps: the ids that it has in the {side} alone.",
        "type": "array",
        "items": {"type": "string"},
    }

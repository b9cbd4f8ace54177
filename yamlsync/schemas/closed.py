"""An object in a JSON Schema that has all its keys, and no others: what our own output is made of."""

from __future__ import annotations

from yamlsync.schemas.generate import Schema


def closed(properties: dict[str, Schema]) -> Schema:
    """The schema of an object with these keys."""
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": list(properties),
    }

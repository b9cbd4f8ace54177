"""The JSON Schema of `yamlsync log --output-format json`, made from that of `diff` (LOG-40)."""

from __future__ import annotations

import json

from yamlsync.schemas import diff
from yamlsync.schemas.closed import closed
from yamlsync.schemas.generate import END, Schema

_NAME: Schema = {"type": "string", "pattern": f"^(?:[0-9a-f]{{40}}|[0-9a-f]{{64}}){END}"}
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_FATES = ("changed", "new", "removed", "cut", "unreadable")


def schema() -> Schema:
    """The schema of a whole history."""
    one = diff.schema()
    of_changes = one["properties"]
    return {
        "$schema": one["$schema"],
        "$id": "urn:yamlsync:1:log",
        "title": "Report of yamlsync log",
        "description": "The commits that are told, newest first.",
        "type": "array",
        "items": closed(
            {
                "commit": {"description": "The commit's name.", **_NAME},
                "parents": {"description": "The names of its parents.", "type": "array", "items": _NAME},
                "author": {"description": "The name of its author.", **_TEXT},
                "date": {"description": "When it was written, as ISO 8601 has it; null if never.", **_MAYBE},
                "subject": {"description": "The first paragraph of its message, in one line.", **_TEXT},
                "path": {"description": "Where the workshop is in it, from the top.", **_TEXT},
                "moved_from": {"description": "Where it was in the parent, if elsewhere.", **_MAYBE},
                "fate": {
                    "description": "What became of the workshop as a whole. At a commit where it is cut, the "
                    "history in this clone begins; all of the workshop is told as new.",
                    "enum": list(_FATES),
                },
                "since": {
                    "description": "The short name of the older commit that it is compared with, where the "
                    "parent cannot be read; empty where none can.",
                    **_MAYBE,
                },
                "problems": {
                    "description": "Why it cannot be read, each in one line.",
                    "type": "array",
                    "items": _TEXT,
                },
                "changes": of_changes["changes"]
                | {
                    "description": "What is told: all that changed; of a merge what changed from each "
                    "parent, as seen from the first; with --step and --field what they select."
                },
                "consequences": of_changes["consequences"],
                "respelled": of_changes["respelled"],
            }
        ),
        "$defs": one["$defs"],
    }


def schema_text() -> str:
    """The schema as it is kept in spec/schemas/log.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"

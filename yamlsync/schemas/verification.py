"""The JSON Schema of `yamlsync verify --output-format json` (VER-2)."""

from __future__ import annotations

import json

from yamlsync.schemas import report
from yamlsync.schemas.closed import closed
from yamlsync.schemas.generate import Schema

QUESTIONS = ("file", "schema", "references", "values", "digest", "signature", "against", "sums")
"""All questions, in the order in which they are answered."""

VERDICTS = ("yes", "note", "no", "not asked")


def schema() -> Schema:
    """The schema of a whole verification."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:yamlsync:1:verification",
        "title": "Answers of yamlsync verify",
        **closed(
            {
                "database": {"description": "The database, as it was named.", "type": "string"},
                "schema": {
                    "description": "The number of its schema; null where that could not be told.",
                    "type": ["integer", "null"],
                    "minimum": 1,
                },
                "content_digest": {
                    "description": "The digest of what it says; null where that could not be read.",
                    "type": ["string", "null"],
                    "pattern": "^y1:[0-9a-f]{64}$",
                },
                "verdict": {"description": "no where an answer is no, else yes.", "enum": ["yes", "no"]},
                "answers": {
                    "description": "An answer to each question that was put, in the order of the questions.",
                    "type": "array",
                    "items": _answer(),
                    "minItems": 6,
                },
            }
        ),
    }


def schema_text() -> str:
    """The schema as it is kept in spec/schemas/verification.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _answer() -> Schema:
    return closed(
        {
            "question": {"description": "What was asked.", "enum": list(QUESTIONS)},
            "verdict": {
                "description": "What the answer comes to; not asked where an earlier no made it impossible.",
                "enum": list(VERDICTS),
            },
            "message": {"description": "The answer, in a sentence.", "type": "string"},
            "problems": {
                "description": "What is wrong where the answer is no, as yamlsync check tells it.",
                "type": "array",
                "items": report.schema()["items"],
            },
        }
    )

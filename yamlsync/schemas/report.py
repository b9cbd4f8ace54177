"""The JSON Schema of `yamlsync check --output-format json`, made from the record of a finding (CHK-52)."""

from __future__ import annotations

import json
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from attrs import fields

from yamlsync.reporters.finding import Finding
from yamlsync.schemas.closed import closed
from yamlsync.schemas.generate import Schema
from yamlsync.settings import LEVELS

_SCALARS: dict[type, Schema] = {
    str: {"type": "string"},
    # Lines and columns.
    int: {"type": "integer", "minimum": 1},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
}

_MORE: dict[str, Schema] = {
    "code": {"pattern": "^YS[0-9]{3}$"},
    "severity": {"enum": list(LEVELS)},
}
"""What the types of a record do not say."""


def schema() -> Schema:
    """The schema of a whole report."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:yamlsync:1:report",
        "title": "Findings of yamlsync check",
        "type": "array",
        "items": _record(Finding),
    }


def schema_text() -> str:
    """The schema as it is kept in spec/schemas/report.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _record(record: type) -> Schema:
    hints = get_type_hints(record)
    about = {each.name: each.metadata["description"] for each in fields(record)}
    return closed(
        {
            name: {"description": about[name], **_value(kind), **_MORE.get(name, {})}
            for name, kind in hints.items()
        }
    )


def _value(kind: Any) -> Schema:
    if not isinstance(kind, UnionType):
        return dict(_SCALARS[kind]) if kind in _SCALARS else _record(kind)
    return {"anyOf": [_value(each) for each in get_args(kind)]}

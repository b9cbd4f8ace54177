"""The JSON Schema of `yamlsync diff --output-format json`, made from the records of changes (DIF-40)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from yamlsync.affinity import MAX_INTEGER, MIN_INTEGER
from yamlsync.changes.plain import FACTS, KINDS, LINKS, REAL, RECORDS, forms
from yamlsync.schemas.changes_in_words import ABOUT, FIELDS
from yamlsync.schemas.closed import closed
from yamlsync.schemas.generate import END, Schema

_TEXT: Schema = {"type": "string"}
_NULL: Schema = {"type": "null"}
_INTEGER: Schema = {"type": "integer", "minimum": MIN_INTEGER, "maximum": MAX_INTEGER}

_FORMS: Mapping[str, Schema] = {
    "str": _TEXT,
    "int": _INTEGER,
    "bool": {"type": "boolean"},
    "Date": {
        "anyOf": [
            _TEXT,
            _INTEGER,
            {
                "description": "A real, as the shortest decimal that is nearest to it, or inf or -inf.",
                **closed({"real": {"type": "string", "pattern": f"^{REAL}{END}"}}),
            },
        ]
    },
    "Link": {
        "anyOf": [
            {"description": "The id of a step; null leads nowhere.", "type": ["string", "null"]},
            {
                "description": "The neighbour in the order of the steps, whichever it is.",
                **closed({"follows": {"const": "order"}}),
            },
        ]
    },
    "str | int": {"anyOf": [_TEXT, _INTEGER | {"minimum": 0}]},
    # Anything that JSON has.
    "Value": {},
}

_WORDS = {"WorkshopFieldChanged": tuple(FACTS), "LinkChanged": LINKS, "LinkFollowed": LINKS}
"""What `field` may be."""


def schema() -> Schema:
    """The schema of a whole report."""
    kinds = {kind: record for union in KINDS.values() for kind, record in union.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:yamlsync:1:diff",
        "title": "Report of yamlsync diff",
        **closed(
            {
                "old": {"description": "The old side, as it was named.", "type": "string"},
                "new": {"description": "The new side, as it was named.", "type": "string"},
                "changes": {
                    "description": "What changed. Applied to the old side, these make the new one.",
                    **_form("tuple[Change, ...]"),
                },
                "consequences": {
                    "description": "What is different without anybody's doing: it follows from changes.",
                    **_form("tuple[Consequence, ...]"),
                },
                "respelled": {
                    "description": "The files of the new side in which only comments or spelling changed.",
                    "type": "array",
                    "items": _TEXT,
                },
            }
        ),
        "$defs": {
            **{kind: _record(record, kind) for kind, record in kinds.items()},
            **{name: _record(record) for name, record in RECORDS.items()},
        },
    }


def schema_text() -> str:
    """The schema as it is kept in spec/schemas/diff.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _record(record: type, kind: str | None = None) -> Schema:
    name = record.__name__
    properties: dict[str, Schema] = {} if kind is None else {"kind": {"const": kind}}
    for field, form in forms(record).items():
        about = FIELDS.get(f"{name}.{field}") or FIELDS[field]
        properties[field] = {"description": about, **_form(form)}
    if name in _WORDS:
        properties["field"] = {"description": properties["field"]["description"], "enum": list(_WORDS[name])}
    title = (kind or name.removeprefix("Relative").lower()).replace("-", " ").capitalize()
    found = {"title": title, "description": ABOUT[name], **closed(properties)}
    if name == "WorkshopFieldChanged":
        found["allOf"] = [_fact(*each) for each in FACTS.items()]
    return found


def _fact(field: str, form: str) -> Schema:
    """What a fact of a workshop holds."""
    values = {"old": _form(form), "new": _form(form)}
    return {"if": {"properties": {"field": {"const": field}}}, "then": {"properties": values}}


def _form(form: str) -> Schema:
    if form.endswith(" | None"):
        schema = _form(form.removesuffix(" | None"))
        return {"type": ["string", "null"]} if schema == _TEXT else {"anyOf": [schema, _NULL]}
    if form.startswith("tuple["):
        return {"type": "array", "items": _form(form.removeprefix("tuple[").removesuffix(", ...]"))}
    if form in KINDS:
        return {"anyOf": [_reference(kind) for kind in KINDS[form]]}
    return dict(_FORMS[form]) if form in _FORMS else _reference(form)


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}

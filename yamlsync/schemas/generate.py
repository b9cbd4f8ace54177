"""A shape and its words → a JSON Schema of draft 7 (EDT-1 to EDT-7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from attrs import frozen

from yamlsync.affinity import MAX_INTEGER, MIN_INTEGER
from yamlsync.document.limits import MAX_KEY
from yamlsync.document.model import Fields, FreeKeys, ListOf, Scalar, Shape
from yamlsync.schemas.known import KNOWN
from yamlsync.schemas.words import FREE_KEY, FREE_VALUE, KeyPath, Words

Schema: TypeAlias = dict[str, Any]

_END = r"(?![\s\S])"
"""The end of a text, in the regular expressions of JavaScript and Python alike."""

_NUMBER_LIKE = r"[ \t\n\v\f\r]*[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[ \t\n\v\f\r]*"

_SCALARS: Mapping[Scalar, Schema] = {
    Scalar.TEXT: {"type": "string"},
    Scalar.INTEGER: {"type": "integer", "minimum": MIN_INTEGER, "maximum": MAX_INTEGER},
    Scalar.DATE: {
        "type": ["string", "number"],
        "pattern": f"^(?!{_NUMBER_LIKE}{_END})",
        "patternErrorMessage": "Write a number without quotes: SQLite would turn this text into one.",
    },
    Scalar.REFERENCE: {"type": ["string", "null"]},
}


@frozen
class _Writer:
    words: Mapping[KeyPath, Words]
    snippets: Mapping[KeyPath, list[Any]]

    def value(self, shape: Shape, path: KeyPath) -> Schema:
        match shape:
            case Scalar():
                return dict(_SCALARS[shape])
            case ListOf():
                return self._list(shape, path)
            case FreeKeys():
                return self._free_keys(path)
            case Fields():
                return self._fields(shape, path)

    def _fields(self, shape, path):
        mapping = {
            "type": "object",
            "properties": {key: self._key(value, (*path, key)) for key, value in shape.keys.items()},
            "additionalProperties": False,
        }
        required = [key for key in shape.keys if key in shape.required]
        if required: mapping["required"] = required
        else: mapping["minProperties"] = 1
        if path in self.snippets: mapping["defaultSnippets"] = self.snippets[path]
        if shape.word is None: return mapping
        word = {"const": shape.word}
        return {"anyOf": [mapping, word]} if shape.keys else word
    def _list(self, shape, path):
        r = {"type": "array", "items": self.value(shape.item, path)}
        if not shape.may_be_empty: r["minItems"] = 1
        if isinstance(shape.item, Scalar): r["uniqueItems"] = True
        return r
    def _free_keys(self, path):
        r = {"type": "object",
          "properties": {name: _described(known.words, _SCALARS[Scalar.TEXT]) for known in KNOWN for name in known.names},
          "patternProperties": {known.pattern: _described(known.words, _SCALARS[Scalar.TEXT]) for known in KNOWN if known.pattern},
          "additionalProperties": _described(FREE_KEY, {"type": "string"}),
          "propertyNames": {"pattern": "^[\\s\\S]{0,%d}%s" % (MAX_KEY, _END), "doNotSuggest": True},
          "minProperties": 1}
        if path in self.snippets: r["defaultSnippets"] = self.snippets[path]
        return r
    def _key(self, shape, path):
        return _described(self.words[path], self.value(shape, path))

def _described(words, schema):
    return {"description": words.description.replace("`",""), "markdownDescription": words.description, **schema, "examples": list(words.examples)}

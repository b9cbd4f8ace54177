"""A shape and its words → a JSON Schema of draft 7 (EDT-2 to EDT-7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from yamlsync.affinity import MAX_INTEGER, MIN_INTEGER
from yamlsync.document.limits import MAX_KEY
from yamlsync.document.model import Block, Entry, Fields, FreeKeys, ListOf, Scalar, Shape, Value
from yamlsync.document.render import render
from yamlsync.schemas.known import KNOWN
from yamlsync.schemas.snippets import Snippets
from yamlsync.schemas.words import FREE, KeyPath, Words

Schema: TypeAlias = dict[str, Any]

# JavaScript knows no \Z, and Python's $ matches before a line break too.
END = r"(?![\s\S])"
"""The end of a text, in all languages."""

_NUMBER_LIKE = r"[ \t\n\v\f\r]*[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[ \t\n\v\f\r]*"

_SCALARS: Mapping[Scalar, Schema] = {
    Scalar.TEXT: {"type": "string"},
    Scalar.INTEGER: {"type": "integer", "minimum": MIN_INTEGER, "maximum": MAX_INTEGER},
    Scalar.DATE: {
        "type": ["string", "number"],
        "pattern": f"^(?!{_NUMBER_LIKE}{END})",
        "patternErrorMessage": "SQLite would turn this text into a number: write the number without quotes.",
    },
    Scalar.REFERENCE: {"type": ["string", "null"]},
}


@frozen
class Source:
    """What the schema of one kind of file is made from.

    `more` has, by path, what a shape does not say of a value: the clauses on lists and on `format`.
    """

    title: str
    shape: Fields
    words: Mapping[KeyPath, Words]
    snippets: Snippets = field(factory=dict)
    more: Mapping[KeyPath, Schema] = field(factory=dict)


def generate(source: Source, identifier: str) -> Schema:
    """The whole schema. Raises KeyError where a key of the shape has no words."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": identifier,
        "title": source.title,
        **_value(source, source.shape, ()),
    }


def _value(source: Source, shape: Shape, path: KeyPath) -> Schema:
    schema = _kind(source, shape, path)
    schema |= source.more.get(path, {})
    if path in source.snippets:
        schema["defaultSnippets"] = list(source.snippets[path])
    return schema


def _kind(source: Source, shape: Shape, path: KeyPath) -> Schema:
    match shape:
        case Scalar():
            return dict(_SCALARS[shape])
        case ListOf():
            return _list(source, shape, path)
        case FreeKeys():
            return _free_keys()
        case Fields():
            return _mapping(source, shape, path)


def _list(source: Source, shape: ListOf, path: KeyPath) -> Schema:
    schema: Schema = {"type": "array", "items": _kind(source, shape.item, path)}
    if not shape.may_be_empty:
        schema["minItems"] = 1
    if isinstance(shape.item, Scalar):
        schema["uniqueItems"] = True
    return schema


def _mapping(source: Source, shape: Fields, path: KeyPath) -> Schema:
    if not shape.keys:
        return {"type": "string", "const": shape.word}
    schema: Schema = {
        "type": "object",
        "properties": {key: _key(source, key, inner, (*path, key)) for key, inner in shape.keys.items()},
        "additionalProperties": False,
    }
    required = [key for key in shape.keys if key in shape.required]
    schema |= {"required": required} if required else {"minProperties": 1}
    if shape.word is None:
        return schema
    # Not anyOf: language servers then tell of the alternative that the author did not mean.
    message = f"Write {shape.word}, or a mapping with some of: {', '.join(shape.keys)}."
    return schema | {
        "type": ["object", "string"],
        "if": {"type": "string"},
        "then": {"const": shape.word, "errorMessage": message},
    }


def _key(source: Source, key: str, shape: Shape, path: KeyPath) -> Schema:
    schema = _described(source.words[path], key, shape) | _value(source, shape, path)
    if "const" in schema:
        # The one value needs no example, and an editor writes it unasked where it is the only proposal.
        del schema["examples"]
    return schema


def _free_keys() -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {name: _free(known.words, name) for known in KNOWN for name in known.names},
        "patternProperties": {
            known.pattern: _free(known.words, known.names[0]) for known in KNOWN if known.pattern
        },
        "additionalProperties": _free(FREE, "difficulty"),
        "propertyNames": {
            "pattern": f"^[\\s\\S]{{0,{MAX_KEY}}}{END}",
            "patternErrorMessage": f"A key has at most {MAX_KEY} characters.",
            "doNotSuggest": True,
        },
        "minProperties": 1,
    }
    # Editors would offer them for the keys beside it too.
    del schema["additionalProperties"]["examples"]
    return schema


def _free(words: Words, key: str) -> Schema:
    return _described(words, key, Scalar.TEXT) | _SCALARS[Scalar.TEXT]


def _described(words: Words, key: str, shape: Shape) -> Schema:
    """The words of a key: examples of one line as such, others in Markdown only.

    Language servers offer `examples` to be written, and put mappings and line breaks there in strange ways.
    """
    short = [example for example in words.examples if _is_short(example)]
    long = [example for example in words.examples if not _is_short(example)]
    markdown = "".join(f"\n\n```yaml\n{example_file(key, example, shape)}```" for example in long)
    described: Schema = {
        "description": words.description.replace("`", ""),
        "markdownDescription": words.description + markdown,
    }
    return described | ({"examples": short} if short else {})


def _is_short(example: object) -> bool:
    return isinstance(example, int | float) or (isinstance(example, str) and "\n" not in example)


def example_file(key: str, example: object, shape: Shape) -> str:
    """An example as a file would have it."""
    return render(Block((Entry(key, _document(example)),)), Fields({key: shape})).decode()


def _document(example: Any) -> Value:
    match example:
        case dict():
            return Block(tuple(Entry(key, _document(value)) for key, value in example.items()))
        case list():
            return Block(tuple(Entry(None, _document(value)) for value in example))
        case _:
            value: Value = example
            return value

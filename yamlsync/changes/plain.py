"""Changes ⇄ plain data, as JSON has them (DIF-40 to DIF-45).

The records say what their fields hold; here stands how each such form is written in JSON and read from it.
`schemas/diff.py` describes the same forms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, NoReturn, TypeAlias, cast, get_args

from attrs import fields, has

from yamlsync.affinity import MAX_INTEGER, MIN_INTEGER
from yamlsync.changes import checks, model
from yamlsync.records import Metadata
from yamlsync.relative import Follows, RelativeNavigation, RelativeStep

Plain: TypeAlias = dict[str, Any]

MOST_LEVELS = 200
"""Of a value in a goss spec; the reader of specs takes 100."""

REAL = r"-?(?:inf|[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)"
"""A real: JSON has no infinity, and many programs would make an integer of 1.0."""

FACTS: Mapping[str, str] = {"name": "str", "version": "str", "created_at": "Date", "first_position": "int"}
"""The facts of a workshop that change one by one, and what each holds."""

LINKS = ("next", "prev")


def _kinds(union: object) -> dict[str, type]:
    """The records of a closed set by their kinds: StepAdded is step-added."""
    return {re.sub("(?<!^)(?=[A-Z])", "-", record.__name__).lower(): record for record in get_args(union)}


KINDS: Mapping[str, Mapping[str, type]] = {
    "Change": _kinds(model.Change),
    "Consequence": _kinds(model.Consequence),
    "CheckChange": _kinds(checks.CheckChange),
}
"""The closed sets: of each, the records by their kinds."""

RECORDS: Mapping[str, type] = {
    record.__name__: record
    for record in (
        model.WorkshopFacts,
        model.Numbering,
        checks.AttributeChanged,
        RelativeStep,
        RelativeNavigation,
        Metadata,
    )
}
"""Records that have no kind, since nothing else may stand in their places."""

_KIND_OF = {record: kind for kinds in KINDS.values() for kind, record in kinds.items()}


def forms(record: type) -> dict[str, str]:
    """What each field of a record holds, as its annotation says."""
    # Not from attrs: cattrs puts types in the places of the annotations of records that it makes.
    return {each.name: record.__annotations__[each.name] for each in fields(record)}


# Writing.


def to_plain(changes: model.Changes) -> Plain:
    """What `json.dumps` writes: an object with the two lists."""
    return cast("Plain", _written("Changes", changes))


def _written(form: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written("", each) for each in value]
    if has(type(value)):
        kind = {"kind": _KIND_OF[type(value)]} if type(value) in _KIND_OF else {}
        held = forms(type(value)).items()
        return kind | {name: _written(form, getattr(value, name)) for name, form in held}
    if isinstance(value, Follows):
        return {"follows": value.value}
    if isinstance(value, float) and form != "Value":
        return {"real": repr(value)}
    return value


# Reading.


def from_plain(data: object) -> model.Changes:
    """The changes that `to_plain` wrote, and no others.

    Raises ValueError for anything else; its message says where, as in `$.changes[2].step`, and what is wrong.
    """
    return cast("model.Changes", _record(model.Changes, data, "$"))


def _fail(at: str, what: str) -> NoReturn:
    raise ValueError(f"{at}: {what}")


def _read(form: str, data: Any, at: str) -> Any:
    if form.endswith(" | None"):
        return None if data is None else _read(form.removesuffix(" | None"), data, at)
    if form.startswith("tuple["):
        item = form.removeprefix("tuple[").removesuffix(", ...]")
        if not isinstance(data, list):
            _fail(at, "not a list")
        return tuple(_read(item, each, f"{at}[{index}]") for index, each in enumerate(data))
    if form in KINDS:
        return _of_kind(KINDS[form], data, at)
    return SCALARS[form](data, at) if form in SCALARS else _record(RECORDS[form], data, at)


def _object(data: object, at: str) -> Plain:
    return data if isinstance(data, dict) else _fail(at, "not an object")


def _of_kind(kinds: Mapping[str, type], data: object, at: str) -> Any:
    rest = dict(_object(data, at))
    kind = rest.pop("kind", None)
    if not isinstance(kind, str) or kind not in kinds:
        _fail(f"{at}.kind", f"not one of {', '.join(kinds)}")
    return _record(kinds[kind], rest, at)


def _record(record: type, data: object, at: str) -> Any:
    given, held = _object(data, at), forms(record)
    for key in given:
        if key not in held:
            _fail(at, f"has {json.dumps(key)}, which does not belong here")
    for name in held:
        if name not in given:
            _fail(at, f"has no {name}")
    if record is model.WorkshopFieldChanged:
        fact = _word(tuple(FACTS), given["field"], f"{at}.field")
        held |= {"old": FACTS[fact], "new": FACTS[fact]}
    if record in (model.LinkChanged, model.LinkFollowed):
        _word(LINKS, given["field"], f"{at}.field")
    return record(**{name: _read(form, given[name], f"{at}.{name}") for name, form in held.items()})


def _word(words: tuple[str, ...], data: object, at: str) -> str:
    return data if isinstance(data, str) and data in words else _fail(at, f"not one of {', '.join(words)}")


def _text(data: object, at: str) -> str:
    if not isinstance(data, str):
        _fail(at, "not a text")
    try:
        data.encode()
    except UnicodeEncodeError:
        _fail(at, "a text with half of a character")
    return data


def _integer(data: object, at: str, least: int = MIN_INTEGER) -> int:
    # By identity: bool is an int to isinstance.
    if type(data) is not int or not least <= data <= MAX_INTEGER:
        _fail(at, f"not a whole number from {least} to {MAX_INTEGER}")
    return data


def _truth(data: object, at: str) -> bool:
    return data if isinstance(data, bool) else _fail(at, "neither true nor false")


def _date(data: object, at: str) -> str | int | float:
    if isinstance(data, str):
        return _text(data, at)
    if not isinstance(data, dict):
        return _integer(data, at)
    real = data.get("real")
    if len(data) == 1 and isinstance(real, str) and re.fullmatch(REAL, real, re.ASCII):
        value = float(real)
        if isfinite(value) or real.endswith("inf"):
            return value
    _fail(at, 'no real, as in {"real": "1.5"} or {"real": "-inf"}')


def _link(data: object, at: str) -> str | Follows | None:
    if isinstance(data, dict):
        return Follows.ORDER if data == {"follows": "order"} else _fail(at, 'not {"follows": "order"}')
    return None if data is None else _text(data, at)


def _step_of_path(data: object, at: str) -> str | int:
    return _text(data, at) if isinstance(data, str) else _integer(data, at, least=0)


def _value(data: object, at: str, levels: int = MOST_LEVELS) -> checks.Value:
    if levels == 0:
        _fail(at, f"more than {MOST_LEVELS} levels deep")
    match data:
        case str():
            return _text(data, at)
        case list():
            return [_value(each, f"{at}[{index}]", levels - 1) for index, each in enumerate(data)]
        case dict():
            below = {_text(key, at): f"{at}[{json.dumps(key)}]" for key in data}
            return {key: _value(data[key], place, levels - 1) for key, place in below.items()}
        case float() if not isfinite(data):
            _fail(at, "a number that JSON does not have")
        case None | bool() | int() | float():
            return data
    _fail(at, "nothing that JSON has")


SCALARS: Mapping[str, Callable[[object, str], Any]] = {
    "str": _text,
    "int": _integer,
    "bool": _truth,
    "Date": _date,
    "Link": _link,
    "str | int": _step_of_path,
    "Value": _value,
}
"""What has no fields: its form, and the function that reads it."""

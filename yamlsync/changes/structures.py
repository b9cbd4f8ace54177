"""Two goss specs → what changed check by check (DIF-17). The only module that uses deepdiff."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import TypeAlias

from attrs import frozen

from yamlsync.changes.checks import (
    AttributeChanged,
    CheckAdded,
    CheckChange,
    CheckChanged,
    CheckRemoved,
    Value,
)

MOST_NESTED = 10_000
"""Values in all that nests and differs: where there are more, whole attributes are told."""

Key: TypeAlias = str | tuple[str, int]
"""The name of an attribute; or what an item says, and how many before it in its list say the same."""

Keys: TypeAlias = tuple[Key, ...]
Check: TypeAlias = tuple[str, str]


def check_changes(old: str | None, new: str | None) -> tuple[CheckChange, ...] | None:
    """The checks that are new, gone or changed, by type and name.

    None where one of the specs cannot be read, or where something changed that goss passes over.
    Seen from the new side it is the same answer, turned round. The order of a list counts where goss minds
    it: in `exec`, `content` and `meta`, below `equal`, and in attributes that goss does not know. Elsewhere
    a list is one of matchers, patterns or words, in any order.
    """
    # Imported late: hardly a change touches a goss spec, and the reader takes 10 ms.
    from yamlsync.changes.specs import read_spec

    specs = read_spec(old), read_spec(new)
    if specs[0] is None or specs[1] is None or _json(specs[0].passed_over) != _json(specs[1].passed_over):
        return None
    left, right = specs[0].checks, specs[1].checks
    said = {
        check: (_asked(check, left[check]), _asked(check, right[check])) for check in left if check in right
    }
    found = {check: list(_differing(*both)) for check, both in said.items() if both[0] != both[1]}
    deeper = _deeper(
        {
            (check, place.keys): place.nested
            for check, places in found.items()
            for place in places
            if place.nested
        }
    )
    changes: list[CheckChange] = []
    for check in sorted(left.keys() | right.keys()):
        if check not in left:
            changes.append(CheckAdded(*check, right[check]))
        elif check not in right:
            changes.append(CheckRemoved(*check, left[check]))
        elif check in found:
            sides = _Side(left[check], said[check][0]), _Side(right[check], said[check][1])
            places = [each for place in found[check] for each in deeper.get((check, place.keys), [place])]
            attributes = sorted((_attribute(*sides, place) for place in places), key=_order)
            changes.append(CheckChanged(*check, tuple(attributes)))
    return tuple(changes)


# What values say: the same exactly where they are the same to goss, and of the same types.


class _Items(dict[Key, "_Said"]):
    """A list whose order says nothing: what its items say. `places` are where they stand."""

    def __init__(self, items: Sequence[Value]) -> None:
        super().__init__()
        self.places: dict[Key, int] = {}
        seen: dict[str, Iterator[int]] = {}
        for index, item in enumerate(items):
            said = _said(item, in_order=False)
            text = _digest(said)
            key = text, next(seen.setdefault(text, count()))
            self[key] = said
            self.places[key] = index


_Said: TypeAlias = str | dict[Key, "_Said"]
"""A mapping or list by its keys; anything else as its JSON, which has no line breaks and tells 1 from "1"."""


def _asked(check: Check, asks: Value) -> _Said:
    """What a check asks, where each attribute decides about the order of its lists."""
    from yamlsync.rules.goss.attributes import RESOURCES, Takes

    if not isinstance(asks, dict) or not asks:
        return _said(asks, in_order=True)
    takes = RESOURCES[check[0]].attributes
    in_order = (None, Takes.COMMAND, Takes.ANYTHING, Takes.MAPPING)
    return {name: _said(value, in_order=takes.get(name) in in_order) for name, value in asks.items()}


def _said(value: Value, *, in_order: bool) -> _Said:
    # What is empty is told as a whole, since nothing in it could be.
    if isinstance(value, dict) and value and not _is_tagged(value):
        return {name: _said(each, in_order=in_order or name == "equal") for name, each in value.items()}
    if isinstance(value, list) and value and not in_order:
        return _Items(value)
    return _json(value)


def _json(value: Value) -> str:
    return json.dumps(value, sort_keys=True)


def _is_tagged(value: Mapping[str, Value]) -> bool:
    return len(value) == 1 and next(iter(value)).startswith("!")


def _digest(said: _Said) -> str:
    """A short name for a value: written out, names within names would grow without bounds."""
    if isinstance(said, str):
        return said
    # The keys of items say all.
    pairs = [(repr(key), "" if isinstance(said, _Items) else _digest(each)) for key, each in said.items()]
    return hashlib.sha256(repr((type(said).__name__, sorted(pairs))).encode()).hexdigest()


# Where they differ.


@frozen
class _Place:
    """Where two values differ, and on which sides something stands; `nested` where there are levels below."""

    keys: Keys
    is_in_old: bool = True
    is_in_new: bool = True
    nested: tuple[_Said, _Said] | None = None


def _differing(old: _Said, new: _Said, at: Keys = ()) -> Iterator[_Place]:
    """The places where two checks differ, as far as one level below an attribute."""
    if isinstance(old, str) or isinstance(new, str) or type(old) is not type(new):
        yield _Place(at)
    elif at and not (_is_flat(old) and _is_flat(new)):
        yield _Place(at, nested=(old, new))
    else:
        for key in {**old, **new}:
            if key not in old or key not in new:
                yield _Place((*at, key), key in old, key in new)
            elif old[key] != new[key]:
                yield from _differing(old[key], new[key], (*at, key))


def _is_flat(said: dict[Key, _Said]) -> bool:
    return all(isinstance(each, str) for each in said.values())


_Nested: TypeAlias = tuple[Check, Keys]
"""A check, and the way to one of its attributes."""


def _deeper(pairs: Mapping[_Nested, tuple[_Said, _Said]]) -> dict[_Nested, list[_Place]]:
    """The places in attributes that nest; none where they are too many."""
    if not pairs or sum(_size(said) for both in pairs.values() for said in both) > MOST_NESTED:
        return {}
    # Imported late: it takes 75 ms, as long as all that a small diff does, and it is hardly ever needed.
    from deepdiff.diff import DeepDiff

    olds, news = ({which: both[side] for which, both in pairs.items()} for side in (0, 1))
    # By default it passes over names that begin with __, and over mappings with few names in common.
    tree = DeepDiff(olds, news, view="tree", ignore_private_variables=False, threshold_to_diff_deeper=0)
    found: dict[_Nested, list[_Place]] = {}
    for kind, levels in tree.items():
        for level in levels:
            which, *keys = level.path(output_format="list")
            place = _Place(
                (*which[1], *keys), kind != "dictionary_item_added", kind != "dictionary_item_removed"
            )
            found.setdefault(which, []).append(place)
    return found


def _size(said: _Said) -> int:
    return 1 if isinstance(said, str) else 1 + sum(map(_size, said.values()))


# What stands there.


@frozen
class _Side:
    """What a check asks on one side, and what that says."""

    asks: Value
    said: _Said

    def at(self, keys: Keys) -> tuple[tuple[str | int, ...], Value]:
        """A path as it is told, and the value there."""
        value, said = self.asks, self.said
        path: list[str | int] = []
        for key in keys:
            place = said.places[key] if isinstance(said, _Items) else key
            match value, place:
                case list(), int():
                    value = value[place]
                case dict(), str():
                    value = value[place]
            path.append(place if isinstance(place, int) else str(place))
            said = said if isinstance(said, str) else said[key]
        return tuple(path), value


def _attribute(old: _Side, new: _Side, place: _Place) -> AttributeChanged:
    path, left = old.at(place.keys) if place.is_in_old else ((), None)
    # Names are the same on both sides, and items never on both.
    path, right = new.at(place.keys) if place.is_in_new else (path, None)
    return AttributeChanged(path, left, right, place.is_in_old, place.is_in_new)


def _order(change: AttributeChanged) -> tuple[list[tuple[int, str]], str]:
    """By paths; of two items with one number, by what they say. No side goes before the other."""
    path = [(each, "") if isinstance(each, int) else (-1, each) for each in change.path]
    return path, _json(change.old if change.is_in_old else change.new)

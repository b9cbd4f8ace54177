"""Changes of goss checks put into effect on plain checks; specs to make them from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from typing import Any

import yaml
from hypothesis import strategies as st

from yamlsync.changes.checks import AttributeChanged, CheckAdded, CheckChange, CheckRemoved
from yamlsync.changes.specs import Checks, read_spec

IN_ORDER = {"exec", "content", "meta", "odd"}

TEXTS = ["", "1", "true", "a", "b\nc\n", "2026-01-15", "!!float", "é😀", "x" * 100]
NUMBERS = [0, 1, 1.0, -1.5, 2**63, 10**30, float("inf")]
SCALARS = st.sampled_from([None, True, False, date(2026, 1, 15), *NUMBERS, *TEXTS])
KEYS = st.sampled_from(["and", "or", "equal", "not", "gt", "__x", "a\"b'[0]", "", "0", "have-len", "é"])
VALUES = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=8,
)
ATTRIBUTES = st.sampled_from(["exec", "stdout", "contents", "meta", "content", "matches", "mode", "odd"])
SECTIONS = st.dictionaries(
    st.sampled_from(["a", "/etc/hosts", "b c", "0"]),
    st.dictionaries(ATTRIBUTES, VALUES, max_size=4) | st.none(),
    max_size=3,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["command", "file", "matching"]), SECTIONS, max_size=3)


def spelled(document: Any, *, flow: bool | None = False) -> str:
    """A document as the text of a spec."""
    return yaml.dump(document, default_flow_style=flow, allow_unicode=True)


def specs() -> st.SearchStrategy[str]:
    """Specs that all say something of the same few checks."""
    return st.builds(spelled, DOCUMENTS, flow=st.sampled_from([True, False, None]))


def checks_of(spec: str | None) -> Checks:
    """The checks of a spec that can be read."""
    read = read_spec(spec)
    assert read is not None
    return read.checks


def applied(checks: Checks, changes: Iterable[CheckChange]) -> Checks:
    """The checks with changes put into effect."""
    left = deepcopy(checks)
    for change in changes:
        check = change.resource, change.name
        if isinstance(change, CheckAdded):
            assert check not in left
            left[check] = change.asks
        elif isinstance(change, CheckRemoved):
            assert as_text(left.pop(check)) == as_text(change.asks)
        else:
            assert change.attributes
            left[check] = _changed(left[check], change.attributes)
    return left


def _changed(asks: Any, attributes: Iterable[AttributeChanged]) -> Any:
    lists: dict[tuple[str | int, ...], tuple[set[int], dict[int, Any]]] = {}
    for each in attributes:
        if not each.path:
            assert as_text(asks) == as_text(each.old)
            return each.new
        parent = asks
        for key in each.path[:-1]:
            parent = parent[key]
        last = each.path[-1]
        if isinstance(last, int):
            assert each.is_in_old != each.is_in_new
            gone, come = lists.setdefault(each.path[:-1], (set(), {}))
            if each.is_in_old:
                assert as_text(parent[last]) == as_text(each.old)
                gone.add(last)
            else:
                come[last] = each.new
            continue
        assert (last in parent) == each.is_in_old
        if each.is_in_old:
            assert as_text(parent.pop(last)) == as_text(each.old)
        if each.is_in_new:
            parent[last] = each.new
    for path, (gone, come) in lists.items():
        items = asks
        for key in path:
            items = items[key]
        items[:] = [item for index, item in enumerate(items) if index not in gone]
        for index in sorted(come):
            items.insert(index, come[index])
    return asks


def as_text(value: Any) -> str:
    """A value so that 1, 1.0, true and "1" are four."""
    return json.dumps(value, sort_keys=True)


def meaning(checks: Checks) -> dict[tuple[str, str], str]:
    """What checks say, lists sorted where their order says nothing."""
    return {
        check: as_text(
            {name: _sorted(value, in_order=name in IN_ORDER) for name, value in asks.items()}
            if isinstance(asks, dict)
            else asks
        )
        for check, asks in checks.items()
    }


def _sorted(value: Any, *, in_order: bool) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(each, in_order=in_order or name == "equal") for name, each in value.items()}
    if isinstance(value, list):
        items = [_sorted(each, in_order=in_order) for each in value]
        return items if in_order else sorted(items, key=as_text)
    return value

"""Where two contents differ, in the words of the domain: for proofs and for --check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from attrs import fields, frozen

from yamlsync.printable import quoted
from yamlsync.records import Contents, Metadata, Step, Workshop


@frozen
class Difference:
    """One thing that differs: `where` names the record, `what` says how."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def differences(old: Contents, new: Contents, *, with_state: bool) -> Iterator[Difference]:
    """All that differs between two contents, record by record and field by field."""
    yield from _by_key("workshop", _by_id(old.workshops), _by_id(new.workshops), _workshop)
    if with_state:
        for name, left, right, key in (
            ("progress of workspace", old.runtime_states, new.runtime_states, "step_id"),
            ("state of workspace", old.custom_states, new.custom_states, "key"),
        ):
            show = partial(_shown_pair, key)
            yield from _by_key(name, _by_pair(left, key), _by_pair(right, key), _fields, show)


def _by_id(rows: Any) -> dict[str, Any]:
    return {row.id: row for row in rows}


def _by_pair(rows: Any, key: str) -> dict[tuple[str, str], Any]:
    return {(row.workspace_id, getattr(row, key)): row for row in rows}


def _shown_pair(key: str, pair: tuple[str, str]) -> str:
    return f"{quoted(pair[0])}, {key} {quoted(pair[1])}"


def _by_key(
    name: str,
    old: dict[Any, Any],
    new: dict[Any, Any],
    compare: Any,
    show: Callable[[Any], str] = quoted,
) -> Iterator[Difference]:
    # By the keys themselves: two of them may be shown alike.
    for key in dict.fromkeys([*old, *new]):
        where = f"{name} {show(key)}"
        if key not in new:
            yield Difference(where, "is not there any more")
        elif key not in old:
            yield Difference(where, "is new")
        elif old[key] != new[key]:
            yield from compare(where, old[key], new[key])


def _workshop(where: str, old: Workshop, new: Workshop) -> Iterator[Difference]:
    yield from _fields(where, old, new, leave_out=("steps",))
    yield from _by_key("step", _by_id(old.steps), _by_id(new.steps), _step)


def _step(where: str, old: Step, new: Step) -> Iterator[Difference]:
    yield from _fields(where, old, new, leave_out=("navigation", "metadata"))
    if old.navigation is None or new.navigation is None:
        if old.navigation != new.navigation:
            yield Difference(
                f"{where}, navigation", "is new" if old.navigation is None else "is not there any more"
            )
    else:
        yield from _fields(where, old.navigation, new.navigation)
    yield from _by_key(f"{where}, metadata", _by_metadata(old), _by_metadata(new), _fields)


def _by_metadata(step: Step) -> dict[str, Metadata]:
    return {row.key: row for row in step.metadata}


def _fields(where: str, old: Any, new: Any, leave_out: tuple[str, ...] = ()) -> Iterator[Difference]:
    for field in fields(type(old)):
        left, right = getattr(old, field.name), getattr(new, field.name)
        # By type too: of two dates that Python takes for equal, one may be an integer and one a real.
        if field.name not in leave_out and (left != right or type(left) is not type(right)):
            yield Difference(f"{where}, {field.name}", _change(left, right))


def _change(old: Any, new: Any) -> str:
    if not isinstance(old, str) or not isinstance(new, str):
        return f"{_value(old)} became {_value(new)}"
    at = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    if max(len(old), len(new)) <= 60 and "\n" not in old + new:
        return f"{quoted(old)} became {quoted(new)}"
    line, column = old.count("\n", 0, at) + 1, at - (old.rfind("\n", 0, at) + 1) + 1
    return (
        f"differs from character {at + 1} on (line {line}, column {column}): "
        f"{quoted(old[at : at + 30])} became {quoted(new[at : at + 30])}"
    )


def _value(value: Any) -> str:
    if isinstance(value, str):
        return (
            quoted(value)
            if len(value) <= 60
            else f"{quoted(value[:30])} and {len(value) - 30} more characters"
        )
    return "NULL" if value is None else str(value)

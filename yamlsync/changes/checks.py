"""Changes of single goss checks, as records (DIF-17)."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

Value: TypeAlias = bool | int | float | str | list["Value"] | dict[str, "Value"] | None
"""What a goss spec can say, as JSON can.

What JSON has no value for is an object with one key, its tag in YAML: `{"!!timestamp": "2026-01-15"}`,
`{"!!float": ".inf"}`. No other object has one key alone that begins with a `!`.
"""


@frozen
class CheckAdded:
    """A check that is new: its type of resource, such as `file`, its name, and what it asks."""

    resource: str
    name: str
    asks: Value


@frozen
class CheckRemoved:
    """A check that is gone."""

    resource: str
    name: str
    asks: Value


@frozen
class AttributeChanged:
    """One thing that a check asks, at its path below the check; `is_in_old` tells None from not there.

    Only the last of a path may be a number: the place of an item, from 0, in a list whose order says nothing.
    Such an item is in one list alone, and counted there. Other lists change as wholes. The path is empty
    where a check is no mapping of attributes.
    """

    path: tuple[str | int, ...]
    old: Value
    new: Value
    is_in_old: bool = True
    is_in_new: bool = True


@frozen
class CheckChanged:
    """A check that asks something else."""

    resource: str
    name: str
    attributes: tuple[AttributeChanged, ...]


CheckChange: TypeAlias = CheckAdded | CheckRemoved | CheckChanged

"""A goss spec → its checks as plain values, read as goss reads them (DIF-17)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from math import inf, isfinite
from typing import TypeAlias

from attrs import field, frozen

from yamlsync.changes.checks import Value
from yamlsync.document.foreign.parts import MAX_DEPTH, ForeignText, Part
from yamlsync.document.foreign.reading import read_foreign
from yamlsync.rules.goss.attributes import RESOURCES
from yamlsync.rules.goss.scalars import integer, kind

Checks: TypeAlias = dict[tuple[str, str], Value]
"""What each check asks, by its type of resource and its name."""

_LONGEST = 262_144
"""Characters of a spec. Real ones have a few thousand; the general reader takes a second for so many."""

_MOST = 4_000_000
"""What a spec may weigh, aliases written out: the characters of its values, and `_EACH` more for each."""

_EACH = 16

_INTEGERS = range(-(2**63), 2**64)
"""What Go reads as whole numbers; others become reals."""


@frozen
class Spec:
    """What a spec says. `passed_over` is what stands below types that goss does not know.

    Not so where parts of it have anchors: those are there for checks, and are told with them.
    """

    checks: Checks = field(factory=dict)
    passed_over: dict[str, Value] = field(factory=dict)


def read_spec(spec: str | None) -> Spec | None:
    """What a spec says; nothing where there is none, or an empty one.

    None for a spec that goss refuses, as YAML or for a key that stands twice in one mapping, for a template,
    and for one that is too long, as it stands or by its aliases.
    """
    if spec is None:
        return Spec()
    if "{{" in spec or len(spec) > _LONGEST:
        return None
    read = read_foreign(spec)
    if read.fault is not None:
        return None
    try:
        return Spec() if read.root is None else _Reading().spec(read, read.root)
    except _UnreadableError:
        return None


class _UnreadableError(Exception):
    """The spec says something that goss refuses, or that cannot be told."""


@frozen
class _Told:
    """A value, what it weighs, and how many levels it has."""

    value: Value
    weight: int
    levels: int = 0


class _Reading:
    """The reading of one spec. Each part is read once, however many aliases lead to it."""

    def __init__(self) -> None:
        self._pairs_of: dict[int, dict[str, Part]] = {}
        self._told: dict[int, _Told] = {}
        self._left = _MOST

    def spec(self, read: ForeignText, root: Part) -> Spec:
        found = Spec()
        holders = set(_with_anchors(read, root))
        for resource, section in self._section(root).items():
            if resource in RESOURCES:
                for name, body in self._section(section).items():
                    found.checks[resource, name] = self._weighed(body)
            elif resource not in holders:
                found.passed_over[resource] = self._weighed(section)
        return found

    def _section(self, part: Part) -> dict[str, Part]:
        """The pairs of a mapping, in whose place nothing may stand as well."""
        if part.pairs is not None:
            return self._pairs(part, 0)
        if kind(part) != "nothing":
            raise _UnreadableError
        return {}

    def _weighed(self, part: Part) -> Value:
        told = self._value(part, 0)
        self._take(told.weight)
        return told.value

    def _take(self, weight: int) -> None:
        self._left -= weight
        if self._left < 0:
            raise _UnreadableError

    def _pairs(self, part: Part, depth: int) -> dict[str, Part]:
        """The pairs of a mapping and those merged into it: its own go first, then earlier sources."""
        if id(part) in self._pairs_of:
            return self._pairs_of[id(part)]
        if part.pairs is None or depth > MAX_DEPTH:
            raise _UnreadableError
        pairs: dict[str, Part] = {}
        sources: list[Part] | None = None
        for key, value in part.pairs:
            name = _text(key.token)
            if name == "<<" and not key.style:
                if sources is not None:
                    raise _UnreadableError
                sources = [value] if value.items is None else value.items
            elif name in pairs:
                raise _UnreadableError
            else:
                pairs[name] = value
        for source in sources or ():
            merged = self._pairs(source, depth + 1)
            self._take(_EACH * len(merged))
            pairs = {**merged, **pairs}
        self._pairs_of[id(part)] = pairs
        return pairs

    def _value(self, part: Part, depth: int) -> _Told:
        told = self._told.get(id(part))
        if told is None:
            # Behind aliases it may go deeper than any text that is read.
            if depth > MAX_DEPTH:
                raise _UnreadableError
            told = self._told[id(part)] = self._new_value(part, depth)
            if told.weight > _MOST or told.levels > MAX_DEPTH:
                raise _UnreadableError
        return told

    def _new_value(self, part: Part, depth: int) -> _Told:
        if part.token is not None:
            return _Told(_scalar(part, part.token), _EACH + len(part.token))
        if part.items is not None:
            items = [self._value(item, depth + 1) for item in part.items]
            return _told([each.value for each in items], items, 0)
        pairs = {name: self._value(each, depth + 1) for name, each in self._pairs(part, depth).items()}
        if len(pairs) == 1 and next(iter(pairs)).startswith("!"):
            # It would be taken for a value with a tag.
            raise _UnreadableError
        names = sum(map(len, pairs))
        return _told({name: each.value for name, each in pairs.items()}, pairs.values(), names)


def _told(value: Value, parts: Collection[_Told], names: int) -> _Told:
    weight = _EACH + names + sum(each.weight for each in parts)
    return _Told(value, weight, 1 + max((each.levels for each in parts), default=0))


def _with_anchors(read: ForeignText, root: Part) -> Iterator[str | None]:
    """The keys of a spec that have anchors below them."""
    keys = [key for key, _ in root.pairs or ()]
    for key, end in zip(keys, (*(key.start for key in keys[1:]), inf), strict=False):
        first = bisect_left(read.anchors, key.start)
        if first < len(read.anchors) and read.anchors[first] < end:
            yield key.token


def _scalar(part: Part, token: str) -> Value:
    match kind(part):
        case "text":
            return _text(token)
        case "nothing":
            return None
        case "truth":
            return token.lower() == "true"
        case "integer" | "number":
            return _number(part, token)
        case "date":
            return {"!!timestamp": token}
        case _:
            return {_text(part.style): _text(token)}


def _number(part: Part, token: str) -> Value:
    whole = integer(part)
    if whole is not None and whole in _INTEGERS:
        return whole
    try:
        real = float(token.replace("_", "") if whole is None else whole)
    except (ValueError, OverflowError):
        # What YAML spells .inf and .nan, and whole numbers beyond all reals.
        return {"!!float": token}
    # There is no negative zero to goss: it compares with equality.
    return real + 0.0 if isfinite(real) else {"!!float": token}


def _text(token: str | None) -> str:
    """A text as it is. YAML's escapes can spell half a character, which Go refuses and JSON cannot hold."""
    if token is None or not (token.isascii() or _is_whole(token)):
        raise _UnreadableError
    return token


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

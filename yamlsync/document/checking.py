"""Nodes held against the shape of a file: every problem, and the place of every key and value."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from attrs import define, field

from yamlsync.document import spelling
from yamlsync.document.limits import MAX_KEY
from yamlsync.document.model import Fields, FreeKeys, ListOf, Path, Scalar, Shape
from yamlsync.document.nodes import Node, Span, place
from yamlsync.document.placement import advise_key, advise_list, advise_text, home, nearest
from yamlsync.document.render import value_shape
from yamlsync.document.scalars import Fault, is_null, read_scalar
from yamlsync.problems import Place, Problem


@define
class Checker:
    """Holds nodes against the shape; collects every problem and every place."""

    path: str
    whole: bool
    text: str
    problems: list[Problem] = field(factory=list)
    places: dict[Path, Place] = field(factory=dict)
    _unknown_keys: int = 0

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def check(self, node: Node, shape: Shape, path: Path) -> None:
        """Holds a node, and all below it, against its shape."""
        self.places[(*path, "=")] = place(self.path, node.span)
        if node.style == "*":
            return  # An alias: refused already, and nobody knows what it stands for.
        if isinstance(shape, ListOf):
            self._list(node, shape, path)
        elif isinstance(shape, Scalar):
            self._scalar(node, shape, path)
        elif node.token is not None and isinstance(shape, Fields) and node.token == shape.word:
            pass
        else:
            self._mapping(node, shape, path)

    def _refuse(self, span: Span, code: str, message: str, help: str) -> None:
        self.problems.append(Problem(code, message, place(self.path, span), help))

    def _scalar(self, node: Node, shape: Scalar, path: Path) -> None:
        if node.token is None:
            self._wrong_kind(node, shape, path)
            return
        value = read_scalar(shape, node.token, plain=node.plain)
        if isinstance(value, Fault) and not node.token and node.plain:
            self._refuse(node.span, "YS110", f"{_name(path)} has no value", _NO_VALUE)
        elif isinstance(value, Fault):
            self._refuse(node.span, "YS110", f"{_name(path)}: {value.message}", value.help)

    def _list(self, node: Node, shape: ListOf, path: Path) -> None:
        if node.items is None:
            self._wrong_kind(node, shape, path)
        elif not node.items and not shape.may_be_empty and not node.cut:
            self._refuse(node.span, "YS109", f"{_name(path)} is an empty list", "leave the key out")
        for index, item in enumerate(node.items or ()):
            self.places[(*path, index)] = place(self.path, item.span)
            self.check(item, shape.item, (*path, index))

    def _mapping(self, node: Node, shape: Fields | FreeKeys, path: Path) -> None:
        if node.pairs is None:
            self._wrong_kind(node, shape, path)
            return
        if not node.pairs:
            if not node.cut:
                help = "leave the key out, or write its keys"
                self._refuse(node.span, "YS109", f"{_name(path)} is an empty mapping", help)
            return
        seen: dict[str, Node] = {}
        meant: set[str] = set()
        row: str | None = None
        for key, value in node.pairs:
            if not self._key(key, shape, seen):
                continue
            name = key.token or ""
            before, row = row, None
            if isinstance(shape, Fields) and name not in shape.keys:
                row = home(name, shape)
                if row is None or row != before:  # Several that stand too far left are one mistake.
                    meant |= self._unknown(key, shape, row, seen)
                continue
            self.places[(*path, name)] = place(self.path, key.span)
            self.check(value, value_shape(shape, name), (*path, name))
        if isinstance(shape, Fields) and (self.whole or path) and not node.cut:
            self._missing(node, shape, seen.keys() | meant, path)

    def _key(self, key: Node, shape: Shape, seen: dict[str, Node]) -> bool:
        if key.token is None or (key.plain and is_null(key.token)):
            self._refuse(
                key.span,
                "YS112",
                "a key that is not a text",
                "write a text as key, in quotes where it is odd",
            )
            return False
        if key.plain and key.token == "<<":  # noqa: S105 - a token of YAML
            self._refuse(key.span, "YS104", "a merge key (<<)", "write the keys themselves")
            return False
        if key.token in seen:
            line = seen[key.token].span[0] + 1
            self._refuse(
                key.span,
                "YS106",
                f"the key {key.token} stands here a second time, first in line {line}",
                "delete one of the two",
            )
            return False
        seen[key.token] = key
        if isinstance(shape, FreeKeys) and len(spelling.key(key.token)) > MAX_KEY:
            self._refuse(key.span, "YS105", f"a key of more than {MAX_KEY} characters", "shorten it")
            return False
        return True

    def _unknown(self, key: Node, shape: Fields, row: str | None, seen: Iterable[str]) -> set[str]:
        """Refuses a key; gives the one that was meant, if one is near. `row` is the key it belongs below."""
        name = key.token or ""
        self._unknown_keys += 1
        # Looked for a few times only: it is slow.
        near = None if row or self._unknown_keys > _ENOUGH else nearest(name, shape.keys)
        known = f"the keys here are {', '.join(shape.keys)}" if shape.keys else _hint(shape)
        if row:
            known = advise_key(row, shape, row in seen)
        elif near:
            known = f"did you mean {near}?"
        self._refuse(key.span, "YS107", f"the key {name} is not known here", known)
        return {near} if near else set()

    def _missing(self, node: Node, shape: Fields, seen: set[str], path: Path) -> None:
        for key in shape.keys:
            if key in shape.required and key not in seen:
                where = f" in {_name(path)}" if path else ""
                line, column = node.span[:2]
                self._refuse(
                    (line, column, line, column + 1),
                    "YS108",
                    f"the key {key} is missing{where}",
                    f"add {key}: with its value",
                )

    def _wrong_kind(self, node: Node, shape: Shape, path: Path) -> None:
        if node.token == "" and node.plain:
            self._refuse(node.span, "YS109", f"{_name(path)} has no value", _hint(shape))
            return
        found = (
            "a text"
            if node.token
            else "nothing"
            if node.token is not None
            else "a list"
            if node.items is not None
            else "a mapping"
        )
        span = node.span if node.token is not None else (*node.span[:2], node.span[0], node.span[1] + 1)
        help = (
            advise_text(node, path, self._lines)
            if isinstance(shape, Scalar)
            else advise_list(node)
            if isinstance(shape, ListOf)
            else None
        )
        message = f"{_name(path)} is {found} where {_expected(shape)} should stand"
        self._refuse(span, "YS109", message, help or _hint(shape))


_ENOUGH = 100
_NO_VALUE = 'write one behind the colon, or "" for an empty text; leave a key out that is not needed'


def _name(path: Path) -> str:
    if not path:
        return "the file"
    return ".".join(str(part) if isinstance(part, str) else f"{part + 1}" for part in path)


def _expected(shape: Shape) -> str:
    if isinstance(shape, Scalar):
        return shape.value
    if isinstance(shape, ListOf):
        return "a list"
    if isinstance(shape, Fields) and not shape.keys:
        return f"the word {shape.word}"
    return f"a mapping or the word {shape.word}" if isinstance(shape, Fields) and shape.word else "a mapping"


def _hint(shape: Shape) -> str:
    if isinstance(shape, Scalar):
        return "write one value; for several lines of text write | behind the key, and indent them below it"
    if isinstance(shape, ListOf):
        return "write one item a line, each behind a dash"
    if isinstance(shape, Fields) and not shape.keys:
        return f"write {shape.word}, or leave the key out"
    return "write the keys below it, indented by two spaces"

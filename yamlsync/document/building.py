"""Nodes that were found right → a document: values, the canonical order of keys, comments."""

from __future__ import annotations

from yamlsync.document.model import Block, Entry, Fields, FreeKeys, ListOf, Scalar, Shape, Value
from yamlsync.document.nodes import Node
from yamlsync.document.render import value_shape
from yamlsync.document.scalars import Fault, ScalarValue, read_scalar
from yamlsync.document.trivia import Following, Trivia
from yamlsync.records import metadata_order

_END = 1 << 60


class Builder:
    """Takes each comment from the trivia as it comes to the value that the comment stands beside."""

    """Makes a document of nodes that were found right: values, canonical order of keys, comments."""

    def __init__(self, trivia: Trivia) -> None:
        self._trivia = trivia

    def document(self, root: Node, shape: Fields) -> Block:
        """The document below `root`, with all the trivia."""
        block = self._block(root, shape, -1, Following(_END, 0))
        return Block(block.entries, (*block.closing, *self._trivia.before(_END, _END)))

    def _block(self, node: Node, shape: Shape, parent: int, following: Following) -> Block:
        """A block; `parent` is the column of the one around it, `following` what comes after it."""
        children: list[tuple[Node | None, Node]] = [
            *(node.pairs or ()),
            *((None, item) for item in node.items or ()),
        ]
        starts = [key or value for key, value in children]
        column = node.span[1]
        entries = []
        for index, (key, value) in enumerate(children):
            start = starts[index]
            after = Following(starts[index + 1].span[0], column) if index + 1 < len(children) else following
            if node.flow:
                after = Following(*min((after.line, after.column), node.span[2:]))
            name = None if key is None else key.token
            inner = (
                value_shape(shape, name)
                if name is not None
                else shape.item
                if isinstance(shape, ListOf)
                else shape
            )
            above = self._trivia.before(*start.span[:2])
            if not index:
                above = above[next((i for i, line in enumerate(above) if line), len(above)) :]
            entries.append(self._entry(name, start, value, inner, above, column, after))
        if isinstance(shape, Fields):
            ranks = shape.ranks
            entries.sort(key=lambda entry: ranks[entry.key or ""])
        elif isinstance(shape, FreeKeys):
            entries.sort(key=lambda entry: metadata_order(entry.key or ""))
        closing = (
            self._trivia.before(*node.span[2:]) if node.flow else self._closing(column, parent, following)
        )
        return Block(tuple(entries), tuple(closing))

    def _closing(self, column: int, parent: int, following: Following) -> tuple[str, ...]:
        return () if parent < 0 else self._trivia.closing(column, parent, following)

    def _entry(
        self,
        name: str | None,
        start: Node,
        value: Node,
        shape: Shape,
        above: list[str],
        column: int,
        after: Following,
    ) -> Entry:
        if value.token is None and (value.pairs or value.items):
            behind = "" if value.flow or start is value else self._trivia.behind(start.span[2])
            block = self._block(value, shape, column, after)
            if value.flow:
                behind = self._trivia.behind(value.span[2], (after.line, after.column))
            return Entry(name, block, tuple(above), behind)
        comments = [line for line in self._trivia.before(*value.span[:2]) if line]
        if value.block_scalar and (header := self._trivia.behind(value.span[0])):
            comments.append(header)
        if value.token is None:
            comments += [line for line in self._trivia.before(*value.span[2:]) if line]
        behind = "" if value.block_scalar else self._trivia.behind(value.span[2], (after.line, after.column))
        return Entry(name, _value(value, shape), (*above, *comments), behind)


def _value(node: Node, shape: Shape) -> Value:
    if node.token is None:
        return Block(())
    if not isinstance(shape, Scalar):
        return node.token
    value: ScalarValue | Fault = read_scalar(shape, node.token, plain=node.plain)
    if isinstance(value, Fault):
        raise AssertionError(f"a checked value cannot be read: {value.message}")  # noqa: TRY004 - a bug
    return value

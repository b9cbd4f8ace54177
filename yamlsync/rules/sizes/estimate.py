"""The size of the database that would be built of workshops, without building it (TXT-5).

A SQLite file is a number of pages. A row goes into a cell of a leaf page; what does not fit there goes
into overflow pages, a chain for each row. Each primary key has an index, with a copy of the key.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define

from yamlsync.layout.read import WorkshopFile
from yamlsync.rules.sizes.measure import size

PAGE = 4096
_LEAF_HEADER = 8
_POINTER = 2
_OVERFLOW_LINK = 4
_TABLE_MAX = PAGE - 35
_INDEX_MAX = (PAGE - 12) * 64 // 255 - 23
_LOCAL_MIN = (PAGE - 12) * 32 // 255 - 23
_RECORD = 1
"""Bytes in front of a record's header: the length of that."""

_NUMBER = 3
"""Bytes that a small number takes in a record: two, and one in the header."""

_INDEX_FILL = 0.85
"""How full the pages of an index are, about: keys come in no order, so that full pages are divided."""
_EMPTY = 15
"""Pages of a database without rows: one for the schema, one for each of seven tables and their indexes."""

_DIGEST = 67
"""Bytes of a digest, of which the database keeps one for each step (ART-1)."""


@define
class _Tree:
    """The pages of one table or index so far. A table's leaves are filled one after the other."""

    most: int
    fill: float = 1.0
    leaves: int = 1
    overflow: int = 0
    room: float = 0.0
    separators: int = 0
    rows: int = 0

    def __attrs_post_init__(self) -> None:
        self.room = self._page()

    def _page(self) -> float:
        return (PAGE - _LEAF_HEADER) * self.fill

    def add(self, payload: int, *, numbered: bool) -> None:
        """A cell with so many bytes of record; in a table it is `numbered`, in an index it is not."""
        self.rows += 1
        rowid = _varint(self.rows) if numbered else 0
        local = payload
        if payload > self.most:
            local = _LOCAL_MIN + (payload - _LOCAL_MIN) % (PAGE - _OVERFLOW_LINK)
            if local > self.most:
                local = _LOCAL_MIN
            self.overflow += -(-(payload - local) // (PAGE - _OVERFLOW_LINK))
        cell = local + _varint(payload) + rowid + _POINTER + (_OVERFLOW_LINK if local < payload else 0)
        if cell > self.room:
            self.leaves += 1
            self.room = self._page()
            self.separators += _POINTER + 4 + (rowid or min(cell, self.most))
        self.room -= cell

    def pages(self) -> int:
        """All pages, with the inner ones, which are few."""
        inner = -(-self.separators // (PAGE - 12)) if self.leaves > 1 else 0
        return self.leaves + self.overflow + inner


def estimate(workshops: Iterable[WorkshopFile]) -> int:
    """About how many bytes the database of these workshops has; progress is no part of it."""
    steps, keys = _Tree(_TABLE_MAX), _Tree(_INDEX_MAX, _INDEX_FILL)
    metadata, metadata_keys = _Tree(_TABLE_MAX), _Tree(_INDEX_MAX, _INDEX_FILL)
    navigation, navigation_keys = _Tree(_TABLE_MAX), _Tree(_INDEX_MAX, _INDEX_FILL)
    artifact, artifact_keys = _Tree(_TABLE_MAX), _Tree(_INDEX_MAX, _INDEX_FILL)

    def add_digest(key: int) -> None:
        artifact.add(_RECORD + _value(key) + _value(_DIGEST), numbered=True)
        artifact_keys.add(_RECORD + _value(key) + _NUMBER, numbered=False)

    add_digest(len("content_digest"))
    for workshop in workshops:
        workshop_id = _value(size(workshop.header.id))
        add_digest(len("workshop:") + size(workshop.header.id))
        for file in workshop.steps:
            step = file.step
            id = _value(size(step.id))
            texts = _text(step.title) + _text(step.markdown) + _text(step.image_tag) + _text(step.goss_spec)
            steps.add(_RECORD + id + workshop_id + _NUMBER + texts, numbered=True)
            keys.add(_RECORD + id + _NUMBER, numbered=False)
            add_digest(len("step:") + size(step.id))
            for row in step.metadata:
                key = _text(row.key)
                metadata.add(_RECORD + id + key + _text(row.value), numbered=True)
                metadata_keys.add(_RECORD + id + key + _NUMBER, numbered=False)
            if step.navigation is not None:
                link = step.navigation
                others = _text(link.next_step_id) + _text(link.prev_step_id) + _text(link.unlock_condition)
                navigation.add(_RECORD + id + others, numbered=True)
                navigation_keys.add(_RECORD + id + _NUMBER, numbered=False)
    trees = (steps, keys, metadata, metadata_keys, navigation, navigation_keys, artifact, artifact_keys)
    return PAGE * (_EMPTY + sum(tree.pages() - 1 for tree in trees))


def _text(text: str | None) -> int:
    """The bytes that a text takes in a record; NULL takes one in the header."""
    return _value(size(text)) if text else 1


def _value(bytes: int) -> int:
    """The bytes that a value of so many takes in a record, with the number in the header that says so."""
    return bytes + _varint(2 * bytes + 13)


def _varint(number: int) -> int:
    """The bytes of a number as SQLite writes it, seven bits in each."""
    return 1 if number < 0x80 else 2 if number < 0x4000 else 3 if number < 0x200000 else 4

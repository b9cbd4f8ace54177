"""What is hashed can be read back, so that two definitions never share it; and its form (DIG-1 to DIG-7)."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from attrs import define, evolve
from hypothesis import given

from tests import strategies
from tests.acceptance.command import course
from yamlsync import digest
from yamlsync.digest import Digests, digests_of, is_digest
from yamlsync.records import Contents, Date, Metadata, Navigation, Step, Workshop, metadata_order

FOLLOWS = object()


def hashed(contents: Contents) -> tuple[Digests, dict[str, bytes]]:
    """The digests of a definition, and by each digest the bytes that it is of."""
    images: dict[str, bytes] = {}

    def sha256(data: bytes) -> Any:
        made = hashlib.sha256(data)
        images[digest.PREFIX + made.hexdigest()] = data
        return made

    with patch.object(digest, "hashlib", SimpleNamespace(sha256=sha256)):
        return digests_of(contents), images


@define
class Reader:
    """Bytes as DIG-3 writes them, read from the front."""

    data: bytes
    at: int = 0

    def take(self, size: int) -> bytes:
        taken = self.data[self.at : self.at + size]
        assert len(taken) == size
        self.at += size
        return taken

    def count(self) -> int:
        return int.from_bytes(self.take(8), "big")

    def value(self) -> Any:
        letter = self.take(1)
        if letter == b"T":
            return self.take(self.count()).decode()
        if letter == b"I":
            return int.from_bytes(self.take(8), "big", signed=True)
        if letter == b"R":
            return struct.unpack(">d", self.take(8))[0]
        if letter == b"L":
            return [self.value() for _ in range(self.count())]
        return {b"N": None, b"D": FOLLOWS}[letter]

    def only(self) -> Any:
        """The one value that there is."""
        found = self.value()
        assert self.at == len(self.data)
        return found


def read_back(content: str, images: dict[str, bytes]) -> tuple[Workshop, ...]:
    """The workshops that the bytes behind a content digest say."""
    reader = Reader(body("content", content, images))
    workshops = []
    while reader.at < len(reader.data):
        workshop_id = reader.value()
        whole = body("workshop", name(reader.take(32)), images)
        facts, *steps = [name(whole[at : at + 32]) for at in range(0, len(whole), 32)]
        workshops.append(_workshop(facts, steps, images))
        assert workshops[-1].id == workshop_id
    return tuple(workshops)


def name(found: bytes) -> str:
    return digest.PREFIX + found.hex()


def body(kind: str, found: str, images: dict[str, bytes]) -> bytes:
    head = f"yamlsync digest 1: {kind}\n".encode()
    assert images[found].startswith(head)
    return images[found].removeprefix(head)


def _workshop(facts: str, steps: list[str], images: dict[str, bytes]) -> Workshop:
    id, title, version, created_at, first, ids = Reader(body("facts", facts, images)).only()
    assert (first is FOLLOWS) == (not ids)
    found: list[Step] = []
    for index, (step, around) in enumerate(zip(steps, _around(ids), strict=True)):
        row = Reader(body("step", step, images)).only()
        assert row[0] == ids[index]
        found.append(_step(row, found[-1].position + 1 if found else first, *around))
    return Workshop(id, title, version, created_at, tuple(found))


def _around(ids: list[str]) -> Iterator[tuple[str | None, str | None]]:
    padded = [None, *ids, None]
    return zip(padded[:-2], padded[2:], strict=True)


def _step(row: list[Any], expected: int, before: str | None, after: str | None) -> Step:
    id, title, image_tag, position, navigation, metadata, goss_spec, markdown = row
    links = navigation and Navigation(
        after if navigation[0] is FOLLOWS else navigation[0],
        before if navigation[1] is FOLLOWS else navigation[1],
        navigation[2],
    )
    keys = [key.encode() for key, _ in metadata]
    assert all(one < other for one, other in pairwise(keys))
    pairs = sorted(metadata, key=lambda pair: metadata_order(pair[0]))
    return Step(
        id,
        title,
        image_tag,
        expected if position is FOLLOWS else position,
        links,
        tuple(Metadata(*pair) for pair in pairs),
        goss_spec,
        markdown,
    )


@given(strategies.contents())
def test_what_is_hashed_says_the_definition_and_nothing_else(contents: Contents) -> None:
    """DIG-2 to DIG-7: so that two definitions have the same digest only where SHA-256 fails."""
    digests, images = hashed(contents)
    # By their texts: Python's == takes an integer for the real of the same size.
    assert repr(read_back(digests.content, images)) == repr(contents.workshops)


def test_no_digest_of_one_kind_is_one_of_another() -> None:
    """DIG-2: not even of a workshop without steps, whose digest is one of its facts alone."""
    digests = digests_of(Contents((Workshop("", "", "", 0),)))
    (workshop,) = digests.workshops
    assert len({digests.content, workshop.digest, workshop.facts}) == 3


def of_date(date: Date) -> str:
    return digests_of(Contents((Workshop("w", "", "", date),))).content


def test_dates_of_each_type_and_size_have_digests_of_their_own() -> None:
    """DIG-3: also those that no column could hold, and that Python holds for equal."""
    ends: list[Date] = [-(2**63), -(2.0**63), 2**63 - 1, 2.0**63, float("inf"), float("-inf"), 5e-324]
    near: list[Date] = [0, 0.0, -0.0, "0", "", 1, 1.0, "1", "1.0", "inf", -1, 255, 256]
    found = [of_date(date) for date in ends + near]
    assert len(set(found)) == len(found)


def of_step(**values: Any) -> str:
    step = evolve(Step("s", "", "", 1), **values)
    return digests_of(Contents((Workshop("w", "", "", 0, (step,)),))).parts["step", "s"]


def test_texts_that_read_the_same_one_behind_the_other_have_digests_of_their_own() -> None:
    """DIG-3."""
    found = [
        of_step(title="ab"),
        of_step(title="a", image_tag="b"),
        of_step(image_tag="ab"),
        of_step(goss_spec="ab"),
        of_step(goss_spec="ab", markdown=""),
        of_step(markdown="ab"),
        of_step(metadata=(Metadata("ab", ""),)),
        of_step(metadata=(Metadata("a", "b"),)),
        of_step(metadata=(Metadata("", "ab"),)),
        of_step(metadata=(Metadata("a", ""), Metadata("b", ""))),
        of_step(navigation=Navigation(None, None, "ab")),
        of_step(navigation=Navigation("ab", None)),
        of_step(navigation=Navigation(None, "ab")),
        of_step(navigation=Navigation(None, None)),
        of_step(navigation=Navigation(None, None, "")),
        of_step(),
    ]
    assert len(set(found)) == len(found)


def test_texts_that_look_like_what_is_written_have_digests_of_their_own() -> None:
    """DIG-3: a length stands before each text, so that none can play another value."""
    found = [of_step(title=text) for text in ("", "N", "D", "T", "T\0\0\0\0\0\0\0\0", "L\0\0\0\0\0\0\0\2")]
    assert len(set(found)) == len(found)


def test_the_order_of_metadata_is_that_of_bytes() -> None:
    """DIG-4: not that of REC-5, which takes digits for numbers."""
    rows = tuple(Metadata(key, "") for key in ("hint.2", "hint.10", "\ue000", "\U00010000"))
    assert of_step(metadata=rows) == of_step(metadata=rows[::-1])


def test_a_link_that_says_what_the_order_says_differs_from_one_of_its_own() -> None:
    """DIG-4: null is what the order says behind the last step, and nowhere else."""
    one, other = course(2).workshops[0].steps
    chain = digests_of(course(2)).parts
    for row in (Navigation(None, None), Navigation("step-1", None), Navigation("step-2", "step-2")):
        steps = (evolve(one, navigation=row), other)
        contents = Contents((evolve(course(2).workshops[0], steps=steps),))
        changed = digests_of(contents).parts
        assert {part for part in chain if chain[part] != changed[part]} == {("step", "step-1")}


@pytest.mark.parametrize("date", [2**63, -(2**63) - 1], ids=["over", "under"])
def test_an_integer_of_more_than_64_bits_has_no_digest(date: int) -> None:
    with pytest.raises(OverflowError):
        of_date(date)


def test_half_a_character_has_no_digest() -> None:
    with pytest.raises(UnicodeEncodeError):
        of_step(title="\ud800")


def test_a_step_that_another_one_is_put_before_keeps_its_digest() -> None:
    longer = course(5).workshops[0]
    first, *rest = longer.steps
    ids = [step.id for step in rest]
    shifted = tuple(
        evolve(
            step,
            position=index + 1,
            navigation=evolve(step.navigation, prev_step_id=ids[index - 1] if index else None),
        )
        for index, step in enumerate(rest)
        if step.navigation
    )
    before, after = digests_of(Contents((evolve(longer, steps=shifted),))), digests_of(course(5))
    differ = {
        part
        for part in before.parts.keys() | after.parts.keys()
        if before.parts.get(part) != after.parts.get(part)
    }
    assert differ == {("step", first.id), ("workshop", "course")}


def test_the_parts_are_the_facts_and_the_steps_of_all_workshops() -> None:
    """DIG-8."""
    one = evolve(course(2).workshops[0], id="a")
    other = Workshop("b", "", "", 0, (Step("x", "", "", 1),))
    digests = digests_of(Contents((one, other)))
    first, second = digests.workshops
    assert digests.parts == {
        ("workshop", "a"): first.facts,
        ("step", "step-1"): first.steps["step-1"],
        ("step", "step-2"): first.steps["step-2"],
        ("workshop", "b"): second.facts,
        ("step", "x"): second.steps["x"],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("y1:" + "0" * 64, True),
        ("y1:" + "0123456789abcdef" * 4, True),
        ("y1:" + "A" * 64, False),
        ("y2:" + "0" * 64, False),
        ("y1:" + "0" * 63, False),
        ("y1:" + "0" * 65, False),
        ("y1:" + "0" * 64 + "\n", False),
        (" y1:" + "0" * 64, False),
        ("0" * 64, False),
        ("y1:" + "\u0661" * 64, False),
        ("", False),
    ],
)
def test_a_digest_is_its_version_and_64_small_hexadecimal_digits(text: str, expected: bool) -> None:
    """DIG-1."""
    assert is_digest(text) == expected
    assert is_digest(digests_of(course()).content)

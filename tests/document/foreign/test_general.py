"""The general reader: aliases, tabs, tags, faults, and texts that were made to keep it busy."""

from __future__ import annotations

from time import process_time

import pytest

from yamlsync.document.foreign.general import read_any
from yamlsync.document.foreign.parts import Part
from yamlsync.document.foreign.reading import read_foreign


def pairs(part: Part | None) -> dict[str | None, Part]:
    assert part is not None
    assert part.pairs is not None
    return {key.token: value for key, value in part.pairs}


def test_an_alias_stands_for_the_anchored_part_itself() -> None:
    text = "a: &x [1]\nb: *x\n"
    read = read_any(text)
    assert pairs(read.root)["a"] is pairs(read.root)["b"]
    assert read.anchors == (text.index("&"),)


def test_an_alias_as_a_key_has_a_place_of_its_own() -> None:
    text = "a: &x b\n*x : c\n"
    root = read_any(text).root
    assert root is not None
    assert root.pairs is not None
    key, _ = root.pairs[1]
    assert (key.token, text[key.start : key.end]) == ("b", "*x")


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("a: *x\n", 3, "*x stands for nothing"),
        ("a: &x [*x]\n", 7, "*x stands inside of itself"),
        ("a: 1\n---\nb: 2\n", 5, "a second document, which is never read"),
        ("a: b: c\n", 4, 'not valid YAML: a text without quotes cannot hold ": "'),
        ('a: "\\/"\n', 4, "the escape \\/, which readers of YAML 1.1 refuse"),
        ("[" * 101, 100, "more than 100 levels deep"),
        ("a: !" + "x" * 30_000, 3, "a tag of over 20,000 characters"),
    ],
)
def test_what_cannot_be_read_is_told_where_it_stands(text: str, at: int, message: str) -> None:
    read = read_any(text)
    assert read.root is None
    assert read.fault is not None
    assert (read.fault.start, read.fault.message) == (at, message)


@pytest.mark.parametrize("text", ["", "# c\n", "---\n", "---\n---\n", "a: 1\n---\n", "a: 1\n..."])
def test_a_document_that_says_nothing_does_no_harm(text: str) -> None:
    assert read_any(text).fault is None


@pytest.mark.parametrize("text", ["a:\tb\n", "a: b\t\n", "a: b\t# c\n", "a: b\tc\n", "---\t\na: b\n"])
def test_tabs_between_and_behind_texts_are_blanks(text: str) -> None:
    assert list(pairs(read_any(text).root)) == ["a"]


def test_tabs_at_the_start_of_a_line_are_not() -> None:
    assert read_any("a:\n\tb: c\n").fault is not None


def test_a_tag_of_no_type_is_told_and_one_of_texts_makes_a_text() -> None:
    text = "a: !x b\nc: !!str 5\nd: !!int 5\n"
    read = read_any(text)
    assert [text[start:end] for start, end in read.tags] == ["!x"]
    assert [value.style for value in pairs(read.root).values()] == ["!x", '"', "!!int"]


def test_keys_that_stand_twice_are_told_with_the_first() -> None:
    ((second, first),) = read_any("a: 1\n'a': 2\n").duplicates
    assert (second.start, first.start) == (5, 0)


HOSTILE = {
    "deep lists": "a: " + "[" * 300_000,
    "deep mappings": "\n".join(" " * level + "a:" for level in range(1500)),
    "blanks": " " * 300_000 + "!x",
    "blanks in a list": "a: [" + " " * 300_000 + "x",
    "blanks before a colon": "a: b" + " " * 300_000 + ": x",
    "colons": "a:" + ":" * 300_000,
    "quotes": "a: '" + "''" * 200_000,
    "a long key": "a" * 300_000 + ": b",
    "exclamation marks": "a: " + "!" * 300_000,
    "tabs": "a: b" + "\t" * 300_000 + "{",
    "many aliases": "a: &a [1]\n" + "".join(f"k{number}: *a\n" for number in range(10_000)),
    "a bomb": "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 80)),
    "a zero": "a: \0",
    "half a character": "a: \ud800",
    "no character": 'a: "\\UFFFFFFFF"',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_read_in_a_moment_or_refused(text: str) -> None:
    start = process_time()
    read_foreign(text)
    assert process_time() - start < 10

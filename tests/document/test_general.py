"""The general reader: places of problems, recovery, and what it reads kindly (YAML-70 and on)."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest

from yamlsync.document.general import read_general
from yamlsync.document.limits import MAX_BYTES
from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.document.render import render
from yamlsync.layout.files import STEP
from yamlsync.problems import Place, Problem

HEAD = "id: a\ntitle: T\nimage_tag: i\n"


def problems(text: str | bytes) -> list[tuple[str, int | None, int | None]]:
    result = read("steps/a.yaml", text.encode() if isinstance(text, str) else text, STEP)
    assert not isinstance(result, Block)
    places = [problem.place for problem in result]
    assert all(isinstance(place, Place) for place in places)
    return [
        (problem.code, place.line, place.column)
        for problem, place in zip(result, places, strict=True)
        if isinstance(place, Place)
    ]


def formatted(text: str) -> str:
    result = read("steps/a.yaml", text.encode(), STEP)
    assert isinstance(result, Block), result
    return render(result, STEP).decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEAD + "markdown: &x text\n", [("YS104", 4, 11)]),
        (HEAD + "markdown: !!str text\n", [("YS104", 4, 11)]),
        (HEAD + "markdown: !local text\n", [("YS104", 4, 11)]),
        (HEAD + "metadata:\n  <<: x\n", [("YS104", 5, 3)]),
        ("%YAML 1.2\n---\n" + HEAD, [("YS104", 1, 1)]),
        (HEAD + "---\n" + HEAD, [("YS104", 4, 1)]),
        (HEAD + "markdown: *x\n", [("YS104", 4, 11)]),
        (HEAD + "title: again\n", [("YS106", 4, 1)]),
        (HEAD + "markdwon: x\n", [("YS107", 4, 1)]),
        (HEAD + "? [a]\n: x\n", [("YS112", 4, 3)]),
        (HEAD + "~: x\n", [("YS112", 4, 1)]),
        ("id: a\n", [("YS108", 1, 1), ("YS108", 1, 1)]),
        ("", [("YS109", 1, 1)]),
        ("# only a comment\n", [("YS109", 1, 1)]),
        ("- a\n", [("YS109", 1, 1)]),
        (HEAD + "metadata: {}\n", [("YS109", 4, 11)]),
        (HEAD + "metadata: text\n", [("YS109", 4, 11)]),
        (HEAD + "goss_spec:\n  a: b\n", [("YS109", 5, 3)]),
        (HEAD + "goss_spec:\n", [("YS110", 4, 11)]),
        (HEAD + "goss_spec: null\n", [("YS110", 4, 12)]),
        (HEAD + "navigation:\n  unlock_condition: ~\n", [("YS110", 5, 21)]),
        (HEAD + 'position: "3"\n', [("YS110", 4, 11)]),
        (HEAD + "position: 3.0\n", [("YS110", 4, 11)]),
        (HEAD + "position: 9223372036854775808\n", [("YS110", 4, 11)]),
        (HEAD + 'markdown: "\\ud83d\\ude00"\n', [("YS111", 4, 12)]),
        (HEAD + 'markdown: "\\U00110000"\n', [("YS103", 4, 12)]),
        (HEAD + 'markdown: "unclosed\n', [("YS103", 4, 11)]),
        (HEAD + "markdown: 'unclosed\n", [("YS103", 4, 11)]),
        (HEAD + "markdown: a: b\n", [("YS103", 4, 12)]),
        (HEAD + "markdown:\ttext\n", [("YS103", 4, 10)]),
        (HEAD + "markdown: %text\n", [("YS103", 4, 11)]),
        (HEAD.encode() + b"markdown: \xff\n", [("YS101", 4, 11)]),
        (HEAD + "markdown: a\x00b\n", [("YS102", 4, 12)]),
        (HEAD + "markdown: é\x85b\n", [("YS102", 4, 12)]),
        (HEAD + "markdown: 😀\u2028b\n", [("YS102", 4, 12)]),
        (HEAD + "markdown: a\rb\n", [("YS102", 4, 12)]),
        (HEAD + "markdown: a\ufeffb\n", [("YS102", 4, 12)]),
        (HEAD + "metadata: " + "[" * 40 + "\n", [("YS105", 4, 42), ("YS109", 4, 11)]),
    ],
    ids=lambda value: repr(value)[-40:] if isinstance(value, str | bytes) else "",
)
def test_each_refusal_has_its_place(text: str | bytes, found: list[tuple[str, int, int]]) -> None:
    assert problems(text) == found


def test_everything_wrong_is_reported_and_not_the_first_alone() -> None:
    text = dedent(
        """\
        id: &a step
        titel: x
        image_tag: "x
        position: "3"
        metadata:
          a: ~
          b: [1]
        goss_spec: a: b
        navigation: {}
        """
    )
    assert [code for code, _, _ in problems(text)] == [
        "YS104",
        "YS103",
        "YS103",
        "YS107",
        "YS110",
        "YS110",
        "YS109",
        "YS109",
    ]


def test_a_file_over_16_mib_is_refused_unread() -> None:
    assert problems(b"x" * (MAX_BYTES + 1)) == [("YS105", None, None)]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "metadata: " + "[" * 100_000,
        HEAD + "metadata:\n" + "- " * 50_000,
        HEAD + "metadata: " + "{a: " * 20_000,
        HEAD + "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(200)),
        HEAD + "position: " + "9" * 100_000,
        HEAD + "markdown: " + "\0" * 50_000,
        HEAD + '"' + "\\x41" * 30_000,
    ],
    ids=["lists", "dashes", "mappings", "aliases", "digits", "nul", "escapes"],
)
def test_bombs_are_refused_soon(text: str) -> None:
    start = time.monotonic()
    assert problems(text)
    assert time.monotonic() - start < 10, "a bomb went off"


@pytest.mark.parametrize(
    "spelling",
    [
        "title: some text",
        "title: 'some text'",
        'title: "some text"',
        'title: "\\x73ome text"',
        "title: >-\n  some\n  text",
        "title: some\n  text",
        "title: |-\n  some text",
        "? title\n: some text",
    ],
)
def test_any_spelling_of_a_text_is_read(spelling: str) -> None:
    assert formatted(f"image_tag: i\n{spelling}\nid: a") == "id: a\ntitle: some text\nimage_tag: i\n"


@pytest.mark.parametrize(
    "token", ["yes", "010", "1_000", "12:30:45", "2026-01-15", "0x1F", "true", "=", "1e3"]
)
def test_a_text_is_the_text_as_it_is_spelled(token: str) -> None:
    assert formatted(f"id: a\ntitle: {token}\nimage_tag: i") == f'id: a\ntitle: "{token}"\nimage_tag: i\n'


def test_comments_stay_beside_their_keys_wherever_they_stand() -> None:
    text = dedent(
        """\

        # top

        title: 'a b'   # behind title


        # above id
        id: step-1
        image_tag: # between
          x/y:z
        markdown: |2  # header
           # T

            two

        # above metadata
        metadata: # on metadata
          # first
          hint.2: "b" # behind hint.2
          hint.1: >-
            folded text
            here

          # closing metadata
         # odd closing
        navigation: {next: ~, # behind next
          prev: a} # behind navigation
        # the end

        """
    )
    expected = dedent(
        """\
        # above id
        id: step-1
        # top

        title: a b # behind title
        # between
        image_tag: x/y:z
        navigation: # behind navigation
          next: null # behind next
          prev: a

        # above metadata
        metadata: # on metadata
          hint.1: folded text here
          # first
          hint.2: b # behind hint.2
          # closing metadata
          # odd closing
        # header
        markdown: |2
           # T

            two

        # the end
        """
    )
    assert formatted(text) == expected
    assert formatted(expected) == expected


def test_places_of_values_are_known() -> None:
    places = read_general("a.yaml", (HEAD + "metadata:\n  hint.1: 漢字 x\n").encode(), STEP).places
    key, value = places["metadata", "hint.1"], places["metadata", "hint.1", "="]
    assert (key.line, key.column, key.end_column) == (5, 3, 9)
    assert (value.line, value.column, value.end_column) == (5, 11, 15)


def test_help_names_the_nearest_key() -> None:
    result = read("a.yaml", b"id: a\ntitel: T\nimage_tag: i\n", STEP)
    assert not isinstance(result, Block)
    assert [(p.code, p.help) for p in result if isinstance(p, Problem)] == [("YS107", "did you mean title?")]

"""Slips of beginners in one line: one finding, at its place, with help that mends it (YAML-70, YAML-71)."""

from __future__ import annotations

import time

import pytest

from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.layout.files import STEP, WORKSHOP
from yamlsync.problems import Place

HEAD = "id: a\ntitle: T\nimage_tag: i\n"
LIST = 'format: yamlsync/1\nid: w\nname: W\nversion: v1\ncreated_at: "x"\nsteps:\n'


def found(text: str, path: str = "steps/a.yaml") -> list[tuple[str, int | None, int | None, str]]:
    """Code, line, column and help of each problem."""
    result = read(path, text.encode(), WORKSHOP if path == "workshop.yaml" else STEP)
    assert not isinstance(result, Block)
    return [
        (problem.code, problem.place.line, problem.place.column, problem.help or "")
        for problem in result
        if isinstance(problem.place, Place)
    ]


@pytest.mark.parametrize(
    ("line", "code", "column", "help"),
    [
        (
            'title: !steps["welcome"].completed',
            "YS103",
            15,
            (
                "put the whole text in single quotes, '!steps[\"welcome\"].completed': "
                "a plain one cannot start with !"
            ),
        ),
        (
            'title: "steps["welcome"].completed"',
            "YS103",
            16,
            "put the whole text in single quotes, 'steps[\"welcome\"].completed'",
        ),
        (
            "title: !important merge",
            "YS104",
            8,
            'put the whole text in double quotes, "!important merge": a plain one cannot start with !',
        ),
        (
            "title: !",
            "YS104",
            8,
            'put the whole text in double quotes, "!": a plain one cannot start with !',
        ),
        ("title: !!str merge", "YS104", 8, "delete it: each key has its type from the format"),
        (
            "title: *bold* merge",
            "YS104",
            8,
            'put the whole text in double quotes, "*bold* merge": a plain one cannot start with *',
        ),
        (
            "title: {{ Merge }}",
            "YS109",
            8,
            'put the whole text in double quotes, "{{ Merge }}": a plain one cannot start with {',
        ),
        (
            "title: [optional] merge",
            "YS103",
            19,
            'put the whole text in double quotes, "[optional] merge": a plain one cannot start with [',
        ),
        (
            "title: & more",
            "YS103",
            9,
            'put the whole text in double quotes, "& more": a plain one cannot start with &',
        ),
        (
            'title: "Merge" the lines',
            "YS103",
            16,
            "put the whole text in single quotes, '\"Merge\" the lines'",
        ),
        ("title: 'Let's merge'", "YS103", 13, 'put the whole text in double quotes, "Let\'s merge"'),
        (r'title: "C:\Users"', "YS103", 13, r"write \\ for a backslash, or put the text in single quotes"),
        ('title:"Merge"', "YS103", 1, 'write a space behind the colon: title: "Merge"'),
        ("title Merge", "YS103", 1, "write a colon and a space behind the key: title: Merge"),
        (
            "title: “Merge: the lines”",
            "YS103",
            14,
            'put the whole text in straight double quotes, "Merge: the lines"',
        ),
        (
            'title: it\'s a "trap": really',
            "YS103",
            21,
            (
                "put the whole text in single quotes, 'it''s a \"trap\": really', with '' for each ' in it: "
                'a plain one cannot hold ": "'
            ),
        ),
        (
            "title: - merge",
            "YS103",
            8,
            'put the whole text in double quotes, "- merge"; a list starts in the next line',
        ),
        (
            "title: | merge",
            "YS103",
            10,
            (
                "write the text in the lines below, indented by two spaces; or put the whole text in double "
                'quotes, "| merge", since a plain one cannot start with |'
            ),
        ),
        (
            "title: [merge",
            "YS103",
            8,
            "close what opens here with ], or put the whole text in quotes: a plain one cannot start with [",
        ),
    ],
)
def test_a_text_that_needs_quotes_is_told_which(line: str, code: str, column: int, help: str) -> None:
    assert [(code, 2, column, help)] == found(f"id: a\n{line}\nimage_tag: i\n")


def test_a_colon_in_an_image_tag_wants_no_quotes() -> None:
    help = (
        "delete the space behind the second colon, or put the whole text in double quotes, "
        '"git-branches: merge"'
    )
    assert [("YS103", 3, 24, help)] == found("id: a\ntitle: T\nimage_tag: git-branches: merge\n")


def test_an_unread_value_leaves_no_second_finding_about_its_mapping() -> None:
    text = HEAD + 'navigation:\n  unlock_condition: !steps["a"].completed\nmetadata:\n  a: ~\n'
    assert [(code, line) for code, line, _, _ in found(text)] == [("YS103", 5), ("YS110", 7)]


def test_what_the_parser_says_of_an_escape_is_worded_here() -> None:
    result = read("steps/a.yaml", b'id: a\ntitle: "C:\\Users"\nimage_tag: i\n', STEP)
    assert not isinstance(result, Block)
    assert [each.message for each in result] == [r"not valid YAML: \U needs 8 hexadecimal digits behind it"]


def test_a_long_text_in_the_help_is_left_out() -> None:
    text = f"id: a\ntitle: @{'x' * 100}\nimage_tag: i\n"
    help = "put the whole text in double quotes: a plain one cannot start with @"
    assert [("YS103", 2, 8, help)] == found(text)


@pytest.mark.parametrize(
    ("lines", "place", "help"),
    [
        ("  hint.1: x\n hint.2: y\n", (6, 2), "indent it as far as the key above, by 2 spaces"),
        ("  hint.1: x\n   hint.2: y\n", (6, 10), "indent this key as far as the key above it"),
        (
            "  hint.1: x\n \u00a0hint.2: y\n",
            (6, 2),
            "delete what stands before the text, and indent it with ordinary spaces",
        ),
        (
            "  hint.1: x\n\u00a0\u00a0hint.2: y\n  hint.3: z\n",
            (6, 1),
            "delete what stands before the text, and indent it with ordinary spaces",
        ),
        (
            "\u00a0\u00a0hint.1: x\n\u00a0\u00a0hint.2: y\n",
            (5, 1),
            "delete what stands before the text, and indent it with ordinary spaces",
        ),
    ],
)
def test_a_key_that_is_indented_otherwise_is_told_how_far(
    lines: str, place: tuple[int, int], help: str
) -> None:
    assert [("YS103", *place, help)] == found(f"{HEAD}metadata:\n{lines}")


@pytest.mark.parametrize(
    ("items", "code", "place", "help"),
    [
        ("  - a\n  -merge\n", "YS103", (8, 3), "write a dash and a blank: - merge"),
        ("  - a\n  merge\n", "YS103", (8, 3), "write a dash and a blank: - merge"),
        ("  - a\n  * merge\n", "YS103", (8, 4), "write a dash and a blank: - merge"),
        ("  - a\n - merge\n", "YS103", (8, 2), "indent it as far as the item above, by 2 spaces"),
        (
            "  -a\n  -merge\n",
            "YS109",
            (7, 3),
            "write one item a line, each behind a dash and a blank: - a",
        ),
        ("a\nmerge\n", "YS103", (7, 1), "write each item behind a dash and a blank: - a"),
        ("  - id: merge\n    title: T\n", "YS109", (7, 5), "write the id alone: - merge"),
        ("  - merge: T\n", "YS109", (7, 5), "write the id alone: - merge"),
        ("  - [merge]\n", "YS109", (7, 5), "write the id alone: - merge"),
    ],
)
def test_an_item_is_written_behind_a_dash_and_a_blank(
    items: str, code: str, place: tuple[int, int], help: str
) -> None:
    assert [(code, *place, help)] == found(LIST + items, "workshop.yaml")


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_file_whose_lines_end_with_cr_alone_has_one_problem(end: str) -> None:
    text = (HEAD + "markdown: |\n  # T\n\n  text\n").replace("\n", "\r") + end
    assert found(text) == [("YS102", 1, 6, "save the file with LF or CRLF line ends")]


@pytest.mark.parametrize("text", ["markdown: !", "metadata: {a: [!", "metadata:\n  - a:\n    - !<"])
def test_a_tag_of_over_20000_characters_is_refused_unread(text: str) -> None:
    start = time.monotonic()
    problems = found(f"{HEAD}{text}{'x' * 1_000_000}\n")
    assert [(code, help) for code, _, _, help in problems] == [
        ("YS104", "delete it; a text that starts with ! goes in quotes")
    ]
    assert time.monotonic() - start < 5, "the parser was asked"


def test_a_long_word_behind_an_exclamation_mark_may_stand_in_a_block() -> None:
    text = f"title: T\nid: a\nimage_tag: i\nmarkdown: |\n  # T\n  !{'x' * 30_000}\n"
    assert isinstance(read("steps/a.yaml", text.encode(), STEP), Block)

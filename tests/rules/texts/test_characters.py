"""Characters that nobody sees: what is told, where, and what belongs to a language or an emoji (TXT)."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.examples import tree_of
from yamlsync.check import check
from yamlsync.document.spelling import quoted
from yamlsync.layout.update import plan_update
from yamlsync.problems import Place, Problem
from yamlsync.records import Contents, Metadata, Navigation, Step, Workshop
from yamlsync.rules.selection import Selection
from yamlsync.rules.texts.characters import (
    invisible,
    may_be_invisible,
    may_be_reordered,
    may_have_odd_spaces,
    odd_spaces,
    reordering,
)
from yamlsync.tree import in_memory

TEXTS = Selection(select=("YS71", "YS72"))


def found(text: str) -> list[Problem]:
    return list(check(in_memory(tree_of(text)), TEXTS).problems)


def in_title(title: str) -> list[str]:
    return [problem.code for problem in found(f"# steps/two.yaml\ntitle: {quoted(title)}\n")]


@pytest.mark.parametrize(
    "text",
    [
        "\u200b",
        "a\u200bb",
        "zero\u200dwidth",
        "soft\u00adhyphen",
        "\ufeffstart",
        "a\u2060b",
        "a\u200eb",
        "hangul\u3164filler",
        "tag\U000e0041",
        "a\U000e0020\U000e007f",
        "\U0001f469\u200d",  # A joiner that joins nothing.
        "x\ufe0f\ufe0f\ufe0f\ufe0f",
        "\u0627\u200b\u200b\u200b\u0628",  # More than spelling needs.
    ],
)
def test_an_invisible_character_is_told_in_any_text(text: str) -> None:
    assert in_title(f"A {text} b") == ["YS711"]


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f469\U0001f3fd\u200d\U0001f4bb",  # A woman with a skin tone at a computer.
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f3f3\ufe0f\u200d\U0001f308",
        "\U0001f9d1\u200d\u2695\ufe0f",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland.
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian.
        "\u0915\u094d\u200d\u0937",  # Devanagari.
        "\u0e20\u0e32\u200b\u0e29\u0e32",  # Thai.
        "\u05d0\u200f!",
        "1\ufe0f\u20e3",
        "\u2601\ufe0f",
    ],
)
def test_what_an_emoji_or_a_script_needs_is_no_finding(text: str) -> None:
    assert in_title(text) == []


def test_a_run_is_one_finding_with_names_and_an_exact_place() -> None:
    [problem] = found('# steps/two.yaml\nmarkdown: "A \\u200B\\uFEFFb\\n"\n')
    assert (
        problem.message
        == "2 invisible characters: zero width space (U+200B), zero width no-break space (U+FEFF)"
    )
    assert problem.place == Place("steps/two.yaml", 4, 14, 4, 26)


def test_a_place_in_a_block_is_that_of_the_character() -> None:
    [problem] = found("# steps/two.yaml\nmarkdown: |\n  One.\n  Tw\u200bo.\n")
    assert problem.place == Place("steps/two.yaml", 6, 5, 6, 6)


def test_ids_names_keys_and_conditions_are_texts_too() -> None:
    text = (
        '# workshop.yaml\nname: "A\\u200B"\n'
        '# steps/two.yaml\nnavigation:\n  unlock_condition: "steps[\\"one\\"]\\u200B.completed"\n'
        'metadata:\n  "k\\u200B": x\n  l: "v\\u200B"\ngoss_spec: "file: {}\\u200B"\n'
    )
    codes = [(problem.place.path, problem.code) for problem in found(text)]
    assert codes == [("steps/two.yaml", "YS711")] * 4 + [("workshop.yaml", "YS711")]


@pytest.mark.parametrize("text", ["a\u202eb", "\u2066a", "a\u2069", "\u202aa\u202c", "\u2067\u05d0"])
def test_characters_that_reorder_text_are_told(text: str) -> None:
    assert set(in_title(text)) == {"YS712"}


@pytest.mark.parametrize("text", ["\u2067\u05d0\u05d1\u2069 is Hebrew", "\u2068\u0627\u2066a\u2069\u2069"])
def test_isolates_that_end_in_a_line_from_the_right_are_fine(text: str) -> None:
    assert in_title(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Mr.\u00a0Smith", []),
        ("Type `kubectl\u00a0get`.", ["YS713"]),
        ("Type ``kubectl\u2007get`` or `a`.", ["YS713"]),
        ("Type kubectl\u00a0get, not `a b`.", []),
        ("```\nkubectl\u00a0get\n```", ["YS713"]),
        ("~~~\nkubectl\u202fget\n~~~", ["YS713"]),
        ("A:\n\n    kubectl\u00a0get\n", ["YS713"]),
        ("- a:\n  ```\n  kubectl\u3000get\n  ```", ["YS713"]),
        ("```\n\u251c\u2500\u2500\u00a0a\n\u2502\u00a0\u00a0 \u2514\u2500\u2500\u00a0b\n```", []),
        ("```\n# Attention\u00a0: 10\u202f000\n```", []),
        ("```\n# \u8a2d\u5b9a\u3000\u3092\n```", []),
    ],
)
def test_an_odd_space_counts_in_code_alone(text: str, codes: list[str]) -> None:
    assert [problem.code for problem in found(f"# steps/two.yaml\nmarkdown: {quoted(text)}\n")] == codes


def test_a_goss_spec_and_a_solution_are_code() -> None:
    text = (
        '# steps/two.yaml\nmetadata:\n  hint.1: "a\\u00a0b"\n  solve: "a\\u00a0b"\n'
        'goss_spec: "file:\\u00a0{}"\n'
    )
    places = [(problem.code, problem.place) for problem in found(text)]
    assert places == [
        ("YS713", Place("steps/two.yaml", 6, 12, 6, 18)),
        ("YS713", Place("steps/two.yaml", 7, 18, 7, 24)),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\fb", "a control character: form feed (U+000C)"),
        ("a\rb", "a control character: carriage return (U+000D)"),
        ("a\0\x07b", "2 control characters: NUL (U+0000), bell (U+0007)"),
        ("a\x85b", "a control character: next line (U+0085)"),
        ("a\u2028b", "a control character: line separator (U+2028)"),
        ("a\x7fb", "a control character: delete (U+007F)"),
        ("\x1b[31mred", "a terminal's colours or movements: escape (U+001B) and what follows"),
    ],
)
def test_a_control_character_is_told_by_its_name(text: str, said: str) -> None:
    [problem] = found(f"# steps/two.yaml\nmarkdown: {quoted(text)}\n")
    assert (problem.code, problem.message) == ("YS714", said)


def test_windows_line_ends_are_one_finding_and_no_other_is_lost() -> None:
    problems = found('# steps/two.yaml\nmarkdown: "One.\\r\\nTwo.\\fx\\r\\nThree.\\r\\n"\n')
    assert [(problem.message[:20], problem.place) for problem in problems] == [
        ("Windows line ends (c", Place("steps/two.yaml", 4, 16, 4, 18)),
        ("a control character:", Place("steps/two.yaml", 4, 24, 4, 26)),
    ]


def test_one_text_gives_ten_findings_at_the_most_and_says_that_there_are_more() -> None:
    ten = found(f"# steps/two.yaml\nmarkdown: |\n  {'a' + chr(0x200B):>2}" + "a\u200b" * 9 + "\n")
    assert [problem.message.endswith("more in this text") for problem in ten] == [False] * 10
    eleven = found("# steps/two.yaml\nmarkdown: |\n  " + "a\u200b" * 11 + "\n")
    assert [problem.message.endswith("more in this text") for problem in eleven] == [False] * 9 + [True]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("", ["YS718"]),
        (" \t", ["YS718"]),
        (" a", ["YS719"]),
        ("a ", ["YS719"]),
        ("\u00a0a", ["YS719"]),
        ("a b", []),
    ],
)
def test_a_title_has_something_to_read_and_no_white_space_around_it(title: str, codes: list[str]) -> None:
    assert in_title(title) == codes


def test_the_place_of_white_space_is_its_own() -> None:
    problems = found("# workshop.yaml\nname: ' A'\nversion: 'v1  '\n")
    assert [problem.place for problem in problems] == [
        Place("workshop.yaml", 8, 8, 8, 9),
        Place("workshop.yaml", 9, 13, 9, 15),
    ]


ODD = st.text(
    "a\u200b\u200d\u00ad\u202e\u2066\u2069\u00a0\u3000\U0001f469\U0001f3f4\U000e0067\U000e007f\ufe0f\u05d0\u2713"
)


@given(st.text() | ODD)
def test_what_is_found_in_a_text_is_found_in_its_bytes_first(text: str) -> None:
    data = text.encode()
    assert may_be_invisible(data) or not list(invisible(text))
    assert may_be_reordered(data) or not list(reordering(text))
    assert may_have_odd_spaces(data) or not list(odd_spaces(text))


@given(st.text(max_size=60) | ODD, st.text(max_size=60) | ODD, st.text(max_size=30) | ODD)
def test_any_texts_are_judged_and_every_finding_has_a_place(title: str, markdown: str, solve: str) -> None:
    step = Step("a", title, "org/c:a", 1, Navigation(None, None), (Metadata("solve", solve),), None, markdown)
    contents = Contents((Workshop("course", "A course", "v1", "2026-01-15", (step,)),))
    tree = in_memory(plan_update(in_memory({}), contents, with_state=False).puts)
    for problem in check(tree, TEXTS).problems:
        assert isinstance(problem.place, Place)
        assert problem.place.line is not None
        assert problem.help


@pytest.mark.parametrize(
    "text",
    [
        "\u05e9\u05dc\u05d5\u05dd C++\u200f \u05de\u05d4",
        "\u05d0\u05d1\u05d2 `x`\u200f.",
        "(abc)\u200f: \u05e9\u05dc\u05d5\u05dd",
        "\u0627\u0644\u0628\u0648\u062f (pod)\u200f \u0648 node\u200e!",
        "a\u061c 5 \u0645",
    ],
)
def test_marks_of_direction_belong_to_a_line_written_from_the_right(text: str) -> None:
    assert list(invisible(text)) == []
    assert list(invisible(f"\u05d0\n{text}\n")) == []


def test_marks_of_direction_in_other_lines_are_told() -> None:
    assert list(invisible("\u05e9\u05dc\u05d5\u05dd\nC++\u200f here\n\u05e9")) == [(8, 9)]
    assert list(invisible("\u05e9 a\u200bb\u200f c\u200f\u200f\u200fd")) == [(3, 4), (8, 11)]


def test_many_marks_of_direction_in_one_line_take_little_time() -> None:
    start = process_time()
    assert len(list(invisible("a\u200fb " * 100_000))) == 100_000
    assert list(invisible("a\u200fb " * 100_000 + "\u05d0")) == []
    assert process_time() - start < 5

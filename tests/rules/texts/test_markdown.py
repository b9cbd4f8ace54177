"""Markdown: fences, links and marks of conflicts, as CommonMark reads them (TXT-15 to TXT-17, TXT-20)."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.rules.examples import tree_of
from yamlsync.check import check
from yamlsync.problems import Place, Problem
from yamlsync.rules.selection import Selection
from yamlsync.rules.texts.fences import closed_fences
from yamlsync.rules.texts.markdown import structure
from yamlsync.tree import in_memory

TEXTS = Selection(select=("YS71", "YS72"))


def found(markdown: str) -> list[Problem]:
    tree = in_memory(tree_of(f"# steps/two.yaml\nmarkdown: {json.dumps(markdown)}\n"))
    return list(check(tree, TEXTS).problems)


def meant(markdown: str) -> list[str]:
    """The characters of a one-line-a-block text that its findings are about, in their order."""
    block = "".join(f"  {line}\n" for line in markdown.split("\n"))
    files = tree_of(f"# steps/two.yaml\nmarkdown: |2\n{block}")
    lines = files["steps/two.yaml"].decode().split("\n")
    texts = []
    for problem in check(in_memory(files), TEXTS).problems:
        place = problem.place
        assert isinstance(place, Place)
        assert place.line is not None
        assert place.column is not None
        assert place.end_column is not None
        assert place.end_line == place.line, place
        texts.append(lines[place.line - 1][place.column - 1 : place.end_column - 1])
    return texts


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("```bash\ncode", "```bash"),
        ("text\n\n~~~\ncode\n```\n", "~~~"),
        ("````\ncode\n```\n", "````"),
        ("```\ncode\n``` bash\n", "```"),
        ("```\na\n```\n\n```sh\nb\n", "```sh"),
        ("- a\n\n  ```\n  code\n", "```"),
        ("> ```\n> code\n", "```"),
        ("   ```\n    ```\n", "```"),
        ("```", "```"),
        ("<div>\n```\n\n```\n", "```"),
    ],
)
def test_a_fence_that_only_the_end_of_the_text_ends_is_told_at_its_opening(text: str, opening: str) -> None:
    assert [problem.code for problem in found(text)] == ["YS716"]
    assert meant(text) == [opening]


@pytest.mark.parametrize(
    "text",
    [
        "```\ncode\n```",
        "```\ncode\n`````  \n",
        "~~~ `a` ~~~\ncode\n~~~\n",
        "```code``` and text",
        "a ``` b",
        "    ```\n    code",
        "> ```\n> code\n\ntext",
        "1. a\n   ```\n   code\n   ```\n",
        "- ```\n  code\n  ```\n",
        "10. a\n\n    ```\n    code\n    ```\n",
        "```\ncode\n```{{exec}}\n",
        "````\n```\n````\n",
        "<!--\n```\n-->\n",
    ],
)
def test_a_fence_that_is_closed_or_none_is_fine(text: str) -> None:
    assert [problem.code for problem in found(text) if problem.code != "YS720"] == []


def test_a_mark_that_a_list_ended_before_says_how_to_write_it() -> None:
    [problem] = found("- a\n  ```\n  code\n```\ntext\n")
    assert problem.code == "YS716"
    assert "opened in line 2" in (problem.help or "")


LINES = st.lists(
    st.sampled_from(
        [
            *(
                "```",
                "```sh",
                "````",
                "~~~",
                "~~~~",
                "``` `a`",
                "    ```",
                "  ```",
                "   ~~~",
                "\t```",
                "```  ",
            ),
            *(
                "text",
                "",
                "  text",
                "    text",
                "- a",
                "- ```",
                "> a",
                "> ```",
                "1. a",
                "# a",
                "<div>",
                "</div>",
            ),
            *(
                "<!--",
                "-->",
                "a <b> c",
                "===",
                "---",
                "  - b",
                "      ```",
                "[a]: b",
                "```{{exec}}",
                "~~~{{a}}",
                " ",
            ),
        ]
    ),
    max_size=12,
).map("\n".join)


@given(LINES | st.text("`~ \n->1.<a\t", max_size=40))
@example("- a\n\n  ```\n\n b\n  ```")
@example("> ```\n```\n```")
def test_the_scan_of_lines_agrees_with_commonmark_where_it_is_certain(text: str) -> None:
    scanned, parsed = closed_fences(text), structure(text)
    assert parsed is not None
    if scanned is not None:
        assert [fence for fence in parsed.fences() if fence.ended_by == "text"] == []
        code = list(parsed.code_blocks())
        assert [span for span in scanned if not any(a <= span[0] and span[1] <= b for a, b in code)] == []


@given(LINES)
def test_a_text_of_closed_fences_at_the_margin_needs_no_parser(text: str) -> None:
    quiet = "".join(character for character in text if character.isalpha() or character in " \n")
    plain = "\n".join(line.strip() for line in quiet.split("\n"))
    fenced = f"{plain}\n\n```sh\n{text.replace('`', '')}\n```\n\n{plain}\n"
    assert closed_fences(fenced) is not None


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("![a](img/a.png)", ["img/a.png"]),
        ("See [a](../b.md#c) and [d](/e).", ["../b.md#c", "/e"]),
        ("[a]( <b c> 'title' )", ["<b c>"]),
        ("[![a](b.png)](https://example.com)", ["b.png"]),
        ("[![a](https://example.com/b.png)](c.md)", ["c.md"]),
        ("- > [a](b.md)", ["b.md"]),
        ("# A [b](c.md) d\n\ntext", ["c.md"]),
        ("one\n[a](b.md)\nthree", ["b.md"]),
        ("`[a](b.md)` but [a](b.md)", ["b.md"]),
        ("[a][1]\n\n[1]: b.md", ["b.md"]),
        ('<img src="a.png" alt="x">', ["a.png"]),
        ("a <a class='x' href='b.md'>c</a> d", ["b.md"]),
        ("<p>\n<img width=1 src=a.png>\n</p>", ["a.png"]),
        ("[a](www.example.com/b)", ["www.example.com/b"]),
    ],
)
def test_a_target_beside_the_text_is_told(text: str, targets: list[str]) -> None:
    assert {problem.code for problem in found(text)} == {"YS717"}
    assert targets == meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://example.com/b.md) <https://example.com> [b](#c) [d](mailto:e@example.com)",
        "![a](data:image/png;base64,AAAA) [a](//example.com/b) [a](HTTP://example.com)",
        "[a]({{TRAFFIC_HOST1_80}}) [a]({{ingress}}/b) [a]($HOST/b) [a](URL) [a](<>) [a]()",
        "`[a](b.md)` ``![a](b.png)``",
        "```\n[a](b.md)\n```\n\n    [a](b.md)",
        "\\[a](b.md) a[0] (b) [a] (b.md)",
        "[1]: b.md",  # Nothing uses it.
        "<!-- <img src='a.png'> -->",
        '<img src="https://example.com/a.png"> <a name="b"></a> <img data-src="a.png">',
        "for x in a[1:]: b",
        "[a][1]\n\n[1]: <https://example.com>",
    ],
)
def test_a_target_that_can_be_reached_and_what_is_no_link_are_fine(text: str) -> None:
    assert found(text) == []


def test_help_knows_a_host_without_a_scheme() -> None:
    [problem] = found("[a](example.com/b)")
    assert problem.help == 'write the scheme too: "https://example.com/b"'


CONFLICT = f"{'<' * 7} HEAD\nRead on.\n{'=' * 7}\nGo on.\n{'>' * 7} topic"


def test_a_conflict_is_told_at_its_first_mark() -> None:
    [problem] = found(f"# A\n\n{CONFLICT}\n")
    assert (problem.code, problem.severity) == ("YS715", "error")
    assert meant(f"# A\n\n{CONFLICT}\n") == ["<" * 7 + " HEAD"]


@pytest.mark.parametrize(
    "text",
    [
        f"```text\n{CONFLICT}\n```\n",
        f"A\n{'=' * 7}\n\nB\n",
        f"{'<' * 7} HEAD\nand nothing else\n",
        f"{'=' * 7}\n{'>' * 7} b\n",
        f"{'<' * 8} HEAD\n{'=' * 7}\n{'>' * 7} b\n",
        CONFLICT.replace("\n", "\n "),
    ],
)
def test_a_lesson_a_heading_and_half_a_conflict_are_none(text: str) -> None:
    assert found(text) == []


def test_a_conflict_in_a_goss_spec_or_a_title_is_one_too() -> None:
    text = f"# steps/two.yaml\ntitle: {json.dumps(CONFLICT)}\ngoss_spec: {json.dumps(CONFLICT)}\n"
    assert [problem.code for problem in check(in_memory(tree_of(text)), TEXTS).problems] == ["YS715"] * 2


def test_code_that_actions_close_is_one_hint_for_a_workshop() -> None:
    text = json.dumps("```sh\na\n```{{exec}}\n\n- b:\n\n  ```sh\n  c\n  ```{{copy}}\n")
    tree = in_memory(tree_of(f"# steps/one.yaml\nmarkdown: {text}\n# steps/two.yaml\nmarkdown: {text}\n"))
    [problem] = check(tree, TEXTS).problems
    assert (problem.code, problem.severity) == ("YS720", "hint")
    assert problem.message.endswith("this workshop does so 4 times, in 2 of its texts")


HOSTILE = {
    "backticks": "`" * 100_000,
    "runs of backticks": " ".join("`" * length for length in range(3, 400)),
    "open brackets": "[" * 100_000,
    "links in links": "[a](" * 30_000,
    "brackets and brackets": "[" * 5_000 + "](b)" * 5_000,
    "quotes": ">" * 100_000,
    "quotes and fences": "\n".join(">" * (depth % 500) + " ```" for depth in range(400)),
    "lists": "\n".join(" " * (2 * (depth % 100)) + "- ```x" for depth in range(1_000)),
    "tags of HTML": "<img src=" * 20_000,
    "marks of conflicts": "<<<<<<<\n=======\n>>>>>>>\n" * 4_000,
    "definitions": "[a]: b\n" * 15_000,
    "marks in a line": "``` ~~~ " * 12_000,
    "odd spaces": "`\u00a0`" * 30_000,
    "joiners": "\u200d\U0001f469" * 50_000,
    "isolates": "\u2067\u05d0" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_judged_in_no_time(text: str) -> None:
    start = time.process_time()
    found(text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("target", "help"),
    [
        ("x@y.z", 'write the scheme too: "mailto:x@y.z"'),
        ("first.last+tag@mail.example.com", 'write the scheme too: "mailto:first.last+tag@mail.example.com"'),
        ("www.example.com/a", 'write the scheme too: "https://www.example.com/a"'),
        ("a@b", "write the whole address, with https:// and the host"),
        ("icons/a@2x.png", "write the whole address, with https:// and the host"),
    ],
)
def test_a_lost_link_is_told_with_the_scheme_that_it_lacks(target: str, help: str) -> None:
    (problem,) = found(f"[b]({target})")
    assert ("YS717", help) == (problem.code, problem.help)

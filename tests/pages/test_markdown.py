"""Markdown → safe HTML: what is laid out, what is shown as it is typed (PRE-20 to PRE-27)."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pages.outline import outline
from yamlsync.pages.markdown import MAX_TEXT, code, plain, render

_WORD = re.compile(r"\w+")
_REL = 'rel="noopener noreferrer nofollow"'


def words(text: str) -> list[str]:
    return _WORD.findall(text)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_rendered_well_formed(text: str) -> None:
    assert outline(render(text)).strangers() == []


_MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# ",
            "* ",
            "> ",
            "1. ",
            "`",
            "```",
            "~~~",
            "**",
            "_",
            "~~",
            "\n",
            "\n\n",
            "[a](",
            ")",
            "![",
            "]",
            "<b>",
            "</b>",
            "<script>",
            "<!--",
            "-->",
            "|",
            "|-|",
            "    ",
            "{{exec}}",
            "&lt;",
            "http://a.example",
            "é",
            "\t",
            "<details>",
            "</details>",
            "<summary>",
            "</table>",
            "<table>",
            "javascript:",
            '"',
            "'",
            "\\",
            "\x00",
            "a b",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=60)
@given(_MARKDOWN)
def test_any_mixture_of_marks_is_rendered_well_formed(text: str) -> None:
    assert outline(render(text)).strangers() == []


_PROSE = st.text(alphabet="abcdefgh   ***__``~~>-.\n", max_size=300)


@settings(max_examples=60)
@given(_PROSE)
def test_the_words_of_prose_are_all_there(text: str) -> None:
    seen = outline(render(text)).text().replace("_", "")
    source = re.sub(r"[*_`~]", "", text)
    assert "".join(words(seen)) == "".join(words(source.replace("_", "")))


def test_headings_stand_below_those_of_the_page() -> None:
    assert render("# a\n\n## b\n\n##### c") == "<h3>a</h3>\n<h4>b</h4>\n<h6>c</h6>\n"
    assert render("# a", below=3) == "<h4>a</h4>\n"


def test_links_lead_out_or_within_the_page_and_say_so() -> None:
    assert (
        render("[x](https://a.example 't')") == f'<p><a href="https://a.example" title="t" {_REL}>x</a></p>\n'
    )
    assert render("[x](#step-a)") == f'<p><a href="#step-a" {_REL}>x</a></p>\n'
    assert render("<a@b.example>") == f'<p><a href="mailto:a@b.example" {_REL}>a@b.example</a></p>\n'


def test_a_link_to_elsewhere_is_text_and_its_target() -> None:
    expected = '<p><span class="elsewhere">x <code class="target">b.md</code></span></p>\n'
    assert render("[x](b.md)") == expected


def test_a_link_that_could_run_is_shown_as_it_is_typed() -> None:
    assert render("[x](javascript:alert(1))") == "<p>[x](javascript:alert(1))</p>\n"


def test_a_picture_is_its_words_and_a_link() -> None:
    address = f'<a href="https://a.example/p.png" {_REL}>https://a.example/p.png</a>'
    start = '<p><span class="picture"><span class="label">Picture</span>'
    assert render("![two *pods*](https://a.example/p.png)") == (
        f'{start} <span class="alt">two pods</span> {address}</span></p>\n'
    )
    assert render("![](p.png)") == f'{start} <code class="target">p.png</code></span></p>\n'


def test_bare_harmless_tags_are_kept_and_all_else_is_seen() -> None:
    assert render("press <KBD>q</KBD><br>") == "<p>press <kbd>q</kbd><br></p>\n"
    assert render("a <b class=x>c</b>") == "<p>a &lt;b class=x&gt;c</p>\n"
    assert render("<!-- for authors -->") == '<span class="typed">&lt;!-- for authors --&gt;</span>'


def test_details_fold_markdown() -> None:
    html = render("<details>\n<summary>more</summary>\n\nof *it*\n\n</details>\n")
    assert html == "<details>\n<summary>more</summary>\n<p>of <em>it</em></p>\n</details>\n"


@pytest.mark.parametrize(
    ("text", "info"),
    [
        ("```bash{{exec}}\nls\n```", "bash{{exec}}"),
        ("```bash\nls\n```{{exec}}", "bash {{exec}}"),
        ("```{{copy}}\nls\n```", "{{copy}}"),
        ("```bash {{exec}} title='x'\nls\n```", "bash {{exec}} title='x'"),
    ],
)
def test_a_platforms_words_beside_a_fence_are_shown(text: str, info: str) -> None:
    assert outline(render(text)).text().split("\n")[0] == f"{info}ls"


def test_an_action_within_a_line_is_text() -> None:
    assert render("`ls`{{exec}}") == "<p><code>ls</code>{{exec}}</p>\n"


def test_code_keeps_each_character() -> None:
    source = "\n\n  a: 'b'\t# c\n\n\n"
    assert outline(code(source, "yaml")).text() == f"yaml\n{source}\n"
    assert outline(plain(source)).text() == f"\n{source}"


def test_tables_are_aligned_without_styles() -> None:
    html = render("|a|b|\n|-:|:-:|\n|1|2|\n")
    assert 'class="right"' in html
    assert 'class="center"' in html
    assert "style" not in html


def test_what_is_too_long_is_shown_as_it_is_typed() -> None:
    text = "*a* & b\n" * (MAX_TEXT // 8 + 1)
    html = render(text)
    assert html.startswith('<p class="note">This text is too long to be laid out.')
    assert outline(html).text().endswith(text)


def test_too_many_lines_and_too_much_work_for_their_length_are_shown_as_they_are_typed() -> None:
    lines, brackets = "*a*\n" * 20_000, "[" * 4_000
    assert render(lines[4:]).startswith("<p><em>a</em>\n<em>a</em>\n")
    for text, why in ((lines, "too long"), (brackets, "nested too much")):
        html = render(text)
        assert html.startswith(f'<p class="note">This text is {why} to be laid out.')
        assert outline(html).text().endswith(text)


_PATTERNS = [
    "[",
    "![",
    "*a ",
    "**a *b ",
    "a**b",
    "*_",
    "<!--",
    "`",
    "``a ` ",
    '[a](b "',
    "[a](<b",
    "> ",
    "- ",
]
_PATTERNS += [
    "[a]: x y\n",
    "[a][b] ",
    "&",
    "|a|b|\n|-|-|\n",
    "<div>\n",
    "<details>\n\n",
    "<b>",
    "[a](",
    "_a__",
]
_PATTERNS += [
    "```sh\n\"'$((\n```\n",
    "\t- x\n",
    "# a\n",
    "a  \n",
    "***a*** ",
    "]",
    "<http://a",
    "{{x}}",
    "\\",
]


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_a_text_that_wants_to_take_long_does_not(pattern: str) -> None:
    text = pattern * (MAX_TEXT // 4 // len(pattern))
    start = time.process_time()
    render(text)
    # The square of the length would be hours.
    assert time.process_time() - start < 20

"""The HTML page of what changed, without a browser (DIF-70 to DIF-79)."""

from __future__ import annotations

import re
import sys

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.edited import Sides, any_two, edited
from tests.pages.hostile import HOSTILE
from tests.pages.hostile_course import hostile_course
from tests.pages.outline import outline
from tests.renditions.html_pages import comparison, course, hint, page, section_of, step, strangers
from tests.strategies import texts
from yamlsync.changes.model import TextChanged
from yamlsync.errors import OperationError
from yamlsync.pages.blocks import blocks, joined, paired
from yamlsync.pages.code_rows import code_rows
from yamlsync.pages.markdown import render as laid_out
from yamlsync.pages.seen import seen
from yamlsync.pages.values_marked import mark_values, show_value
from yamlsync.pages.words_marked import mark_words
from yamlsync.records import Navigation, Workshop
from yamlsync.renditions.html import render
from yamlsync.renditions.page.raw import raw_change, raw_text
from yamlsync.renditions.page.sections import beside, section
from yamlsync.renditions.page.texts import Beside, Same, changed_text
from yamlsync.renditions.story import story_of

GOSS = (
    "file:\n  /tmp/x:\n    exists: true\n    mode: '0644'\n"
    "command:\n  it runs:\n    exec: ls\n    exit-status: 0\n"
)


def text_of(html: str) -> str:
    """What is read, with one blank for all white space."""
    return " ".join(outline(html).text().split())


def test_equal_workshops_give_a_page_that_says_so() -> None:
    html = page([course(step("a", 1))], [course(step("a", 1))])
    assert "<title>Nothing changed in The course</title>" in html
    assert "Both say the same" in html
    assert "<section" not in html


def test_two_sides_without_workshops_are_equal() -> None:
    assert "Both say the same" in page([], [])


def test_a_workshop_without_steps_that_is_new_is_told() -> None:
    html = page([], [course(name="Empty")])
    assert "What changed in <bdi>Empty</bdi>" in html
    assert "Both say the same" not in html


def test_links_of_a_new_step_are_told_unless_they_follow_the_order() -> None:
    first = step("a", 1, navigation=Navigation("b", None))
    second = step("b", 2, navigation=Navigation("a", "a"))
    shown = section_of(page([course(first)], [course(first, second)]), "step-b")
    assert "Leads to" in shown
    assert "“A” (a)" in shown
    assert "Leads back to" not in shown


def test_files_that_were_only_respelled_are_told_in_one_line() -> None:
    both = [course(step("a", 1))]
    html = render(evolve(comparison(both, both), respelled=("steps/a.yaml", "<b>.yaml")))
    assert "in <code>steps/a.yaml</code>, <code>&lt;b&gt;.yaml</code>." in html


def test_many_respelled_files_are_folded_and_counted() -> None:
    both = [course(step("a", 1))]
    paths = tuple(f"steps/{number}.yaml" for number in range(1200))
    html = render(evolve(comparison(both, both), respelled=paths))
    assert "in 1,200 files</summary>" in html
    assert "<li><code>steps/1199.yaml</code></li>" in html


def test_a_changed_step_has_a_section_with_its_anchor_and_is_linked() -> None:
    html = page([course(step("a b", 1))], [course(step("a b", 1, title="Other"))])
    assert '<section class="step changed" id="step-a_20b"' in html
    assert 'href="#step-a_20b"' in html


def test_a_title_has_its_words_marked() -> None:
    html = page([course(step("a", 1, title="Run a pod"))], [course(step("a", 1, title="Run two pods"))])
    assert "Run <del>a pod</del>" in html
    assert "Run <ins>two pods</ins>" in html


def test_words_of_the_text_are_marked_where_it_is_laid_out() -> None:
    old = course(step("a", 1, markdown="# One\n\nSome *words* here.\n"))
    new = course(step("a", 1, markdown="# One\n\nSome *letters* here.\n"))
    html = page([old], [new])
    assert "<p>Some <em><del>words</del></em> here.</p>" in html
    assert "<p>Some <em><ins>letters</ins></em> here.</p>" in html


def test_blocks_that_did_not_change_are_folded_and_counted() -> None:
    many = "".join(f"Paragraph {number}.\n\n" for number in range(9))
    html = page(
        [course(step("a", 1, markdown=f"{many}Old.\n"))], [course(step("a", 1, markdown=f"{many}New.\n"))]
    )
    assert "<summary>Unchanged: 8 paragraphs</summary>" in html
    assert html.count("<p>Paragraph 3.</p>") == 1
    assert html.count("<p>Paragraph 8.</p>") == 1


def test_the_heading_above_a_change_is_shown() -> None:
    before = "# A\n\nOne.\n\n## B\n\nTwo.\n\nThree.\n\nFour.\n\n"
    change = TextChanged("a", f"{before}Five.\n", f"{before}Six.\n")
    shown = changed_text(change, below=3)
    assert [(type(part).__name__, getattr(part, "summary", "")) for part in shown.parts] == [
        ("Same", "Unchanged: 1 heading, 1 paragraph"),
        ("Same", ""),
        ("Same", "Unchanged: 2 paragraphs"),
        ("Same", ""),
        ("Beside", ""),
    ]
    assert isinstance(shown.parts[1], Same)
    assert "B" in shown.parts[1].html


def test_a_text_that_is_only_broken_elsewhere_says_so_and_shows_itself_as_typed() -> None:
    old = course(step("a", 1, markdown="Some words that\ngo on and on.\n"))
    new = course(step("a", 1, markdown="Some words that go\non and on.\n"))
    html = page([old], [new])
    assert "A reader sees no difference: only the line breaks." in html
    assert '<details class="raw" open>' in html
    assert '<div class="beside' not in html


@pytest.mark.parametrize(
    ("old", "new", "kind", "mark"),
    [
        ("- a;\n  - why;\n- b\n", "- a;\n- why;\n- b\n", "the nesting of a list", "<li><del>why;</del></li>"),
        ("Two.  \nOne.\n", "Two.\nOne.\n", "a line break", '<del class="sign">↵</del><br>'),
        (
            "```yaml\na:\n  b: 1\n```\n",
            "```yaml\na:\n   b: 1\n```\n",
            "the indentation in code",
            '<del class="blank">  </del>',
        ),
    ],
)
def test_a_difference_without_words_is_told_by_its_kind_and_marked(
    old: str, new: str, kind: str, mark: str
) -> None:
    html = page([course(step("a", 1, markdown=old))], [course(step("a", 1, markdown=new))])
    assert f"The words are the same, but a reader sees a difference: {kind}." in html
    assert "A reader sees no difference" not in html
    assert mark in html
    assert '<details class="raw" open>' not in html


def test_where_words_changed_too_what_else_did_is_told_besides() -> None:
    old, new = "Some words.\n\nTwo.  \nOne.\n", "Other words.\n\nTwo.\nOne.\n"
    shown = changed_text(TextChanged("a", old, new), below=3)
    assert shown.notes == ("Besides words, this changed: a line break.",)


def test_a_line_of_code_has_a_row_so_that_a_broken_one_is_known() -> None:
    new = 'Look:\n\n```bash\nhead -n 4 "a\nb"\n```\n'
    html = page([course(step("a", 1, markdown="Look:\n"))], [course(step("a", 1, markdown=new))])
    assert (
        '<span class="row">head -n <span class="hl-number">4</span> '
        '<span class="hl-string">"a\n</span></span>'
        '<span class="row"><span class="hl-string">b"</span>\n</span></code></pre>'
    ) in html.replace("&#34;", '"').replace("&quot;", '"')


def _arrows(html: str) -> list[str]:
    """What the arrows of the graph in rows are, without where."""
    return re.findall(r'class="edge ([a-z ]+)"', html.partition('class="graph-column"')[0])


def test_a_link_that_leads_elsewhere_is_drawn_as_one_gone_and_one_new() -> None:
    ends = [step("b", 2, navigation=Navigation("c", "a")), step("c", 3, navigation=Navigation(None, "b"))]
    html = page(
        [course(step("a", 1, navigation=Navigation("c", None)), *ends)],
        [course(step("a", 1, navigation=Navigation("b", None)), *ends)],
    )
    assert sorted(_arrows(html)) == ["next added", "next removed", "next same"]


def test_a_link_back_alone_is_no_arrow() -> None:
    def linked(*backs: str | None) -> Workshop:
        ways = zip("abc", ("c", "c", None), backs, strict=True)
        return course(
            *(
                step(id, place, navigation=Navigation(to, back))
                for place, (id, to, back) in enumerate(ways, 1)
            )
        )

    html = page([linked(None, "a", "a")], [linked(None, None, "b")])
    assert _arrows(html) == ["next same", "next same"]


def test_a_step_that_is_new_shows_what_is_in_it_alone() -> None:
    fresh = step("b", 2, markdown="# Hello\n", metadata=(hint(1, "Look."),), goss_spec=GOSS)
    html = page([course(step("a", 1))], [course(step("a", 1), fresh)])
    shown = section_of(html, "step-b")
    assert "<h4>Hello</h4>" in shown
    assert "Look." in shown
    assert "The file <code>/tmp/x</code> exists." in shown
    assert "Before" not in shown
    assert "<ins>" not in shown
    assert "new, with 1 line of text, 1 hint and 2 checks" in html


def test_a_step_that_is_gone_shows_what_was_in_it() -> None:
    html = page([course(step("a", 1), step("b", 2, markdown="# Bye\n"))], [course(step("a", 1))])
    shown = section_of(html, "step-b")
    assert "<h4>Bye</h4>" in shown
    assert "After" not in shown


def test_a_renamed_step_has_the_anchor_of_its_old_id_as_well() -> None:
    words = "".join(f"Line {number} of a text that is long enough to know it by.\n" for number in range(20))
    html = page([course(step("old", 1, markdown=words))], [course(step("new", 1, markdown=words))])
    assert '<span id="step-old"></span>' in section_of(html, "step-new")
    assert "<del>old</del>" in html


def test_hints_are_rows_with_words_marked_and_moves_are_told() -> None:
    old = course(step("a", 1, metadata=(hint(1, "Look here."), hint(2, "Ask."))))
    new = course(step("a", 1, metadata=(hint(1, "Ask."), hint(2, "Look here."), hint(3, "A new one."))))
    html = page([old], [new])
    assert "Hint 1 → 2" in html
    assert "now hint 2, with the same text" in html
    assert "A new one." in html


def test_checks_are_told_in_words_before_and_after() -> None:
    new_spec = GOSS.replace("0644", "0600").replace("exit-status: 0", "exit-status: 1")
    html = page([course(step("a", 1, goss_spec=GOSS))], [course(step("a", 1, goss_spec=new_spec))])
    assert "its mode is <code><del>0644</del></code>" in html
    assert "its mode is <code><ins>0600</ins></code>" in html
    assert "ends with <del>0</del>" in html


def test_a_check_with_another_name_alone_is_one_row() -> None:
    new_spec = GOSS.replace("it runs", "it goes")
    html = page([course(step("a", 1, goss_spec=GOSS))], [course(step("a", 1, goss_spec=new_spec))])
    assert "<code>it runs</code> → <code>it goes</code>" in html


def test_checks_that_cannot_be_read_are_shown_as_they_are_typed() -> None:
    html = page([course(step("a", 1, goss_spec="a: ["))], [course(step("a", 1, goss_spec="b: ["))])
    assert "could not be told one by one" in html
    assert '<div class="line deleted"><del>a</del>: [</div>' in html


def test_what_is_not_seen_in_a_title_is_told() -> None:
    html = page([course(step("a", 1, title="One two"))], [course(step("a", 1, title="One\u00a0two"))])
    assert "\\xa0" in html


def test_a_condition_is_told_in_words() -> None:
    locked = Navigation(None, None, 'steps["a"].completed')
    old = course(step("a", 1, title="Start"), step("b", 2))
    new = course(step("a", 1, title="Start"), step("b", 2, navigation=locked))
    html = page([old], [new])
    assert "always" in section_of(html, "step-b")
    assert "<code>Start</code> is completed" in section_of(html, "step-b")
    assert 'class="edge unlock added"' in html


def test_what_follows_from_other_changes_is_folded() -> None:
    ids = ["a", "b"]
    linked = [step(id, place, navigation=Navigation(*around)) for place, (id, around) in enumerate(
        zip(ids, (("b", None), (None, "a")), strict=True), 1)]  # fmt: skip
    longer = [
        step("new", 1, navigation=Navigation("a", None)),
        step("a", 2, title="Other", navigation=Navigation("b", "new")),
        step("b", 3, navigation=Navigation(None, "a")),
    ]
    html = page([course(*linked)], [course(*longer)])
    assert "<summary>What follows from other changes</summary>" in section_of(html, "step-a")


def test_several_workshops_have_a_heading_each() -> None:
    old = [course(step("a", 1)), course(step("x", 1), id="second", name="The second")]
    new = [
        course(step("a", 1, title="Other")),
        course(step("x", 1, title="Another"), id="second", name="The second"),
    ]
    html = page(old, new)
    assert html.count('<h2 class="name"') == 2
    assert "<title>What changed</title>" in html


def test_a_course_of_a_thousand_steps_has_its_graph_folded() -> None:
    steps = [step(f"s{number}", number) for number in range(1, 1001)]
    changed = [*steps[:499], evolve(steps[499], title="Other"), *steps[500:]]
    html = page([course(*steps)], [course(*changed)])
    assert "499 unchanged steps" in html
    assert "500 unchanged steps" in html
    assert "999 steps with the same content as before" in html


def test_steps_that_were_not_read_are_listed_by_their_ids() -> None:
    steps = [
        step(id, place, title="", image_tag="", navigation=None, markdown=None)
        for place, id in enumerate("ab", 1)
    ]
    read = evolve(steps[1], title="New")
    found = comparison([course(*steps)], [course(steps[0], read)])
    found = evolve(
        found, new=evolve(found.new, unread=frozenset("a")), old=evolve(found.old, unread=frozenset("a"))
    )
    assert '<li value="1" id="step-a"><bdi>a</bdi></li>' in render(found)


def test_texts_too_long_to_be_compared_say_so() -> None:
    old, new = ("".join(f"{word * 200}{number}\n\n" for number in range(600)) for word in ("some ", "other"))
    html = page([course(step("a", 1, markdown=old))], [course(step("a", 1, markdown=new))])
    assert "too long to be compared line by line" in html
    assert "This text is too long to be laid out" in html


def test_too_many_lines_stand_as_they_are_typed_unmarked() -> None:
    old, new = "a\n" * 30_000, "a\n" * 29_999 + "<b>\nlast\n"
    shown = changed_text(TextChanged("a", old, new), below=3)
    (part,) = shown.raw.parts
    assert [(line.sign, str(line.html)) for line in part.lines] == [
        ("deleted", old),
        ("inserted", new.replace("<b>", "&lt;b&gt;")),
    ]
    assert shown.raw.counted == "2 lines new, 1 gone"
    assert "There is too much in these two texts to be compared line by line." in shown.raw.notes[-1]


def test_lines_with_too_many_changes_stand_as_they_are_typed_unmarked() -> None:
    old, new = ("x y " * 35_000, "x z " * 35_000)
    shown = raw_change(TextChanged("a", old, new))
    assert [(line.sign, str(line.html)) for line in shown.parts[0].lines] == [
        ("deleted", old),
        ("inserted", new),
    ]


def test_a_text_of_too_many_lines_on_one_side_alone_stands_in_one() -> None:
    text = "\n" * 60_001
    shown = raw_text(text)
    assert [str(line.html) for part in shown.parts for line in part.lines] == [text]
    assert shown.counted == "60,001 lines"


def test_too_many_blocks_are_one() -> None:
    old, new = ("".join(f"# {word}{number}\n" for number in range(5_001)) for word in ("old", "new"))
    (part,) = changed_text(TextChanged("a", old, new), below=3).parts
    assert isinstance(part, Beside)
    assert [str(each).count("<h4>") for each in (part.old, part.new)] == [5_001, 5_001]
    assert "<del>old0</del>" in str(part.old)


def test_blocks_that_stand_alone_are_put_together_in_time_that_grows_as_they_do() -> None:
    blocks_of = "".join(f"- - -\n\nword{number}\n\n" for number in range(2_000))
    (_, part) = changed_text(TextChanged("a", "Same\n", f"Same\n\n{blocks_of}"), below=3).parts
    assert isinstance(part, Beside)
    assert part.old is None
    assert str(part.new).count("<p>") == 2_000


def test_the_page_has_a_strict_policy_and_nothing_that_runs() -> None:
    html = page([course(step("a", 1))], [course(step("a", 1, title="Other"))])
    assert "default-src &#39;none&#39;" in html
    assert "script" not in html.partition("</head>")[2]
    assert strangers(html) == []


def test_without_the_extra_it_is_an_error_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nh3", None)
    both = [course(step("a", 1))]
    with pytest.raises(OperationError, match="nh3"):
        render(comparison(both, both))


@pytest.mark.parametrize("kind", ["old", "new", "both", "order"])
@pytest.mark.parametrize("spec_is_text", [False, True])
def test_hostile_texts_in_each_place_and_on_either_side_leave_nothing_that_runs(
    kind: str, spec_is_text: bool
) -> None:
    # A half of a pair is no text that a database could hold.
    hostile = [text for text in HOSTILE.values() if not re.search("[\ud800-\udfff]", text)]
    course_of = hostile_course(hostile, spec_is_text=spec_is_text).workshops
    html = page(*_sides(course_of, kind))
    assert strangers(html) == []
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))


def _sides(of: tuple[Workshop, ...], kind: str) -> tuple[tuple[Workshop, ...], tuple[Workshop, ...]]:
    (workshop,) = of
    if kind == "old":
        return of, ()
    if kind == "new":
        return (), of
    if kind == "order":
        places = range(len(workshop.steps), 0, -1)
        steps = tuple(
            evolve(each, position=place) for each, place in zip(workshop.steps, places, strict=True)
        )
        return of, (evolve(workshop, steps=steps[::-1]),)
    steps = tuple(
        evolve(
            each,
            title=other.title,
            image_tag=other.image_tag,
            goss_spec=other.goss_spec,
            markdown=other.markdown,
            metadata=other.metadata,
        )
        for each, other in zip(workshop.steps, workshop.steps[1:] + workshop.steps[:1], strict=True)
    )
    return of, (evolve(workshop, steps=steps),)


@settings(max_examples=40)
@given(any_two() | edited())
def test_any_two_workshops_give_a_page_that_is_well_formed(sides: Sides) -> None:
    html = page(*sides)
    assert strangers(html) == []
    ids = re.findall(r' id="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r' href="#(step-[^"]*)"', html):
        assert target in ids


@settings(max_examples=60)
@given(any_two() | edited())
def test_each_change_of_a_step_has_a_place_in_its_section(sides: Sides) -> None:
    found = comparison(*sides)
    for workshop in story_of(*sides, found.changes).workshops:
        for told in workshop.told:
            shown = section(told, beside(found, below=3))
            places = (
                len(shown.facts) + len(shown.hints) + (shown.text is not None) + (shown.checks is not None)
            )
            assert places >= len(told.changes) + (told.rename is not None) + (told.move is not None)


_MARKED = re.compile(r"<(del|ins)(?: class=\"[a-z]+\")?>(.*?)</\1>", re.DOTALL)
_PROSE = st.lists(
    st.sampled_from(
        [
            "# One\n\n",
            "some words ",
            "other words ",
            "*loud* ",
            "\n\n",
            "- item\n",
            "`code` ",
            "```sh\nls\n```\n",
            "> q\n",
            "  \n",
            "    ",
            "  - ",
            "[x](http://a.example/1) ",
            "[x](http://a.example/2) ",
        ]
    ),
    max_size=12,
).map("".join)


@given(_PROSE | texts(40), _PROSE | texts(40))
def test_a_text_shown_loses_nothing_of_either_side(old: str, new: str) -> None:
    """What is marked or not is all that is laid out, and less what is marked both sides are the same."""
    assume(old != new)
    shown = changed_text(TextChanged("a", old, new), below=3)
    is_same = seen(laid_out(old, below=3)) == seen(laid_out(new, below=3))
    assert any(note.startswith("A reader sees no difference") for note in shown.notes) == is_same
    if not shown.parts:
        assert is_same
        return
    # What is the same is shown as it is on the new side, so that only words are compared.
    before = "".join((part.old or "") if isinstance(part, Beside) else part.html for part in shown.parts)
    after = "".join((part.new or "") if isinstance(part, Beside) else part.html for part in shown.parts)
    assert _words(_unmarked(before, keep=True)) == _words(laid_out(old))
    assert _words(_unmarked(after, keep=True)) == _words(laid_out(new))
    both = [part for part in shown.parts if isinstance(part, Beside) and part.old and part.new]
    for part in both:
        assert _words(_unmarked(part.old or "", keep=False)) == _words(_unmarked(part.new or "", keep=False))


def _unmarked(html: str, *, keep: bool) -> str:
    html = re.sub(r'<(del|ins) class="(?:target|sign)">.*?</\1>', "", html, flags=re.DOTALL)
    html = re.sub(r'<span class="target">(?:[^<]|</?(?:ins|del)[^<>]*>)*</span>', "", html)
    return _MARKED.sub(r"\2" if keep else "", html)


def _words(html: str) -> str:
    return "".join(outline(html).text().split())


_UNSEEN = re.compile(r'<(del|ins) class="unseen">')


@given(texts(40), texts(40))
def test_values_marked_lose_nothing(old: str, new: str) -> None:
    before, after = mark_values(old, new)
    for marked, value in ((before, old), (after, new)):
        if not _UNSEEN.search(marked):
            assert _MARKED.sub(r"\2", str(marked)) == str(show_value(value))
    assert _MARKED.sub("", before) == _MARKED.sub("", after)


@given(_PROSE | st.sampled_from(list(HOSTILE.values())))
def test_blocks_are_all_of_a_page_and_each_well_formed(text: str) -> None:
    html = laid_out(text)
    found = blocks(html)
    assert "".join(joined(found).split()) == "".join(html.split())
    for each in found:
        assert outline(each.html).strangers() == []


_ROW = re.compile(r'<span class="row">(.*?)</span>(?=<span class="row">|</code></pre>)', re.DOTALL)


@given(_PROSE | st.sampled_from(list(HOSTILE.values())), _PROSE)
def test_rows_of_code_are_its_lines_and_nothing_else_changes(text: str, other: str) -> None:
    html = mark_words(laid_out(text), laid_out(other)).before
    rows = code_rows(html)
    assert outline(rows).strangers() == outline(html).strangers()
    assert outline(rows).text() == outline(html).text()
    for row in _ROW.findall(rows):
        assert "\n" not in outline(row).text().removesuffix("\n")
        assert outline(row).faults == []


@given(_PROSE, _PROSE)
def test_blocks_are_paired_in_order_and_none_is_left_out(old: str, new: str) -> None:
    left, right = blocks(laid_out(old)), blocks(laid_out(new))
    pairs = paired(left, right)
    assert tuple(each.old for each in pairs if each.old) == left
    assert tuple(each.new for each in pairs if each.new) == right

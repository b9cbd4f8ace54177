"""What changed, as text for a terminal (DIF-50 to DIF-56)."""

from __future__ import annotations

import re
from typing import Any

import click
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.edited import edited
from yamlsync.changes.comparing import diff
from yamlsync.changes.model import TextChanged
from yamlsync.records import Metadata, Navigation, Step, Workshop
from yamlsync.renditions.counting import text_passages
from yamlsync.renditions.folds import without_edges
from yamlsync.renditions.story import Story, story_of
from yamlsync.renditions.text import render_story, step_text
from yamlsync.renditions.view import View, cut
from yamlsync.wording.columns import width
from yamlsync.wording.folding import Folded, folded
from yamlsync.wording.passages import Kept

TEXT = """\
# Expose it

You have three pods. Each of them has
an address of its own.

## Create the service

```bash
kubectl expose deployment web --port 80 --target-port 8080 --name web
```

It answers at once.

## Look at it

1. One
2. Two

| a | b |
| --- | --- |
| 1 | 2 |

The end.
"""


def course(*steps: Step, **facts: Any) -> Workshop:
    plain = Workshop("c", "Course", "v1", 1, steps)
    return evolve(plain, **facts)


def step(id: str, position: int = 1, **fields: Any) -> Step:
    return evolve(Step(id, f"Title {id}", "o/c:v1", position), **fields)


def story(old: Workshop, new: Workshop) -> Story:
    return story_of([old], [new], diff([old], [new]))


def shown(old: str | None, new: str | None, **view: Any) -> list[str]:
    """The lines that tell of another text, without those above."""
    told = story(course(step("a", markdown=old)), course(step("a", markdown=new)))
    return render_story(told, (), View(**view)).splitlines()[3:]


def brackets(text: str, **style: Any) -> str:
    """Colours as tests can read them."""
    return f"<{style.get('fg', '')}{'*' * bool(style.get('bold'))} {text}>"


def test_what_was_kept_is_folded_and_the_heading_above_is_named() -> None:
    assert shown(TEXT, TEXT.replace("at once", "soon")) == [
        "    text: 1 line changed",
        "    ⋯ 9 lines as before; under “Create the service”:",
        "      │ ```",
        "",
        "    - It answers at once.",
        "    + It answers soon.",
        "",
        "      ## Look at it",
        "    ⋯ 9 lines as before",
    ]


def test_prose_is_broken_anew_and_code_is_cut() -> None:
    new = TEXT.replace("three pods", "four pods").replace("--port 80 ", "--port 81 ")
    assert shown(TEXT, new, width=44, context=0) == [
        "    text: 2 lines changed",
        "    ⋯ 2 lines as before; under “Expose it”:",
        "    - You have three pods. Each of them has",
        "    + You have four pods. Each of them has",
        "    ⋯ 5 lines as before; under “Create the",
        "    service”:",
        "    - │ kubectl expose deployment web --port",
        "    - ┊  80 --target-port 8080 --name web",
        "    + │ kubectl expose deployment web --port",
        "    + ┊  81 --target-port 8080 --name web",
        "    ⋯ 14 lines as before",
    ]


def test_lines_of_one_paragraph_are_told_together() -> None:
    new = TEXT.replace("three pods", "four pods").replace("an address of its own", "one address")
    assert shown(TEXT, new, context=0)[2:4] == [
        "    - You have three pods. Each of them has an address of its own.",
        "    + You have four pods. Each of them has one address.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b\nc d\ne f\n", "a\nb c\nd e f\n", "    ~ (3 lines re-wrapped into 3, with the same words)"),
        ("a\n", "a", "    ~ (no line break at the end of the text)"),
        ("a", "a\n", "    ~ (a line break at the end of the text)"),
        ("a\nb\n", "a\r\nb\r\n", "    ~ (2 lines end in CRLF instead of LF)"),
    ],
)
def test_what_cannot_be_seen_is_said_in_one_line(old: str, new: str, expected: str) -> None:
    assert shown(old, new)[1:] == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a  b\n", "a b\n", ["    - a··b", "    + a·b", "    ~ (only the blanks between words changed)"]),
        ("a\n", "a  \n", ["    - a", "    + a··", "    ~ (only the blanks at the ends of lines changed)"]),
        ("a b\n", "a\xa0b\n", ["    - a·b", r"    + a\xa0b", "    ~ (only invisible characters changed)"]),
    ],
)
def test_white_space_and_what_is_invisible_is_made_visible(old: str, new: str, expected: list[str]) -> None:
    assert shown(old, new)[1:] == expected


def test_words_are_marked_in_brackets_where_asked_for() -> None:
    lines = shown("One two three four\n", "One two 3 four, five\n", word_diff=True)
    assert lines[1:] == ["    ~ One two [-three-]{+3+} four{+, five+}"]


def test_words_are_marked_by_colours_where_there_are_any() -> None:
    lines = shown("One two three four\n", "One two 3 four\n", style=brackets)
    assert lines[1:] == [
        "    <red -> <red One two ><red* three><red  four>",
        "    <green +> <green One two ><green* 3><green  four>",
    ]


def test_words_are_marked_too_where_lines_were_broken_anew_and_no_break_is_a_word() -> None:
    old = "Each client opens a new connection\nto one pod and keeps it for a while\n"
    new = "Each client opens a new\nconnection to one pod and holds it\nfor a while\n"
    assert shown(old, new, word_diff=True) == [
        "    text: 2 lines changed, 1 new",
        "    - Each client opens a new connection to one pod and [-keeps-] it for a while",
        "    + Each client opens a new connection to one pod and {+holds+} it for a while",
    ]


def test_another_id_of_the_workshop_is_a_line_like_its_other_changes() -> None:
    told = story(course(step("a")), course(step("a"), id="d", version="v2"))
    assert render_story(told, (), View()).splitlines() == [
        "2 changes to the workshop itself",
        "",
        "workshop “Course” (d)",
        "    id: c became d",
        "    version: “v1” became “v2”",
    ]


def test_a_step_that_has_no_title_is_named_by_its_id_without_quotes() -> None:
    told = story(course(step("a", title="")), course(step("a", title="", image_tag="o/d:v1")))
    assert render_story(told, (), View()).splitlines()[2] == "~ step 1 a"


def test_a_number_stays_beside_its_sign_and_is_no_escape_in_ascii() -> None:
    long = [f"Sentence number {number} of this step.\n" for number in range(30)]
    old, new = course(step("a", markdown="".join(long))), course(step("b", markdown="".join(long[:24])))
    told = story(old, new)
    heading = render_story(told, (), View()).splitlines()[2]
    assert re.fullmatch("→ step 1 “Title [ab]” \\(b\\), was a, \\d\\d\N{NO-BREAK SPACE}% alike", heading)
    assert re.search("was a, \\d\\d % alike", render_story(told, (), View(encoding="ascii")))


def test_a_new_step_is_told_by_what_it_is_and_how_it_begins() -> None:
    new = step(
        "b",
        2,
        markdown="".join(f"Line {number}\n\n" for number in range(20)),
        metadata=(Metadata("difficulty", "easy"), Metadata("hint.1", "Look")),
        goss_spec="file:\n  /x:\n    exists: true\n",
    )
    told = story(course(step("a")), course(step("a"), new))
    assert render_story(told, (), View()).splitlines() == [
        "1 step added",
        "",
        "+ step 2 “Title b” (b), new",
        "    image: o/c:v1",
        "    metadata: difficulty “easy”",
        "    hints: 1",
        "    checks: 1",
        "      The file `/x` exists",
        "    text: 40 lines",
        *[line for number in range(4) for line in (f"    + Line {number}", "    +")][:-1],
        "    ⋯ 33 more lines",
    ]
    whole = step_text(told.workshops[0].steps[1]).splitlines()
    assert len([line for line in whole if line.startswith("    + Line")]) == 20


def test_a_new_step_that_was_asked_for_is_told_whole() -> None:
    new = step(
        "b",
        9,
        markdown="Text\n" * 20,
        navigation=Navigation("b", None, 'steps["a"].completed'),
        metadata=(
            Metadata("explain", f"{'word ' * 20}LAST"),
            Metadata("hint.1", "Look\nagain"),
            Metadata("x", ""),
        ),
        goss_spec="command:\n" + "".join(f"  c{number}: {{exit-status: 0}}\n" for number in range(9)),
    )
    told = story(course(step("a")), course(step("a"), new))
    lines = [
        "    image: “o/c:v1”",
        "    position: 9",
        "    next leads to b",
        "    prev leads nowhere",
        '    opens when: “steps["a"].completed”',
        "    metadata explain:",
        "    + word word word word word word word word word word word word word word word",
        "    + word word word word word LAST",
        "    hint 1:",
        "    + Look again",
        "    metadata x: “”",
        "    checks: 9",
        *[f"      The command `c{number}` ends with 0" for number in range(9)],
        "    as they are typed: 10 lines",
        "    +   command:",
        *[f"    +     c{number}: {{exit-status: 0}}" for number in range(9)],
        "    text: 20 lines",
        "    + Text Text Text Text Text Text Text Text Text Text Text Text Text Text Text",
        "    + Text Text Text Text Text",
    ]
    assert render_story(told, (), View(), is_part=True).splitlines()[1:] == lines
    back = story(course(step("a"), new), course(step("a")))
    assert render_story(back, (), View(), is_part=True).splitlines()[1:] == [
        f"    -{line[5:]}" if line.startswith("    +") else line for line in lines
    ]


@given(strategies.workshops("c", ["a"], ["a"]), st.booleans())
def test_of_a_step_that_was_asked_for_nothing_is_left_out(found: Workshop, is_new: bool) -> None:
    (record,) = found.steps
    sides = [course(), course(record)] if is_new else [course(record), course()]
    lines = render_story(story(*sides), (), View(width=10**6), is_part=True).split("\n")
    text = "\n".join(line for line in lines if line.startswith(("    ", "+ ", "- ")))
    texts = [record.title, record.image_tag, record.goss_spec, record.markdown]
    texts += [each for row in record.metadata for each in (row.key, row.value)]
    words = [word for each in texts for word in re.findall("[A-Za-z0-9]+", each or "")]
    assert [word for word in words if word not in text] == []
    shown = "\n".join(line for line in lines if line.startswith("    "))
    assert "…" not in shown or any("…" in (each or "") for each in texts)


def test_the_lines_of_checks_follow_where_a_sentence_leaves_something_out() -> None:
    arguments = ", ".join(f"argument-{number}" for number in range(60))
    old = f"command:\n  x:\n    exec: [{arguments}, safe]\n    exit-status: 0\n"
    sides = (course(step("a", goss_spec=each)) for each in (old, old.replace("safe", "EVIL")))
    lines = render_story(story(*sides), (), View(width=2000, word_diff=True)).splitlines()[3:]
    assert lines[0].startswith("    check command x: exec …")
    assert lines[0].endswith('"EVIL"]')
    assert lines[1:] == [
        "        command:",
        "          x:",
        f"    ~       exec: [{arguments}, [-safe-]{{+EVIL+}}]",
        "            exit-status: 0",
    ]


def test_a_move_and_a_rename_are_told_in_the_heading_and_what_follows_is_counted() -> None:
    long = "".join(f"Sentence number {number} of this step.\n" for number in range(30))
    old = course(step("a"), step("b", 2), step("c", 3, markdown=long), step("d", 4))
    new = course(step("d", 1), step("a", 2), step("b", 3), step("e", 4, markdown=long, title="New"))
    told = story(old, new)
    assert render_story(told, (), View()).splitlines() == [
        "1 step renamed, 1 moved",
        "",
        "↕ step 1 “Title d” (d), moved from place 4, now first",
        "",
        "→ step 4 “New” (e), was c",
        "    title: “Title c” became “New”",
        "",
        "  (the places of 3 steps follow from this)",
    ]


def test_facts_of_the_workshop_stand_below_its_heading() -> None:
    told = story(course(step("a")), course(step("a"), name="Another", version="v2"))
    assert render_story(told, (), View()).splitlines() == [
        "2 changes to the workshop itself",
        "",
        "workshop “Another” (c)",
        "    name: “Course” became “Another”",
        "    version: “v1” became “v2”",
    ]


def test_long_values_are_told_line_by_line_and_scripts_are_not_broken_anew() -> None:
    script = "cd /workshop\nkubectl apply -f pod.yaml\nkubectl get pods\n"
    old = step("a", metadata=(Metadata("solve", script),))
    new = step("a", metadata=(Metadata("solve", script.replace("get pods", "get pod first")),))
    assert render_story(story(course(old), course(new)), (), View()).splitlines()[3:] == [
        "    metadata solve:",
        "      cd /workshop",
        "      kubectl apply -f pod.yaml",
        "    - kubectl get pods",
        "    + kubectl get pod first",
    ]


def test_an_encoding_without_our_signs_gets_others() -> None:
    new = TEXT.replace("at once", "at öncé 漢")
    lines = render_story(
        story(course(step("a", markdown=TEXT)), course(step("a", markdown=new))), (), View(encoding="ascii")
    )
    assert lines.isascii()
    assert r"    + It answers at \xf6nc\xe9 \u6f22." in lines.splitlines()
    assert '    ... 9 lines as before; under "Create the service":' in lines.splitlines()
    assert "      | ```" in lines.splitlines()


def test_wide_characters_take_two_columns() -> None:
    new = "漢字" * 40 + "\n"
    for line in shown("x\n", new, width=30)[1:]:
        assert width(line) <= 30
    assert list(cut("漢字漢", 4)) == ["漢字", "漢"]


def test_respelled_files_are_told_in_one_line() -> None:
    paths = ("a.yaml", "b.yaml", "c.yaml", "d.yaml")
    same = story(course(step("a")), course(step("a")))
    assert render_story(same, paths, View(width=200)) == (
        "no change of content: only comments or spelling differ in 4 files: a.yaml, b.yaml, c.yaml and 1 more"
    )
    other = story(course(step("a")), course(step("a", title="X")))
    assert render_story(other, paths[:1], View()).splitlines()[-2:] == [
        "",
        "only comments or spelling differ in 1 file besides: a.yaml",
    ]


_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_WORKSHOPS = strategies.contents(with_state=False).map(lambda contents: contents.workshops)
_VIEWS = st.builds(
    View,
    width=st.integers(0, 120),
    style=st.sampled_from([View().style, lambda text, **style: click.unstyle(click.style(text, **style))]),
    encoding=st.sampled_from(["utf-8", "ascii", "cp1252", "no such"]),
    word_diff=st.booleans(),
    context=st.integers(0, 3),
)


@settings(deadline=None)
@given(st.one_of(edited(), st.tuples(_WORKSHOPS, _WORKSHOPS)), _VIEWS)
def test_any_two_workshops_can_be_told_apart_in_text(sides: Any, view: View) -> None:
    old, new = sides
    changes = diff(old, new)
    told = story_of(old, new, changes)
    text = render_story(told, (), view)
    assert not _CONTROL.search(text)
    assert bool(text) == bool(changes)
    for workshop in told.workshops:
        for each in workshop.told:
            assert step_text(each, view)


@settings(deadline=None)
@given(strategies.contents(with_state=False), st.text(), st.text(), _VIEWS)
def test_any_two_texts_fit_into_the_terminal(contents: Any, old: str, new: str, view: View) -> None:
    told = story(course(step("a", markdown=old)), course(step("a", markdown=new)))
    text = render_story(told, (), evolve(view, encoding="utf-8"))
    assert bool(text) == (old != new)
    assert all(width(line) <= max(view.width, 20) for line in text.splitlines())


@settings(deadline=None)
@given(st.lists(st.sampled_from(["", "a", "b", "# c", "```", "    d"]), max_size=30), st.data())
def test_every_line_that_was_kept_is_shown_or_counted(lines: list[str], data: st.DataObject) -> None:
    new = [line for line in lines if data.draw(st.booleans())]
    passages = text_passages(TextChanged("a", "\n".join(lines), "\n".join(new)))
    kept = sum(len(each.new) for each in passages if isinstance(each, Kept))
    context = data.draw(st.integers(0, 3))
    told = without_edges(folded(passages, context))
    assert kept == sum(
        each.count if isinstance(each, Folded) else len(each.new)
        for each in told
        if isinstance(each, Folded | Kept)
    )

"""What changed, as a comment on a pull request (DIF-60 to DIF-66)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.edited import Sides, any_two, edited
from tests.pages import hostile
from tests.renditions import reviews
from tests.renditions.github_markdown import HOSTILE, acts, fences, is_balanced, outside_fences, tokens
from yamlsync.changes.comparing import diff
from yamlsync.opening import RevisionDirectory
from yamlsync.records import Metadata, Navigation, Step, Workshop
from yamlsync.renditions.escaping import escaped, fenced, in_fence, marker, size
from yamlsync.renditions.markdown import COMMENT, LEAST, page_marker, render
from yamlsync.renditions.story import story_of
from yamlsync.renditions.text import render_story
from yamlsync.renditions.view import View
from yamlsync.tree import in_memory

ALL_HOSTILE = [*hostile.HOSTILE.values(), *HOSTILE]


def _workshop(*steps: Step, name: str = "Course") -> Workshop:
    return Workshop("course", name, "v1", "2026-01-15", steps)


def _step(number: int, text: str | None = None, **fields: Any) -> Step:
    step = Step(f"step-{number}", f"Step {number}", "org/course:1", number, None, (), None, text)
    return evolve(step, **fields)


def _page(old: Workshop, new: Workshop, limit: int = COMMENT) -> str:
    return render(reviews.comparison(((old,), (new,))), limit)


def test_an_edit_of_prose_is_told_in_a_row_and_word_by_word_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reviews.copy(Path("old"))
    reviews.edit_prose(reviews.copy(Path("course")))

    page = render(reviews.compared(Path("old"), Path("course")))

    assert page == (Path(__file__).parent / "edit_of_prose.md").read_text(encoding="utf-8").rstrip("\n")
    assert (acts(page), is_balanced(page)) == ([], True)


def test_a_split_with_a_rename_is_told_as_that(tmp_path: Path) -> None:
    reviews.split_step(reviews.copy(tmp_path / "course"))

    page = render(reviews.compared(reviews.SAMPLE, tmp_path / "course"))

    assert [line for line in outside_fences(page) if line.startswith("| ")] == [
        "| | step | what changed |",
        "| --- | --- | --- |",
        (
            "| → | 4 “Give pods a stable address” (stable-address) | was services, "
            "79\N{NO-BREAK SPACE}% alike; text: 68 lines gone |"
        ),
        "| + | 5 “Share the work between pods” (balancing) | new; 69 lines of text |",
    ]
    assert len(fences(page, "mermaid")) == 1
    gone, come = fences(page, "diff")
    assert "\n-## Break it, mend it\n" in gone
    assert come.startswith("+# Share the work between pods\n+\n+## Call it from your machine\n")
    assert come.endswith("@@ 57 more lines @@\n")
    assert (acts(page), is_balanced(page)) == ([], True)


def test_a_merge_tells_what_both_did(tmp_path: Path) -> None:
    reviews.merge_branches(reviews.copy(tmp_path / "course"))

    page = render(reviews.compared(reviews.SAMPLE, tmp_path / "course"))

    assert [line[:40] for line in outside_fences(page) if line.startswith("| ")][2:] == [
        "| ↕ | 2 “Find out why a pod does not sta",
        "| \N{MINUS SIGN} | 6 “Optional: all manifests with on",
        "| &#126; | 8 “Roll out a change and take",
    ]
    assert "<summary>The places of 5 steps and 8 links follow from this</summary>" in page
    assert (acts(page), is_balanced(page)) == ([], True)


def test_of_equal_workshops_nothing_is_told() -> None:
    same = _workshop(_step(1))

    assert _page(same, same) == (
        "<!-- yamlsync diff: new -->\n\n### What changed in “Course”\n\n"
        "Nothing that students see changed, from <code>old</code> to <code>new</code>."
    )


def test_files_that_only_look_other_are_one_line(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")
    reviews.edit(folder / "steps" / "probes.yaml", ("# Back past the", "# Leads back past the"))

    page = render(reviews.compared(reviews.SAMPLE, folder))

    assert page.split("\n\n")[2].startswith("Nothing that students see changed, from ")
    assert page.split("\n\n")[3].startswith("Only comments or spelling differ in 1 file: ")
    assert len(page.split("\n\n")) == 4


def test_a_long_value_is_shown_line_by_line() -> None:
    hint = "Look at the events first. " * 6
    before, after = (
        _step(1, metadata=(Metadata("hint.1", f"{hint}{end}."),)) for end in ("Or else", "If not")
    )

    page = _page(_workshop(before), _workshop(after))

    assert "- hint 1 changed:\n\n```diff\n" in page
    (block,) = fences(page, "diff")
    assert block == f"-{hint}[-Or else-].\n+{hint}{{+If not+}}.\n"


def test_a_line_break_that_became_a_blank_is_no_word_that_is_marked() -> None:
    old = "Each client opens a new connection\nto one pod and keeps it for a while\n"
    before, after = _step(1, old), _step(1, old.replace("\n", " ", 1).replace("keeps", "holds"))

    (block,) = fences(_page(_workshop(before), _workshop(after)), "diff")

    assert block == (
        "-Each client opens a new connection\n-to one pod and [-keeps-] it for a while\n"
        "+Each client opens a new connection to one pod and {+holds+} it for a while\n"
    )


def test_what_is_far_from_a_change_is_counted_as_in_text() -> None:
    text = "".join(f"Line {number}\n\n" for number in range(20))
    old, new = _workshop(_step(1, text)), _workshop(_step(1, text.replace("Line 19", "The end")))

    (block,) = fences(_page(old, new), "diff")
    told = render_story(story_of([old], [new], diff([old], [new])), (), View())

    folded = re.findall(r"@@ (\d+) lines as before", block)
    assert len(folded) == 1
    assert folded == re.findall(r"⋯ (\d+) lines as before", told)


def test_the_part_of_an_image_that_differs_is_in_its_row() -> None:
    before, after = (
        _step(1, image_tag=f"registry.example.org/yamlsync-samples/kubernetes-{end}:welcome-to-all")
        for end in ("basics", "first-steps")
    )

    page = _page(_workshop(before), _workshop(after))

    (row,) = (line for line in outside_fences(page) if line.startswith("| &#126;"))
    assert "kubernetes-basics” became “registry.example.org/yamlsync-samples/kubernetes-first-steps”" in row
    assert "<details>" not in page


def test_another_id_of_the_workshop_is_an_item_above_the_table() -> None:
    page = _page(_workshop(_step(1)), evolve(_workshop(_step(1)), id="other", version="v2"))

    assert "**workshop “Course” (other)**\n\n- id: course became other\n- version: “v1” became “v2”" in page


@pytest.mark.parametrize("ticks", [3, 4, 90])
def test_no_text_ends_the_block_that_it_stands_in(ticks: int) -> None:
    inside = f"{'`' * ticks}\nx\n{'`' * ticks}\n"
    page = _page(_workshop(_step(1, inside)), _workshop(_step(1, f"{inside}more\n{'`' * (ticks + 1)}")))

    assert f"+{'`' * (ticks + 1)}\n" in fences(page, "diff")[0]
    assert (acts(page), is_balanced(page)) == ([], True)


@pytest.mark.parametrize("text", ALL_HOSTILE, ids=range(len(ALL_HOSTILE)))
def test_nothing_that_an_author_writes_acts(text: str) -> None:
    line = hostile.one_line(text) or "x"
    check = f"command:\n  {line!r}:\n    exec: {line!r}\n"
    rows = (Metadata("hint.1", text), Metadata("a" + line, text))
    hostile_step = Step(line[:100], line, line, 2, Navigation(None, None, text), rows, check, text)
    changed = _step(1, f"{text}\nb\n", title=line, metadata=rows, goss_spec=check, image_tag=line)
    old = _workshop(_step(1, "a\nb\n", navigation=Navigation(None, None, "a")), _step(3, text, id=f"{line}3"))
    new = _workshop(evolve(changed, navigation=Navigation(line, None, text)), hostile_step, name=line)

    for page in (_page(old, new), _page(new, old), _page(new, new)):
        assert (acts(page), is_balanced(page)) == ([], True)
        page.encode()


@given(st.text() | st.lists(st.sampled_from(HOSTILE)).map(" ".join))
@example("@a#1")
def test_escaped_text_is_text_wherever_it_stands(text: str) -> None:
    shown = escaped(text)

    assert not acts(f"- x {shown}")
    assert not acts(f"| | a |\n| --- | --- |\n| | x {shown} |")
    assert not acts(f"<details>\n<summary>{shown}</summary>\n\n</details>")
    assert "\n" not in shown


@given(st.lists(st.text(alphabet="`~ a\t\x00@\n", max_size=9)))
def test_a_fence_is_ended_by_nothing_in_it(lines: list[str]) -> None:
    shown = [f"+{in_fence(line)}" for line in lines]
    found = tokens(f"{fenced(shown, 'diff')}\n\nbehind\n")

    assert [token.type for token in found[:2]] == ["fence", "paragraph_open"]
    assert found[0].content == "".join(f"{line}\n" for line in shown) or not shown


def _many(count: int, text: str, word: str) -> Workshop:
    return _workshop(
        *(_step(number, f"{text}{word}\n", title=f"{word} {number}") for number in range(1, count + 1))
    )


def test_a_thousand_changed_steps_are_cut_with_a_line_that_says_so() -> None:
    text = "A line of prose that goes on for a while.\n" * 20

    page = _page(_many(1000, text, "one"), _many(1000, text, "two"))

    assert COMMENT * 0.9 < size(page) <= COMMENT
    rows = sum(line.startswith("| &#126; |") for line in outside_fences(page))
    told = sum(line.startswith("<summary>") for line in outside_fences(page))
    assert rows > 200
    assert told > 50
    assert page.endswith(
        f"\n\nLeft out here, where there is no more room: {1000 - rows} steps of the table, the details of "
        f"{1000 - told} steps (step-{told + 1}, step-{told + 2}, step-{told + 3} and {997 - told} more). "
        "<code>yamlsync diff --output-format html</code> shows all."
    )
    assert is_balanced(page)


def test_one_huge_step_does_not_take_the_room_of_others() -> None:
    old = _workshop(_step(1, "a\n"), _step(2, "b\n"))
    new = _workshop(_step(1, "".join(f"line {number}\n" for number in range(50_000))), _step(2, "c\n"))

    page = _page(old, new)

    assert size(page) < COMMENT / 4
    assert re.search(r"\n@@ 4\d,\d\d\d more lines of this change @@\n", page)
    assert "-b\n+c\n" in page


def test_a_line_without_end_is_cut_around_what_changed() -> None:
    long = "word " * 30_000

    page = _page(_workshop(_step(1, f"{long}one {long}\n")), _workshop(_step(1, f"{long}two {long}\n")))

    assert [line for line in fences(page, "diff")[0].splitlines() if "one" in line or "two" in line] == [
        f"{sign}{long[:60]} … {long[-60:]}{marked} {long[:59]} … {long[-60:].strip()}"
        for sign, marked in (("-", "[-one-]"), ("+", "{+two+}"))
    ]


SIZES = st.integers(LEAST, 70_000)


@settings(deadline=None)
@given(edited() | any_two(), SIZES)
def test_any_two_workshops_make_a_page_within_its_limit(sides: Sides, limit: int) -> None:
    page = render(reviews.comparison(sides), limit)

    assert size(page) <= limit
    assert is_balanced(page)
    assert acts(page) == []
    assert page.split("\n")[0] == "<!-- yamlsync diff: new -->"


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 400), st.sampled_from(HOSTILE), st.integers(0, 30), SIZES)
def test_however_much_changed_the_page_is_within_its_limit(
    count: int, text: str, times: int, limit: int
) -> None:
    title = hostile.one_line(text) or "x"
    old = _workshop(*(_step(number, "a\n") for number in range(count)))
    new = _workshop(
        *(_step(number, f"{text}\n" * times, title=title * 9) for number in range(count)), name=title * 99
    )

    page = _page(old, new, limit)

    assert size(page) <= limit
    assert is_balanced(page)


def test_a_name_of_any_length_leaves_the_page_within_its_limit() -> None:
    for name in ("\u202e" * 5_000, "@" * 5_000, "x/" * 2_000, "😀" * 3_000):
        page = render(
            reviews.comparison(((_workshop(_step(1)),), ()), old=name, new=name),
            LEAST,
        )

        assert size(page) <= LEAST
        assert acts(page) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("course", "course"),
        ("./course/", "course"),
        (".", "."),
        ("a--b", "a%2D-b"),
        ("a-->b", "a%2D-%3Eb"),
        ("a-", "a%2D"),
        ("kürs kurs.db", "k%C3%BCrs%20kurs.db"),
        ("x\\y", "x/y"),
    ],
)
def test_a_page_is_found_again_by_the_name_of_the_new_side(name: str, expected: str) -> None:
    new = reviews.comparison(((), ()), new=name).new

    assert page_marker(new) == f"<!-- yamlsync diff: {expected} -->"


def test_the_revision_is_no_part_of_the_name() -> None:
    new = reviews.comparison(((), ()), new="course").new
    located = RevisionDirectory("abc123:course", in_memory({}), {}, "abc123", "course", None)  # type: ignore[arg-type]

    assert page_marker(evolve(new, name="abc123:course", located=located)) == page_marker(new)


@given(st.text(), st.text())
def test_two_names_have_two_markers_of_one_line(name: str, other: str) -> None:
    assert re.fullmatch(r"<!-- yamlsync diff: [^\s>]* -->", marker(name))
    assert "--" not in marker(name).removeprefix("<!--").removesuffix("-->")
    assert (marker(name) == marker(other)) == (name == other)


@given(st.text())
def test_a_length_is_that_in_utf_16(text: str) -> None:
    assert size(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2

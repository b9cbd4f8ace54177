"""Two versions of a step's file, told in words (GIT-60 to GIT-64)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamlsync.renditions.view import View
from yamlsync.step_diff import Told, tell

STEP = b"""\
id: a
title: Start
image_tag: org/course:a
# Seen by authors.
metadata:
  hint.1: look
goss_spec: |
  file:
    /x:
      exists: true
markdown: |
  # Start

  You start a pod, and then you look at it.
"""
VIEW = View(width=100)


def told(old: bytes | None, new: bytes | None) -> Told:
    return tell("steps/a.yaml", old, new, VIEW)


def words(new: bytes, old: bytes = STEP) -> list[str]:
    """The words below the heading."""
    found = told(old, new)
    assert (found.remarks, found.lines) == ((), ())
    return [line.strip() for line in found.words.split("\n")[1:]]


def test_each_change_is_told_in_words() -> None:
    new = STEP.replace(b"Start\nimage", b"Begin\nimage").replace(b"hint.1: look", b"hint.1: see")
    new = new.replace(b"org/course:a", b"org/course:b").replace(b"then you look", b"then look")
    assert words(new) == [
        "title: “Start” became “Begin”",
        "image: tag “a” became “b” of org/course",
        "hint 1: “look” became “see”",
        "text: 1 line changed",
        "# Start",
        "",
        "- You start a pod, and then you look at it.",
        "+ You start a pod, and then look at it.",
    ]


def test_the_heading_names_the_step_and_no_place() -> None:
    found = told(STEP, STEP.replace(b"Start\nimage", b"Begin\nimage"))
    assert found.words.split("\n")[0] == "~ step “Begin” (a)"


def test_a_step_with_another_id_was_renamed() -> None:
    found = told(STEP, STEP.replace(b"id: a", b"id: b"))
    assert "was a" in found.words.split("\n")[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"", b"position: 12\n", "position"),
        (b"", b"navigation:\n  next: null\n", "next"),
        (b"", b"navigation:\n  next: b\n", "next leads to b"),
        (b"navigation: none\n", b"", "navigation is new"),
        (b"navigation:\n  unlock_condition: x\n", b"", "opens"),
    ],
)
def test_what_follows_from_the_order_is_told_where_it_is_written(old: bytes, new: bytes, said: str) -> None:
    step = b"id: a\ntitle: Start\nimage_tag: i\n"
    (line,) = words(step + new, step + old)
    assert said in line


@pytest.mark.parametrize(
    "new", [STEP.replace(b"authors", b"nobody"), STEP.replace(b"title: Start", b"title: 'Start'")]
)
def test_a_change_of_comments_or_spelling_is_shown_by_its_lines(new: bytes) -> None:
    found = told(STEP, new)
    assert (found.remarks, found.words) == (("only comments or spelling changed",), "")
    assert sum(line.startswith((b"-", b"+")) for line in found.lines) == 2


def test_comments_that_changed_besides_are_not_passed_over() -> None:
    found = told(STEP, STEP.replace(b"authors", b"nobody").replace(b"Start\nimage", b"Begin\nimage"))
    assert found.remarks == ("comments changed, too: git diff --no-ext-diff shows them",)
    assert "“Begin”" in found.words


def test_a_file_that_is_new_or_gone_is_shown_by_its_lines() -> None:
    lines = STEP.splitlines(keepends=True)
    head = b"@@ -0,0 +1,14 @@\n"
    assert told(None, STEP) == Told(lines=(head, *(b"+" + line for line in lines)))
    assert told(STEP, None).lines[1:] == tuple(b"-" + line for line in lines)


@pytest.mark.parametrize("wrong", [b"kind: Deployment\n", b"id: [\n", b"<<<<<<< ours\n", b"\xff", b""])
def test_what_is_no_step_is_shown_by_its_lines_with_the_reason(wrong: bytes) -> None:
    for old, new, side in ((STEP, wrong, "new"), (wrong, STEP, "old")):
        found = told(old, new)
        (remark,) = found.remarks
        assert remark.startswith(f"not told in words, since the {side} file is no step: steps/a.yaml")
        assert found.words == ""
        assert found.lines


def test_another_step_in_place_of_one_is_shown_by_its_lines() -> None:
    found = told(STEP, b"id: zebra\ntitle: Quite another\nimage_tag: elsewhere:1\nmarkdown: Nothing alike.\n")
    assert found.remarks == ("another step, which has little in common with the old one",)
    assert found.lines


def test_ids_of_the_places_around_a_step_are_no_trouble() -> None:
    for id in (b"(the step before)", b"(the step after)"):
        step = STEP.replace(b"id: a", b"id: " + id)
        assert told(step, step.replace(b"Start\nimage", b"Begin\nimage")).remarks == ()


@given(st.lists(st.sampled_from(STEP.splitlines(keepends=True)), max_size=14), st.binary(max_size=20))
def test_whatever_the_files_are_something_is_told(lines: list[bytes], more: bytes) -> None:
    new = b"".join(lines) + more
    found = told(STEP, new)
    assert new == STEP or found.words or found.lines or found.remarks

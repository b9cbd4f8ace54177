"""What a reader is told of a change: all of it, in its place, and what is hard to see by name."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given

from tests.wording.texts import PAIRS, TEXTS, markdown_of_the_corpus
from yamlsync.wording.differences import Difference
from yamlsync.wording.graphemes import graphemes
from yamlsync.wording.lines import joined, lines
from yamlsync.wording.passages import (
    Changed,
    Count,
    Deleted,
    Inserted,
    Kept,
    Passage,
    by_line,
    count,
    new_text,
    old_text,
    passages,
    swapped,
)
from yamlsync.wording.words import Run


def told(of: Sequence[Passage]) -> list[str]:
    """Passages as a few lines: one sign for what became of them, and the words of what was changed."""
    found = []
    for passage in of:
        match passage:
            case Kept(_, new):
                found += [f"  {line.text}" for line in new]
            case Deleted(gone):
                found += [f"- {line.text}" for line in gone]
            case Inserted(come):
                found += [f"+ {line.text}" for line in come]
            case Changed(_, _, runs, how):
                found.append(f"{','.join(sorted(how))}: {marked(runs)}")
    return found


def marked(runs: Sequence[Run]) -> str:
    marks = {"kept": "{}", "deleted": "[-{}-]", "inserted": "[+{}+]"}
    return "".join(marks[run.act].format(run.text) for run in runs)


def changed(old: str, new: str) -> Changed:
    (passage,) = [passage for passage in passages(old, new) if not isinstance(passage, Kept)]
    assert isinstance(passage, Changed)
    return passage


@given(PAIRS)
def test_the_passages_are_the_two_texts(pair: tuple[str, str]) -> None:
    found = passages(*pair)
    assert pair == (old_text(found), new_text(found))
    of_both = [[line for passage in found for line in side(passage)] for side in (_old, _new)]
    assert of_both == [list(lines(text)) for text in pair]


def _old(passage: Passage) -> Sequence[object]:
    return (
        passage.lines
        if isinstance(passage, Deleted)
        else ()
        if isinstance(passage, Inserted)
        else passage.old
    )


def _new(passage: Passage) -> Sequence[object]:
    return (
        passage.lines
        if isinstance(passage, Inserted)
        else ()
        if isinstance(passage, Deleted)
        else passage.new
    )


@given(PAIRS)
def test_the_other_way_round_is_the_same_turned_round(pair: tuple[str, str]) -> None:
    old, new = pair
    assert passages(new, old) == swapped(passages(old, new))
    assert passages(old, new) == swapped(swapped(passages(old, new)))


@given(PAIRS)
def test_only_a_text_and_itself_are_kept_as_a_whole(pair: tuple[str, str]) -> None:
    old, new = pair
    assert (old == new) == all(isinstance(passage, Kept) for passage in passages(old, new))
    assert passages(old, old) == ((Kept(lines(old), lines(old)),) if old else ())


@given(PAIRS)
def test_the_words_of_changed_lines_are_these_lines(pair: tuple[str, str]) -> None:
    for passage in passages(*pair):
        if isinstance(passage, Changed):
            of_old = "".join(run.text for run in passage.runs if run.act != "inserted")
            of_new = "".join(run.text for run in passage.runs if run.act != "deleted")
            assert joined(passage.old) == of_old + passage.old[-1].ending
            assert joined(passage.new) == of_new + passage.new[-1].ending
            for act, side in (("deleted", passage.old), ("inserted", passage.new)):
                shown = by_line(passage.runs, act)  # type: ignore[arg-type]
                assert [line.text for line in side] == ["".join(run.text for run in line) for line in shown]
            assert passage.differences
            assert all(run.text for run in passage.runs)


@given(PAIRS)
def test_no_run_cuts_a_character(pair: tuple[str, str]) -> None:
    for passage in passages(*pair):
        if isinstance(passage, Changed):
            for of, other in (("old", "inserted"), ("new", "deleted")):
                runs = [run.text for run in passage.runs if run.act != other]
                of_runs = [character for run in runs for character in graphemes(run)]
                assert of_runs == list(graphemes("".join(runs))), of


@given(PAIRS)
def test_passages_that_touch_are_told_apart_by_what_they_are(pair: tuple[str, str]) -> None:
    found = passages(*pair)
    for one, after in itertools.pairwise(found):
        assert not (type(one) is type(after) and not isinstance(one, Changed))
        assert not (isinstance(one, Inserted) and isinstance(after, Deleted))


@given(TEXTS)
def test_a_text_that_comes_in_is_inserted_as_a_whole(text: str) -> None:
    assert passages("", text) == ((Inserted(lines(text)),) if text else ())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b\n", "a  b\n", {"spacing"}),
        ("a\tb\n", "a b\n", {"spacing"}),
        ("a b\n", "  a b\n", {"indentation"}),
        ("a b\n", "a b \n", {"trailing"}),
        ("a b\n", "a b", {"last newline"}),
        ("a b\n", "a b\r\n", {"endings"}),
        ("a b\n", "a\u00a0b\n", {"invisible"}),
        ("a b\n", "a\u200b b\n", {"invisible"}),
        ("ab\n", "a\u200bb\n", {"invisible"}),
        ("a b\n", "\u202ea b\n", {"invisible"}),
        ("a ❤\n", "a ❤\ufe0f\n", {"invisible"}),
        ("a pod\n", "a  pod \r\n", {"spacing", "trailing", "endings"}),
        ("the pod\n", "the cod ", {"words", "trailing", "last newline"}),
        ("one two three\nfour five six\n", "one two\nthree four five six\n", {"wrapping"}),
    ],
)
def test_what_is_hard_to_see_is_named(old: str, new: str, expected: set[Difference]) -> None:
    assert expected == changed(old, new).differences
    assert expected == changed(new, old).differences


def test_a_last_line_that_goes_on_is_kept() -> None:
    found = passages("a", "a\nb")
    assert told(found) == ["  a", "+ b"]


def test_a_text_with_other_line_ends_is_one_passage() -> None:
    passage = changed("a\n\nb\n", "a\r\n\r\nb\r\n")
    assert (len(passage.old), len(passage.new)) == (3, 3)
    assert passage.differences == frozenset({"endings"})


def test_words_are_marked_in_lines_that_belong_together_and_in_no_others() -> None:
    old = "Run the command:\n\nkubectl get pods\n\nBye now.\n"
    new = "Run this command in a terminal:\n\nkubectl get pods\n\nYou have done it, congratulations!\n"
    assert told(passages(old, new)) == [
        "words: Run [-the-][+this+] command[+ in a terminal+]:",
        "  ",
        "  kubectl get pods",
        "  ",
        "- Bye now.",
        "+ You have done it, congratulations!",
    ]


def test_lines_are_paired_past_others_that_came_in() -> None:
    old = "Install the package with apt.\nThen restart the server.\n"
    new = "Before you begin, read on.\n\nInstall the packages with apt.\n\nThen restart your server.\n"
    assert told(passages(old, new)) == [
        "+ Before you begin, read on.",
        "+ ",
        "words: Install the [-package-][+packages+] with apt.",
        "+ ",
        "words: Then restart [-the-][+your+] server.",
    ]


def test_a_paragraph_that_was_broken_anew_is_told_as_that() -> None:
    old = "Pods are the smallest units\nthat you can create and\nmanage in Kubernetes.\n"
    new = "Pods are the smallest units that\nyou can create and manage\nin Kubernetes.\n"
    passage = changed(old, new)
    assert (len(passage.old), len(passage.new)) == (3, 3)
    assert passage.differences == frozenset({"wrapping"})
    assert all(run.is_unseen for run in passage.runs if run.act != "kept")


def test_a_word_is_seen_in_a_paragraph_that_was_broken_anew_for_it() -> None:
    old = "Pods are the smallest deployable units that you create\nand manage in Kubernetes, it says.\n"
    new = "Pods are the smallest units that you create and manage\nin Kubernetes, it says.\n"
    assert told(passages(old, new)) == [
        (
            "words,wrapping: Pods are the smallest [-deployable -]units that you create[-\n-][+ +]and manage"
            "[- -][+\n+]in Kubernetes, it says."
        )
    ]


def test_code_is_never_told_as_broken_anew() -> None:
    found = passages("```\none two three\nfour five six\n```\n", "```\none two\nthree four five six\n```\n")
    assert all("wrapping" not in passage.differences for passage in found if isinstance(passage, Changed))


def test_a_block_that_came_in_is_one_piece() -> None:
    old = "# A\n\n```sh\nls\n```\n\nBye.\n"
    new = "# A\n\n```sh\npwd\n```\n\n```sh\nls\n```\n\nBye.\n"
    assert told(passages(old, new)) == [
        "  # A", "  ", "+ ```sh", "+ pwd", "+ ```", "+ ", "  ```sh", "  ls", "  ```", "  ", "  Bye.",
    ]  # fmt: skip


def test_a_script_without_blanks_is_told_by_characters() -> None:
    assert told(passages("สวัสดีชาวโลก\n", "สวัสดีครับชาวโลก\n")) == ["words: สวัสดี[+ครับ+]ชาวโลก"]
    assert told(passages("甲乙丙丁戊己庚辛。\n", "甲乙丙子丑戊己庚辛。\n")) == [
        "words: 甲乙丙[-丁-][+子丑+]戊己庚辛。"
    ]


def test_an_emoji_of_several_is_one() -> None:
    assert told(passages("We ship 👩‍💻 today\n", "We ship 👨‍💻 today\n")) == [
        "words: We ship [-👩‍💻-][+👨‍💻+] today"
    ]


def test_lines_are_counted_as_git_counts_them() -> None:
    assert Count(deleted=2, inserted=2, kept=1, changed=1) == count(
        passages("a b c\nx\nq\n", "a b d\nx\nz\n")
    )


def some_text(size: int) -> str:
    numbers = random.Random(size)
    known = ["pod", "node", "the", "run", "a", "service", "kubectl", "wait", "for", "it", "and", "then"]
    found: list[str] = []
    length = 0
    while length < size:
        found.append(" ".join(numbers.choice(known) for _ in range(numbers.randrange(12))))
        length += len(found[-1]) + 1
    return "\n".join(found)[:size]


def edits(text: str, many: int) -> str:
    numbers = random.Random(many)
    of_text = text.split("\n")
    for _ in range(many):
        of_text[numbers.randrange(len(of_text))] += f" edited {numbers.randrange(9)}"
    return "\n".join(of_text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (some_text(1_000_000), edits(some_text(1_000_000), 20_000)),
        ("a b c\n" * 20_000, "a b d\n" * 20_000),
        ("x\n\n" * 30_000, "y\n\n" * 20_000),
        ("ก" * 100_000, "กข" * 50_000),
        ("\n" * 100_000, " \n" * 90_000),
        ("```\n" * 30_000, "~~~\n" * 20_000),
        ("# " + " " * 300_000 + "x", "# " + " " * 300_000 + "y"),
        ("- " * 100_000, "> " * 100_000),
        ("a\n---" + " " * 300_000 + "x", "a|b\n-|-" + " " * 300_000 + "x"),
    ],
    ids=["edits", "lines", "alternating", "thai", "blanks", "fences", "heading", "marks", "table"],
)
def test_no_texts_take_long(old: str, new: str) -> None:
    start = time.monotonic()
    found = passages(old, new)
    taken = time.monotonic() - start
    assert (old, new) == (old_text(found), new_text(found))
    assert taken < 30


def test_real_texts_and_their_edits_are_told_exactly() -> None:
    texts = markdown_of_the_corpus()
    if not texts:
        pytest.skip("the corpus is missing")
    for old, new in itertools.pairwise(texts):
        for other in (new, edits(old, 5)):
            found = passages(old, other)
            assert (old, other) == (old_text(found), new_text(found))

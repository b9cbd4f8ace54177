"""The sentences that all renditions share (DIF-51)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.changes.checked import specs
from tests.edited import edited
from yamlsync.changes import model
from yamlsync.changes.checks import AttributeChanged, CheckAdded, CheckChanged, CheckRemoved
from yamlsync.changes.comparing import diff
from yamlsync.changes.model import Numbering
from yamlsync.changes.structures import check_changes
from yamlsync.relative import RelativeNavigation
from yamlsync.renditions.check_values import both
from yamlsync.renditions.counting import counted, text_passages
from yamlsync.renditions.headings import followed, heading, summary, workshop_heading
from yamlsync.renditions.quoting import brief, pair
from yamlsync.renditions.story import story_of
from yamlsync.renditions.words import fact, is_cut, sentence, sentences
from yamlsync.wording.columns import width
from yamlsync.wording.passages import count

GOSS = "file:\n  /x:\n    exists: true\n    mode: '0644'\n"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (model.TitleChanged("a", "A", "B"), "title: “A” became “B”"),
        (model.ImageChanged("a", "o/c:v1", "o/c:v2"), "image: tag “v1” became “v2” of o/c"),
        (
            model.ImageChanged("a", "r:5/c:v1", "o/c:v1"),
            "image: “r:5/c” became “o/c”, with the tag “v1” as before",
        ),
        (model.ImageChanged("a", "o/c", "o/c:v2"), "image: now the tag “v2” of o/c"),
        (
            model.ImageChanged("a", "o/c:1@sha256:a", "o/c:1@sha256:b"),
            "image: digest “sha256:a” became “sha256:b” of o/c",
        ),
        (model.ImageChanged("a", "o/c:v1", "p/d:v2"), "image: “o/c:v1” became “p/d:v2”"),
        (model.ImageChanged("a", "", "p/d:v2"), "image: “” became “p/d:v2”"),
        (model.HintChanged("a", "hint.2", None, "Look"), "hint 2 is new: “Look”"),
        (model.HintChanged("a", "hint.2", "Look", None), "hint 2 is gone: “Look”"),
        (model.HintChanged("a", "hint.2", "Look", "See"), "hint 2: “Look” became “See”"),
        (model.HintMoved("a", "hint.1", "hint.2", "Look"), "hint 1 is now hint 2"),
        (
            model.MetadataChanged("a", "difficulty", "easy", "hard"),
            "metadata difficulty: “easy” became “hard”",
        ),
        (model.MetadataChanged("a", "a b", None, "x"), "metadata “a b” is new: “x”"),
        (model.ConditionChanged("a", None, "x > 1"), "opens when x > 1 instead of always"),
        (model.ConditionChanged("a", "x > 1", None), "opens always instead of when x > 1"),
        (model.ConditionChanged("a", "x", "y"), "opens when y instead of when x"),
        (
            model.LinkChanged("a", "next", "b", "c", old_follows=True, new_follows=False),
            "next leads to c instead of to b",
        ),
        (
            model.LinkChanged("a", "prev", None, "c", old_follows=False, new_follows=False),
            "prev leads back to c instead of nowhere",
        ),
        (
            model.LinkChanged("a", "next", "b", None, old_follows=False, new_follows=True),
            "next leads nowhere instead of to b, by the order of the steps",
        ),
        (
            model.LinkChanged("a", "next", "b", "b", old_follows=False, new_follows=True),
            "next still leads to b, now because of the order of the steps",
        ),
        (
            model.LinkChanged("a", "next", "b", "b", old_follows=True, new_follows=False),
            "next still leads to b, now whatever the order of the steps",
        ),
        (model.LinkFollowed("a", "next", "b", "c"), "next leads to c instead of to b"),
        (model.PlaceFollowed("a", 1, 2), "stands at place 2 instead of 1"),
        (
            model.NavigationChanged("a", None, RelativeNavigation("b", None, "x")),
            "navigation is new; next leads to b; prev leads nowhere; opens when x",
        ),
        (model.NavigationChanged("a", RelativeNavigation(), None), "navigation is gone"),
        (model.PositionChanged("a", 4, 5), "position: 4 became 5"),
        (model.PositionChanged("a", None, 5), "position: 5, no longer one more than that of the step before"),
        (model.PositionChanged("a", 4, None), "position: one more than that of the step before, no longer 4"),
        (
            model.Renumbered("w", Numbering(1, 1), Numbering(10, 10)),
            "positions: 1, 2, 3 … became 10, 20, 30 …",
        ),
        (
            model.Renumbered("w", Numbering(10, 10), Numbering(10, 10)),
            "positions are 10, 20, 30 …, as before",
        ),
        (model.WorkshopFieldChanged("w", "version", "v1", "v2"), "version: “v1” became “v2”"),
        (model.WorkshopFieldChanged("w", "first_position", 1, 10), "first position: “1” became “10”"),
        (
            model.WorkshopFieldChanged("w", "created_at", "1", 1),
            "created_at: “1 (a text)” became “1 (a whole number)”",
        ),
        (model.TextChanged("a", None, "1\n2\n"), "text is new: 2 lines"),
        (model.TextChanged("a", "1\n2\n", None), "text is gone: 2 lines"),
        (model.TextChanged("a", None, ""), "text is new: empty"),
        (
            model.TextChanged("a", "One two three four\n", "One two three five\n\nNew\n"),
            "text: 1 line changed, 2 new",
        ),
        (model.TextChanged("a", "One\n", "One\n\n"), "text: 1 blank line new"),
        (model.StepRenamed("a", "b", 100), "step a is now b"),
        (model.StepRenamed("a", "b c", 100), "step a is now “b c”"),
        (model.TextChanged("a", "a b\nc\n", "a\nb c\n"), "text: only the line breaks"),
        (model.TextChanged("a", "a\n", "a\r\n"), "text: only the line endings (LF, CRLF)"),
        (model.StepRenamed("a", "b", 87), "step a is now b, 87\N{NO-BREAK SPACE}% alike"),
        (model.StepMoved("a", "w", "x", "w", None), "step a moved, now first"),
        (model.StepMoved("a", "v", "x", "w", "y"), "step a moved from workshop v, now behind y"),
    ],
)
def test_each_change_has_its_sentence(change: model.Change, expected: str) -> None:
    assert sentence(change) == expected


def test_checks_are_told_one_by_one() -> None:
    change = model.GossChanged(
        "a",
        "port:\n  80:\n    listening: true\n",
        GOSS,
        (
            CheckAdded("file", "/x", {"exists": True, "mode": "0644"}),
            CheckRemoved("port", "80", {"listening": True}),
            CheckChanged(
                "command",
                "it runs",
                (
                    AttributeChanged(("exit-status",), 0, 1),
                    AttributeChanged(("exec",), "kubectl get pods", "kubectl get pod first"),
                    AttributeChanged(("mode",), "1", 1),
                    AttributeChanged(("stdout", 1), None, "/^web$/", is_in_old=False),
                    AttributeChanged(("timeout",), 1000, None, is_in_new=False),
                    AttributeChanged(("meta", "owner"), ["a"], {"b": 1}),
                ),
            ),
        ),
    )
    assert sentences(change) == (
        "check is new: the file `/x` exists; its mode is `0644`",
        "check is gone: the port `80` is listened on",
        "check command “it runs”: exit-status 0 became 1",
        "check command “it runs”: exec: “kubectl get pods” became “kubectl get pod first”",
        "check command “it runs”: mode 1 (a text) became 1 (a number)",
        "check command “it runs”: stdout: “/^web$/” is new",
        "check command “it runs”: timeout is gone: 1000",
        'check command “it runs”: meta, owner ["a"] became {"b": 1}',
    )
    assert sentence(change).endswith("exec: “kubectl get pods” became “kubectl get pod first”; and 4 more")


@pytest.mark.parametrize(
    ("old", "new", "checks", "expected"),
    [
        (GOSS, GOSS + "# more\n", (), "checks ask the same; only comments or spelling differ: 1 line new"),
        (GOSS, "{{ x }}\n", None, "checks: 1 line new, 4 gone"),
        (None, "{{ x }}\n", None, "checks are new: 1 line"),
        (GOSS, None, None, "checks are gone: 4 lines"),
        (None, "{}\n", (), "a goss spec without checks is new"),
    ],
)
def test_checks_that_cannot_be_told_apart_are_told_by_their_lines(
    old: str | None, new: str | None, checks: tuple[()] | None, expected: str
) -> None:
    assert sentences(model.GossChanged("a", old, new, checks)) == (expected,)


def _spec(*names: str, run: str = "ls") -> str:
    return "command:\n" + "".join(f"  {name!r}:\n    exec: {run}\n    exit-status: 0\n" for name in names)


def _goss(old: str, new: str) -> tuple[str, ...]:
    return sentences(model.GossChanged("a", old, new, check_changes(old, new)), 40)


def test_a_check_that_only_has_another_name_is_one_sentence() -> None:
    assert _goss(_spec("three addresses"), _spec("exactly three addresses")) == (
        "check command “three addresses” is now “exactly three addresses”",
    )
    start = "the web server answers on its own address "
    (told,) = _goss(_spec(f"{start}once"), _spec(f"{start}twice"))
    assert re.fullmatch("check command “….*once” is now “….*twice”", told)


def test_a_check_of_which_it_is_not_clear_what_it_was_is_told_as_gone_and_new() -> None:
    for old, new in (
        (_spec("a"), _spec("b", run="pwd")),
        (_spec("a", "b"), _spec("c")),
        (_spec("a"), _spec("b", "c")),
        ("file:\n  /a:\n    exists: true\n", "file:\n  /b:\n    exists: true\n"),
        (_spec("a"), _spec("b").replace("status: 0", "status: 0.0")),
    ):
        told = _goss(old, new)
        assert not any("is now" in each for each in told)
        assert len({each[:11] for each in told}) == 2


def test_blanks_at_the_ends_of_a_value_are_seen() -> None:
    assert (
        sentence(model.TitleChanged("a", "Meet it", "  Meet it ")) == "title: “Meet it” became “··Meet it·”"
    )
    assert sentence(model.TitleChanged("a", "x", "  ")) == "title: “x” became “··”"
    assert sentence(model.HintChanged("a", "hint.1", None, "Look ")) == "hint 1 is new: “Look·”"


def test_of_an_image_what_differs_is_told_however_little_room_there_is() -> None:
    old = "registry.example.org/yamlsync-samples/kubernetes-basics:welcome"
    new = "registry.example.org/yamlsync-samples/k8s:v2-welcome"
    change = model.ImageChanged("a", old, new)
    assert sentence(change, 40) == f"image: “{old}” became “{new}”"
    assert not is_cut(change, 40)


_SOME_LINES = st.lists(st.sampled_from(["", "a b c", "a b d", "e f", "# g", "c e"]), max_size=9).map(
    lambda some: "".join(f"{line}\n" for line in some)
)


@given(_SOME_LINES, _SOME_LINES)
def test_lines_are_counted_as_stat_counts_them(old: str, new: str) -> None:
    change = model.TextChanged("a", old, new)
    words = counted(change) if old != new else "only"
    if words.startswith("only"):
        return
    numbers = {
        kind: int(number) for number, kind in re.findall(r"(\d+) (?:blank )?(?:lines? )?([a-z-]+)", words)
    }
    both = sum(numbers.get(kind, 0) for kind in ("changed", "only"))
    broken = numbers.get("re-wrapped", 0)
    into = re.search(r"re-wrapped into (\d+)", words)
    found = count(text_passages(change))
    assert both + numbers.get("new", 0) + (int(into[1]) if into else broken) == found.inserted
    assert both + numbers.get("gone", 0) + broken == found.deleted


def test_blank_lines_count_and_are_called_so_where_there_are_no_others() -> None:
    text = "One\n\nTwo\n"
    assert counted(model.TextChanged("a", text, f"{text}\nThree\n\nFour\n")) == "4 lines new"
    assert counted(model.TextChanged("a", text, text.replace("\n\n", "\n\n\n\n"))) == "2 blank lines new"
    assert counted(model.TextChanged("a", None, text)) == "3 lines"


def test_of_long_values_the_part_is_shown_where_they_begin_to_differ() -> None:
    start = "word " * 100
    first, second = pair(start + "one", start + "two", 40)
    assert first.startswith("…")
    assert first.endswith("one")
    assert second.endswith("two")
    assert is_cut(model.TitleChanged("a", start + "one", start + "two"))


def test_what_a_terminal_acts_on_is_escaped_and_line_breaks_are_signs() -> None:
    change = model.TitleChanged("a", "a\x1b[1m\u202e", "one\ntwo\n")
    assert sentence(change) == r"title: “a\x1b[1m\u202e” became “one ⏎ two”"
    assert is_cut(change)
    told = fact(change)
    assert told is not None
    assert told.old == "a\x1b[1m\u202e"


@given(st.text(), st.integers(5, 100))
def test_a_value_in_a_sentence_is_short_and_printable(value: str, most: int) -> None:
    shown = brief(value, most)
    assert "\n" not in shown.text
    assert "\x1b" not in shown.text
    assert len(shown.text) <= max(len(value) * 10, most * 10)
    if not shown.is_cut:
        assert "⏎" not in shown.text or "⏎" in value


@given(edited())
def test_every_change_of_any_two_workshops_has_a_sentence(sides: Any) -> None:
    old, new = sides
    changes = diff(old, new)
    for change in (*changes.changes, *changes.consequences):
        for told in (sentence(change), *sentences(change)):
            assert told
            assert "\n" not in told
            assert "\x1b" not in told
            assert len(told) < 10_000
    story = story_of(old, new, changes)
    assert bool(summary(story)) == bool(changes)
    for workshop in story.workshops:
        for line in (workshop_heading(workshop), followed(workshop), *map(heading, workshop.steps)):
            assert "\n" not in line


_LONG = ", ".join(f"argument-{number}" for number in range(60))
_SHOWN = "x" * 500


@pytest.mark.parametrize("most", [40, 60, 80, 120, 200, 400])
@pytest.mark.parametrize(
    "spec",
    [
        f"command:\n  x:\n    exec: [{_LONG}, safe]\n    exit-status: 0\n",
        f"file:\n  /x:\n    exists: true\n    contents:\n      equal: [{_LONG}, safe]\n",
        f"command:\n  x:\n    exec: {_SHOWN} safe\n    exit-status: 0\n",
        f"command:\n  {_SHOWN} safe:\n    exit-status: 0\n",
        f"command:\n  {_SHOWN} safe:\n    exec: ls\n    exit-status: 0\n",
        f"file:\n  /x:\n    exists: true\n    contents: [{_SHOWN} safe]\n",
        f"file:\n  /x:\n    exists: true\n    meta: {{{_SHOWN} safe: 1}}\n",
        f"file:\n  /x:\n    exists: true\n    meta: {{{'k' * 90}: {{{'l' * 90}: {{m: [{_LONG}, safe]}}}}}}\n",
    ],
)
def test_what_differs_of_a_check_is_shown_however_far_back_it_stands(spec: str, most: int) -> None:
    new = spec.replace("safe", "EVIL")
    change = model.GossChanged("a", spec, new, check_changes(spec, new))
    told = sentences(change, most)
    assert [sum(word in each for each in told) for word in ("safe", "EVIL")] == [1, 1]
    assert is_cut(change, most) == any("…" in each for each in told)
    assert max(map(len, told)) <= 6 * most


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("exec: 'a b'", 'exec: "a b\\n"', r'exec: "a b" became "a b\n"'),
        ("exec: a ⏎ b", 'exec: "a\\nb"', r'exec: "a \u23ce b" became "a\nb"'),
        ("exec: a b", "exec: 'a b '", "exec: “a b” became “a b·”"),
        ("exec: 'a\\xa0b'", 'exec: "a\\_b"', r'exec: "a\\xa0b" became "a\u00a0b"'),
        ("mode: '1'", "mode: 1.0", "mode 1 became 1.0"),
        ("meta: {k: nothing}", "meta: {k: null}", "meta, k nothing (a text) became nothing (nothing)"),
    ],
)
def test_values_that_would_be_read_as_the_same_are_told_exactly(old: str, new: str, expected: str) -> None:
    specs = [f"command:\n  x:\n    {each}\n    exit-status: 0\n" for each in (old, new)]
    assert _goss(*specs) == (f"check command x: {expected}",)


def test_items_that_would_be_read_as_the_same_are_told_exactly() -> None:
    specs = [f"file:\n  /x:\n    exists: true\n    contents: [{each}]\n" for each in ("a b", '"a b\\n"')]
    assert sorted(_goss(*specs)) == [
        r'check file /x: contents: "a b" is gone',
        r'check file /x: contents: "a b\n" is new',
    ]


@given(specs(), specs(), st.sampled_from([20, 40, 80, 400]))
def test_what_checks_became_is_never_told_as_what_they_were(old: str, new: str, most: int) -> None:
    there, back = (check_changes(*sides) for sides in ((old, new), (new, old)))
    assume(there and back)
    told = sentences(model.GossChanged("a", old, new, there), most)
    assert told
    assert sorted(told) != sorted(sentences(model.GossChanged("a", new, old, back), most))
    assert not any(re.fullmatch(r"check .*?[: ](\S.*) became \1", each) for each in told)


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.text(alphabet="xé漢\u200b\n \x1b", max_size=300),
    st.sampled_from([20, 80]),
)
def test_two_texts_of_a_check_are_never_told_as_one(first: str, second: str, start: str, most: int) -> None:
    assume(first != second)
    shown = both(start + first, start + second, most)
    assert shown[0].text != shown[1].text
    assert all(width(each.text) <= most + 4 for each in shown)

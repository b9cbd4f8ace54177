"""Where two contents differ, in words."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given

from tests import strategies
from yamlsync.compare import differences
from yamlsync.records import Contents, CustomState, Metadata, Navigation, Step, Workshop

STEP = Step(
    "s", "Title", "img", 1, Navigation(None, None), (Metadata("hint.1", "look"),), None, "# One\n\ntext\n"
)


def contents(*steps: Step) -> Contents:
    return Contents((Workshop("w", "Name", "v1", "2026", steps),))


def said(old: Contents, new: Contents) -> list[str]:
    return [str(difference) for difference in differences(old, new, with_state=True)]


def test_a_text_is_told_from_its_first_differing_character() -> None:
    long = STEP.markdown + "word " * 20  # type: ignore[operator]
    old, new = evolve(STEP, markdown=long), evolve(STEP, markdown=long.replace("text", "test"))
    assert said(contents(old), contents(new)) == [
        (
            'step "s", markdown: differs from character 10 on (line 3, column 3): '
            '"xt\\nword word word word word wo" became "st\\nword word word word word wo"'
        )
    ]


def test_each_record_and_field_is_named() -> None:
    changed = evolve(STEP, title="Other", position=2, metadata=(), navigation=None, goss_spec="")
    assert said(contents(STEP), contents(changed)) == [
        'step "s", title: "Title" became "Other"',
        'step "s", position: 1 became 2',
        'step "s", goss_spec: NULL became ""',
        'step "s", navigation: is not there any more',
        'step "s", metadata "hint.1": is not there any more',
    ]
    assert said(contents(STEP), contents()) == ['step "s": is not there any more']
    assert said(contents(), contents(STEP)) == ['step "s": is new']


def test_progress_is_compared_where_it_is_wanted() -> None:
    old = evolve(contents(), custom_states=(CustomState("u", "k", "v"),))
    new = evolve(contents(), custom_states=(CustomState("u", "k", "w"),))
    assert said(old, new) == ['state of workspace "u", key "k", value: "v" became "w"']
    assert list(differences(old, new, with_state=False)) == []


@given(strategies.contents(), strategies.contents())
def test_there_is_a_difference_exactly_where_contents_differ(old: Contents, new: Contents) -> None:
    assert said(old, old) == []
    assert bool(said(old, new)) == (old != new)


def test_keys_that_are_shown_alike_hide_no_difference() -> None:
    pairs = (Metadata("\x01", "a"), Metadata("\\x01", "b"))
    old, new = evolve(STEP, metadata=pairs), evolve(STEP, metadata=(evolve(pairs[0], value="c"), pairs[1]))
    assert said(contents(old), contents(new)) == [
        'step "s", metadata "\\x01", value: "a" became "c"',
    ]


def test_an_integer_is_no_real_though_python_takes_them_for_equal() -> None:
    whole, real = (Contents((Workshop("w", "N", "v1", date, ()),)) for date in (-(2**63), float(-(2**63))))
    assert whole != real
    assert said(whole, real) == [
        'workshop "w", created_at: -9223372036854775808 became -9.223372036854776e+18'
    ]

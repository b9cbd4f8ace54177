"""Changes as JSON has them (DIF-40 to DIF-45): nothing is lost on the way, and nothing else is taken."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.changes.checked import specs
from tests.edited import Sides, any_two, edited
from yamlsync.changes import applying, checks, inverting, model, plain
from yamlsync.changes.applying import apply
from yamlsync.changes.checks import AttributeChanged, CheckChanged
from yamlsync.changes.comparing import FACTS, diff
from yamlsync.changes.model import Changes, GossChanged, StepMoved, StepRenamed, WorkshopFieldChanged
from yamlsync.changes.plain import KINDS, RECORDS, SCALARS, forms, from_plain, to_plain
from yamlsync.changes.structures import check_changes
from yamlsync.relative import RelativeNavigation, RelativeStep


def passed(changes: Changes) -> Changes:
    """The changes behind a program that writes JSON and one that reads it."""
    return from_plain(json.loads(json.dumps(to_plain(changes), allow_nan=False)))


@given(edited() | any_two())
def test_another_program_can_apply_what_is_written(sides: Sides) -> None:
    old, new = sides
    changes = diff(old, new)

    assert repr(passed(changes)) == repr(changes)
    assert apply(old, passed(changes).changes) == new


@given(specs(), specs())
def test_checks_keep_their_types(old: str, new: str) -> None:
    changes = Changes((GossChanged("a", old, new, check_changes(old, new)),))

    assert repr(passed(changes)) == repr(changes)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1, 1),
        (1.0, {"real": "1.0"}),
        ("1", "1"),
        (-0.0, {"real": "-0.0"}),
        (float("inf"), {"real": "inf"}),
        (float("-inf"), {"real": "-inf"}),
        (5e-324, {"real": "5e-324"}),
        (1e300, {"real": "1e+300"}),
        (-(2**63), -(2**63)),
        ('{"real": "1.0"}', '{"real": "1.0"}'),
    ],
)
def test_a_date_keeps_its_type(value: str | float, written: object) -> None:
    changes = Changes((WorkshopFieldChanged("w", "created_at", value, ""),))

    assert to_plain(changes)["changes"][0]["old"] == written
    assert repr(passed(changes)) == repr(changes)


def test_a_change_is_written_with_its_kind_and_all_its_fields() -> None:
    attribute = AttributeChanged(("stdout", 0), None, {"gt": 1.0}, is_in_old=False)
    changes = Changes(
        (
            StepRenamed("a", "b", 80),
            GossChanged("b", "old", "new", (CheckChanged("command", "c", (attribute,)),)),
        ),
        (model.PlaceFollowed("c", 1, 2),),
    )

    assert to_plain(changes) == {
        "changes": [
            {"kind": "step-renamed", "old_id": "a", "new_id": "b", "likeness": 80},
            {
                "kind": "goss-changed",
                "step": "b",
                "old": "old",
                "new": "new",
                "checks": [
                    {
                        "kind": "check-changed",
                        "resource": "command",
                        "name": "c",
                        "attributes": [
                            {
                                "path": ["stdout", 0],
                                "old": None,
                                "new": {"gt": 1.0},
                                "is_in_old": False,
                                "is_in_new": True,
                            }
                        ],
                    }
                ],
            },
        ],
        "consequences": [{"kind": "place-followed", "step": "c", "old": 1, "new": 2}],
    }


MOVED = to_plain(Changes((StepMoved("a", "w", None, "w", "b"),)))["changes"][0]
DATED = to_plain(Changes((WorkshopFieldChanged("w", "created_at", "a", "b"),)))["changes"][0]
LINKED = to_plain(Changes((model.LinkChanged("a", "next", None, "b", True, False),)))["changes"][0]  # noqa: FBT003
ASKED: dict[str, Any] = {"kind": "check-added", "resource": "file", "name": "a", "asks": None}
CHECKED = {"kind": "goss-changed", "step": "a", "old": None, "new": "", "checks": [ASKED]}
DEEP: Any = None
for _ in range(300):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (7, "$.changes[0]: not an object"),
        ({}, "$.changes[0].kind: not one of workshop-added, "),
        (MOVED | {"kind": "step-lost"}, "$.changes[0].kind: not one of workshop-added, "),
        (MOVED | {"kind": "place-followed"}, "$.changes[0].kind: not one of workshop-added, "),
        (MOVED | {"kind": ["step-moved"]}, "$.changes[0].kind: not one of workshop-added, "),
        (MOVED | {"why": 1}, '$.changes[0]: has "why", which does not belong here'),
        ({"kind": "step-moved", "step": "a"}, "$.changes[0]: has no old_workshop"),
        (MOVED | {"step": 1}, "$.changes[0].step: not a text"),
        (MOVED | {"step": None}, "$.changes[0].step: not a text"),
        (MOVED | {"step": "\ud83d"}, "$.changes[0].step: a text with half of a character"),
        (DATED | {"field": "id"}, "$.changes[0].field: not one of name, version, created_at, first_position"),
        (DATED | {"field": []}, "$.changes[0].field: not one of name, version, created_at, first_position"),
        (DATED | {"field": "name", "old": 1}, "$.changes[0].old: not a text"),
        (DATED | {"field": "first_position"}, "$.changes[0].old: not a whole number from -92"),
        (DATED | {"old": 1.5}, "$.changes[0].old: not a whole number from -92"),
        (DATED | {"old": True}, "$.changes[0].old: not a whole number from -92"),
        (DATED | {"old": 2**63}, "$.changes[0].old: not a whole number from -92"),
        (DATED | {"old": {"real": "nan"}}, '$.changes[0].old: no real, as in {"real": "1.5"}'),
        (DATED | {"old": {"real": "1e999"}}, '$.changes[0].old: no real, as in {"real": "1.5"}'),
        (DATED | {"old": {"real": "1\n"}}, '$.changes[0].old: no real, as in {"real": "1.5"}'),
        (DATED | {"old": {"real": 1}}, '$.changes[0].old: no real, as in {"real": "1.5"}'),
        (DATED | {"old": {"real": "1", "to": "2"}}, '$.changes[0].old: no real, as in {"real": "1.5"}'),
        (LINKED | {"field": "unlock_condition"}, "$.changes[0].field: not one of next, prev"),
        (LINKED | {"old_follows": 1}, "$.changes[0].old_follows: neither true nor false"),
        (CHECKED | {"checks": {}}, "$.changes[0].checks: not a list"),
        (CHECKED | {"checks": [MOVED]}, "$.changes[0].checks[0].kind: not one of check-added, "),
        (
            CHECKED | {"checks": [ASKED | {"asks": {"a": [1, float("inf")]}}]},
            '$.changes[0].checks[0].asks["a"][1]: a number that JSON does not have',
        ),
        (
            CHECKED | {"checks": [ASKED | {"asks": {"\udcff": 1}}]},
            "$.changes[0].checks[0].asks: a text with half",
        ),
        (CHECKED | {"checks": [ASKED | {"asks": DEEP}]}, "more than 200 levels deep"),
        (CHECKED | {"checks": [ASKED | {"asks": b""}]}, "$.changes[0].checks[0].asks: nothing that JSON has"),
    ],
    ids=lambda each: str(each)[-60:],
)
def test_what_is_no_change_is_refused_and_its_place_is_told(change: object, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is compared below.
        from_plain({"changes": [change], "consequences": []})
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "data", [None, [], {}, {"changes": []}, {"changes": [], "consequences": [], "old": "a"}]
)
def test_what_is_no_two_lists_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"^\$: "):
        from_plain(data)


@given(edited(), st.data())
def test_what_was_tampered_with_is_read_or_refused_and_never_breaks(
    sides: Sides, data: st.DataObject
) -> None:
    document = json.loads(json.dumps(to_plain(diff(*sides))))
    tampered(document, data)
    read = read_or_refused(document)

    if isinstance(read, Changes):
        assert repr(from_plain(to_plain(read))) == repr(read)
    else:
        assert read.startswith("$")


def read_or_refused(document: object) -> Changes | str:
    """The changes, or what is wrong."""
    try:
        return from_plain(document)
    except ValueError as refused:
        return str(refused)


def tampered(document: Any, data: st.DataObject) -> None:
    """Puts something else in some place."""
    other: st.SearchStrategy[Any] = st.sampled_from(
        [None, True, 0, -1, 1.5, "", "next", [], {}, {"real": "1"}, {"follows": "order"}]
    )
    at = document
    while isinstance(at, dict | list) and at:
        key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if isinstance(at[key], dict | list) and at[key] and data.draw(st.booleans()):
            at = at[key]
            continue
        at[key] = data.draw(other)
        return


# The closed set is the same everywhere.

CHANGES = set(get_args(model.Change))


def test_every_kind_of_change_can_be_written_and_read() -> None:
    assert set(KINDS["Change"].values()) == CHANGES
    assert set(KINDS["Consequence"].values()) == set(get_args(model.Consequence))
    assert set(KINDS["CheckChange"].values()) == set(get_args(checks.CheckChange))
    kinds = [kind for kinds in KINDS.values() for kind in kinds]
    assert len(set(kinds)) == len(kinds)


def test_every_field_of_a_record_has_a_form_that_is_known() -> None:
    kinds = [record for kinds in KINDS.values() for record in kinds.values()]
    for record in [Changes, *kinds, *RECORDS.values()]:
        for form in forms(record).values():
            core = form.removesuffix(" | None")
            core = core.removeprefix("tuple[").removesuffix(", ...]")
            assert core in {*SCALARS, *KINDS, *RECORDS}, (record, form)
    assert tuple(plain.FACTS) == FACTS


def test_every_kind_of_change_is_named_where_changes_are_applied() -> None:
    named = {value for value in vars(applying).values() if isinstance(value, type)}
    assert CHANGES - named == set()


def test_every_kind_of_change_has_an_inverse() -> None:
    samples = _samples()
    assert {type(change) for change in samples} == CHANGES
    for change in samples:
        (turned,) = inverting.inverse([change])
        assert inverting.inverse([turned]) == (change,)
        assert turned != change


def _samples() -> list[model.Change]:
    facts = model.WorkshopFacts("w", "W", "v1", "2026", 1)
    step = RelativeStep("a", "A", "img")
    goss = GossChanged(
        "a", None, "file: {a: {exists: true}}", check_changes(None, "file: {a: {exists: true}}")
    )
    return [
        model.WorkshopAdded(facts),
        model.WorkshopRemoved(facts),
        model.WorkshopRenamed("a", "b"),
        WorkshopFieldChanged("w", "name", "a", "b"),
        model.Renumbered("w", model.Numbering(1, 1), model.Numbering(10, 10)),
        model.StepAdded("w", step, None),
        model.StepRemoved("w", step, None),
        StepRenamed("a", "b", 90),
        StepMoved("a", "w", None, "w", "b"),
        model.TitleChanged("a", "A", "B"),
        model.ImageChanged("a", "A", "B"),
        model.TextChanged("a", None, "B"),
        goss,
        model.MetadataChanged("a", "k", None, "B"),
        model.HintChanged("a", "hint.1", None, "B"),
        model.HintMoved("a", "hint.1", "hint.2", "B"),
        model.ConditionChanged("a", None, "B"),
        model.LinkChanged("a", "next", None, "b", old_follows=True, new_follows=False),
        model.NavigationChanged("a", None, RelativeNavigation()),
        model.PositionChanged("a", None, 7),
    ]

"""The schema of `diff` in JSON (DIF-40): all that is written is right by it, and nothing else is."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.changes.checked import specs
from tests.changes.test_plain import read_or_refused, tampered
from tests.conftest import ROOT
from tests.edited import Sides, any_two, edited
from yamlsync.changes.comparing import diff
from yamlsync.changes.model import Changes, GossChanged
from yamlsync.changes.plain import KINDS, RECORDS, forms, from_plain
from yamlsync.changes.structures import check_changes
from yamlsync.renditions.json import as_json
from yamlsync.schemas.changes_in_words import ABOUT, FIELDS
from yamlsync.schemas.diff import schema, schema_text

VALIDATOR = Draft202012Validator(schema())


def report(changes: Changes, *names: str, respelled: tuple[str, ...] = ()) -> Any:
    old, new = names or ("old.db", "course")
    compared = SimpleNamespace(
        old=SimpleNamespace(name=old), new=SimpleNamespace(name=new), changes=changes, respelled=respelled
    )
    return json.loads(as_json(compared))


def test_the_kept_file_is_what_the_records_give() -> None:
    kept = (ROOT / "spec" / "schemas" / "diff.schema.json").read_bytes()
    assert kept == schema_text().encode(), "run python -m yamlsync.schemas to write spec/schemas anew"


def test_it_is_a_schema_of_2020_12() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == "urn:yamlsync:1:diff"


@given(edited() | any_two())
def test_every_report_is_right_by_it(sides: Sides) -> None:
    VALIDATOR.validate(report(diff(*sides), respelled=("course/workshop.yaml",)))


@given(specs(), specs())
def test_changes_of_checks_are_right_by_it(old: str, new: str) -> None:
    VALIDATOR.validate(report(Changes((GossChanged("a", old, new, check_changes(old, new)),))))


@given(edited(), st.data())
def test_it_takes_what_a_program_can_read_and_nothing_else(sides: Sides, data: st.DataObject) -> None:
    document = report(diff(*sides))
    lists = {name: document[name] for name in ("changes", "consequences")}
    tampered(lists, data)

    assert VALIDATOR.is_valid(document | lists) == isinstance(read_or_refused(lists), Changes)


def test_every_object_is_closed_and_told_in_words() -> None:
    definitions = schema()["$defs"]
    kinds = {kind: record for kinds in KINDS.values() for kind, record in kinds.items()}
    assert set(definitions) == {*kinds, *RECORDS}
    for name, record in {**kinds, **RECORDS}.items():
        definition = definitions[name]
        keys = [*(["kind"] if name in kinds else []), *forms(record)]
        assert list(definition["properties"]) == definition["required"] == keys
        assert definition["additionalProperties"] is False
        assert definition["title"]
        for about in [definition, *(definition["properties"][field] for field in forms(record))]:
            assert about["description"].endswith(".")
            assert "`" not in about["description"]


def test_no_words_are_left_over() -> None:
    records = [*(record for kinds in KINDS.values() for record in kinds.values()), *RECORDS.values()]
    assert set(ABOUT) == {record.__name__ for record in records}
    named = {name for record in records for name in forms(record)}
    named |= {f"{record.__name__}.{name}" for record in records for name in forms(record)}
    assert set(FIELDS) - named == set()


def test_a_report_is_ascii_and_names_both_sides() -> None:
    names = ("é\x1b[1m\x7f\udcff.db", "HEAD:course")
    changes = Changes((GossChanged("a", "\x9b\u202e漢", None, None),))
    compared = SimpleNamespace(
        old=SimpleNamespace(name=names[0]), new=SimpleNamespace(name=names[1]), changes=changes, respelled=()
    )
    text = as_json(compared)

    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    document = report(changes, *names)
    assert (document["old"], document["new"]) == names
    assert from_plain({name: document[name] for name in ("changes", "consequences")}) == changes
    assert list(document) == ["old", "new", "changes", "consequences", "respelled"]

"""The schemas say of each kind of file what its shape says, and explain every key (EDT-1 to EDT-7)."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import fields
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tests import strategies
from tests.conftest import ROOT
from tests.schemas.documents import SHAPES, WORDS, keys_of, loaded, name_of
from yamlsync.affinity import becomes_number
from yamlsync.document.model import Block, Fields, FreeKeys, Scalar
from yamlsync.document.reading import read
from yamlsync.document.render import render
from yamlsync.layout.update import plan_update
from yamlsync.records import (
    Contents,
    CustomState,
    Metadata,
    Navigation,
    RuntimeState,
    Step,
    Workshop,
)
from yamlsync.rules.metadata.keys import FORMS, SERIES, wrong_form
from yamlsync.schemas.files import NAMES, file_name, schema, schema_text
from yamlsync.schemas.generate import example_file
from yamlsync.schemas.known import KNOWN
from yamlsync.tree import in_memory

VALIDATORS = {name: Draft7Validator(schema(name)) for name in NAMES}

named = pytest.mark.parametrize("name", NAMES)


@named
def test_the_kept_file_is_what_the_shapes_give(name: str) -> None:
    kept = (ROOT / "spec" / "schemas" / file_name(name)).read_bytes()
    assert kept == schema_text(name).encode(), "run python -m yamlsync.schemas to write spec/schemas anew"


@named
def test_a_schema_is_one_of_draft_7_and_stands_alone(name: str) -> None:
    Draft7Validator.check_schema(schema(name))
    assert schema(name)["$id"] == f"urn:yamlsync:1:{name}"
    assert '"$ref"' not in schema_text(name)


@named
def test_a_mapping_has_the_keys_of_its_shape_and_no_other(name: str) -> None:
    parts = [(SHAPES[name], schema(name))]
    parts += [(shape, part) for _, shape, part in keys_of(name) if isinstance(shape, Fields) and shape.keys]
    for shape, part in parts:
        assert list(shape.keys) == list(part["properties"])
        assert shape.required == set(part.get("required", ()))
        assert part["additionalProperties"] is False


@named
def test_every_key_is_described_and_has_an_example(name: str) -> None:
    paths = [path for path, _, _ in keys_of(name)]
    assert set(paths) == set(WORDS[name])
    for path, _, part in keys_of(name):
        words = WORDS[name][path]
        assert words.examples, path
        assert part["description"].endswith("."), path
        assert "`" not in part["description"], path
        assert part["markdownDescription"].startswith(words.description), path
        assert "examples" in part or "const" in part or "```yaml" in part["markdownDescription"], path


@named
def test_every_example_is_right_for_the_schema_and_for_the_reader(name: str) -> None:
    for path, shape, part in keys_of(name):
        for example in WORDS[name][path].examples:
            Draft7Validator(part).validate(example)
            file = example_file(path[-1], example, shape)
            assert isinstance(read("example.yaml", file.encode(), Fields({path[-1]: shape})), Block), file


def test_every_key_of_metadata_that_is_known_is_described_with_examples_that_are_right() -> None:
    metadata = next(part for path, _, part in keys_of("step") if path == ("metadata",))
    for known in KNOWN:
        assert known.words.examples
        for name in known.names:
            assert metadata["properties"][name]["markdownDescription"] == known.words.description
            for example in known.words.examples:
                Draft7Validator(metadata).validate({name: example})
                assert isinstance(
                    read(
                        "x.yaml",
                        example_file("metadata", {name: example}, FreeKeys()).encode(),
                        Fields({"metadata": FreeKeys()}),
                    ),
                    Block,
                )


def test_the_keys_of_metadata_that_are_known_are_those_that_check_knows() -> None:
    families = {known.pattern: known.names[0].partition(".")[0] for known in KNOWN if known.pattern}
    assert sorted(families.values()) == sorted(SERIES)
    assert sorted([*families.values(), *(known.names[0] for known in KNOWN if not known.pattern)]) == sorted(
        FORMS
    )
    for known in KNOWN:
        for name in known.names:
            assert [example for example in known.words.examples if wrong_form(name, example)] == []


@pytest.mark.parametrize("record", [Workshop, Step, Metadata, Navigation, RuntimeState, CustomState])
def test_every_column_of_a_record_says_what_it_is(record: Any) -> None:
    # Rows of other tables are no columns; the table of keys has words for them.
    columns = [each for each in fields(record) if each.name not in {"navigation", "metadata", "steps"}]
    assert columns
    for column in columns:
        assert column.metadata["description"].endswith("."), column.name
        assert column.metadata["examples"], column.name


def test_what_a_column_says_is_no_part_of_its_record() -> None:
    step = Step("a", "A", "img", 1)
    assert step == Step("a", "A", "img", 1, None, (), None, None)
    assert not hasattr(step, "__dict__")


@given(st.text(" \t\n\v\f\r+-.eE0123456789x", max_size=12) | strategies.texts(2))
def test_a_date_may_be_any_text_but_one_that_looks_like_a_number(text: str) -> None:
    created_at = Draft7Validator(schema("workshop")["properties"]["created_at"])
    assert created_at.is_valid(text) is not becomes_number(text)


@given(strategies.contents())
def test_every_file_that_is_written_is_valid(contents: Contents) -> None:
    for path, data in plan_update(in_memory({}), contents, with_state=True).puts.items():
        VALIDATORS[name_of(path)].validate(loaded(data))


@given(strategies.files(), st.data())
def test_without_one_of_its_keys_a_file_is_as_valid_as_it_is_readable(
    made: tuple[str, Block], data: st.DataObject
) -> None:
    path, block = made
    name = name_of(path)
    gone = data.draw(st.sampled_from([entry.key for entry in block.entries]))
    rest = Block(tuple(entry for entry in block.entries if entry.key != gone))
    if name == "state" and {"steps", "custom"}.isdisjoint(rest.values()):
        return  # No shape says that one of the two has to be there (LAY-52).
    file = render(rest, SHAPES[name])
    readable = isinstance(read(path, file, SHAPES[name]), Block)
    assert readable is (gone not in SHAPES[name].required)
    assert VALIDATORS[name].is_valid(loaded(file)) is readable


WORKSHOP = {
    "format": "yamlsync/1",
    "id": "w",
    "name": "W",
    "version": "v1",
    "created_at": "2026-01-15",
    "steps": ["a"],
}
STEP = {"id": "a", "title": "A", "image_tag": "img"}


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("workshop", WORKSHOP | {"format": "yamlsync/2"}),
        ("workshop", WORKSHOP | {"navigation": "nothing"}),
        ("workshop", WORKSHOP | {"navigation": {}}),
        ("workshop", WORKSHOP | {"steps": ["a", "a"]}),
        ("workshop", WORKSHOP | {"steps": [], "first_position": 2}),
        ("workshop", WORKSHOP | {"steps": [], "navigation": "none"}),
        ("workshop", WORKSHOP | {"created_at": "12"}),
        ("workshop", WORKSHOP | {"created_at": None}),
        ("workshop", WORKSHOP | {"first_position": 2**63}),
        ("workshop", WORKSHOP | {"title": "W"}),
        ("step", STEP | {"navigation": {}}),
        ("step", STEP | {"navigation": "nothing"}),
        ("step", STEP | {"navigation": {"nxt": "b"}}),
        ("step", STEP | {"navigation": {"next": 1}}),
        ("step", STEP | {"navigation": {"unlock_condition": None}}),
        ("step", STEP | {"metadata": {}}),
        ("step", STEP | {"metadata": {"hint.1": 1}}),
        ("step", STEP | {"metadata": {"own": True}}),
        ("step", STEP | {"metadata": {"k" * 1001: "v"}}),
        ("step", STEP | {"position": "1"}),
        ("step", STEP | {"title": ["A"]}),
        ("workshops", {"format": "yamlsync/1", "workshops": ["one"]}),
        ("state", {"format": "yamlsync/1", "workspace": "w"}),
        ("state", {"format": "yamlsync/1", "workspace": "w", "steps": []}),
        ("state", {"format": "yamlsync/1", "workspace": "w", "steps": [{"id": "a"}]}),
        ("state", {"format": "yamlsync/1", "workspace": "w", "custom": [{"key": "a", "value": 1}]}),
    ],
    ids=str,
)
def test_what_no_file_may_say_is_not_valid(name: str, document: dict[str, Any]) -> None:
    assert not VALIDATORS[name].is_valid(document)


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("workshop", WORKSHOP | {"steps": []}),
        ("workshop", WORKSHOP | {"navigation": "none", "first_position": -(2**63)}),
        ("step", STEP | {"navigation": "none"}),
        ("step", STEP | {"navigation": {"next": None}}),
        ("step", STEP | {"metadata": {"😀" * 1000: ""}}),
        ("state", {"format": "yamlsync/1", "workspace": "w", "steps": [{"id": "a", "status": "any text"}]}),
    ],
    ids=str,
)
def test_what_a_file_may_say_is_valid(name: str, document: dict[str, Any]) -> None:
    VALIDATORS[name].validate(document)


def test_every_kind_of_scalar_has_a_type() -> None:
    keys = [key for name in NAMES for key in keys_of(name)]
    assert {(shape, str(part["type"])) for _, shape, part in keys if isinstance(shape, Scalar)} == {
        (Scalar.TEXT, "string"),
        (Scalar.INTEGER, "integer"),
        (Scalar.DATE, "['string', 'number']"),
        (Scalar.REFERENCE, "['string', 'null']"),
    }

from __future__ import annotations

from time import process_time

import pytest
import yaml

from tests.rules.course import files, found, places
from yamlsync.check import check
from yamlsync.document.locating import Locator
from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.document.render import render
from yamlsync.layout.files import STEP
from yamlsync.layout.read import read_tree
from yamlsync.rules.mending import mend
from yamlsync.rules.redundancy.typed_text import _OTHER
from yamlsync.rules.selection import Selection
from yamlsync.tree import in_memory


def mended(path: str, tree: dict[str, bytes]) -> str:
    """The file after all that can be mended in it was."""
    checked = check(in_memory(tree), Selection())
    block = read(path, tree[path], STEP)
    assert isinstance(block, Block)
    after = tree | {path: render(mend(block, checked.fixes[path]), STEP)}
    fixable = [problem for problem in found(after) if problem.fixable and problem.place.path == path]
    assert fixable == []
    assert (
        read_tree(in_memory(tree), with_state=False).contents
        == read_tree(in_memory(after), with_state=False).contents
    )
    return after[path].decode()


def test_links_that_follow_from_the_order_are_told_and_deleted() -> None:
    tree = files({"a": "", "b": "navigation:\n  next: c\n  prev: a\n", "c": ""})
    assert places(found(tree)) == [("YS301", "steps/b.yaml", 5, 3, 7), ("YS301", "steps/b.yaml", 6, 3, 7)]
    assert mended("steps/b.yaml", tree) == "id: b\ntitle: Step b\nimage_tag: org/course:b\n"


def test_the_first_and_last_step_need_no_null() -> None:
    tree = files({"a": "navigation:\n  prev: null\n", "b": "navigation:\n  next:\n"})
    assert places(found(tree)) == [("YS301", "steps/a.yaml", 5, 3, 7), ("YS301", "steps/b.yaml", 5, 3, 7)]


def test_deleting_keeps_what_says_something_and_every_comment() -> None:
    more = (
        "navigation:\n  # why there is a condition\n  next: c # not needed\n"
        '  unlock_condition: steps["a"].completed\n# at the end\n'
    )
    text = mended("steps/b.yaml", files({"a": "", "b": more, "c": ""}))
    assert "next" not in text
    assert 'unlock_condition: steps["a"].completed' in text
    assert all(comment in text for comment in ("# why there is a condition", "# not needed", "# at the end"))


def test_positions_that_follow_are_told_and_deleted() -> None:
    tree = files({"a": "position: 1\n", "b": "position: 2\n", "c": "position: 7\n", "d": "position: 8\n"})
    assert places(found(tree)) == [
        ("YS302", "steps/a.yaml", 4, 1, 9),
        ("YS302", "steps/b.yaml", 4, 1, 9),
        ("YS302", "steps/d.yaml", 4, 1, 9),
    ]
    assert "position" not in mended("steps/d.yaml", tree)


def test_where_a_step_cannot_be_read_nobody_knows_what_follows() -> None:
    tree = files({"a": "", "b": "navigation:\n  next: c\n", "c": "titel: x\n"})
    assert {"YS107"} == {problem.code for problem in found(tree)}


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "No",
        "on",
        "true",
        "1.0",
        "010",
        "0x1F",
        "1_000",
        "12:30:45",
        "2026-01-15",
        "1e3",
        ".5",
        ".inf",
        "-7",
        "=",
    ],
)
def test_text_that_others_type_is_told_and_quoted(text: str) -> None:
    tree = files({"a": f"metadata:\n  note: {text}\n"})
    problems = found(tree)
    assert [("YS303", "steps/a.yaml", 5, 9, 9 + len(text))] == places(problems)
    assert f'note: "{text}"' in mended("steps/a.yaml", tree)


@pytest.mark.parametrize("text", ["yes", "1.0", "2026-01-15"])
def test_text_in_quotes_is_text_to_all(text: str) -> None:
    assert found(files({"a": f"metadata:\n  note: '{text}'\n  other: \"{text}\"\n"})) == ()


@pytest.mark.parametrize(
    "text", ["yes please", "v1.0", "1.0.0", "25m", "12:30 o'clock", "nope", "0xyz", "10-intro"]
)
def test_text_that_all_read_as_text_is_left_alone(text: str) -> None:
    assert found(files({"a": f"metadata:\n  note: {text}\n"})) == ()


def test_a_key_that_others_type_is_told_too() -> None:
    assert places(found(files({"a": "metadata:\n  on: x\n"}))) == [("YS303", "steps/a.yaml", 5, 3, 5)]


def test_a_step_id_that_others_type_is_told_in_list_and_file() -> None:
    problems = found(files({"1": ""}))
    assert places(problems)[:2] == [("YS303", "steps/1.yaml", 1, 5, 6), ("YS303", "workshop.yaml", 7, 5, 6)]


@pytest.mark.parametrize("sign", ["", "-", "+"])
@pytest.mark.parametrize(
    "body", ["0", "12", "0b11", "0o17", "017", "0x1f", "1_0", "1:30", "1.5", "1.5e+3", "1e3", ".5", ".inf"]
)
def test_what_a_parser_of_yaml_1_1_types_is_looked_for(sign: str, body: str) -> None:
    if not isinstance(yaml.safe_load(sign + body), str):
        assert _OTHER.match(sign + body)


def test_places_reach_into_every_spelling() -> None:
    text = (
        b"id: a\n"
        b'title: "x\\ty\\u00e4z"\n'
        b"image_tag: 'it''s'\n"
        b"metadata:\n  a: |\n    one\n\n      two\n  b: |2-\n      deep\n    x\n"
        b'markdown: "\\\n  # T\\r\\n\\\n  \\  two\\r\\n\\\n  "\n'
    )
    locator = Locator("f", text, STEP)

    def at(*path: str, within: tuple[int, int]) -> tuple[int | None, ...]:
        place = locator.place((*path, "="), within)
        return place.line, place.column, place.end_line, place.end_column

    assert (*at("title", within=(3, 4))[:3], 19) == (2, 13, 2, 19)
    assert at("image_tag", within=(3, 4)) == (3, 17, 3, 18)
    assert at("metadata", "a", within=(0, 3)) == (6, 5, 6, 8)
    assert at("metadata", "a", within=(7, 10)) == (8, 7, 8, 10)
    assert at("metadata", "b", within=(2, 6)) == (10, 7, 10, 11)
    assert at("metadata", "b", within=(7, 8)) == (11, 5, 11, 6)
    assert at("markdown", within=(0, 1)) == (13, 3, 13, 4)
    assert at("markdown", within=(7, 8)) == (14, 6, 14, 7)


def test_many_keys_and_texts_of_other_types_take_little_time() -> None:
    keys = (f'"k{n}"' if n % 2 else f"k{n}" for n in range(40_000))
    tree = files({"one": "", "two": "metadata:\n" + "".join(f"  {key}: yes\n" for key in keys)})
    start = process_time()
    assert len(found(tree, "YS303")) == 40_000
    assert process_time() - start < 7

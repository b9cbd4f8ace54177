"""What stands at the wrong level or in another form: one finding that says where it belongs (YAML-75, 77)."""

from __future__ import annotations

import pytest

from tests.document.test_slips import HEAD, found
from yamlsync.document.placement import GOSS_RESOURCES, USUAL_METADATA, nearest
from yamlsync.layout.files import STEP
from yamlsync.rules.goss.attributes import RESOURCES
from yamlsync.rules.metadata.keys import FORMS, SERIES

GOSS = "file:\n  /tmp/x:\n    exists: true\nport:\n  tcp:80:\n    listening: true\n"


@pytest.mark.parametrize(
    ("text", "code", "line", "help"),
    [
        (
            "metadata:\ndifficulty: easy\nhint.1: x\nanything: y\n",
            "YS107",
            5,
            "indent the keys of metadata by two spaces",
        ),
        (
            "navigation:\nnext: b\nunlock_condition: x\n",
            "YS107",
            5,
            "indent the keys of navigation by two spaces",
        ),
        (f"goss_spec: |\n{GOSS}", "YS107", 5, "indent the goss spec by two spaces below goss_spec: |"),
        (
            f"goss_spec:\n{GOSS}markdown: |\n  # T\n",
            "YS107",
            5,
            "write goss_spec: |, and indent the goss spec by two spaces below it",
        ),
        (
            "markdown: |\n# Title\n\nSome text.\n\n- a\n",
            "YS103",
            7,
            "indent the text by two spaces below markdown: |",
        ),
        (
            "markdown: |\nSome text: here\nand more\nSome text: there\n",
            "YS107",
            5,
            "indent the text by two spaces below markdown: |",
        ),
        (
            "markdown: |\n## T\n```bash\ngit merge\n```\n",
            "YS103",
            6,
            "indent the text by two spaces below markdown: |",
        ),
        (
            "markdown: |\n  ## T\nand more\n",
            "YS103",
            6,
            "indent it by two spaces, as the text below markdown: |",
        ),
        (f"goss_spec: |\n  port: {{}}\n{GOSS}", "YS107", 6, "indent it by two spaces, below goss_spec: |"),
        ("metadata:\n  hint.1: x\nhint.2: y\n", "YS107", 6, "indent it by two spaces, below metadata:"),
        ("difficulty: easy\n", "YS107", 4, "write metadata: above it, and indent it by two spaces"),
        ("hint.1: x\nhint.2: y\n", "YS107", 4, "write metadata: above it, and indent it by two spaces"),
    ],
)
def test_what_is_not_indented_is_one_finding(text: str, code: str, line: int, help: str) -> None:
    assert [(code, line, 1, help)] == found(HEAD + text)


def test_a_misspelled_key_behind_an_empty_block_is_not_its_text() -> None:
    assert found(HEAD + "goss_spec: |\nmarkdwon: |\n  # T\n") == [("YS107", 5, 1, "did you mean markdown?")]


def test_an_empty_block_before_a_known_key_keeps_its_own_problem() -> None:
    problems = found(HEAD + "metadata:\nmarkdown: x\n")
    assert problems == [("YS109", 4, 10, "write the keys below it, indented by two spaces")]


@pytest.mark.parametrize(
    ("value", "place", "help"),
    [
        ("hints:\n    - a\n    - b", (6, 5), "write a key for each, with its number: hint.1: …, hint.2: …"),
        ("hint:\n    1: a\n    2: b", (6, 5), "write a key for each, with its number: hint.1: …, hint.2: …"),
        ("tags: [git, branches]", (5, 9), "write one text: tags: git, branches"),
        ("tags:\n    - git\n    - branches", (6, 5), "write one text: tags: git, branches"),
        (
            "group:\n    name: x",
            (6, 5),
            "metadata has one level: write a key for each, such as group.name: …",
        ),
    ],
)
def test_a_list_or_a_mapping_in_metadata_is_told_how_to_write_it(
    value: str, place: tuple[int, int], help: str
) -> None:
    assert [("YS109", *place, help)] == found(f"{HEAD}metadata:\n  {value}\n")


def test_a_goss_spec_without_its_bar_is_told_where_it_goes() -> None:
    help = "write | behind goss_spec:, and leave the lines below it indented"
    assert [("YS109", 5, 3, help)] == found(f"{HEAD}goss_spec:\n  file:\n    /x: {{exists: true}}\n")


@pytest.mark.parametrize(
    ("word", "near"),
    [("titel", "title"), ("Title", "title"), ("itle", "title"), ("image", "image_tag"), ("file", None)],
)
def test_a_far_word_is_not_offered(word: str, near: str | None) -> None:
    assert near == nearest(word, STEP.keys)


def test_the_keys_at_home_elsewhere_are_those_that_the_rules_know() -> None:
    assert set(GOSS_RESOURCES) == set(RESOURCES)
    usual = [f"{name}.1" if name in SERIES else name for name in FORMS]
    assert [name for name in usual if not USUAL_METADATA.match(name)] == []

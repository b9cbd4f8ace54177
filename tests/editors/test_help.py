"""What an editor tells and offers: descriptions, missing keys, values and snippets (EDT-5 to EDT-7)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.editors.language_server import LanguageServer
from tests.schemas.documents import SHAPES, WORDS, name_of
from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.schemas.files import schema
from yamlsync.schemas.known import KNOWN
from yamlsync.schemas.words import KeyPath

STEP = """\
id: a
title: A
image_tag: org/course:a
position: 4
navigation:
  next: b
  prev: null
  unlock_condition: steps["b"].completed
metadata:
  hint.12: Look
  own: text
goss_spec: |
  file: {}
markdown: |
  # A
"""

STATE = """\
format: yamlsync/1
workspace: alice
steps:
  - id: a
    status: active
    started_at: 1
    completed_at: 2
custom:
  - key: a
    value: b
"""

WORKSHOP = """\
format: yamlsync/1
id: w
name: W
version: v1
created_at: 1
first_position: 2
navigation: none
steps:
  - a
"""

WORKSHOPS = "format: yamlsync/1\nworkshops:\n  - v\n  - w\n"

DOCUMENTS = {
    "workshop.yaml": WORKSHOP,
    "workshops.yaml": WORKSHOPS,
    "state/alice.yaml": STATE,
    "steps/a.yaml": STEP,
}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_hover_over_a_key_tells_what_it_is_for(server: LanguageServer, path: str) -> None:
    text = DOCUMENTS[path]
    for keys, words in WORDS[name_of(path)].items():
        line, column = _place(text, keys)
        # Between the first two characters: at the very start, a server may take what stands before.
        assert words.description in server.hover(path, text, line, column + 1), keys


def _place(text: str, keys: KeyPath) -> tuple[int, int]:
    """Line and column of a key, both from 0: the key may stand behind a dash, below the key around it."""
    pattern = r"\n(?:.*\n)*?[ -]+".join(f"{key}:.*" for key in keys)
    match = re.search(rf"^(?:{pattern})", text, re.MULTILINE)
    assert match is not None, keys
    start = text.rindex(f"{keys[-1]}:", 0, match.end())
    return text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1


def test_hover_over_a_key_of_metadata_tells_what_it_is_for(server: LanguageServer) -> None:
    hints = next(known for known in KNOWN if "hint.1" in known.names)
    assert hints.words.description in server.hover("steps/a.yaml", STEP, 9, 3)
    assert "A key of your choice" in server.hover("steps/a.yaml", STEP, 10, 3)


def offered(server: LanguageServer, path: str, text: str) -> dict[str, str]:
    """What can be written at the end of a text."""
    return server.completions(path, text, text.count("\n"), len(text.rpartition("\n")[2]))


def test_keys_that_are_missing_are_offered_and_others_are_not(server: LanguageServer) -> None:
    found = offered(server, "steps/a.yaml", "id: a\ntitle: A\n")
    assert {"image_tag", "position", "navigation", "metadata", "goss_spec", "markdown"} <= found.keys()
    assert found.keys().isdisjoint({"id", "title", "format"})
    assert offered(server, "workshop.yaml", "")["format"] == "format: yamlsync/1"
    found = offered(server, "steps/a.yaml", "id: a\nnavigation:\n  next: b\n  ")
    assert {"prev", "unlock_condition"} <= found.keys()
    names = {name for known in KNOWN for name in known.names}
    assert names <= offered(server, "steps/a.yaml", "id: a\nmetadata:\n  ").keys()


@pytest.mark.parametrize(
    ("path", "text", "values"),
    [
        ("workshop.yaml", "format: ", {"yamlsync/1"}),
        ("workshop.yaml", "navigation: ", {"none"}),
        ("steps/a.yaml", "navigation: ", {"none"}),
        ("steps/a.yaml", "id: a\nmetadata:\n  difficulty: ", {"easy", "medium", "hard"}),
        ("steps/a.yaml", "id: a\nmetadata:\n  optional: ", {'"true"', '"false"'}),
        ("state/alice.yaml", "steps:\n  - status: ", {"pending", "active", "completed"}),
    ],
)
def test_values_are_offered(server: LanguageServer, path: str, text: str, values: set[str]) -> None:
    assert values <= offered(server, path, text).keys()


MINIMAL = {"step": "id: a\ntitle: A\nimage_tag: org/course:a\n", "workshop": ""}


def snippets() -> list[tuple[str, tuple[str, ...], str]]:
    """Each snippet of each schema: the schema's name, the key that it is a value of, and its label."""
    found = []
    for name in ("step", "workshop"):
        whole = schema(name)
        parts: list[tuple[tuple[str, ...], dict[str, Any]]] = [((), whole)]
        parts += [((key,), part) for key, part in whole["properties"].items()]
        for path, part in parts:
            found += [(name, path, snippet["label"]) for snippet in part.get("defaultSnippets", ())]
    assert found
    return found


@pytest.mark.parametrize(("name", "keys", "label"), snippets())
def test_a_snippet_makes_a_file_that_is_right(
    server: LanguageServer, name: str, keys: tuple[str, ...], label: str
) -> None:
    path = {"step": "steps/a.yaml", "workshop": "workshop.yaml"}[name]
    before = "".join(f"{MINIMAL[name]}{key}: " for key in keys)
    inserted = offered(server, path, before)[label]
    text = before + re.sub(r"\$\{\d+:([^}]*)\}", r"\1", inserted)
    assert "$" not in text
    text = text.rstrip("\n") + "\n"
    assert isinstance(read(path, text.encode(), SHAPES[name]), Block), text
    assert server.diagnostics({path: text})[path] == [], text

"""What an editor underlines: mistakes at their line, and nothing in files that are right (EDT-1 to EDT-4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from tests import strategies
from tests.conftest import ROOT, corpus_databases
from tests.editors.language_server import LanguageServer
from yamlsync.database.read import read_database
from yamlsync.layout.update import plan_update
from yamlsync.publish.directory import directory_tree
from yamlsync.records import Contents
from yamlsync.tree import in_memory

HEAD = "id: a\ntitle: A\nimage_tag: org/course:a\n"
WORKSHOP = 'format: yamlsync/1\nid: w\nname: W\nversion: v1\ncreated_at: "2026-01-15"\nsteps:\n  - a\n'


@pytest.mark.parametrize(
    ("path", "text", "line", "message"),
    [
        ("steps/a.yaml", f"{HEAD}titel: A\n", 4, "titel is not allowed"),
        ("steps/a.yaml", f"{HEAD}navigation:\n  nxt: b\n", 5, "nxt is not allowed"),
        ("steps/a.yaml", "id: a\ntitle: A\n", 1, 'Missing property "image_tag"'),
        ("steps/a.yaml", "", 1, 'Missing property "id"'),
        ("steps/a.yaml", f"{HEAD}position: first\n", 4, 'Expected "integer"'),
        ("steps/a.yaml", f'{HEAD}position: "1"\n', 4, 'Expected "integer"'),
        ("steps/a.yaml", f"{HEAD}navigation: linear\n", 4, "Write none, or a mapping with some of: next"),
        ("steps/a.yaml", f"{HEAD}navigation: {{}}\n", 4, "fewer properties"),
        ("steps/a.yaml", f"{HEAD}navigation:\n  next: 12\n", 5, "Expected one of string, null"),
        ("steps/a.yaml", f"{HEAD}metadata:\n  own: [a]\n", 5, 'Expected "string"'),
        ("steps/a.yaml", f"{HEAD}metadata:\n  hint.1: 12\n", 5, 'Expected "string"'),
        ("steps/a.yaml", f"{HEAD}metadata:\n  {'k' * 1001}: v\n", 5, "at most 1000 characters"),
        ("steps/a.yaml", f"{HEAD}goss_spec:\n  - file\n", 5, 'Expected "string"'),
        ("steps/a.yaml", f"{HEAD}markdown:\n", 4, 'Expected "string"'),
        ("steps/a.yaml", "id: a\ntitle:\n  - A\nimage_tag: org/course:a\n", 3, 'Expected "string"'),
        ("workshop.yaml", WORKSHOP.replace("/1", "/2"), 1, 'Value must be "yamlsync/1"'),
        ("workshop.yaml", WORKSHOP.replace("2026-01-15", "12"), 5, "number without quotes"),
        ("workshop.yaml", f"{WORKSHOP}  - a\n", 7, "duplicate items"),
        ("workshop.yaml", f"{WORKSHOP}navigation: nothing\n", 8, 'Value must be "none"'),
        ("workshop.yaml", f"{WORKSHOP}author: me\n", 8, "author is not allowed"),
        ("courses/workshops/x/workshop.yaml", f"{WORKSHOP}author: me\n", 8, "author is not allowed"),
        ("workshops.yaml", "format: yamlsync/1\nworkshops:\n  - w\n", 3, "Expected 2 or more"),
        ("state/a.yaml", "format: yamlsync/1\nworkspace: a\n", 1, 'Missing property "steps"'),
        (
            "state/a.yaml",
            "format: yamlsync/1\nworkspace: a\nsteps:\n  - id: a\n",
            4,
            'Missing property "status"',
        ),
    ],
)
def test_a_mistake_is_shown_at_its_line(
    server: LanguageServer, path: str, text: str, line: int, message: str
) -> None:
    found = server.diagnostics({path: text})[path]
    told = [each for each in found if message in each["message"]]
    assert [(each["range"]["start"]["line"] + 1, each["severity"]) for each in told] == [(line, 1)]


def test_nothing_is_found_in_the_sample_workshop(server: LanguageServer) -> None:
    tree = directory_tree(str(ROOT / "sample-workshop"))
    files = {path: tree.read(path).decode() for path in tree.paths}
    assert "workshop.yaml" in files
    assert not any(server.diagnostics(files).values())


def test_nothing_is_found_in_exports_of_real_databases(server: LanguageServer) -> None:
    databases = corpus_databases()
    if not databases:
        pytest.skip("no workshop databases beside the project")
    files = {path: text for database in databases for path, text in _exported(database).items()}
    assert [path for path, found in server.diagnostics(files).items() if found] == []


def test_nothing_is_found_in_whatever_is_exported(server: LanguageServer) -> None:
    @settings(max_examples=25)
    @given(strategies.contents())
    def every_export(contents: Contents) -> None:
        puts = plan_update(in_memory({}), contents, with_state=True).puts
        files = {path: data.decode() for path, data in puts.items()}
        assert [path for path, found in server.diagnostics(files).items() if found] == []

    every_export()


def _exported(database: Path) -> dict[str, str]:
    contents = read_database(str(database)).contents
    assert contents is not None
    puts = plan_update(in_memory({}), contents, with_state=True).puts
    return {f"{database.stem}/{path}": data.decode() for path, data in puts.items()}


def test_a_comment_in_the_first_line_names_the_schema_of_any_file(server: LanguageServer) -> None:
    comment = "# yaml-language-server: $schema=../../.schemas/step.schema.json"
    draft = f"{HEAD}titel: A\n"
    found = server.diagnostics(
        {
            "drafts/a.yaml": draft,
            "drafts/b.yaml": f"{comment}\n{draft}",
            "drafts/c.yaml": f"{comment}\n{HEAD}",
        }
    )
    assert found["drafts/a.yaml"] == found["drafts/c.yaml"] == []
    assert [each["range"]["start"]["line"] + 1 for each in found["drafts/b.yaml"]] == [5]

"""What `init` writes, as a pure function of a few facts (AUT-2 to AUT-4)."""

from __future__ import annotations

import configparser
import json
import re

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from yamlsync.check import check
from yamlsync.document.reading import read
from yamlsync.document.render import render
from yamlsync.errors import OperationError
from yamlsync.image_names import fit_for_repository, fit_for_tag
from yamlsync.layout.files import shape_of
from yamlsync.layout.read import read_tree
from yamlsync.rules.images.reference import parse
from yamlsync.rules.selection import Selection
from yamlsync.scaffold.course import course_files
from yamlsync.scaffold.facts import Facts, facts
from yamlsync.scaffold.pieces import PIECES, piece_files
from yamlsync.tree import in_memory

NOW = "2026-11-24T09:00:00Z"
FACTS = facts("my-course", NOW)


def all_pieces(known: Facts) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for piece in PIECES:
        found |= piece_files(piece, known)
    return found


@pytest.mark.parametrize(
    ("folder", "id", "name"),
    [
        ("kubernetes-101", "kubernetes-101", "Kubernetes 101"),
        ("My Course_2", "my-course-2", "My Course 2"),
        ("Größe & Maß", "groe-ma", "Größe & Maß"),
        ("漢字", "workshop", "漢字"),
        ("..", "workshop", ".."),
        ("", "workshop", "workshop"),
        ("a" * 100, "a" * 63, "A" + "a" * 99),
    ],
)
def test_facts_follow_from_the_name_of_the_folder(folder: str, id: str, name: str) -> None:
    known = facts(folder, NOW)
    assert (known.id, known.name, known.repository) == (id, name, id)
    assert known.database == f"{id}.db"


@pytest.mark.parametrize("wrong", [{"id": " "}, {"name": "a\nb"}, {"repository": "Not One"}, {"id": ""}])
def test_facts_that_cannot_be_right_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(OperationError):
        facts("course", NOW, **wrong)


@pytest.mark.parametrize(
    ("repository", "message", "help"),
    [
        ("Foo/Bar", '"Foo" has capitals', 'write it in lowercase: "foo/bar"'),
        ("org/Bar", "capitals in the repository", 'write it in lowercase: "org/bar"'),
        ("git:latest", "it has a tag", 'write it without a tag, "git"'),
        ("host:5000/git:1", "it has a tag", 'write it without a tag, "host:5000/git"'),
        ("git:", "it has a tag", 'write it without a tag, "git"'),
        ("git@sha256:00", "it has a digest", 'write it without a digest, "git"'),
        ("git/", "its name is missing", "such as myorg/course"),
        ("", "its name is missing", "such as myorg/course"),
        ("a//b", "an empty part between slashes", "delete the slash"),
    ],
)
def test_a_repository_that_is_none_is_refused_with_one_that_is(
    repository: str, message: str, help: str
) -> None:
    with pytest.raises(OperationError, match=message) as raised:
        facts("course", NOW, repository=repository)
    assert help in (raised.value.help or "")


def test_a_host_with_a_port_is_part_of_a_repository() -> None:
    assert facts("course", NOW, repository="host:5000/org/git").repository == "host:5000/org/git"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_whatever_the_folder_is_called_nothing_is_wrong_with_the_workshop(folder: str) -> None:
    tree = in_memory(course_files(facts(folder, NOW)))
    assert read_tree(tree, with_state=True).problems == ()
    assert [problem.message for problem in check(tree, Selection()).problems] == []
    for path in tree.paths:
        shape = shape_of(path)
        assert shape is not None
        block = read(path, tree.read(path), shape)
        assert not isinstance(block, tuple)
        assert render(block, shape) == tree.read(path)


@given(st.text())
def test_fit_names_are_fit(text: str) -> None:
    assert parse(f"{fit_for_repository(text)}:{fit_for_tag(text)}").fault is None


def test_the_course_shows_what_a_step_can_have() -> None:
    reading = read_tree(in_memory(course_files(FACTS)), with_state=True)
    assert reading.contents is not None
    (workshop,) = reading.contents.workshops
    assert (workshop.id, workshop.name, workshop.created_at) == ("my-course", "My course", NOW)
    assert [step.image_tag for step in workshop.steps] == [f"my-course:{step.id}" for step in workshop.steps]
    conditions = [step.navigation.unlock_condition for step in workshop.steps if step.navigation]
    assert conditions == [None, None, 'steps["hello"].completed']
    assert any(row.key == "hint.1" for step in workshop.steps for row in step.metadata)
    assert any(step.goss_spec for step in workshop.steps)


@pytest.mark.parametrize("id", ["my-course", "Ä: 'odd' # $(x)", "{{ x }}"])
def test_the_workflow_is_yaml_that_builds_the_database(id: str) -> None:
    known = facts("x", NOW, id=id)
    workflow = yaml.safe_load(piece_files("ci", known)[".github/workflows/workshop.yml"])
    steps = workflow["jobs"]["build"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands == [
        'python -m pip install "yamlsync[cel]"',
        "yamlsync check --output-format github",
        "yamlsync fmt --check",
        f"yamlsync import . {known.database}",
    ]
    assert re.fullmatch(r"[a-z0-9-]+\.db", known.database)
    assert workflow[True] == {"push": None, "pull_request": None}  # PyYAML takes "on" for true.
    uploaded = next(step for step in steps if "upload-artifact" in step.get("uses", ""))
    assert uploaded["with"]["path"] == known.database


def test_the_hooks_run_check_and_fmt_from_an_environment_of_their_own() -> None:
    config = yaml.safe_load(piece_files("pre-commit", FACTS)[".pre-commit-config.yaml"])
    (repository,) = config["repos"]
    assert repository["repo"] == "local"
    assert [hook["entry"] for hook in repository["hooks"]] == ["yamlsync fmt", "yamlsync check ."]
    for hook in repository["hooks"]:
        assert (hook["language"], hook["additional_dependencies"]) == ("python", ["yamlsync[cel]"])
    fmt, check = repository["hooks"]
    assert (check["always_run"], check["pass_filenames"]) == (True, False)
    assert "always_run" not in fmt
    of_several = ["workshops.yaml", "workshops/a/workshop.yaml", "workshops/a/steps/b.yaml"]
    for path in [*course_files(FACTS), *of_several]:
        assert re.search(fmt["files"], path)
    for path in ("steps/notes.md", "steps/.a.yaml", "other/steps/a.yaml", "workshop.yml"):
        assert not re.search(fmt["files"], path)


@pytest.mark.parametrize("piece", ["pre-commit", "ci"])
def test_what_to_write_where_the_package_is_not_on_the_index_is_said(piece: str) -> None:
    (text,) = piece_files(piece, FACTS).values()
    written = re.findall(
        r'^ *# +"(yamlsync\[cel\] @ git\+https://[^"]+|[^"]*/yamlsync\[cel\])"$', text.decode(), re.MULTILINE
    )
    assert len(written) == 2


def test_the_actions_are_those_of_the_readme_and_of_the_action() -> None:
    files = [ROOT / "README.md", *(ROOT / ".github" / "actions").rglob("action.yml")]
    known = {name: version for file in files for name, version in _uses(file.read_text(encoding="utf-8"))}
    used = _uses(piece_files("ci", FACTS)[".github/workflows/workshop.yml"].decode())
    assert used == [(name, known[name]) for name, _ in used]
    assert len(used) == 3


def _uses(text: str) -> list[tuple[str, str]]:
    return re.findall(r"uses: (actions/[a-z-]+)@(\S+)", text)


def test_editors_keep_the_blanks_at_the_end_of_lines() -> None:
    parser = configparser.ConfigParser()
    parser.read_string(piece_files("editorconfig", FACTS)[".editorconfig"].decode())
    assert parser.sections() == ["*.yaml"]
    assert dict(parser["*.yaml"]) == {
        "charset": "utf-8",
        "end_of_line": "lf",
        "indent_style": "space",
        "indent_size": "2",
        "insert_final_newline": "true",
        "trim_trailing_whitespace": "false",
    }


def test_the_schemas_for_the_editor_are_there_and_take_the_course() -> None:
    files = piece_files("editor", FACTS)
    settings = json.loads(files[".vscode/settings.json"])
    assert settings["[yaml]"]["files.trimTrailingWhitespace"] is False
    assert "redhat.vscode-yaml" in json.loads(files[".vscode/extensions.json"])["recommendations"]
    for place, (pattern,) in settings["yaml.schemas"].items():
        schema = json.loads(files[place.removeprefix("./")])
        paths = [path for path in course_files(FACTS) if re.fullmatch(pattern.replace("*", "[^/]+"), path)]
        assert paths
        for path in paths:
            jsonschema.validate(yaml.safe_load(course_files(FACTS)[path]), schema)


def test_every_file_ends_in_one_line_break_and_has_no_other_line_endings() -> None:
    for path, data in (course_files(FACTS) | all_pieces(FACTS)).items():
        assert data.endswith(b"\n"), path
        assert not data.endswith(b"\n\n"), path
        assert b"\r" not in data, path


def test_pieces_have_no_file_in_common() -> None:
    names = [path for piece in PIECES for path in piece_files(piece, FACTS)]
    assert len(names) == len(set(names))
    assert not set(names) & set(course_files(FACTS))

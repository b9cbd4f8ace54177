"""`yamlsync status` as its users meet it, and the record of exports that it reads (STA, LAY-75, LAY-81)."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests import strategies
from tests.acceptance.command import course, killed_at, run, snapshot
from tests.acceptance.small_course import edit, write_course
from tests.conftest import ROOT
from yamlsync.artifact import Artifact
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError
from yamlsync.export import ExportOptions, export
from yamlsync.import_ import ImportOptions, import_
from yamlsync.publish.record import Record, read_record, render_record
from yamlsync.records import Contents, Metadata, Navigation, Step, Workshop
from yamlsync.status import _compare, status
from yamlsync.synchrony import LastExport, State

MakeDatabase = Callable[..., str]
SCHEMA = json.loads((ROOT / "spec" / "schemas" / "status.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A folder with `course/` and the `course.db` that was built from it."""
    write_course(tmp_path / "course")
    assert run("import", "course", "course.db", cwd=tmp_path).returncode == 0
    return tmp_path


def sql(database: Path, *statements: str) -> None:
    """What a pipeline does to a database."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def told(folder: Path, *options: str, database: str = "course.db") -> tuple[int, list[str]]:
    done = run("status", *options, database, "course", cwd=folder)
    return done.returncode, done.stdout.splitlines()


def test_in_sync_is_the_answer_yes(pair: Path) -> None:
    done = run("status", "course.db", "course", cwd=pair)
    assert (done.returncode, done.stdout, done.stderr) == (0, "in sync\n", "")


def test_an_edit_of_the_yaml_is_told_by_step_and_field(pair: Path) -> None:
    edit(
        pair / "course" / "steps" / "two.yaml", "title: Step two", "title: Second\nmetadata:\n  hint.1: Look"
    )
    edit(pair / "course" / "steps" / "two.yaml", "Make the file", "Make the other file")
    edit(pair / "course" / "workshop.yaml", "version: v1", "version: v2")
    done = run("status", "course.db", "course", cwd=pair)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        (
            "YAML ahead\n"
            'workshop "course": YAML ahead: version\n'
            'step "two": YAML ahead: title, markdown (line 3), metadata.hint.1\n'
        ),
        "to take over what the YAML says: yamlsync import course course.db\n",
    )
    assert run("-q", "status", "course.db", "course", cwd=pair).stderr == ""


def test_what_a_pipeline_did_is_told_by_step_and_field(pair: Path) -> None:
    sql(pair / "course.db", "UPDATE steps SET image_tag = image_tag || '-1' WHERE id != 'one'")
    done = run("status", "course.db", "course", cwd=pair)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        'database ahead\nstep "two": database ahead: image_tag\nstep "three": database ahead: image_tag\n',
        (
            "to take over what the database says, though nobody else holds the YAML that it replaces:\n"
            "  yamlsync export --force course.db course\n"
        ),
    )


def test_both_at_once(pair: Path) -> None:
    sql(pair / "course.db", "UPDATE steps SET image_tag = 'x' WHERE id != 'three'")
    edit(pair / "course" / "steps" / "two.yaml", "title: Step two", "title: Second")
    edit(pair / "course" / "steps" / "three.yaml", "title: Step three", "title: Third")
    assert told(pair) == (
        1,
        [
            "both changed",
            'step "one": database ahead: image_tag',
            'step "two": both changed: title, image_tag',
            'step "three": YAML ahead: title',
        ],
    )


def test_a_step_that_is_put_in_at_the_front_changes_no_other(pair: Path) -> None:
    run("step", "add", "course", "zero", "--first", cwd=pair)
    sql(pair / "course.db", "UPDATE steps SET title = 'First' WHERE id = 'one'")
    assert told(pair) == (
        1,
        [
            "both changed",
            'workshop "course": YAML ahead: steps ("zero" in the YAML alone)',
            'step "zero": YAML ahead: new',
            'step "one": database ahead: title',
        ],
    )


def test_steps_that_one_side_alone_has(pair: Path) -> None:
    sql(
        pair / "course.db",
        "DELETE FROM navigation WHERE step_id IN ('two', 'three')",
        "UPDATE navigation SET next_step_id = NULL",
        "DELETE FROM steps WHERE id IN ('two', 'three')",
        "INSERT INTO steps VALUES ('four', 'course', 2, 'Step four', NULL, 'org/course:four', NULL)",
        "INSERT INTO navigation VALUES ('four', NULL, 'one', NULL)",
        "UPDATE navigation SET next_step_id = 'four' WHERE step_id = 'one'",
    )
    edit(pair / "course" / "steps" / "three.yaml", "title: Step three", "title: Third")
    assert told(pair) == (
        1,
        [
            "both changed",
            (
                'workshop "course": database ahead: '
                'steps ("four" in the database alone; "two", "three" in the YAML alone)'
            ),
            'step "two": database ahead: removed',
            'step "three": both changed: changed in the YAML, removed in the database',
            'step "four": database ahead: new',
        ],
    )


def test_another_order_and_links_of_one_s_own(pair: Path) -> None:
    run("step", "order", "course", "three", "--first", cwd=pair)
    edit(pair / "course" / "steps" / "two.yaml", "goss_spec:", "navigation:\n  next: one\ngoss_spec:")
    assert told(pair) == (
        1,
        [
            "YAML ahead",
            'workshop "course": YAML ahead: steps (in another order)',
            'step "two": YAML ahead: navigation.next',
        ],
    )
    edit(pair / "course" / "steps" / "two.yaml", "navigation:\n  next: one", "navigation: none")
    assert told(pair)[1][2:] == ['step "two": YAML ahead: navigation']


def test_navigation_that_a_whole_workshop_has_or_has_not_is_told_by_step(pair: Path) -> None:
    edit(pair / "course" / "workshop.yaml", "steps:", "navigation: none\nsteps:")
    assert told(pair) == (
        1, ["YAML ahead", *(f'step "{id}": YAML ahead: navigation' for id in ("one", "two", "three"))]
    )  # fmt: skip


def test_a_step_that_moves_to_another_workshop_is_the_same_step(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    step = Step("s", "Step", "org/x:s", 1, Navigation(None, None))
    rows = [Workshop(id, "Name", "v1", "2026-01-15T09:30:00Z", ()) for id in ("one", "two")]
    with_steps = [(evolve(rows[0], steps=(step,)), rows[1]), (rows[0], evolve(rows[1], steps=(step,)))]
    databases = [make_database(Contents(each), name=f"{number}.db") for number, each in enumerate(with_steps)]
    assert run("export", databases[0], tmp_path / "course").returncode == 0
    assert run("import", "course", "0.db", cwd=tmp_path).returncode == 0
    sql(tmp_path / "0.db", "UPDATE steps SET workshop_id = 'two'")
    assert told(tmp_path, database="0.db") == (
        1,
        [
            "database ahead",
            'workshop "one": database ahead: steps ("s" in the YAML alone)',
            'workshop "two": database ahead: steps ("s" in the database alone)',
        ],
    )


def test_comments_spelling_and_progress_are_no_difference(pair: Path) -> None:
    edit(pair / "course" / "steps" / "two.yaml", "title: Step two", '# The second\ntitle: "Step two"')
    sql(pair / "course.db", "INSERT INTO custom_state VALUES ('ann', 'answer', '42')", "VACUUM")
    assert told(pair) == (0, ["in sync"])


def test_without_any_record_nothing_tells_which_changed(make_database: MakeDatabase, tmp_path: Path) -> None:
    write_course(tmp_path / "course")
    contents = course(2)
    one, two = contents.workshops[0].steps
    (workshop,) = contents.workshops
    steps = (evolve(one, id="one"), evolve(two, navigation=Navigation(None, "one")))
    make_database(evolve(contents, workshops=(evolve(workshop, steps=steps),)))
    code, lines = told(tmp_path)
    assert (code, lines[0]) == (1, "they differ, and nothing tells which changed")
    assert lines[1:] == [
        (
            'workshop "course": differs: name, steps ("step-2" in the database alone; '
            '"two", "three" in the YAML alone)'
        ),
        'step "one": differs: title, image_tag, markdown (line 1), goss_spec',
        'step "two": differs: in the YAML alone',
        'step "three": differs: in the YAML alone',
        'step "step-2": differs: in the database alone',
    ]


def test_two_different_workshops_are_no_pair(make_database: MakeDatabase, tmp_path: Path) -> None:
    write_course(tmp_path / "other")
    make_database(course())
    done = run("status", "course.db", "other", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "they are two different workshops\n",
        'the database holds the workshop "course", and the YAML "other": name two that belong together\n',
    )
    answer = run("status", "--output-format", "json", "course.db", "other", cwd=tmp_path).stdout
    jsonschema.validate(json.loads(answer), SCHEMA)
    assert json.loads(answer) == {"state": "unknown", "parts": []}


def test_a_database_of_schema_1_is_seen_from_its_last_export(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    make_database(course())
    assert run("export", "course.db", "course", cwd=tmp_path).returncode == 0
    assert told(tmp_path) == (0, ["in sync"])
    sql(tmp_path / "course.db", "UPDATE steps SET title = 'New' WHERE id = 'step-2'")
    assert told(tmp_path) == (1, ["database ahead", 'step "step-2": database ahead: title'])
    edit(tmp_path / "course" / "steps" / "step-2.yaml", "Title one", "Mine")
    assert told(tmp_path) == (1, ["both changed", 'step "step-2": both changed: title'])


def test_json_is_what_its_schema_says(pair: Path) -> None:
    def answer() -> Any:
        done = run("status", "--output-format", "json", "course.db", "course", cwd=pair)
        found = json.loads(done.stdout)
        jsonschema.validate(found, SCHEMA)
        assert done.returncode == (found["state"] != "in-sync")
        return found

    assert answer() == {"state": "in-sync", "parts": []}
    run("step", "add", "course", "\x1b[31mé", "--last", cwd=pair)
    sql(pair / "course.db", "UPDATE steps SET markdown = markdown || 'more' WHERE id = 'one'")
    nothing: dict[str, Any] = {"line": None, "only_in_database": [], "only_in_yaml": []}
    there = {"in_database": True, "in_yaml": True}
    steps = nothing | {"name": "steps", "only_in_yaml": ["\x1b[31mé"]}
    markdown = nothing | {"name": "markdown", "line": 4}
    assert answer() == {
        "state": "both-changed",
        "parts": [
            {"kind": "workshop", "id": "course", "state": "yaml-ahead", **there, "fields": [steps]},
            {"kind": "step", "id": "one", "state": "database-ahead", **there, "fields": [markdown]},
            {
                "kind": "step",
                "id": "\x1b[31mé",
                "state": "yaml-ahead",
                "in_database": False,
                "in_yaml": True,
                "fields": [],
            },
        ],
    }
    text = run("status", "course.db", "course", cwd=pair).stdout
    assert ("\x1b" in text, 'step "\\x1b[31mé": YAML ahead: new' in text) == (False, True)


def test_the_schema_knows_every_state() -> None:
    whole = SCHEMA["properties"]["state"]["enum"]
    assert whole == [state.value for state in State]
    of_a_part = SCHEMA["properties"]["parts"]["items"]["properties"]["state"]["enum"]
    assert of_a_part == [state.value for state in State if state is not State.IN_SYNC]


def test_problems_of_both_are_told(pair: Path) -> None:
    edit(pair / "course" / "steps" / "two.yaml", "title:", "titel:")
    done = run("status", "course.db", "course", cwd=pair)
    assert (done.returncode, done.stdout) == (1, "")
    assert "course/steps/two.yaml:2:1: YS107 the key titel is not known here" in done.stderr
    sql(pair / "course.db", "CREATE TABLE extra (x)")
    done = run("status", "--output-format", "json", "course.db", "course", cwd=pair)
    assert (done.returncode, done.stdout) == (1, "")
    assert "course.db: YS801 the table extra is not known" in done.stderr
    assert "course/steps/two.yaml:2:1: YS107 the key titel is not known here" in done.stderr


def test_what_cannot_be_tried(pair: Path) -> None:
    (pair / "empty").mkdir()
    for arguments, said in [
        (("none.db", "course"), "none.db does not exist"),
        (("course.db", "none"), "none does not exist"),
        (("course.db", "empty"), "empty holds no workshop"),
        (("course.db", "course.db"), "course.db is a file, not a folder"),
        (("course", "course"), "course is a folder, not a database"),
        (("course", "course.db"), "the arguments are the other way round: status takes DB DIR"),
        (("course.db",), "Missing argument 'DIR'"),
    ]:
        done = run("status", *arguments, cwd=pair)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


def test_nothing_is_written(pair: Path) -> None:
    edit(pair / "course" / "steps" / "two.yaml", "title: Step two", "title: Second")
    before = {path: path.stat().st_mtime_ns for path in pair.rglob("*")} | {pair: pair.stat().st_mtime_ns}
    assert told(pair)[0] == 1
    after = {path: path.stat().st_mtime_ns for path in pair.rglob("*")} | {pair: pair.stat().st_mtime_ns}
    assert before == after


# The record of the last export


def test_a_fresh_export_records_what_it_said(make_database: MakeDatabase, tmp_path: Path) -> None:
    digests = digests_of(course())
    run("export", make_database(course(progress=True)), tmp_path / "one")
    assert read_record(str(tmp_path / "one")).last == LastExport(digests.content, None, digests.parts)
    run("import", tmp_path / "one", tmp_path / "built.db")
    run("export", tmp_path / "built.db", tmp_path / "two")
    assert read_record(str(tmp_path / "two")).last == LastExport(
        digests.content, digests.content, digests.parts
    )
    written = json.loads((tmp_path / "two" / ".yamlsync" / "written.json").read_text())
    assert sorted(written) == ["built", "content_digest", "files", "origin"]
    assert [*written["origin"]][:2] == ["step:step-1", "step:step-2"]


def test_an_export_that_changes_no_file_records_what_it_said(pair: Path) -> None:
    record = pair / "course" / ".yamlsync" / "written.json"
    before = snapshot(pair / "course")
    assert run("export", "--check", "course.db", "course", cwd=pair).returncode == 0
    assert not record.exists()
    done = run("export", "course.db", "course", cwd=pair)
    assert "wrote 0 files" in done.stderr
    found = read_record(str(pair / "course"))
    assert (found.files, found.last and found.last.built) == ({}, found.last and found.last.content_digest)
    # Both sides come to say the same without a word from us.
    sql(pair / "course.db", "UPDATE steps SET title = 'Second' WHERE id = 'two'")
    edit(pair / "course" / "steps" / "two.yaml", "title: Step two", "title: Second")
    run("export", "course.db", "course", cwd=pair)
    last = read_record(str(pair / "course")).last
    assert last is not None
    assert last.content_digest != last.built
    (age,) = {path.stat().st_mtime_ns for path in [record]}
    run("export", "course.db", "course", cwd=pair)
    assert record.stat().st_mtime_ns == age
    assert before.keys() == snapshot(pair / "course").keys()
    assert sorted(path.name for path in record.parent.iterdir()) == [".gitignore", "lock", "written.json"]


def test_a_directory_that_takes_no_record_is_none_the_worse_for_it(pair: Path) -> None:
    (pair / "course" / ".yamlsync").write_text("no folder")
    done = run("export", "course.db", "course", cwd=pair)
    assert (done.returncode, "wrote 0 files" in done.stderr) == (0, True)
    (pair / "course" / ".yamlsync").unlink()
    (pair / "course" / ".yamlsync" / "written.json").mkdir(parents=True)
    done = run("export", "course.db", "course", cwd=pair)
    assert (done.returncode, "wrote 0 files" in done.stderr) == (0, True)
    assert not (pair / "course" / ".yamlsync" / "stage").exists()
    assert told(pair) == (0, ["in sync"])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_directory_is_exported_into_where_nothing_has_to_change(pair: Path) -> None:
    (pair / "course").chmod(0o555)
    try:
        done = run("export", "course.db", "course", cwd=pair)
    finally:
        (pair / "course").chmod(0o755)
    assert (done.returncode, (pair / "course" / ".yamlsync").exists()) == (0, False)


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are killed after a fork, which is missing here"
)
def test_a_record_that_is_put_alone_is_old_or_new_whenever_its_writer_dies(pair: Path) -> None:
    directory, database, number = str(pair / "course"), str(pair / "course.db"), 0
    export(database, directory, ExportOptions())
    old = read_record(directory)
    sql(pair / "course.db", f"UPDATE artifact SET value = '{DIGEST}' WHERE key = 'content_digest'")
    assert old.last is not None
    new = evolve(old, last=evolve(old.last, built=DIGEST))
    written = pair / "course" / ".yamlsync" / "written.json"
    done = False
    while not done:
        number += 1
        written.write_bytes(render_record(old))
        done = not killed_at(number, pair / "course", lambda: export(database, directory, ExportOptions()))
        assert read_record(directory) in (old, new)
        assert told(pair) == (0, ["in sync"])
        export(database, directory, ExportOptions())
        assert read_record(directory) == new
        assert sorted(path.name for path in written.parent.iterdir()) == [
            ".gitignore",
            "lock",
            "written.json",
        ]
    assert number > 20


DIGEST = "y1:" + "0" * 64


@pytest.mark.parametrize(
    "change",
    [
        {"content_digest": None},
        {"content_digest": "y2:" + "0" * 64},
        {"built": 1},
        {"built": "y1:"},
        {"origin": None},
        {"origin": []},
        {"origin": {"step:one": 1}},
        {"origin": {"step:one": "y1:"}},
        {"origin": {"step": DIGEST}},
        {"origin": {"course:one": DIGEST}},
    ],
)
def test_a_broken_last_export_is_none_and_the_hashes_of_files_stay(change: Any, tmp_path: Path) -> None:
    right = Record({"workshop.yaml": "0"}, LastExport(DIGEST, None, {("step", "a:b"): DIGEST}))
    (tmp_path / ".yamlsync").mkdir()
    path = tmp_path / ".yamlsync" / "written.json"
    path.write_bytes(render_record(right))
    assert read_record(str(tmp_path)) == right
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert read_record(str(tmp_path)) == Record({"workshop.yaml": "0"}, None)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": []}', "[" * 100_000])
def test_a_broken_record_is_an_empty_one(text: str, tmp_path: Path) -> None:
    (tmp_path / ".yamlsync").mkdir()
    (tmp_path / ".yamlsync" / "written.json").write_text(text)
    assert read_record(str(tmp_path)) == Record()


# Laws


@given(strategies.contents(with_state=False), strategies.contents(with_state=False))
def test_a_part_that_is_not_in_sync_names_a_field_or_is_on_one_side_alone(
    database: Contents, yaml: Contents
) -> None:
    found = _compare(database, yaml, Artifact(None, origin=digests_of(database).parts), ())
    for part in found.parts:
        assert bool(part.fields) == (part.in_database and part.in_yaml)
    ours, theirs = digests_of(database).parts, digests_of(yaml).parts
    assert {(part.kind, part.id) for part in found.parts} == {
        part for part in ours | theirs if ours.get(part) != theirs.get(part)
    }


@given(strategies.contents(with_state=False), st.data())
def test_one_changed_field_is_told_by_its_name(contents: Contents, data: st.DataObject) -> None:
    places = [
        (number, index) for number, row in enumerate(contents.workshops) for index in range(len(row.steps))
    ]
    if not places:
        return
    number, index = data.draw(st.sampled_from(places))
    step = contents.workshops[number].steps[index]
    key = data.draw(st.sampled_from(["title", "image_tag", "goss_spec", "markdown", "metadata"]))
    value: Any = (
        (getattr(step, key) or "") + "!" if key != "metadata" else (*step.metadata, Metadata("new!", ""))
    )
    changes: dict[str, Any] = {key: value}
    steps = [*contents.workshops[number].steps]
    steps[index] = evolve(step, **changes)
    workshops = [*contents.workshops]
    workshops[number] = evolve(workshops[number], steps=tuple(steps))
    found = _compare(contents, evolve(contents, workshops=tuple(workshops)), None, ())
    name = "metadata.new!" if key == "metadata" else key
    assert [(part.id, [field.name for field in part.fields]) for part in found.parts] == [(step.id, [name])]


class RealFiles(RuleBasedStateMachine):
    """The machine `OnePair` of tests/test_synchrony.py once more, with real files and records."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.directory = os.path.join(self.folder.name, "course")
        self.database = os.path.join(self.folder.name, "course.db")
        self.synchronised: dict[str, str] = {}

    def teardown(self) -> None:
        self.folder.cleanup()

    @initialize()
    def start(self) -> None:
        write_course(Path(self.directory))
        self.import_(force=False)

    def titles(self) -> tuple[dict[str, str], dict[str, str]]:
        with closing(sqlite3.connect(self.database)) as connection:
            database = dict(connection.execute("SELECT id, title FROM steps").fetchall())
        yaml = {
            path.stem: path.read_text(encoding="utf-8").split("title: ")[1].split("\n")[0]
            for path in (Path(self.directory) / "steps").iterdir()
        }
        return database, yaml

    @rule(step=st.sampled_from(["one", "two"]), title=st.sampled_from(["A", "B", "C"]))
    def edit_yaml(self, step: str, title: str) -> None:
        path = Path(self.directory) / "steps" / f"{step}.yaml"
        old = self.titles()[1][step]
        path.write_text(path.read_text(encoding="utf-8").replace(f"title: {old}\n", f"title: {title}\n"))

    @rule(step=st.sampled_from(["one", "two"]), title=st.sampled_from(["A", "B", "C"]))
    def edit_database(self, step: str, title: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("UPDATE steps SET title = ? WHERE id = ?", (title, step))
            connection.commit()

    @rule()
    def export(self) -> None:
        assert export(self.database, self.directory, ExportOptions(force=True)).problems == ()
        self.synchronised = self.titles()[0]

    @rule(force=st.booleans())
    def import_(self, force: bool) -> None:
        try:
            assert import_(self.directory, self.database, ImportOptions(force=force)).problems == ()
        except OperationError:
            assert not force
        else:
            self.synchronised = self.titles()[1]

    @invariant()
    def no_answer_is_wrong(self) -> None:
        if not os.path.exists(self.database):
            return
        database, yaml = self.titles()
        states = {part.id: part.state for part in status(self.database, self.directory).parts}
        for step, base in self.synchronised.items():
            state = states.get(step, State.IN_SYNC)
            assert (state is State.IN_SYNC) == (database[step] == yaml[step])
            assert state is not State.DATABASE_AHEAD or yaml[step] == base
            assert state is not State.YAML_AHEAD or database[step] == base
            assert state is not State.BOTH_CHANGED or base not in (database[step], yaml[step])


TestRealFiles = RealFiles.TestCase
TestRealFiles.settings = settings(max_examples=8, stateful_step_count=10)


def test_a_commit_that_is_none_gets_into_no_command(pair: Path) -> None:
    """A database may come from anywhere, and what is printed is pasted into a shell."""
    git = ["git", "-C", str(pair), "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for command in (["init", "--quiet"], ["add", "course"], ["commit", "--quiet", "--message", "one"]):
        subprocess.run([*git, *command], check=True)
    sql(
        pair / "course.db",
        "INSERT INTO artifact VALUES ('source_commit', '$(touch pwned)')",
        "UPDATE steps SET title = 'By SQL' WHERE id = 'one'",
    )
    edit(pair / "course" / "steps" / "two.yaml", "title:", "title: By hand #")
    done = run("status", "course.db", "course", cwd=pair)
    assert done.stdout.splitlines()[0] == "both changed"
    assert "pwned" not in done.stderr
    assert ' worktree add --detach "$copy" COMMIT &&' in done.stderr

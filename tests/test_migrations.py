"""The steps between versions: databases by example, and documents by versions that are made up here (MIG)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve, frozen
from hypothesis import given

from tests import strategies
from tests.acceptance.command import course, killed_at, snapshot
from yamlsync.artifact import Artifact, artifact_rows, built_from
from yamlsync.converters import Rows, contents_to_rows
from yamlsync.digest import digests_of
from yamlsync.document.comments import bare, carry
from yamlsync.document.model import Block, Entry, Fields, Scalar
from yamlsync.errors import OperationError
from yamlsync.layout.files import STEP, WORKSHOP, shape_of
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import plan_update
from yamlsync.migration import FORMATS, Migrated, MigrationOptions, migrate_directory
from yamlsync.migrations.documents import (
    Documents,
    Format,
    move_documents,
    read_documents,
    render_documents,
    same,
)
from yamlsync.migrations.schemas import STEPS, changed_tables
from yamlsync.migrations.steps import Loss, Step, move
from yamlsync.problems import Problem
from yamlsync.proof import ProofError
from yamlsync.publish.directory import directory_tree
from yamlsync.publish.record import file_hash, read_record, unchanged_since
from yamlsync.records import Contents
from yamlsync.statement import statement_of
from yamlsync.tree import Tree, in_memory

COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = digests_of(course()).content


def lost(artifact: Artifact, *more: tuple[str, str]) -> list[Loss]:
    rows = contents_to_rows(course()) | {"artifact": [*artifact_rows(artifact), *more]}
    return list(move(rows, 2, 1, STEPS).lost)


# Databases.


def test_a_way_of_no_steps_changes_nothing() -> None:
    rows = contents_to_rows(course())
    assert move(rows, 1, 1, STEPS).state is rows
    assert list(changed_tables(rows, rows)) == []


def test_schema_2_says_the_digest_and_no_origin() -> None:
    rows = contents_to_rows(course(progress=True))
    moved = move(rows, 1, 2, STEPS)
    assert moved.state == rows | {"artifact": [("format", "yamlsync/1"), ("content_digest", DIGEST)]}
    assert moved.lost == ()
    assert list(changed_tables(rows, moved.state)) == ["the table artifact is new, with 2 rows"]
    assert list(changed_tables(moved.state, rows)) == ["the table artifact goes, with 2 rows"]


def test_a_table_with_other_rows_is_told_by_how_many_change() -> None:
    before: Rows = {"t": [("a",), ("b",), ("b",)], "u": [("x",)]}
    after: Rows = {"t": [("b",), ("c",), ("d",)], "u": [("x",)]}
    assert list(changed_tables(before, after)) == ["the table t gets 2 rows for 2 rows"]


def test_a_database_as_it_was_built_loses_nothing_that_is_asked_for() -> None:
    what = "what it was built from: an import over it will ask for --force"
    assert lost(built_from(digests_of(course()), "yamlsync/1")) == [Loss(what, spared=True)]
    assert lost(Artifact(DIGEST, "yamlsync/1")) == []
    assert lost(Artifact(None)) == []


@pytest.mark.parametrize("digest", [None, f"y1:{'0' * 64}", "y9:of the future", ""])
def test_the_record_of_a_change_is_lost(digest: str | None) -> None:
    told = Loss("what it was built as, by which it is known that it was changed since")
    origin = digests_of(course()).parts
    assert lost(Artifact(digest, origin=origin)) == [told]
    assert lost(Artifact(digest)) == ([] if digest is None else [told])


def test_a_signature_is_lost_with_its_statement_and_the_commit_that_stands_in_it() -> None:
    signature = Loss("the signature, with the statement that it signs", in_signature=True)
    statement = str(statement_of(course(), DIGEST, COMMIT))
    whole = Artifact(DIGEST, None, COMMIT, statement, "sig")
    held = Loss(f'the source commit "{COMMIT}"', in_signature=True)
    assert lost(whole) == [signature, held]
    assert lost(evolve(whole, source_commit=None)) == [signature]
    other = Loss(f'the source commit "{COMMIT[::-1]}"')
    assert lost(evolve(whole, source_commit=COMMIT[::-1])) == [signature, other]
    own = evolve(held, in_signature=False)
    for text in (str(statement_of(course(), DIGEST, None)), "nonsense", ""):
        assert lost(evolve(whole, statement=text)) == [signature, own]
    assert lost(evolve(whole, signature=None)) == [Loss("a statement without a signature"), own]
    assert lost(evolve(whole, statement=None)) == [Loss("a signature without a statement"), own]


def test_unknown_keys_and_another_format_are_lost_each() -> None:
    long = "k" * 200
    assert lost(Artifact(DIGEST, "yamlsync/2"), ("b", "1"), ("a\n", "2"), (long, "3")) == [
        Loss('the format "yamlsync/2"'),
        Loss('the key "a\\n" of artifact'),
        Loss('the key "b" of artifact'),
        Loss(f'the key "{"k" * 80}…" of artifact'),
    ]


# Documents. In version 2 a workshop's `name` is called `title`, and it may have a `language`; in version 3,
# a step's unlock condition stands at its top.


def _fields(old: Fields, keys: dict[str, str | None], more: dict[str, Scalar]) -> Fields:
    kept = {keys.get(key, key): shape for key, shape in old.keys.items()}
    names = frozenset(name for key in old.required if (name := keys.get(key, key)))
    return Fields({key: shape for key, shape in kept.items() if key} | more, names, old.word)


WORKSHOP_2 = _fields(WORKSHOP, {"name": "title"}, {"language": Scalar.TEXT})
_NAVIGATION_3 = _fields(STEP.keys["navigation"], {"unlock_condition": None}, {})  # type: ignore[arg-type]
STEP_3 = Fields(
    dict(STEP.keys) | {"navigation": _NAVIGATION_3, "unlock_condition": Scalar.TEXT}, STEP.required
)


def shape_of_2(path: str) -> Fields | None:
    shape = shape_of(path)
    return WORKSHOP_2 if shape is WORKSHOP else shape


def shape_of_3(path: str) -> Fields | None:
    shape = shape_of_2(path)
    return STEP_3 if shape is STEP else shape


def of_kind(kind: Fields, work: Callable[[Block], Block]) -> Callable[[Documents], Documents]:
    def worked(documents: Documents) -> Documents:
        return {path: work(block) if shape_of(path) is kind else block for path, block in documents.items()}

    return worked


def renamed(old: str, new: str) -> Callable[[Block], Block]:
    """Keeps comments, since it keeps the entry."""

    def work(block: Block) -> Block:
        entries = (evolve(each, key=new) if each.key == old else each for each in block.entries)
        return evolve(block, entries=tuple(entries))

    return work


def without_language(block: Block) -> Block:
    return renamed("title", "name")(
        Block(tuple(each for each in block.entries if each.key != "language"), block.closing)
    )


def languages(documents: Documents) -> tuple[Loss, ...]:
    found = {path: block.values().get("language") for path, block in documents.items()}
    return tuple(Loss(f"the language {value} in {path}") for path, value in found.items() if value)


def condition_up(block: Block) -> Block:
    """Makes the document anew, and carries the comments over."""
    entries = []
    for each in block.entries:
        if each.key == "navigation" and isinstance(each.value, Block):
            inner = [one for one in each.value.entries if one.key != "unlock_condition"]
            entries += [Entry("navigation", Block(tuple(inner)))] if inner else []
            entries += [one for one in each.value.entries if one.key == "unlock_condition"]
        else:
            entries.append(each)
    return carry(block, bare(Block(tuple(sorted(entries, key=lambda each: STEP_3.ranks[each.key or ""])))))


def condition_down(block: Block) -> Block:
    """Keeps comments: the entry goes elsewhere as a whole."""
    condition = [each for each in block.entries if each.key == "unlock_condition"]
    entries = [each for each in block.entries if each.key != "unlock_condition"]
    if not condition:
        return block
    index = next((number for number, each in enumerate(entries) if each.key == "navigation"), None)
    if index is None:
        entries.append(Entry("navigation", Block(tuple(condition))))
    else:
        inner = entries[index].value
        assert isinstance(inner, Block)
        value = Block((*inner.entries, *condition), inner.closing)
        entries[index] = evolve(entries[index], value=value)
    return Block(tuple(sorted(entries, key=lambda each: STEP.ranks[each.key or ""])), block.closing)


NEW_STEPS: dict[int, Step[Documents]] = {
    1: Step(of_kind(WORKSHOP, renamed("name", "title")), of_kind(WORKSHOP, without_language), languages),
    2: Step(of_kind(STEP, condition_up), of_kind(STEP, condition_down), lambda _: ()),
}


def problems_of(number: int, shape: Callable[[str], Fields | None]) -> Callable[[Tree], tuple[Problem, ...]]:
    """A newer version is read by going back in memory."""

    def problems(tree: Tree) -> tuple[Problem, ...]:
        documents = move_documents(read_documents(tree, Format(shape, problems)), number, 1, NEW_STEPS).state
        files = {path: tree.read(path) for path in tree.paths} | render_documents(documents, FORMATS[1])
        return read_tree(in_memory(files), with_state=True).problems

    return problems


NEW_FORMATS = {
    1: FORMATS[1],
    2: Format(shape_of_2, problems_of(2, shape_of_2)),
    3: Format(shape_of_3, problems_of(3, shape_of_3)),
}

WORKSHOP_FILE = """\
# The course.
format: yamlsync/1 # not the program's
id: course
# What students see.
name: Course # short
version: v1

created_at: "x"
# In order.
steps:
  - a
  # the end
"""
STEP_FILE = """\
id: a
title: A
image_tag: i
# Where to.
navigation:
  # Nowhere yet.
  unlock_condition: "true" # always
metadata:
  hint.1: look # twice
# Over.
"""
STATE_FILE = "format: yamlsync/1\nworkspace: w01\ncustom:\n  - key: k # why\n    value: v\n"


@frozen
class Course:
    """A directory in version 1."""

    root: Path

    def migrate(self, to: int, *, dry_run: bool = False, force: bool = False) -> Migrated:
        options = MigrationOptions(to, dry_run=dry_run, force=force)
        return migrate_directory(str(self.root), options, NEW_FORMATS, NEW_STEPS)

    def text(self, path: str) -> str:
        return (self.root / path).read_text()


@pytest.fixture
def place(tmp_path: Path) -> Course:
    root = tmp_path / "course"
    for path, text in [("workshop", WORKSHOP_FILE), ("steps/a", STEP_FILE), ("state/w01", STATE_FILE)]:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / f"{path}.yaml").write_text(text)
    (root / "notes.md").write_text("mine")
    return Course(root)


def test_comments_stay_with_what_is_renamed_and_what_is_moved(place: Course) -> None:
    done = place.migrate(3)
    assert done == Migrated(
        1, (), ("state/w01.yaml: changes", "steps/a.yaml: changes", "workshop.yaml: changes")
    )
    assert place.text("workshop.yaml") == WORKSHOP_FILE.replace("name:", "title:").replace("/1", "/3")
    assert place.text("state/w01.yaml") == STATE_FILE.replace("/1", "/3")
    assert place.text("steps/a.yaml") == (
        "id: a\ntitle: A\nimage_tag: i\n"
        "# Where to.\n# Nowhere yet.\n# always\n"
        "metadata:\n  hint.1: look # twice\n"
        'unlock_condition: "true"\n# Over.\n'
    )
    assert place.migrate(3) == Migrated(3)
    assert place.text("notes.md") == "mine"


def test_the_way_back_says_the_same_with_every_comment(place: Course) -> None:
    before = read_documents(directory_tree(str(place.root)), FORMATS[1])
    place.migrate(3)
    problems = read_tree(directory_tree(str(place.root)), with_state=True).problems
    assert {each.code for each in problems} == {"YS110"}
    assert place.migrate(1).lost == ()
    tree = directory_tree(str(place.root))
    assert same(read_documents(tree, FORMATS[1]), before)
    assert place.text("workshop.yaml") == WORKSHOP_FILE


def test_files_that_do_not_change_are_left_as_they_are(place: Course) -> None:
    (place.root / "steps" / "a.yaml").write_text(STEP_FILE.replace("title: A", "title:   'A'"))
    before = (place.root / "steps" / "a.yaml").stat()
    assert place.migrate(2).changes == ("state/w01.yaml: changes", "workshop.yaml: changes")
    after = (place.root / "steps" / "a.yaml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_dry_run_tells_what_a_run_does_and_writes_nothing(place: Course) -> None:
    everything = snapshot(place.root)
    told = place.migrate(3, dry_run=True)
    assert snapshot(place.root) == everything
    assert not (place.root / ".yamlsync").exists()
    assert place.migrate(3) == told


def test_what_has_no_place_is_told_and_needs_force(place: Course) -> None:
    place.migrate(2)
    path = place.root / "workshop.yaml"
    path.write_text(path.read_text() + "language: de # for now\n")
    everything = snapshot(place.root)
    refused = place.migrate(1)
    assert refused.lost == (Loss("the language de in workshop.yaml"), Loss('the comment "# for now"'))
    assert refused.refused
    assert snapshot(place.root) == everything
    assert place.migrate(1, force=True) == evolve(refused, refused=False)
    assert place.text("workshop.yaml") == WORKSHOP_FILE


def test_problems_are_told_and_nothing_is_changed(place: Course) -> None:
    path = place.root / "steps" / "a.yaml"
    path.write_text(STEP_FILE.replace("title", "titel"))
    everything = snapshot(place.root)
    done = place.migrate(3)
    assert [(str(each.place), each.code) for each in done.problems] == [("steps/a.yaml:2:1", "YS107")]
    assert snapshot(place.root) == everything


def test_a_version_that_nobody_knows_is_refused(place: Course) -> None:
    path = place.root / "workshop.yaml"
    path.write_text(WORKSHOP_FILE.replace("yamlsync/1", "yamlsync/9"))
    done = migrate_directory(str(place.root), MigrationOptions(1))
    assert [each.code for each in done.problems] == ["YS110"]
    assert "this is of format yamlsync/9, and yamlsync" in done.problems[0].message


def test_a_folder_without_a_workshop_is_none(tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="holds no workshop"):
        migrate_directory(str(tmp_path), MigrationOptions(1))


def test_a_step_that_makes_something_else_is_a_bug_and_changes_nothing(place: Course) -> None:
    def broken(documents: Documents) -> Documents:
        return {path: block for path, block in documents.items() if not path.startswith("steps/")}

    everything = snapshot(place.root)
    steps = {**NEW_STEPS, 1: evolve(NEW_STEPS[1], up=broken)}
    with pytest.raises(ProofError):
        migrate_directory(str(place.root), MigrationOptions(2, force=True), NEW_FORMATS, steps)
    assert snapshot(place.root) == everything


def test_what_export_wrote_and_nobody_edited_stays_known_as_that(place: Course) -> None:
    own = place.root / ".yamlsync"
    own.mkdir()
    known = {path: file_hash((place.root / path).read_bytes()) for path in ("workshop.yaml", "steps/a.yaml")}
    hashes = ", ".join(f'"{path}": "{value}"' for path, value in known.items())
    (own / "written.json").write_text(f'{{"files": {{{hashes}}}}}')
    (place.root / "steps" / "a.yaml").write_text(STEP_FILE + "# edited\n")
    place.migrate(3)
    tree, record = directory_tree(str(place.root)), read_record(str(place.root))
    assert record.files.keys() == known.keys()
    assert unchanged_since(tree, record.files) == {"workshop.yaml"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed after a fork")
def test_killed_at_any_moment_all_files_are_old_or_new_after_one_more_run(
    place: Course, tmp_path: Path
) -> None:
    old = snapshot(place.root)
    shutil.copytree(place.root, tmp_path / "new")
    Course(tmp_path / "new").migrate(3)
    new, number = snapshot(tmp_path / "new"), 0
    while True:
        number += 1
        work = Course(tmp_path / "work")
        shutil.rmtree(work.root, ignore_errors=True)
        shutil.copytree(place.root, work.root)
        done = not killed_at(number, work.root, lambda: work.migrate(3))  # noqa: B023 - run at once
        if not (work.root / ".yamlsync" / "journal.json").exists():
            assert snapshot(work.root) in (old, new)
        work.migrate(3)
        assert snapshot(work.root) == new
        assert not (work.root / ".yamlsync" / "stage").exists()
        if done:
            break
    assert number > 20


@given(strategies.contents())
def test_every_directory_comes_back_from_the_made_up_versions(contents: Contents) -> None:
    files = plan_update(in_memory({}), contents, with_state=True).puts
    old = read_documents(in_memory(files), FORMATS[1])
    up = move_documents(old, 1, 3, NEW_STEPS)
    written = render_documents(up.state, NEW_FORMATS[3])
    assert same(read_documents(in_memory(written), NEW_FORMATS[3]), up.state)
    down = move_documents(up.state, 3, 1, NEW_STEPS)
    assert (up.lost, down.lost) == ((), ())
    assert render_documents(down.state, FORMATS[1]) == files

"""What each commit did to a workshop, in repositories that the real git made (LOG-10 to LOG-33)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.git.repository import WORKSHOP, Made, course, make, run_git, step
from yamlsync.changes.applying import apply
from yamlsync.errors import OperationError
from yamlsync.history import History, Selection, opened_history
from yamlsync.history.selection import newest_ids
from yamlsync.opening import open_workshop
from yamlsync.records import Workshop
from yamlsync.renditions.entries import Entry, told_of
from yamlsync.renditions.headings import heading
from yamlsync.renditions.words import sentence

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PROSE = "".join(f"  Line {number} of a text that says something of its own.\n" for number in range(30))


def with_text(id: str, text: str = PROSE, title: str = "Title") -> bytes:
    return step(id, title) + f"markdown: |\n{text}".encode()


def listing(*ids: str) -> bytes:
    return WORKSHOP.split(b"steps:")[0] + b"steps:\n" + "".join(f"  - {id}\n" for id in ids).encode()


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A repository whose first commit has a small course."""
    found = make(tmp_path / "repository")
    found.commit(course(), "one")
    return found


def history_of(path: Path) -> list[Entry]:
    with opened_history(str(path)) as history:
        return list(history.entries())


def said(entry: Entry) -> tuple[str, str, list[str]]:
    """The subject, what became of the workshop, and the changes in words."""
    return entry.commit.subject, entry.fate, [sentence(change) for change in entry.changes]


def told(entries: list[Entry]) -> list[tuple[str, list[str]]]:
    """The subjects, and the headings and sentences of what is told of steps."""
    found = []
    for entry in entries:
        steps = [each for workshop in told_of(entry).story.workshops for each in workshop.told]
        words = [text for each in steps for text in (heading(each), *map(sentence, each.changes))]
        found.append((entry.commit.subject, words))
    return found


NEW = ["workshop course is new", "step a is new, first", "step b is new, behind a"]


def test_each_commit_is_told_with_what_it_changed_newest_first(made: Made) -> None:
    made.commit(course(a="New"), "two")
    made.commit({"README.md": b"nothing of ours"}, "a file beside it")
    made.commit(course(a="New", b="Newer"), "three")
    assert [said(entry) for entry in history_of(made.top / "course")] == [
        ("three", "changed", ["title: “Title” became “Newer”"]),
        ("two", "changed", ["title: “Title” became “New”"]),
        ("one", "new", NEW),
    ]


def test_commits_that_change_nothing_of_the_workshop_are_not_read(made: Made) -> None:
    made.commit({}, "empty")
    made.commit({"course/notes.txt": b"x", "course/state/x.yaml": b"broken"}, "not ours")
    assert [entry.commit.subject for entry in history_of(made.top / "course")] == ["one"]


def test_a_directory_is_followed_to_where_it_was_through_edits_in_the_same_commit(made: Made) -> None:
    made.commit(course(a="Early"), "early")
    made.git("mv", "course", "moved")
    made.commit(course("moved/", a="Late"), "moved")
    made.commit(course("moved/", a="Last"), "last")
    entries = history_of(made.top / "moved")
    assert [(*said(entry), entry.path, entry.moved_from) for entry in entries] == [
        ("last", "changed", ["title: “Late” became “Last”"], "moved", None),
        ("moved", "changed", ["title: “Early” became “Late”"], "moved", "course"),
        ("early", "changed", ["title: “Title” became “Early”"], "course", None),
        ("one", "new", NEW, "course", None),
    ]


def test_a_directory_that_only_moved_is_told_as_that(made: Made) -> None:
    made.git("mv", "course", "moved")
    made.commit({}, "moved")
    moved, one = history_of(made.top / "moved")
    assert (moved.moved_from, moved.changes, one.fate) == ("course", (), "new")


def test_a_directory_moves_to_the_top_and_away_from_it(made: Made) -> None:
    for name in ("workshop.yaml", "steps"):
        made.git("mv", f"course/{name}", name)
    made.commit({}, "to the top")
    (made.top / "deep" / "er").mkdir(parents=True)
    for name in ("workshop.yaml", "steps"):
        made.git("mv", name, f"deep/er/{name}")
    made.commit({}, "away")
    found = [(entry.commit.subject, entry.moved_from) for entry in history_of(made.top / "deep" / "er")]
    assert found == [("away", ""), ("to the top", "course"), ("one", None)]


def test_of_several_directories_that_went_the_one_with_the_same_id_is_meant(made: Made) -> None:
    other = {path.replace("course/", "other/"): data for path, data in course().items()}
    other["other/workshop.yaml"] = WORKSHOP.replace(b"id: course", b"id: other")
    other["other/steps/a.yaml"] = step("a", "Something else")
    made.commit(other, "two")
    for name in ("course", "other"):
        made.git("mv", name, f"courses-{name}")
    made.commit({}, "both moved")
    assert history_of(made.top / "courses-other")[0].moved_from == "other"
    assert history_of(made.top / "courses-course")[0].moved_from == "course"


def test_a_course_that_comes_out_of_a_folder_of_several_is_followed_into_it(made: Made) -> None:
    lists = {"all/workshops.yaml": b"format: yamlsync/1\nworkshops:\n  - course\n  - other\n"}
    inner = course("all/workshops/course/") | course("all/workshops/other/", a="Other")
    inner["all/workshops/other/workshop.yaml"] = (
        WORKSHOP.replace(b"id: course", b"id: other").replace(b"- a", b"- c").replace(b"- b", b"- d")
    )
    for old, new in (("a", "c"), ("b", "d")):
        del inner[f"all/workshops/other/steps/{old}.yaml"]
        inner[f"all/workshops/other/steps/{new}.yaml"] = step(new, "Other")
    made.commit(lists | inner, "several")
    made.git("mv", "all/workshops/course", "alone")
    made.git("rm", "-q", "-r", "all")
    made.commit({}, "alone")
    found = [(entry.commit.subject, entry.moved_from) for entry in history_of(made.top / "alone")]
    assert found == [("alone", "all/workshops/course"), ("several", None)]


def test_a_copy_is_new(made: Made) -> None:
    made.commit(course("copy/"), "copied")
    assert [said(entry) for entry in history_of(made.top / "copy")] == [("copied", "new", NEW)]


def test_what_stood_at_a_path_before_is_not_the_history_of_what_moved_there(made: Made) -> None:
    made.git("rm", "-q", "-r", "course")
    made.commit({}, "gone")
    other = course("other/", a="Other")
    other["other/workshop.yaml"] = WORKSHOP.replace(b"id: course", b"id: other")
    made.commit(other, "another")
    made.git("mv", "other", "course")
    made.commit({}, "moved")
    subjects = [entry.commit.subject for entry in history_of(made.top / "course")]
    assert subjects == ["moved", "another"]


def test_a_workshop_that_came_back_has_the_history_of_before(made: Made) -> None:
    made.git("rm", "-q", "-r", "course")
    made.commit({}, "gone")
    made.commit(course(), "back")
    found = [(entry.commit.subject, entry.fate) for entry in history_of(made.top / "course")]
    assert found == [("back", "new"), ("gone", "removed"), ("one", "new")]


def test_a_workshop_that_is_gone_has_a_history_by_its_revision(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.git("rm", "-q", "-r", "course")
    made.commit({}, "gone")
    monkeypatch.chdir(made.top)
    with opened_history("HEAD:course") as history:
        assert [entry.commit.subject for entry in history.entries()] == ["gone", "one"]


def branches(made: Made, here: dict[str, bytes], there: dict[str, bytes]) -> None:
    """Two commits, `here` on main and `there` on a branch, and main merged with the branch, not committed."""
    made.git("checkout", "-q", "-b", "side")
    made.commit(there, "there")
    made.git("checkout", "-q", "main")
    made.commit(here, "here")


def test_a_merge_without_edits_of_its_own_is_not_told(made: Made) -> None:
    branches(made, {"course/steps/a.yaml": step("a", "A")}, {"course/steps/b.yaml": step("b", "B")})
    made.git("merge", "-q", "--no-edit", "side")
    entries = history_of(made.top / "course")
    assert {entry.commit.subject for entry in entries} == {"Merge branch 'side'", "here", "there", "one"}
    assert dict(told(entries))["Merge branch 'side'"] == []
    with opened_history(str(made.top / "course")) as history:
        subjects = [
            each.entry.commit.subject for each in Selection(set(), frozenset()).told(history.entries())
        ]
    assert set(subjects) == {"here", "there", "one"}


def test_a_merge_of_one_text_edited_at_two_places_is_not_told(made: Made) -> None:
    made.commit({"course/steps/a.yaml": with_text("a")}, "text")
    first, last = PROSE.replace("Line 2 ", "Row 2 "), PROSE.replace("Line 28 ", "Row 28 ")
    branches(
        made,
        {"course/steps/a.yaml": with_text("a", first)},
        {"course/steps/a.yaml": with_text("a", last)},
    )
    made.git("merge", "-q", "--no-edit", "side")
    assert told(history_of(made.top / "course"))[0] == ("Merge branch 'side'", [])


def test_of_a_merge_what_is_in_no_parent_is_told(made: Made) -> None:
    branches(made, {"course/steps/a.yaml": step("a", "A")}, {"course/steps/a.yaml": step("a", "Other")})
    made.git("merge", "-q", "--no-commit", "-s", "ours", "side")
    made.commit({"course/steps/a.yaml": step("a", "Both")}, "resolved")
    assert told(history_of(made.top / "course"))[0] == (
        "resolved",
        ["step 1 “Both” (a)", "title: “A” became “Both”"],
    )


def test_a_merge_of_three_is_told_by_the_same_rule(made: Made) -> None:
    for name, files in (
        ("left", {"course/steps/a.yaml": step("a", "A")}),
        ("right", {"course/steps/b.yaml": step("b", "B")}),
        ("aside", {"course/workshop.yaml": WORKSHOP.replace(b"v1", b"v2")}),
    ):
        made.git("checkout", "-q", "-b", name, "main")
        made.commit(files, name)
    made.git("checkout", "-q", "main")
    made.git("merge", "-q", "--no-edit", "left", "right", "aside")
    entries = history_of(made.top / "course")
    assert len(entries[0].comparisons) == 3
    assert told(entries)[0][1] == []
    assert {entry.commit.subject for entry in entries[1:]} == {"left", "right", "aside", "one"}


def test_a_branch_that_moved_the_directory_is_merged_with_one_that_edited_it(made: Made) -> None:
    made.git("checkout", "-q", "-b", "side")
    made.git("mv", "course", "moved")
    made.commit({}, "moved")
    made.git("checkout", "-q", "main")
    made.commit(course(a="Edited"), "edited")
    made.git("merge", "-q", "--no-edit", "side")
    entries = history_of(made.top / "moved")
    found = [entry.commit.subject for entry in entries]
    assert (sorted(found[:-1]), found[-1]) == (["edited", "moved"], "one")


@pytest.fixture
def renamed(made: Made) -> Made:
    """`a` becomes `first`, with an edit, and then `start`; there are edits before, between and after."""
    made.commit({"course/steps/a.yaml": with_text("a")}, "text")
    made.commit({"course/steps/a.yaml": with_text("a", title="Before")}, "before")
    made.git("mv", "course/steps/a.yaml", "course/steps/first.yaml")
    new = with_text("first", PROSE.replace("Line 3 ", "Row 3 "), "Before")
    made.commit({"course/steps/first.yaml": new, "course/workshop.yaml": listing("first", "b")}, "renamed")
    made.commit({"course/steps/b.yaml": step("b", "Other")}, "other")
    made.git("mv", "course/steps/first.yaml", "course/steps/start.yaml")
    made.commit(
        {
            "course/steps/start.yaml": new.replace(b"first", b"start"),
            "course/workshop.yaml": listing("start", "b"),
        },
        "again",
    )
    made.commit({"course/steps/start.yaml": new.replace(b"first", b"start") + b"  End.\n"}, "after")
    return made


def subjects(path: Path, *ids: str, fields: str = "") -> list[str]:
    with opened_history(str(path)) as history:
        selection = Selection(newest_ids(history, ids) if ids else set(), frozenset(fields.split()))
        return [each.entry.commit.subject for each in selection.told(history.entries())]


OF_START = ["after", "again", "renamed", "before", "text", "one"]


@pytest.mark.parametrize("id", ["start", "first", "a"])
def test_a_step_is_followed_through_renames_by_any_of_its_ids(id: str, renamed: Made) -> None:
    assert subjects(renamed.top / "course", id) == OF_START


def test_of_one_step_others_are_not_told(renamed: Made) -> None:
    assert subjects(renamed.top / "course", "b") == ["other", "one"]


def test_a_step_that_was_removed_has_its_history(renamed: Made) -> None:
    (renamed.top / "course" / "steps" / "b.yaml").unlink()
    renamed.commit({"course/workshop.yaml": listing("start")}, "removed")
    assert subjects(renamed.top / "course", "b") == ["removed", "other", "one"]


def test_an_id_that_no_step_had_is_told_with_one_that_is_near(renamed: Made) -> None:
    with pytest.raises(OperationError) as raised:
        subjects(renamed.top / "course", "firsd")
    assert raised.value.message == '"firsd" is the id of no step in any of these commits'
    assert raised.value.help == 'did you mean "first"?'


def test_fields_are_told_alone(renamed: Made) -> None:
    course = renamed.top / "course"
    assert subjects(course, fields="title") == ["other", "before", "one"]
    assert subjects(course, "a", fields="title") == ["before", "one"]
    assert subjects(course, fields="id") == ["again", "renamed", "one"]
    assert subjects(course, "a", fields="markdown") == ["after", "renamed", "text"]
    assert subjects(course, fields="version markdown") == ["after", "renamed", "text", "one"]


def test_a_commit_that_cannot_be_read_is_told_and_the_next_is_compared_with_the_one_before(
    made: Made,
) -> None:
    made.commit({"course/steps/a.yaml": b"title: [broken\n"}, "broken")
    made.commit({"course/steps/a.yaml": b"title: {broken\n"}, "still")
    made.commit({"course/steps/a.yaml": step("a", "Mended")}, "mended")
    mended, still, broken, one = history_of(made.top / "course")
    assert said(mended) == ("mended", "changed", ["title: “Title” became “Mended”"])
    assert mended.since == one.short
    assert [each.fate for each in (still, broken)] == ["unreadable", "unreadable"]
    place = broken.problems[0].place
    assert place.path == f"{broken.commit.name[:10]}:course/steps/a.yaml"


def test_where_nothing_before_can_be_read_all_is_told(tmp_path: Path) -> None:
    made = make(tmp_path / "repository")
    made.commit(course() | {"course/steps/a.yaml": b"title: [broken\n"}, "broken")
    made.commit(course(), "mended")
    mended, broken = history_of(made.top / "course")
    assert (said(mended), mended.since) == (("mended", "changed", NEW), "")
    assert broken.fate == "unreadable"


def test_an_edit_beside_a_file_that_stays_broken_is_told(made: Made) -> None:
    made.commit({"course/steps/a.yaml": b"title: [broken\n"}, "broken")
    made.commit({"course/steps/b.yaml": step("b", "Edited")}, "edited")
    edited, _, _ = history_of(made.top / "course")
    assert said(edited) == ("edited", "changed", ["title: “Title” became “Edited”"])


def build(made: Made, name: str) -> bytes:
    """The database that the course builds."""
    from tests.acceptance.command import run

    done = run("import", made.top / "course", made.top.parent / name)
    assert done.returncode == 0, done.stderr
    return (made.top.parent / name).read_bytes()


def test_a_database_has_a_history_too_and_is_followed(made: Made) -> None:
    made.commit({"a.db": build(made, "1.db")}, "first")
    made.commit(course(a="New"), "files")
    made.commit({"a.db": build(made, "2.db")}, "second")
    made.git("mv", "a.db", "b.db")
    made.commit({}, "moved")
    found = [(*said(entry), entry.moved_from) for entry in history_of(made.top / "b.db")]
    assert found == [
        ("moved", "changed", [], "a.db"),
        ("second", "changed", ["title: “Title” became “New”"], None),
        ("first", "new", NEW, None),
    ]


def test_a_directory_that_took_the_place_of_a_database_goes_on_with_its_history(made: Made) -> None:
    made.commit({"a.db": build(made, "1.db")}, "database")
    made.git("rm", "-q", "-r", "--cached", "course")
    made.git("commit", "-q", "-m", "without files")
    made.git("rm", "-q", "a.db")
    made.commit(course(a="New"), "files")
    found = [(entry.commit.subject, entry.moved_from) for entry in history_of(made.top / "course")]
    assert found == [("files", "a.db"), ("database", None)]


def test_a_file_that_is_no_database_is_told_as_one_that_cannot_be_read(made: Made) -> None:
    made.commit({"a.db": b"version https://git-lfs.github.com/spec/v1\n"}, "kept elsewhere")
    data = build(made, "1.db")
    made.commit({"a.db": data}, "real")
    real, lfs = history_of(made.top / "a.db")
    assert (real.fate, real.since) == ("changed", "")
    assert (lfs.fate, lfs.failure) == (
        "unreadable",
        f"{lfs.commit.name[:10]}:a.db is kept by Git LFS: its content is not in Git",
    )


def test_a_shallow_clone_says_where_it_begins(made: Made, tmp_path: Path) -> None:
    made.commit(course(a="Two"), "two")
    made.commit(course(a="Three"), "three")
    clone = tmp_path / "clone"
    run_git(tmp_path, "clone", "-q", "--depth", "2", f"file://{made.top}", str(clone))
    found = [(entry.commit.subject, entry.fate) for entry in history_of(clone / "course")]
    assert found == [("three", "changed"), ("two", "cut")]


def test_a_blob_that_a_partial_clone_lacks_is_told(made: Made, tmp_path: Path) -> None:
    made.commit(course(a="Two"), "two")
    made.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    run_git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{made.top}", str(clone))
    with pytest.raises(OperationError) as raised:
        history_of(clone / "course")
    assert "is not in this clone, which is a partial one" in raised.value.message


@pytest.mark.parametrize("folder", [":(glob)*", "a b", "new\nline", "ü", "-n", "*", "a:b", "course[1]"])
def test_the_path_may_have_any_name(folder: str, made: Made) -> None:
    made.commit(course(f"{folder}/"), "new")
    made.commit(course(f"{folder}/", a="New"), "edited")
    found = [(entry.commit.subject, entry.fate) for entry in history_of(made.top / folder)]
    assert found == [("edited", "changed"), ("new", "new")]


def test_a_path_whose_name_is_no_text_is_followed(made: Made) -> None:
    folder = os.fsdecode(b"b\xffd")
    made.commit(course(f"{folder}/"), "new")
    assert [entry.fate for entry in history_of(made.top / folder)] == ["new"]


def refused(name: str) -> tuple[str, str | None]:
    with pytest.raises(OperationError) as raised, opened_history(name):
        pass
    return raised.value.message, raised.value.help


def test_where_there_is_no_history_it_is_said_why(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.top)
    made_elsewhere = made.top.parent / "elsewhere"
    shutil.copytree(made.top / "course", made_elsewhere)
    shutil.copytree(made.top / "course", made.top / "fresh")
    assert refused(str(made_elsewhere)) == (
        f"{made_elsewhere} is in no Git repository, so it has no history",
        "commit it first: git init, git add",
    )
    assert refused("fresh") == (
        "fresh is in no commit yet, so it has no history",
        "commit it first: git add fresh && git commit",
    )
    assert refused("curse")[0] == "curse does not exist"
    assert refused("HEAD:curse") == ("there is no curse in HEAD", "did you mean HEAD:course?")
    assert refused("heads:course")[0] == 'there is no revision "heads"'
    assert refused("course/steps")[0] == "course/steps holds no workshop: there is no workshop.yaml in it"
    empty = make(made.top.parent / "empty")
    shutil.copytree(made.top / "course", empty.top / "course")
    assert refused(str(empty.top / "course")) == ("there is no commit yet", "commit the workshop first")


def test_git_has_ended_when_the_history_is_closed(made: Made) -> None:
    with opened_history(str(made.top / "course")) as history:
        next(history.entries())
    with pytest.raises(ValueError, match="closed"):
        history.repository.look_up("HEAD")


def rebuilt(history: History) -> tuple[Workshop, ...]:
    workshops: tuple[Workshop, ...] = ()
    for entry in reversed(list(history.entries())):
        for comparison in entry.comparisons:
            workshops = tuple(apply(workshops, comparison.changes.changes))
    return workshops


ACTS = ("title", "text", "add", "remove", "rename", "order", "move", "break", "hint", "spell")


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3)), min_size=1, max_size=7))
def test_what_is_told_of_a_linear_history_makes_the_newest_workshop_again(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    made = make(tmp_path_factory.mktemp("linear"))
    author = _Author(made)
    for number, (act, which) in enumerate(acts):
        author.act(act, which, number)
    if author.is_broken:
        author.act("mend", 0, len(acts))
    with opened_history(str(made.top / author.folder)) as history:
        opened = open_workshop(str(made.top / author.folder))
        assert opened.contents is not None, opened.problems
        assert rebuilt(history) == opened.contents.workshops


class _Author:
    """Edits a course, commit by commit."""

    def __init__(self, made: Made) -> None:
        self.made, self.folder = made, "course"
        self.steps = {f"s{number}": ["Title", PROSE, ""] for number in range(3)}
        self.note, self.is_broken = "", False
        self._write("start")

    def act(self, act: str, which: int, number: int) -> None:
        ids = list(self.steps)
        id = ids[which % len(ids)]
        self.is_broken = act == "break"
        match act:
            case "title":
                self.steps[id][0] = f"Title {number}"
            case "text":
                self.steps[id][1] = self.steps[id][1].replace(f"Line {which + number} ", f"Row {number} ")
            case "hint":
                self.steps[id][2] = f"metadata:\n  hint.1: look {number}\n"
            case "add":
                self.steps[f"n{number}"] = ["New", f"  All new, number {number}.\n", ""]
            case "remove" if len(ids) > 1:
                del self.steps[id]
            case "rename":
                self.steps = {f"r{number}" if each == id else each: self.steps[each] for each in ids}
            case "order":
                self.steps[id] = self.steps.pop(id)
            case "spell":
                self.note = f"# note {number}\n"
            case "move":
                self.made.git("mv", self.folder, f"moved-{number}")
                self.folder = f"moved-{number}"
        self._write(act)

    def _write(self, message: str) -> None:
        folder = self.made.top / self.folder / "steps"
        for path in folder.glob("*.yaml"):
            path.unlink()
        files = {f"{self.folder}/workshop.yaml": listing(*self.steps)}
        for id, (title, text, more) in self.steps.items():
            data = f"{self.note}id: {id}\ntitle: {title}\nimage_tag: o/c:x\n{more}markdown: |\n{text}"
            files[f"{self.folder}/steps/{id}.yaml"] = data.encode()
        if self.is_broken:
            files[f"{self.folder}/steps/{next(iter(self.steps))}.yaml"] = b"title: [broken\n"
        self.made.commit(files, message)

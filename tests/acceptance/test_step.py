"""`yamlsync step` as its users meet it: real files, real Git repositories (AUT-20 to AUT-39)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from attrs import evolve

from tests.acceptance.command import course, killed_at, run, snapshot
from tests.acceptance.test_export import commit, git
from yamlsync.document.reading import read
from yamlsync.errors import OperationError
from yamlsync.layout.files import shape_of
from yamlsync.layout.update import plan_update
from yamlsync.records import Contents, Navigation, RuntimeState, Step, Workshop
from yamlsync.reshaping.move import move
from yamlsync.step_changes import StepOptions, reshape
from yamlsync.tree import in_memory

MakeDatabase = Callable[..., str]

COURSE = course(5, progress=True)


def write(root: Path, contents: Contents) -> Path:
    for path, data in plan_update(in_memory({}), contents, with_state=True).puts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    return write(tmp_path / "course", COURSE)


@pytest.fixture
def repository(workshop: Path) -> Path:
    git(workshop.parent, "init", "-q")
    commit(workshop.parent)
    return workshop


def two_workshops() -> Contents:
    def step(name: str, *links: str | None) -> Step:
        return Step(name, name.title(), f"org/x:{name}", 1, Navigation(*links))

    return Contents(
        (
            Workshop("one", "One", "v1", 1, (step("a", "b", None),)),
            Workshop("two", "Two", "v1", 1, (step("b", None, "a", 'steps["a"].completed'),)),
        ),
        (RuntimeState("student", "a", "active"),),
    )


def says(workshop: Path, *options: object) -> str:
    """What is wrong by `import`, which must be nothing; and the list of steps."""
    target = workshop.parent / "built.db"
    done = run("import", *options, workshop, target)
    target.unlink(missing_ok=True)
    assert done.returncode == 0, done.stderr
    text = (workshop / "workshop.yaml").read_text(encoding="utf-8")
    return " ".join(line[4:] for line in text.splitlines() if line.startswith("  - "))


def test_a_step_is_added_at_the_end(workshop: Path) -> None:
    done = run("step", "add", workshop, "step-6-loops")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "steps/step-6-loops.yaml: new",
        "workshop.yaml: steps",
        '"step-6-loops" follows "step-5"',
    ]
    assert (workshop / "steps" / "step-6-loops.yaml").read_text(encoding="utf-8") == (
        "id: step-6-loops\ntitle: Step 6 loops\nimage_tag: org/course:step-6-loops\n"
        "markdown: |\n  # Step 6 loops\n"
    )
    assert says(workshop) == "step-1 step-2 step-3 step-4 step-5 step-6-loops"


def test_a_step_is_added_with_all_that_can_be_said(workshop: Path) -> None:
    options = ["--title", "Odd: one", "--image-tag", "x:1", "--condition", 'steps["step-1"].completed']
    done = run("step", "add", workshop, "A b", "--before", "step-2", *options)
    assert done.returncode == 0, done.stderr
    assert (workshop / "steps" / "!a%20b.yaml").read_text(encoding="utf-8") == (
        'id: A b\ntitle: "Odd: one"\nimage_tag: x:1\nnavigation:\n'
        '  unlock_condition: steps["step-1"].completed\nmarkdown: |\n  # Odd: one\n'
    )
    assert says(workshop) == "step-1 A b step-2 step-3 step-4 step-5"


def test_neighbours_that_lead_past_the_new_step_are_told_and_left(workshop: Path) -> None:
    edit(
        workshop / "steps" / "step-1.yaml", "markdown:", "navigation:\n  next: step-2 # on purpose\nmarkdown:"
    )
    edit(workshop / "steps" / "step-2.yaml", "metadata:", "navigation:\n  prev: step-1\nmetadata:")
    before = snapshot(workshop)
    done = run("step", "add", workshop, "new", "--after", "step-1")
    assert done.returncode == 0, done.stderr
    assert (
        '"step-1" still leads on to "step-2": navigation.next in steps/step-1.yaml says so, past "new"'
        in done.stderr
    )
    assert (
        '"step-2" still leads back to "step-1": navigation.prev in steps/step-2.yaml says so, past "new"'
        in done.stderr
    )
    after = snapshot(workshop)
    assert {path for path in after if after[path] != before.get(path)} == {"steps/new.yaml", "workshop.yaml"}


def test_the_first_step_of_a_workshop_has_an_image_named_after_it(tmp_path: Path) -> None:
    empty = write(tmp_path / "w", Contents((Workshop("Käse & Co", "Name", "v1", 1),)))
    assert run("step", "add", empty, "Ä", "--condition", "true").returncode == 0
    assert b"image_tag: kase-co:A\n" in (empty / "steps" / "%c3%84.yaml").read_bytes()
    assert says(empty) == "Ä"
    assert run("step", "rm", "--force", empty, "Ä").returncode == 0
    assert says(empty) == ""
    assert (empty / "workshop.yaml").read_bytes().endswith(b"steps: []\n")
    assert not (empty / "steps").exists()


def test_the_default_image_is_of_the_repository_that_most_steps_have(tmp_path: Path) -> None:
    steps = tuple(
        Step(f"s{number}", "S", tag, number)
        for number, tag in enumerate(("a:1", "host:5000/b@sha256:12", "host:5000/b:3"), 1)
    )
    root = write(tmp_path / "w", Contents((Workshop("w", "W", "v1", 1, steps),)))
    assert run("step", "add", root, "s4").returncode == 0
    assert b"image_tag: host:5000/b:s4\n" in (root / "steps" / "s4.yaml").read_bytes()
    refused = run("step", "add", root, "s5", "--condition", "true")
    assert refused.returncode == 2
    assert "workshop.yaml says navigation: none, so no step can have a condition" in refused.stderr


def test_a_step_is_renamed_wherever_it_is_named(workshop: Path) -> None:
    edit(workshop / "workshop.yaml", "  - step-2\n", "  # the second\n  - step-2 # mind\n")
    edit(workshop / "steps" / "step-3.yaml", 'steps["step-2"]', """steps['step-2']""")
    edit(workshop / "steps" / "step-5.yaml", "goss_spec:", "navigation:\n  next: step-2 # again\ngoss_spec:")
    edit(workshop / "steps" / "step-4.yaml", "Some prose", "After step-2, and step-22, prose")
    edit(workshop / "state" / "student.yaml", "id: step-1", "id: step-2 # slow")
    done = run("step", "mv", workshop, "step-2", "it's")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "state/student.yaml: steps",
        "steps/it%27s.yaml: was steps/step-2.yaml; id",
        "steps/step-3.yaml: navigation.unlock_condition",
        "steps/step-5.yaml: navigation.next",
        "workshop.yaml: steps",
        '"step-2" is now "it\'s"',
        "the image is still org/course:step-2; --image-tag renames it too",
        'steps/step-4.yaml: markdown mentions "step-2" once, in line 13; left as it is',
        "warning: the file of \"it's\" is called it%27s.yaml: not all of the id can stand in a file's name",
        "  = help: an id of small letters, digits and hyphens, such as it-s, is its file's name as it is",
    ]
    assert says(workshop, "--state") == "step-1 it's # mind step-3 step-4 step-5"
    assert b"  # the second\n  - it's # mind\n" in (workshop / "workshop.yaml").read_bytes()
    assert rb"unlock_condition: steps['it\'s'].completed" in (workshop / "steps" / "step-3.yaml").read_bytes()
    assert b"next: it's # again" in (workshop / "steps" / "step-5.yaml").read_bytes()
    assert b"- id: it's # slow" in (workshop / "state" / "student.yaml").read_bytes()
    assert not (workshop / "steps" / "step-2.yaml").exists()


def test_a_step_renamed_there_and_back_leaves_every_byte(workshop: Path) -> None:
    before = snapshot(workshop)
    assert run("step", "mv", workshop, "step-2", "other", "--image-tag").returncode == 0
    assert b"image_tag: org/course:other\n" in (workshop / "steps" / "other.yaml").read_bytes()
    assert run("step", "mv", workshop, "other", "step-2", "--image-tag").returncode == 0
    assert snapshot(workshop) == before


def test_a_step_of_one_of_several_workshops_is_renamed_in_all(tmp_path: Path) -> None:
    root = write(tmp_path / "courses", two_workshops())
    # Named by the directory of the workshop itself, the others are renamed as well.
    done = run("step", "mv", "workshops/one", "a", "z", cwd=root)
    assert done.returncode == 0, done.stderr
    assert (root / "workshops" / "two" / "steps" / "b.yaml").read_text(encoding="utf-8") == (
        "id: b\ntitle: B\nimage_tag: org/x:b\nnavigation:\n  prev: z\n"
        '  unlock_condition: steps["z"].completed\n'
    )
    assert b"id: z\n" in (root / "state" / "student.yaml").read_bytes()
    assert run("import", "--state", root, tmp_path / "x.db").returncode == 0


def test_where_there_are_several_workshops_add_wants_to_know_which(tmp_path: Path) -> None:
    root = write(tmp_path / "courses", two_workshops())
    refused = run("step", "add", root, "c")
    assert refused.returncode == 2
    assert 'say which, with --workshop: "one", "two"' in refused.stderr
    assert run("step", "add", root, "c", "--workshop", "two").returncode == 0
    assert run("step", "add", root / "workshops" / "one", "d").returncode == 0
    assert run("step", "add", root, "e", "--after", "a").returncode == 0
    assert sorted(path for path in snapshot(root) if "steps" in path) == [
        "workshops/one/steps/a.yaml",
        "workshops/one/steps/d.yaml",
        "workshops/one/steps/e.yaml",
        "workshops/two/steps/b.yaml",
        "workshops/two/steps/c.yaml",
    ]
    other = run("step", "add", root, "f", "--after", "a", "--workshop", "two")
    assert (other.returncode, '"a" is a step of the workshop "one"' in other.stderr) == (2, True)
    mixed = run("step", "order", root, "a", "b", "--first")
    assert (mixed.returncode, "are steps of two workshops" in mixed.stderr) == (2, True)


def test_equal_positions_are_written_so_that_the_list_stays(tmp_path: Path) -> None:
    steps = tuple(Step(name, name, "x:1", 5, Navigation(None, None)) for name in ("a", "b"))
    root = write(tmp_path / "w", Contents((Workshop("w", "W", "v1", 1, steps),)))
    done = run("step", "mv", root, "a", "c")
    assert "positions are written anew" in done.stderr
    assert says(root) == "c b"
    assert b"position" not in (root / "steps" / "b.yaml").read_bytes()


def test_a_step_is_removed_and_what_led_to_it_leads_past_it(repository: Path) -> None:
    edit(repository / "steps" / "step-4.yaml", "metadata:", "navigation:\n  next: step-2 # back\nmetadata:")
    edit(repository / "steps" / "step-3.yaml", "steps[", "1 == 1 || steps[")
    edit(repository / "steps" / "step-3.yaml", "step-2", "step-1")
    edit(repository / "workshop.yaml", "  - step-2", "  # Part two\n\n  # the odd one\n  - step-2 # mind")
    edit(repository / "steps" / "step-2.yaml", "id:", "# for the brave\nid:")
    commit(repository.parent)
    done = run("step", "rm", repository, "step-2")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "steps/step-2.yaml: removed",
        "steps/step-4.yaml: navigation.next",
        "workshop.yaml: steps",
        '"step-3" now follows "step-1"',
        '"step-4" now leads on to "step-3", as "step-2" did',
        "what stood beside it in workshop.yaml goes with it: # the odd one # mind",
    ]
    assert b"next: step-3 # back" in (repository / "steps" / "step-4.yaml").read_bytes()
    assert b"  - step-1\n  # Part two\n\n  - step-3\n" in (repository / "workshop.yaml").read_bytes()
    assert says(repository) == "step-1 step-3 step-4 step-5"


def test_a_removed_step_leads_where_its_own_link_led(repository: Path) -> None:
    edit(repository / "steps" / "step-4.yaml", "metadata:", "navigation:\n  next: step-1\nmetadata:")
    commit(repository.parent)
    done = run("step", "rm", repository, "step-4")
    assert done.returncode == 0, done.stderr
    assert '"step-3" now leads on to "step-1", as "step-4" did' in done.stderr
    assert (
        b'navigation:\n  next: step-1\n  unlock_condition: steps["step-2"].completed\n'
        in (repository / "steps" / "step-3.yaml").read_bytes()
    )


def test_a_step_that_a_condition_or_progress_names_is_not_removed(repository: Path) -> None:
    before = snapshot(repository)
    for force in ([], ["--force"]):
        refused = run("step", "rm", "course", "step-2", *force, cwd=repository.parent)
        assert refused.returncode == 1
        assert (
            'course/steps/step-3.yaml:5:28: YS204 the unlock condition names "step-2", which is to be removed'
            in refused.stderr
        )
        refused = run("step", "rm", "course", "step-1", *force, cwd=repository.parent)
        assert refused.returncode == 1
        assert 'student.yaml:4:9: YS202 a student has progress with "step-1"' in refused.stderr
    assert snapshot(repository) == before


def test_a_file_that_git_does_not_hold_is_not_removed_unseen(repository: Path) -> None:
    step = repository / "steps" / "step-5.yaml"
    edit(step, "Title one", "My title")
    refused = run("step", "rm", repository, "step-5")
    assert refused.returncode == 1
    assert "steps/step-5.yaml: YS131 the file would be removed, and Git does not hold it" in refused.stderr
    assert "My title" in step.read_text(encoding="utf-8")
    assert run("step", "rm", "--force", repository, "step-5").returncode == 0
    assert not step.exists()


def test_outside_of_git_a_removal_needs_force(workshop: Path) -> None:
    assert run("step", "rm", workshop, "step-5").returncode == 1
    assert run("step", "rm", workshop, "step-5", "--force").returncode == 0


def test_steps_are_put_elsewhere_with_their_comments(workshop: Path) -> None:
    edit(workshop / "workshop.yaml", "  - step-4\n", "\n  # Part two\n\n  # hard\n  - step-4 # 2 h\n")
    done = run("step", "order", workshop, "step-4", "step-1", "--after", "step-2")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "workshop.yaml: steps",
        '"step-2" is now the first step',
        '"step-4" now follows "step-2"',
        '"step-1" now follows "step-4"',
        '"step-3" now follows "step-1"',
        '"step-5" now follows "step-3"',
    ]
    assert (
        (workshop / "workshop.yaml")
        .read_text(encoding="utf-8")
        .endswith(
            "steps:\n  - step-2\n  # hard\n  - step-4 # 2 h\n  - step-1\n  - step-3\n\n"
            "  # Part two\n\n  - step-5\n"
        )
    )
    again = run("step", "order", workshop, "step-4", "--after", "step-2")
    assert (again.returncode, again.stderr) == (0, "nothing to change\n")


def test_links_that_the_new_order_says_are_dropped_and_others_told(workshop: Path) -> None:
    edit(workshop / "steps" / "step-1.yaml", "markdown:", "navigation:\n  next: step-3\nmarkdown:")
    edit(workshop / "steps" / "step-5.yaml", "goss_spec:", "navigation:\n  prev: step-4\ngoss_spec:")
    done = run("step", "order", workshop, "step-4", "--after", "step-1")
    assert done.returncode == 0, done.stderr
    assert '"step-1" still leads on to "step-3": navigation.next in steps/step-1.yaml says so' in done.stderr
    assert '"step-5" still leads back to "step-4"' in done.stderr
    done = run("step", "order", workshop, "step-2", "step-4", "--last")
    assert done.returncode == 0, done.stderr
    assert "steps/step-1.yaml: navigation.next" in done.stderr
    assert b"navigation" not in (workshop / "steps" / "step-1.yaml").read_bytes()


def test_positions_that_do_not_fit_are_dealt_out_in_the_new_order(tmp_path: Path) -> None:
    steps = tuple(
        Step(name, name, "x:1", position, Navigation(None, None))
        for name, position in (("a", 10), ("b", 20), ("c", 30))
    )
    root = write(tmp_path / "w", Contents((Workshop("w", "W", "v1", 1, steps),)))
    assert run("step", "order", root, "c", "--first").returncode == 0
    assert says(root) == "c a b"
    texts = [(root / "steps" / f"{name}.yaml").read_text(encoding="utf-8") for name in "cab"]
    assert ["position" in text for text in texts] == [False, True, True]
    assert "position: 20\n" in texts[1]
    assert "position: 30\n" in texts[2]
    assert "first_position: 10\n" in (root / "workshop.yaml").read_text(encoding="utf-8")


COMMANDS = [
    ["add", "new", "--first"],
    ["mv", "step-1", "new"],
    ["rm", "step-5", "--force"],
    ["order", "step-5", "--first"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_dry_run_writes_nothing_and_says_the_same(command: list[str], workshop: Path) -> None:
    edit(workshop / "steps" / "step-4.yaml", "metadata:", "navigation:\n  next: step-1\nmetadata:")
    verb, *rest = command
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in workshop.parent.rglob("*")}
    dry = run("step", verb, workshop, *rest, "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    after = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in workshop.parent.rglob("*")}
    assert after == before
    wet = run("step", verb, workshop, *rest)
    assert (wet.returncode, wet.stderr) == (0, dry.stdout)
    assert run("-q", "step", "order", workshop, "step-3", "--last").stderr == ""


def warnings(said: str) -> list[str]:
    return [line.removeprefix("warning: ") for line in said.splitlines() if line.startswith("warning: ")]


def test_what_check_finds_in_a_new_step_is_told_and_the_step_is_there(workshop: Path) -> None:
    options = ["--condition", "steps.completed(", "--image-tag", "FOO:bar"]
    dry = run("step", "add", workshop, "new", *options, "--dry-run")
    done = run("step", "add", workshop, "new", *options)
    assert done.returncode == 0
    found = warnings(done.stderr)
    assert [line.partition(" ")[0] for line in found] == ["steps/new.yaml:3:12:", "steps/new.yaml:5:36:"]
    assert [line.split(" ")[1] for line in found] == ["YS601", "YS401"]
    assert '  = help: write the repository in lowercase: "foo:bar"' in done.stderr.splitlines()
    assert warnings(dry.stderr) == found
    checked = run("check", "--output-format", "concise", "--select", "YS401,YS601", workshop)
    assert len(checked.stdout.splitlines()) == 2


def test_what_check_found_before_is_not_told_again(workshop: Path) -> None:
    edit(workshop / "steps" / "step-1.yaml", "org/course:step-1", "FOO:bar")
    edit(workshop / "steps" / "step-3.yaml", 'steps["step-2"]', 'steps["step-9"]')
    assert warnings(run("step", "add", workshop, "new", "--first").stderr) == []
    assert warnings(run("step", "mv", workshop, "step-1", "other").stderr) == []
    assert warnings(run("step", "mv", workshop, "step-3", "third").stderr) == []


def test_what_a_change_does_to_other_steps_is_told(workshop: Path) -> None:
    done = run("step", "order", workshop, "step-3", "--first")
    assert done.returncode == 0
    (found,) = warnings(done.stderr)
    assert found.startswith("steps/step-3.yaml:5:28: YS403 unlock condition can never be true")


def test_what_the_settings_ignore_is_not_told(workshop: Path) -> None:
    settings = workshop / "yamlsync.toml"
    settings.write_text('ignore = ["YS601"]\n', encoding="utf-8")
    assert warnings(run("step", "add", workshop, "new", "--image-tag", "FOO:bar").stderr) == []
    settings.write_text("ignore = 1\n", encoding="utf-8")
    done = run("step", "add", workshop, "other", "--image-tag", "FOO:bar")
    assert done.returncode == 0
    (found,) = warnings(done.stderr)
    assert found.startswith("what comes of it was not checked: ")
    assert (workshop / "steps" / "other.yaml").exists()


@pytest.mark.parametrize(
    ("id", "such_as"),
    [
        ("My Step", ", such as my-step,"),
        ("Ärger", ", such as arger,"),
        ("Step 1", ""),  # step-1 is taken.
        ("漢字", ""),
        ("con", ""),
    ],
)
def test_an_id_that_no_file_can_be_called_is_told_with_one_that_can(
    id: str, such_as: str, workshop: Path
) -> None:
    for arguments in (["add", workshop, id, "--dry-run"], ["mv", workshop, "step-5", id]):
        done = run("step", *arguments, env={"PYTHONUTF8": "1"})
        assert done.returncode == 0
        assert warnings(done.stderr)[0].startswith(f'the file of "{id}" is called ')
        assert f"small letters, digits and hyphens{such_as} is its file's name" in done.stderr
    for plain in ("a_b", "a.b", "a-1"):
        assert warnings(run("step", "add", workshop, plain).stderr) == []


def test_texts_and_comments_that_mention_a_renamed_step_are_told_where_they_stand_then(
    workshop: Path,
) -> None:
    step = workshop / "steps" / "step-2.yaml"
    edit(step, "title:", "# step-2 comes early, step-2b late\ntitle:")
    edit(step, "Title one", "'The step-2'")
    edit(step, "Some prose", "# step-2\n\n  step-2, step-2\n  Some prose")
    edit(workshop / "workshop.yaml", "  - step-3", "  # below step-2\n  - step-3 # not step-2")
    done = run("step", "mv", workshop, "step-2", "other")
    said = [line for line in done.stderr.splitlines() if "mention" in line]
    assert said == [
        'steps/other.yaml: title mentions "step-2" once, in line 3; left as it is',
        'steps/other.yaml: markdown mentions "step-2" 3 times, in lines 14, 16; left as it is',
        'steps/other.yaml: a comment mentions "step-2" once, in line 2; left as it is',
        'workshop.yaml: comments mention "step-2" 2 times, in lines 9, 10; left as it is',
    ]
    for line in said:
        path, _, rest = line.partition(": ")
        lines = (workshop / path).read_text(encoding="utf-8").splitlines()
        for number in rest.partition("in line")[2].lstrip("s ").partition(";")[0].split(", "):
            assert "step-2" in lines[int(number) - 1]


def test_of_many_mentions_the_first_lines_are_told_and_it_takes_no_time(workshop: Path) -> None:
    edit(workshop / "steps" / "step-4.yaml", "Some prose", "step-2\n  " * 50_000 + "Some prose")
    edit(workshop / "steps" / "step-5.yaml", "Title one", "'" + "step-2''" * 50_000 + "'")
    start = time.monotonic()
    done = run("step", "mv", workshop, "step-2", "other")
    assert time.monotonic() - start < 20
    assert (
        'markdown mentions "step-2" 50000 times, in lines 13, 14, 15, 16, 17, …; left as it is' in done.stderr
    )
    assert 'title mentions "step-2" 50000 times, in lines 2, …; left as it is' in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mv", "step-9", "x"], 'there is no step "step-9"'),
        (["mv", "step-1", "step-2"], 'the step id "step-2" is taken by steps/step-2.yaml'),
        (["mv", "step-1", "step-1"], 'the step id "step-1" is taken'),
        (["rm", "stp-1"], 'did you mean "step-1"?'),
        (["add", "step-1"], 'the step id "step-1" is taken'),
        (["add", "new", "--after", "stp-1"], 'did you mean "step-1"?'),
        (["add", "new", "--workshop", "curse"], 'did you mean "course"?'),
        (["add", "new", "--first", "--last"], "name one place"),
        (["order", "step-1"], "say where to"),
        (["order", "step-1", "step-1", "--first"], '"step-1" is named twice'),
        (["order", "step-1", "--after", "step-1"], '"step-1" is named twice'),
        (["order", "step-1", "nope", "--first"], 'there is no step "nope"'),
    ],
)
def test_what_cannot_be_tried(arguments: list[str], said: str, workshop: Path) -> None:
    before = snapshot(workshop)
    verb, *rest = arguments
    done = run("step", verb, workshop, *rest)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert snapshot(workshop) == before
    assert not (workshop / ".yamlsync").exists()


def test_no_workshop_and_no_text(tmp_path: Path) -> None:
    for directory, said in (
        ("", "no folder is named"),
        (tmp_path, "holds no workshop"),
        ("nope", "does not exist"),
    ):
        done = run("step", "rm", directory, "x", cwd=tmp_path)
        assert (done.returncode, said in done.stderr) == (2, True)
    root = write(tmp_path / "w", COURSE)
    environment = {"PYTHONUTF8": "1"}
    done = run("step", "add", root, os.fsdecode(b"\xff"), env=environment)
    assert (done.returncode, "is not UTF-8" in done.stderr) == (2, True)


def test_a_workshop_with_problems_is_refused_as_import_refuses_it(workshop: Path) -> None:
    edit(workshop / "steps" / "step-2.yaml", "title:", "titel:")
    before = snapshot(workshop)
    done = run("step", "add", "course", "new", cwd=workshop.parent)
    imported = run("import", "course", "x.db", cwd=workshop.parent)
    assert (done.returncode, imported.returncode) == (1, 1)
    assert done.stderr == imported.stderr
    assert snapshot(workshop) == before


def test_what_export_knows_of_its_files_stays(tmp_path: Path, make_database: MakeDatabase) -> None:
    database = make_database(course(3))
    out = tmp_path / "out"
    assert run("export", database, out).returncode == 0
    record = (out / ".yamlsync" / "written.json").read_bytes()
    assert run("step", "order", out, "step-3", "--first").returncode == 0
    assert run("step", "mv", out, "step-3", "renamed").returncode == 0
    assert (out / ".yamlsync" / "written.json").read_bytes() == record
    # Which is why what was changed here is not overwritten unseen.
    refused = run("export", database, out)
    assert refused.returncode == 1
    assert "workshop.yaml: YS131" in refused.stderr


def test_every_file_is_formatted_afterwards(workshop: Path) -> None:
    for arguments in (
        ["add", workshop, "new", "--after", "step-2"],
        ["mv", workshop, "step-1", "zz top"],
        ["order", workshop, "new", "--last"],
    ):
        assert run("step", *arguments).returncode == 0
    assert run("fmt", "--check", workshop).returncode == 0
    for path, data in snapshot(workshop).items():
        shape = shape_of(path)
        assert shape is not None
        assert not isinstance(read(path, data, shape), tuple)


needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are killed after a fork, which is missing here"
)


@needs_fork
def test_killed_at_any_moment_a_renaming_is_done_or_not(workshop: Path, tmp_path: Path) -> None:
    edit(workshop / "steps" / "step-4.yaml", "metadata:", "navigation:\n  next: step-1\nmetadata:")
    plan = partial(move, old="step-1", new="first")
    old, work, number = snapshot(workshop), tmp_path / "work", 0
    shutil.copytree(workshop, tmp_path / "new")
    reshape(str(tmp_path / "new"), plan, StepOptions())
    new = snapshot(tmp_path / "new")
    shutil.rmtree(tmp_path / "new")
    while True:
        number += 1
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(workshop, work)
        done = not killed_at(number, work, lambda: reshape(str(work), plan, StepOptions()))
        now = snapshot(work)
        journal = (work / ".yamlsync" / "journal.json").exists()
        assert now in (old, new) or journal
        if journal:
            assert "was interrupted" in run("import", work, tmp_path / "x.db").stderr
        if now == new and not journal:
            break
        try:
            reshape(str(work), plan, StepOptions())
        except OperationError as error:
            # The work was completed before it was looked at.
            assert journal
            assert error.help is not None  # noqa: PT017
            assert "was completed first" in error.help  # noqa: PT017
        assert snapshot(work) == new
        assert [path.name for path in work.rglob("*") if path.name in ("journal.json", "stage")] == []
        if done:
            break
    assert number > 25
    assert old != new


@needs_fork
def test_the_real_command_killed_at_random_moments(workshop: Path, tmp_path: Path) -> None:
    work, chance = tmp_path / "work", random.Random(11)
    old = snapshot(workshop)
    shutil.copytree(workshop, work)
    assert run("step", "order", work, "step-5", "--first").returncode == 0
    new = snapshot(work)
    for _ in range(12):
        shutil.rmtree(work)
        shutil.copytree(workshop, work)
        process = subprocess.Popen(
            [sys.executable, "-m", "yamlsync", "step", "order", str(work), "step-5", "--first"],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.05, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if not (work / ".yamlsync" / "journal.json").exists():
            assert snapshot(work) in (old, new)
        again = run("step", "order", work, "step-5", "--first")
        assert again.returncode == 0, again.stderr
        assert snapshot(work) == new


def test_a_workshop_that_another_process_writes_into_is_left_alone(workshop: Path) -> None:
    from yamlsync.publish.journal import writing

    before = snapshot(workshop)
    with writing(str(workshop), lambda *_: False):
        done = run("step", "add", workshop, "new")
    assert done.returncode == 2
    assert "another process is writing into" in done.stderr
    assert snapshot(workshop) == before


def test_a_large_workshop_is_reshaped_in_no_time(tmp_path: Path) -> None:
    names = [f"step-{number}" for number in range(1000)]
    steps = tuple(
        Step(
            name, name, f"x:{name}", index + 1,
            Navigation([*names, None][index + 1], names[index - 1] if index else None),
            markdown="# Text\n\n" + "word " * 1000 + "\n",
        )
        for index, name in enumerate(names)
    )  # fmt: skip
    root = write(tmp_path / "w", Contents((evolve(Workshop("w", "W", "v1", 1), steps=steps),)))
    start = time.monotonic()
    done = run("step", "mv", root, "step-500", "middle")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - start < 10

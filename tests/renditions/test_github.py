"""What changed, as annotations of GitHub, at the lines where it is seen (DIF-67, DIF-68)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.edited import Sides, any_two, edited
from tests.renditions import reviews
from tests.reporters.test_github import parse
from yamlsync.comparison import Comparison
from yamlsync.layout.files import shape_of
from yamlsync.layout.update import plan_update
from yamlsync.opening import Database, RevisionDirectory
from yamlsync.publish.directory import directory_tree
from yamlsync.records import Contents, Step, Workshop
from yamlsync.renditions import github
from yamlsync.renditions.github import MOST, render
from yamlsync.renditions.places import stretches
from yamlsync.reporters.commands import command
from yamlsync.tree import Tree, in_memory
from yamlsync.wording import folding
from yamlsync.wording.passages import Kept, Passage, passages

WORKSHOP = Workshop("c", "Course", "v1", 1, (Step("a", "Title", "o/c:v1", 1),))
SPEC = "command:\n  x:\n    exec: [{}, {}]\n    exit-status: 0\n"


def _reader(tree: Tree) -> Callable[[str], bytes | None]:
    return lambda path: tree.read(path) if path in tree.paths else None


def _told(comparison: Comparison, folder: Path) -> list[tuple[str, list[str], str]]:
    """Of each annotation the file, the lines that it stands at, and its text."""
    found = []
    text = render(comparison, _reader(directory_tree(str(folder))))
    for line in text.splitlines():
        name, properties, message = parse(line)
        assert (name, properties["title"].partition(": ")[0]) == ("notice", "yamlsync diff")
        path = Path(properties["file"])
        lines = path.read_text(encoding="utf-8").split("\n")
        seen = lines[int(properties["line"]) - 1 : int(properties["endLine"])]
        found.append((path.relative_to(folder).as_posix(), [each.strip() for each in seen], message))
    return found


def test_an_edit_of_prose_is_told_at_its_lines_and_what_is_checked_first(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")
    reviews.edit_prose(folder)

    assert _told(reviews.compared(reviews.SAMPLE, folder), folder) == [
        (
            "steps/probes.yaml",
            ["exit-status: 0"],
            "check command “three of three pods are ready”: timeout is gone: 65000",
        ),
        (
            "steps/probes.yaml",
            [
                (
                    'So far "running" has meant: the process has not ended. That says next to nothing. '
                    "A program may still be loading,"
                )
            ],
            "text: 1 line changed, under “Why”",
        ),
        (
            "steps/probes.yaml",
            ["hint.3: No restart yet? Freeze one pod as shown and wait a minute."],
            (
                "hint 3: “No restart yet? Freeze one pod as shown and wait for half a minute.” became "
                "“No restart yet? Freeze one pod as shown and wait a minute.”"
            ),
        ),
        (
            "steps/probes.yaml",
            [
                (
                    "A service of your own answers them with a few lines of code. "
                    "In Go (1.22 or newer), for example:"
                )
            ],
            "text: 1 line changed, under “Why”",
        ),
    ]


def test_a_split_is_told_at_the_new_step_and_at_the_new_id(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")
    reviews.split_step(folder)

    assert _told(reviews.compared(reviews.SAMPLE, folder), folder) == [
        ("steps/balancing.yaml", ["title: Share the work between pods"], "this step is new"),
        ("steps/stable-address.yaml", ["id: stable-address"], "was services, 79\N{NO-BREAK SPACE}% alike"),
        (
            "steps/stable-address.yaml",
            ["goes to a random pod."],
            "text: 68 lines gone, under “Call it from inside”",
        ),
    ]


def test_what_is_gone_is_told_in_the_list_where_it_stood(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")
    reviews.merge_branches(folder)

    assert _told(reviews.compared(reviews.SAMPLE, folder), folder) == [
        ("workshop.yaml", ["- config-maps"], "this step is gone; it stood here"),
        ("workshop.yaml", ["- debugging"], "moved from place 9, now behind welcome"),
        (
            "steps/rollouts.yaml",
            ["image_tag: yamlsync-samples/kubernetes-basics:rollouts-2"],
            "image: tag “rollouts” became “rollouts-2” of yamlsync-samples/kubernetes-basics",
        ),
    ]


def test_each_check_has_an_annotation_at_its_own_lines_and_of_bounded_length(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")
    step = folder / "steps" / "probes.yaml"
    text = step.read_text(encoding="utf-8")
    start = text.index("goss_spec: |")
    names = [f"check number {number} {'of a long name ' * 20}" for number in range(3)]
    for target, word in ((tmp_path / "old", "one"), (folder, "two")):
        if target != folder:
            reviews.copy(target)
        spec = "".join(
            f"    {name.strip()}:\n      exec: echo {word} {'x ' * 300}\n      exit-status: 0\n"
            for name in names
        )
        spec = spec.replace("exit-status: 0", "exit-status: 1") if word == "two" else spec
        (target / "steps" / "probes.yaml").write_text(
            f"{text[:start]}goss_spec: |\n  command:\n{spec}", encoding="utf-8"
        )

    found = _told(reviews.compared(tmp_path / "old", folder), folder)

    assert [message[:29] for _, _, message in found] == [
        f"check command “check number {number}" for number in range(3)
    ]
    for _, _, message in found:
        told, *shown = message.splitlines()
        assert ("echo one" in told, "echo two" in told, len(told) <= 300) == (True, True, True)
        assert [each[0] for each in shown[:4]] == ["-", "+", "-", "+"]
        assert sum(map(len, shown[:-1])) <= 1_000
        assert re.fullmatch("@@ .* more lines of this change @@", shown[-1])
    assert all("echo two" in lines[0] for _, lines, _ in found)
    assert len({id(lines) for _, lines, _ in found}) == 3


def test_a_check_with_another_name_is_one_annotation_at_its_new_name(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")
    reviews.edit(
        folder / "steps" / "probes.yaml", ("three of three pods are ready:", "all three pods are ready:")
    )

    assert _told(reviews.compared(reviews.SAMPLE, folder), folder) == [
        (
            "steps/probes.yaml",
            ["all three pods are ready:"],
            "check command “three of three pods are ready” is now “all three pods are ready”",
        )
    ]


def test_nothing_is_told_of_equal_workshops(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")

    assert render(reviews.compared(reviews.SAMPLE, folder), lambda _: None) == ""


def test_of_many_changes_the_last_annotation_says_how_many_more_there_are(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")
    files = [
        path for path in sorted((folder / "steps").iterdir()) if 'title: "' not in path.read_text("utf-8")
    ]
    for file in files:
        reviews.edit(file, ("\ntitle: ", "\ntitle: New "), ("image_tag: yamlsync-", "image_tag: other-"))

    lines = render(
        reviews.compared(reviews.SAMPLE, folder), _reader(directory_tree(str(folder)))
    ).splitlines()

    assert len(lines) == MOST
    assert all(line.startswith("::notice file=") for line in lines[:-1])
    more = 2 * len(files) - (MOST - 1)
    assert (
        lines[-1]
        == f"::notice title=yamlsync diff::{more} more changes without an annotation: GitHub shows 10"
    )


def test_paths_are_as_seen_from_the_repository(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")
    reviews.edit(folder / "steps" / "probes.yaml", ("title: Tell", "title: Ask"))
    found = reviews.compared(reviews.SAMPLE, folder)
    read = _reader(directory_tree(str(folder)))

    def file(comparison: Comparison) -> str | None:
        seen = render(comparison, read, lambda path: f"in/{Path(path).relative_to(tmp_path).as_posix()}")
        return parse(seen)[1].get("file")

    assert file(found) == "in/course/steps/probes.yaml"
    for path, expected in (("a/course", "a/course/steps/probes.yaml"), ("", "steps/probes.yaml")):
        located = RevisionDirectory(f"x:{path}", in_memory({}), {}, "x", path, None)  # type: ignore[arg-type]
        assert file(evolve(found, new=evolve(found.new, located=located))) == expected
    # A line of a database is no line of a pull request.
    assert file(evolve(found, new=evolve(found.new, located=Database("a.db")))) is None


def test_a_text_in_quotes_is_found_as_well(tmp_path: Path) -> None:
    folder = reviews.copy(tmp_path / "course")
    step = folder / "steps" / "probes.yaml"
    text = step.read_text(encoding="utf-8")
    start = text.index("markdown: |")
    for target, prose in ((tmp_path / "old", "a\\nb\\nc\\n"), (folder, "a\\nB\\nc\\n")):
        if target != folder:
            reviews.copy(target)
        (target / "steps" / "probes.yaml").write_text(
            f'{text[:start]}markdown: "{prose}"\n', encoding="utf-8"
        )

    assert _told(reviews.compared(tmp_path / "old", folder), folder) == [
        ("steps/probes.yaml", ['markdown: "a\\nB\\nc\\n"'], "text: 1 line new, 1 gone")
    ]


@settings(deadline=None)
@given(edited() | any_two())
def test_every_annotation_is_one_command_at_lines_that_are_there(sides: Sides) -> None:
    files = plan_update(in_memory({}), Contents(sides[1]), with_state=False).puts if sides[1] else {}

    lines = render(reviews.comparison(sides), _reader(in_memory(files))).split("\n")

    for line in filter(None, lines):
        _, properties, _ = parse(line)
        if "line" not in properties:
            continue
        path = properties["file"].removeprefix("new/")
        assert shape_of(path) is not None
        count = files[path].decode().count("\n")
        assert 1 <= int(properties["line"]) <= int(properties["endLine"]) <= count
    assert len(lines) <= MOST


@given(st.text(), st.text())
def test_a_command_is_one_line_whatever_it_says(title: str, message: str) -> None:
    line = command("notice", {"file": "a:b,c.yaml", "title": title}, message)

    assert len(re.split("[\r\n]", line)) == 1
    name, properties, _ = parse(line)
    assert (name, list(properties), properties["file"]) == ("notice", ["file", "title"], "a:b,c.yaml")
    line.encode()


_LINES = st.lists(st.sampled_from(["a", "b", "c", "", "# d"]), max_size=12).map("\n".join)


@given(_LINES, _LINES)
def test_stretches_hold_every_change_once_at_lines_of_the_new_text(old: str, new: str) -> None:
    whole = passages(old, new)
    found = stretches(whole)

    changed = [each for each in whole if not isinstance(each, Kept)]
    assert [each for part in found for each in part.passages if not isinstance(each, Kept)] == changed
    last = 0
    for part in found:
        assert max(last, 1) <= part.first <= part.last <= max(new.count("\n") + 1, 1)
        last = part.last


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a\nb\n", "a\nx\nb\n", [(2, 2)]),
        ("a\nb\nc\n", "a\nc\n", [(1, 1)]),
        ("a\nb\n", "b\n", [(1, 1)]),
        ("a\n1\n2\nb\n", "x\n1\n2\ny\n", [(1, 4)]),
        ("a\n1\n2\n3\nb\n", "x\n1\n2\n3\ny\n", [(1, 1), (5, 5)]),
        ("a\n", "a\n", []),
    ],
)
def test_changes_that_stand_close_together_are_one_stretch(
    old: str, new: str, expected: list[tuple[int, int]]
) -> None:
    assert [(each.first, each.last) for each in stretches(passages(old, new))] == expected


def test_of_a_long_command_the_part_that_changed_is_told_and_its_lines_follow(tmp_path: Path) -> None:
    arguments = ", ".join(f"argument-{number}" for number in range(60))
    sides = [
        evolve(WORKSHOP, steps=(evolve(WORKSHOP.steps[0], goss_spec=SPEC.format(arguments, last)),))
        for last in ("safe", "EVIL")
    ]
    (line,) = render(reviews.comparison(((sides[0],), (sides[1],))), lambda _: None).splitlines()
    told, gone, come = parse(line)[2].splitlines()
    assert re.fullmatch('check command x: exec ….*"safe"\\] became ….*"EVIL"\\]', told)
    assert len(told) <= 300
    assert (gone[0], come[0], gone[-10:], come[-10:]) == ("-", "+", " [-safe-]]", " {+EVIL+}]")


def test_only_what_is_shown_is_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    original = folding.section_of

    def counting(of: Sequence[Passage], index: int) -> str:
        asked.append(index)
        return original(of, index)

    monkeypatch.setattr(github, "section_of", counting)
    old = "".join(f"Line {number}\n\nsame\n\nstays\n\n" for number in range(200))
    sides = [
        evolve(WORKSHOP, steps=(evolve(WORKSHOP.steps[0], markdown=text),))
        for text in (old, old.replace("Line", "Row"))
    ]
    shown = render(reviews.comparison(((sides[0],), (sides[1],))), lambda _: None).splitlines()
    assert (len(shown), len(asked)) == (MOST, MOST - 1)
    assert "191 more changes without an annotation" in shown[-1]

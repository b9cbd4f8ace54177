"""A slip in a list of steps is one finding, at its entry, with the name that was meant (LAY-34, LAY-48)."""

from __future__ import annotations

import pytest

from yamlsync.layout.read import read_tree
from yamlsync.problems import Place
from yamlsync.tree import in_memory

LIST = 'format: yamlsync/1\nid: w\nname: W\nversion: v1\ncreated_at: "x"\nsteps:\n  - start\n  - ENTRY\n'


def step(id: str, more: str = "") -> bytes:
    return f"id: {id}\ntitle: T\nimage_tag: i\n{more}".encode()


def found(files: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """Code, place and help of each problem."""
    problems = read_tree(in_memory(files), with_state=False).problems
    assert all(isinstance(problem.place, Place) for problem in problems)
    return [(problem.code, str(problem.place), problem.help or "") for problem in problems]


def course(entry: str, *, id: str = "merge", more: str = "") -> dict[str, bytes]:
    """Two steps, `start` and steps/merge.yaml with the id `id`; the list names the second as `entry`."""
    return {
        "workshop.yaml": LIST.replace("ENTRY", entry).encode(),
        "steps/start.yaml": step("start", more),
        "steps/merge.yaml": step(id),
    }


@pytest.mark.parametrize(
    ("entry", "help"),
    [
        ("merg", 'did you mean "merge"?'),
        ("Merge", 'did you mean "merge"?'),
        ("merge.yaml", "write merge: the list has ids, without folder and .yaml"),
        ("merge.yml", "write merge: the list has ids, without folder and .yaml"),
        ("merge.md", "write merge: the list has ids, without folder and .yaml"),
        ("steps/merge.yaml", "write merge: the list has ids, without folder and .yaml"),
        ("steps/merge", "write merge: the list has ids, without folder and .yaml"),
    ],
)
def test_a_slip_in_the_list_is_told_at_the_list_alone(entry: str, help: str) -> None:
    assert [("YS123", "workshop.yaml:8:5", help)] == found(course(entry))


def test_a_step_whose_file_is_there_is_named_rightly_though_no_list_names_it() -> None:
    files = course("merg", more="navigation:\n  next: merge\n")
    assert found(files) == [("YS123", "workshop.yaml:8:5", 'did you mean "merge"?')]


def test_a_file_whose_id_is_the_listed_one_is_to_be_renamed() -> None:
    help = "rename steps/merge.yaml to steps/merg.yaml"
    assert [("YS123", "workshop.yaml:8:5", help)] == found(course("merg", id="merg"))


def test_a_file_that_cannot_be_read_is_known_by_its_line_of_the_id() -> None:
    files = course("merg") | {"steps/merge.yaml": b"id: merge\ntitle: @\n"}
    assert found(files) == [("YS123", "workshop.yaml:8:5", 'did you mean "merge"?')]


def test_a_file_whose_name_and_id_differ_is_proposed_by_its_name() -> None:
    assert found(course("merg", id="other")) == [("YS123", "workshop.yaml:8:5", 'did you mean "merge"?')]


def test_ids_that_ran_together_are_one_finding() -> None:
    files = course("merge, last") | {"steps/last.yaml": step("last")}
    help = "write each id behind a dash of its own, all indented alike: - merge"
    assert [("YS123", "workshop.yaml:8:5", help)] == found(files)


def test_a_far_name_proposes_nothing() -> None:
    assert found(course("zzz")) == [
        (
            "YS124",
            "steps/merge.yaml",
            "add its id to steps: in workshop.yaml, or keep drafts outside of steps/",
        ),
        ("YS123", "workshop.yaml:8:5", "add the file, whose name ends in .yaml, or delete the line"),
    ]


@pytest.mark.parametrize("several", [False, True])
def test_a_step_that_is_nowhere_is_missed_in_the_workshop(several: bool) -> None:
    files = course("merge", more="navigation:\n  next: merg\n")
    if several:
        other = LIST.partition("steps:")[0].replace("id: w", "id: v") + "steps: []\n"
        files = {f"workshops/w/{path}": data for path, data in files.items()}
        files["workshops/v/workshop.yaml"] = other.encode()
        files["workshops.yaml"] = b"format: yamlsync/1\nworkshops:\n  - v\n  - w\n"
    (problem,) = read_tree(in_memory(files), with_state=False).problems
    where = "in these workshops" if several else "in this workshop"
    assert f'next names the step "merg", which is not {where}' == problem.message
    assert problem.help == 'did you mean "merge"?'

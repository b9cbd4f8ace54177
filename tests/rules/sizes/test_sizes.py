"""Sizes: limits to the byte, and an estimate that keeps to what is really built (TXT-1 to TXT-7)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.examples import tree_of
from yamlsync.artifact import artifact_rows, built_from
from yamlsync.check import check
from yamlsync.converters import contents_to_rows
from yamlsync.database.read import read_database
from yamlsync.database.write import write_database
from yamlsync.digest import digests_of
from yamlsync.layout.read import read_tree
from yamlsync.layout.update import plan_update
from yamlsync.problems import Place, Problem
from yamlsync.records import Contents, Metadata, Navigation, Step, Workshop
from yamlsync.rules.selection import Selection
from yamlsync.rules.sizes.estimate import estimate
from yamlsync.rules.sizes.measure import MB, shown
from yamlsync.tree import Tree, in_memory

SIZES = Selection(select=("YS70",))


def found(text: str) -> list[Problem]:
    return list(check(in_memory(tree_of(text)), SIZES).problems)


@pytest.mark.parametrize(
    ("before", "most", "code", "key"),
    [
        ("markdown: ", 20 * 1024, "YS701", "markdown"),
        ("metadata:\n  explain: ", 20 * 1024, "YS701", "metadata.explain"),
        ("goss_spec: ", 5 * 1024, "YS702", "goss_spec"),
        ("metadata:\n  solve: ", 5 * 1024, "YS702", "metadata.solve"),
        ("metadata:\n  k: ", 1024 - 1, "YS703", "metadata"),
    ],
)
def test_a_limit_holds_to_the_byte(before: str, most: int, code: str, key: str) -> None:
    assert found(f"# steps/two.yaml\n{before}{'é' * (most // 2)}{'x' * (most % 2)}\n") == []
    [problem] = found(f"# steps/two.yaml\n{before}{'é' * (most // 2)}{'x' * (most % 2)}x\n")
    assert (problem.code, problem.severity) == (code, "warning")
    assert isinstance(problem.place, Place)
    line = before.count("\n") + 4 if "." in key else 4
    assert (problem.place.line, problem.place.column) == (line, 3 if "." in key else 1)


def test_solve_and_explain_are_no_part_of_the_kilobyte() -> None:
    text = f"# steps/two.yaml\nmetadata:\n  explain: {'x' * 1000}\n  solve: {'x' * 1000}\n  k: {'x' * 1000}\n"
    assert found(text) == []


@pytest.mark.parametrize(
    ("bytes", "said"),
    [(1025, "1.1 KB"), (5120, "5 KB"), (5121, "5.1 KB"), (MB, "1 MB"), (5 * MB + 1, "5.1 MB")],
)
def test_a_size_that_is_over_a_limit_shows_it(bytes: int, said: str) -> None:
    assert said == shown(bytes)


def course(
    steps: int, markdown: int, hints: int, hint: int, *, id: str = "step", links: bool = True
) -> Contents:
    """A workshop whose texts have so many characters, its steps in the order of no index."""
    made = []
    for number in range(steps):
        name = f"{number * 7919 % 99991:05d}-{id}"
        rows = tuple(Metadata(f"hint.{index}", "x" * hint) for index in range(1, hints + 1))
        navigation = Navigation(None, None) if links else None
        text = "é" * (markdown // 2)
        made.append(Step(name, f"Step {name}", f"org/c:{name}", number + 1, navigation, rows, None, text))
    return Contents((Workshop("course", "A course", "v1", "2026-01-15", tuple(made)),))


def tree(contents: Contents) -> Tree:
    return in_memory(plan_update(in_memory({}), contents, with_state=False).puts)


def built(contents: Contents, folder: Path) -> int:
    path = folder / "built.db"
    path.unlink(missing_ok=True)
    rows = contents_to_rows(contents)
    rows["artifact"] = list(artifact_rows(built_from(digests_of(contents), "yamlsync/1")))
    write_database(str(path), rows)
    return os.path.getsize(path)


def estimated(contents: Contents) -> int:
    return estimate(read_tree(tree(contents), with_state=False).workshops)


SHAPES = {
    "few long texts": (50, 20_000, 4, 100),
    "longer than pages": (100, 9_000, 3, 60),
    "as long as a page": (250, 4_050, 0, 0),
    "many short texts": (1_500, 500, 3, 40),
    "mostly metadata": (60, 300, 100, 60),
    "nothing but ids": (6_000, 0, 0, 0),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_estimate_keeps_to_a_tenth_of_what_is_built(
    shape: tuple[int, int, int, int], tmp_path: Path
) -> None:
    contents = course(*shape)
    real = built(contents, tmp_path)
    assert abs(estimated(contents) - real) <= real // 10
    assert real > 600_000


@settings(max_examples=20)
@given(
    steps=st.integers(0, 60),
    markdown=st.integers(0, 30_000),
    hints=st.integers(0, 20),
    hint=st.integers(1, 3_000),
    links=st.booleans(),
)
def test_the_estimate_keeps_to_a_tenth_for_any_small_course(
    steps: int, markdown: int, hints: int, hint: int, links: bool, tmp_path: Path
) -> None:
    contents = course(steps, markdown, hints, hint, links=links)
    real = built(contents, tmp_path)
    assert abs(estimated(contents) - real) <= max(real // 10, 5 * 4096)


def test_the_estimate_of_a_real_course_is_right(corpus_database: Path, tmp_path: Path) -> None:
    contents = read_database(str(corpus_database)).contents
    assert contents is not None
    definition = Contents(contents.workshops)
    real = built(definition, tmp_path)
    assert abs(estimated(definition) - real) <= real // 10


@pytest.mark.parametrize(
    ("steps", "codes"),
    [(50, []), (60, ["YS705"]), (260, ["YS705"]), (290, ["YS704"])],
)
def test_a_large_database_gives_one_finding_at_its_first_workshop(steps: int, codes: list[str]) -> None:
    found = check(tree(course(steps, 18_000, 1, 10)), SIZES).problems
    assert codes == [problem.code for problem in found]
    assert all(problem.place == Place("workshop.yaml", 2, 1, 2, 3) for problem in found)
    assert all("about" in problem.message for problem in found)


def test_several_workshops_make_one_database() -> None:
    half = course(35, 18_000, 1, 10).workshops[0]
    steps = tuple(
        Step(f"b{step.id}", step.title, step.image_tag, step.position, None, (), None, step.markdown)
        for step in half.steps
    )
    other = Workshop("other", "Another", "v1", "2026-01-15", steps)
    alone = check(tree(Contents((half,))), SIZES).problems
    both = check(tree(Contents((half, other))), SIZES).problems
    assert [problem.code for problem in alone] == []
    assert [(problem.code, problem.place.path) for problem in both] == [
        ("YS705", "workshops/course/workshop.yaml")
    ]

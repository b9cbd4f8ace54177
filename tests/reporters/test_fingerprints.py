"""What CI knows a finding again by (CHK-54)."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.reporters.odd import ODD, problems
from yamlsync.problems import Cell, Place, Problem
from yamlsync.reporters.fingerprints import fingerprints


def moved(problem: Problem, lines: int) -> Problem:
    """The problem when lines were put in above it."""
    place = problem.place
    if not isinstance(place, Place) or place.line is None:
        return problem
    return evolve(problem, place=evolve(place, line=place.line + lines))


def test_each_finding_has_its_own_also_where_two_are_alike() -> None:
    found = fingerprints(ODD)
    assert len(set(found)) == len(ODD)
    assert all(len(each) == 64 for each in found)


def test_they_stay_when_lines_move() -> None:
    assert fingerprints([moved(each, 7) for each in ODD]) == fingerprints(ODD)


def test_a_line_that_a_message_names_is_no_part_of_it() -> None:
    one = evolve(ODD[0], message="the key title stands here a second time, first in line 2")
    other = evolve(ODD[0], message="the key title stands here a second time, first in line 12")
    assert fingerprints([one]) == fingerprints([other])


def test_code_path_message_and_cell_are_part_of_it() -> None:
    first, cell = ODD[0], ODD[7]
    different = [
        first,
        evolve(first, code="YS205"),
        evolve(first, message="another"),
        evolve(first, place=evolve(first.place, path="steps/b.yaml")),
        cell,
        evolve(cell, place=Cell("course.db", "steps", 'id "a,b"', "title")),
    ]
    alone = {fingerprints([each])[0] for each in different}
    assert len(alone) == len(different)


@given(st.lists(problems, max_size=6), st.integers(0, 100))
def test_they_are_unique_and_stable_whatever_is_found(found: list[Problem], lines: int) -> None:
    known = fingerprints(found)
    assert len(set(known)) == len(found)
    assert fingerprints([moved(each, lines) for each in found]) == known

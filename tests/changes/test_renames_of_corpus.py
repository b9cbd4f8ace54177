"""How many renames are told right in real courses, while steps are edited, removed and added as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from random import Random

import pytest
from attrs import evolve, frozen

from tests.changes.edits import EDITS
from tests.conftest import corpus_databases
from yamlsync.changes.likeness import Candidate, renames
from yamlsync.database.read import read_database
from yamlsync.records import Step

pytestmark = pytest.mark.skipif(
    not corpus_databases(), reason="no workshop databases beside the project to make renames from"
)

SCENARIOS = 400


@frozen
class Course:
    """The steps of a real course, and those of the other courses that the same people wrote."""

    steps: Sequence[Step]
    strangers: Sequence[Step]


@cache
def courses() -> Sequence[Course]:
    found = []
    for path in corpus_databases():
        contents = read_database(str(path), lossy=True).contents
        assert contents is not None
        found += [(path.parent, workshop.steps) for workshop in contents.workshops]
    return [
        Course(
            steps,
            [
                each
                for other, others in found
                if other == family and others is not steps
                # A step with the text of another is that step.
                for each in others
                if each.markdown not in {step.markdown for step in steps}
            ],
        )
        for family, steps in found
    ]


@cache
def vocabulary() -> Sequence[str]:
    texts = (step.markdown or "" for course in courses() for step in course.steps)
    return [word for text in texts for word in text.split()]


@frozen
class Scenario:
    """Two sides of a course, and the new ids of the steps that were given one."""

    old: Sequence[Step]
    new: Sequence[Step]
    truth: dict[str, str]


@frozen
class Count:
    """How many renames were told, how many of them are true, and how many there are."""

    told: int
    right: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.told

    @property
    def recall(self) -> float:
        return self.right / self.true


def renamed(random: Random, step: Step, id: str, strangers: Sequence[Step]) -> Step:
    """The step with another id, edited, and often with another title, image or check."""
    edit = random.choice(list(EDITS.values()))
    return evolve(
        step,
        id=id,
        title=random.choice([step.title, "Something else"]),
        image_tag=random.choice([step.image_tag, f"myorg/course:{id}"]),
        goss_spec=random.choice(
            [step.goss_spec, step.goss_spec, *[each.goss_spec for each in strangers[:1]]]
        ),
        markdown=edit(random, step.markdown or "", random.uniform(0, 0.4), vocabulary()),
    )


def scenario(random: Random) -> Scenario:
    course = random.choice(courses())
    strangers = random.sample(course.strangers, min(5, len(course.strangers)))
    some, few = random.random(), random.random() / 2
    truth: dict[str, str] = {}
    new: list[Step] = []
    for step in course.steps:
        if random.random() < some:
            truth[step.id] = f"{random.choice(['', 'a-', 'zz-'])}{random.randrange(10**9)}"
            new.append(renamed(random, step, truth[step.id], strangers))
        elif random.random() > few:
            new.append(step)
    for number in range(random.randint(0, len(strangers))):
        stranger = evolve(strangers[number], id=f"stranger-{number}")
        new.insert(random.randint(0, len(new)), stranger)
    for _ in range(random.choice([0, 0, 1, 3])):
        if new:
            new.insert(random.randrange(len(new)), new.pop(random.randrange(len(new))))
    return Scenario(course.steps, new, truth)


def candidates(steps: Sequence[Step], others: Sequence[Step]) -> list[Candidate]:
    kept = {step.id for step in others}
    ids = [None, *(step.id for step in steps), None]
    return [
        Candidate(
            step.id,
            step.title,
            step.image_tag,
            [(row.key, row.value) for row in step.metadata],
            step.goss_spec,
            step.markdown,
            before,
            after,
        )
        for step, before, after in zip(steps, ids[:-2], ids[2:], strict=True)
        if step.id not in kept
    ]


def count(scenarios: Sequence[Scenario]) -> Count:
    told = right = true = 0
    for each in scenarios:
        found = renames(candidates(each.old, each.new), candidates(each.new, each.old))
        told += len(found)
        right += sum(each.truth.get(rename.old_id) == rename.new_id for rename in found)
        true += len(each.truth)
    return Count(told, right, true)


def test_renames_of_real_courses_are_told_right() -> None:
    random = Random(20)
    counted = count([scenario(random) for _ in range(SCENARIOS)])
    assert counted.true > SCENARIOS
    assert counted.precision >= 0.98, counted
    assert counted.recall >= 0.98, counted


def halves(random: Random, course: Course, step: Step) -> Scenario:
    """A step of a course that becomes two, neither with its id."""
    tokens = re.findall(r"\s*\S+", step.markdown or "")
    part = random.choice([0.3, 0.4, 0.45, 0.55, 0.6, 0.7])
    at = int(len(tokens) * part)
    texts = "".join(tokens[:at]), "".join(tokens[at:])
    first, second = (evolve(step, id=f"half-{name}", markdown=text) for name, text in enumerate(texts))
    place = course.steps.index(step)
    new = [*course.steps[:place], first, second, *course.steps[place + 1 :]]
    return Scenario(course.steps, new, {step.id: second.id if part < 0.5 else first.id})


def test_the_larger_part_of_a_real_step_that_is_split_is_the_renamed_one() -> None:
    random = Random(21)
    split = [
        halves(random, course, step)
        for course in courses()
        for step in course.steps
        if len((step.markdown or "").split()) >= 40
    ]
    merged = [Scenario(each.new, each.old, {new: old for old, new in each.truth.items()}) for each in split]
    assert count(merged) == count(split)
    assert count(split).precision >= 0.95, count(split)
    assert count(split).recall >= 0.95, count(split)


def test_all_steps_of_all_courses_can_be_renamed_at_once() -> None:
    """Among them are texts of one template, of which a few words tell one from another."""
    random = Random(22)
    by_text = {step.markdown: step for course in courses() for step in course.steps}
    old = [evolve(step, id=f"old-{number}") for number, step in enumerate(by_text.values())]
    truth = {step.id: f"new-{random.randrange(10**9)}" for step in old}
    new = [renamed(random, step, truth[step.id], old) for step in old]
    counted = count([Scenario(old, random.sample(new, len(new)), truth)])
    assert counted.precision >= 0.95, counted
    assert counted.recall >= 0.95, counted

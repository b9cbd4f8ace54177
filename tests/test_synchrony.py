"""Which side changed (STA-1 to STA-6): by tables, and by machines that know what truly happened."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from attrs import field, mutable
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from yamlsync.artifact import Artifact
from yamlsync.synchrony import LastExport, Part, State, bases, compare, edited, whole

A, B = ("step", "a"), ("step", "b")

IN_SYNC, DATABASE, YAML, BOTH, UNKNOWN = (
    State.IN_SYNC, State.DATABASE_AHEAD, State.YAML_AHEAD, State.BOTH_CHANGED, State.UNKNOWN
)  # fmt: skip


def parts(digest: str | None) -> dict[Part, str]:
    return {} if digest is None else {A: digest}


@pytest.mark.parametrize(
    ("database", "yaml", "base", "expected"),
    [
        ("1", "1", "1", None),
        ("1", "1", "0", None),
        ("0", "1", "0", YAML),
        ("1", "0", "0", DATABASE),
        ("1", "2", "0", BOTH),
        # Added on one side, or on both in two ways.
        (None, "1", None, YAML),
        ("1", None, None, DATABASE),
        ("1", "2", None, BOTH),
        # Removed on one side, and perhaps changed on the other.
        (None, "0", "0", DATABASE),
        ("0", None, "0", YAML),
        (None, "1", "0", BOTH),
        ("1", None, "0", BOTH),
    ],
)
def test_a_part_is_seen_from_the_base(
    database: str | None, yaml: str | None, base: str | None, expected: State | None
) -> None:
    found = compare(parts(database), parts(yaml), (parts(base),))
    assert found == ({} if expected is None else {A: expected})


def test_without_a_base_nothing_tells_which_changed() -> None:
    assert compare(parts("0"), parts("1"), ()) == {A: UNKNOWN}
    assert compare(parts("0"), {}, ()) == {A: UNKNOWN}
    assert compare(parts("0"), parts("0"), ()) == {}


def test_two_bases_count_as_far_as_they_agree() -> None:
    for origin, exported in product(("0", "1", None), repeat=2):
        found = compare(parts("0"), parts("1"), (parts(origin), parts(exported)))
        alone = [compare(parts("0"), parts("1"), (parts(base),))[A] for base in (origin, exported)]
        assert found == {A: alone[0] if alone[0] == alone[1] else UNKNOWN}


def test_parts_come_in_the_order_of_the_yaml_and_then_of_the_database() -> None:
    database = {("step", name): "0" for name in "cxab"}
    yaml = {("step", name): "1" for name in "bay"}
    assert [id for _, id in compare(database, yaml, ())] == ["b", "a", "y", "c", "x"]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((), IN_SYNC),
        ((DATABASE, DATABASE), DATABASE),
        ((YAML,), YAML),
        ((DATABASE, YAML), BOTH),
        ((BOTH,), BOTH),
        ((BOTH, UNKNOWN), BOTH),
        ((DATABASE, YAML, UNKNOWN), BOTH),
        ((UNKNOWN,), UNKNOWN),
        ((UNKNOWN, YAML), UNKNOWN),
        ((DATABASE, UNKNOWN), UNKNOWN),
    ],
)
def test_the_whole_is_what_its_parts_are(states: tuple[State, ...], expected: State) -> None:
    assert whole(states) == expected


ORIGIN, EXPORTED = {A: "origin"}, {A: "exported"}


@pytest.mark.parametrize(
    ("artifact", "last", "expected"),
    [
        (None, None, ()),
        (Artifact("y1"), None, ()),
        (Artifact("y1", origin=ORIGIN), None, (ORIGIN,)),
        # An export of a database of the same build: each of the two may have been the later one.
        (Artifact("y1", origin=ORIGIN), LastExport("x", "y1", EXPORTED), (ORIGIN, EXPORTED)),
        # An export of another build: this database was built later, or is another one.
        (Artifact("y1", origin=ORIGIN), LastExport("x", "y0", EXPORTED), (ORIGIN,)),
        (Artifact("y1", origin=ORIGIN), LastExport("x", None, EXPORTED), (ORIGIN,)),
        # A database that does not tell what it was built from, now and when it was exported.
        (None, LastExport("x", None, EXPORTED), (EXPORTED,)),
        (Artifact("y1"), LastExport("x", None, EXPORTED), (EXPORTED,)),
        (Artifact("y1"), LastExport("x", "y1", EXPORTED), (EXPORTED,)),
        (Artifact("y1"), LastExport("x", "y0", EXPORTED), ()),
        (None, LastExport("x", "y0", EXPORTED), ()),
    ],
)
def test_what_both_may_have_said_last(
    artifact: Artifact | None, last: LastExport | None, expected: tuple[dict[Part, str], ...]
) -> None:
    assert bases(artifact, last) == expected


def test_an_edit_is_what_no_base_has() -> None:
    yaml = {A: "1", B: "2"}
    assert edited(yaml, ()) == set()
    assert edited(yaml, ({A: "1", B: "1"},)) == {B}
    assert edited(yaml, ({A: "0", B: "1"}, {A: "1", B: "1"})) == {B}
    assert edited(yaml, ({},)) == {A, B}


Held = dict[Part, str]
"""A side of the model: what each part that is there says, which stands for its digest too."""


@mutable
class Database:
    """A database of the model, and all that it ever said of each part."""

    says: Held
    origin: Held | None = None
    built: str | None = None
    said: list[Held] = field(factory=list)

    @property
    def artifact(self) -> Artifact | None:
        return None if self.built is None else Artifact(self.built, origin=self.origin or {})

    def is_as_built(self) -> bool:
        return self.origin is not None and digest(self.says) == self.built

    def say(self, held: Held) -> None:
        self.says = dict(held)
        self.said.append(dict(held))


def digest(held: Held) -> str:
    return repr(sorted(held.items()))


PART = st.sampled_from([A, B])
VALUE = st.none() | st.sampled_from("012")


class World(RuleBasedStateMachine):
    """A directory, a database, and people; import and export as the real ones keep their records."""

    def __init__(self) -> None:
        super().__init__()
        self.yaml: Held = {}
        self.shown: list[Held] = []
        self.last: LastExport | None = None
        self.databases: list[Database] = []
        self.now = 0
        self.synchronised: Held = {}

    @initialize(built=st.booleans(), a=VALUE, b=VALUE)
    def start(self, built: bool, a: str | None, b: str | None) -> None:
        held = changed(changed({("workshop", "course"): "0"}, A, a), B, b)
        self.show(held)
        self.databases = [Database(dict(held), said=[dict(held)])]
        if built:
            self.import_(force=True)
        else:
            self.export()

    @property
    def database(self) -> Database:
        return self.databases[self.now]

    def show(self, held: Held) -> None:
        self.yaml = dict(held)
        self.shown.append(dict(held))

    @rule(part=PART, value=VALUE)
    def edit_yaml(self, part: Part, value: str | None) -> None:
        self.show(changed(self.yaml, part, value))

    @rule(part=PART, value=VALUE)
    def edit_database(self, part: Part, value: str | None) -> None:
        self.database.say(changed(self.database.says, part, value))

    @rule()
    def export(self) -> None:
        database = self.database
        self.show(database.says)
        self.last = LastExport(digest(self.yaml), database.built, dict(self.yaml))
        self.synchronised = dict(self.yaml)

    @rule(force=st.booleans())
    def import_(self, force: bool) -> None:
        database = self.database
        if not (force or database.says == self.yaml or database.is_as_built()):
            return
        database.say(self.yaml)
        database.origin, database.built = dict(self.yaml), digest(self.yaml)
        self.synchronised = dict(self.yaml)

    def states(self) -> dict[Part, State]:
        found = bases(self.database.artifact, self.last)
        return compare(self.database.says, self.yaml, found)


def changed(held: Held, part: Part, value: str | None) -> Held:
    rest = {each: says for each, says in held.items() if each != part}
    return rest if value is None else rest | {part: value}


class OnePair(World):
    """One database and one directory: what both last said is known to the model."""

    @invariant()
    def no_answer_is_wrong(self) -> None:
        states = self.states()
        for part in (A, B):
            database, yaml = self.database.says.get(part), self.yaml.get(part)
            base = self.synchronised.get(part)
            match states.get(part, IN_SYNC):
                case State.IN_SYNC:
                    assert database == yaml
                case State.DATABASE_AHEAD:
                    assert database != yaml == base
                case State.YAML_AHEAD:
                    assert yaml != database == base
                case State.BOTH_CHANGED:
                    assert base not in (database, yaml)
                case State.UNKNOWN:
                    # Only what an export brought since the database was built is doubtful.
                    assert self.last is not None
                    assert self.last.built == self.database.built
                    assert self.last.origin.get(part) != (self.database.origin or {}).get(part)

    @rule()
    def import_after_export(self) -> None:
        """The loop that the manual tells: then there is always an answer, until the next export."""
        self.export()
        self.import_(force=False)
        assert self.database.is_as_built()


class Copies(World):
    """Copies of a database, and checkouts: no answer may lead to a loss, whoever follows it."""

    @precondition(lambda self: len(self.databases) < 3)
    @rule()
    def copy(self) -> None:
        old = self.database
        self.databases.append(Database(dict(old.says), old.origin, old.built, list(old.said)))

    @rule(data=st.data())
    def take_another_copy(self, data: st.DataObject) -> None:
        self.now = data.draw(st.integers(0, len(self.databases) - 1))

    @rule(data=st.data())
    def check_out(self, data: st.DataObject) -> None:
        self.yaml = dict(data.draw(st.sampled_from(self.shown)))

    @invariant()
    def nobody_s_work_is_lost(self) -> None:
        for part, state in self.states().items():
            yaml, database = self.yaml.get(part), self.database.says.get(part)
            # What an export replaces, its database said once; or that does not tell what it was built from.
            if state is DATABASE and self.database.origin is not None:
                assert any(held.get(part) == yaml for held in self.database.said)
            # What an import replaces, the directory showed once.
            if state is YAML:
                assert any(held.get(part) == database for held in self.shown)


_SETTINGS: dict[str, Any] = {"max_examples": 60, "stateful_step_count": 20}

TestOnePair = OnePair.TestCase
TestOnePair.settings = settings(**_SETTINGS)
TestCopies = Copies.TestCase
TestCopies.settings = settings(**_SETTINGS)


def test_a_revert_in_a_database_that_was_exported_is_not_taken_for_an_edit_of_the_yaml() -> None:
    """Were the origin alone asked where a database is as it was built, this would be `YAML ahead`."""
    artifact = Artifact("0", origin={A: "0"})
    known = bases(artifact, LastExport("1", "0", {A: "1"}))
    assert compare({A: "0"}, {A: "1"}, known) == {A: UNKNOWN}


def test_a_checkout_from_before_an_export_is_not_taken_for_an_edit_of_the_yaml() -> None:
    """Were the record alone asked where it is of the same build, this would be `YAML ahead`."""
    artifact = Artifact("0", origin={A: "0", B: "0"})
    known = bases(artifact, LastExport("1", "0", {A: "1", B: "0"}))
    assert compare({A: "1", B: "0"}, {A: "0", B: "0"}, known) == {A: UNKNOWN}
    # A step that the export did not change has its answer all the same.
    assert compare({A: "1", B: "0"}, {A: "1", B: "2"}, known) == {B: YAML}

"""Two goss specs told check by check (DIF-17): what is found leads from one to the other, and back."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise, permutations
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.changes.checked import DOCUMENTS, applied, checks_of, meaning, specs, spelled
from tests.rules.goss.test_real_specs import HOSTILE
from yamlsync.changes import structures
from yamlsync.changes.checks import AttributeChanged, CheckAdded, CheckChanged, CheckRemoved
from yamlsync.changes.inverting import inverse
from yamlsync.changes.model import GossChanged
from yamlsync.changes.structures import check_changes
from yamlsync.database.read import read_database

OLD = """\
file:
  /etc/nginx.conf:
    exists: true
    mode: "0644"
    contents:
    - listen 80
    - /server_name .*/
command:
  kubectl get pods:
    exit-status: 0
    stdout:
      and:
      - have-prefix: NAME
      - not:
          contain-substring: Error
  ls:
    exit-status: 0
"""

NEW = """\
# The same file.
file:
  /etc/nginx.conf:
    exists: true
    contents: ["/server_name .*/", "listen 443"]
    owner: root
command:
  kubectl get pods:
    exit-status: 0
    stdout:
      and:
      - not:
          contain-substring: Error
      - have-prefix: POD
service:
  nginx: {running: true}
"""


def _attribute(*path: str | int, **sides: object) -> AttributeChanged:
    old, new = sides.get("old"), sides.get("new")
    return AttributeChanged(path, old, new, "old" in sides, "new" in sides)  # type: ignore[arg-type]


def test_each_check_is_told_with_the_attributes_that_changed() -> None:
    assert check_changes(OLD, NEW) == (
        CheckChanged(
            "command",
            "kubectl get pods",
            (
                _attribute("stdout", "and", 0, old={"have-prefix": "NAME"}),
                _attribute("stdout", "and", 1, new={"have-prefix": "POD"}),
            ),
        ),
        CheckRemoved("command", "ls", {"exit-status": 0}),
        CheckChanged(
            "file",
            "/etc/nginx.conf",
            (
                _attribute("contents", 0, old="listen 80"),
                _attribute("contents", 1, new="listen 443"),
                _attribute("mode", old="0644"),
                _attribute("owner", new="root"),
            ),
        ),
        CheckAdded("service", "nginx", {"running": True}),
    )


def test_a_spec_that_comes_or_goes_is_all_its_checks() -> None:
    assert check_changes(None, "service: {nginx: {running: true}}") == (
        CheckAdded("service", "nginx", {"running": True}),
    )
    assert check_changes("service: {nginx: {running: true}}", None) == (
        CheckRemoved("service", "nginx", {"running": True}),
    )
    assert check_changes(None, "# nothing yet\n") == ()


@given(specs(), specs())
def test_applied_to_the_old_checks_they_give_the_new_ones(old: str, new: str) -> None:
    changes = check_changes(old, new)

    assert changes is not None
    assert meaning(applied(checks_of(old), changes)) == meaning(checks_of(new))


@given(specs(), specs())
def test_turned_round_they_are_those_of_the_way_back(old: str, new: str) -> None:
    there = GossChanged("a", old, new, check_changes(old, new))
    back = GossChanged("a", new, old, check_changes(new, old))

    assert repr(inverse([there])) == repr((back,))


@given(specs(), specs())
def test_nothing_is_told_exactly_where_both_mean_the_same(old: str, new: str) -> None:
    assert (check_changes(old, new) == ()) == (meaning(checks_of(old)) == meaning(checks_of(new)))


@given(DOCUMENTS)
def test_comments_and_another_spelling_change_no_check(document: dict[str, Any]) -> None:
    assert check_changes(spelled(document), f"# Other words.\n{spelled(document, flow=True)}# Done.\n") == ()


VALUES = [
    "1",
    '"1"',
    "1.0",
    "true",
    '"true"',
    "~",
    '""',
    "[]",
    "{}",
    "[1]",
    "{not: 1}",
    ".inf",
    '".inf"',
    ".nan",
]
VALUES += ["2026-01-15", '"2026-01-15"', "!!binary a", "a", "[[1]]", "[{not: 1}]", "18446744073709551616"]
PLACES = [
    "matching: {m: {matches: %s}}",
    "matching: {m: {matches: [%s]}}",
    "matching: {m: {matches: {equal: %s}}}",
    "matching: {m: {matches: {and: [{not: %s}]}}}",
    "matching: {m: {content: [a, %s]}}",
    "matching: {m: {matches: {not: {contain-element: {equal: %s}}}}}",
]


@pytest.mark.parametrize("place", PLACES)
def test_values_of_other_types_are_others(place: str) -> None:
    for one, other in permutations(VALUES, 2):
        assert check_changes(place % one, place % other), (one, other)
    for value in VALUES:
        assert check_changes(place % value, f"{place % value}\n# The same.") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("0644", "420"), ("0x1F", "31"), ("1_000", "1000"), ("yes", '"yes"'), ("True", "true"), ("-0.0", "0.0")],
)
def test_spellings_of_one_value_are_the_same(one: str, other: str) -> None:
    for place in PLACES:
        assert check_changes(place % one, place % other) == ()


@pytest.mark.parametrize(
    "place",
    [
        "command: {c: {stdout: [%s]}}",
        "user: {c: {groups: [%s]}}",
        "matching: {c: {matches: {consist-of: [%s]}}}",
        "matching: {c: {matches: {not: {or: [%s]}}}}",
        "http: {c: {request-headers: [%s]}}",
    ],
)
def test_where_order_says_nothing_another_order_is_no_change(place: str) -> None:
    assert check_changes(place % "a, b, b, {gt: 1}", place % "b, {gt: 1}, a, b") == ()
    assert check_changes(place % "a, b, b", place % "a, b") != ()


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("command: {c: {exec: [%s]}}", ("exec",)),
        ("file: {c: {exists: true, meta: {tags: [%s]}}}", ("meta", "tags")),
        ("matching: {c: {content: [%s]}}", ("content",)),
        ("matching: {c: {matches: {not: {equal: [%s]}}}}", ("matches", "not", "equal")),
        ("file: {c: {unheard-of: [%s]}}", ("unheard-of",)),
    ],
)
def test_where_order_counts_a_list_changes_as_a_whole(place: str, path: tuple[str, ...]) -> None:
    found = check_changes(place % "a, b", place % "b, a")

    assert found is not None
    (change,) = found
    assert isinstance(change, CheckChanged)
    assert change.attributes == (_attribute(*path, old=["a", "b"], new=["b", "a"]),)


def test_anchors_are_followed_and_merged_as_goss_does() -> None:
    merged = """\
x-defaults: &defaults {exists: true, mode: "0644"}
x-others: &others {mode: "0600", owner: root}
file:
  /a: {<<: [*defaults, *others], exists: false}
  /b: *defaults
"""
    plain = """\
file:
  /a: {exists: false, mode: "0644", owner: root}
  /b: {exists: true, mode: "0644"}
"""
    assert check_changes(merged, plain) == ()
    assert check_changes(merged, merged.replace("0644", "0640")) == (
        CheckChanged("file", "/a", (_attribute("mode", old="0644", new="0640"),)),
        CheckChanged("file", "/b", (_attribute("mode", old="0644", new="0640"),)),
    )


@pytest.mark.parametrize(
    "spec",
    [
        "file: {a: {exists: {{ .Vars.exists }}}}",
        "file: [",
        "- file",
        "file: a",
        "file: {a: {exists: true}, a: {exists: true}}",
        "file: {a: {exists: true}}\nfile: {b: {exists: true}}",
        "file: {a: {exists: true, exists: true}}",
        "file: {a: {meta: {b: {c: 1, c: 1}}}}",
        "x: &x {a: 1, a: 1}\nfile: {a: {<<: *x}}",
        "file: {a: {<<: {a: 1}, <<: {b: 1}}}",
        "file: {a: {<<: 1}}",
        "file: {[a]: {exists: true}}",
        'file: {a: {meta: {"!!float": 1}}}',
        'file: {"\\ud83d": {exists: true}}',
        "file: {a: {exists: true}}\n---\nfile: {b: {exists: true}}",
        f"file: {{a: {{title: {'x' * 300_000}}}}}",
        *(spec for name, spec in HOSTILE.items() if name != "a bomb of merges"),
    ],
    ids=lambda spec: spec[:40],
)
def test_a_spec_that_cannot_be_told_check_by_check_is_told_as_a_text(spec: str) -> None:
    start = process_time()

    assert check_changes(None, spec) is None
    assert check_changes(spec, NEW) is None
    assert process_time() - start < 10


def test_what_goss_passes_over_is_no_check_and_not_lost() -> None:
    assert check_changes("vars: {port: 80}", "vars: {port: 80} # web") == ()
    assert check_changes("vars: {port: 80}", "vars: {port: 81}") is None
    assert check_changes(OLD, f"{OLD}vars: {{port: 80}}") is None
    assert check_changes("files: {a: {exists: true}}", "file: {a: {exists: true}}") is None


def test_of_very_much_that_nests_whole_attributes_are_told() -> None:
    old = "command:\n" + "".join(f"  c{n:04}: {{stdout: {{and: [{{gt: {n}}}, a]}}}}\n" for n in range(2500))
    new = old.replace("gt", "ge")
    start = process_time()

    found = check_changes(old, new)

    assert process_time() - start < 20
    assert found == tuple(
        CheckChanged(
            "command",
            f"c{n:04}",
            (_attribute("stdout", old={"and": [{"gt": n}, "a"]}, new={"and": [{"ge": n}, "a"]}),),
        )
        for n in range(2500)
    )


@given(specs(), specs(), st.integers(0, 20))
def test_the_laws_hold_too_where_some_is_too_much(old: str, new: str, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structures, "MOST_NESTED", most)
        changes, back = check_changes(old, new), check_changes(new, old)

    assert changes is not None
    assert meaning(applied(checks_of(old), changes)) == meaning(checks_of(new))
    assert repr(inverse([GossChanged("a", old, new, changes)])) == repr((GossChanged("a", new, old, back),))


def test_a_hundred_levels_are_no_obstacle() -> None:
    spec = f"matching: {{m: {{matches: {'{not: ' * 90}1{'}' * 90}}}}}"
    assert check_changes(spec, spec.replace("1", "2")) == (
        CheckChanged("matching", "m", (_attribute("matches", *["not"] * 90, old=1, new=2),)),
    )


def test_deepdiff_is_loaded_only_where_something_nests() -> None:
    flat = "command: {c: {exit-status: %s, stdout: [a, %s]}}"
    nested = "command: {c: {stdout: {and: [{gt: %s}]}}}"
    code = f"""
import sys
from yamlsync.changes.structures import check_changes
print(len(check_changes({flat!r} % (1, 2), {flat!r} % (2, 3))), "deepdiff" in sys.modules)
print(len(check_changes({nested!r} % 1, {nested!r} % 2)), "deepdiff" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1 False\n1 True\n"


def test_real_specs_lead_from_one_to_the_next_and_back(corpus_database: Path) -> None:
    contents = read_database(str(corpus_database)).contents
    assert contents is not None
    found = [step.goss_spec for workshop in contents.workshops for step in workshop.steps][:60]
    for old, new in pairwise(found):
        changes = check_changes(old, new)
        if changes is not None:
            assert meaning(applied(checks_of(old), changes)) == meaning(checks_of(new))
            back = GossChanged("a", new, old, check_changes(new, old))
            assert repr(inverse([GossChanged("a", old, new, changes)])) == repr((back,))

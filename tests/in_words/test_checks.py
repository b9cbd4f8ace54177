"""Goss specs, conditions and facts in words (PRE-10 to PRE-14)."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yamlsync.in_words.checks import Check, Checks, checks_in_words
from yamlsync.in_words.conditions import condition_in_words
from yamlsync.in_words.facts import duration_in_words, fact, series, tags
from yamlsync.records import Metadata
from yamlsync.rules.goss.attributes import RESOURCES

_BOMB = "a: &a [1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 8)}]\n" for before, name in pairwise("abcdefgh")
)


def told(**resources: object) -> list[tuple[str, tuple[str, ...]]]:
    return [(check.words, check.more) for check in checks_in_words(json.dumps(resources)).told]


def test_a_file_and_a_command() -> None:
    assert told(
        file={"/lab/pod.yaml": {"exists": True, "mode": "0644", "contents": ["kind: Pod", "!/a.b/"]}},
        command={
            "a pod runs": {"exec": "kubectl get pod", "exit-status": 0, "stdout": ["pod"], "timeout": 15000},
            "true": {"exit-status": {"not": 1}},
        },
    ) == [
        (
            "The file `/lab/pod.yaml` exists.",
            ("it has a line with `kind: Pod`", "it has no line that matches `/a.b/`", "its mode is `0644`"),
        ),
        (
            "a pod runs: the command `kubectl get pod` ends with 0.",
            ("its output has a line with `pod`", "within 15 seconds"),
        ),
        ("The command `true` ends with a status that is not `1`.", ()),
    ]


def test_other_kinds() -> None:
    assert told(
        file={"/lab": {"exists": False, "filetype": "directory", "skip": True}},
        service={"ssh": {"enabled": True, "running": False}},
        user={"bob": {"exists": True, "uid": {"gt": 100}, "groups": ["a", "b"]}},
        package={"git": {"installed": True}},
        port={"tcp:22": {"listening": True}},
        http={"http://a": {"status": 200, "body": [], "password": "secret"}},
        **{"kernel-param": {"a.b": {"value": "1"}}},
    ) == [
        ("The folder `/lab` does not exist (skipped).", ()),
        ("The service `ssh` does not run and is enabled.", ()),
        (
            "The user `bob` exists.",
            ("its number is more than `100`", "the list of its groups has `a` and `b`"),
        ),
        ("The package `git` is installed.", ()),
        ("The port `tcp:22` is listened on.", ()),
        ("The address `http://a` answers with 200.", ("with a password",)),
        ("The kernel's parameter `a.b` is `1`.", ()),
    ]


def test_what_has_no_words_of_its_own_is_told_by_its_name() -> None:
    assert told(
        odd={"x": {"a": 1, "b": {"c": [1, "d"]}}}, file={"/x": {"exists": True, "colour": "red"}}
    ) == [
        ("`odd` `x`.", ("`a` is `1`", "b".join(["`", '` is as `{c: [1, "d"]}` asks']))),
        ("The file `/x` exists.", ("`colour` is `red`",)),
    ]


@pytest.mark.parametrize(
    ("matcher", "words"),
    [
        ({"have-prefix": "a"}, "begins with `a`"),
        ({"not": {"contain-substring": "a"}}, "does not have `a`"),
        ({"or": [{"have-suffix": "a"}, "b"]}, "ends with `a` or is `b`"),
        ({"and": [{"ge": 1}, {"lt": 3}]}, "is at least `1` and is less than `3`"),
        ({"contain-elements": ["a", {"match-regexp": "b"}]}, "has `a` and one that matches `b`"),
        ({"consist-of": ["a"]}, "has these and no others: `a`"),
        ({"have-len": 2}, "has the length `2`"),
        ({"have-key": "a"}, "has the key `a`"),
        ({"semver-constraint": ">1"}, "is a version that fits `>1`"),
        ({"gjson": {"a.b": {"equal": 1}}}, "is JSON where `a.b` is `1`"),
        ({"unheard-of": 1}, "is as `{unheard-of: 1}` asks"),
    ],
)
def test_matchers(matcher: object, words: str) -> None:
    assert told(matching={"x": {"content": "c", "matches": matcher}}) == [(f"`x`: `c` {words}.", ())]


@pytest.mark.parametrize("kind", RESOURCES)
def test_each_kind_that_goss_knows_has_a_sentence(kind: str) -> None:
    attributes = {
        name: "v" for name in RESOURCES[kind].attributes if name not in ("skip", "meta", "marks", "title")
    }
    checks = checks_in_words(json.dumps({kind: {"key": attributes}}))
    assert not checks.told[0].words.startswith(f"`{kind}`")
    said = checks.told[0].words + "".join(checks.told[0].more)
    assert said.count("`v`") >= len(attributes) // 2


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ("{{ if }}", "it is a template, and what it asks is known only when it runs"),
        ("a: [", "it is not YAML: "),
        ("", "it asks nothing"),
        ("{}", "it asks nothing"),
        (_BOMB, "it is too long to be told"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_says_why(spec: str, why: str) -> None:
    checks = checks_in_words(spec)
    assert checks.told == ()
    assert checks.unread.startswith(why)


def test_merged_attributes_count() -> None:
    spec = "file:\n  /a: &a\n    exists: true\n  /b:\n    <<: *a\n"
    assert checks_in_words(spec) == Checks(
        (Check("file", "/a", "The file `/a` exists."), Check("file", "/b", "The file `/b` exists."))
    )


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["not", "or", "exists", "exec", "exit-status", "x", "gjson", ""]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*RESOURCES, "odd"]), _JSON, max_size=3))
def test_any_spec_is_told_or_says_why_not(spec: object) -> None:
    checks = checks_in_words(json.dumps(spec))
    assert bool(checks.told) != bool(checks.unread) or spec


TITLES = {"a": "Run a pod", "b": "Ship `it`"}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('steps["a"].completed', "`Run a pod` is completed"),
        (
            '!steps["a"].active && steps["b"].completed',
            "`Run a pod` is not active and `` Ship `it` `` is completed",
        ),
        ('steps["gone"].status != "active"', "`gone` is not `active`"),
        ('steps["a"].completed || state["k"] == "v"', "`Run a pod` is completed, or `k` is `v`"),
        ('!state["k"] == "v"', "`k` is not `v`"),
        ("size(steps) > 3", None),
        ("", None),
    ],
)
def test_conditions(condition: str, words: str | None) -> None:
    assert condition_in_words(condition, TITLES) == words


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        ("25m", "25 minutes"),
        ("1h", "1 hour"),
        ("2h1m", "2 hours 1 minute"),
        ("soon", "soon"),
        ("", ""),
        ("0m", "0m"),
    ],
)
def test_durations(duration: str, words: str) -> None:
    assert duration_in_words(duration) == words


def test_facts() -> None:
    metadata = (
        Metadata("hint.1", "a"),
        Metadata("hint.2", " "),
        Metadata("hint.10", "b"),
        Metadata("tags", "x, y,"),
    )
    assert series(metadata, "hint") == ("a", "b")
    assert tags(metadata) == ("x", "y")
    assert fact(metadata, "hint.2") == ""

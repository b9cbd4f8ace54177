"""Slips in conditions: each alone, at its place, with what to write; and none of what CEL takes (CEL-12)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.course import files, found, places
from yamlsync.document import spelling
from yamlsync.rules.conditions import language
from yamlsync.rules.conditions.language import is_installed, judge
from yamlsync.rules.conditions.slips import slips

needs_cel = pytest.mark.skipif(not is_installed(), reason="the extra cel is not installed")

A = 'steps["one"].completed'

# «» stand around what is pointed at, and are not written.
SLIPS = [
    (f"{A} «and» {A}", "YS401", "write && for and"),
    (f"{A} «OR» {A}", "YS401", "write || for OR"),
    (f"«not» {A}", "YS401", "write ! for not"),
    (f"«NOT» ({A})", "YS401", "write ! for NOT"),
    (f"«if» {A}", "YS401", "write only what must be so: it is true or false by itself"),
    (f"{A} «then» true", "YS401", "write only what must be so: it is true or false by itself"),
    (f"{A} «=» true", "YS401", "write == for ="),
    (f"{A} «===» true", "YS401", "write == for ==="),
    (f"{A} «!==» true", "YS401", "write != for !=="),
    (f"{A} «<>» false", "YS401", "write != for <>"),
    (f"{A} «&» {A}", "YS401", "write && for &"),
    (f"{A} «|» {A}", "YS401", "write || for |"),
    (f"{A} «&&»", "YS401", None),
    (f"{A} «||» && {A}", "YS401", None),
    (f"«&&» {A}", "YS401", None),
    ("«!»", "YS401", None),
    ('steps["one"]«.»', "YS401", "write one of completed, active, status"),
    (f"«(»{A} || true", "YS401", "close what opens here"),
    (f"{A}«)»", "YS401", "delete it, or open what it closes"),
    ('steps["one"«)».completed', "YS401", "delete it, or open what it closes"),
    ('steps[«"»one].completed', "YS401", "close the quote that opens here"),
    (f'{A} && state["a"] == «\'»x', "YS401", "close the quote that opens here"),
    ("steps[«\u201c»one\u201d].completed", "YS401", 'write straight quotes: "'),
    (f'{A} «steps»["one"].active', "YS401", None),
    ('steps["one"].«complete»', "YS402", 'did you mean "completed"?'),
    ('steps["one"].«done»', "YS402", "a step has completed, active, status"),
    ("steps.one.«complete»", "YS402", 'did you mean "completed"?'),
    ("steps.«make-a-branch».completed", "YS402", 'write steps["make-a-branch"].completed'),
    ("steps[«make-a-branch»].active", "YS402", 'write steps["make-a-branch"].active'),
    ("steps[«one»].completed", "YS402", 'write steps["one"].completed'),
    ("steps[«1»].completed", "YS402", 'write steps["1"].completed'),
    ("«make-a-branch.completed»", "YS402", 'write steps["make-a-branch"].completed'),
    ("«2-and-3.completed» && true", "YS402", 'write steps["2-and-3"].completed'),
    ("«one.completed»", "YS402", 'write steps["one"].completed'),
    (f'{A} «== "true"»', "YS402", 'delete == "true": it is true or false by itself'),
    (f'{A} «!= "true"»', "YS402", 'delete != "true", and write ! in front of steps'),
    (f'{A} «== "false"» || true', "YS402", 'delete == "false", and write ! in front of steps'),
    (f"{A} «== 1»", "YS402", "delete == 1: it is true or false by itself"),
    (f"{A} == «True»", "YS402", "write true"),
    ('state["a"] == «3»', "YS402", 'put it in quotes: "3"'),
    ("state.a == «true»", "YS402", 'put it in quotes: "true"'),
    ('«step»["one"].completed', "YS402", 'did you mean "steps"?'),
    ('«state["a"]»', "YS402", 'compare it, as in steps["id"].status == "completed"'),
    ("«false»", "YS403", None),
    ("(«false»)", "YS403", None),
]


@pytest.mark.parametrize("with_library", [False, pytest.param(True, marks=needs_cel)])
@pytest.mark.parametrize(("marked", "code", "help"), SLIPS, ids=[marked for marked, _, _ in SLIPS])
def test_a_slip_is_found_alone_and_where_it_is(
    marked: str, code: str, help: str | None, *, with_library: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not with_library:
        monkeypatch.setattr(language, "_environment", lambda: None)
        judge.cache_clear()
    text = marked.replace("«", "").replace("»", "")
    start, end = marked.index("«"), marked.index("»") - 1
    # In double quotes all characters but " and \ stand as they are, and each of those takes two columns.
    before, within = (spelling.double_quoted(part)[1:-1] for part in (text[:start], text[start:end]))
    column = len('  unlock_condition: "') + 1 + len(before)
    more = f"navigation:\n  unlock_condition: {spelling.double_quoted(text)}\n"
    problems = found(files({"one": "", "two": more, "three": ""}))
    assert places(problems) == [(code, "steps/two.yaml", 5, column, column + len(within))]
    assert problems[0].help
    if help is not None:
        assert help == problems[0].help
    judge.cache_clear()


def test_all_slips_of_names_are_told_and_only_the_first_of_signs() -> None:
    both = 'steps["one"].done && one.completed'
    assert [slip.code for slip in slips(both)] == ["YS402", "YS402"]
    (slip,) = slips(f"{both} and {both} or true")
    assert slip.code == "YS401"
    assert len(both) + 1 == slip.start


@needs_cel
@pytest.mark.parametrize("marked", [marked for marked, code, _ in SLIPS if code != "YS403"])
def test_the_library_finds_fault_with_them_too(marked: str) -> None:
    assert judge(marked.replace("«", "").replace("»", "")).faults


TEXTS = st.sampled_from(
    [
        '"a"',
        "'b'",
        '"and not # = & | ( \\" x"',
        r"r'\'",
        '"""tri"ple"""',
        '"steps[a-b].done"',
        "'\u201c'",
        '"\\u00e4"',
    ]
)
STEPS = st.one_of(st.builds("steps[{}]".format, TEXTS), st.sampled_from(["steps.a", "steps.x_1"]))
VALUES = st.one_of(
    TEXTS, st.builds("state[{}]".format, TEXTS), st.just("state.a"), st.builds("{}.status".format, STEPS)
)
NUMBERS = st.sampled_from(
    ["1", "size(state)", "int(state.a)", "-3", "0x1F", "(1+2)*3", "size(steps)-1", "a.b"]
)
ATOMS = st.one_of(
    st.builds("{}.{}".format, STEPS, st.sampled_from(["completed", "active", "status"])),
    st.builds("{} {} {}".format, VALUES, st.sampled_from(["==", "!=", "<", ">="]), VALUES),
    st.builds("({}) {} ({})".format, NUMBERS, st.sampled_from(["==", "!=", "<", ">="]), NUMBERS),
    st.builds("{} in [{}, {},]".format, VALUES, TEXTS, TEXTS),
    st.builds("{}.completed {} {}".format, STEPS, st.sampled_from(["==", "!="]), st.just("true")),
    st.builds('{}.completed == "x".startsWith({})'.format, STEPS, TEXTS),
    st.builds("state[{}].matches({})".format, TEXTS, TEXTS),
    st.sampled_from(
        [
            "true",
            "!false",
            "has(state.a)",
            "type(1) == int",
            'double("1.5") > 1.0e-3',
            "1.5 > .5",
            'duration("1h") < duration("2h")',
            '{"and": 1}["and"] == 1',
            '[{"completed": 1}].exists(q, 3-q.completed == 2)',
            "[1, 2].map(n, n - 1).size() == 2",
        ]
    ),
)
NAMES = st.sampled_from(["id", "and", "or", "not", "then", "True", "x"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("!({})".format, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("({}) // \u201cand\u201d = not\n&& true".format, inner),
        st.builds("{}{}{}".format, inner, st.sampled_from([" && ", " || ", "&&", "||", "\n&& "]), inner),
        NAMES.flatmap(
            lambda name: st.builds(
                "steps.{}({}, {} && steps[{}].completed)".format,
                st.sampled_from(["exists", "all", "exists_one"]),
                st.just(name),
                inner,
                st.just(name),
            )
        ),
    )


CONDITIONS = st.recursive(ATOMS, larger, max_leaves=6)


def damaged(text: str, damages: list[tuple[int, int, str]]) -> str:
    for place, cut, put in damages:
        at = place % (len(text) + 1)
        text = text[:at] + put + text[at + cut :]
    return text


DAMAGES = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.integers(0, 1),
        st.sampled_from(["", *"()[]{}.,!=&|\"'-+:? ab#", " and ", "=="]),
    ),
    max_size=3,
)


@needs_cel
@given(CONDITIONS, DAMAGES)
def test_no_slip_is_told_of_what_the_library_takes(text: str, damages: list[tuple[int, int, str]]) -> None:
    for each in (text, damaged(text, damages)):
        told = slips(each)
        assert all(0 <= slip.start < slip.end <= len(each) for slip in told)
        verdict = judge(each)
        if verdict.checked and not verdict.faults:
            assert [slip for slip in told if slip.code != "YS403"] == []


@given(st.text(alphabet="steps[]\"'\\rb.completed &|()/\n=-!and", max_size=80))
def test_any_text_gives_slips_within_it(text: str) -> None:
    assert all(0 <= slip.start <= slip.end <= len(text) for slip in slips(text))


@pytest.mark.parametrize("text", ["(", "a-", "steps[a-", '"', "!", "a ", "steps.a.", "-", "a.b-c."])
def test_a_long_condition_is_looked_at_in_its_length(text: str) -> None:
    start = time.process_time()
    slips(text * (200_000 // len(text)))
    slips(text * (200_000 // len(text)) + "a")
    assert time.process_time() - start < 5

"""The signed text: one spelling for each statement, one statement for each spelling (SIG-10 to SIG-14)."""

from __future__ import annotations

import time

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.acceptance.command import course
from tests.conftest import ROOT
from tests.strategies import contents, ids, texts
from yamlsync.digest import digests_of
from yamlsync.records import Contents, Workshop
from yamlsync.statement import Statement, parse_statement, statement_of

DIGEST = "y1:" + "0123456789abcdef" * 4
COMMITS = st.sampled_from([None, "a" * 40, "0123456789abcdef" * 4])


def said_of(found: Contents, commit: str | None = None) -> Statement:
    return statement_of(found, digests_of(found).content, commit)


def several(*pairs: tuple[str, str]) -> Contents:
    return Contents(tuple(Workshop(id, "Name", version, "2026-01-15") for id, version in pairs))


statements = st.builds(
    lambda pairs, commit: Statement(tuple(sorted(pairs.items())), DIGEST, commit),
    st.dictionaries(ids() | texts(3), texts(3), min_size=1, max_size=3),
    COMMITS,
)


def test_a_statement_says_workshop_version_content_and_commit() -> None:
    assert str(statement_of(course(), DIGEST, "a" * 40)) == (
        f'yamlsync statement 1\nworkshop "course"\nversion "v1"\ncontent {DIGEST}\ncommit {"a" * 40}\n'
    )


def test_several_workshops_stand_in_the_order_of_their_ids_each_in_ascii() -> None:
    found = several(("a\n", '"\\'), ("b", ""), ("\uffff", "é"), ("\U0001f600", "\x7f\t"))
    assert str(statement_of(found, DIGEST, None)) == (
        "yamlsync statement 1\n"
        'workshop "a\\n"\nversion "\\"\\\\"\n'
        'workshop "b"\nversion ""\n'
        'workshop "\\uffff"\nversion "\\u00e9"\n'
        'workshop "\\ud83d\\ude00"\nversion "\\u007f\\t"\n'
        f"content {DIGEST}\n"
    )


@given(statement=statements)
def test_a_statement_is_read_back(statement: Statement) -> None:
    text = str(statement)
    assert text.isascii()
    assert parse_statement(text) == statement


@given(found=contents(), commit=COMMITS)
def test_whatever_a_database_holds_can_be_said_and_read_back(found: Contents, commit: str | None) -> None:
    statement = said_of(found, commit)
    assert parse_statement(str(statement)) == statement


@given(data=st.data(), statement=statements)
def test_a_text_that_was_changed_is_none_or_says_what_it_spells(
    data: st.DataObject, statement: Statement
) -> None:
    text = str(statement)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 3))
        put = data.draw(
            st.sampled_from(
                ["", "\n", '"', "\\", "\\u0061", "\\ud800", "\ud800", "a", "A", " ", "\r", "\0", "é"]
            )
            | st.sampled_from([*text.splitlines(keepends=True), "\\n", "0", "commit ", 'version ""\n'])
        )
        text = text[:at] + put + text[at + cut :]
    found = parse_statement(text)
    assert found is None or str(found) == text
    if found is not None:
        "".join(part for pair in found.workshops for part in pair).encode()


@given(one=contents(), other=contents(), commits=st.tuples(COMMITS, COMMITS))
def test_two_definitions_never_have_one_statement(
    one: Contents, other: Contents, commits: tuple[str | None, str | None]
) -> None:
    same = one.workshops == other.workshops and commits[0] == commits[1]
    assert (str(said_of(one, commits[0])) == str(said_of(other, commits[1]))) is same
    assert said_of(one) == said_of(evolve(one, runtime_states=(), custom_states=()))


def test_the_example_of_the_standard_is_a_statement() -> None:
    page = (ROOT / "spec" / "signatures.md").read_text(encoding="utf-8")
    example = page.partition("**SIG-10**")[2].split("```\n")[1]
    found = parse_statement(example)
    assert found is not None
    assert found.workshops == (("kubernetes-101", "v1"),)
    assert found.source_commit is not None


LINES = f'yamlsync statement 1\nworkshop "a"\nversion "v"\ncontent {DIGEST}\n'


@pytest.mark.parametrize(
    "text",
    [
        "",
        LINES[:-1],
        LINES + "\n",
        LINES.replace("\n", "\r\n"),
        "\ufeff" + LINES,
        LINES.replace("statement 1", "statement 2"),
        LINES.replace("y1:", "y2:"),
        LINES.replace("abcdef", "ABCDEF"),
        LINES.replace('"a"', "a"),
        LINES.replace('"a"', '"\\u0061"'),
        LINES.replace('"a"', '"\\/"'),
        LINES.replace('"a"', '"\\u00E9"'),
        LINES.replace('"a"', '"é"'),
        LINES.replace('"a"', '"\x7f"'),
        LINES.replace('"a"', '"\t"'),
        LINES.replace('"a"', '"\\ud800"'),
        LINES.replace('"a"', '"\\ude00\\ud83d"'),
        LINES.replace('"a"', '"a" '),
        LINES.replace('workshop "a"\n', ""),
        LINES.replace('version "v"\n', ""),
        LINES.replace('workshop "a"\nversion "v"\n', ""),
        LINES.replace("content", 'workshop "a"\nversion "w"\ncontent'),
        LINES.replace("content", 'workshop "A"\nversion "v"\ncontent'),
        LINES + f"content {DIGEST}\n",
        LINES + "commit " + "a" * 39 + "\n",
        LINES + "commit " + "A" * 40 + "\n",
        LINES + ("commit " + "a" * 40 + "\n") * 2,
    ],
)
def test_what_is_spelled_in_another_way_is_no_statement(text: str) -> None:
    assert parse_statement(LINES) == Statement((("a", "v"),), DIGEST)
    assert parse_statement(text) is None


@pytest.mark.parametrize(
    "text",
    [
        'yamlsync statement 1\nworkshop "' + "a" * 1_000_000,
        'yamlsync statement 1\nworkshop "' + "\\u0000" * 170_000,
        "yamlsync statement 1\n" + 'workshop "a"\nversion "v"\n' * 40_000,
        str(Statement((("a" * 3_000_000, "v"),), DIGEST)),
        str(Statement((("\0" * 500_000, "v"),), DIGEST)),
    ],
)
def test_a_text_beyond_all_measure_is_none_soon(text: str) -> None:
    before = time.process_time()
    assert parse_statement(text) is None
    assert time.process_time() - before < 2

"""The canonical spelling of each scalar (YAML-10 to YAML-29)."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests import strategies
from yamlsync.affinity import becomes_integer
from yamlsync.document import spelling


@pytest.mark.parametrize(
    "text",
    [
        *["step-1", "01-intro", "it's", "myorg/k8s-101:step-1", 'steps["a"].completed && state["q"] == "42"'],
        *[
            "Deploy the app",
            "a#b",
            "a:b",
            "Zoë",
            "漢字",
            "x-",
            "e5x",
            "yesterday",
            "nullable",
            "v1",
            "a, b [c] {d}",
        ],
    ],
)
def test_plain_where_every_parser_agrees(text: str) -> None:
    assert spelling.text(text, 2) == text.encode()


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("", '""'),
        ("yes", '"yes"'),
        ("Off", '"Off"'),
        ("y", '"y"'),
        ("null", '"null"'),
        ("NULL", '"NULL"'),
        ("e5", '"e5"'),
        ("1.0", '"1.0"'),
        ("2026-01-15", '"2026-01-15"'),
        ("10-A", '"10-A"'),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a #b", '"a #b"'),
        ("a  b", '"a  b"'),
        ("a ", '"a "'),
        (" a", '" a"'),
        ("!a && b", '"!a && b"'),
        ("(a)", '"(a)"'),
        ("\u0661", '"\u0661"'),
        ("a\tb", r'"a\tb"'),
        ("a\rb", r'"a\rb"'),
        ("a\\: b", r'"a\\: b"'),
        ('say "yes": x', "'say \"yes\": x'"),
        ('"it\'s"', "'\"it''s\"'"),
        ('"a\t"', r'"\"a\t\""'),
        ("\x00\x7f\x85\xa0\u2028\ufeff\uffff", r'"\x00\x7f\x85' + "\xa0" + r'\u2028\ufeff\uffff"'),
    ],
)
def test_quoted_everywhere_else(text: str, spelled: str) -> None:
    assert spelling.text(text, 2).decode() == spelled


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("a\nb\n", "|\n  a\n  b"),
        ("a\nb", "|-\n  a\n  b"),
        ("a\n\n\nb\n", "|\n  a\n\n\n  b"),
        ("\na\n", "|\n\n  a"),
        (" a\nb\n", "|2\n   a\n  b"),
        (" a\nb", "|2-\n   a\n  b"),
        ("  \na\n", "|2\n    \n  a"),
        ("a\n  \nb\n", "|\n  a\n    \n  b"),
        ("a\n\tb\n", "|\n  a\n  \tb"),
        ("a  \nb\n", "|\n  a  \n  b"),
        ("# a: b\n", "|\n  # a: b"),
    ],
)
def test_literal_blocks(text: str, spelled: str) -> None:
    assert spelling.text(text, 2).decode() == spelled


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("\n", '"\\\n  \\n\\\n  "'),
        ("a\n\n", '"\\\n  a\\n\\\n  \\n\\\n  "'),
        ("a\n ", '"\\\n  a\\n\\\n  \\ \\\n  "'),
        ("\ta\n", '"\\\n  \\ta\\n\\\n  "'),
        ("a\r\n  b\r\n", '"\\\n  a\\r\\n\\\n  \\  b\\r\\n\\\n  "'),
        ("a\n\x0c\xa0b\n", '"\\\n  a\\n\\\n  \\x0c\xa0b\\n\\\n  "'),
        ("a\r\n\xa0b\u3000\r\n\u3000c", '"\\\n  a\\r\\n\\\n  \\xa0b\u3000\\r\\n\\\n  \\u3000c\\\n  "'),
    ],
)
def test_an_escaped_line_for_each_line_where_no_block_can_carry_it(text: str, spelled: str) -> None:
    assert spelling.text(text, 2).decode() == spelled


@pytest.mark.parametrize(
    ("key", "spelled"),
    [
        ("hint.1", "hint.1"),
        ("a_b-c", "a_b-c"),
        ("yes", '"yes"'),
        ("E5", '"E5"'),
        ("1", '"1"'),
        ("", '""'),
        ("a b", '"a b"'),
    ],
)
def test_keys(key: str, spelled: str) -> None:
    assert spelling.key(key) == spelled


@pytest.mark.parametrize(
    ("date", "spelled"),
    [
        ("2026-01-15", '"2026-01-15"'),
        ("now", '"now"'),
        (1771495200, "1771495200"),
        (-(2**63), "-9223372036854775808"),
        (1.5, "1.5"),
        (1e300, "1.0e+300"),
        (-1.25e-7, "-1.25e-7"),
        (float("inf"), ".inf"),
        (float("-inf"), "-.inf"),
    ],
)
def test_dates(date: str | float, spelled: str) -> None:
    assert spelling.date(date) == spelled


def ruamel(document: str) -> Any:
    return YAML(typ="safe", pure=True).load(document)


def libyaml(document: str) -> Any:
    return yaml.load(document.encode(), yaml.CSafeLoader)


def pyyaml(document: str) -> Any:
    return yaml.load(document.encode(), yaml.SafeLoader)


@pytest.mark.parametrize("load", [ruamel, libyaml, pyyaml])
@given(text=strategies.texts(), indent=st.sampled_from([2, 4, 6]))
@example(text="\x1b[1m" + "Bold" * 18 + "\x1b[0mx y", indent=2)
@example(text="\x85", indent=2)
@example(text="a\n\t", indent=2)
@example(text="\r", indent=2)
def test_every_text_reads_back_the_same_in_every_parser(load: Any, text: str, indent: int) -> None:
    pad = " " * (indent - 2)
    opened = {2: "", 4: "x:\n", 6: "x:\n  y:\n"}[indent]
    document = f"{opened}{pad}key: {spelling.text(text, indent).decode()}\n{pad}next: z\n"
    value = load(document)
    for name in ["x", "y"][: indent // 2 - 1]:
        value = value[name]
    assert value == {"key": text, "next": "z"}


@pytest.mark.parametrize("load", [ruamel, libyaml, pyyaml])
@given(key=strategies.keys())
def test_every_key_reads_back_the_same_in_every_parser(load: Any, key: str) -> None:
    assert load(f"{spelling.key(key)}: x\n") == {key: "x"}


@pytest.mark.parametrize("load", [ruamel, libyaml])
@given(value=strategies.dates())
def test_every_date_reads_back_with_its_type(load: Any, value: str | float) -> None:
    back = load(f"key: {spelling.date(value)}\n")["key"]
    assert (type(back), back) == (type(value), value)


@given(st.floats(allow_nan=False).filter(lambda value: not becomes_integer(value)))
def test_reals_round_trip_by_their_digits(value: float) -> None:
    spelled = spelling.date(value)
    assert float(spelled.replace(".inf", "inf")) == value


@given(strategies.texts())
def test_odd_characters_are_found_on_bytes_as_on_text(text: str) -> None:
    odd = any(
        not (
            c in "\t\n"
            or " " <= c <= "~"
            or "\xa0" <= c <= "\ud7ff"
            or "\ue000" <= c <= "\ufffd"
            or c > "\uffff"
        )
        or c in "\ufeff\u2028\u2029"
        for c in text
    )
    assert spelling.has_odd_characters(text.encode()) == odd

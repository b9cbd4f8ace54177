"""Unified diffs: they make the new text of the old one, and are never long in the making."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from difflib import unified_diff as difflibs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamlsync.unified import unified_diff

_RANGES = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", "", "- x", "@@", "\r", "e\u0301"]), max_size=25)
TEXTS = st.tuples(LINES, st.booleans()).map(
    lambda made: ("\n".join(made[0]) + ("\n" if made[0] and made[1] else "")).encode()
)


def applied(old: bytes, diff: list[bytes]) -> bytes:
    """The text that a diff makes of an old one, every context line and every number held against it."""
    lines = re.findall(rb"[^\n]*\n|[^\n]+", old)
    out: list[bytes] = []
    at = 0
    told = b"".join(diff[2:]).replace(b"\n\\ No newline at end of file\n", b"\0")
    rest = iter(line.removesuffix(b"\0") for line in re.findall(rb"[^\n\0]*[\n\0]", told))
    for header in rest:
        match = _RANGES.fullmatch(header)
        assert match, header
        start, count, to, new_count = (1 if each is None else int(each) for each in match.groups())
        begin = start - 1 if count else start
        out += lines[at:begin]
        assert len(out) == (to - 1 if new_count else to)
        at = begin
        goal = at + count, len(out) + new_count
        while (at, len(out)) != goal:
            mark, text = (line := next(rest))[:1], line[1:]
            if mark in (b" ", b"-"):
                assert lines[at] == text
                at += 1
            if mark in (b" ", b"+"):
                out.append(text)
    return b"".join(out) + b"".join(lines[at:])


@given(TEXTS, TEXTS)
def test_a_diff_makes_the_new_text_of_the_old(old: bytes, new: bytes) -> None:
    diff = list(unified_diff(old, new, "x"))
    assert (diff == []) == (old == new)
    made = applied(old, diff) if diff else old
    assert new == made


@given(LINES.map(lambda lines: [f"{number}{line}\n" for number, line in enumerate(lines)]), st.data())
def test_where_all_lines_differ_from_each_other_the_diff_is_the_shortest(
    old: list[str], data: st.DataObject
) -> None:
    new = [line if data.draw(st.booleans()) else f"other {line}" for line in old]
    expected = [line.encode() for line in difflibs(old, new, "x", "x")]
    assert expected == list(unified_diff("".join(old).encode(), "".join(new).encode(), "x"))


def test_lines_that_stand_once_are_kept_before_more_that_do_not() -> None:
    diff = list(unified_diff(b"once\nx\nx\n", b"x\nx\nonce\n", "x"))[3:]
    assert diff == [b"+x\n", b"+x\n", b" once\n", b"-x\n", b"-x\n"]


def test_equal_lines_between_changes_are_kept() -> None:
    diff = list(unified_diff(b"a\nx\nb\nx\nc\n", b"A\nx\nB\nx\nC\n", "x"))[3:]
    assert [line for line in diff if line[:1] == b" "] == [b" x\n", b" x\n"]


def test_a_missing_line_break_at_the_end_is_told() -> None:
    assert list(unified_diff(b"a", b"a\n", "x")) == [
        b"--- x\n",
        b"+++ x\n",
        b"@@ -1 +1 @@\n",
        b"-a\n",
        b"\\ No newline at end of file\n",
        b"+a\n",
    ]


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"a\r\nb", b"a\nb\n"),
        (b"a\nb\nc\n" * 30, b"a\nc\n" * 30),
        (b"", b"x\n"),
        (b"1\n2\n3\n4", b"0\n2\n4\n"),
    ],
)
def test_patch_takes_it(old: bytes, new: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(old)
    diff = b"".join(unified_diff(old, new, "x"))
    subprocess.run(["patch", "-p0", "--binary"], input=diff, cwd=tmp_path, check=True, capture_output=True)
    assert new == (tmp_path / "x").read_bytes()


@pytest.mark.parametrize("kinds", [3, 50_000, 1_000_000], ids=["few", "twice each", "all different"])
def test_no_text_takes_long(kinds: int) -> None:
    old = [b"%d" % (number * 7919 % kinds) for number in range(100_000)]
    new = [line if number % 2 else b"x" + line for number, line in enumerate(old)]
    start = time.monotonic()
    assert list(unified_diff(b"\n".join(old), b"\n".join(new), "x"))
    assert time.monotonic() - start < 10

"""The lines of ours in a file of attributes: put in and taken out, byte for byte (GIT-43)."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from yamlsync.git_setup.block import Block, Edited, find, with_block, without_block

WRITTEN = b"""\
# yamlsync git install: begin
# git diff shows these as YAML, and by their keys, where `yamlsync git install` was run.
*.db diff=yamlsync-db
**/steps/*.yaml diff=yamlsync-step
# yamlsync git install: end
"""

lines = st.sampled_from(
    [b"*.db binary", b"# a comment", b"", b"*.yaml text eol=lf", b"\xff\xfe", b"a\rb", b"# yamlsync git"]
)
files = st.one_of(
    st.binary(max_size=40),
    st.builds(
        lambda start, parts, end: start + b"".join(line + ending for line, ending in parts) + end,
        st.sampled_from([b"", b"\xef\xbb\xbf"]),
        st.lists(st.tuples(lines, st.sampled_from([b"\n", b"\r\n"])), max_size=5),
        st.one_of(st.just(b""), lines),
    ),
)


def found(data: bytes) -> Block:
    block = find(data)
    assert isinstance(block, Block)
    return block


@given(st.none() | files)
@example(None)
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"*.db binary")
@example(b"a\r")
@example(b"a\r\nb")
def test_what_was_put_in_is_taken_out_and_the_file_is_as_before(data: bytes | None) -> None:
    # A file with lines of ours, or some of them, gets no others.
    assume(data is None or find(data) is None)
    added = with_block(data)
    assert without_block(added, found(added)) == data
    assert added.startswith(data or b"")


@given(files, st.lists(lines, min_size=1, max_size=3).map(b"\n".join))
def test_lines_that_were_added_behind_stay(data: bytes, more: bytes) -> None:
    assume(find(data) is None)
    added = with_block(data) + more + b"\n"
    left = without_block(added, found(added))
    assert left is not None
    assert left.startswith(data)
    assert left.endswith(more + b"\n")
    assert left[len(data) :].removesuffix(more + b"\n") in (b"", b"\n", b"\r\n")


@given(files, files)
def test_lines_that_were_edited_above_stay(data: bytes, other: bytes) -> None:
    other = other + b"\n"
    assume(find(data) is None and find(other) is None)
    added = other + with_block(data)[len(data) :].lstrip(b"\r\n")
    left = without_block(added, found(added))
    assert left in (other, other.removesuffix(b"\n"), other.removesuffix(b"\r\n"))


def test_what_is_written() -> None:
    assert with_block(b"") == WRITTEN
    assert with_block(b"*.db binary\n") == b"*.db binary\n" + WRITTEN
    assert with_block(None) == WRITTEN.replace(b"begin", b"begin (new file)")
    assert with_block(b"a") == b"a\n" + WRITTEN.replace(b"begin", b"begin (no line end before)")
    assert with_block(b"a\r\n") == b"a\r\n" + WRITTEN.replace(b"\n", b"\r\n")


def test_a_file_that_was_new_stays_where_somebody_wrote_into_it() -> None:
    added = with_block(None)
    assert without_block(added + b"*.png binary\n", found(added)) == b"*.png binary\n"


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_the_lines_are_found_whatever_a_checkout_made_of_the_line_ends(line_end: bytes) -> None:
    added = with_block(b"a").replace(b"\n", line_end)
    assert without_block(added, found(added)) == b"a"


def test_a_last_line_end_that_an_editor_took_away_is_not_missed() -> None:
    added = with_block(b"a\n").removesuffix(b"\n")
    assert without_block(added, found(added)) == b"a\n"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (WRITTEN.replace(b"*.db diff", b"*.sqlite diff"), 1),
        (b"a\n" + WRITTEN.replace(b"# yamlsync git install: end\n", b""), 2),
        (WRITTEN.replace(b"# yamlsync git install: begin\n", b""), 4),
        (WRITTEN + WRITTEN, 1),
        (WRITTEN.replace(b"*.db", b"*.png binary\n*.db"), 1),
        (b"# yamlsync git install: end\n# yamlsync git install: begin\n", 1),
    ],
)
def test_lines_that_somebody_edited_are_not_taken_for_ours(data: bytes, line: int) -> None:
    assert find(data) == Edited(line)


def test_a_file_without_markers_has_no_lines_of_ours() -> None:
    assert find(b"*.db diff=yamlsync-db\n# yamlsync git install: beginning\n") is None

"""The values that git is given, and how they are known again (GIT-41)."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamlsync.git_setup.keys import (
    COMMAND,
    DATABASE_NAMES,
    STEP_NAMES,
    TEXTCONV,
    Caller,
    caller_of,
    is_ours,
)

programs = st.one_of(
    st.sampled_from(
        [
            "/usr/bin/python3",
            "/home/Ann B/it's/python",
            r"C:\Program Files\Python\python.exe",
            '/a "b"/$HOME/%d/`x`/python',
            "/a\nb/python",
            "/x -E -P -m yamlsync git textconv --by 1 --/python",
        ]
    ),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1),
)
versions = st.from_regex(r"[0-9]{1,2}\.[0-9]{1,2}(\.dev[0-9])?", fullmatch=True)


@given(programs, versions, st.sampled_from([TEXTCONV, COMMAND]))
def test_who_is_called_is_read_back(program: str, version: str, key: str) -> None:
    caller = Caller(program, version)
    assert caller_of(key, caller.value(key)) == caller
    assert is_ours(key, caller.value(key))


@pytest.mark.parametrize(
    "program", ["/home/Ann B/it's/python", '/a "b"/$HOME/%d/`x`/python', r"C:\Program Files\python.exe"]
)
def test_a_shell_reads_the_program_as_one_word(program: str) -> None:
    value = Caller(program, "1.0").value(TEXTCONV)
    done = subprocess.run(
        ["sh", "-c", f'printf "%s\\n" {value} "$@"', "sh", "-a file.db"],
        check=True,
        capture_output=True,
        text=True,
    )
    words = ["-E", "-P", "-m", "yamlsync", "git", "textconv", "--by", "1.0", "--", "-a file.db"]
    assert done.stdout.splitlines() == [program, *words]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "true",
        "cat",
        "yamlsync git textconv",
        "python -m yamlsync git textconv --by 1 --",
        "python -E -P -m yamlsync git textconv --by 1",
        "python -E -P -m yamlsync git diff-driver --by 1 --",
        "python x -E -P -m yamlsync git textconv --by 1 --",
        "python; rm x -E -P -m yamlsync git textconv --by 1 --",
        "'python -E -P -m yamlsync git textconv --by 1 --",
        '"/usr/bin/python" -E -P -m yamlsync git textconv --by 1 --',
        "python -E -P -m yamlsync git textconv --by 1 2 --",
    ],
)
def test_other_values_are_somebodys_own(value: str | None) -> None:
    assert not is_ours(TEXTCONV, value)


def test_values_that_call_nobody_are_known_by_what_they_are() -> None:
    caller = Caller("python", "1.0")
    assert is_ours(STEP_NAMES, caller.value(STEP_NAMES))
    assert not is_ours(STEP_NAMES, caller.value(DATABASE_NAMES))
    assert not is_ours(STEP_NAMES, None)
    assert caller_of(STEP_NAMES, caller.value(STEP_NAMES)) is None

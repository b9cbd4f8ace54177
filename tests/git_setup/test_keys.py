"""The values that git is given, and how they are known again (GIT-41)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamlsync.git_setup.commands import Call
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
            '/x ] && /x -E -P -m yamlsync git textconv --by 1 -- "$@" || /python',
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


@given(programs, versions, st.sampled_from([(TEXTCONV, "textconv"), (COMMAND, "diff-driver")]))
def test_what_was_written_before_git_did_without_yamlsync_is_ours(
    program: str, version: str, key: tuple[str, str]
) -> None:
    value = Call(program, key[1], version).plain
    assert caller_of(key[0], value) == Caller(program, version)
    assert Caller(program, version).value(key[0]) != value


def test_what_was_written_first() -> None:
    value = "'/Ann B/python' -E -P -m yamlsync git textconv --by 0.1.0 --"
    assert Call("/Ann B/python", "textconv", "0.1.0").plain == value


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
        Caller("python", "1").value(COMMAND),
        Caller("python", "1").value(TEXTCONV) + " -x",
        Caller("python", "1").value(TEXTCONV).replace("[ -x python", "[ -x other"),
        Caller("python", "1").value(TEXTCONV).replace("cat", "cat -v"),
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

"""Texts made fit to be shown."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yamlsync.printable import printable, shell, shortened, shown


def test_of_a_long_text_the_beginning_is_shown() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "abc…"
    assert shown("abcd", 3) == '"abc…"'
    assert shown("x" * 100) == f'"{"x" * 80}…"'
    assert shortened("\x1b" * 4, 3) == "\\x1b\\x1b\\x1b…"


@given(st.text())
def test_what_is_shown_prints_and_stays_short(text: str) -> None:
    assert shortened(text, 8).isprintable()
    assert len(shortened(text, 8)) <= 8 * len("\\U00000000") + 1
    assert shortened(text, len(text)) == printable(text)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("course.db", "course.db"),
        ("dir/a b.db", "'dir/a b.db'"),
        ("it's", """'it'"'"'s'"""),
        ("$(x)", "'$(x)'"),
        ("", "''"),
        ("-rf", "./-rf"),
        ("- f", "'./- f'"),
        ("übung", "'übung'"),
        ("a\nb\t\x1b[2J'\\", r"$'a\nb\t\033[2J\'\\'"),
        ("-\x7f1", r"$'./-\1771'"),
        ("a\u202eb\u200b\u3164\ufe0f", r"$'a\342\200\256b\342\200\213\343\205\244\357\270\217'"),
        ("ü\udcff", r"$'ü\377'"),
    ],
)
def test_a_command_names_a_path_as_a_shell_takes_it(path: str, expected: str) -> None:
    assert shell(path) == expected


def _named_by(bash: str, path: str) -> bytes:
    done = subprocess.run(
        [bash, "--norc", "-c", f"printf %s {shell(path)}"],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    return done.stdout


@given(st.binary(max_size=30).filter(lambda data: b"\0" not in data))
def test_a_shell_reads_the_very_path_back(data: bytes) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash")
    path = os.fsdecode(data)
    assert _named_by(bash, path) == (b"./" if data.startswith(b"-") else b"") + data
    assert shell(path).isprintable()

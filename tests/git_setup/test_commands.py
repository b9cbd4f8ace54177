"""What git gives to a shell, in each shell that is here, with yamlsync and without it (GIT-41, GIT-47)."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from yamlsync.git_setup.commands import DIFF_DRIVER, TEXTCONV, Call

SHELLS = {"sh": ["sh"], "dash": ["dash"], "bash": ["bash", "--posix"], "busybox": ["busybox", "sh"]}
DATABASE = b"SQLite format 3\0rest"
OBJECT = hashlib.sha1(b"blob %d\0" % len(DATABASE) + DATABASE, usedforsecurity=False).hexdigest()
GONE = "the yamlsync that git was told to run is gone"


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> list[str]:
    command = SHELLS[request.param]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not here")
    return command


def call(shell: list[str], command: str, *arguments: str, cwd: Path) -> bytes:
    """What git's call prints, put together as git does it; it may not fail, and says nothing else."""
    done = subprocess.run(
        [*shell, "-c", f'{command} "$@"', command, *arguments], cwd=cwd, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.mark.parametrize("called", [TEXTCONV, DIFF_DRIVER])
@pytest.mark.parametrize("folder", ['it\'s "a" $HOME %d `x`', "] && x", "a\nb", "-x", "plain"])
def test_the_program_and_each_argument_are_one_word(
    shell: list[str], called: str, folder: str, tmp_path: Path
) -> None:
    program = tmp_path / folder / "python"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="ascii")
    program.chmod(0o755)
    said = call(shell, Call(str(program), called, "1.0").command, "-a $HOME file.db", "b", cwd=tmp_path)
    words = ["-E", "-P", "-m", "yamlsync", "git", called, "--by", "1.0", "--", "-a $HOME file.db", "b"]
    assert said.decode().splitlines() == words


def test_without_yamlsync_a_database_is_told_by_its_object_and_a_text_is_shown(
    shell: list[str], tmp_path: Path
) -> None:
    (tmp_path / "-a $HOME.db").write_bytes(DATABASE)
    (tmp_path / "text.db").write_bytes(b"a\\n\xff\n\nend")
    (tmp_path / "empty.db").write_bytes(b"")
    command = Call("/gone/it's/python", TEXTCONV, "1.0").command
    way_out = "yamlsync git install; to do without: git config --remove-section diff.yamlsync-db"
    assert call(shell, command, "./-a $HOME.db", cwd=tmp_path).decode().splitlines() == [
        f"# not shown: {GONE}",
        f"# with another one: {way_out}",
        f"# object {OBJECT}",
    ]
    assert call(shell, command, "text.db", cwd=tmp_path) == b"a\\n\xff\n\nend"
    assert call(shell, command, "empty.db", cwd=tmp_path) == b""


def test_without_yamlsync_a_step_is_shown_line_by_line(shell: list[str], tmp_path: Path) -> None:
    (tmp_path / "old $HOME").write_bytes(b"id: a\ntitle: One\n")
    (tmp_path / "new").write_bytes(b"id: a\ntitle: Two\n")
    command = Call("/gone/python", DIFF_DRIVER, "1.0").command
    rest = ("0" * 40, "100644")
    said = call(shell, command, "steps/a.yaml", "old $HOME", *rest, "new", *rest, cwd=tmp_path).decode()
    assert said.startswith(
        f"# not told in words: {GONE}\n# with another one: yamlsync git install; to do without: "
        "git config --remove-section diff.yamlsync-step\ndiff --git "
    )
    assert said.endswith("@@ -1,2 +1,2 @@\n id: a\n-title: One\n+title: Two\n")
    gone = call(shell, command, "steps/a.yaml", "new", *rest, os.devnull, ".", ".", cwd=tmp_path)
    assert gone.endswith(b"@@ -1,2 +0,0 @@\n-id: a\n-title: Two\n")
    renamed = call(shell, command, "a", "old $HOME", *rest, "new", *rest, "b", "rename", cwd=tmp_path)
    assert b"-title: One\n+title: Two\n" in renamed


def test_without_yamlsync_a_conflict_is_named_and_nothing_in_its_path_acts(
    shell: list[str], tmp_path: Path
) -> None:
    command = Call("/gone/python", DIFF_DRIVER, "1.0").command
    said = call(shell, command, "steps/\x1b[31m%s é.yaml", cwd=tmp_path)
    assert said.decode() == "* Unmerged path steps/[31m%s é.yaml\n"


def test_a_python_that_has_lost_yamlsync_counts_as_gone(shell: list[str], tmp_path: Path) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    program.chmod(0o755)
    (tmp_path / "x.db").write_bytes(DATABASE)
    said = call(shell, Call(str(program), TEXTCONV, "1.0").command, "x.db", cwd=tmp_path)
    assert said.endswith(f"# object {OBJECT}\n".encode())

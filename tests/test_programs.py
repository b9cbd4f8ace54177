"""Programs are found where a user has installed them, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from yamlsync.programs import find_program


def installed(folder: Path) -> str:
    folder.mkdir()
    program = folder / "tool"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return str(program)


def test_the_first_absolute_folder_that_has_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = installed(tmp_path / "one"), installed(tmp_path / "two")
    monkeypatch.chdir(tmp_path / "one")
    for entries, expected in (
        (["/none", f"{tmp_path}/two", f"{tmp_path}/one"], two),
        (["", ".", "../one", f"{tmp_path}/two"], two),
        ([f"{tmp_path}/one"], one),
        (["", ".", "../one"], None),
        ([""], None),
    ):
        monkeypatch.setenv("PATH", os.pathsep.join(entries))
        assert find_program("tool") == expected


def test_without_a_path_it_is_that_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PATH")
    assert find_program("sh") in {f"{folder}/sh" for folder in os.defpath.split(os.pathsep)}

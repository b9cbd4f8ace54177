"""The command line as a whole: exit codes, streams, start-up (CLI-1 to CLI-9)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.command import course, run
from tests.conftest import ROOT
from yamlsync import __version__

MakeDatabase = Callable[..., str]


def loaded_by(*arguments: object) -> set[str]:
    """The modules that one run of the command loads."""
    command = [sys.executable, "-X", "importtime", "-m", "yamlsync", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return {
        line.rpartition("|")[2].strip()
        for line in done.stderr.splitlines()
        if line.startswith("import time:")
    }


def test_the_version_is_answered_before_anything_is_loaded() -> None:
    assert run("--version").stdout == f"yamlsync {__version__}\n"
    assert not loaded_by("--version") & {"click", "attr", "cattrs", "sqlite3", "ruamel.yaml", "re"}
    assert run("-q", "--version").stdout == f"yamlsync {__version__}\n"


def test_a_command_loads_only_what_it_uses(make_database: MakeDatabase, tmp_path: Path) -> None:
    database = make_database(course())
    exported = loaded_by("export", database, tmp_path / "out")
    imported = loaded_by("import", tmp_path / "out", tmp_path / "new.db")
    assert {"click", "sqlite3"} <= exported & imported
    assert "cattrs" in exported - imported
    assert not (exported | imported) & {
        "ruamel.yaml",
        "ruamel",
        "subprocess",
        "tempfile",
        "pathlib2",
        "difflib",
    }
    assert not loaded_by("export", "--help") & {"ruamel.yaml", "subprocess"}


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("completion", "export", "import"):
        assert f"  {command} " in done.stdout
        assert run(command, "--help").returncode == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0
    assert "_YAMLSYNC_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(arguments: list[str], environment: dict[str, str], colored: bool, tmp_path: Path) -> None:
    (tmp_path / "workshop.yaml").write_text("format: yamlsync/1\n")
    clean = {"NO_COLOR": "", "FORCE_COLOR": ""} | environment
    done = run(*arguments, "import", tmp_path, tmp_path / "x.db", env=clean)
    assert done.returncode == 1
    assert ("\x1b[" in done.stderr) == colored


def test_another_folder_to_start_in(make_database: MakeDatabase, tmp_path: Path) -> None:
    make_database(course())
    assert run("-C", tmp_path, "export", "course.db", "out").returncode == 0
    assert (tmp_path / "out" / "workshop.yaml").exists()


def test_a_bug_is_reported_in_a_file_and_exits_with_3(tmp_path: Path) -> None:
    code = (
        "import sys, yamlsync.cli.main, yamlsync.cli.export_command as command\n"
        "def broken(*_): raise RuntimeError('oh \\x1b no')\n"
        "command.export = broken\n"
        "sys.exit(yamlsync.cli.main.run(['export', 'a', 'b']))\n"
    )
    environment = {"TMPDIR": str(tmp_path), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=Path.cwd(),
    )
    assert done.returncode == 3
    (report,) = tmp_path.glob("yamlsync-bug-*.txt")
    assert str(report) in done.stderr
    assert "this is a bug in yamlsync: oh \\x1b no" in done.stderr
    assert "Traceback" not in done.stderr
    assert "RuntimeError" in report.read_text()


def test_a_failed_proof_changes_nothing_and_names_the_first_difference(
    make_database: MakeDatabase, tmp_path: Path
) -> None:
    code = (
        "import sys, yamlsync.cli.main\n"
        "from yamlsync.layout import step\n"
        "old = step.to_block\n"
        "from attrs import evolve\n"
        "wrong = lambda row: evolve(row, title=row.title.replace('one', '0ne'))\n"
        "step.to_block = lambda row, around: old(wrong(row), around)\n"
        "sys.exit(yamlsync.cli.main.run(sys.argv[1:]))\n"
    )
    place = tmp_path / "place"
    place.mkdir()
    command = [sys.executable, "-c", code, "export", make_database(course()), str(place / "out")]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 3
    assert 'step "step-1", title: "Title one" became "Title 0ne"' in done.stderr
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("buffered", [True, False])
def test_a_full_output_is_no_bug(buffered: bool) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    with open("/dev/full", "w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "yamlsync", "--help"]
        environment = os.environ | {"PYTHONUNBUFFERED": "" if buffered else "1"}
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "the output: No space left on device" in done.stderr


def test_a_reader_that_goes_away_is_no_error(make_database: MakeDatabase, tmp_path: Path) -> None:
    database = make_database(course(3000))
    command = f"{sys.executable} -m yamlsync export --check {database} {tmp_path / 'out'} | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("check", ROOT / "sample-workshop"), 0), (("check", "gone"), 2), (("--bogus",), 2)],
)
def test_an_error_stream_that_takes_no_more_leaves_the_exit_code_as_it_is(
    arguments: tuple[object, ...], code: int
) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "yamlsync", *map(str, arguments)]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=full, check=False)
    assert code == done.returncode


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_an_interrupt_while_modules_load_ends_quietly() -> None:
    script = (
        "import sys, importlib.abc\n"
        "class Interrupted(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'click':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "sys.argv = ['yamlsync', 'check']\n"
        "from yamlsync.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")

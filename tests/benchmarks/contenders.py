"""What is run for a workload: yamlsync and its peers, each with its own natural layout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .processes import Command

YAMLSYNC = "yamlsync"
AGAIN = "yamlsync, nothing changed"
REPLACING = "yamlsync, replacing a database"
FLOOR = "floor: libyaml and insert"
PYYAML = "script with PyYAML and libyaml"
RUAMEL = "script with ruamel.yaml"
DIFFABLE = "sqlite-diffable"
PRETTIER = "prettier --check"
PASS = "python -c pass"
VERSION = "yamlsync --version"
IMPORT = "yamlsync import"
EXPORT = "yamlsync export"
FMT = "yamlsync fmt of one file"
CHECK = "yamlsync check"
CHECK_ONE = "yamlsync check of one file"
DIGEST = "yamlsync digest of a database"
DIGEST_TREE = "yamlsync digest of a directory"
VERIFY = "yamlsync verify"
ROWS = "floor: read the rows in order and hash them"

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[__name__.count(".") - 1]
_PRETTIER = ".pytest_cache/d/javascript/node_modules/.bin"
"""Where the tests with JavaScript's parsers install it."""
_PEERS = {PYYAML: "pyyaml", RUAMEL: "ruamel", DIFFABLE: "diffable"}


class Contenders:
    """The commands for one workload, all below one folder."""

    def __init__(self, folder: Path, steps: int) -> None:
        folder.mkdir(parents=True)
        self._folder = folder.resolve()
        self.source = str(self._folder / "source.db")
        self.output = str(self._folder / "output")
        self._aside = self._folder / "aside"
        self._aside.mkdir()
        # In a process of its own: what we hold ourselves would count in every peak.
        call([sys.executable, "-m", f"{__package__}.workload", self.source, str(steps)])
        call(_export(YAMLSYNC, self.source, self._input(YAMLSYNC)))
        self.yaml_bytes = sum(path.stat().st_size for path in Path(self._input(YAMLSYNC)).rglob("*.yaml"))

    def prepare_inputs(self) -> None:
        """Lets each peer write the files that it will read."""
        for name in _PEERS:
            if not missing(name) and not os.path.exists(self._input(name)):
                call(_export(name, self.source, self._input(name)))

    def exports(self) -> list[Command]:
        """Everybody's export into a fresh directory, and ours over one that says it all already."""
        again = _export(YAMLSYNC, self.source, self._input(YAMLSYNC))
        fresh = [self._command(name, _export(name, self.source, self.output)) for name in (YAMLSYNC, *_PEERS)]
        return [fresh[0], self._command(AGAIN, again), *fresh[1:]]

    def imports(self) -> list[Command]:
        """Everybody's import into a new database, ours over an old one, and the floor."""
        ours = _import(YAMLSYNC, self._input(YAMLSYNC), self.output)
        replacing = self._command(REPLACING, ours, before=partial(shutil.copyfile, self.source, self.output))
        floor = _import(FLOOR, self._input(YAMLSYNC), self.output)
        peers = [self._command(name, _import(name, self._input(name), self.output)) for name in _PEERS]
        return [self._command(YAMLSYNC, ours), replacing, self._command(FLOOR, floor), *peers]

    def checks(self) -> list[Command]:
        """A check of everything, and an import of the same, which checks the format alone."""
        directory = self._input(YAMLSYNC)
        return [
            self._command(YAMLSYNC, _import(YAMLSYNC, directory, self.output)),
            # The texts with Windows line ends are warned of, which would end with 1.
            self._command(CHECK, [*yamlsync(), "check", "--fail-level", "error", directory]),
        ]

    def digests(self) -> list[Command]:
        """Ours of a database that a pipeline built and of a directory, and the floor."""
        digest = [*yamlsync(), "digest"]
        return [
            self._command(DIGEST, [*digest, self.source]),
            self._command(DIGEST_TREE, [*digest, self._input(YAMLSYNC)]),
            self._command(ROWS, [sys.executable, peer("rows"), self.source]),
        ]

    def verifications(self) -> list[Command]:
        """Ours of a database that was built and not signed, and the floor."""
        built = str(self._folder / "built.db")
        if not os.path.exists(built):
            call(_import(YAMLSYNC, self._input(YAMLSYNC), built))
        return [
            self._command(VERIFY, [*yamlsync(), "verify", built]),
            self._command(ROWS, [sys.executable, peer("rows"), built]),
        ]

    def formats(self) -> list[Command]:
        """Everybody's look at files that are spelled as they should be: each at those of its own layout."""
        peers = {
            YAMLSYNC: [*yamlsync(), "fmt", self._input(YAMLSYNC)],
            RUAMEL: [sys.executable, peer("ruamel"), "format", self._input(RUAMEL)],
            PRETTIER: [_prettier(), "--check", f"{self._input(YAMLSYNC)}/**/*.yaml"],
        }
        return [self._command(name, argv) for name, argv in peers.items()]

    def starts(self) -> list[Command]:
        """A bare interpreter, and what we add to it."""
        source = self._input(YAMLSYNC)
        return [
            self._command(PASS, [sys.executable, "-c", "pass"]),
            self._command(VERSION, [*yamlsync(), "--version"]),
            self._command(IMPORT, _import(YAMLSYNC, source, self.output)),
            self._command(EXPORT, _export(YAMLSYNC, self.source, self.output)),
            self._command(FMT, [*yamlsync(), "fmt", self._a_step()]),
            self._command(CHECK_ONE, [*yamlsync(), "check", "--fail-level", "error", self._a_step()]),
        ]

    def remove_outputs(self) -> None:
        """Removes what all runs wrote. Only when nothing is left to be measured: see `_clear`."""
        shutil.rmtree(self._aside)

    def _clear(self) -> None:
        """Makes room for the next output.

        Folders are moved aside: ext4 passes over each inode that was deleted lately when it makes a
        file, so that deleting a thousand files would make writing the next thousand ten times as slow.
        """
        if os.path.isdir(self.output):
            os.rename(self.output, self._aside / str(len(os.listdir(self._aside))))
        else:
            Path(self.output).unlink(missing_ok=True)

    def _input(self, name: str) -> str:
        return str(self._folder / _PEERS.get(name, "yamlsync"))

    def _a_step(self) -> str:
        return str(min(Path(self._input(YAMLSYNC), "steps").iterdir()))

    def _command(self, name: str, argv: list[str], before: Callable[[], object] = lambda: None) -> Command:
        return Command(name, argv, before, self._clear, missing(name))


def missing(name: str) -> str:
    """Why a peer cannot be run here; empty where it can."""
    if name == DIFFABLE:
        return "" if _script("sqlite-diffable") else "not installed"
    if name == PRETTIER:
        return "" if _prettier() and shutil.which("node") else "not installed"
    if name in (PYYAML, FLOOR):
        try:
            import yaml
        except ImportError:
            return "not installed"
        return "" if yaml.__with_libyaml__ else "PyYAML without libyaml"
    return ""


def _export(name: str, database: str, directory: str) -> list[str]:
    if name == YAMLSYNC:
        return [*yamlsync(), "export", database, directory]
    if name == DIFFABLE:
        return [_script("sqlite-diffable"), "dump", database, directory, "--all"]
    return [sys.executable, peer(_PEERS[name]), "export", database, directory]


def _import(name: str, directory: str, database: str) -> list[str]:
    if name == YAMLSYNC:
        return [*yamlsync(), "import", directory, database]
    if name == DIFFABLE:
        return [_script("sqlite-diffable"), "load", database, directory]
    if name == FLOOR:
        return [sys.executable, peer("floor"), directory, database]
    return [sys.executable, peer(_PEERS[name]), "import", directory, database]


def peer(name: str) -> str:
    return str(_HERE / f"peer_{name}.py")


def yamlsync() -> list[str]:
    script = _script("yamlsync")
    return [script] if script else [sys.executable, "-m", "yamlsync"]


def _script(name: str) -> str:
    """A console script of the environment that runs the benchmark; empty where there is none."""
    return shutil.which(name, path=os.path.dirname(sys.executable)) or ""


def _prettier() -> str:
    """The formatter, where it is installed; else empty."""
    return shutil.which("prettier") or shutil.which("prettier", path=_ROOT / _PRETTIER) or ""


def call(argv: list[str]) -> None:
    subprocess.run(argv, check=True, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

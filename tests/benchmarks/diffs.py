"""What is run to compare two courses of which one step in a hundred differs: yamlsync, a floor, a script."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from .contenders import call, peer, yamlsync
from .edits import edit_course
from .processes import Command

DIFF = "yamlsync diff of two directories"
REVISIONS = "yamlsync diff of two revisions"
HTML = "yamlsync diff as HTML"
START = "yamlsync diff of one step and itself"
BARE = "python -c pass"
TREES = "floor: read the files of both and hash them"
DEEPDIFF = "script with PyYAML's own loader and DeepDiff"

_ONE_STEP = {
    "workshop.yaml": 'format: yamlsync/1\nid: one\nname: One\nversion: v1\ncreated_at: "2026-01-15"\n'
    "steps:\n  - first\n",
    "steps/first.yaml": "id: first\ntitle: The first\nimage_tag: org/one:first\nmarkdown: Read.\n",
}


class Diffs:
    """The commands for one workload: its export, an edit of that, and both as commits of a repository."""

    def __init__(self, folder: Path, source: str, steps: int) -> None:
        self._folder = folder.resolve() / "diffs"
        self._folder.mkdir()
        old, new, one = (self._folder / name for name in ("old", "new", "one"))
        call([*yamlsync(), "export", source, str(old)])
        shutil.copytree(old, new)
        edit_course(new, steps)
        for path, text in _ONE_STEP.items():
            (one / path).parent.mkdir(parents=True, exist_ok=True)
            (one / path).write_text(text, encoding="utf-8")
        repository = self._folder / "repository"
        _git(self._folder, "init", "-q", str(repository))
        for tag, tree in (("old", old), ("new", new)):
            shutil.rmtree(repository / "course", ignore_errors=True)
            shutil.copytree(tree, repository / "course")
            _git(repository, "add", "-A")
            _git(repository, "commit", "-q", "-m", tag)
            _git(repository, "tag", tag)

    def commands(self) -> list[Command]:
        """Ours of directories and of revisions, as text and HTML; start-up; the floor; the usual script."""
        old, new, one = (str(self._folder / name) for name in ("old", "new", "one"))
        diff = [*yamlsync(), "diff"]
        inside = [*yamlsync(), "-C", str(self._folder / "repository"), "diff"]
        page = ["--output-format", "html", "-o", str(self._folder / "page.html")]
        return [
            _command(BARE, [sys.executable, "-c", "pass"]),
            _command(START, [*diff, one, one]),
            _command(DIFF, [*diff, old, new], differs=1),
            _command(REVISIONS, [*inside, "old:course", "new:course"], differs=1),
            _command(HTML, [*diff, *page, old, new], differs=1, modules=("jinja2", "nh3", "pygments")),
            _command(TREES, [sys.executable, peer("trees"), old, new]),
            _command(DEEPDIFF, [sys.executable, peer("deepdiff"), old, new], modules=("yaml", "deepdiff")),
        ]


def _command(name: str, argv: list[str], differs: int = 0, modules: tuple[str, ...] = ()) -> Command:
    absent = [module for module in modules if importlib.util.find_spec(module) is None]
    return Command(name, argv, _nothing, _nothing, "not installed" if absent else "", differs)


def _nothing() -> None:
    """Each writes what it wrote before, or nothing."""


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org"]
    settings = ["-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false"]
    subprocess.run(["git", *identity, *settings, *arguments], cwd=folder, check=True, capture_output=True)

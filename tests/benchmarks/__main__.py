"""`python -m tests.benchmarks`: makes the workloads, measures, and prints the report."""

from __future__ import annotations

import argparse
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from .contenders import Contenders
from .diffs import Diffs
from .goals import Measured, goals
from .processes import measure
from .report import render

_KINDS = ("import", "export", "fmt", "check", "digest", "verify", "diff", "start")
_START_STEPS = 10


def main() -> None:
    """Runs what was asked for."""
    arguments = _parser().parse_args()
    folder = Path(arguments.keep or tempfile.mkdtemp(prefix="yamlsync-benchmarks-"))
    with ExitStack() as stack:
        if not arguments.keep:
            stack.callback(shutil.rmtree, folder)
        measured = _measure(folder, arguments.steps, arguments.runs, arguments.only or _KINDS, stack)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}\n")
    print(render(measured, list(goals(measured))))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--steps", type=int, nargs="+", default=[10, 100, 1000], help="sizes of workshops")
    parser.add_argument("--runs", type=int, default=7, help="rounds that count, for all but slow peers")
    parser.add_argument("--only", choices=_KINDS, action="append", help="leave the other kinds out")
    parser.add_argument(
        "--keep", metavar="DIR", help="work in DIR, say on another disk, and leave the workloads there"
    )
    return parser


def _measure(folder: Path, sizes: list[int], runs: int, kinds: Sequence[str], stack: ExitStack) -> Measured:
    measured = Measured()
    if "start" in kinds:
        _say("start-up")
        measured.start = measure(_prepare(folder / "start", _START_STEPS, stack).starts(), 3 * runs)
    for steps in sizes if set(kinds) - {"start"} else []:
        _say(f"{steps} steps: making the workload")
        contenders = _prepare(folder / str(steps), steps, stack)
        measured.yaml_bytes[steps] = contenders.yaml_bytes
        if "import" in kinds:
            contenders.prepare_inputs()
            _say(f"{steps} steps: import")
            measured.imports[steps] = measure(contenders.imports(), runs)
        if "export" in kinds:
            _say(f"{steps} steps: export")
            measured.exports[steps] = measure(contenders.exports(), runs)
        if "fmt" in kinds:
            contenders.prepare_inputs()
            _say(f"{steps} steps: fmt")
            measured.formats[steps] = measure(contenders.formats(), runs)
        if "check" in kinds:
            _say(f"{steps} steps: check")
            measured.checks[steps] = measure(contenders.checks(), runs)
        if "digest" in kinds:
            _say(f"{steps} steps: digest")
            measured.digests[steps] = measure(contenders.digests(), runs)
        if "verify" in kinds:
            _say(f"{steps} steps: verify")
            measured.verifications[steps] = measure(contenders.verifications(), runs)
        if "diff" in kinds:
            _say(f"{steps} steps: diff")
            measured.diffs[steps] = measure(
                Diffs(folder / str(steps), contenders.source, steps).commands(), runs
            )
    return measured


def _prepare(folder: Path, steps: int, stack: ExitStack) -> Contenders:
    contenders = Contenders(folder, steps)
    stack.callback(contenders.remove_outputs)
    return contenders


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

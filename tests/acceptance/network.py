"""Whether pip can install anything here, for tests that install us as our users do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest


def skip_or_fail(place: Path, failure: str) -> NoReturn:
    """Skips a test whose installation failed since pip gets nothing at all; else fails it with `failure`.

    `click` stands for all: we depend on it, and it is asked of the index, not of pip's cache.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    done = subprocess.run(
        [*command, "--retries", "0", "--dest", str(place), "click"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"pip reaches no packages: {done.stderr.strip().splitlines()[-1:]}")
    pytest.fail(failure)

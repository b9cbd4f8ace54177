"""Packages from npm for tests, installed once and kept; a test is skipped where that cannot be done."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest


def install(place: Path, package: str, what: str) -> None:
    """Installs what a package.json names into a folder; `what` is what a skipped test lacks.

    It is installed beside the place and moved there in one step: other processes may do the same now.
    """
    with tempfile.TemporaryDirectory(dir=place) as fresh:
        (Path(fresh) / "package.json").write_text(package, encoding="utf-8")
        command = ["npm", "install", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix", fresh]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        except subprocess.TimeoutExpired:
            pytest.skip(f"npm cannot install {what} in five minutes")
        if done.returncode:
            pytest.skip(f"npm cannot install {what}: {done.stderr.strip().splitlines()[:1]}")
        try:
            (Path(fresh) / "node_modules").rename(place / "node_modules")
        except OSError:
            # Another process was quicker.
            assert (place / "node_modules").exists()

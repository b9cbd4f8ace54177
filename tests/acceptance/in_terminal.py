"""The real command with a terminal for its output, as at a prompt."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

needs_pty = pytest.mark.skipif(os.name == "nt", reason="Windows has no terminals of this kind")


def in_terminal(*arguments: object, cwd: Path | None = None) -> tuple[int, list[str]]:
    """Runs it; gives its exit code and the lines that the terminal got, of both streams, without colours."""
    # Imported late: it is there on POSIX alone.
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "yamlsync", *map(str, arguments)]
    environment = os.environ | {"NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=cwd, env=environment) as running:
        os.close(theirs)
        got = b""
        while data := _read(ours):
            got += data
        os.close(ours)
    return running.returncode, got.decode().splitlines()


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        # So Linux tells that nobody writes any more.
        return b""

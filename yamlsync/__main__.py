"""The entry point: answers `--version` before anything else is loaded."""

from __future__ import annotations

import sys

from yamlsync import __version__


def main() -> None:
    """Runs the command line and exits with its code."""
    if sys.argv[1:] == ["--version"]:
        print(f"yamlsync {__version__}")
        return
    from yamlsync.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

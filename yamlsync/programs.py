"""Finding a program on PATH, and never in the folder in which somebody happens to work."""

from __future__ import annotations

import os


def find_program(name: str) -> str | None:
    """The whole path of a program; None where it is not installed.

    An empty or a relative entry of PATH means the current folder, or one below it: what lies there came with
    somebody's files, and is not what the user has installed.
    """
    # Imported late: most runs run no program.
    import shutil

    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    # Asked by its whole path: with the name alone, Windows would look in the current folder first.
    found = (shutil.which(os.path.join(folder, name)) for folder in folders if os.path.isabs(folder))
    return next((path for path in found if path is not None), None)

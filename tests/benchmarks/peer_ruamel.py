"""A peer: the script that one would write with ruamel.yaml. `export DB DIR` or `import DIR DB`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from peer_database import read_documents, write_documents  # type: ignore[import-not-found]
from ruamel.yaml import YAML

_YAML = YAML()


def export(database: str, directory: str) -> None:
    """Writes one file for the workshop and one for each step."""
    workshop, steps = read_documents(database)
    folder = Path(directory)
    (folder / "steps").mkdir(parents=True)
    _dump(folder / "workshop.yaml", workshop)
    for step in steps:
        _dump(folder / "steps" / f"{step['id']}.yaml", step)


def import_(directory: str, database: str) -> None:
    """Builds a database from the files."""
    folder = Path(directory)
    workshop = _load(folder / "workshop.yaml")
    write_documents(database, workshop, (_load(folder / "steps" / f"{id}.yaml") for id in workshop["steps"]))


def _dump(path: Path, document: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        _YAML.dump(document, file)


def _load(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return _YAML.load(file)


{"export": export, "import": import_}[sys.argv[1]](*sys.argv[2:])

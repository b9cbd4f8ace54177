"""A peer: the script that one would write with PyYAML and libyaml. `export DB DIR` or `import DIR DB`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from peer_database import read_documents, write_documents  # type: ignore[import-not-found]


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
        yaml.dump(document, file, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)


def _load(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


{"export": export, "import": import_}[sys.argv[1]](*sys.argv[2:])

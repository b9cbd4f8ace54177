"""A peer: the script one would write with ruamel.yaml. `export DB DIR`, `import DIR DB`, `format DIR`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
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


def format_(directory: str) -> None:
    """Ends with 1 where a file is not spelled as it is dumped, in its own layout."""
    wrong = 0
    for path in sorted(Path(directory).rglob("*.yaml")):
        dumped = StringIO()
        _YAML.dump(_load(path), dumped)
        wrong += dumped.getvalue() != path.read_text(encoding="utf-8")
    sys.exit(wrong > 0)


def _dump(path: Path, document: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        _YAML.dump(document, file)


def _load(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return _YAML.load(file)


_VERBS: dict[str, Callable[..., None]] = {"export": export, "import": import_, "format": format_}
_VERBS[sys.argv[1]](*sys.argv[2:])

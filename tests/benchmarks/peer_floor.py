"""The floor for import: reads yamlsync's files, parses them with libyaml in C, inserts the rows.

No check, no proof, no journal, no fsync: what every import through libyaml has to do, and no more. It
knows what the workload never says: no positions, no neighbours that differ from the order, no NULL.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import Any

from peer_database import INSERT, SCHEMA  # type: ignore[import-not-found]
from yaml import MappingNode, Node, ScalarNode
from yaml._yaml import CParser

Row = tuple[Any, ...]


class _Parser(CParser):
    """Composes nodes without looking up their tags: all scalars are texts here."""

    def descend_resolver(self, *_: object) -> None:
        """Nothing to prepare."""

    def ascend_resolver(self) -> None:
        """Nothing to undo."""

    def resolve(self, *_: object) -> None:
        """No tag."""


def import_(directory: str, database: str) -> None:
    """Builds a database from the files of an export."""
    workshop = _load(f"{directory}/workshop.yaml")
    ids = workshop["steps"]
    steps: list[Row] = []
    metadata: list[Row] = []
    navigation: list[Row] = []
    for index, id in enumerate(ids):
        step = _load(f"{directory}/steps/{id}.yaml")
        facts = (id, workshop["id"], index + 1, step["title"])
        steps.append((*facts, step["markdown"], step["image_tag"], step.get("goss_spec")))
        metadata += [(id, key, value) for key, value in step["metadata"].items()]
        neighbours = (ids[index + 1] if index + 1 < len(ids) else None, ids[index - 1] if index else None)
        navigation.append((id, *neighbours, step.get("navigation", {}).get("unlock_condition")))
    row = tuple(workshop[key] for key in ("id", "name", "version", "created_at"))
    tables = {"workshop": [row], "steps": steps, "step_metadata": metadata, "navigation": navigation}
    _insert(database, tables)


def _load(path: str) -> Any:
    with open(path, "rb") as file:
        return _plain(_Parser(file.read()).get_single_node())


def _plain(node: Node | None) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    return [_plain(item) for item in node.value] if node else None


def _insert(path: str, tables: dict[str, list[Row]]) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=OFF")
    database.execute("PRAGMA synchronous=OFF")
    database.execute("BEGIN")
    for statement in SCHEMA.split(";"):
        database.execute(statement)
    for name, rows in tables.items():
        database.executemany(INSERT[name], rows)
    database.execute("COMMIT")
    database.close()


import_(*sys.argv[1:])

"""What the peers' scripts share: the seed's plain schema, and its rows as plain documents and back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

SCHEMA = """\
CREATE TABLE workshop (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL DEFAULT 'v1', created_at DATETIME NOT NULL
);
CREATE TABLE steps (
    id TEXT PRIMARY KEY, workshop_id TEXT NOT NULL REFERENCES workshop(id), position INTEGER NOT NULL,
    title TEXT NOT NULL, markdown TEXT, image_tag TEXT NOT NULL, goss_spec TEXT
);
CREATE TABLE step_metadata (
    step_id TEXT NOT NULL REFERENCES steps(id), key TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (step_id, key)
);
CREATE TABLE navigation (
    step_id TEXT PRIMARY KEY REFERENCES steps(id), next_step_id TEXT REFERENCES steps(id),
    prev_step_id TEXT REFERENCES steps(id), unlock_condition TEXT
);
CREATE TABLE runtime_state (
    workspace_id TEXT NOT NULL, step_id TEXT NOT NULL REFERENCES steps(id), status TEXT NOT NULL,
    started_at DATETIME, completed_at DATETIME, PRIMARY KEY (workspace_id, step_id)
);
CREATE TABLE custom_state (
    workspace_id TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (workspace_id, key)
);
"""
INSERT = {
    "workshop": "INSERT INTO workshop VALUES (?, ?, ?, ?)",
    "steps": "INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?)",
    "step_metadata": "INSERT INTO step_metadata VALUES (?, ?, ?)",
    "navigation": "INSERT INTO navigation VALUES (?, ?, ?, ?)",
}

Row = tuple[Any, ...]
Document = dict[str, Any]


def read_documents(path: str) -> tuple[Document, list[Document]]:
    """The workshop and its steps as an author of a small script would lay them out."""
    with closing(sqlite3.connect(path)) as database:
        id, name, version, created_at = database.execute("SELECT * FROM workshop").fetchone()
        metadata: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for step_id, key, value in database.execute("SELECT * FROM step_metadata ORDER BY key"):
            metadata[step_id][key] = value
        navigation = {row[0]: row[1:] for row in database.execute("SELECT * FROM navigation")}
        rows = database.execute("SELECT * FROM steps ORDER BY position, id").fetchall()
    steps = [_document(row, metadata[row[0]], navigation.get(row[0])) for row in rows]
    workshop = {"id": id, "name": name, "version": version, "created_at": created_at}
    return workshop | {"steps": [step["id"] for step in steps]}, steps


def _document(row: Row, metadata: dict[str, str], navigation: Row | None) -> Document:
    id, _, position, title, markdown, image_tag, goss_spec = row
    document = {"id": id, "title": title, "image_tag": image_tag, "position": position}
    if navigation:
        document["navigation"] = dict(zip(("next", "prev", "unlock_condition"), navigation, strict=True))
    return document | {"metadata": metadata, "goss_spec": goss_spec, "markdown": markdown}


def write_documents(path: str, workshop: Document, steps: Iterable[Document]) -> None:
    """Builds a database from documents as `read_documents` gives them."""
    rows: dict[str, list[Row]] = {"steps": [], "step_metadata": [], "navigation": []}
    for step in steps:
        rows["steps"].append(
            (
                *(step["id"], workshop["id"], step["position"], step["title"]),
                *(step["markdown"], step["image_tag"], step["goss_spec"]),
            )
        )
        rows["step_metadata"] += [(step["id"], key, value) for key, value in step["metadata"].items()]
        rows["navigation"] += _navigation(step)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA)
        with database:
            facts = [workshop[key] for key in ("id", "name", "version", "created_at")]
            database.execute(INSERT["workshop"], facts)
            for table, found in rows.items():
                database.executemany(INSERT[table], found)


def _navigation(step: Document) -> Iterator[Row]:
    if "navigation" in step:
        yield step["id"], *step["navigation"].values()

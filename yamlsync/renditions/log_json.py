"""What one commit did to a workshop, as an object of a JSON document (LOG-40, LOG-41)."""

from __future__ import annotations

from yamlsync.changes.plain import to_plain
from yamlsync.problems import Problem
from yamlsync.renditions.entries import Told
from yamlsync.renditions.json import in_ascii


def as_json(told: Told) -> str:
    """The object that `spec/schemas/log.schema.json` describes, in ASCII, without a line break at its end."""
    entry, commit = told.entry, told.entry.commit
    report = {
        "commit": commit.name,
        "parents": list(commit.parents),
        "author": commit.author,
        "date": commit.date or None,
        "subject": commit.subject,
        "path": entry.path,
        "moved_from": entry.moved_from,
        "fate": entry.fate,
        "since": entry.since,
        "problems": [*map(_plain, entry.problems), *([entry.failure] if entry.failure else [])],
        **to_plain(told.changes),
        "respelled": list(entry.respelled),
    }
    return in_ascii(report)


def _plain(problem: Problem) -> str:
    return f"{problem.place}: {problem.code} {problem.message}"

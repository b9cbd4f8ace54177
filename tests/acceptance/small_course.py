"""A small course that no rule finds fault with, for tests of what stands around the checks."""

from __future__ import annotations

from pathlib import Path

_WORKSHOP = """\
format: yamlsync/1
id: {id}
name: A small course
version: v1
created_at: "2026-01-15T09:30:00Z"
steps:
  - one
  - two
  - three
"""

_STEP = """\
id: {id}
title: Step {id}
image_tag: org/course:{id}
goss_spec: |
  file:
    /workshop/{id}:
      exists: true
markdown: |
  # Step {id}

  Make the file.
"""


def write_course(folder: Path) -> Path:
    """Writes the steps one, two and three; gives the folder back."""
    (folder / "steps").mkdir(parents=True)
    (folder / "workshop.yaml").write_text(_WORKSHOP.format(id=folder.name), encoding="utf-8")
    for step in ("one", "two", "three"):
        (folder / "steps" / f"{step}.yaml").write_text(_STEP.format(id=step), encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replaces a text that has to be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")

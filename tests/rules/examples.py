"""The examples in a rule's manual, put into a course of three steps.

Each file of an example begins with a comment line with its path, `# steps/two.yaml`. What the example
leaves out is supplied: other files, and keys that a file must have. Where that would hide what is to be
shown, the line says `# steps/two.yaml, all of it`; `# steps/three.yaml is not there` takes a file away.
An example with a file `workshops.yaml`, or with one below `workshops/`, is put into two workshops:
`course` with the three steps, and `other` with the step `four`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yamlsync.rules.manual import read_manual
from yamlsync.rules.registry import Rule

_FILE = re.compile(r"^# ([\w./%~!-]+\.yaml)(, all of it| is not there)?\n", re.MULTILINE)

_WORKSHOPS = {"format": "yamlsync/1", "workshops": "\n  - course\n  - other"}
_WORKSHOP = {
    "format": "yamlsync/1",
    "id": "course",
    "name": "A course",
    "version": "v1",
    "created_at": '"2026-01-15T09:30:00Z"',
    "steps": "\n  - one\n  - two\n  - three",
}
_OTHER = _WORKSHOP | {"id": "other", "steps": "\n  - four"}
_STEP = "markdown: Read on.\n"


def examples(rule: Rule) -> Iterator[tuple[str, str]]:
    """Each example of a manual: whether it `Fails` or `Passes`, and its text."""
    for example in read_manual(rule.__doc__ or "").examples:
        yield example.verdict, example.text


def tree_of(text: str) -> dict[str, bytes]:
    """The files of the course with those of an example in their places."""
    before, *parts = _FILE.split(text)
    assert not before, "an example begins with the name of a file"
    shown = [(path, said or "", content) for path, said, content in zip(*[iter(parts)] * 3, strict=True)]
    files = _course("")
    if any(path.startswith("workshops") for path, _, _ in shown):
        files = {"workshops.yaml": ""} | _course("workshops/course/")
        files |= {"workshops/other/workshop.yaml": "", "workshops/other/steps/four.yaml": _STEP}
    whole = {path for path, said, _ in shown if said}
    files |= {path: content for path, _, content in shown}
    for path, said, _ in shown:
        if said.endswith("not there"):
            del files[path]
    return {
        path: (content if path in whole else _complete(path, content)).encode()
        for path, content in files.items()
    }


def _course(folder: str) -> dict[str, str]:
    steps = {f"{folder}steps/{id}.yaml": _STEP for id in ("one", "two", "three")}
    return {f"{folder}workshop.yaml": ""} | steps


def _complete(path: str, content: str) -> str:
    missing = [f"{key}: {value}" for key, value in _required(path).items() if not _has(content, key)]
    text = "\n".join([*missing, content]).replace(": \n", ":\n")
    # At the end, so that what is shown keeps its line.
    return f"{text}{_STEP}" if "steps/" in path and not _has(content, "markdown") else text


def _required(path: str) -> dict[str, str]:
    name = path.rpartition("/")[2].removesuffix(".yaml")
    if path == "workshops.yaml":
        return _WORKSHOPS
    if name == "workshop":
        return _OTHER if path.startswith("workshops/other/") else _WORKSHOP
    if path.startswith("state/"):
        return {"format": "yamlsync/1", "workspace": name}
    return {"id": name, "title": f"Step {name}", "image_tag": f"org/course:{name}"}


def _has(content: str, key: str) -> bool:
    return re.search(rf"^{key}:", content, re.MULTILINE) is not None

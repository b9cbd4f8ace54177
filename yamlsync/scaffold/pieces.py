"""What belongs around a workshop: settings of Git, of editors, of hooks and of CI, each a piece (AUT-4)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from yamlsync.scaffold.facts import Facts

AT_THE_TOP = ("pre-commit", "ci")
"""The pieces that are looked for only at the top of a Git repository."""

WHERE_OPENED = "editor"
"""The piece that is looked for only in the folder that an editor has opened."""


def piece_files(piece: str, facts: Facts) -> dict[str, bytes]:
    """The files of a piece, by path. Raises KeyError where there is no such piece."""
    return {path: text.encode() for path, text in _PIECES[piece](facts).items()}


def _gitattributes(facts: Facts) -> dict[str, str]:  # noqa: ARG001 - all pieces are made alike
    return {".gitattributes": _GITATTRIBUTES}


def _gitignore(facts: Facts) -> dict[str, str]:
    return {
        ".gitignore": f"# Built from the YAML files: yamlsync import . {facts.database}\n/{facts.database}\n"
        "# Students' progress, which concerns nobody else.\n/state/\n"
    }


def _editorconfig(facts: Facts) -> dict[str, str]:  # noqa: ARG001
    return {".editorconfig": _EDITORCONFIG}


def _pre_commit(facts: Facts) -> dict[str, str]:  # noqa: ARG001
    return {".pre-commit-config.yaml": _PRE_COMMIT}


def _ci(facts: Facts) -> dict[str, str]:
    text = _WORKFLOW.replace("DATABASE", facts.database).replace("NAME", facts.plain_name)
    return {".github/workflows/workshop.yml": text}


def _editor(facts: Facts) -> dict[str, str]:  # noqa: ARG001
    # Imported late: who leaves this piece out needs no schemas.
    from yamlsync.schemas.files import file_name, schema_text

    files = {"workshop": "workshop.yaml", "step": "steps/*.yaml"}
    settings = {
        "yaml.schemas": {f"./.vscode/{file_name(name)}": [pattern] for name, pattern in files.items()},
        "[yaml]": {
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.detectIndentation": False,
            "files.eol": "\n",
            "files.insertFinalNewline": True,
            "files.trimTrailingWhitespace": False,
        },
    }
    extensions = {"recommendations": ["redhat.vscode-yaml", "editorconfig.editorconfig"]}
    return {
        ".vscode/settings.json": _json(settings),
        ".vscode/extensions.json": _json(extensions),
        **{f".vscode/{file_name(name)}": schema_text(name) for name in files},
    }


def _json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"


COURSE = "course"
"""The workshop itself, which can be left out where there is one."""

_PIECES: Mapping[str, Callable[[Facts], dict[str, str]]] = {
    "gitattributes": _gitattributes,
    "gitignore": _gitignore,
    "editorconfig": _editorconfig,
    "pre-commit": _pre_commit,
    "ci": _ci,
    "editor": _editor,
}

PIECES = tuple(_PIECES)
"""The names of the pieces."""

_GITATTRIBUTES = """\
# The same line endings on every machine: without this, a checkout on Windows changes each line.
*.yaml text eol=lf
# A database is no text, and is never merged line by line. How a diff shows it is left to who can.
*.db -text -merge
"""

_EDITORCONFIG = """\
# How editors write the files of a workshop: https://editorconfig.org
[*.yaml]
charset = utf-8
end_of_line = lf
indent_style = space
indent_size = 2
insert_final_newline = true
# Two spaces at the end of a line of Markdown break the line, so they have to stay.
trim_trailing_whitespace = false
"""

_PRE_COMMIT = """\
# What is looked at before each commit. To switch it on: pre-commit install
#
# yamlsync comes from the package index, with the checker of conditions (cel). Where it is not on the index,
# write in place of "yamlsync[cel]", twice, where it is: in a repository, or in a folder of yours.
#   "yamlsync[cel] @ git+https://github.com/OWNER/yamlsync@v0.1.0"
#   "/path/to/yamlsync[cel]"
repos:
  - repo: local
    hooks:
      - id: yamlsync-fmt
        name: spell the workshop's files as they should be
        entry: yamlsync fmt
        language: python
        additional_dependencies: ["yamlsync[cel]"]
        files: ^(workshops\\.yaml|(workshops/[^/]+/)?(workshop\\.yaml|steps/[^/.][^/]*\\.yaml))$
        require_serial: true
      - id: yamlsync-check
        name: check the workshop
        # The whole workshop, whatever is changed or removed: a step may be named anywhere.
        entry: yamlsync check .
        language: python
        additional_dependencies: ["yamlsync[cel]"]
        always_run: true
        pass_filenames: false
"""

_WORKFLOW = """\
# Checks the workshop at each push and pull request, and builds its database.
name: workshop

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-python@v6
        with:
          python-version: "3.13"
      - name: Install yamlsync
        # From the package index, with the checker of conditions (cel). Where yamlsync is not on the index,
        # write in place of "yamlsync[cel]" where it is: in a repository, or in a folder of this one.
        #   "yamlsync[cel] @ git+https://github.com/OWNER/yamlsync@v0.1.0"
        #   "./path/to/yamlsync[cel]"
        run: python -m pip install "yamlsync[cel]"
      - name: Check what the workshop says
        run: yamlsync check --output-format github
      - name: Check how it is spelled
        run: yamlsync fmt --check
      - name: Build the database
        run: yamlsync import . DATABASE
      - name: Keep the database
        uses: actions/upload-artifact@v4
        with:
          name: NAME
          path: DATABASE
          if-no-files-found: error
"""

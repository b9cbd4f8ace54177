"""What editors offer to write in one go: `defaultSnippets`, an extension of language servers (EDT-7).

In a body, `${1:text}` is where the cursor goes first, with a text there that typing replaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from yamlsync.layout.files import FORMAT
from yamlsync.schemas.words import KeyPath

Snippet: TypeAlias = dict[str, Any]

Snippets: TypeAlias = Mapping[KeyPath, tuple[Snippet, ...]]
"""What may be written as the value of each key; the empty path is that of the file."""


def _snippet(label: str, description: str, body: Any) -> Snippet:
    return {"label": label, "description": description, "body": body}


def _markdown(heading: int, text: int) -> str:
    """A first text for a step; the numbers say when the cursor comes to its two parts."""
    return f"""\
|
  # ${{{heading}:Run your first pod}}

  ${{{text}:What students do in this step, and why.}}
"""


_FILE = """\
|
  file:
    ${1:/workshop/lab/pod.yaml}:
      exists: true
      contents:
        - "${2:kind: Pod}"
"""

_COMMAND = """\
|
  command:
    ${1:the pod is ready}:
      exec: ${2:kubectl wait --for=condition=Ready pod/first --timeout=30s}
      exit-status: 0
      timeout: 35000
"""

_HTTP = """\
|
  http:
    ${1:http://127.0.0.1:8080/}:
      status: 200
      timeout: 5000
      body:
        - ${2:Welcome}
"""

_SERVICE = """\
|
  service:
    ${1:nginx}:
      enabled: true
      running: true
"""

_HINTS = {
    "hint.1": "${1:Which command lists the pods of a namespace?}",
    "hint.2": "${2:Look at the column STATUS.}",
}

STEP: Snippets = {
    (): (
        _snippet(
            "new step",
            "A step with all that it needs, and its text.",
            {
                "id": "${1:first-pod}",
                "title": "${2:Run your first pod}",
                "image_tag": "${3:myorg/kubernetes-101:first-pod}",
                "markdown": _markdown(2, 4),
            },
        ),
    ),
    ("navigation",): (
        _snippet(
            "opens when another step is done",
            "A condition on another step.",
            {"unlock_condition": 'steps["${1:welcome}"].completed'},
        ),
        _snippet(
            "leads elsewhere",
            "Another step after this one, and another before it, than the list has.",
            {"next": "${1:deployments}", "prev": "${2:welcome}"},
        ),
    ),
    ("metadata",): (
        _snippet("hints", "Two hints, the first one given first.", _HINTS),
        _snippet(
            "difficulty, duration and hints",
            "What many courses say of a step.",
            {"difficulty": "${3:easy}", "duration": "${4:10m}", **_HINTS},
        ),
    ),
    ("goss_spec",): (
        _snippet("goss: a file", "A file that exists, and what it contains.", _FILE),
        _snippet("goss: a command", "A command that ends with status 0, in time.", _COMMAND),
        _snippet("goss: a web page", "A page that answers, and what it contains.", _HTTP),
        _snippet("goss: a service", "A service that runs.", _SERVICE),
    ),
    ("markdown",): (_snippet("text of a step", "A heading and a first paragraph.", _markdown(1, 2)),),
}

WORKSHOP: Snippets = {
    (): (
        _snippet(
            "new workshop",
            "A workshop with one step.",
            {
                "format": FORMAT,
                "id": "${1:kubernetes-101}",
                "name": "${2:Kubernetes basics}",
                "version": "${3:v1}",
                "created_at": '"${4:2026-01-15T09:30:00Z}"',
                "steps": ["${5:welcome}"],
            },
        ),
    ),
}

STATE: Snippets = {}

WORKSHOPS: Snippets = {}

"""Which files a workshop directory consists of, and the keys that each may have (LAY-1 to LAY-19)."""

from __future__ import annotations

import re

from yamlsync.document.model import Fields, FreeKeys, ListOf, Scalar
from yamlsync.filenames import file_name

FORMAT = "yamlsync/1"
"""The format that this version reads and writes."""

NONE = "none"
"""`navigation: none`: there is no row, which no null could say."""

SUFFIX = ".yaml"

WORKSHOPS_PATH = "workshops.yaml"

_TEXT = Scalar.TEXT

WORKSHOPS = Fields({"format": _TEXT, "workshops": ListOf(_TEXT)}, frozenset({"format", "workshops"}))

WORKSHOP = Fields(
    {
        "format": _TEXT,
        "id": _TEXT,
        "name": _TEXT,
        "version": _TEXT,
        "created_at": Scalar.DATE,
        "first_position": Scalar.INTEGER,
        "navigation": Fields({}, word=NONE),
        "steps": ListOf(_TEXT, may_be_empty=True),
    },
    frozenset({"format", "id", "name", "version", "created_at", "steps"}),
)

NAVIGATION = Fields(
    {"next": Scalar.REFERENCE, "prev": Scalar.REFERENCE, "unlock_condition": _TEXT},
    word=NONE,
)

STEP = Fields(
    {
        "id": _TEXT,
        "title": _TEXT,
        "image_tag": _TEXT,
        "position": Scalar.INTEGER,
        "navigation": NAVIGATION,
        "metadata": FreeKeys(),
        "goss_spec": _TEXT,
        "markdown": _TEXT,
    },
    frozenset({"id", "title", "image_tag"}),
)

STATE = Fields(
    {
        "format": _TEXT,
        "workspace": _TEXT,
        "steps": ListOf(
            Fields(
                {"id": _TEXT, "status": _TEXT, "started_at": Scalar.DATE, "completed_at": Scalar.DATE},
                frozenset({"id", "status"}),
            )
        ),
        "custom": ListOf(Fields({"key": _TEXT, "value": _TEXT}, frozenset({"key", "value"}))),
    },
    frozenset({"format", "workspace"}),
)


def workshop_folder(workshop_id: str) -> str:
    """The folder, with a `/` at its end, of one of several workshops."""
    return f"workshops/{file_name(workshop_id)}/"


def workshop_path(folder: str) -> str:
    """The file that says what a workshop is; `folder` is "" where there is but one."""
    return f"{folder}workshop.yaml"


def step_path(folder: str, step_id: str) -> str:
    """The file of a step."""
    return f"{folder}steps/{file_name(step_id)}{SUFFIX}"


def state_path(workspace_id: str) -> str:
    """The file of one workspace's progress."""
    return f"state/{file_name(workspace_id)}{SUFFIX}"


# A name is one part of a path: hidden ones are foreign, and none may lead elsewhere.
_NAME = r"(?!\.)[^/\\:\0]+"
_OURS = re.compile(
    rf"(?P<workshops>workshops\.yaml)\Z"
    rf"|(?:workshops/{_NAME}/)?(?:(?P<workshop>workshop\.yaml)|steps/(?P<step>{_NAME}\.yaml))\Z"
    rf"|state/(?P<state>{_NAME}\.yaml)\Z"
)
_SHAPES = {"workshops": WORKSHOPS, "workshop": WORKSHOP, "step": STEP, "state": STATE}


def shape_of(path: str) -> Fields | None:
    """The keys of the file of ours at `path`; None where the file is foreign."""
    match = _OURS.match(path)
    return _SHAPES[match.lastgroup] if match and match.lastgroup else None


def is_state(path: str) -> bool:
    """Whether a file of ours holds progress."""
    return path == "state" or path.startswith("state/")

"""What editors show for each key: the words of columns are the records', all others stand here (EDT-5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from attrs import fields_dict, frozen

from yamlsync.layout.files import FORMAT, NONE
from yamlsync.records import CustomState, Metadata, Navigation, RuntimeState, Step, Workshop


@frozen
class Words:
    """What a key is for, with what is typed between backticks, and values that it may have."""

    description: str
    examples: tuple[Any, ...]


KeyPath: TypeAlias = tuple[str, ...]
"""A key below the keys around it. Lists have no name of their own in it."""


def column(record: type, name: str, remark: str = "") -> Words:
    """The words of a column, and what only the file has to say of it."""
    about = fields_dict(record)[name].metadata
    return Words(f"{about['description']} {remark}".rstrip(), about["examples"])


_FORMAT = Words(f"The version of the format that the file is written in: `{FORMAT}`.", (FORMAT,))

WORKSHOPS_WORDS: Mapping[KeyPath, Words] = {
    ("format",): _FORMAT,
    ("workshops",): Words(
        "The ids of the workshops. Each has a folder in `workshops/` that is named after its id.",
        (["kubernetes-101", "kubernetes-102"],),
    ),
}

WORKSHOP_WORDS: Mapping[KeyPath, Words] = {
    ("format",): _FORMAT,
    ("id",): column(Workshop, "id"),
    ("name",): column(Workshop, "name"),
    ("version",): column(Workshop, "version"),
    ("created_at",): column(Workshop, "created_at"),
    ("first_position",): Words("The position of the first step. Left out, it is 1.", (0, 10)),
    ("navigation",): Words(
        f"The word `{NONE}`: no step of this workshop has a row in the table `navigation`. Left out, steps "
        "follow each other as they are listed.",
        (NONE,),
    ),
    ("steps",): Words(
        "The ids of the steps, in the order in which students take them. Each has a file in `steps/` that is "
        "named after its id.",
        (["welcome", "first-pod", "clean-up"],),
    ),
}

STEP_WORDS: Mapping[KeyPath, Words] = {
    ("id",): column(Step, "id"),
    ("title",): column(Step, "title"),
    ("image_tag",): column(Step, "image_tag"),
    ("position",): column(
        Step,
        "position",
        "Left out, it is one more than that of the step before, as it nearly always is.",
    ),
    ("navigation",): Words(
        "Where the step leads, where that is not to its neighbours in the list of steps, and when it opens. "
        f"The word `{NONE}`: this step has no row in the table `navigation`.",
        ({"unlock_condition": 'steps["welcome"].completed'}, NONE),
    ),
    ("navigation", "next"): column(
        Navigation, "next_step_id", "Left out, it is the one after this in the list; `null` says none."
    ),
    ("navigation", "prev"): column(
        Navigation, "prev_step_id", "Left out, it is the one before this in the list; `null` says none."
    ),
    ("navigation", "unlock_condition"): column(
        Navigation, "unlock_condition", "Left out, the step is always open."
    ),
    ("metadata",): Words(
        "Keys of your choice, each with a text: hints, a difficulty, whatever the platform shows.",
        ({"difficulty": "easy", "hint.1": "Which command lists the pods of a namespace?"},),
    ),
    ("goss_spec",): column(Step, "goss_spec"),
    ("markdown",): column(Step, "markdown"),
}

STATE_WORDS: Mapping[KeyPath, Words] = {
    ("format",): _FORMAT,
    ("workspace",): column(RuntimeState, "workspace_id", "The file is named after it."),
    ("steps",): Words(
        "How far the student is with each step that was begun.", ([{"id": "first-pod", "status": "active"}],)
    ),
    ("steps", "id"): column(RuntimeState, "step_id"),
    ("steps", "status"): column(RuntimeState, "status"),
    ("steps", "started_at"): column(RuntimeState, "started_at"),
    ("steps", "completed_at"): column(RuntimeState, "completed_at"),
    ("custom",): Words("What the workspace remembers.", ([{"key": "cluster", "value": "kind"}],)),
    ("custom", "key"): column(CustomState, "key"),
    ("custom", "value"): column(CustomState, "value"),
}

FREE = Words(
    f"{column(Metadata, 'key').description} {column(Metadata, 'value').description}",
    column(Metadata, "value").examples,
)
"""The words of a key of metadata that nobody else describes."""

"""The keys of metadata that editors offer and describe. Any other key is as good (EDT-5)."""

from __future__ import annotations

from attrs import frozen

from yamlsync.schemas.words import Words


@frozen
class Known:
    """A key of metadata that many courses have, or a family of keys.

    `names` are those that an editor offers; `pattern` is a regular expression for all of the family.
    """

    names: tuple[str, ...]
    words: Words
    pattern: str | None = None


KNOWN = (
    Known(
        ("hint.1", "hint.2", "hint.3"),
        Words(
            "A hint for students who are stuck. They are shown one after the other, by their number.",
            ("Which command lists the pods of a namespace?",),
        ),
        r"^hint\.[0-9]+$",
    ),
    Known(
        ("explain",),
        Words("What is told after the step is done.", ("A second apply finds nothing to change.\n",)),
    ),
    Known(
        ("solve",),
        Words("Shell commands that solve the step.", ("kubectl apply -f pod.yaml\n",)),
    ),
    Known(("difficulty",), Words("How hard the step is.", ("easy", "medium", "hard"))),
    Known(("duration",), Words("How long the step takes.", ("10m", "1h"))),
    Known(("group",), Words("The heading under which the step is listed.", ("networking",))),
)

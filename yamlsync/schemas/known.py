"""The keys of metadata that editors offer and describe. Any other key is as good (EDT-6)."""

from __future__ import annotations

from attrs import frozen

from yamlsync.schemas.words import Words


@frozen
class Known:
    """A key of metadata that many courses have, or a family of keys.

    `names` are the keys that an editor offers. A family has a `pattern` too, a regular expression for all of
    its keys.
    """

    names: tuple[str, ...]
    words: Words
    pattern: str | None = None


def _series(name: str, description: str, example: str) -> Known:
    """A family of keys with numbers: NAME.1, NAME.2."""
    names = tuple(f"{name}.{number}" for number in (1, 2, 3))
    return Known(names, Words(description, (example,)), rf"^{name}\.[0-9]+$")


KNOWN = (
    Known(
        ("difficulty",),
        Words("How hard the step is: `easy`, `medium` or `hard`.", ("easy", "medium", "hard")),
    ),
    Known(("duration",), Words("About how long the step takes, such as `1h30m`.", ("25m", "1h", "1h30m"))),
    Known(
        ("explain",),
        Words(
            "What a student is told when the step is done, in Markdown.",
            ("A second apply finds nothing to change.",),
        ),
    ),
    Known(("group",), Words("The heading under which the step is listed, on one line.", ("Networking",))),
    _series(
        "hint",
        "What a student who is stuck is told, one hint after the other by their numbers.",
        "Which command lists the pods of a namespace?",
    ),
    _series("objective", "What a student can do after the step.", "Write the manifest of a pod"),
    Known(
        ("optional",),
        Words('`"true"` where a student may leave the step out, or `"false"`: in quotes.', ("true", "false")),
    ),
    Known(
        ("solve",),
        Words("Shell commands that do what the step asks for.", ("kubectl apply -f pod.yaml",)),
    ),
    Known(("tags",), Words("Words for a search, with commas between them.", ("kubectl, pods",))),
)

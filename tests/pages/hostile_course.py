"""A course in which each text of a step is hostile."""

from __future__ import annotations

import json
from collections.abc import Sequence

from yamlsync.records import Contents, Metadata, Navigation, Step, Workshop


def hostile_course(texts: Sequence[str], *, spec_is_text: bool = False) -> Contents:
    """A step for each text, which stands in every column that takes a text."""
    keys = ("difficulty", "duration", "explain", "group", "hint.1", "hint.2", "objective.1", "tags", "odd")
    steps = tuple(
        Step(
            id=text,
            title=text,
            image_tag=text,
            position=number,
            navigation=Navigation(
                texts[number - 1], text, text if number % 2 else f'steps["{text}"].completed'
            ),
            metadata=tuple(Metadata(key, text) for key in keys),
            goss_spec=text if spec_is_text else _spec(text),
            markdown=text,
        )
        for number, text in enumerate(texts)
    )
    name = texts[0] if texts else "empty"
    return Contents((Workshop(name, name, name, name, steps),))


def _spec(text: str) -> str:
    """JSON is YAML: a spec that has a text in each place, of kinds that have words of their own."""
    resource = {"title": text, "exists": True, "contents": [text, f"!{text}"], "owner": {"have-prefix": text}}
    command = {"exec": text, "exit-status": text, "stdout": text, "timeout": text, text: text}
    http = {"status": text}
    spec = {
        "file": {text: resource},
        "command": {text: command},
        "http": {text: http},
        text: {text: {}},
    }
    return json.dumps(spec)

"""Workflow commands of GitHub Actions: their escapes, and nothing of what they say (CHK-53)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yamlsync.printable import printable

_CONTROLS = re.compile("[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """A command in one line, whatever stands in its properties and in its message."""
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}"


def _data(text: str) -> str:
    shown = _CONTROLS.sub(lambda match: printable(match[0]), text)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""What every reporter is given, and the table of reporters by name (CHK-50)."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Protocol

from attrs import frozen

from yamlsync.problems import Problem

ReadLines = Callable[[str], Sequence[bytes] | None]
"""The lines of a file by its path as problems show it; None where it cannot be read."""


class Style(Protocol):
    """Colours a text, or leaves it as it is."""

    def __call__(self, text: str, **style: object) -> str:
        """The text with colour around it, or as it is."""


def plain(text: str, **_: object) -> str:
    """A text without colours: a style."""
    return text


@frozen
class Report:
    """Problems in order, with places as seen from the working directory."""

    problems: tuple[Problem, ...]
    read: ReadLines
    style: Style


Reporter = Callable[[Report], str]
"""The text of a report, without a line break at its end; "" where there is nothing to say."""

FORMATS = ("text", "concise", "json", "github", "sarif", "gitlab")

FOR_PEOPLE = frozenset({"text", "concise"})
"""The formats that are read in a terminal, in its colours and its encoding; all others are UTF-8."""

COLORS = {"error": "red", "warning": "yellow", "hint": "cyan"}
"""The colour of each severity."""


def reporter(name: str) -> Reporter:
    """The reporter of a format. Imported late: a run needs one of them."""
    render: Reporter = importlib.import_module(f"yamlsync.reporters.{name}").render
    return render

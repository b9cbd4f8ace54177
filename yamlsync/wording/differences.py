"""What was deleted and inserted → in what it differs: in words, or only in what a reader hardly sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from yamlsync.wording.unseen import invisible, visible
from yamlsync.wording.words import Run

Difference: TypeAlias = Literal[
    "words", "spacing", "indentation", "trailing", "wrapping", "endings", "last newline", "invisible"
]

_BREAK = re.compile(r"\r\n|\r|\n")
_BREAKS = ("", "\r", "\n")


def differences(runs: Sequence[Run]) -> Iterator[Difference]:
    """In what the two sides of some runs differ. How their last line ends is not looked at."""
    gone, come = "", ""
    starts = True
    for run in [*runs, Run("kept", "")]:
        if run.act == "deleted":
            gone = run.text
        elif run.act == "inserted":
            come = run.text
        else:
            if gone or come:
                yield from _between(gone, come, starts=starts, ends=run.text[:1] in _BREAKS)
            gone, come = "", ""
            starts = run.text[-1:] in _BREAKS


def _between(gone: str, come: str, *, starts: bool, ends: bool) -> Iterator[Difference]:
    """In what two texts differ that stand in one place; whether a line starts and ends there."""
    before, after = visible(gone), visible(come)
    if before == after or invisible(gone) != invisible(come):
        yield "invisible"
    if before.split() != after.split():
        yield "words"
        if ends and _behind(before) != _behind(after):
            yield "trailing"
        if starts and _in_front(before) != _in_front(after):
            yield "indentation"
        return
    breaks, others = _BREAK.findall(before), _BREAK.findall(after)
    if len(breaks) != len(others):
        yield "wrapping"
        return
    if breaks != others:
        yield "endings"
    last = len(breaks)
    for number, (part, other) in enumerate(zip(_BREAK.split(before), _BREAK.split(after), strict=True)):
        yield from _white(part, other, starts=starts or number > 0, ends=ends or number < last)


def _white(part: str, other: str, *, starts: bool, ends: bool) -> Iterator[Difference]:
    """Where two parts of a line have other white space, whose words are the same."""
    if ends:
        if _behind(part) != _behind(other):
            yield "trailing"
        part, other = part.rstrip(), other.rstrip()
    if starts:
        if _in_front(part) != _in_front(other):
            yield "indentation"
        part, other = part.lstrip(), other.lstrip()
    if part != other:
        yield "spacing"


def _behind(text: str) -> str:
    return text[len(text.rstrip()) :]


def _in_front(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]

"""The version of the format that a file is of: ours, a newer one, or nothing that is one (LAY-30)."""

from __future__ import annotations

import re
from typing import cast

from yamlsync import __version__
from yamlsync.document.model import Block
from yamlsync.layout.files import FORMAT
from yamlsync.layout.finding import Finding
from yamlsync.printable import shortened
from yamlsync.problems import Problem

_LINE = re.compile(rb"^format:[ \t]*[\"']?(yamlsync/[0-9]+)", re.MULTILINE)
_FORM = re.compile("yamlsync/([1-9][0-9]*)")


def other_format(read: Block | tuple[Problem, ...], data: bytes) -> str | None:
    """The format that a file is of, if that is a newer one than ours.

    A file with problems may be of any other format, by what the line of that key says.
    """
    if isinstance(read, Block):
        written = cast(str, read.values()["format"])
        return written if is_newer(written) else None
    line = _LINE.search(data)
    claimed = line.group(1).decode() if line else FORMAT
    return None if claimed == FORMAT else claimed


def is_newer(written: str) -> bool:
    """Whether a format is of a later number than ours."""
    return _number(written) > _number(FORMAT)


def _number(written: str) -> tuple[int, str]:
    """What orders formats. Digits are compared by length first: Python refuses to read very long numbers."""
    match = _FORM.fullmatch(written)
    return (len(match[1]), match[1]) if match else (0, "")


def format_findings(block: Block) -> list[Finding]:
    """What is wrong with the `format` of a file."""
    written = cast(str, block.values()["format"])
    return [] if written == FORMAT else [format_problem(written)]


def format_problem(written: str) -> Finding:
    """That a file is of another format, perhaps of a newer version of yamlsync."""
    shown = shortened(written)
    if is_newer(written):
        return Finding(
            "YS110",
            f"this is of format {shown}, and yamlsync {__version__} reads up to {FORMAT}",
            ("format", "="),
            f"install a newer yamlsync, one that reads {shown}; or write {FORMAT}, if that is meant",
        )
    return Finding(
        "YS110",
        f'the format is "{shown}", and this version reads {FORMAT}',
        ("format", "="),
        f"write {FORMAT}",
    )

"""A Markdown page of what was found, for the summary of a step in GitHub Actions (CHK-53). Pure."""

from __future__ import annotations

from collections import Counter

from yamlsync.printable import printable
from yamlsync.problems import Problem

MOST = 200_000
"""Bytes of one summary: GitHub takes 1 MiB of all commands of a step, and leaves out what is larger."""

_LONGEST = 500
_SEVERITIES = ("error", "warning", "hint")
_SAFE = frozenset("-, ")


def summarise(problems: tuple[Problem, ...], most: int = MOST) -> str:
    """Counts and a table, and how many findings are left out where all would take more than `most` bytes.

    No text of an author is taken for Markdown, HTML, a mention or a link: each stands in <code>, where its
    punctuation is spelled in numbers.
    """
    lines = ["", "### yamlsync check", "", _counts(problems)]
    if problems:
        lines += ["", "| code | severity | place | message | help |", "| --- | --- | --- | --- | --- |"]
    left = most - sum(len(line) + 1 for line in lines)
    told = 0
    for problem in problems:
        row = _row(problem)
        left -= len(row.encode()) + 1
        if left < 0:
            break
        lines.append(row)
        told += 1
    if told < len(problems):
        lines += ["", f"{len(problems) - told} more are left out here; the log has all."]
    return "\n".join(lines) + "\n"


def _counts(problems: tuple[Problem, ...]) -> str:
    counts = Counter(problem.severity for problem in problems)
    found = [f"{counts[each]} {each}{'s' * (counts[each] > 1)}" for each in _SEVERITIES if counts[each]]
    return ", ".join(found) or "Nothing to find fault with."


def _row(problem: Problem) -> str:
    place, message = _code(str(problem.place)), _code(problem.message)
    help = _code(problem.help) if problem.help else ""
    return f"| {problem.code} | {problem.severity} | {place} | {message} | {help} |"


def _code(text: str) -> str:
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}\u2026"
    return f"<code>{''.join(map(_spelled, printable(text)))}</code>"


def _spelled(character: str) -> str:
    if character.isalnum() or character in _SAFE:
        return character
    # The comment keeps what stands before an @ and behind it from being read as an address.
    return f"&#{ord(character)};" + ("<!-- -->" if character == "@" else "")

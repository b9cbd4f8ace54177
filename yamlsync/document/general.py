"""The general reader: nodes and the shape of a file → a document, or problems with their places.

Reads any YAML that the format admits, however it is spelled, and keeps its comments.
"""

from __future__ import annotations

import re

from attrs import frozen

from yamlsync.document.building import Builder
from yamlsync.document.checking import Checker
from yamlsync.document.model import Block, Fields, Path
from yamlsync.document.nodes import compose, place
from yamlsync.document.placement import gather
from yamlsync.document.source import decode
from yamlsync.document.trivia import Trivia, glued
from yamlsync.problems import Place, Problem

_OURS = re.compile(r"^<{7}(?= |$)", re.MULTILINE)
_MIDDLE = re.compile(r"^={7}$", re.MULTILINE)
_THEIRS = re.compile(r"^>{7}(?= |$)", re.MULTILINE)


@frozen
class Reading:
    """A document, or the problems that keep it from being one; and where each value stands.

    `places` has the place of the key under a path, and of the value under the path + ("=",).
    """

    block: Block | None
    problems: tuple[Problem, ...]
    places: dict[Path, Place]


def read_general(path: str, data: bytes, shape: Fields) -> Reading:
    """Reads normalised bytes."""
    source = decode(path, data)
    composition = compose(path, source.text, tuple(shape.keys))
    problems = [*source.problems, *composition.problems]
    checker = Checker(path, not problems, source.text)
    root = composition.root
    if root is not None:
        if not problems:
            help = "write a space before #, or put the text in quotes"
            problems += [
                Problem("YS103", "no blank before a comment", place(path, at), help)
                for at in glued(source.text, root)
            ]
        checker.check(root, shape, ())
        problems += checker.problems
    elif not problems:
        known = ", ".join(key for key in shape.keys if key in shape.required)
        problems.append(
            Problem("YS109", "the file is empty", Place(path, 1, 1, 1, 1), f"write its keys: {known}")
        )
    conflict = _conflict(source.text) if problems else None
    if conflict is not None:
        problems = [_left_conflict(path, source.text, conflict)]
    elif problems:
        problems = gather(source.text, shape, problems)
    if problems or root is None:
        return Reading(None, tuple(problems), checker.places)
    builder = Builder(Trivia(source.text, root))
    return Reading(builder.document(root, shape), (), checker.places)


def _conflict(text: str) -> int | None:
    """Where the first of the three marks stands that Git leaves, each at the start of its line, in order."""
    start = match = _OURS.search(text)
    for mark in (_MIDDLE, _THEIRS):
        match = mark.search(text, match.end()) if match else None
    return start.start() if start and match else None


def _left_conflict(path: str, text: str, index: int) -> Problem:
    line = text.count("\n", 0, index)
    help = "keep what is right, and delete the lines <<<<<<<, ======= and >>>>>>>"
    return Problem("YS113", "a merge conflict is left in this file", place(path, (line, 0, line, 7)), help)

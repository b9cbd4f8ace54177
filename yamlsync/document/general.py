"""The general reader: nodes and the shape of a file → a document, or problems with their places.

Reads any YAML that the format admits, however it is spelled, and keeps its comments.
"""

from __future__ import annotations

from attrs import frozen

from yamlsync.document.building import Builder
from yamlsync.document.checking import Checker
from yamlsync.document.model import Block, Fields, Path
from yamlsync.document.nodes import compose
from yamlsync.document.source import decode
from yamlsync.document.trivia import Trivia
from yamlsync.problems import Place, Problem


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
    checker = Checker(path, whole=not problems)
    if composition.root is None:
        if not problems:
            known = ", ".join(key for key in shape.keys if key in shape.required)
            problems.append(
                Problem("YS109", "the file is empty", Place(path, 1, 1, 1, 1), f"write its keys: {known}")
            )
    else:
        checker.check(composition.root, shape, ())
        problems += checker.problems
    if problems or composition.root is None:
        return Reading(None, tuple(problems), checker.places)
    builder = Builder(Trivia(source.text, composition.root))
    return Reading(builder.document(composition.root, shape), (), checker.places)

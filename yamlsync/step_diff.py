"""The use case: two versions of a step's file → what changed in it, in words, for Git to show (GIT-60)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from yamlsync.changes.comparing import diff
from yamlsync.changes.model import Changes, StepAdded, StepRemoved
from yamlsync.document.comments import comments
from yamlsync.document.model import Block
from yamlsync.document.reading import read
from yamlsync.layout.files import STEP
from yamlsync.layout.step import Around, from_block
from yamlsync.problems import Problem
from yamlsync.records import Navigation, Step, Workshop
from yamlsync.unified import unified_diff

if TYPE_CHECKING:
    from yamlsync.renditions.view import View

_BEFORE, _AFTER = "(the step before)", "(the step after)"
_FIRST = -(2**62)
"""A position that nobody writes."""

_AROUND = Around(_FIRST, navigated=True, before=(_FIRST, _BEFORE), previous_id=_BEFORE, next_id=_AFTER)
_NAMES = 2
"""Lines of a unified diff that name the files."""


@frozen
class Told:
    """What became of a file: in words, with remarks on them; or line by line, as git itself shows it."""

    remarks: tuple[str, ...] = ()
    words: str = ""
    lines: tuple[bytes, ...] = ()


def tell(path: str, old: bytes | None, new: bytes | None, view: View) -> Told:
    """What became of a step's file; None stands for no file.

    Line by line is told of a file that is new or gone, of which nothing may be left out, of what is no step
    that can be read, and of a change of comments or of the spelling alone.
    """
    if old is None or new is None:
        return Told(lines=_lines(path, old, new))
    before, after = read(path, old, STEP), read(path, new, STEP)
    if not (isinstance(before, Block) and isinstance(after, Block)):
        wrong = [
            f"not told in words, since the {side} file is no step: {_first(found)}"
            for side, found in (("old", before), ("new", after))
            if not isinstance(found, Block)
        ]
        return Told(tuple(wrong), lines=_lines(path, old, new))
    sides = [_surrounded(before)], [_surrounded(after)]
    changes = diff(*sides)
    if not changes:
        only = "only comments or spelling changed"
        return Told((only,), lines=_lines(path, old, new))
    if any(isinstance(each, StepAdded | StepRemoved) for each in changes.changes):
        other = "another step, which has little in common with the old one"
        return Told((other,), lines=_lines(path, old, new))
    more = tuple(comments(before)) != tuple(comments(after))
    remarks = ("comments changed, too: git diff --no-ext-diff shows them",) if more else ()
    return Told(remarks, _told(*sides, changes, view))


def _told(old: list[Workshop], new: list[Workshop], changes: Changes, view: View) -> str:
    # Imported late: what is no step, or says the same, needs no words.
    from yamlsync.renditions.story import story_of
    from yamlsync.renditions.text import step_text

    (workshop,) = story_of(old, new, changes).workshops
    # Its place in the workshop is not known from its file.
    return "\n".join(step_text(evolve(step, old_place=None, new_place=None), view) for step in workshop.told)


def _surrounded(block: Block) -> Workshop:
    """A workshop in which the step stands between two others, so that what follows from the order follows."""
    step, _ = from_block(block, _AROUND)
    before = Step(_BEFORE, "", "", _FIRST, Navigation(step.id, None))
    after = Step(_AFTER, "", "", step.position + 1, Navigation(None, step.id))
    return Workshop("", "", "", "", (before, step, after))


def _first(problems: tuple[Problem, ...]) -> str:
    return f"{problems[0].place}: {problems[0].code} {problems[0].message}"


def _lines(path: str, old: bytes | None, new: bytes | None) -> tuple[bytes, ...]:
    return tuple(unified_diff(old or b"", new or b"", path))[_NAMES:]
